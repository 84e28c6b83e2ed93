"""Does somebody go outside, and is a role written as its kind and the rules write it? Other roles are free words."""

from difflib import get_close_matches

from attrs import frozen

from stationsim.scenario.model import Kind, Response, Role, Scenario
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.words import shorten

_LIKE = 0.75
"""So alike a role must be to one that means something to count as misspelt: others are the author's own words."""
_SEATED = "seated"


@frozen
class _Meant:
    """A kind of activity, and the roles that mean something in it: to the kind, and to the rules that govern it."""

    kind: Kind
    outside: tuple[str, ...]
    roles: tuple[str, ...]


def check_roles(scenario: Scenario, reading: Reading) -> None:
    """Note roles that are misspelt, and activities outside of which everybody stays inside."""
    kinds = {kind.id: kind for kind in scenario.kinds}
    for activity in scenario.activities:
        if activity.kind in kinds:
            meant = _meant(scenario, kinds[activity.kind], activity.id)
            seated = (_SEATED,) if meant.kind.whole_crew and activity.ship is not None else ()
            _check_people(activity.people, seated, ("activities", activity.id, "people"), meant, reading)
    for mode in scenario.modes:
        for response in mode.responses:
            if response.kind in kinds:
                trail = ("modes", mode.id, "responses", response.id)
                _check_response(response, trail, _meant(scenario, kinds[response.kind], None), reading)


def _meant(scenario: Scenario, kind: Kind, activity: str | None) -> _Meant:
    """Return the roles that mean something to an activity of a kind, those of the kind first."""
    outside = kind.outside if kind.effect == "outside" else ()
    governing = (
        rule
        for rule in scenario.rules
        if (not rule.kinds or kind.id in rule.kinds) and (not rule.activities or activity in rule.activities)
    )
    asked = sorted({role for rule in governing for role in rule.roles})
    return _Meant(kind, outside, tuple(dict.fromkeys((*outside, *asked, *((_SEATED,) if kind.whole_crew else ())))))


def _check_people(
    people: tuple[Role, ...], seated: tuple[str, ...], trail: Trail, meant: _Meant, reading: Reading
) -> None:
    """Refuse a role that is nearly one that means something; if there is none, roles of which none is outside."""
    roles = (*(role.role for role in people), *seated)
    is_misspelt = False
    for number, role in enumerate(people):
        near = () if role.role in meant.roles else get_close_matches(role.role, meant.roles, n=1, cutoff=_LIKE)
        if near:
            is_misspelt = True
            what = f"Neither the kind {shorten(meant.kind.id)} nor a rule knows the role {shorten(role.role)}."
            reading.tell(
                (*trail, number, "role"), f"{what} They know: {', '.join(meant.roles)}. Did you mean {near[0]!r}?"
            )
    if meant.outside and not is_misspelt and not set(roles) & set(meant.outside):
        _tell_inside(roles, trail, meant, reading)


def _check_response(response: Response, trail: Trail, meant: _Meant, reading: Reading) -> None:
    """Check the roles of a response as those of an activity; people without roles have the one of its id."""
    if response.roles:
        _check_people(response.roles, (), (*trail, "roles"), meant, reading)
    elif (response.people or response.everybody) and meant.outside and response.id not in meant.outside:
        key = "people" if response.people else "everybody"
        message = f"{_goes(meant)} Write 'roles: [{{role: {meant.outside[0]}, skill: SKILL}}]' instead."
        reading.tell((*trail, key), f"They have no role, so nobody goes outside. {message}")


def _tell_inside(roles: tuple[str, ...], trail: Trail, meant: _Meant, reading: Reading) -> None:
    have = f"the roles here are {', '.join(dict.fromkeys(roles))}" if roles else "it has no people"
    message = f"Nobody goes outside: {have}. {_goes(meant)} Write 'role: {meant.outside[0]}' for who goes out."
    only = len(roles) == 1
    reading.tell((*trail, 0, "role") if only else trail, message)


def _goes(meant: _Meant) -> str:
    return f"Roles that the kind {shorten(meant.kind.id)} sends outside: {', '.join(meant.outside)}."
