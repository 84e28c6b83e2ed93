"""What does a decision hang on? Each rule is removed, each number is another: which of them make it another decision?

    found = stationsim.hinges(scenario, workers=2)
    print(found.text)
    print(found.elements)                # what of the decision goes with which rule or number

The disrupted run is played as far as the decision, and no farther. A decision is taken apart into its elements:
a launch on another day, a flight without its people, a seat, a port, a return, a waiver. An element hangs on what it
does not come without.
"""

import json
import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby

import pandas as pd
from attrs import field, frozen

from stationsim.ensemble.decided import Decided, decided
from stationsim.ensemble.flips import (
    Done,
    Played,
    Told,
    elements_of,
    flips_of,
    is_told,
    opened_of,
    refused_of,
    table_of,
)
from stationsim.ensemble.pairs import pairs_of
from stationsim.ensemble.variants import Hinge, Variant, changed, hinges_of, variants
from stationsim.errors import ScenarioError, StationSimError
from stationsim.impact.frames import records
from stationsim.impact.hinge_text import PAIR, flipped, hanging, opening
from stationsim.kernel.simulate import until_decided
from stationsim.planning.objective import LEVELS
from stationsim.planning.planners import GREEDY, planner_named
from stationsim.planning.policies import DEFAULT, Policy, fault
from stationsim.scenario.draw import draw
from stationsim.scenario.model import Scenario
from stationsim.shown import pre

__all__ = ["Hinges", "hinges"]

_LEVELS = [{"id": id_, "unit": unit, "text": text} for id_, unit, text in LEVELS]


@frozen(kw_only=True)
class Hinges:
    """What a decision hangs on.

    Attributes:
        decision: The decision as it is taken.
        elements: One row per element of the decision, in its order: `element, sort, subject, object, rules, numbers,
            shifts, pairs`. `rules` are the ids without which it does not come, `numbers` the (name, value, other value)
            with which it does not come, `shifts` the same of what leaves it but gives it another day, port or people (a
            rule with "without it", a pair with "without both"), `pairs` the (id, id) of rules that stand behind each
            other: without either it comes, without both it does not. What leaves no decision at all is not repeated.
        table: One row per variant with which the decision is another, in the order of the rules and numbers: `hinge,
            sort, value, variant, flip, day, option, text, level, amount, gone, come, shifted, source`. `flip` is one of
            "no decision is needed", "decided about another ship", "decided on another day", "another option" and
            "another plan" (the same option with other days, people or places); `level` is the first level of the
            objective in which the new choice comes to something else, and `amount` how much more; `gone`, `come` and
            `shifted` are elements in words.
        opened: One row per option that is rejected as things are and may be taken with a variant, but is not: `hinge,
            sort, variant, option, text, level, amount`, the first level in which it comes to something else than what
            is taken, and how much more. The words tell those of rules.
        refused: One row per variant that cannot be played: `hinge, sort, variant, why`.
        tried: How many rules, numbers, dates and pairs of rules were tried, by sort. Pairs are tried where an element
            comes without every single rule: those of which one rejects an option that the other rejects without it,
            or that bind a date together, at most `pairs.MOST_PAIRS`, and no three rules.
        played: How many variants were played.
        held: How many rules, numbers and dates could be played in no variant.
    """

    decision: Decided
    elements: pd.DataFrame = field(repr=False)
    table: pd.DataFrame = field(repr=False)
    opened: pd.DataFrame = field(repr=False)
    refused: pd.DataFrame = field(repr=False)
    tried: dict[str, int]
    played: int
    held: int
    title: str

    @property
    def text(self) -> str:
        """The same in words: the elements with what they hang on, then every flip."""
        lines = [f"{self.title}: what the decision of {self.decision.day} hangs on", f"  {self.decision.text}"]
        for alike, found in groupby(self.elements.to_dict("records"), key=hanging):
            lines += [*(str(row["element"]) for row in found), *(f"    {told}" for told in alike)]
        lines += [] if len(self.elements) else ["It changes nothing of the plan."]
        lines += ["What makes it another decision:"]
        lines += [f"  {flipped(row, _LEVELS)}" for row in self.table.to_dict("records")] or [
            "  nothing of what was tried"
        ]
        opened = [opening(row, _LEVELS) for row in self.opened.to_dict("records") if row["sort"] == "rule"]
        lines += (
            ["What could be done without a rule, and would not be:", *(f"  {it}" for it in opened)] if opened else []
        )
        lines += ["What cannot be played:"] if len(self.refused) else []
        lines += [f"  {row['hinge']} {row['variant']}: {row['why']}" for row in self.refused.to_dict("records")]
        return "\n".join([*lines, self._counted()])

    def _counted(self) -> str:
        flipping = self.table.groupby("sort")["hinge"].nunique().to_dict() if len(self.table) else {}
        words = {"rule": "rules", "number": "numbers", "date": "ready dates", PAIR: "pairs of rules"}
        tried = ", ".join(f"{count} {words[sort]}" for sort, count in self.tried.items())
        still = sum(self.tried.values()) - sum(flipping.values()) - self.held
        return (
            f"→ {tried} tried in {self.played} variants · {still} change nothing"
            f" · {len(self.refused)} variants cannot be played"
        )

    def __str__(self) -> str:
        return self.text

    @property
    def plain(self) -> dict[str, object]:
        """The same as values that JSON has: as the command prints them and a saved run keeps them."""
        tables = {"elements": self.elements, "flips": self.table, "opened": self.opened, "refused": self.refused}
        found = {
            "decision": {name: getattr(self.decision, name) for name in ("seq", "ship", "day", "option", "text")},
            "tried": self.tried,
            "played": self.played,
            "held": self.held,
            **{name: records(table) for name, table in tables.items()},
        }
        return dict(json.loads(json.dumps(found, allow_nan=False)))

    def _repr_html_(self) -> str:
        return pre(self.text)


