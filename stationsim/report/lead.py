"""What stands first on the page? What happened, what was decided, and what it cost, a line for each thing.

The headline of an impact is running text. Here its sentences and clauses are set apart, so that a tired reader finds
their line; a long list is cut in its middle, where the sorties stand, and never at its end, where the ways home do.
"""

import re

from attrs import frozen
from markupsafe import Markup, escape

from stationsim.report.words import clean
from stationsim.units import with_gmt

__all__ = ["Lead", "lead"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST, _MOST_LETTERS = 20_000, 420
_FEW = 2
_MOST, _FIRST, _LAST = 16, 5, 7
"""A list of more lines than the first shows so many of its first and of its last ones."""


@frozen(kw_only=True)
class Lead:
    """The first lines of the page, as HTML in which no day is broken.

    Attributes:
        happened: The sentence of what happened.
        decided: The sentences between, mostly one for each decision.
        costs: One line for each thing that it cost; where it is little, one line for all.
        left_out: How many lines were cut out of the middle, after the first `cut`.
        cut: How many lines stand before those left out.
    """

    happened: Markup
    decided: tuple[Markup, ...]
    costs: tuple[Markup, ...]
    left_out: int = 0
    cut: int = _FIRST


def lead(headline: str) -> Lead:
    """Return the first lines of the page from the headline of an impact.

    >>> told = lead("A leak struck. Moscow decided: a; b. X flies later; Y is lost; Z is lost.")
    >>> [str(line) for line in (told.happened, *told.decided, *told.costs)]
    ['A leak struck.', 'Moscow decided: a; b.', 'X flies later', 'Y is lost', 'Z is lost']
    """
    text = with_gmt(clean(headline, _LONGEST))
    happened, *others = text.split(". ")
    if not others:
        return Lead(happened=_whole(text), decided=(), costs=())
    *between, last = others
    clauses = last.removesuffix(".").split("; ")
    costs = clauses if len(clauses) > _FEW else [last]
    left_out = len(costs) - _FIRST - _LAST if len(costs) > _MOST else 0
    shown = [*costs[:_FIRST], *costs[-_LAST:]] if left_out else costs
    return Lead(
        happened=_whole(f"{clean(happened, _MOST_LETTERS)}."),
        decided=tuple(_whole(f"{clean(sentence, _MOST_LETTERS)}.") for sentence in between),
        costs=tuple(_whole(clean(line, _MOST_LETTERS)) for line in shown),
        left_out=left_out,
    )


def _whole(text: str) -> Markup:
    """Return text as HTML in which no day is broken over two lines."""
    day = '<span class="day">{}</span>'
    parts = zip(_DAY.split(text), [*_DAY.findall(text), ""], strict=True)
    return Markup("").join(escape(before) + (Markup(day).format(found) if found else "") for before, found in parts)  # noqa: S704
