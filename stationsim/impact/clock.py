"""Which second is that, and how is it written? UTC text and seconds since the start of a run."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Self

from attrs import frozen

from stationsim.errors import ScenarioError
from stationsim.log.outcome import Manifest
from stationsim.units import format_utc, parse_span, parse_utc

__all__ = ["DAY_S", "Clock", "days_named"]

DAY_S = 86400
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def days_named(days: Iterable[object]) -> str:
    """Write days of the week out.

    >>> days_named(["sat", "sun"]), days_named(["mon"])
    ('Saturday and Sunday', 'Monday')
    """
    *most, last = (_NAMES[_WEEK.index(str(day))] for day in days)
    return f"{', '.join(most)} and {last}" if most else last


@frozen
class Clock:
    """The calendar of a run: its first second and its length [s]."""

    start: datetime
    horizon_s: int

    @classmethod
    def of(cls, manifest: Manifest) -> Self:
        """Return the calendar of a run."""
        return cls(parse_utc(manifest.start_utc), manifest.horizon_s)

    def utc(self, t_s: int) -> str:
        """Write a second as a clock time."""
        return format_utc(self.start + timedelta(seconds=t_s))

    def day(self, t_s: int) -> str:
        """Write a second as a day."""
        return f"{self.start + timedelta(seconds=t_s):%Y-%m-%d}"

    def weekday(self, t_s: int) -> str:
        """Return the day of the week of a second (UTC): `mon` to `sun`."""
        return _WEEK[(self.start + timedelta(seconds=t_s)).weekday()]

    def window(self, when: str | int | datetime) -> tuple[int, int]:
        """Return the window [s] that a day, a month or a clock time is; a clock time lasts one second.

        Raises:
            ScenarioError: It is no such time.
        """
        if isinstance(when, int):
            return when, when + 1
        try:
            lo, hi = parse_span(format_utc(when) if isinstance(when, datetime) else when)
        except ValueError as error:
            raise ScenarioError(str(error)) from error
        return self._second(lo), self._second(hi)

    def moment(self, when: str | int | datetime) -> int:
        """Return the first second [s] of a day, a month or a clock time within the run.

        Raises:
            ScenarioError: It is no such time, or lies outside the run.
        """
        t_s, _ = self.window(when)
        if not 0 <= t_s <= self.horizon_s:
            span = f"{self.utc(0)} to {self.utc(self.horizon_s)}"
            raise ScenarioError(f"{self.utc(t_s)} lies outside the run. The run goes from {span}.")
        return t_s

    def _second(self, moment: datetime) -> int:
        return int((moment.astimezone(UTC) - self.start).total_seconds())
