"""What is asked about an activity? It in one mode: these people, this ship, this port, these exclusive places."""

from typing import TYPE_CHECKING

import attrs

from stationsim.scenario.model import Activity, Kind
from stationsim.station.act import Act
from stationsim.station.station import Station

if TYPE_CHECKING:
    from stationsim.station.situation import Situation

__all__ = ["Choice", "cast_of", "choose"]


def _id_of(choice: "Choice") -> str:
    return choice.activity.id


def _span_of(choice: "Choice") -> int:
    return choice.before_s + choice.duration_s + choice.after_s


def _taken_by(choice: "Choice") -> frozenset[str]:
    return frozenset((*choice.people, *choice.uses))


@attrs.frozen(kw_only=True)
class Choice:
    """An activity in one mode: these people, this ship, this port, these exclusive places.

    Attributes:
        activity: Its record in the scenario, or the one that a response added.
        kind: Its kind: `id`, `layer`, `effect` ...
        duration_s: How long it takes [s], `before_s` of preparation and `after_s` of clean-up left out.
        people: Who takes part, with `roles` in the same order.
        uses: What it uses alone: airlock, arms, other nodes.
        id: Id of the activity.
        span_s: How long it occupies what it uses [s], preparation and clean-up included.
        taken: Who takes part and what it uses alone; asked, never iterated.
    """

    activity: Activity
    kind: Kind
    duration_s: int
    before_s: int
    after_s: int
    people: tuple[str, ...]
    roles: tuple[str, ...]
    uses: tuple[str, ...]
    id: str = attrs.field(init=False, eq=False, repr=False, default=attrs.Factory(_id_of, takes_self=True))
    span_s: int = attrs.field(init=False, eq=False, repr=False, default=attrs.Factory(_span_of, takes_self=True))
    taken: frozenset[str] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_taken_by, takes_self=True)
    )

    def in_role(self, roles: tuple[str, ...]) -> tuple[str, ...]:
        """Return who takes part in one of these roles; everybody if none is named."""
        pairs = zip(self.people, self.roles, strict=True)
        return self.people if not roles else tuple(person for person, role in pairs if role in roles)


def choose(
    situation: "Situation", id_: str, cast: tuple[tuple[str, str], ...], duration_s: int | None = None
) -> Choice:
    """Return an activity in the mode in which these people (person, role) take part; of equal ones the same object.

    Args:
        situation: What is believed.
        id_: The activity.
        cast: Who takes part.
        duration_s: How long it took [s]; None for as long as it is to take.
    """
    activity, choices = situation.activity(id_), situation.station.choices
    known = choices.get((id_, cast, duration_s))
    if known is None or known[0] is not activity:
        if duration_s is not None and duration_s == choose(situation, id_, cast).duration_s:
            known = choices[id_, cast, duration_s] = choices[id_, cast, None]  # it took as long as it was to take
            return known[1]  # type: ignore[no-any-return]
        made = _choice(situation.station, activity, cast, duration_s)
        known = choices[id_, cast, duration_s] = (activity, made)
    found: Choice = known[1]
    return found


def _choice(station: Station, activity: Activity, cast: tuple[tuple[str, str], ...], duration_s: int | None) -> Choice:
    kind = station.kinds[activity.kind]
    airlock = () if activity.airlock is None else (activity.airlock,)
    if duration_s is None:
        duration_s = activity.duration_s if activity.duration_s is not None else kind.duration_s
    return Choice(
        activity=activity,
        kind=kind,
        duration_s=duration_s,
        before_s=kind.before_s,
        after_s=kind.after_s,
        people=tuple(person for person, _ in cast),
        roles=tuple(role for _, role in cast),
        uses=(*airlock, *activity.arms, *activity.uses),
    )


def cast_of(act: Act) -> tuple[tuple[str, str], ...]:
    """Return the people of an activity with their roles."""
    return tuple(zip(act.people, act.roles, strict=True))
