"""What does it cost to seal a leak off, and who must be where? The ways of `isolate` in words."""

from collections.abc import Iterator, Sequence

from stationsim.impact.naming import listed
from stationsim.scenario.model import Scenario
from stationsim.station.isolate import Way
from stationsim.station.sides import APART, CAUGHT, LEAKING, OUTSIDE, SAFE, SHELTERED, UNKNOWN, WORK, Closing, Stand
from stationsim.station.station import Station
from stationsim.units import format_duration

_SHOWN = 5
_ALL = 99
_COUNTED = "Who is neither outside nor sheltered nor at work in a known place is counted on the side of their ship."
_APART = "Shut hatches part the leak from everybody already. What follows would save more of the station."


def describe(scenario: Scenario, ways: tuple[Way, ...]) -> str:
    """Return the ways to seal a leak off as numbered lines, least loss first."""
    station = Station.of(scenario)
    lines = [line for number, way in enumerate(ways[:_SHOWN], 1) for line in _lines(number, way, station)]
    dearer = len(ways) - _SHOWN
    more = f"... and {dearer} dearer {'way' if dearer == 1 else 'ways'} (--json lists all)"
    head = [_APART] if ways[0].stands and all(stand.side == APART for stand in ways[0].stands) else []
    return "\n".join([*head, *lines, *([more] if dearer > 0 else []), _COUNTED])


def _lines(number: int, way: Way, station: Station) -> list[str]:
    shut = listed([_hatch(closing, station) for closing in way.closings], _ALL)
    what = f"shut {shut}" if shut else "nothing to shut, it is shut off already"
    lines = [f"{number}. {what} ({format_duration(way.close_s)}, {way.volume_m3:.0f} m3 on the leaking side)"]
    parts = (("sealed off", way.sealed), ("ports", way.ports), ("airlocks", way.airlocks), ("functions", way.functions))
    lines += [f"   {what}: {_names(ids, station)}" for what, ids in parts if ids]
    lines += [f"   {line}" for line in _people(way, station)]
    if way.seats:
        lines.append(f"   lose their ship: {_names(way.seats, station)}")
    return lines


def _hatch(closing: Closing, station: Station) -> str:
    """Return a hatch as it stands in a sentence."""
    return f"the {station.name(closing.hatch)}"


def _people(way: Way, station: Station) -> Iterator[str]:
    """Yield who must cross to which side, who is where already, and who shuts what from where."""
    for to in dict.fromkeys(stand.must_to for stand in way.stands if stand.must_to is not None):
        mine = [stand for stand in way.stands if stand.must_to == to]
        last = "the hatch is shut" if len(way.closings) == 1 else "the last hatch is shut"
        yield f"must be in {station.name(to)} before {last}: {_listed(mine, station)}"
    told: tuple[tuple[str, list[Stand]], ...] = (
        ("on the safe side already", [s for s in way.stands if s.side == SAFE and s.must_to is None]),
        ("apart from the leak already, behind shut hatches", [s for s in way.stands if s.side == APART]),
        ("not to be counted on", [s for s in way.stands if s.must_to is None and s.side not in (SAFE, APART)]),
    )
    yield from (f"{words}: {_listed(mine, station)}" for words, mine in told if mine)
    for closing in way.closings:
        what = "it" if len(way.closings) == 1 else _hatch(closing, station)
        side = f"{station.name(closing.side)}{', on the leaking side' if closing.from_leak else ''}"
        yield f"{what} is shut from {side}, {_by(closing, station)}"


def _by(closing: Closing, station: Station) -> str:
    if closing.person is None:
        return "where nobody is: somebody must go there first"
    return f"by {station.name(closing.person)}"


def _listed(mine: Sequence[Stand], station: Station) -> str:
    """Return names, those of whom the same is known together."""
    groups: dict[str, list[str]] = {}
    for stand in mine:
        groups.setdefault(_known(stand, station), []).append(station.name(stand.person))
    return "; ".join(f"{listed(names, _ALL)}{known}" for known, names in groups.items())


def _known(stand: Stand, station: Station) -> str:
    at = station.name(stand.at or "")
    if stand.known == OUTSIDE:
        side = " on the leaking side" if stand.side == LEAKING else ""
        return f" (outside, in through {at}{side})" if at else " (outside)"
    words = {SHELTERED: f" (sheltered in {at})", CAUGHT: " (caught by the loss of air)", UNKNOWN: " (no docked ship)"}
    words[WORK] = f" (at work in {at})"
    return words.get(stand.known, "")


def _names(ids: tuple[str, ...], station: Station) -> str:
    return ", ".join(station.name(id_) for id_ in ids)
