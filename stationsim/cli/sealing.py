"""What does it cost to seal a leak off? The ways of `isolate` in words."""

from stationsim.scenario.model import Scenario
from stationsim.station.isolate import Way
from stationsim.station.station import Station
from stationsim.units import format_duration

_SHOWN = 5


def describe(scenario: Scenario, ways: tuple[Way, ...]) -> str:
    """Return the ways to seal a leak off as numbered lines, least loss first."""
    station = Station.of(scenario)
    lines = [line for number, way in enumerate(ways[:_SHOWN], 1) for line in _lines(number, way, station)]
    dearer = len(ways) - _SHOWN
    return "\n".join([*lines, *([f"... and {dearer} dearer ways (--json lists all)"] if dearer > 0 else [])])


def _lines(number: int, way: Way, station: Station) -> list[str]:
    shut = ", ".join(way.hatches) or "nothing, it is shut off already"
    lines = [f"{number}. shut {shut} ({format_duration(way.close_s)}, {way.volume_m3:.0f} m3 on the leaking side)"]
    parts = (("sealed off", way.sealed), ("ports", way.ports), ("airlocks", way.airlocks), ("functions", way.functions))
    lines += [f"   {what}: {_names(ids, station)}" for what, ids in parts if ids]
    if way.seats:
        lines.append(f"   lose their ship: {_names(way.seats, station)}; everybody stays on the other side")
    return lines


def _names(ids: tuple[str, ...], station: Station) -> str:
    return ", ".join(station.name(id_) for id_ in ids)
