"""Which event stands behind a number? The event of a second that is about the same thing, so that it can be opened."""

from collections.abc import Collection

from attrs import field, frozen

from stationsim.impact.impact import Impact
from stationsim.log.kinds import Kind
from stationsim.report.causes import disrupted_events
from stationsim.report.words import Record, integer

_COMING = {Kind.BOARDED, Kind.LEFT, Kind.DOCKED, Kind.UNDOCKED}
KINDS: dict[str, set[Kind]] = {
    "sorties": {Kind.FINISHED},
    "free_ports": {Kind.DOCKED, Kind.UNDOCKED, Kind.HEALTH_CHANGED},
    "certified_places": {Kind.STATUS_CHANGED, Kind.FITTED, Kind.SEATED, *_COMING},
    "consumable": _COMING,
}
"""What can change each capability of the station, or what is used up."""
LEARNING = {Kind.ALARMED, Kind.REPORTED, Kind.ASKED, Kind.ANSWERED, Kind.DISMISSED}
"""What a centre learns something by."""


@frozen(kw_only=True)
class Behind:
    """The events of the disrupted run by their second."""

    by_second: dict[int, list[Record]] = field(repr=False)

    def event(
        self, t_s: object, *things: object, view: object = None, kinds: Collection[Kind] | None = None
    ) -> int | None:
        """Return the event of a second that is about the first of some things, else about the next; None for none.

        Of several the last is returned. With a `view` only those count by which it learnt or held something.
        """
        here = self.by_second.get(integer(t_s) or 0, [])
        here = [row for row in here if view in (None, row["view"]) and (kinds is None or row["kind"] in kinds)]
        for thing in things:
            mine = [row for row in here if thing is not None and thing in (row["subject"], row["object"])]
            if mine:
                mine.sort(key=lambda row: row["subject"] == thing)
                return integer(mine[-1]["seq"])
        return None

    def of_kind(self, t_s: object, kinds: Collection[Kind]) -> int | None:
        """Return the last event of a second that is of one of these kinds; None for none."""
        here = [row for row in self.by_second.get(integer(t_s) or 0, []) if row["kind"] in kinds]
        return integer(here[-1]["seq"]) if here else None


def behind(impact: Impact) -> Behind:
    """Return the events that numbers of an impact can lead to."""
    found: dict[int, list[Record]] = {}
    for row in disrupted_events(impact.events).values():
        found.setdefault(integer(row["t_s"]) or 0, []).append(row)
    return Behind(by_second=found)
