"""What is an option? A few edits of the skeleton of the plan, said as the log says them, and what it is for."""

from collections.abc import Iterable, Mapping

import attrs
from attrs import frozen

from stationsim.scenario.model import Activity
from stationsim.station.act import Act
from stationsim.station.amend import amended, field_of, inserted, split
from stationsim.station.situation import Situation
from stationsim.station.station import Station
from stationsim.station.transitions import Life


@frozen(kw_only=True)
class Edit:
    """One activity that an option changes or adds.

    Attributes:
        activity: Its id.
        fields: What changes of its record: (key, what it was, what it is), as comma-separated ids.
        aim_s: From when on it is wanted [s]; None where its wish stays.
        is_new: Does the option add it?
        is_dropped: Does the option give it up?
    """

    activity: str
    fields: tuple[tuple[str, str, str], ...] = ()
    aim_s: int | None = None
    is_new: bool = False
    is_dropped: bool = False

    def record(self) -> Activity:
        """Return the record of an activity that an option adds."""
        return inserted(self.activity, [(key, now) for key, _, now in self.fields], self.aim_s or 0)

    def undated(self, station: Station) -> Act:
        """Return an activity that an option adds as it stands before it has a date."""
        activity = self.record()
        kind, people = station.kinds[activity.kind], tuple(role.who or "" for role in activity.people)
        return Act(
            id=self.activity,
            life=Life.UNDATED,
            start_s=None,
            duration_s=kind.duration_s,
            before_s=kind.before_s,
            after_s=kind.after_s,
            people=people,
            roles=tuple(role.role for role in activity.people),
            ship=activity.ship,
            port=activity.port,
            uses=(),
            row=-1,
            wish_s=None,
            wish_people=people,
            aim_s=self.aim_s,
        )


@frozen(kw_only=True)
class Want:
    """What an option is for: this activity begins before a moment [s], or it is no such option."""

    activity: str
    before_s: int


@frozen(kw_only=True)
class Option:
    """Something that could be done.

    Attributes:
        id: What it is called in a log and by a policy.
        generator: Which generator proposed it.
        text: What is done, in words.
        edits: What it changes of the plan.
        wants: What it must bring about.
        moves_seats: Do people move to better places where it leaves some?
        calls: Responses that are carried out, as (incident, response): what comes of them no plan tells.
    """

    id: str
    generator: str
    text: str
    edits: tuple[Edit, ...] = ()
    wants: tuple[Want, ...] = ()
    moves_seats: bool = True
    calls: tuple[tuple[str, str], ...] = ()

    def and_(self, other: "Option", text: str = "") -> "Option":
        """Return both together, under both names."""
        return Option(
            id=f"{self.id}+{other.id}",
            generator=other.generator,
            text=text or f"{self.text}; {other.text}",
            edits=merged((*self.edits, *other.edits)),
            wants=(*self.wants, *other.wants),
            moves_seats=self.moves_seats and other.moves_seats,
            calls=(*self.calls, *other.calls),
        )


def change(situation: Situation, id_: str, now: Mapping[str, Iterable[str]], aim_s: int | None = None) -> Edit:
    """Return the edit that gives fields of an activity other ids.

    Args:
        situation: What is believed, over the plan as it stands.
        id_: The activity.
        now: The ids by key.
        aim_s: From when on it is wanted [s].
    """
    activity = situation.activity(id_)
    fields = ((key, field_of(activity, key), ",".join(ids)) for key, ids in now.items())
    return Edit(activity=id_, fields=tuple(f for f in fields if f[1] != f[2]), aim_s=aim_s)


def merged(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return one edit per activity: of several about one field the last, of lists of what it follows all."""
    found: dict[str, Edit] = {}
    for edit in edits:
        known = found.get(edit.activity)
        if known is None:
            found[edit.activity] = edit
            continue
        fields = {key: (was, now) for key, was, now in known.fields}
        for key, was, now in edit.fields:
            if key == "follows" and key in fields:
                fields[key] = (fields[key][0], ",".join(dict.fromkeys((*split(fields[key][1]), *split(now)))))
            else:
                fields[key] = (fields.get(key, (was, ""))[0], now)
        found[edit.activity] = attrs.evolve(
            known,
            fields=tuple((key, was, now) for key, (was, now) in fields.items()),
            aim_s=known.aim_s if edit.aim_s is None else edit.aim_s,
        )
    return tuple(found.values())


def applied(edits: Iterable[Edit], situations: Mapping[str, Situation]) -> dict[str, Situation]:
    """Return the same beliefs over the plan with these edits; what is new in it has no date yet."""
    any_ = next(iter(situations.values()))
    added, acts = dict(any_.added), dict(any_.acts)
    for edit in edits:
        if edit.is_new:
            added[edit.activity], acts[edit.activity] = edit.record(), edit.undated(any_.station)
            continue
        if edit.is_dropped:
            acts[edit.activity] = attrs.evolve(acts[edit.activity], life=Life.GIVEN_UP, start_s=None)
            continue
        activity = any_.activity(edit.activity)
        for key, _, now in edit.fields:
            activity = amended(activity, key, now)
        act = attrs.evolve(acts[edit.activity], port=activity.port)
        added[edit.activity] = activity
        acts[edit.activity] = act if edit.aim_s is None else attrs.evolve(act, aim_s=edit.aim_s)
    return {centre: attrs.evolve(found, added=added, acts=acts) for centre, found in situations.items()}
