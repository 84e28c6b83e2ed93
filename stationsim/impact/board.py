"""How did things stand at a moment? The status board of the disrupted run, from its log alone."""

from collections.abc import Callable, Iterator
from datetime import datetime

from attrs import define, evolve, field, frozen

from stationsim.impact.air import air_at
from stationsim.impact.board_text import DEPARTED, IN_FLIGHT, NOWHERE, RELOCATING, text_of
from stationsim.impact.fates import Attempt, Fate, fates
from stationsim.impact.knowing import notices
from stationsim.impact.places import GROUND, HOME, SHELTERED, SHIP_HATCH, Stay, whereabouts
from stationsim.impact.postures import postures_at
from stationsim.impact.returns import SUFFIX
from stationsim.impact.words import Words
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH, Row
from stationsim.log.outcome import Manifest, Outcome
from stationsim.shown import pre

__all__ = ["Board", "show"]

_AHEAD = 8


@frozen(kw_only=True, repr=False)
class Board:
    """The station at a moment. Ids throughout; `text` says it with names, and that is what is printed.

    Attributes:
        at_s: The moment [s].
        at_utc: The same as text.
        ports: (port, ship or None, status of the port).
        hatches: (hatch, `open` or `closed`), those of docked ships (`<ship>/hatch`) too.
        reported: (centre, hatch, `open` or `closed`) where a centre believes otherwise.
        air: (body, pressure [kPa], reserve time [s] or None if it does not run out) of every body of air that is not as
            usual; the body is `cabin-air` or comma-separated compartments.
        kept_shut: (hatch, ids of what asks to keep it shut) of every shut hatch for which the log tells a reason.
        sheltered: (person, ship or volume in which they shelter).
        postures: (posture, why it is demanded or refused, its hatches, since) of those in force.
        ships: (ship, port or `in flight`, `relocating` or `departed`, ((centre, status), ...)); ships that never flew
            are left out, `departed` are those whose departure is done.
        whereabouts: (person, `flight`, `aboard`, `outside`, `sheltered` or `caught`, place, activity) of everybody
            who is not on the ground; the place is the ship in which they fly, or where they shelter or work.
        incidents: (incident, node, state, since, centre) of every incident that struck: `unnoticed`, `open`, `known`,
            `explained` or `dismissed` by the centre that knew first.
        people: (person, seat class, its name, ship).
        without_ship: Returns that have no certified ship: (`<person>-return`, since).
        questions: Open ones: (centre, incident, question, text, expected answer or None).
        zones: Believed wet: (centre, zone, class feared, incident).
        health: What is not nominal: (view, node, health).
        under_way: (activity, `prepared`, `held` or `under way`, since).
        ahead: The next activities: (activity, date).
        undated: Activities that have no date.
        text: All of it for a terminal.
    """

    at_s: int
    at_utc: str
    ports: tuple[tuple[str, str | None, str], ...]
    hatches: tuple[tuple[str, str], ...]
    reported: tuple[tuple[str, str, str], ...]
    air: tuple[tuple[str, float, float | None], ...]
    kept_shut: tuple[tuple[str, tuple[str, ...]], ...]
    sheltered: tuple[tuple[str, str], ...]
    postures: tuple[tuple[str, str, tuple[str, ...], str], ...]
    whereabouts: tuple[tuple[str, str, str | None, str | None], ...]
    incidents: tuple[tuple[str, str, str, str, str | None], ...]
    ships: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    people: tuple[tuple[str, int, str, str | None], ...]
    without_ship: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str, str, str, str | None], ...]
    zones: tuple[tuple[str, str, str, str], ...]
    health: tuple[tuple[str, str, str], ...]
    under_way: tuple[tuple[str, str, str], ...]
    ahead: tuple[tuple[str, str], ...]
    undated: tuple[str, ...]
    text: str = field(repr=False)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Board at {self.at_utc}: {len(self.ships)} ships, {len(self.people)} people>"

    def _repr_html_(self) -> str:
        return pre(self.text)


