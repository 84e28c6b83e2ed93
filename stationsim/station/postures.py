"""Which postures are demanded, who takes them, and what is their next move? Pure answers from the state.

A posture is `<rule>/<activity>` where its rule names kinds of activity, else `<rule>`: then a belief alone demands it.
"""

from collections.abc import Iterator

from attrs import frozen

from stationsim.log.log import TRUTH
from stationsim.scenario.model import Activity, Rule
from stationsim.station.act import Act
from stationsim.station.governs import governs
from stationsim.station.hatch_beliefs import believed_state
from stationsim.station.health import FAILED, NAMES, NOMINAL
from stationsim.station.helpers import free_s, hatches_of, insiders, parts
from stationsim.station.state import Posture, State
from stationsim.station.station import Station
from stationsim.station.transitions import ATTEMPT, Life


@frozen(kw_only=True)
class Demand:
    """Why a posture is demanded: since when, until when if known, by which rows (the decisive one first), by whom."""

    lo_s: int
    hi_s: int | None
    rows: tuple[int, ...]
    centre: str
    why: str


@frozen(kw_only=True)
class Move:
    """What happens next to a posture, and when: `demand`, `shut`, `take`, `lift`, `open` or `stand_down`."""

    t_s: int
    what: str
    hatch: str = ""


def demanding(station: Station, activity: Activity) -> tuple[Rule, ...]:
    """Return the rules that demand a posture of its own for an activity."""
    known = station.demanding.get(activity.id)
    if known is None or known[0] is not activity:
        rules = tuple(rule for rule in station.posture_rules if rule.kinds and governs(rule, activity, station))
        known = station.demanding[activity.id] = (activity, rules)
    return known[1]


def of_activity(state: State, activity: str) -> tuple[str, ...]:
    """Return the ids of the postures that an activity may demand."""
    return tuple(id_of(rule, activity) for rule in demanding(state.station, state.activity(activity)))


def id_of(rule: Rule, activity: str | None) -> str:
    """Return the id of the posture that a rule demands, for an activity or for a belief alone."""
    return rule.id if activity is None or not rule.kinds else f"{rule.id}/{activity}"


def move_s(station: Station, hatch: str, *, opens: bool) -> int:
    """Return how long it takes to shut a hatch, or to check and open it [s]."""
    record = next((found for found in station.scenario.hatches if found.id == hatch), None)
    if record is None:
        return station.type_of(hatch.split("/", maxsplit=1)[0]).hatch_close_s
    return record.close_s + (record.leak_check_s if opens else 0)


def hatch_name(station: Station, hatch: str) -> str:
    """Return the name that people know a hatch by: of a hatch called by its id, what it joins."""
    record = next((found for found in station.scenario.hatches if found.id == hatch), None)
    if record is None:
        return station.name(hatch)
    return f"the hatch between {' and '.join(station.name(side) for side in record.between)}"


def jams(state: State, hatch: str) -> bool:
    """Tell whether a hatch cannot be moved; whoever tries it sees that."""
    return state.health(TRUTH, hatch) == FAILED


# --- why ------------------------------------------------------------------------------------------------------------


def demand(state: State, id_: str) -> Demand | None:
    """Return why a posture is demanded now or will be, as far as the state tells; None if it is not."""
    rule, activity = parts(state.station, id_)
    if activity is None:
        return _standing(state, rule)
    act = state.acts[activity]
    span = _planned_span(state, rule, act) if act.life is Life.PLANNED else _span(state, rule, act)
    if span is None:
        return None
    centre = state.activity(activity).centre
    if any((rule.while_open, rule.while_sick, rule.question)) and _belief(state, rule, centre) is None:
        return None
    row = state.started_row.get(act.id, act.row) if act.started_s is not None else act.row
    return Demand(lo_s=span[0], hi_s=span[1], rows=(row,), centre=centre, why=state.activity(activity).name)


def _planned_span(state: State, rule: Rule, act: Act) -> tuple[int, int | None] | None:
    """Return from when what is planned demands a posture, where its preparation leaves no time for it."""
    if act.start_s is None or not _is_early(state, rule, act):
        return None
    return act.start_s - rule.gap_s - _shutting_s(state, rule, act), None


