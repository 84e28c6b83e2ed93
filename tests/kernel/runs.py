"""Runs to look at: scenarios and overrides of them, both logs told, and a world at each of its steps."""

import re
from datetime import timedelta
from functools import cache, cached_property
from pathlib import Path

from attrs import field, frozen

from stationsim.impact.impact import Impact, assess
from stationsim.kernel.opening import open_world
from stationsim.kernel.run import manifest, run
from stationsim.kernel.simulate import run_out, simulate
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.log.outcome import Outcome
from stationsim.planning.policies import DEFAULT, Decision, Look, Policy, RulesFirst
from stationsim.scenario.draw import draw
from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario
from stationsim.station.state import State
from stationsim.station.station import Station
from stationsim.units import format_utc

ENDS = frozenset({Kind.FINISHED, Kind.TERMINATED, Kind.ABORTED, Kind.UNFINISHED, Kind.GIVEN_UP})
"""Kinds with which an activity ends for good."""


HOURS = frozenset({Kind.WORKED, Kind.READIED, Kind.PERISHED})
"""Kinds that tell what people gave their time to."""


@frozen
class AsItStands(RulesFirst):
    """Rules decide; about a ship that does not take its people home nothing is decided yet."""

    name: str = "as-it-stands"
    text: str = "Keep the plan as it stands, and carry out what the repair proposes."

    def decide(self, decision: Decision, look: Look) -> str:
        """Return the option that changes nothing."""
        del look
        return next(item.id for item in decision.options if not item.edits)


UNDECIDED = AsItStands()
SHORT = {"soyuz-ms22": "2023-03-15"}
"""Scenarios that are looked at until then where nothing is decided in them."""


@cache
def shipped(name: str) -> Scenario:
    """Return a scenario that comes with the package, as far as it goes before a decision tells."""
    return load(name).until(SHORT[name]) if name in SHORT else load(name)


@cache
def whole(name: str) -> Scenario:
    """Return a scenario that comes with the package, to its end."""
    return load(name)


def overridden(folder: Path, text: str) -> Scenario:
    """Return the scenario of a small file with these lines, as far as its base goes before a decision tells."""
    path = folder / "override.yaml"
    path.write_text(text, encoding="utf-8")
    short = next((until for name, until in SHORT.items() if re.search(rf"^base: {name}$", text, re.MULTILINE)), None)
    scenario = load(str(path))
    return scenario if short is None or "until:" in text else scenario.until(short)


