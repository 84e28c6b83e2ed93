"""Which policy does best? Several of them on the same draws, by the levels of the objective.

    found = stationsim.compare(scenario, policies=[ss.policies.best_by_lookahead, ss.policies.rules_first])
    print(found.text)

Every policy meets the same incidents, drawn with the same seed: a difference is that of the policies, seed by seed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from statistics import median
from typing import Any

import pandas as pd
from attrs import field, frozen

from stationsim.ensemble.handing import in_processes
from stationsim.errors import ScenarioError
from stationsim.kernel.passing import Passed
from stationsim.kernel.simulate import scored
from stationsim.planning.objective import LEVELS, Score
from stationsim.planning.planners import GREEDY
from stationsim.planning.policies import Policy, fault, name_of
from stationsim.scenario.draw import draw
from stationsim.scenario.model import Scenario
from stationsim.scenario.words import shorten
from stationsim.shown import pre

__all__ = ["Comparison", "compare"]

_SEEDS = range(10)


@frozen(kw_only=True)
class Comparison:
    """What several policies come to on the same draws.

    Attributes:
        policies: Their names, as they were passed; the others are held against the first.
        table: One row per level of the objective and policy, the level that weighs most first: `level, unit, text,
            policy, median, difference, lowest, highest`. `difference` is the median, over the seeds, of what the policy
            comes to less what the first comes to with the same seed; `lowest` and `highest` of these differences.
        runs: One row per seed and policy: `seed, policy, best, <each level>`. `best` is whether no other policy comes
            to less with this seed: the first level that differs decides.
        draws: How many of the seeds draw something else than those before them: only these are played.
    """

    title: str
    policies: tuple[str, ...]
    table: pd.DataFrame = field(repr=False)
    runs: pd.DataFrame = field(repr=False)
    draws: int

    @property
    def best(self) -> dict[int, tuple[str, ...]]:
        """Seed -> the policies than which none is better, several where they come to the same."""
        found: dict[int, tuple[str, ...]] = {}
        for seed, policy, is_best in zip(self.runs["seed"], self.runs["policy"], self.runs["best"], strict=True):
            found[int(seed)] = (*found.get(int(seed), ()), *((policy,) if is_best else ()))
        return found

    @property
    def text(self) -> str:
        """The levels in which something is not 0, policy by policy, and which was best with which seed."""
        seeds = tuple(self.best)
        drawn = "" if self.draws == len(seeds) else f" with {_counted(self.draws, 'different draw')}"
        lines = [f"{self.title}: what each policy comes to, median of {_counted(len(seeds), 'seed')}{drawn}"]
        lines += _aligned(self._cells())
        left = len(LEVELS) - len({row["level"] for row in self._told()})
        lines += [f"and 0 everywhere in {_counted(left, 'other level')}"] if left else []
        return "\n".join([*lines, *self._winners()])

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return pre(self.text)

    def _told(self) -> list[dict[Any, Any]]:
        """Return the rows of the levels in which something is not 0."""
        some = {level for level, _, _ in LEVELS if (self.runs[level] != 0).any()}
        return [row for row in self.table.to_dict("records") if row["level"] in some]

    def _cells(self) -> Iterator[list[str]]:
        yield ["", *self.policies]
        rows = self._told()
        for at in range(0, len(rows), len(self.policies)):
            own = rows[at : at + len(self.policies)]
            yield [own[0]["text"], _number(own[0]["median"]), *(_beside(row) for row in own[1:])]

    def _winners(self) -> Iterator[str]:
        found: dict[tuple[str, ...], list[int]] = {}
        for seed, policies in self.best.items():
            found.setdefault(policies, []).append(seed)
        for policies, seeds in found.items():
            of = f"seed{'' if len(seeds) == 1 else 's'} {_spans(seeds)}"
            if len(policies) == len(self.policies):
                yield f"→ all the same with {of}"
            else:
                yield f"→ best with {of}: {' and '.join(policies)}"


@frozen(kw_only=True)
class _Runs:
    """What is played: the scenario, with which policies, and what a script passed besides."""

    scenario: Scenario
    policies: tuple[Policy, ...]
    passed: Passed

    def played(self, job: tuple[int, int]) -> Score:
        """Return what a policy comes to with a seed."""
        seed, number = job
        drawn, own = draw(self.scenario, seed), self.passed
        policy = self.policies[number]
        return scored(drawn, rules=own.rules, waivers=own.own.waivers, policy=policy, planner=own.planner)


def compare(
    scenario: Scenario,
    policies: Iterable[Policy],
    seeds: Iterable[int] = _SEEDS,
    *,
    workers: int = 1,
    planner: str = GREEDY,
    told: Callable[[int, int], object] | None = None,
    **passed: Any,  # noqa: ANN401 - what `run` takes has types of its own
) -> Comparison:
    """Play a scenario under several policies with the same draws, and score each course from its opening on.

    Args:
        scenario: A scenario; its distributions are drawn with each of the seeds.
        policies: At least two, each with a name of its own; the others are held against the first.
        seeds: Seeds of the draws; those that draw the same are played once.
        workers: How many processes play; with more than one, a script needs `if __name__ == "__main__":`. The answer
            is the same for any number.
        planner: Who repairs the plan, as for `stationsim.run`.
        told: Called after each run with how many are done and how many there are.
        passed: What `stationsim.run` takes besides: `rules`, `modes`, `waivers`.

    Raises:
        ScenarioError: What was passed cannot be compared, or the scenario cannot be run as it is.
    """
    held, chances = tuple(policies), tuple(dict.fromkeys(seeds))
    rules, modes, waivers = (passed.pop(name, ()) for name in ("rules", "modes", "waivers"))
    if passed:
        wrong = f"compare({next(iter(passed))}=...): there is no such argument. See help(stationsim.compare)."
        raise ScenarioError(wrong)
    changed, own = Passed.along(scenario, rules, modes, waivers, planner=planner)
    _require(held, chances)
    runs = _Runs(scenario=changed, policies=held, passed=own)
    like = _alike(changed, chances)
    jobs = [(seed, number) for seed in dict.fromkeys(like.values()) for number in range(len(held))]
    scores: dict[tuple[int, int], Score] = {}
    for job, score in zip(jobs, in_processes(runs.played, jobs, workers, "compare"), strict=True):
        scores[job] = score
        if told is not None:
            told(len(scores), len(jobs))
    names = tuple(name_of(policy) for policy in held)
    by_seed = {seed: tuple(scores[like[seed], number] for number in range(len(held))) for seed in chances}
    return Comparison(
        title=scenario.title or scenario.id,
        policies=names,
        table=_table(names, by_seed),
        runs=_runs(names, by_seed),
        draws=len(set(like.values())),
    )


def _require(policies: tuple[Policy, ...], seeds: tuple[int, ...]) -> None:
    """Refuse what cannot be compared.

    Raises:
        ScenarioError: There are fewer than two policies, one that is none, two of a name, or no seeds.
    """
    where = "compare(policies=...)"
    wrong = [f"{where}: {found}" for found in map(fault, policies) if found is not None]
    if wrong:
        raise ScenarioError("\n".join(wrong))
    names = [name_of(policy) for policy in policies]
    if len(names) < 2:  # noqa: PLR2004 - one has nothing beside it
        given = f"{shorten(names[0])} has no other to be held against" if names else "there is none"
        raise ScenarioError(f"{where}: {given}. Pass two policies or more.")
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise ScenarioError(f"{where}: several are called {shorten(twice[0])}. Give each a name of its own.")
    if not seeds:
        raise ScenarioError("compare(seeds=...): there is none. Pass whole numbers from 0, for instance range(10).")


def _alike(scenario: Scenario, seeds: tuple[int, ...]) -> dict[int, int]:
    """Return, for each seed, the first one that draws the same."""
    found: dict[int, int] = {}
    firsts: list[tuple[int, Scenario]] = []
    for seed in seeds:
        drawn = draw(scenario, seed)
        same = next((first for first, its in firsts if its == drawn), None)
        if same is None:
            firsts.append((seed, drawn))
        found[seed] = seed if same is None else same
    return found


# --- telling ----------------------------------------------------------------------------------------------------------


def _runs(names: tuple[str, ...], by_seed: dict[int, tuple[Score, ...]]) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for seed, scores in by_seed.items():
        for name, score in zip(names, scores, strict=True):
            levels = {level: value for (level, _, _), value in zip(LEVELS, score.values, strict=True)}
            rows.append({"seed": seed, "policy": name, "best": score == min(scores), **levels})
    return pd.DataFrame(rows).astype({"policy": "str"})


def _table(names: tuple[str, ...], by_seed: dict[int, tuple[Score, ...]]) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for level, unit, text in LEVELS:
        for number, name in enumerate(names):
            own = [scores[number].of(level) for scores in by_seed.values()]
            less = [scores[number].of(level) - scores[0].of(level) for scores in by_seed.values()]
            rows.append(
                {
                    "level": level,
                    "unit": unit,
                    "text": text,
                    "policy": name,
                    "median": float(median(own)),
                    "difference": float(median(less)),
                    "lowest": min(less),
                    "highest": max(less),
                }
            )
    return pd.DataFrame(rows).astype(dict.fromkeys(("level", "unit", "text", "policy"), "str"))


def _beside(row: dict[Any, Any]) -> str:
    """Return what a policy comes to, and the difference to the first one, with its spread if there is any."""
    spread = "" if row["lowest"] == row["highest"] else f", {row['lowest']:+d} to {row['highest']:+d}"
    difference = "=" if row["difference"] == 0 and not spread else f"{_number(row['difference'], '+')}{spread}"
    return f"{_number(row['median'])} ({difference})"


def _number(value: float, sign: str = "") -> str:
    return f"{value:{sign}.0f}" if value == int(value) else f"{value:{sign}.1f}"


def _aligned(rows: Iterable[list[str]]) -> Iterator[str]:
    """Yield the lines of a table: words to the left, numbers to the right."""
    held = list(rows)
    widths = [max(len(row[at]) for row in held) for at in range(len(held[0]))]
    for row in held:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        yield "  ".join(cells)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _spans(numbers: list[int]) -> str:
    """Write whole numbers, those that follow each other as a span.

    >>> _spans([0, 1, 2, 5, 7, 8])
    '0..2, 5, 7..8'
    """
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1][1:] = [number]
        else:
            spans.append([number])
    return ", ".join("..".join(str(end) for end in span) for span in spans)
