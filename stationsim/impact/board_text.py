"""How does the status board read? Its tables as lines of words, those that are empty left out."""

from typing import TYPE_CHECKING

from stationsim.impact.naming import listed
from stationsim.impact.places import CAUGHT, FLIGHT, OUTSIDE, SHELTERED, SHIP_HATCH
from stationsim.impact.postures import posture_line
from stationsim.impact.words import Words
from stationsim.units import format_duration, with_gmt

if TYPE_CHECKING:
    from stationsim.impact.board import Board

__all__ = ["DEPARTED", "IN_FLIGHT", "NOWHERE", "RELOCATING", "text_of"]

IN_FLIGHT, RELOCATING, DEPARTED = "in flight", "relocating", "departed"
NOWHERE = frozenset({IN_FLIGHT, RELOCATING, DEPARTED})
"""Where a ship can be that is at no port."""
_ALL = 99


def text_of(board: "Board", words: Words) -> str:
    """Return the board as lines for a terminal."""
    name = words.name
    parts = [
        ("Ports", [f"{name(port)}: {name(ship) if ship else status}" for port, ship, status in board.ports]),
        ("Incidents", [_incident(*incident, words) for incident in board.incidents]),
        ("Air", [_air(*body, words) for body in board.air]),
        ("Ships", [_ship(*ship, board, words) for ship in board.ships if ship[1] != DEPARTED]),
        ("Departed", _departed(board, words)),
        ("Hatches", _hatches(board, words)),
        ("Believed of hatches", [f"{name(at)}: {name(hatch)} is {state}" for at, hatch, state in board.reported]),
        ("In flight", _in_flight(board, words)),
        ("Postures", [posture_line(*found, words) for found in board.postures]),
        ("Sheltered", [f"{name(person)} in {name(place)}" for person, place in board.sheltered]),
        ("People", [_person(*person, board, words) for person in board.people]),
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
    return with_gmt("\n".join(lines))


def _ship(ship: str, at: str, status: tuple[tuple[str, str], ...], board: "Board", words: Words) -> str:
    held = ", ".join(f"{state} ({words.name(centre)})" for centre, state in status)
    hatch = ship + SHIP_HATCH
    state = f", hatch {_shut(hatch, dict(board.hatches)[hatch], board, words)}" if hatch in dict(board.hatches) else ""
    where = at if at in NOWHERE else f"at {words.name(at)}"
    return f"{words.name(ship)} {where}{state}{f': {held}' if held else ''}"


def _departed(board: "Board", words: Words) -> list[str]:
    names = [words.name(ship) for ship, at, _ in board.ships if at == DEPARTED]
    return [listed(names, _ALL)] if names else []


def _hatches(board: "Board", words: Words) -> list[str]:
    """Return the shut hatches with what keeps them shut, and how many are open; that of a ship stands with the ship."""
    ships = {ship for ship, _, _ in board.ships}
    inner = [(hatch, state) for hatch, state in board.hatches if hatch.removesuffix(SHIP_HATCH) not in ships]
    shut = [
        f"{words.name(hatch).removeprefix('hatch ')}: {_shut(hatch, state, board, words)}"
        for hatch, state in inner
        if state != "open"
    ]
    count = len(inner) - len(shut)
    open_ = f"all {count} are open" if not shut else f"the other {count} are open" if count > 1 else "the other is open"
    return [*shut, *([open_] if count else [])]


def _shut(hatch: str, state: str, board: "Board", words: Words) -> str:
    reasons = [words.keeper(hatch, reason) for reason in dict(board.kept_shut).get(hatch, ())]
    return f"{state} for {listed(reasons, _ALL)}" if reasons else state


def _in_flight(board: "Board", words: Words) -> list[str]:
    ships: dict[str, list[str]] = {}
    for person, state, ship, _ in board.whereabouts:
        if state == FLIGHT:
            ships.setdefault(ship or "", []).append(words.name(person))
    return [f"{words.name(ship)}: {listed(people, _ALL)}" for ship, people in ships.items()]


def _incident(incident: str, node: str, state: str, since: str, centre: str | None, words: Words) -> str:
    known = f" ({words.name(centre)} knew first)" if centre else ""
    return f"{words.reason(incident)} at {words.name(node)}: {state} since {since}{known}"


def _air(body: str, pressure_kpa: float, reserve_s: float | None, words: Words) -> str:
    left = "no limit ahead" if reserve_s is None else f"reserve time {format_duration(int(reserve_s))}"
    if reserve_s == 0:
        left = "at or below the limit"
    return f"{words.name(body)}: {pressure_kpa:.1f} kPa, {left}"


def _person(who: str, level: int, cover: str, ship: str | None, board: "Board", words: Words) -> str:
    seat = f"{words.name(who)}: class {level} {cover}{f', {words.name(ship)}' if ship else ''}"
    doing = next(((state, activity) for person, state, _, activity in board.whereabouts if person == who), None)
    if doing is not None and doing[0] == CAUGHT:
        return f"{seat}; caught by the loss of air"
    if doing is None or doing[1] is None or doing[0] == SHELTERED:
        return seat
    return f"{seat}; {'outside, ' if doing[0] == OUTSIDE else 'at '}{words.name(doing[1])}"


def _open(centre: str, incident: str, question: str, text: str, expected: str | None, words: Words) -> str:
    return f"{words.name(centre)}: {text} Expected {expected or 'at no known time'}."
