"""What should be done about a ship that does not take its people home? Options are weighed, one is taken, and logged.

A decision is opened at a review, once what the centre waits to hear about the ship has been answered, while somebody's
seat is in a ship that is not certified and neither an earlier decision nor the plan from the start covers it. It is
opened again when what was arranged is moved by something else.
"""

from collections.abc import Mapping

import attrs

from stationsim.kernel import lookahead, responses
from stationsim.kernel.revisions import revision_row
from stationsim.kernel.warmth import rewarm
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.planning.objective import LEVELS, Score
from stationsim.planning.options.generators import Case
from stationsim.planning.options.option import Edit
from stationsim.planning.options.weigh import Weighed, bounds, waiting, weigh
from stationsim.planning.policies import Decision, decided_by, name_of, open_option, rules_first, will_do
from stationsim.station.situation import CERTIFIED, Situation
from stationsim.station.state import RELOCATING
from stationsim.station.station import CREWED_RETURN, FIT, USABLE

_IMPROVISED = 1


def decide(world: World, centre: str, review_row: int) -> bool:
    """Decide about every ship of a centre that does not take its people home; tell whether the plan has changed."""
    taken = False
    for ship, people in _open(world, centre).items():
        taken = _decide(world, centre, ship, people, review_row) or taken
    return taken


def _open(world: World, centre: str) -> dict[str, tuple[str, ...]]:
    """Return who has no certified way home and is not covered by a decision, by the ship that should take them."""
    state, found = world.state, dict[str, tuple[str, ...]]()
    situation = None
    for person in state.aboard:
        seat = state.seats.get(person)
        if seat is None or seat.level <= _IMPROVISED:
            continue
        ship = state.fit.get(person, "")
        if ship not in state.station.ships or state.station.ships[ship].centre != centre:
            continue
        if (
            _is_covered(world, ship, person)
            or _is_safe(world, centre, ship)
            or _is_planned(world, centre, ship, person)
        ):
            continue
        situation = situation or world.situation_of_centre(centre)
        if any(situation.open_about(ship, question) for question in (USABLE, FIT)):
            continue
        found[ship] = (*found.get(ship, ()), person)
    for ship, decided in state.decisions.items():
        if decided.is_stale and state.station.ships[ship].centre == centre:
            left = (p for p in decided.people if p in state.aboard and state.seats[p].level > 0)
            people = tuple(dict.fromkeys((*found.get(ship, ()), *left)))
            if people:
                found[ship] = people
    return found


def _is_covered(world: World, ship: str, person: str) -> bool:
    decided = world.state.decisions.get(ship)
    return decided is not None and person in decided.people and not decided.is_stale


def _is_planned(world: World, centre: str, ship: str, person: str) -> bool:
    """Tell whether a ship has been as it is since the run opens: the plan knows, and what it holds for them stands."""
    state = world.state
    status = state.status.get((centre, ship))
    if status is None or status.since_s > 0 or ship in state.decisions:
        return False
    kinds = state.station.kinds
    moves = (act for act in state.acts.values() if kinds[state.activity(act.id).kind].effect == "fit")
    return all(act.start_s == act.wish_s for act in moves if person in state.activity(act.id).fits)


def _is_safe(world: World, centre: str, ship: str) -> bool:
    """Tell whether a ship is certified where it stands: then something else is in somebody's way, for a while."""
    status = world.state.status.get((centre, ship))
    is_here = world.state.ship_at.get(ship) in (*world.station.ports, RELOCATING)
    return is_here and (status is None or status.status == CERTIFIED)


def _decide(world: World, centre: str, ship: str, people: tuple[str, ...], review_row: int) -> bool:
    situations = world.situations()
    case = Case(situation=situations[centre], ship=ship, people=people)
    weighed = _weighed(world, case, situations)
    played: dict[str, Score] = {}

    def look(id_: str) -> Score:
        """Return what comes of an option when it is played forward on what is believed."""
        found = open_option(weighed, id_, "look(...) was given")
        if found.id not in played:
            played[found.id] = _play(world, centre, ship, found)
        return played[found.id]

    decision = Decision(
        ship=ship, centre=centre, people=people, now_s=world.state.now_s, options=weighed, situation=case.situation
    )
    taken = decided_by(world.policy, decision, look)
    waits = {item.id: waiting(item, case, situations) for item in weighed if item.id in played or item is taken}
    incident, cause = _why(world, centre, ship)
    row = world.record(
        Kind.WEIGHED,
        ship,
        object=incident,
        view=centre,
        cause=review_row if cause is None else cause,
        value=float(len(weighed)),
        unit="1",
        text=",".join(people),
        tables={
            "causes": [(review_row,)] if cause is not None else [],
            "bounds": [(bound.what, bound.taken, bound.total) for bound in bounds(case, weighed)],
            "options": [_option_row(item, taken, played, waits) for item in weighed],
            "scores": [line for item in weighed for line in _score_rows(item, played)],
            "estimates": _estimate_rows(taken) if taken.id in played else [],
        },
    )
    carry_out(world, centre, ship, taken, cause=row, by=name_of(world.policy))
    return bool(taken.size)


