"""What was decided, and what else could have been? Every decision of a log with the options that were weighed."""

from attrs import evolve, field, frozen

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row

__all__ = ["CHOSEN", "GONE", "PLAYED", "REJECTED", "SAME", "Choice", "Decision", "decisions"]

CHOSEN, PLAYED, SAME, REJECTED = "chosen", "played", "same", "rejected"
"""States of an option, as the log's table `options` has them."""

GONE = "gone"
"""The level of an option that can no longer be taken a day later."""


@frozen(kw_only=True)
class Choice:
    """An option of a decision.

    Attributes:
        option: Its id.
        text: What is done, in words.
        generator: Which generator proposed it.
        state: `chosen`, `played`, `screened`, `same` or `rejected`.
        rule, reason: What rejects it.
        same_as: The option before it that comes to the same plan.
        how: `played` forward on what was believed, or `estimated` from its plan alone; None without a score.
        scores: What it comes to, by level, the weightiest first.
        loses_level: The first level in which it differs from the chosen option: both played, or both by their plan.
        loses_by: By how much it is worse there; below 0 it looked better.
        last_s, last_utc: Until when it can be taken [s], and as text where it comes from a table.
        wait_level, wait_by: What it costs to decide it a day later: of which level how much more.
    """

    option: str
    text: str
    generator: str
    state: str
    rule: str | None = None
    reason: str | None = None
    same_as: str | None = None
    how: str | None = None
    scores: dict[str, int] = field(factory=dict)
    loses_level: str | None = None
    loses_by: int | None = None
    last_s: int | None = None
    last_utc: str | None = None
    wait_level: str | None = None
    wait_by: int | None = None

    @property
    def is_open(self) -> bool:
        """Could it have been taken, as a course of its own?"""
        return self.state not in (REJECTED, SAME)


@frozen(kw_only=True)
class Decision:
    """A decision: `seq` is the row that says what was chosen, `weighed` the one that says between what.

    Attributes:
        seq: The row of the choice; what it changes names it as its cause.
        step: The step in which it was taken, and the plan repaired.
        t_s: When [s].
        ship: The ship it is about.
        incident: The incident behind it, where the log names one.
        centre: Who decided.
        people: Ids of those who had no certified way home.
        policy: By which policy.
        option, text: What was chosen.
        options: All that was weighed, as the log has it: in the order of the generators.
        bounds: Of what only a part was thought of: (`flights` or `combined`, how many, of how many).
    """

    seq: int
    weighed: int
    step: int
    t_s: int
    ship: str
    incident: str | None
    centre: str
    people: tuple[str, ...]
    policy: str
    option: str
    text: str
    options: tuple[Choice, ...] = field(repr=False)
    bounds: tuple[tuple[str, int, int], ...] = ()

    @property
    def ranked(self) -> tuple[Choice, ...]:
        """Return what could be taken: the chosen option, then the others by their scores; of equals the first."""
        found = [option for option in self.options if option.is_open]
        return tuple(sorted(found, key=lambda o: (o.state != CHOSEN, tuple(o.scores.values()))))

    @property
    def chosen(self) -> Choice | None:
        """Return the option that was chosen."""
        return next((option for option in self.options if option.state == CHOSEN), None)

    def count(self, *states: str) -> int:
        """Return how many options are in one of these states."""
        return sum(option.state in states for option in self.options)

    @property
    def played(self) -> int:
        """Return how many options were played forward."""
        return sum(option.how == PLAYED for option in self.options)


def decisions(log: Log) -> tuple[Decision, ...]:
    """Return the decisions of a log, in order."""
    return tuple(_decision(log, row) for row in log if row.kind is Kind.CHOSEN)


def _decision(log: Log, row: Row) -> Decision:
    weighed = log.row(row.seq if row.cause is None else row.cause)
    people = (weighed.text or "").split(",") if weighed is not row else []
    return Decision(
        seq=row.seq,
        weighed=weighed.seq,
        step=row.step,
        t_s=row.t_s,
        ship=row.subject,
        incident=weighed.object if weighed is not row else None,
        centre=row.view or "",
        people=tuple(person for person in people if person),
        policy=row.by or "",
        option=row.object or "",
        text=row.text or "",
        options=_options(log, weighed.seq),
        bounds=tuple((str(what), int(str(n)), int(str(of))) for _, what, n, of in log.attached("bounds", weighed.seq)),
    )


def _options(log: Log, seq: int) -> tuple[Choice, ...]:
    scores: dict[str, dict[str, int]] = {}
    hows: dict[str, str] = {}
    for _, option, _, level, value, _, how in log.attached("scores", seq):
        scores.setdefault(str(option), {})[str(level)] = _whole(value) or 0
        hows[str(option)] = str(how)
    found = [
        Choice(
            option=str(option),
            generator=str(generator),
            text=str(text),
            state=str(state),
            rule=_text(rule),
            reason=_text(reason),
            same_as=_text(same),
            how=hows.get(str(option)),
            scores=scores.get(str(option), {}),
            last_s=_whole(last_s),
            wait_level=_text(level),
            wait_by=_whole(wait),
        )
        for _, option, generator, text, state, rule, reason, same, last_s, level, wait in log.attached("options", seq)
    ]
    best = next((option for option in found if option.state == CHOSEN), None)
    if best is None:
        return tuple(found)
    by_plan = {str(level): _whole(value) or 0 for _, _, level, value in log.attached("estimates", seq)}
    return tuple(
        _against(option, best.scores if option.how == best.how or not by_plan else by_plan) for option in found
    )


def _against(option: Choice, best: dict[str, int]) -> Choice:
    """Return an option with the first level in which it differs from the chosen one, played or by its plan as it is."""
    differing = ((level, option.scores[level] - value) for level, value in best.items() if level in option.scores)
    level, by = next((pair for pair in differing if pair[1]), (None, None))
    return evolve(option, loses_level=level, loses_by=by)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _whole(value: object) -> int | None:
    return None if value is None else int(float(str(value)))
