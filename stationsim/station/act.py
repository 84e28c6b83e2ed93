"""What is an activity in the plan now, what of its preparation is done, and what time of whom has it set free?"""

import attrs

from stationsim.station.transitions import Life


@attrs.frozen(kw_only=True)
class Act:
    """One activity as the plan has it now.

    `row` is the event that dated it; `rule` and `reason` are what last took it off its wish, said in row `because`;
    `end_row` is the event that ended its last attempt; `pause_row` the one
    that paused it; `failures` attempts have failed, the last one at `failed_s`; `called_s` is when it was first given
    another date than its wish. `aim_s` is the date from which row `aim_row`, a decision, wants it instead of its wish;
    `amended_row` is the last one that made it another activity than the file has.
    """

    id: str
    life: Life
    start_s: int | None
    duration_s: int
    before_s: int
    after_s: int
    people: tuple[str, ...]
    ship: str | None
    port: str | None
    uses: tuple[str, ...]
    row: int
    wish_s: int | None
    because: int | None = None
    is_cut: bool = False
    hold_until_s: int | None = None
    started_s: int | None = None
    prepared_s: int | None = None
    ended_s: int | None = None
    roles: tuple[str, ...] = ()
    wish_people: tuple[str, ...] = ()
    rule: str | None = None
    reason: str | None = None
    end_row: int | None = None
    pause_row: int | None = None
    failures: int = 0
    failed_s: int | None = None
    called_s: int | None = None
    aim_s: int | None = None
    aim_row: int | None = None
    amended_row: int | None = None

    @property
    def goal_s(self) -> int | None:
        """The start that a planner looks for [s]: what a decision aims at, or else the wish."""
        return self.wish_s if self.aim_s is None else self.aim_s

    @property
    def end_s(self) -> int | None:
        """End without clean-up [s]; None without a date."""
        return None if self.start_s is None else self.start_s + self.duration_s


@attrs.frozen(kw_only=True)
class Freed:
    """Time of a person that an activity of the plan had booked in [lo_s, hi_s) and that row `row` set free."""

    person: str
    lo_s: int
    hi_s: int
    activity: str
    row: int


@attrs.frozen(kw_only=True)
class Ready:
    """A part of an activity's preparation, for `spent_s` of its people [s]: done by `row`, it keeps until `until_s`.

    Once it `has_perished`, `row` is what says so.
    """

    row: int
    spent_s: int
    until_s: int | None = None
    has_perished: bool = False
