"""What does a decision hang on? Each rule is removed, each number is another: which of them make it another decision?

    found = stationsim.hinges(scenario, workers=2)
    print(found.text)
    print(found.elements)                # what of the decision goes with which rule or number

The disrupted run is played as far as the decision, and no farther. A decision is taken apart into its elements:
a launch on another day, a flight without its people, a seat, a port, a return, a waiver. An element hangs on what it
does not come without.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby

import pandas as pd
from attrs import field, frozen

from stationsim.ensemble.decided import Decided, Element, decided, first_level
from stationsim.ensemble.hinge_words import (
    NO_DECISION,
    OTHER_DAY,
    OTHER_OPTION,
    OTHER_PLAN,
    OTHER_SHIP,
    flipped,
    hanging,
    opening,
)
from stationsim.ensemble.variants import Hinge, Variant, changed, hinges_of, variants
from stationsim.errors import ScenarioError, StationSimError
from stationsim.kernel.simulate import until_decided
from stationsim.planning.planners import GREEDY, planner_named
from stationsim.planning.policies import DEFAULT, Policy, fault
from stationsim.scenario.draw import draw
from stationsim.scenario.model import Scenario

__all__ = ["Hinges", "hinges"]


@frozen(kw_only=True)
class Hinges:
    """What a decision hangs on.

    Attributes:
        decision: The decision as it is taken.
        elements: One row per element of the decision, in its order: `element, sort, subject, object, rules, numbers,
            shifts`. `rules` are the ids without which it does not come, `numbers` the (name, value, other value) with
            which it does not come, `shifts` the same of what leaves it but gives it another day, port or people (a
            rule with "without it"). What leaves no decision at all is not repeated here.
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
        tried: How many rules, numbers and dates were tried, by sort.
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
        lines += [f"  {flipped(row)}" for row in self.table.to_dict("records")] or ["  nothing of what was tried"]
        opened = [opening(row) for row in self.opened.to_dict("records") if row["sort"] == "rule"]
        lines += (
            ["What could be done without a rule, and would not be:", *(f"  {it}" for it in opened)] if opened else []
        )
        lines += ["What cannot be played:"] if len(self.refused) else []
        lines += [f"  {row['hinge']} {row['variant']}: {row['why']}" for row in self.refused.to_dict("records")]
        return "\n".join([*lines, self._counted()])

    def _counted(self) -> str:
        flipping = self.table.groupby("sort")["hinge"].nunique().to_dict() if len(self.table) else {}
        words = {"rule": "rules", "number": "numbers", "date": "ready dates"}
        tried = ", ".join(f"{count} {words[sort]}" for sort, count in self.tried.items())
        still = sum(self.tried.values()) - sum(flipping.values()) - self.held
        return (
            f"→ {tried} tried in {self.played} variants · {still} change nothing"
            f" · {len(self.refused)} variants cannot be played"
        )

    def __str__(self) -> str:
        return self.text


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


@frozen(kw_only=True)
class _Played:
    """What a variant came to: its decision, None where none is needed; or why it cannot be played."""

    value: str
    found: Decided | None = None
    refused: str | None = None


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
    told: Callable[[int, int], object] | None = None,
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
        told: Called with the variants that are done, and all.

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
    found: list[_Played | None] = []
    for played in _play(runs, jobs, workers):
        found.append(played)
        if told is not None:
            told(len(found), len(jobs))
    done = [(job, it) for job, it in zip(jobs, found, strict=True) if it is not None]
    flips = [_Flip.of(base, job, it) for job, it in done if it.refused is None]
    flips = [flip for flip in flips if flip.flip is not None]
    return Hinges(
        decision=base,
        elements=_elements(base, flips),
        table=_table(base, flips),
        opened=_opened(base, done),
        refused=_refused(done),
        tried={sort: sum(hinge.sort == sort for hinge in chosen) for sort in dict.fromkeys(h.sort for h in chosen)},
        played=sum(it.refused is None for _, it in done),
        held=len({job.hinge.name for job, _ in done} - {job.hinge.name for job, it in done if it.refused is None}),
        title=scenario.title or scenario.id,
    )


# --- playing ----------------------------------------------------------------------------------------------------------

_AT_WORK: list[_Runs] = []
"""What a process of its own plays variants of."""


def _play(runs: _Runs, jobs: list[Variant], workers: int) -> Iterator[_Played | None]:
    """Yield what each variant came to, in the order of the jobs; None where nothing is otherwise."""
    if workers < 2 or len(jobs) < 2:  # noqa: PLR2004 - one alone needs no company
        yield from (_variant(runs, job) for job in jobs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(runs,)) as pool:
        yield from pool.map(_work, jobs)


def _begin(runs: _Runs) -> None:
    _AT_WORK[:] = [runs]


