"""Which two rules stand behind each other? Pairs that are removed together, where neither alone changes an element.

An option that a rule rejects may be rejected by another rule once the first is gone: only without both can it be taken.
What each rule leaves behind shows in the variant without it. A date that a rule binds may stand in the window of
another as well: the log says so. So the pairs need no guess. They are bounded: those that reject most options and bind
most dates first, at most `MOST_PAIRS`, and no three rules.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from stationsim.ensemble.decided import Decided
from stationsim.ensemble.variants import Hinge
from stationsim.impact.hinge_text import PAIR

__all__ = ["MOST_PAIRS", "pairs_of"]

MOST_PAIRS = 12
"""So many pairs are played at most, each once."""


def pairs_of(base: Decided, without: Mapping[str, Decided | None], rules: Iterable[Hinge]) -> tuple[Hinge, ...]:
    """Return the pairs of rules that are worth removing together.

    Args:
        base: The decision as it is.
        without: The decision without each rule alone, as far as it could be played; None where none is needed.
        rules: The rules that may be removed.
    """
    by_id = {rule.name: rule for rule in rules if rule.sort == "rule" and rule.name in without}
    counted = Counter(tuple(sorted(pair)) for pair in _behind(base, without, by_id.keys()))
    order = {name: number for number, name in enumerate(by_id)}
    ranked = sorted(counted, key=lambda pair: (-counted[pair], *(order[name] for name in pair)))
    return tuple(_pair(by_id[first], by_id[second]) for first, second in ranked[:MOST_PAIRS])


def _behind(base: Decided, without: Mapping[str, Decided | None], known: AbstractSet[str]) -> Iterable[tuple[str, str]]:
    """Yield (rule, rule behind it) for every option that both reject, and every two that bind a date."""
    for option, rule in base.rejected.items():
        found = without.get(rule)
        behind = None if found is None else found.rejected.get(option)
        if behind is not None and behind != rule and known >= {rule, behind}:
            yield rule, behind
    yield from (pair for pair in base.bound if known >= set(pair))


def _pair(first: Hinge, second: Hinge) -> Hinge:
    return Hinge(
        name=f"{first.name} and {second.name}",
        sort=PAIR,
        value=f"{first.value} {second.value}",
        source="; ".join(dict.fromkeys(filter(None, (first.source, second.source)))),
        rules=(first.name, second.name),
    )
