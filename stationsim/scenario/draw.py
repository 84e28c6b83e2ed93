"""What happens by chance? Every distribution becomes one number before the run, from a stream of its own."""

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from stationsim.errors import ScenarioError
from stationsim.scenario.model import Chance, Incident, Mode, Scenario
from stationsim.scenario.schema import keys_of
from stationsim.scenario.stand_ins import stand_ins

if TYPE_CHECKING:
    import numpy as np

_MINUTE_S = 60
"""A moment that chance decides is a whole minute: nobody said it better."""

_NEVER_S = 10**11
"""What is so rare does not happen in any run [s]."""

_MOST_TESTS = 64
"""So many tests of a hunt may be read wrong: a finite list, so that every hunt ends."""


def draw(scenario: Scenario, seed: int = 0) -> Scenario:
    """Return a scenario without chance.

    Each number comes from a stream keyed by incident and field, so that another incident leaves it unchanged.

    Args:
        scenario: What was loaded.
        seed: Whole number from 0.

    Raises:
        ScenarioError: The seed is no such number.
    """
    if type(seed) is not int or seed < 0:
        raise ScenarioError(f"draw(seed=...): {seed!r} is not a seed. Write a whole number from 0.")
    modes = {mode.id: mode for mode in scenario.modes}
    every = (*scenario.incidents, *_contradictions(scenario), *_struck_before(scenario))
    incidents = (_drawn(scenario, incident, seed) for incident in every)
    assessed = tuple(_assessed(incident, modes, seed) for incident in incidents)
    placed, things = stand_ins(scenario, assessed)
    if not things:
        return attrs.evolve(scenario, incidents=placed)
    return attrs.evolve(scenario, incidents=placed, things=(*scenario.things, *things))


def stream_key(entity: str) -> tuple[int, ...]:
    """Return the key of a random stream: four words of a hash of entity and purpose.

    >>> len(stream_key("incident/loop/hole"))
    4
    """
    digest = hashlib.blake2b(entity.encode(), digest_size=16).digest()
    return tuple(int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4))


def _drawn(scenario: Scenario, incident: Incident, seed: int) -> Incident:
    """Return an incident without chance."""
    changes: dict[str, Any] = dict(_numbers(incident, seed))
    mode = next((mode for mode in scenario.modes if mode.id == incident.leak), None)
    if mode is not None and mode.hunt is not None and mode.hunt.misreads > 0 and incident.misread_tests is None:
        changes["misread_tests"] = _misread(mode.hunt.misreads, seed, f"incident/{incident.id}/misreads")
    return attrs.evolve(incident, **changes) if changes else incident


def _contradictions(scenario: Scenario) -> Iterator[Incident]:
    """Yield what two centres begin by asking each other: a hatch that one of them holds for otherwise than it is."""
    mode = next((mode for mode in scenario.modes if mode.how == "reading" and "hatch" in mode.types), None)
    for condition in scenario.opening:
        if mode is not None and condition.centre is not None and condition.state is not None:
            yield Incident(
                id=f"{condition.node.replace('/', '-')}-{condition.centre}",
                reading=mode.id,
                node=condition.node,
                at_s=0,
                state=condition.state,
                centre=condition.centre,
                background=True,
                source=condition.source,
            )


def _struck_before(scenario: Scenario) -> Iterator[Incident]:
    """Yield what had struck when the scenario starts: known to everybody, and in both runs."""
    taken = {incident.id for incident in scenario.incidents} | {activity.id for activity in scenario.activities}
    for condition in scenario.opening:
        mode = next((mode for mode in scenario.modes if mode.id == condition.mode), None)
        if mode is None:
            continue
        stem = f"{condition.node.replace('/', '-')}-{mode.id}"
        names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield Incident(
            id=name,
            change=mode.id if mode.how != "reading" else None,
            reading=mode.id if mode.how == "reading" else None,
            node=condition.node,
            at_s=0,
            since_s=condition.since_s or 0,
            expect_s=condition.expect_s,
            lasts_s=None if condition.lasts_s is None else condition.lasts_s + (condition.since_s or 0),
            background=True,
            source=condition.source,
        )


def _assessed(incident: Incident, modes: dict[str, Mode], seed: int) -> Incident:
    """Return an incident of which it is said how many rounds of questions end inconclusive, and how many tries fail."""
    mode = modes.get(incident.leak or incident.change or incident.reading or incident.mode or "")
    said = dict(incident.inconclusive)
    doubtful = [q for q in (mode.questions if mode else ()) if q.inconclusive > 0 and q.id not in said]
    drawn = tuple(
        (q.id, _before_success(1 - q.inconclusive, seed, f"incident/{incident.id}/inconclusive/{q.id}"))
        for q in doubtful
    )
    tried = dict(incident.failures)
    risky = [r for r in (mode.responses if mode else ()) if 0 < r.works < 1 and r.id not in tried]
    failed = tuple((r.id, _before_success(r.works, seed, f"incident/{incident.id}/failures/{r.id}")) for r in risky)
    return attrs.evolve(incident, inconclusive=(*incident.inconclusive, *drawn), failures=(*incident.failures, *failed))


def _before_success(chance: float, seed: int, entity: str) -> int:
    """Return how many tries fail before one succeeds."""
    return int(_stream(seed, entity).geometric(chance)) - 1


def _numbers(incident: Incident, seed: int) -> Iterator[tuple[str, float | int]]:
    """Yield each field that chance decides, with its number."""
    for key in keys_of(Incident):
        value = getattr(incident, key.attribute)
        # a forecast stays a distribution: planners know no better
        if isinstance(value, Chance) and key.attribute != "expect_s":
            number = _number(value, seed, f"incident/{incident.id}/{key.name}")
            if key.kind == "moment":
                number = max(number - number % _MINUTE_S, value.parameters[0])
            yield key.attribute, number if key.kind == "quantity" else round(number)
    if incident.rate_per_s is not None:
        stream = _stream(seed, f"incident/{incident.id}/rate")
        yield "at_s", round(min(stream.exponential(1 / incident.rate_per_s), _NEVER_S))


def _misread(probability: float, seed: int, entity: str) -> tuple[int, ...]:
    """Return the numbers of the tests of a hunt that are read wrong; no hunt takes more tests than are drawn."""
    drawn = _stream(seed, entity).random(_MOST_TESTS)
    return tuple(number for number, value in enumerate(drawn.tolist(), start=1) if value < probability)


def _number(chance: Chance, seed: int, entity: str) -> float:
    """Return one number of a distribution."""
    return float(getattr(_stream(seed, entity), chance.shape)(*chance.parameters))


def _stream(seed: int, entity: str) -> "np.random.Generator":
    """Return the random stream of an entity and purpose."""
    import numpy as np

    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=stream_key(entity)))