@frozen(kw_only=True)
class _Runs:
    """What is varied, and what is the same for every variant."""

    scenario: Scenario = field(repr=False)
    seed: int
    number: int
    policy: Policy
    planner: str

    def played(self, scenario: Scenario) -> Decided | None:
        """Return the decision of the scenario, or of a variant of it."""
        drawn = draw(scenario, self.seed)
        world = until_decided(drawn, self.number, policy=self.policy, planner=self.planner)
        return decided(world, self.number)


def hinges(  # noqa: PLR0913 - each is something that a script may choose
    scenario: Scenario,
    seed: int = 0,
    *,
    rules: Iterable[str] | None = None,
    numbers: Iterable[str] | None = None,
    decision: int = 1,
    policy: Policy = DEFAULT,
    planner: str = GREEDY,
    workers: int = 1,
    told: Told | None = None,
) -> Hinges:
    """Return what a decision hangs on: what of it does not come without a rule, or with another number.

    Args:
        scenario: A scenario; its distributions are drawn with `seed`, the same for every variant.
        seed: Seed of the draws.
        rules: Ids of the rules that are removed, each in turn; left out, every one.
        numbers: Names of the numbers and ready dates that are varied, or what such names begin with
            (`"types.skiff"`); left out, those that can matter for who flies and sits where, and when.
        decision: Which decision of the disrupted run, counted from 1.
        policy: What decides.
        planner: Who repairs the plan.
        workers: Processes that play; any number gives the same.
        told: Called with the variants that are done, and all; pairs of rules are added when they are known.

    Raises:
        ScenarioError: There is no such rule, number or decision, or the scenario cannot be run as it is.
    """
    planner_named(planner)
    if wrong := fault(policy):
        raise ScenarioError(wrong)
    runs = _Runs(scenario=scenario, seed=seed, number=decision, policy=policy, planner=planner)
    base = runs.played(scenario) if decision > 0 else None
    if base is None:
        raise ScenarioError(f"hinges(decision={decision}): the run of {scenario.id} takes no such decision.")
    chosen = hinges_of(scenario, base.ship, rules, numbers, "hinges")
    jobs = [variant for hinge in chosen for variant in variants(hinge)]
    done = _played(runs, jobs, workers, told)
    pairs = _pairs(base, done, chosen)
    done += _played(runs, [job for pair in pairs for job in variants(pair)], workers, _after(len(jobs), told))
    flips = [flip for flip in flips_of(base, done) if flip.flip is not None]
    flips = [flip for flip in flips if not is_told(flip, flips)]
    chosen = (*chosen, *pairs)
    return Hinges(
        decision=base,
        elements=elements_of(base, flips),
        table=table_of(base, flips),
        opened=opened_of(base, done),
        refused=refused_of(done),
        tried={sort: sum(hinge.sort == sort for hinge in chosen) for sort in dict.fromkeys(h.sort for h in chosen)},
        played=sum(it.refused is None for _, it in done),
        held=len({job.hinge.name for job, _ in done} - {job.hinge.name for job, it in done if it.refused is None}),
        title=scenario.title or scenario.id,
    )


def _pairs(base: Decided, done: Done, chosen: tuple[Hinge, ...]) -> tuple[Hinge, ...]:
    """Return the pairs of rules that are tried: none where every element goes with a single rule."""
    gone = {element.key for flip in flips_of(base, done) if flip.hinge.sort == "rule" for element in flip.gone}
    if all(element.key in gone for element in base.elements) and base.elements:
        return ()
    without = {job.hinge.name: it.found for job, it in done if job.hinge.sort == "rule" and it.refused is None}
    return pairs_of(base, without, chosen)


def _after(before: int, told: Told | None) -> Told | None:
    """Return what counts on from what is done."""
    return None if told is None else lambda done, all_: told(before + done, before + all_)


# --- playing ----------------------------------------------------------------------------------------------------------

_AT_WORK: list[_Runs] = []
"""What a process of its own plays variants of."""


def _played(runs: _Runs, jobs: list[Variant], workers: int, told: Told | None) -> Done:
    """Return what each variant came to in which something is otherwise."""
    found: Done = []
    for number, (job, played) in enumerate(zip(jobs, _play(runs, jobs, workers), strict=True)):
        if played is not None:
            found.append((job, played))
        if told is not None:
            told(number + 1, len(jobs))
    return found


def _play(runs: _Runs, jobs: list[Variant], workers: int) -> Iterator[Played | None]:
    """Yield what each variant came to, in the order of the jobs; None where nothing is otherwise."""
    if workers < 2 or len(jobs) < 2:  # noqa: PLR2004 - one alone needs no company
        yield from (_variant(runs, job) for job in jobs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(runs,)) as pool:
        yield from pool.map(_work, jobs)


def _begin(runs: _Runs) -> None:
    _AT_WORK[:] = [runs]


def _work(job: Variant) -> Played | None:
    return _variant(_AT_WORK[0], job)


def _variant(runs: _Runs, job: Variant) -> Played | None:
    value = job.text
    try:
        other = changed(runs.scenario, job)
        if other is None:
            return None
        value = other[1]
        return Played(value=value, found=runs.played(other[0]))
    except StationSimError as error:
        return Played(value=value, refused=str(error).splitlines()[0])
