"""Which day is it? Days and hours of the week on a scenario's clock."""

from collections.abc import Iterator

from attrs import frozen

from stationsim.planning.place import grid
from stationsim.scenario.model import Activity, Kind, Scenario


@frozen(kw_only=True)
class Clock:
    """The midnight on or before the start [s, at most 0], and its day of the week (0 = Monday)."""

    midnight_s: int
    weekday: int

    @classmethod
    def of(cls, scenario: Scenario) -> "Clock":
        """Return the clock of a scenario."""
        start = scenario.start_utc
        return cls(midnight_s=-(start.hour * 3600 + start.minute * 60 + start.second), weekday=start.weekday())

    def grid(self, kind: Kind, from_s: int) -> Iterator[int]:
        """Yield the starts a kind allows from a moment on [s]."""
        return grid(kind, from_s=from_s, midnight_s=self.midnight_s, weekday=self.weekday)

    def starts(self, activity: Activity, kind: Kind, from_s: int) -> Iterator[int]:
        """Yield the starts of an activity from a moment on [s]: those of its kind, or of its opportunities alone."""
        if not activity.opportunities:
            yield from self.grid(kind, from_s)
        for when in sorted(activity.opportunities, key=lambda found: found.lo_s):
            if when.has_clock:
                yield from (when.lo_s,) if when.lo_s >= from_s else ()
                continue
            for start_s in self.grid(kind, max(from_s, when.lo_s)):
                if start_s >= when.hi_s:
                    break
                yield start_s
