"""Until when can an option be taken? Its dates and what these wait for, less how far ahead each is decided."""

from collections.abc import Iterable, Iterator

from stationsim.planning.options.fleet import effect_of
from stationsim.planning.options.option import Edit, Option
from stationsim.planning.wishes import lead_s
from stationsim.scenario.model import Kind
from stationsim.station.act import Act
from stationsim.station.situation import Situation


def last_s(option: Option, edits: tuple[Edit, ...], now: Situation, plan: Situation) -> int | None:
    """Return until when an option can be taken: the first of its new dates, or of the moves that these wait for [s].

    Each less its lead. Moves of seats that nothing waits for may begin later; of an option that brings nothing else
    they count.
    """
    times = [*_dated(option.edits, now, plan), *_awaited(edits, plan)]
    return min(times or _dated(edits, now, plan), default=None)


def _dated(edits: Iterable[Edit], now: Situation, plan: Situation) -> list[int]:
    """Return when each new date must be decided [s]."""
    times = []
    for edit in edits:
        act, before = plan.acts[edit.activity], now.acts.get(edit.activity)
        if act.start_s is not None and not edit.is_dropped and (before is None or before.start_s != act.start_s):
            times.append(act.start_s - _ahead_s(act, plan))
    return times


def _awaited(edits: Iterable[Edit], plan: Situation) -> Iterator[int]:
    """Yield when the moves must be decided that are over before a ship leaves [s], as late as they can be."""
    moves = [edit.activity for edit in edits if effect_of(plan, plan.acts[edit.activity]) == "fit"]
    for edit in edits:
        leaves = plan.acts[edit.activity]
        if leaves.start_s is None or effect_of(plan, leaves) != "undock":
            continue
        for move in (plan.acts[id_] for id_ in plan.activity(leaves.id).follows if id_ in moves):
            yield leaves.start_s - move.after_s - move.duration_s - _ahead_s(move, plan)


def _ahead_s(act: Act, plan: Situation) -> int:
    """Return how long before its start something must be decided: its lead, or its preparation [s]."""
    return max(_lead_s(act, plan.station.kinds[plan.activity(act.id).kind], plan), act.before_s)


def _lead_s(act: Act, kind: Kind, plan: Situation) -> int:
    """Return how far ahead a date must be decided: the lead of its kind, or for a launch the call-up of its ship."""
    call_up_s = plan.station.ships[act.ship].call_up_s if act.ship is not None and kind.effect == "launch" else None
    return max(lead_s(act, kind, plan), call_up_s or 0)