def _is_early(state: State, rule: Rule, act: Act) -> bool:
    """Tell whether hatches are shut before what is planned is prepared; who was called off waits for another date."""
    is_called_off = act.end_row is not None and act.because == act.end_row
    return not is_called_off and is_hasty(state.station, rule, state.activity(act.id), act.before_s)


def is_hasty(station: Station, rule: Rule, activity: Activity, before_s: int) -> bool:
    """Tell whether the preparation of an activity leaves no time to shut the hatches of a posture."""
    known = station.hasty.get((rule.id, activity.id, before_s))
    if known is None or known[0] is not activity:
        takes_s = shutting_s(station, hatches_of(station, rule, activity))
        is_so = before_s < rule.gap_s + takes_s and (rule.gap_s > 0 or before_s == 0)
        known = station.hasty[rule.id, activity.id, before_s] = (activity, is_so)
    return known[1]


def _shutting_s(state: State, rule: Rule, act: Act) -> int:
    return shutting_s(state.station, hatches_of(state.station, rule, state.activity(act.id)))


def _span(state: State, rule: Rule, act: Act) -> tuple[int, int | None] | None:
    """Return from when an attempt demands a posture, and until when if it has ended."""
    if act.life in ATTEMPT:
        begun_s = act.prepared_s if act.prepared_s is not None else (act.started_s or 0)
        late_s = begun_s if rule.gap_s == 0 else (act.start_s or 0) - rule.gap_s - _shutting_s(state, rule, act)
        return max(begun_s, late_s), None
    if act.life is Life.DONE and act.ended_s is not None:
        return act.ended_s, act.ended_s + act.after_s
    if act.failed_s is not None:
        return act.failed_s, act.failed_s + act.after_s
    return None


def _standing(state: State, rule: Rule) -> Demand | None:
    for centre in rule.books or tuple(state.station.centres):
        found = _belief(state, rule, centre)
        if found is not None:
            return Demand(lo_s=state.now_s, hi_s=None, rows=found[0], centre=centre, why=found[1])
    return None


def _belief(state: State, rule: Rule, centre: str) -> tuple[tuple[int, ...], str] | None:
    """Return the rows and the words of what a centre believes; None unless all that the rule names holds."""
    rows, words, name = [], [], state.station.name
    if rule.while_sick is not None:
        sick, health = state.views[centre].sick.get(rule.while_sick), state.health(centre, rule.while_sick)
        if sick is None or health == NOMINAL:
            return None
        rows.append(sick.row)
        words.append(f"{name(rule.while_sick)} is believed {NAMES[health]}")
    if rule.question is not None:
        open_ = [found for (view, _, q), found in state.questions.items() if (view, q) == (centre, rule.question)]
        if not open_:
            return None
        rows.append(open_[0].row)
        words.append(f"it is open: {rule.question}?")
    if rule.while_open is not None:
        if not is_wanted_open(state, centre, rule.while_open):
            return None
        rows.append(_opening_row(state, rule.while_open))
        words.append(f"{hatch_name(state.station, rule.while_open)} is open or about to be")
    return (tuple(dict.fromkeys(rows)), " and ".join(words)) if rows else None


def is_wanted_open(state: State, centre: str, hatch: str) -> bool:
    """Tell whether a centre believes a hatch open, or an activity that opens it has begun."""
    return believed_state(state, centre, hatch) == "open" or bool(openers(state, hatch))


def openers(state: State, hatch: str) -> tuple[str, ...]:
    """Return the activities in an attempt that need a hatch open."""
    return tuple(act.id for act in state.acts.values() if act.life in ATTEMPT and hatch in state.activity(act.id).opens)


def _opening_row(state: State, hatch: str) -> int:
    rows = [state.started_row.get(id_, state.acts[id_].row) for id_ in openers(state, hatch)]
    return max(rows or [state.hatch_row[hatch]])


# --- what next ------------------------------------------------------------------------------------------------------