def show(outcome: Outcome, at: str | int | datetime) -> Board:
    """Return the status board at a moment; what happens in that second has happened.

    Args:
        outcome: The two logs and the manifest; only the disrupted log is read.
        at: `2022-12-17T10:00Z`, a day (its first second), or seconds since the start [s].

    Raises:
        ScenarioError: It is no such time, or lies outside the run.
    """
    manifest, words = outcome.manifest, Words(outcome.manifest, outcome.disrupted)
    at_s = words.clock.moment(at)
    state = _State()
    for row in outcome.disrupted:
        if row.t_s > at_s:
            break
        if row.kind in _EFFECTS:
            _EFFECTS[row.kind](state, row)
    here = tuple(_here(outcome, at_s))
    board = evolve(
        _board(manifest, words, at_s, state, fates(outcome.disrupted, at_s)),
        air=air_at(outcome.disrupted, manifest, at_s),
        sheltered=tuple((stay.person, stay.place or "") for stay in here if stay.state == SHELTERED),
        whereabouts=tuple((stay.person, stay.state, stay.place, stay.activity) for stay in here),
        postures=postures_at(outcome.disrupted, words, at_s),
        incidents=_incidents(outcome, words, at_s),
    )
    return evolve(board, text=text_of(board, words))


@define
class _State:
    """What is folded from the log; dicts keep the order in which things were first told."""

    port_of: dict[str, str] = field(factory=dict)
    hatches: dict[str, str] = field(factory=dict)
    reported: dict[tuple[str, str], str] = field(factory=dict)
    kept_shut: dict[str, tuple[str, ...]] = field(factory=dict)
    status: dict[str, dict[str, str]] = field(factory=dict)
    seats: dict[str, Row] = field(factory=dict)
    lost: dict[str, int] = field(factory=dict)
    questions: dict[tuple[str, str, str], Row] = field(factory=dict)
    wet: dict[tuple[str, str, str], Row] = field(factory=dict)
    health: dict[tuple[str, str], str] = field(factory=dict)


def _key(row: Row) -> tuple[str, str, str]:
    return row.view or "", row.object or "", row.subject


def _docked(state: _State, row: Row) -> None:
    state.port_of[row.subject] = row.place or ""


def _in_flight(state: _State, row: Row) -> None:
    state.port_of[row.subject] = RELOCATING if row.text == RELOCATING else IN_FLIGHT
    state.hatches.pop(row.subject + SHIP_HATCH, None)
    state.kept_shut.pop(row.subject + SHIP_HATCH, None)


def _hatch(state: _State, row: Row) -> None:
    now = "open" if row.kind is Kind.OPENED else "closed"
    if state.hatches.get(row.subject) != now:
        state.reported = {key: held for key, held in state.reported.items() if key[1] != row.subject}
    kept = tuple(reason for reason in state.kept_shut.pop(row.subject, ()) if reason != row.object)
    state.hatches[row.subject] = now
    if row.kind is Kind.CLOSED and row.object is not None:
        kept = (*kept, row.object)
    if row.kind is not Kind.OPENED and kept:
        state.kept_shut[row.subject] = kept


def _hatch_report(state: _State, row: Row) -> None:
    state.reported[(row.view or "", row.subject)] = row.text or ""


def _status(state: _State, row: Row) -> None:
    state.status.setdefault(row.subject, {})[row.view or ""] = row.text or ""


def _seated(state: _State, row: Row) -> None:
    state.seats[row.subject] = row


def _left(state: _State, row: Row) -> None:
    state.seats.pop(row.subject, None)
    state.lost.pop(f"{row.subject}{SUFFIX}", None)


def _return(state: _State, row: Row) -> None:
    if row.kind is Kind.RETURN_LOST:
        state.lost.setdefault(row.subject, row.t_s)
    else:
        state.lost.pop(row.subject, None)


def _question(state: _State, row: Row) -> None:
    if row.kind is Kind.ANSWERED and row.until_s is None:
        state.questions.pop(_key(row), None)
    elif row.kind is Kind.ANSWERED and _key(row) in state.questions:
        asked = state.questions[_key(row)]
        state.questions[_key(row)] = asked._replace(until_s=row.until_s)
    else:
        state.questions[_key(row)] = row


def _zone(state: _State, row: Row) -> None:
    if row.kind is Kind.WETTED:
        state.wet[_key(row)] = row
    else:
        state.wet.pop(_key(row), None)


def _health(state: _State, row: Row) -> None:
    state.health[(row.view or TRUTH, row.subject)] = row.text or ""


_EFFECTS: dict[Kind, Callable[[_State, Row], None]] = {
    Kind.DOCKED: _docked, Kind.UNDOCKED: _in_flight, Kind.LAUNCHED: _in_flight,
    Kind.OPENED: _hatch, Kind.CLOSED: _hatch, Kind.FREED: _hatch, Kind.HATCH_BELIEVED: _hatch_report,
    Kind.STATUS_CHANGED: _status, Kind.SEATED: _seated, Kind.LEFT: _left, Kind.RETURN_LOST: _return,
    Kind.RETURN_PROMISED: _return, Kind.ASKED: _question, Kind.ANSWERED: _question,
    Kind.WETTED: _zone, Kind.CLEARED: _zone,
    Kind.HEALTH_CHANGED: _health,
}  # fmt: skip


