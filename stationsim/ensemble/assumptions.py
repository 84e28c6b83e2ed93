"""Which assumed numbers does the answer hang on? Each is halved and doubled: how many activities come out otherwise?

    found = stationsim.assumptions(scenario, workers=2)
    print(found.text)

Assumed is what the `source:` of its record says so of, in its first word or further on: then it is assumed in part, and
which of its numbers are is not said. What cannot matter is not tried: modes of
failure that do not strike, kinds of activity and types of ship that are not there, loops that do not leak, gates of
nodes that nothing reaches, the air where it stays as it is.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

import pandas as pd
from attrs import field, frozen

from stationsim.ensemble.answers import Answer, answer, differing
from stationsim.ensemble.handing import handed_on, received
from stationsim.errors import ScenarioError, StationSimError
from stationsim.impact.naming import listed
from stationsim.kernel.run import run
from stationsim.log.kinds import Kind
from stationsim.log.outcome import Outcome
from stationsim.planning.planners import GREEDY
from stationsim.planning.policies import DEFAULT, Policy
from stationsim.scenario.draw import draw
from stationsim.scenario.model import Scenario
from stationsim.scenario.numbers import Number, numbers, times
from stationsim.shown import pre
from stationsim.station.graph import downstream
from stationsim.station.station import Station

__all__ = ["FACTORS", "Assumptions", "assumptions"]

FACTORS = (0.5, 2.0)
"""By how much a number is multiplied unless told otherwise."""

_NAMED = 3
"""So many activities are named in a line of words."""


@frozen(kw_only=True)
class Assumptions:
    """How many activities come out otherwise when a number is another.

    Attributes:
        table: One row per number that was tried, most flips first, then by name: `number, value, source, flips,
            activities, variants, refused`. `flips` counts the `activities` (tuple of ids) with another outcome or
            another day in any variant; `variants` holds (factor, value, flips) and `refused` (factor, value, why) of
            those that cannot be played.
        held: How many assumed numbers there are, those that cannot matter too.
        partly: How many more stand in records that are assumed in part.
        names: Activity -> its name.
    """

    table: pd.DataFrame = field(repr=False)
    held: int
    partly: int
    title: str
    names: dict[str, str] = field(repr=False)

    @property
    def text(self) -> str:
        """The numbers that something hangs on, in words, and how many were tried."""
        return self.said()

    def said(self, limit: int | None = None) -> str:
        """Return the first so many numbers that something hangs on in words, and how many were tried."""
        rows = self.table.to_dict("records")
        turning = [row for row in rows if row["flips"]]
        shown = turning[:limit]
        lines = [f"{self.title}: assumed numbers by how many activities come out otherwise"]
        for row in shown:
            flips = ", ".join(f"{value}: {count}" for _, value, count in row["variants"])
            named = listed([self.names.get(id_, id_) for id_ in row["activities"]], most=_NAMED)
            lines += [f"{row['flips']:>3}  {row['number']} = {row['value']} ({flips}): {named}"]
        if len(shown) < len(turning):
            lines.append(f"     and {len(turning) - len(shown)} more")
        variants = sum(len(row["variants"]) for row in rows)
        refused = sum(len(row["refused"]) for row in rows)
        of = f"of {self.held} assumed ones" + (f" and {self.partly} assumed in part" if self.partly else "")
        counts = f"→ {len(rows)} numbers tried in {variants} variants, {of}"
        lines.append(f"{counts} · {len(rows) - len(turning)} change nothing · {refused} variants refused by the checks")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return pre(self.text)


@frozen(kw_only=True)
class _Runs:
    """What is varied, and what is the same for every variant."""

    scenario: Scenario = field(repr=False)
    seed: int
    planner: str
    policy: Policy

    def played(self, scenario: Scenario) -> Outcome:
        """Return what the scenario, or a variant of it, comes to."""
        return run(scenario, self.seed, planner=self.planner, policy=self.policy, shares=False)


@frozen(kw_only=True)
class _Job:
    number: Number
    factor: float


@frozen(kw_only=True)
class _Played:
    """What a variant came to: the activities that come out otherwise, or why it cannot be played."""

    value: str
    flips: tuple[str, ...] = ()
    refused: str | None = None


def assumptions(  # noqa: PLR0913 - each is something that a script may pass
    scenario: Scenario,
    seed: int = 0,
    factors: Iterable[float] = FACTORS,
    *,
    workers: int = 1,
    names: Iterable[str] = (),
    planner: str = GREEDY,
    policy: Policy = DEFAULT,
    told: Callable[[int, int], object] | None = None,
) -> Assumptions:
    """Play a scenario again with each assumed number multiplied, and count the activities that come out otherwise.

    Args:
        scenario: A scenario; its distributions are drawn with `seed`, the same for every variant.
        seed: Seed of the draws.
        factors: By how much each number is multiplied, above 0.
        workers: How many processes play; with more than one, a script needs `if __name__ == "__main__":`. The answer
            is the same for any number.
        names: Numbers to try whatever their source, `modes.coolant-loop.questions.usable.after`; a beginning of such a
            name, up to a dot, means all numbers there. Left out, all assumed numbers that can matter.
        planner: Who repairs the plan in every variant, as for `stationsim.run`.
        policy: Who decides in every variant, as for `stationsim.run`.
        told: Called after each variant with how many are done and how many there are.

    Raises:
        ScenarioError: There is no such number or planner, a factor is not above 0, or the scenario cannot be run as it
            is.
    """
    multiples = tuple(dict.fromkeys(factors))
    if any(factor <= 0 for factor in multiples) or not multiples:
        raise ScenarioError(f"assumptions(factors=...): {multiples!r} are no factors. Give numbers above 0.")
    every = tuple(numbers(scenario))
    runs = _Runs(scenario=scenario, seed=seed, planner=planner, policy=policy)
    outcome = runs.played(scenario)
    chosen = _named(every, tuple(names)) or tuple(_mattering(every, _Matter.of(scenario, seed, outcome)))
    jobs = [_Job(number=number, factor=factor) for number in chosen for factor in multiples]
    found: list[_Played | None] = []
    for played in _play(runs, answer(outcome), jobs, workers):
        found.append(played)
        if told is not None:
            told(len(found), len(jobs))
    return Assumptions(
        table=_table(chosen, jobs, found),
        held=sum(number.is_assumed for number in every),
        partly=sum(number.is_partly_assumed for number in every),
        title=scenario.title or scenario.id,
        names=outcome.manifest.names,
    )


def _named(every: tuple[Number, ...], names: tuple[str, ...]) -> tuple[Number, ...]:
    """Return the numbers of these names, in the order of the model."""
    for name in names:
        if not any(_is_at(number, name) for number in every):
            raise ScenarioError(f"assumptions(names=...): there is no number at {name!r} in the files of the scenario.")
    return tuple(number for number in every if any(_is_at(number, name) for name in names))


def _is_at(number: Number, name: str) -> bool:
    return number.name == name or number.name.startswith(f"{name}.")


# --- what can matter --------------------------------------------------------------------------------------------------


def _mattering(every: Iterable[Number], matter: "_Matter") -> Iterator[Number]:
    """Yield the assumed numbers that can matter."""
    for number in every:
        if (number.is_assumed or number.is_partly_assumed) and matter.has(number.name.split(".")):
            yield number


@frozen(kw_only=True)
class _Matter:
    """What of a scenario its runs can ask for: records by section, nodes that leak or that a failure reaches."""

    records: dict[str, frozenset[str]]
    ships: dict[str, tuple[str, ...]]
    leaking: frozenset[str]
    reached: frozenset[str]
    heated: frozenset[str]
    has_air: bool
    has_sun: bool

    @classmethod
    def of(cls, scenario: Scenario, seed: int, outcome: Outcome) -> "_Matter":
        station = Station.of(draw(scenario, seed))
        modes = {
            station.mode_of(incident.id).id: station.mode_of(incident.id) for incident in station.incidents.values()
        }
        kinds = {activity.kind for activity in scenario.activities}
        kinds |= {response.kind for mode in modes.values() for response in mode.responses}
        struck = dict.fromkeys(incident.node for incident in station.incidents.values() if incident.node)
        reached = {below for node in struck if node in station.graph.index for below in downstream(station.graph, node)}
        rows = [row for log in (outcome.nominal, outcome.disrupted) for row in log]
        ships: dict[str, tuple[str, ...]] = {}
        for ship in scenario.vehicles:
            ships[ship.type] = (*ships.get(ship.type, ()), ship.id)
        return cls(
            records={"modes": frozenset(modes), "kinds": frozenset(kinds), "types": frozenset(ships)},
            ships=ships,
            leaking=frozenset(row.subject for row in rows if row.kind is Kind.LEAKED) | frozenset(struck),
            reached=frozenset(reached) | frozenset(struck),
            heated=frozenset(row.subject for row in rows if row.kind is Kind.HEATED),
            has_air=any(row.kind is Kind.AIRED for row in rows),
            has_sun=any(rule.beta_above_deg is not None or rule.daylight_at for rule in scenario.rules),
        )

    def has(self, name: list[str]) -> bool:
        """Can a number of this name matter?"""
        section, *rest = name
        if section == "consumables" or (section in self.records and rest[0] not in self.records[section]):
            return False  # consumables decide nothing
        if section in ("air", "orbit"):
            return self.has_air if section == "air" else self.has_sun
        if rest[-1] == "volume":
            return self.has_air
        nodes = self._nodes(name)
        if "loop" in rest or "tank" in rest:
            return bool(self.leaking & nodes)
        if "cabin" in rest:
            return bool(self.heated & nodes)
        return rest[-1] != "of" or bool(self.reached & nodes)

    def _nodes(self, name: list[str]) -> frozenset[str]:
        """Return the nodes whose number it is: a part of a type is one of each of its ships."""
        section, owner, *rest = name
        owners = self.ships.get(owner, ()) if section == "types" else (owner,)
        part = f"/{rest[1]}" if rest[0] in ("components", "capabilities") else ""
        return frozenset(f"{one}{part}" for one in owners)


# --- playing ----------------------------------------------------------------------------------------------------------

_AT_WORK: list[tuple[_Runs, Answer]] = []
"""What a process of its own plays variants of."""


def _play(runs: _Runs, base: Answer, jobs: list[_Job], workers: int) -> Iterator[_Played | None]:
    """Yield what each variant came to, in the order of the jobs; None for a number that stays the same."""
    if workers < 2 or len(jobs) < 2:  # noqa: PLR2004 - one alone needs no company
        yield from (_variant(runs, base, job) for job in jobs)
        return
    context = multiprocessing.get_context("spawn")
    handed = handed_on(runs, f"assumptions(workers={workers})")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(handed,)) as pool:
        yield from pool.map(_work, jobs)


def _begin(handed: bytes) -> None:
    runs: _Runs = received(handed)
    _AT_WORK[:] = [(runs, answer(runs.played(runs.scenario)))]


def _work(job: _Job) -> _Played | None:
    return _variant(*_AT_WORK[0], job)


def _variant(runs: _Runs, base: Answer, job: _Job) -> _Played | None:
    value = f"times {job.factor:g}"
    try:
        changed = times(runs.scenario, job.number, job.factor)
        if changed is None:
            return None
        value = changed[1].text
        return _Played(value=value, flips=differing(base, answer(runs.played(changed[0]))))
    except StationSimError as error:
        return _Played(value=value, refused=str(error).splitlines()[0])


def _table(chosen: tuple[Number, ...], jobs: list[_Job], found: list[_Played | None]) -> pd.DataFrame:
    rows = []
    for number in chosen:
        own = [(job.factor, it) for job, it in zip(jobs, found, strict=True) if job.number is number and it is not None]
        played = [(factor, it) for factor, it in own if it.refused is None]
        flips = tuple(dict.fromkeys(id_ for _, it in played for id_ in it.flips))
        variants = tuple((factor, it.value, len(it.flips)) for factor, it in played)
        refused = tuple((factor, it.value, it.refused) for factor, it in own if it.refused is not None)
        if own:
            rows.append((number.name, number.text, number.source, len(flips), flips, variants, refused))
    rows.sort(key=lambda row: (-row[3], row[0]))
    dtypes = {
        "number": "str", "value": "str", "source": "str", "flips": "int64", "activities": "object",
        "variants": "object", "refused": "object",
    }  # fmt: skip
    return pd.DataFrame(
        {name: pd.Series([row[i] for row in rows], dtype=dtype) for i, (name, dtype) in enumerate(dtypes.items())}
    )
