"""What do both logs say, read once? Lives of activities, ways home and causes: what every other module asks."""

from typing import Self

from attrs import evolve, field, frozen

from stationsim.impact.chains import Chains
from stationsim.impact.clock import Clock
from stationsim.impact.decisions import Decision, decisions
from stationsim.impact.fates import Fate, fates
from stationsim.impact.returns import Return, arrivals, returns
from stationsim.log.log import Log, Row
from stationsim.log.outcome import Manifest, Outcome

__all__ = ["Reading", "Run"]


@frozen(kw_only=True)
class Run:
    """One log, read; `came` are the rows with which people came aboard, by person."""

    name: str
    log: Log = field(repr=False)
    fates: dict[str, Fate] = field(repr=False)
    returns: dict[str, Return] = field(repr=False)
    decisions: tuple[Decision, ...] = field(repr=False)
    came: dict[str, Row] = field(repr=False)

    @classmethod
    def of(cls, name: str, log: Log, manifest: Manifest) -> Self:
        """Read a log."""
        lives = fates(log)
        ways = returns(log, lives, manifest.horizon_s)
        return cls(
            name=name,
            log=log,
            fates=lives,
            returns=ways,
            decisions=decisions(log),
            came=arrivals(log),
        )


@frozen(kw_only=True)
class Reading:
    """Both logs, read; `chains` are the causes of the disrupted one."""

    manifest: Manifest
    clock: Clock
    nominal: Run
    disrupted: Run
    chains: Chains

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """Read an outcome."""
        manifest = outcome.manifest
        return cls(
            manifest=manifest,
            clock=Clock.of(manifest),
            nominal=Run.of("nominal", outcome.nominal, manifest),
            disrupted=Run.of("disrupted", outcome.disrupted, manifest),
            chains=Chains(outcome.disrupted, manifest),
        )

    @property
    def background(self) -> frozenset[str]:
        """Return the incidents that stand in both runs, and to which nothing is attributed."""
        return frozenset(str(known["id"]) for known in self.manifest.incidents if known.get("background"))

    @property
    def runs(self) -> tuple[Run, Run]:
        """Return both runs, the nominal one first."""
        return self.nominal, self.disrupted

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Return the decisions of the disrupted run, each with the incident behind it."""
        found = self.disrupted.decisions
        return tuple(evolve(one, incident=one.incident or self.chains.incident(one.seq)) for one in found)

    @property
    def taken(self) -> tuple[Decision, ...]:
        """Return the decisions of the disrupted run that the nominal one has not."""
        known = {(one.t_s, one.ship, one.option) for one in self.nominal.decisions}
        return tuple(one for one in self.decisions if (one.t_s, one.ship, one.option) not in known)

    def decision(self, row: Row) -> Decision | None:
        """Return the decision that a row of the disrupted run carries out: its cause is what was chosen."""
        return next((one for one in self.disrupted.decisions if one.seq == row.cause), None)

    def name(self, thing: str | None) -> str:
        """Return the name of a thing shown to people; without one, its id."""
        return self.manifest.names.get(thing or "", thing or "")

    def fact(self, activity: str, name: str) -> object:
        """Return what the manifest says of an activity, or None."""
        return self.manifest.activities.get(activity, {}).get(name)

    def kind(self, activity: str) -> str:
        """Return the kind of an activity."""
        return str(self.fact(activity, "kind") or "")

    def has_effect(self, activity: str, effect: str) -> bool:
        """Does the end of this activity do that to the station (`outside`, `launch` ...)?"""
        return self.fact(activity, "effect") == effect

    def date(self, activity: str, t_s: int | None) -> str | None:
        """Write the start of an activity: a clock time if its plan gives one, else a day."""
        if t_s is None:
            return None
        return self.clock.utc(t_s) if self.fact(activity, "has_clock") else self.clock.day(t_s)
