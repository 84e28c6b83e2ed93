"""What would some of the incidents have done alone? The same draw without the others, to split the cost."""

from collections.abc import Iterator
from itertools import combinations

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import Log
from stationsim.scenario.model import Anchor, Scenario

MOST_EXACT = 4
"""Up to so many incidents every combination of them is run; of more only those that come about one after another."""


def parts_of(drawn: Scenario, disrupted: Log) -> Iterator[tuple[tuple[str, ...], Scenario]]:
    """Yield the combinations of incidents that are to be run besides none and all of them, each with its scenario.

    Args:
        drawn: A drawn scenario with all its incidents.
        disrupted: Its log: it says which of the incidents came about, and in which order.
    """
    background = {incident.id for incident in drawn.incidents if incident.background}
    struck = dict.fromkeys(row.subject for row in disrupted if row.kind is Kind.STRUCK)
    players = tuple(id_ for id_ in struck if id_ not in background)
    if len(players) > MOST_EXACT:
        chosen = [players[:count] for count in range(1, len(players))]
    else:
        chosen = [part for count in range(1, len(players)) for part in combinations(players, count)]
    for part in chosen:
        yield part, without_others(drawn, part)


def without_others(drawn: Scenario, part: tuple[str, ...]) -> Scenario:
    """Return a scenario with these incidents and its background; what is counted from one that is not there stays away.

    Whatever else was drawn stays as it was: each incident has draws of its own.
    """
    left = tuple(found for found in drawn.incidents if found.background or found.id in part)
    while True:
        ids = {found.id for found in left}
        kept = tuple(i for i in left if not isinstance(i.at_s, Anchor) or i.at_s.incident in {None, *ids})
        if kept == left:
            return attrs.evolve(drawn, incidents=left)
        left = kept
