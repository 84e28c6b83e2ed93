"""Who could leave, and whose return has a ship? Status of ships, seat classes and promised returns, kept up to date."""

from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.station.access import is_any_lost, obstacle
from stationsim.station.act import Act
from stationsim.station.seats import LEVELS, level_of
from stationsim.station.situation import CERTIFIED
from stationsim.station.state import RELOCATING, State, Status
from stationsim.station.station import CREWED_RETURN, RETURN_SUFFIX
from stationsim.station.status import verdict, words
from stationsim.station.transitions import Life


def update(world: World, centre: str, cause: int) -> None:
    """Draw the consequences of a changed belief: status of ships, then seats, then returns."""
    update_statuses(world, centre, cause)
    seat(world, cause)


def update_statuses(world: World, centre: str, cause: int | None) -> None:
    """Let a centre draw from what it believes which docked ships are certified."""
    for ship in world.station.ships:
        if world.station.is_crew_ship(ship) and world.state.ship_at.get(ship) in world.station.ports:
            _update_status(world, centre, ship, cause)


def _update_status(world: World, centre: str, ship: str, cause: int | None) -> None:
    found = world.state.status.get((centre, ship))
    before = CERTIFIED if found is None else found.status
    now = verdict(world.state, centre, ship)
    if now.status == before:
        return
    sick = world.state.views[centre].sick.get(f"{ship}/{CREWED_RETURN}")
    decisive = sick.row if sick is not None and before == CERTIFIED else cause
    world.record(
        Kind.STATUS_CHANGED,
        ship,
        object=CREWED_RETURN,
        view=centre,
        cause=decisive,
        value=now.margin_k,
        unit=None if now.margin_k is None else "K",
        text=now.status,
    )


_REACH = {
    Kind.STARTED, Kind.FINISHED, Kind.TERMINATED, Kind.ABORTED, Kind.FAILED, Kind.SHELTERED, Kind.WENT_BACK,
    Kind.OPENED, Kind.CLOSED, Kind.JAMMED, Kind.HEALTH_CHANGED,
}  # fmt: skip
"""Kinds after which somebody may be elsewhere, or a way open or lost."""


def keep_up(world: World, since: int) -> None:
    """Bring the seats up to date after a step whose rows, from row index `since` on, change who reaches what."""
    rows = [row.seq for row in world.log.rows[since:] if row.kind in _REACH and row.view != TRUTH]
    if rows:
        seat(world, rows[-1])


def seat(world: World, cause: int | None) -> None:
    """Bring every person's seat class and return up to date.

    Args:
        world: The run.
        cause: The row that changed something, where no status of the ship did; None when the run opens.
    """
    state, leaving = world.state, departures(world)
    hangs_on = _hangs_on(state, leaving)
    if hangs_on is not None and hangs_on == world.seated and not world.polls_all:
        return  # it would write nothing: it writes differences alone
    world.seated = hangs_on
    for person in tuple(state.aboard):
        ship = state.fit.get(person)
        owner = None if ship is None else state.station.ships[ship].centre
        status = None if ship is None or owner is None else state.status.get((owner, ship))
        decisive = cause if status is None or status.status == CERTIFIED else status.row
        wall = None if owner is None else obstacle(state, owner, person)
        if wall is not None:
            decisive = state.views[owner or ""].sick[wall].row
        level = level_of(state, person)
        known = state.seats.get(person)
        if known is None or (known.level, known.ship) != (level, ship):
            world.record(
                Kind.SEATED,
                person,
                object=ship,
                view=owner,
                cause=decisive,
                value=float(level),
                unit="class",
                text=LEVELS[level],
            )
        departure = leaving.get(ship) if ship is not None and _is_way_home(world, person, ship) else None
        _update_return(world, person, departure, decisive)


def _hangs_on(state: State, leaving: dict[str, Act]) -> tuple[object, ...] | None:
    """Return all that the seats and returns hang on; None where something is lost: then also on where everybody is."""
    if any(is_any_lost(state, centre) for centre in state.station.centres):
        return None
    tables = (state.aboard, state.fit, state.improvised, state.ship_at, state.status)
    return (*(dict(table) for table in tables), tuple(state.aboard), leaving)


def _update_return(world: World, person: str, departure: Act | None, cause: int | None) -> None:
    state, subject, ship = world.state, person + RETURN_SUFFIX, world.state.fit.get(person)
    known = state.returns.get(subject)
    status = None if ship is None else state.status.get((state.station.ships[ship].centre, ship))
    is_certified = status is None or status.status == CERTIFIED
    wall = None if ship is None else obstacle(state, state.station.ships[ship].centre, person)
    if departure is not None and wall is None and is_certified:
        if known is None or known[:2] != (departure.id, departure.start_s):
            row = departure.row if departure.row >= 0 else cause
            world.record(
                Kind.RETURN_PROMISED, subject, object=departure.id, place=ship, cause=row, start_s=departure.start_s
            )
    elif known is not None and known[1] is not None:
        has_no_date = is_certified and wall is None
        why = "no departure is planned" if has_no_date else _lacks(world, ship or known[0], status, wall)
        world.record(Kind.RETURN_LOST, subject, object=known[0], place=ship, cause=cause, text=why)
    elif departure is not None and status is not None and (known is None or known[0] != departure.id):
        why = _lacks(world, ship or "", status, wall)
        world.record(Kind.RETURN_LOST, subject, object=departure.id, place=ship, cause=cause, text=why)


def _is_way_home(world: World, person: str, ship: str) -> bool:
    """Tell whether a departure takes a person home: not from a contingency place, nor where the ship has left."""
    at = world.state.ship_at.get(ship)
    return person not in world.state.improvised and (at == RELOCATING or at in world.station.ports)


def _lacks(world: World, ship: str, status: Status | None, wall: str | None) -> str:
    if wall is not None:
        return f"{world.station.name(ship)} cannot be reached: {world.station.name(wall)} is lost"
    return f"{world.station.name(ship)} is {words(CERTIFIED if status is None else status.status)}"


def departures(world: World) -> dict[str, Act]:
    """Return the activity that takes each ship home, by ship; none for a ship for which none stands in the plan."""
    state, kinds, found = world.state, world.station.kinds, dict[str, Act]()
    for act in state.acts.values():
        if act.ship is None or act.ship in found or act.life in {Life.DONE, Life.GIVEN_UP}:
            continue
        if kinds[state.activity(act.id).kind].effect == "undock":
            found[act.ship] = act
    return found


def departure_of(world: World, ship: str) -> Act | None:
    """Return the activity that takes a docked ship home; None if none stands in the plan."""
    return departures(world).get(ship)
