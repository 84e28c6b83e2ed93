"""Template of postures: what demands hatches shut waits where they cannot be shut, or where nobody can do it."""

from collections.abc import Iterator

from stationsim.scenario.model import Rule
from stationsim.station.choice import Choice
from stationsim.station.helpers import hatches_of
from stationsim.station.postures import hatch_name, id_of, is_hasty, shutting_s
from stationsim.station.rules.blocks import FOREVER_AGO, Block, block
from stationsim.station.situation import Situation
from stationsim.station.transitions import AHEAD


def posture(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid what demands a posture while one of its hatches cannot be moved, and a start before it is taken."""
    if not _demands(rule, choice):
        return
    for hatch in hatches_of(situation.station, rule, choice.activity):
        sick = situation.sick(hatch)
        if sick is not None:
            hi_s = situation.expected_s(sick.incident, "back")
            yield block(
                rule, sick.since_s, hi_s, f"{hatch_name(situation.station, hatch)} cannot be moved", cause=sick.row
            )
    found = situation.postures.get(id_of(rule, choice.id))
    act = situation.acts.get(choice.id)
    is_ahead = act is not None and act.life in AHEAD and bool(rule.kinds)
    if is_ahead and is_hasty(situation.station, rule, choice.activity, choice.before_s):
        yield from _not_before(rule, choice, situation)
    elif found is not None and found.phase == "refused":
        yield block(rule, found.until_s, None, found.reason or "", mode="start", cause=found.row)
    elif found is not None and found.phase == "taking" and rule.kinds:
        yield block(rule, found.begun_s, found.until_s, "hatches are still being shut", mode="start", cause=found.row)


def _not_before(rule: Rule, choice: Choice, situation: Situation) -> Iterator[Block]:
    """Forbid a start before the hatches of what is planned can be shut: as long as nobody can, that moves on."""
    found = situation.postures.get(id_of(rule, choice.id))
    if found is not None and found.phase == "taken":
        return
    takes_s = shutting_s(situation.station, hatches_of(situation.station, rule, choice.activity))
    if found is not None and found.phase == "taking":
        yield block(rule, FOREVER_AGO, found.until_s, "hatches are still being shut", mode="start", cause=found.row)
    elif found is not None and found.phase == "refused":
        hi_s = situation.now_s + takes_s
        yield block(rule, FOREVER_AGO, hi_s, found.reason or "", mode="start", cause=found.row)
    else:
        hi_s = situation.now_s + takes_s
        yield block(rule, FOREVER_AGO, hi_s, "hatches are yet to be shut", mode="start")


def _demands(rule: Rule, choice: Choice) -> bool:
    """Tell whether a choice demands a posture of the rule: by its kind, or by the hatch that it opens."""
    return bool(rule.kinds) or rule.while_open in choice.activity.opens


def reads_posture(rule: Rule, choice: Choice, situation: Situation) -> tuple[str, ...]:
    """Name the hatches of the posture and the posture itself."""
    if not _demands(rule, choice):
        return ()
    return (*hatches_of(situation.station, rule, choice.activity), id_of(rule, choice.id))
