"""How does a variant stand beside the decision as it is? Flips, and the tables that are made of them."""

from collections.abc import Callable, Sequence

import pandas as pd
from attrs import frozen

from stationsim.ensemble.decided import Decided, Element, first_level
from stationsim.ensemble.variants import Hinge, Variant
from stationsim.impact.hinge_text import NO_DECISION, OTHER_DAY, OTHER_OPTION, OTHER_PLAN, OTHER_SHIP, PAIR

__all__ = [
    "Done",
    "Flip",
    "Played",
    "Told",
    "elements_of",
    "flips_of",
    "is_told",
    "opened_of",
    "refused_of",
    "table_of",
]

Told = Callable[[int, int], object]
"""Is called with how many variants are done, and how many there are."""


@frozen(kw_only=True)
class Played:
    """What a variant came to: its decision, None where none is needed; or why it cannot be played."""

    value: str
    found: Decided | None = None
    refused: str | None = None


Done = list[tuple[Variant, Played]]
"""Variants with what each came to."""


@frozen(kw_only=True)
class Flip:
    """A variant beside the decision as it is: what of it is gone, what has come, what has another day or place."""

    hinge: Hinge
    value: str
    found: Decided | None
    flip: str | None
    gone: tuple[Element, ...] = ()
    come: tuple[Element, ...] = ()
    shifted: tuple[Element, ...] = ()

    @property
    def outcome(self) -> tuple[object, ...]:
        """What the decision becomes."""
        taken = None if self.found is None else (self.found.day, self.found.ship, self.found.option)
        return taken, self.gone, self.come, self.shifted

    @classmethod
    def of(cls, base: Decided, job: Variant, played: Played) -> "Flip":
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


def flips_of(base: Decided, done: Done) -> list[Flip]:
    """Return the variants that could be played beside the decision as it is, those too that change nothing."""
    return [Flip.of(base, job, it) for job, it in done if it.refused is None]


def is_told(pair: Flip, flips: list[Flip]) -> bool:
    """Tell whether two rules together do what one of them does alone."""
    singles = [flip for flip in flips if flip.hinge.name in pair.hinge.rules]
    return any(flip.outcome == pair.outcome for flip in singles)


def elements_of(base: Decided, flips: list[Flip]) -> pd.DataFrame:
    """Return one row per element of the decision, with what it hangs on; columns as of `Hinges.elements`."""
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
                tuple(_named(flip) for flip in without if flip.hinge.sort not in ("rule", PAIR)),
                tuple(_named(flip) for flip in otherwise if flip.hinge.sort != PAIR or not _alone(flip, otherwise)),
                tuple(flip.hinge.rules for flip in without if flip.hinge.sort == PAIR and not _alone(flip, without)),
            )
        )
    texts = dict.fromkeys(("element", "sort", "subject", "object"), "str")
    return _frame(rows, texts | dict.fromkeys(("rules", "numbers", "shifts", "pairs"), "object"))


def _alone(pair: Flip, without: list[Flip]) -> bool:
    """Tell whether an element goes with one rule of a pair already."""
    return any(flip.hinge.name in pair.hinge.rules for flip in without)


def _named(flip: Flip) -> tuple[str, str, str]:
    return flip.hinge.name, flip.hinge.value, flip.value


def table_of(base: Decided, flips: list[Flip]) -> pd.DataFrame:
    """Return one row per flip; columns as of `Hinges.table`."""
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


def opened_of(base: Decided, done: Done) -> pd.DataFrame:
    """Return one row per option that a variant opens and does not take; columns as of `Hinges.opened`."""
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


def refused_of(done: Done) -> pd.DataFrame:
    """Return one row per variant that cannot be played; columns as of `Hinges.refused`."""
    rows = [(job.hinge.name, job.hinge.sort, it.value, it.refused) for job, it in done if it.refused is not None]
    return _frame(rows, dict.fromkeys(("hinge", "sort", "variant", "why"), "str"))


def _frame(rows: Sequence[tuple[object, ...]], dtypes: dict[str, str]) -> pd.DataFrame:
    columns = {name: [row[i] for row in rows] for i, name in enumerate(dtypes)}
    return pd.DataFrame({name: pd.Series(columns[name], dtype=dtype) for name, dtype in dtypes.items()})
