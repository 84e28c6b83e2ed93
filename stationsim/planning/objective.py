"""Which of two courses is better? Levels of the objective; the first that differs decides. Whole days and counts."""

from collections.abc import Mapping, Sequence

from attrs import frozen

LEVELS: tuple[tuple[str, str, str], ...] = (
    ("class-4", "d", "person-days without a seat"),
    ("class-3", "d", "person-days with a seat that is unfit or unknown"),
    ("stranded", "1", "people whose promised return does not come"),
    ("class-2", "d", "person-days with a seat for emergencies only"),
    ("class-1", "d", "person-days with an improvised place"),
    ("demands", "1", "demands and mandatory work lost"),
    ("waivers", "1", "rules waived"),
    ("work", "1", "weighted work not flown"),
    ("return-delay", "d", "person-days of later return"),
    ("launch-delay", "d", "person-days of later launch"),
    ("changes", "1", "changes to the published plan"),
    ("shift", "d", "days by which activities are shifted"),
)
"""Id, unit and words of each level, the first weighs most."""

DAY_S = 86400


@frozen(kw_only=True, order=True)
class Score:
    """What a course comes to, level by level; the smaller is the better one."""

    values: tuple[int, ...]

    def __attrs_post_init__(self) -> None:
        """Check that every level has its number."""
        assert len(self.values) == len(LEVELS)

    @classmethod
    def of_course(cls, seat_s: Sequence[int], others: Mapping[str, int]) -> "Score":
        """Return the score of a course.

        Args:
            seat_s: For how long people are in each seat class, 0 to 4 [person-s].
            others: The number of every other level, by its id.
        """
        seats = {f"class-{level}": days(seconds) for level, seconds in enumerate(seat_s) if level}
        return cls(values=tuple({**seats, **others}[level] for level, _, _ in LEVELS))

    def of(self, level: str) -> int:
        """Return the number of a level."""
        return self.values[[name for name, _, _ in LEVELS].index(level)]

    def against(self, other: "Score") -> tuple[str, int] | None:
        """Return the first level in which this differs from another score, and by how much; None if they are equal."""
        pairs = zip(LEVELS, self.values, other.values, strict=True)
        return next(((level[0], own - its) for level, own, its in pairs if own != its), None)


def days(seconds: float) -> int:
    """Return seconds in whole days, rounded."""
    return round(seconds / DAY_S)
