"""What do both logs say, read once? Lives of activities, ways home and causes: what every other module asks."""

from typing import Self

from attrs import field, frozen

from stationsim.impact.chains import Chains
from stationsim.impact.clock import Clock
from stationsim.impact.fates import Fate, fates
from stationsim.impact.returns import Return, returns
from stationsim.log.log import Log
from stationsim.log.outcome import Manifest, Outcome

__all__ = ["Reading", "Run"]


@frozen(kw_only=True)
class Run:
    """One log, read."""

    name: str
    log: Log = field(repr=False)
    fates: dict[str, Fate] = field(repr=False)
    returns: dict[str, Return] = field(repr=False)

    @classmethod
    def of(cls, name: str, log: Log, horizon_s: int) -> Self:
        """Read a log."""
        lives = fates(log)
        return cls(name=name, log=log, fates=lives, returns=returns(log, lives, horizon_s))


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
            nominal=Run.of("nominal", outcome.nominal, manifest.horizon_s),
            disrupted=Run.of("disrupted", outcome.disrupted, manifest.horizon_s),
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