def _why(world: World, centre: str, ship: str) -> tuple[str | None, int | None]:
    """Return the incident behind a decision, where it is plain, and its row: what moved an earlier one, or the status.

    What moved an earlier decision has causes of its own, which lead to whatever incident it was.
    """
    before = world.state.decisions.get(ship)
    if before is not None and before.moved_row is not None:
        return None, before.moved_row
    sick = world.state.views[centre].sick.get(f"{ship}/{CREWED_RETURN}")
    status = world.state.status.get((centre, ship))
    return None if sick is None else sick.incident, None if status is None else status.row


def _weighed(world: World, case: Case, situations: Mapping[str, Situation]) -> tuple[Weighed, ...]:
    """Return the options; where the first one that will do is taken anyway, none after it."""
    found = []
    for option in weigh(case, situations):
        item = _offered(world, option)
        found.append(item)
        if world.policy == rules_first and will_do(item):
            break
    return tuple(found)


def _offered(world: World, item: Weighed) -> Weighed:
    """Return an option rejected where a response that it calls cannot be carried out."""
    whys = (responses.why_not(world, *call) for call in item.option.calls if item.is_open)
    why = next((why for why in whys if why is not None), None)
    return item if why is None else attrs.evolve(item, rule=why[0], reason=why[1], estimate=None)


def _option_row(
    item: Weighed, taken: Weighed, played: dict[str, Score], waits: dict[str, tuple[str, int] | None]
) -> tuple[object, ...]:
    state = "screened"
    if item.rule is not None:
        state = "rejected"
    elif item.same_as is not None:
        state = "same"
    elif item is taken:
        state = "chosen"
    elif item.id in played:
        state = "played"
    wait = waits.get(item.id)
    return (
        item.id,
        item.option.generator,
        item.option.text,
        state,
        item.rule,
        item.reason,
        item.same_as,
        item.last_s,
        None if wait is None else wait[0],
        None if wait is None else wait[1],
    )


def _score_rows(item: Weighed, played: dict[str, Score]) -> list[tuple[object, ...]]:
    found = played.get(item.id, item.estimate)
    if found is None or not item.is_open:
        return []
    how = "played" if item.id in played else "estimated"
    return [
        (item.id, rank, level[0], value, level[1], how)
        for rank, (level, value) in enumerate(zip(LEVELS, found.values, strict=True))
    ]


def _estimate_rows(taken: Weighed) -> list[tuple[object, ...]]:
    """Return what an option comes to by its plan alone, level by level."""
    if taken.estimate is None:
        return []
    return [(taken.id, level[0], value) for level, value in zip(LEVELS, taken.estimate.values, strict=True)]


def carry_out(world: World, centre: str, ship: str, taken: Weighed, *, cause: int, by: str) -> int:
    """Write the option that is taken, and what it changes of the plan; repair then gives the dates."""
    option = taken.option
    row = world.record(Kind.CHOSEN, ship, object=option.id, view=centre, by=by, cause=cause, text=option.text)
    for edit in taken.edits:
        _write(world, edit, centre, row, option.text)
    for incident, response in option.calls:
        responses.take_offer(world, incident, response, row)
    for item in taken.waives:
        world.record(
            Kind.WAIVED,
            item.activity,
            rule=item.rule,
            by=world.station.rules[item.rule].waived_by,
            cause=row,
            text=f"{item.reason}; waived to {option.text}",
        )
    return row


def _write(world: World, edit: Edit, centre: str, cause: int, text: str) -> None:
    rows = [(edit.activity, field, was or None, now or None) for field, was, now in edit.fields]
    columns = {"cause": cause, "by": centre, "text": text}
    if edit.is_dropped:
        world.record(Kind.GIVEN_UP, edit.activity, **{**columns, "text": "another arrangement takes its place"})
    elif edit.is_new:
        act, activity = edit.undated(world.station), edit.record()
        revision = revision_row(act, activity, None, tuple(zip(act.people, act.roles, strict=True)))
        world.record(
            Kind.INSERTED,
            edit.activity,
            start_s=edit.aim_s,
            tables={"amendments": rows, "revisions": [revision]},
            **columns,
        )
    else:
        world.record(Kind.AMENDED, edit.activity, start_s=edit.aim_s, tables={"amendments": rows}, **columns)


def _play(world: World, centre: str, ship: str, item: Weighed) -> Score:
    """Play an option forward on the believed world, and score what comes of it."""
    from stationsim.kernel.reviews import replan

    twin = lookahead.believed(world, centre)
    before = twin.state.copy()
    twin.begin_step(twin.state.now_s)
    rewarm(twin, {})  # a cabin whose loop is only believed lost has not warmed yet
    row = carry_out(twin, centre, ship, item, cause=twin.state.rows - 1, by="lookahead")
    replan(twin, row)
    lookahead.play_out(twin)
    return lookahead.score(before, twin)