def _board(manifest: Manifest, words: Words, at_s: int, state: _State, lives: dict[str, Fate]) -> Board:
    return Board(
        at_s=at_s,
        at_utc=words.clock.utc(at_s),
        ports=_ports(manifest, state),
        hatches=tuple(state.hatches.items()),
        reported=tuple((*key, held) for key, held in state.reported.items() if state.hatches.get(key[1]) != held),
        kept_shut=tuple(state.kept_shut.items()),
        air=(),
        sheltered=(),
        postures=(),
        whereabouts=(),
        incidents=(),
        ships=_ships(manifest, state, lives),
        people=tuple((who, int(row.value or 0), row.text or "", row.object) for who, row in state.seats.items()),
        without_ship=tuple((way, words.clock.utc(since_s)) for way, since_s in state.lost.items()),
        questions=tuple(
            (
                centre,
                incident,
                question,
                row.text or question,
                None if row.until_s is None else words.clock.utc(row.until_s),
            )
            for (centre, incident, question), row in state.questions.items()
        ),
        zones=tuple((centre, zone, row.text or "", incident) for (centre, incident, zone), row in state.wet.items()),
        health=tuple((view, node, health) for (view, node), health in state.health.items() if health != "nominal"),
        under_way=_under_way(words, lives),
        ahead=_next(words, lives),
        undated=tuple(subject for subject, fate in lives.items() if fate.life == "undated"),
        text="",
    )


def _here(outcome: Outcome, at_s: int) -> Iterator[Stay]:
    """Yield where everybody is who is in flight or aboard; what happens in that second has happened."""
    for stay in whereabouts(outcome.disrupted, outcome.manifest.horizon_s + 1, outcome.manifest.activities):
        if stay.start_s <= at_s < stay.until_s and stay.state not in (GROUND, HOME):
            yield stay


def _incidents(outcome: Outcome, words: Words, at_s: int) -> tuple[tuple[str, str, str, str, str | None], ...]:
    told = [row for row in outcome.disrupted if row.t_s <= at_s]
    found = []
    for notice in notices(told).values():
        since_s = next(t_s for t_s in (notice.closed_s, notice.first_s, notice.struck_s) if t_s is not None)
        found.append((notice.incident, notice.node, notice.state, words.clock.utc(since_s), notice.first_by))
    return tuple(found)


def _ships(
    manifest: Manifest, state: _State, lives: dict[str, Fate]
) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """Return where each ship is; one that is in flight after its departure was done is gone."""
    effects = {id_: record.get("effect") for id_, record in manifest.activities.items()}
    gone = {fate.revision.ship for id_, fate in lives.items() if fate.life == "done" and effects.get(id_) == "undock"}
    return tuple(
        (ship, DEPARTED if at == IN_FLIGHT and ship in gone else at, tuple(state.status.get(ship, {}).items()))
        for ship, at in state.port_of.items()
    )


def _ports(manifest: Manifest, state: _State) -> tuple[tuple[str, str | None, str], ...]:
    ship_at = {port: ship for ship, port in state.port_of.items() if port not in NOWHERE}
    known = {str(port["id"]): str(port.get("status", "free")) for port in manifest.ports}
    known |= {port: "free" for port in ship_at if port not in known}
    return tuple((port, ship_at.get(port), status) for port, status in known.items())


def _under_way(words: Words, lives: dict[str, Fate]) -> tuple[tuple[str, str, str], ...]:
    found = []
    for subject, fate in lives.items():
        attempt = fate.open_attempt
        if attempt is not None:
            state, since_s = _stands(fate, attempt)
            found.append((subject, state, words.clock.utc(since_s)))
    return tuple(found)


def _stands(fate: Fate, attempt: Attempt) -> tuple[str, int]:
    """Return the state of an attempt that is going on, and since when [s]."""
    if attempt.begun_s is not None:
        return "under way", attempt.begun_s
    last = fate.decisive[-1] if fate.decisive else None
    return ("held", last.t_s) if last is not None and last.kind is Kind.HELD else ("prepared", attempt.start_s)


def _next(words: Words, lives: dict[str, Fate]) -> tuple[tuple[str, str], ...]:
    ahead = [fate for fate in lives.values() if fate.life == "ahead" and fate.open_attempt is None]
    ordered = sorted(ahead, key=lambda fate: fate.start_s or 0)
    return tuple((fate.subject, words.date(fate.subject, fate.start_s)) for fate in ordered[:_AHEAD])