@frozen(kw_only=True, slots=False, eq=False)
class Told:
    """Both logs of a scenario, and what they cost."""

    scenario: Scenario = field(repr=False)
    outcome: Outcome = field(repr=False)

    @cached_property
    def impact(self) -> Impact:
        """The tables."""
        return assess(self.outcome)

    @property
    def log(self) -> Log:
        """The disrupted log."""
        return self.outcome.disrupted

    @cached_property
    def changes(self) -> dict[str, dict[str, object]]:
        """Rows of the change table that are not `kept`, by subject."""
        rows = self.impact.changes.astype(object).where(self.impact.changes.notna(), None).to_dict("records")
        return {str(row["subject"]): row for row in rows if row["outcome"] != "kept"}

    @property
    def outcomes(self) -> dict[str, object]:
        """What became of everything that is not kept."""
        return {subject: row["outcome"] for subject, row in self.changes.items()}

    @property
    def planned(self) -> dict[str, object]:
        """What became of the activities of the plan that are not kept: no responses, no returns."""
        return {
            subject: outcome
            for subject, outcome in self.outcomes.items()
            if outcome != "added" and not subject.endswith("-return")
        }

    @cached_property
    def costs(self) -> dict[str, float]:
        """Differences of the totals that are not zero, by quantity."""
        rows = self.impact.totals.to_dict("records")
        return {row["quantity"]: row["difference"] for row in rows if row["difference"]}

    def rows(self, kind: Kind, subject: str | None = None) -> list[Row]:
        """Return the rows of a kind, of one subject or all."""
        return [row for row in self.log if row.kind is kind and subject in (None, row.subject)]

    def row(self, kind: Kind, subject: str, **columns: object) -> Row:
        """Return the one row of a kind and subject in which these columns stand."""
        (found,) = (
            row
            for row in self.rows(kind, subject)
            if all(getattr(row, name) == value for name, value in columns.items())
        )
        return found

    def life(self, subject: str) -> list[tuple[str, str, str | None]]:
        """Return (time, kind, rule) of each row of an activity after the opening, hours of people left out."""
        return [
            (self.utc(row.t_s), row.kind.value, row.rule)
            for row in self.log
            if row.subject == subject and row.kind not in HOURS | {Kind.PLANNED, Kind.WAIVED}
        ]

    def revision(self, seq: int) -> dict[str, object]:
        """Return the dates and people that came with a row."""
        (found,) = self.log.attached("revisions", seq)
        names = ("seq", "subject", "start_s", "until_s", "before_s", "after_s", "people", "roles")
        return dict(zip(names, found, strict=False))

    def utc(self, t_s: int | None) -> str:
        """Return a moment as it stands in the tables; an empty text if there is none."""
        return "" if t_s is None else format_utc(self.scenario.start_utc + timedelta(seconds=t_s))

    def dated(self, row: Row) -> str:
        """Return the start that a row gives."""
        return self.utc(row.start_s)

    def up(self, seq: int | None) -> tuple[int, ...]:
        """Return a row and every row behind it, further causes too, latest first."""
        found, ahead = set(), [] if seq is None else [seq]
        while ahead:
            at = ahead.pop()
            if at not in found:
                found.add(at)
                cause = self.log.row(at).cause
                ahead += [] if cause is None else [cause]
                ahead += [int(str(more)) for _, more in self.log.attached("causes", at)]
        return tuple(sorted(found, reverse=True))

    def blocks(self, seq: int) -> list[tuple[str, str, str, str, bool]]:
        """Return (rule, from, to, reason, does it bind?) of the windows that came with a row."""
        return [
            (str(rule), self.utc(max(int(str(lo)), 0)), self.utc(hi), str(reason), bool(binding))  # type: ignore[arg-type]
            for _, _, lo, hi, _, rule, _, reason, _, binding in self.log.attached("blocks", seq)
        ]


@cache
def told(scenario: Scenario) -> Told:
    """Return the run of a scenario in which nothing is decided, once."""
    return Told(scenario=scenario, outcome=run(scenario, policy=UNDECIDED, shares=False))


@cache
def decided(scenario: Scenario, policy: Policy = DEFAULT, *, shares: bool = False) -> Told:
    """Return the run of a scenario as a policy decides, once."""
    return Told(scenario=scenario, outcome=run(scenario, policy=policy, shares=shares))


@cache
def calm(scenario: Scenario) -> Log:
    """Return the log of a scenario, once."""
    return simulate(draw(scenario), policy=UNDECIDED)


@frozen(kw_only=True)
class Steps:
    """A world at the end of its run, and (state, number of rows) at the opening and after each step."""

    world: World = field(repr=False)
    states: tuple[tuple[State, int], ...] = field(repr=False)


def stepped(scenario: Scenario, *, polls_all: bool = False, policy: Policy = UNDECIDED) -> Steps:
    """Run a drawn scenario and keep each state on the way."""
    world = open_world(Station.of(draw(scenario)), polls_all=polls_all, policy=policy)
    states = [(world.state.copy(), len(world.log))]
    run_out(world, after_step=lambda: states.append((world.state.copy(), len(world.log))))
    return Steps(world=world, states=tuple(states))


def compared(steps: Steps, nominal: Log) -> Told:
    """Return a run that was stepped through as what it cost against a log without its incidents."""
    drawn = steps.world.station.scenario
    logs = (nominal, steps.world.log)
    outcome = Outcome(manifest=manifest(drawn, 0, logs), nominal=logs[0], disrupted=logs[1])
    return Told(scenario=drawn, outcome=outcome)
