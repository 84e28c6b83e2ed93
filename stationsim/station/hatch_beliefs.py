"""What does each centre believe of a hatch? One that watches it reads telemetry, the others go by report.

Normally all agree with how it stands. Who does not stands in `state.hatch_beliefs`, until the crew looks or the hatch
is moved, which everybody hears.
"""

from stationsim.station.state import State


def believed_state(state: State, centre: str, hatch: str) -> str:
    """Return `open` or `closed`, as a centre believes it."""
    return state.hatch_beliefs.get((centre, hatch), state.hatches.get(hatch, "closed"))


def is_here(state: State, hatch: str) -> bool:
    """Tell whether a hatch is part of the station now: that of a ship only while it is docked."""
    ship = state.station.ship_of(hatch)
    return ship is None or state.ship_at.get(ship) in state.station.ports


def is_disputed(state: State, hatch: str) -> bool:
    """Tell whether the centres hold different states of a hatch that is there: a ship's hatch leaves with it."""
    if not is_here(state, hatch):
        return False
    return len({believed_state(state, centre, hatch) for centre in state.station.centres}) > 1


def may_be_open(state: State, hatch: str) -> bool:
    """Tell whether some centre believes a hatch open: nobody relies on one that may be."""
    return any(believed_state(state, centre, hatch) == "open" for centre in state.station.centres)
