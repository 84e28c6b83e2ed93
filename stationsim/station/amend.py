"""What does a decision make of an activity? Fields of its record, by the keys of the scenario file, as texts of ids.

The log says it in table `amendments`; a plan that is only thought of says it in the same words.
"""

from collections.abc import Iterable
from typing import Any

import attrs
from attrs import frozen

from stationsim.scenario.model import Activity, Role, When

FIELDS = ("crew_up", "relieves", "port", "follows", "after")
"""What a decision may change of an activity that stands in the plan."""


@frozen(kw_only=True)
class Amendment:
    """One field of an activity that becomes another: comma-separated ids, empty for none."""

    activity: str
    field: str
    was: str
    now: str


def field_of(activity: Activity, field: str) -> str:
    """Return a field of an activity as a text."""
    if field == "after":
        return activity.at.after or ""
    if field == "port":
        return activity.port or ""
    return ",".join({"crew_up": activity.crew, "relieves": activity.relieves, "follows": activity.follows}[field])


def amended(activity: Activity, field: str, now: str) -> Activity:
    """Return an activity with one field changed."""
    if field == "after":
        lo_s = activity.at.lo_s if activity.at.after is None or now else 0
        return attrs.evolve(activity, at=attrs.evolve(activity.at, after=now or None, lo_s=lo_s))
    if field == "port":
        return attrs.evolve(activity, port=now or None)
    changes: dict[str, Any] = {"crew" if field == "crew_up" else field: split(now)}
    return attrs.evolve(activity, **changes)


def inserted(id_: str, fields: Iterable[tuple[str, str]], aim_s: int) -> Activity:
    """Return the record of an activity that a decision adds, wanted from a moment on [s].

    Whoever takes part does so in the role `fitted`.
    """
    said = dict(fields)
    return Activity(
        id=id_,
        name=said["name"],
        kind=said["kind"],
        centre=said["centre"],
        at=When(lo_s=aim_s, hi_s=aim_s + 1),
        people=tuple(Role(role="fitted", who=person) for person in split(said.get("people", ""))),
        ship=said["ship"],
        port=said.get("port") or None,
        fits=split(said.get("fits", "")),
        follows=split(said.get("follows", "")),
        priority=1,
        source="a decision of the run",
    )


def split(text: object) -> tuple[str, ...]:
    """Read comma-separated ids as a log holds them; nothing holds none."""
    return tuple(str(text).split(",")) if text else ()
