"""How did things stand at a moment? The status board of the disrupted run, from its log alone."""

from collections.abc import Callable
from datetime import datetime

from attrs import define, evolve, field, frozen

from stationsim.impact.air import air_at
from stationsim.impact.fates import Attempt, Fate, fates
from stationsim.impact.places import ABOARD, AWAY, SHIP_HATCH, whereabouts
from stationsim.impact.returns import SUFFIX
from stationsim.impact.words import Words
from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH, Row
from stationsim.log.outcome import Manifest, Outcome
from stationsim.units import format_duration

__all__ = ["Board", "show"]

_AHEAD = 8


@frozen(kw_only=True)
class Board:
    """The station at a moment. Ids throughout; `text` says it with names.

    Attributes:
        at_s: The moment [s].
        at_utc: The same as text.
        ports: (port, ship or None, status of the port).
        hatches: (hatch, `open` or `closed`), those of docked ships (`<ship>/hatch`) too.
        reported: (centre, hatch, `open` or `closed`) where a centre believes otherwise.
        air: (body, pressure [kPa], reserve time [s] or None if it does not run out) of every body of air that is not as
            usual; the body is `cabin-air` or comma-separated compartments.
        sheltered: (person, ship or volume in which they shelter).
        ships: (ship, port or `in flight`, ((centre, status), ...)); ships that never flew are left out.
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
    sheltered: tuple[tuple[str, str], ...]
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


def show(outcome: Outcome, at: str | int | datetime) -> Board:
    """Return the status board at a moment; what happens in that second has happened.

    Args:
        outcome: The two logs and the manifest; only the disrupted log is read.
        at: `2022-12-17T10:00Z`, a day (its first second), or seconds since the start [s].

    Raises:
        ScenarioError: It is no such time, or lies outside the run.
    """
    manifest, words = outcome.manifest, Words(outcome.manifest)
    at_s = words.clock.moment(at)
    state = _State()
    for row in outcome.disrupted:
        if row.t_s > at_s:
            break
        if row.kind in _EFFECTS:
            _EFFECTS[row.kind](state, row)
    board = _board(manifest, words, at_s, state, fates(outcome.disrupted, at_s))
    board = evolve(board, air=air_at(outcome.disrupted, manifest, at_s), sheltered=_sheltered(outcome, at_s))
    return evolve(board, text=_text(board, words))


@define
class _State:
    """What is folded from the log; dicts keep the order in which things were first told."""

    port_of: dict[str, str] = field(factory=dict)
    hatches: dict[str, str] = field(factory=dict)
    reported: dict[tuple[str, str], str] = field(factory=dict)
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
    state.port_of[row.subject] = ""
    state.hatches.pop(row.subject + SHIP_HATCH, None)


def _hatch(state: _State, row: Row) -> None:
    now = "open" if row.kind is Kind.OPENED else "closed"
    if state.hatches.get(row.subject) != now:
        state.reported = {key: held for key, held in state.reported.items() if key[1] != row.subject}
    state.hatches[row.subject] = now


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
    Kind.OPENED: _hatch, Kind.CLOSED: _hatch, Kind.HATCH_BELIEVED: _hatch_report,
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
        air=(),
        sheltered=(),
        ships=tuple(
            (ship, port or "in flight", tuple(state.status.get(ship, {}).items()))
            for ship, port in state.port_of.items()
        ),
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


def _sheltered(outcome: Outcome, at_s: int) -> tuple[tuple[str, str], ...]:
    spans = whereabouts(outcome.disrupted, outcome.manifest.horizon_s + 1)
    return tuple(
        (who, place) for who, place, lo_s, hi_s in spans if lo_s <= at_s < hi_s and place not in (ABOARD, AWAY)
    )


def _ports(manifest: Manifest, state: _State) -> tuple[tuple[str, str | None, str], ...]:
    ship_at = {port: ship for ship, port in state.port_of.items() if port}
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


# --- words ------------------------------------------------------------------------------------------------------------


def _text(board: Board, words: Words) -> str:
    name = words.name
    parts = [
        ("Ports", [f"{name(port)}: {name(ship) if ship else status}" for port, ship, status in board.ports]),
        ("Air", [_air(*body, words) for body in board.air]),
        ("Ships", [_ship(ship, port, status, words, dict(board.hatches)) for ship, port, status in board.ships]),
        (
            "Hatches",
            [f"{_hatch_name(hatch, words)}: {state}" for hatch, state in board.hatches if _is_inner(hatch, board)],
        ),
        ("Believed of hatches", [f"{name(at)}: {name(hatch)} is {state}" for at, hatch, state in board.reported]),
        ("Sheltered", [f"{name(person)} in {name(place)}" for person, place in board.sheltered]),
        ("People", [_person(*person, words) for person in board.people]),
        ("Returns without a certified ship", [f"{name(way)}, since {since}" for way, since in board.without_ship]),
        ("Open questions", [_open(*question, words) for question in board.questions]),
        ("Believed wet", [f"{name(zone)} ({name(centre)}: {feared})" for centre, zone, feared, _ in board.zones]),
        ("Not nominal", [f"{name(node)}: {health} ({name(view)})" for view, node, health in board.health]),
        ("Under way", [f"{name(subject)}: {state} since {since}" for subject, state, since in board.under_way]),
        ("Next", [f"{date}  {name(subject)}" for subject, date in board.ahead]),
        ("Without a date", [name(subject) for subject in board.undated]),
    ]
    lines = [board.at_utc]
    for title, entries in parts:
        if entries:
            lines += ["", title, *(f"  {entry}" for entry in entries)]
    return "\n".join(lines)


def _ship(ship: str, port: str, status: tuple[tuple[str, str], ...], words: Words, hatches: dict[str, str]) -> str:
    held = ", ".join(f"{state} ({words.name(centre)})" for centre, state in status)
    hatch = f", hatch {hatches[ship + SHIP_HATCH]}" if ship + SHIP_HATCH in hatches else ""
    return f"{words.name(ship)} at {words.name(port)}{hatch}{f': {held}' if held else ''}".replace(
        " at in flight", " in flight"
    )


def _is_inner(hatch: str, board: Board) -> bool:
    """Tell whether a hatch stands in the list of hatches: that of a ship stands beside the ship."""
    return hatch.removesuffix(SHIP_HATCH) not in {ship for ship, _, _ in board.ships}


def _hatch_name(hatch: str, words: Words) -> str:
    return words.name(hatch).removeprefix("hatch ")


def _air(body: str, pressure_kpa: float, reserve_s: float | None, words: Words) -> str:
    left = "no limit ahead" if reserve_s is None else f"reserve time {format_duration(int(reserve_s))}"
    if reserve_s == 0:
        left = "at or below the limit"
    return f"{words.name(body)}: {pressure_kpa:.1f} kPa, {left}"


def _person(who: str, level: int, cover: str, ship: str | None, words: Words) -> str:
    return f"{words.name(who)}: class {level} {cover}{f', {words.name(ship)}' if ship else ''}"


def _open(centre: str, incident: str, question: str, text: str, expected: str | None, words: Words) -> str:
    return f"{words.name(centre)}: {text} Expected {expected or 'at no known time'}."