def next_move(state: State, id_: str) -> Move | None:
    """Return what happens next to a posture; None if nothing is ahead of it."""
    found, why = state.postures.get(id_), demand(state, id_)
    if found is None:
        return None if why is None or why.hi_s is not None else Move(t_s=why.lo_s, what="demand")
    if found.phase == "lifting":
        left = held(state, id_, found)
        if not left:
            return Move(t_s=found.moved_s, what="stand_down")
        return Move(t_s=found.moved_s + move_s(state.station, left[0], opens=True), what="open", hatch=left[0])
    end, going = _end(state, id_, found, why), _going(state, id_, found, why)
    if end is not None and (going is None or end.t_s <= going.t_s):
        return end
    return going


def held(state: State, id_: str, found: Posture) -> tuple[str, ...]:
    """Return the hatches that a posture keeps shut now."""
    return tuple(hatch for hatch in found.hatches if id_ in state.kept_shut.get(hatch, ()))


def _end(state: State, id_: str, found: Posture, why: Demand | None) -> Move | None:
    """Return when a posture without a reason is lifted: as soon as somebody can open its hatches."""
    if why is not None and why.hi_s is None and not _is_put_off(state, id_, why):
        return None
    over_s = found.moved_s if why is None or why.hi_s is None else max(why.hi_s, found.moved_s)
    left = held(state, id_, found)
    if not left:
        return Move(t_s=over_s, what="stand_down")
    takes_s = sum(move_s(state.station, hatch, opens=True) for hatch in left)
    if why is not None and insiders(state, *parts(state.station, id_)):
        return Move(t_s=max(why.lo_s, found.moved_s, over_s - takes_s), what="lift")
    first_s = free_s(state, id_, max(over_s, state.now_s), takes_s)
    return None if first_s is None else Move(t_s=first_s, what="lift")


def _is_put_off(state: State, id_: str, why: Demand) -> bool:
    """Tell whether what demands a posture was moved away, so that its hatches are shut again only later."""
    _, activity = parts(state.station, id_)
    return activity is not None and state.acts[activity].life is Life.PLANNED and why.lo_s > state.now_s


def _going(state: State, id_: str, found: Posture, why: Demand | None) -> Move | None:
    """Return how a posture goes on that is being taken, or that can be taken after all."""
    kept = held(state, id_, found)
    if found.phase == "taking":
        left = [hatch for hatch in found.hatches if hatch not in kept]
        if not left:
            return Move(t_s=found.moved_s, what="take")
        return Move(t_s=found.moved_s + move_s(state.station, left[0], opens=False), what="shut", hatch=left[0])
    if found.phase != "refused" or why is None or why.hi_s is not None or _is_put_off(state, id_, why):
        return None
    rule, activity = parts(state.station, id_)
    hatches = hatches_of(state.station, rule, None if activity is None else state.activity(activity))
    is_tried = any(state.hatches.get(hatch) == "open" and jams(state, hatch) for hatch in hatches)
    if is_tried or stuck(state, why.centre, hatches) is not None:
        return None
    first_s = free_s(state, id_, max(found.moved_s, state.now_s), shutting_s(state.station, hatches))
    return None if first_s is None else Move(t_s=first_s, what="demand")


def stuck(state: State, centre: str, hatches: tuple[str, ...]) -> str | None:
    """Return the first hatch that stands open and that a centre believes cannot be shut."""
    return next((h for h in hatches if state.hatches.get(h) == "open" and state.health(centre, h) == FAILED), None)


def shutting_s(station: Station, hatches: tuple[str, ...]) -> int:
    """Return how long it takes to shut hatches one after another [s]."""
    return sum(move_s(station, hatch, opens=False) for hatch in hatches)


def _may_demand(state: State, activity: str) -> bool:
    """Tell whether an activity is of a kind that demands postures."""
    added = state.added.get(activity)
    return activity in state.station.posturing if added is None else added.kind in state.station.posture_kinds


def concerned(state: State) -> Iterator[str]:
    """Yield the postures about which something may have changed: those in force, and those that may be demanded."""
    yield from state.postures
    for rule in state.station.posture_rules:
        if not rule.kinds:
            yield rule.id
    for act in state.acts.values():
        if act.life in ATTEMPT:
            yield from of_activity(state, act.id)
        elif act.life is Life.PLANNED and _may_demand(state, act.id):
            early = (rule for rule in demanding(state.station, state.activity(act.id)) if _is_early(state, rule, act))
            yield from (id_of(rule, act.id) for rule in early)