def _work(job: Variant) -> _Played | None:
    return _variant(_AT_WORK[0], job)


def _variant(runs: _Runs, job: Variant) -> _Played | None:
    value = job.text
    try:
        other = changed(runs.scenario, job)
        if other is None:
            return None
        value = other[1]
        return _Played(value=value, found=runs.played(other[0]))
    except StationSimError as error:
        return _Played(value=value, refused=str(error).splitlines()[0])


# --- comparing --------------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class _Flip:
    """A variant beside the decision as it is: what of it is gone, what has come, what has another day or place."""

    hinge: Hinge
    value: str
    found: Decided | None
    flip: str | None
    gone: tuple[Element, ...] = ()
    come: tuple[Element, ...] = ()
    shifted: tuple[Element, ...] = ()

    @classmethod
    def of(cls, base: Decided, job: Variant, played: _Played) -> "_Flip":
        """Compare."""
        found = played.found
        if found is None:
            return cls(hinge=job.hinge, value=played.value, found=None, flip=NO_DECISION)
        was, now = ({element.key: element for element in it.elements} for it in (base, found))
        gone = tuple(element for key, element in was.items() if key not in now)
        come = tuple(element for key, element in now.items() if key not in was)
        shifted = tuple(now[key] for key, element in was.items() if key in now and now[key].detail != element.detail)
        flip = OTHER_PLAN if gone or come or shifted else None
        if found.option != base.option:
            flip = OTHER_OPTION
        if found.day != base.day:
            flip = OTHER_DAY
        if found.ship != base.ship:
            flip = OTHER_SHIP
        return cls(
            hinge=job.hinge, value=played.value, found=found, flip=flip, gone=gone, come=come, shifted=shifted
        )  # fmt: skip


def _elements(base: Decided, flips: list[_Flip]) -> pd.DataFrame:
    rows = []
    for element in base.elements:
        without = [flip for flip in flips if element in flip.gone]
        otherwise = [flip for flip in flips if element.key in {it.key for it in flip.shifted}]
        rows.append(
            (
                element.text,
                element.sort,
                element.subject,
                element.object,
                tuple(dict.fromkeys(flip.hinge.name for flip in without if flip.hinge.sort == "rule")),
                tuple(_named(flip) for flip in without if flip.hinge.sort != "rule"),
                tuple(_named(flip) for flip in otherwise),
            )
        )
    texts = dict.fromkeys(("element", "sort", "subject", "object"), "str")
    return _frame(rows, texts | dict.fromkeys(("rules", "numbers", "shifts"), "object"))


def _named(flip: _Flip) -> tuple[str, str, str]:
    return flip.hinge.name, flip.hinge.value, flip.value


def _table(base: Decided, flips: list[_Flip]) -> pd.DataFrame:
    rows = []
    for flip in flips:
        found = flip.found
        first = None if found is None else found.against(base)
        told = (None, None, None) if found is None else (found.day, found.option, found.text)
        elements = (tuple(element.text for element in one) for one in (flip.gone, flip.come, flip.shifted))
        rows.append(
            (flip.hinge.name, flip.hinge.sort, flip.hinge.value, flip.value, flip.flip, *told)
            + ((None, None) if first is None else first)
            + (*elements, flip.hinge.source)
        )
    dtypes = dict.fromkeys(("hinge", "sort", "value", "variant", "flip", "day", "option", "text", "level"), "str")
    dtypes |= {"amount": "Int64", "gone": "object", "come": "object", "shifted": "object", "source": "str"}
    return _frame(rows, dtypes)


def _opened(base: Decided, done: list[tuple[Variant, _Played]]) -> pd.DataFrame:
    rows = []
    for job, it in done:
        found = it.found
        for option in () if found is None else found.scores:
            assert found is not None
            if option in base.rejected and option != found.option:
                first = first_level(found.scores[option], found.scores.get(found.option, ()))
                told = (None, None) if first is None else first
                rows.append((job.hinge.name, job.hinge.sort, it.value, option, found.texts[option], *told))
    texts = dict.fromkeys(("hinge", "sort", "variant", "option", "text", "level"), "str")
    return _frame(rows, texts | {"amount": "Int64"})


def _refused(done: list[tuple[Variant, _Played]]) -> pd.DataFrame:
    rows = [(job.hinge.name, job.hinge.sort, it.value, it.refused) for job, it in done if it.refused is not None]
    return _frame(rows, dict.fromkeys(("hinge", "sort", "variant", "why"), "str"))


def _frame(rows: Sequence[tuple[object, ...]], dtypes: dict[str, str]) -> pd.DataFrame:
    columns = {name: [row[i] for row in rows] for i, name in enumerate(dtypes)}
    return pd.DataFrame({name: pd.Series(columns[name], dtype=dtype) for name, dtype in dtypes.items()})
