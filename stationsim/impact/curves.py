"""How did what leaked and temperature go? Sampled from the laws in table `physics`, each valid until the next.

loop    V = (gas0^1.5 + 1.5·(k·t + k_growth·t²/2))^(2/3), at most gas0 + liquid;  p = pressure0·gas0 / V, 0 when empty
tank    p = pressure0·e^(−rate·t − rate_growth·t²/2);  mass = p·kg_per_kpa
cabin   T = target + (t0 − target)·e^(−rate·t), or t0 + slope·t where nothing takes heat away
"""

import math
from collections.abc import Callable, Iterable, Iterator

from attrs import evolve, frozen

from stationsim.errors import LogError
from stationsim.impact.reading import Run
from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row

__all__ = ["Law", "curves", "laws", "lost_kg", "samples"]

_SAMPLES = 48
_SETTLED = 6.0
"""Time constants after which an exponential is flat in a picture."""


@frozen(kw_only=True)
class Law:
    """A law of physics from `start_s` until the next one of the same subject and model [s]; row `seq` brought it.

    `content` is what a loop or tank loses.
    """

    subject: str
    model: str
    start_s: int
    until_s: int
    seq: int
    parameters: dict[str, float]
    content: str = "coolant"

    def parameter(self, name: str) -> float:
        """Return a parameter.

        Raises:
            LogError: The log does not give it.
        """
        if name not in self.parameters:
            given = ", ".join(self.parameters)
            raise LogError(f"Row {self.seq}: its law {self.model!r} lacks {name!r}. It has: {given}.")
        return self.parameters[name]


def laws(log: Log, horizon_s: int) -> list[Law]:
    """Return the laws of a log in the order in which they came; a loop that ran dry has an empty one from then on."""
    open_: dict[tuple[str, str], Law] = {}
    found: list[Law] = []
    for row in log:
        for law in _begun(row, log, open_, horizon_s):
            key = (law.subject, law.model)
            if key in open_:
                found.append(_until(open_[key], row.t_s))
            open_[key] = law
    return sorted((law for law in (*found, *open_.values()) if law.start_s < law.until_s), key=lambda law: law.seq)


def curves(run: Run, horizon_s: int) -> Iterator[tuple[str, str, str, str, int, float, int]]:
    """Return rows of table `curves`: run, subject, quantity, unit, second [s], value, row that brought the law."""
    for law in laws(run.log, horizon_s):
        for quantity, unit, value_at, times in _quantities(law):
            for t_s in times:
                yield run.name, law.subject, quantity, unit, t_s, value_at(law, t_s - law.start_s), law.seq


def lost_kg(law: Law, until_s: int | None = None) -> float:
    """Return what a loop or tank loses under a law [kg], to its end or to an earlier second."""
    end_s = law.until_s if until_s is None else min(until_s, law.until_s)
    if law.model == "tank":
        return _tank_kg(law, 0) * -math.expm1(-_exponent(law, end_s - law.start_s))
    return _lost_m3(law, end_s - law.start_s) * law.parameter("density_kg_m3")


def _begun(row: Row, log: Log, open_: dict[tuple[str, str], Law], horizon_s: int) -> Iterable[Law]:
    given: dict[tuple[str, str], dict[str, float]] = {}
    for _, subject, model, parameter, value, _ in log.attached("physics", row.seq):
        given.setdefault((str(subject), str(model)), {})[str(parameter)] = float(str(value))
    content = row.text if row.kind is Kind.LEAKED else None
    for model in ("loop", "tank"):
        if row.kind is Kind.EMPTIED and (before := open_.get((row.subject, model))) is not None:
            given.setdefault((row.subject, model), _at_rest(before, row.t_s))
            content = before.content
    found = (
        Law(subject=subject, model=model, start_s=row.t_s, until_s=horizon_s, seq=row.seq, parameters=parameters)
        for (subject, model), parameters in given.items()
    )
    return [law if content is None else evolve(law, content=content) for law in found]


def _at_rest(law: Law, t_s: int) -> dict[str, float]:
    """Return the parameters of a law from the second on in which its loop or tank counts as empty."""
    if law.model == "loop":
        return law.parameters | {"k": 0.0, "k_growth": 0.0, "liquid_m3": 0.0}
    left_kpa = _tank_kpa(law, t_s - law.start_s)
    return law.parameters | {"rate_per_s": 0.0, "rate_growth_per_s2": 0.0, "pressure0_kpa": left_kpa}


def _until(law: Law, until_s: int) -> Law:
    return evolve(law, until_s=until_s)


_Value = Callable[[Law, float], float]


def _quantities(law: Law) -> Iterable[tuple[str, str, _Value, list[int]]]:
    if law.model == "loop":
        times = samples(law, _empty_after_s(law))
        return [("pressure", "kPa", _pressure_kpa, times), (law.content, "kg", _left_kg, times)]
    if law.model == "tank":
        times = samples(law, _settled_s(law))
        return [("pressure", "kPa", _tank_kpa, times), (law.content, "kg", _tank_kg, times)]
    if law.model == "cabin":
        rate = law.parameter("rate_per_s")
        return [("temperature", "degC", _temperature_degc, samples(law, _SETTLED / rate if rate else math.inf))]
    return []


def samples(law: Law, busy_s: float) -> list[int]:
    """Return the seconds to sample: close together while something happens, then the end."""
    lasts_s = law.until_s - law.start_s
    busy_s = min(busy_s, lasts_s)
    inner = {law.start_s + round(busy_s * step / _SAMPLES) for step in range(_SAMPLES + 1)}
    return sorted(inner | {min(law.start_s + math.ceil(busy_s), law.until_s), law.until_s})


def _empty_after_s(law: Law) -> float:
    gas_m3, liquid_m3 = (law.parameter(name) for name in ("gas0_m3", "liquid_m3"))
    distance = (math.pow(gas_m3 + liquid_m3, 1.5) - math.pow(gas_m3, 1.5)) / 1.5
    return _time_to_pass_s(law.parameter("k"), law.parameters.get("k_growth", 0.0), distance)


def _time_to_pass_s(speed: float, growth: float, distance: float) -> float:
    """Return the time in which `speed`·t + `growth`·t²/2 is `distance`; 0 where nothing moves."""
    root = speed + math.hypot(speed, math.sqrt(2 * growth * distance))
    return 2 * distance / root if root else 0.0


def _settled_s(law: Law) -> float:
    return _time_to_pass_s(law.parameter("rate_per_s"), law.parameters.get("rate_growth_per_s2", 0.0), _SETTLED)


def _exponent(law: Law, t_s: float) -> float:
    return t_s * (law.parameter("rate_per_s") + law.parameters.get("rate_growth_per_s2", 0.0) * t_s / 2)


def _tank_kpa(law: Law, t_s: float) -> float:
    return law.parameter("pressure0_kpa") * math.exp(-_exponent(law, t_s))


def _tank_kg(law: Law, t_s: float) -> float:
    return _tank_kpa(law, t_s) * law.parameter("kg_per_kpa")


def _lost_m3(law: Law, t_s: float) -> float:
    gas_m3 = law.parameter("gas0_m3")
    # V − gas0, written so that a small loss keeps all its digits
    pushed = t_s * (law.parameter("k") + law.parameters.get("k_growth", 0.0) * t_s / 2)
    grown = gas_m3 * math.expm1(math.log1p(1.5 * pushed / math.pow(gas_m3, 1.5)) / 1.5)
    return min(grown, law.parameter("liquid_m3"))


def _left_kg(law: Law, t_s: float) -> float:
    return (law.parameter("liquid_m3") - _lost_m3(law, t_s)) * law.parameter("density_kg_m3")


def _pressure_kpa(law: Law, t_s: float) -> float:
    lost_m3, gas_m3 = _lost_m3(law, t_s), law.parameter("gas0_m3")
    return (
        0.0 if lost_m3 >= law.parameter("liquid_m3") else law.parameter("pressure0_kpa") * gas_m3 / (gas_m3 + lost_m3)
    )


def _temperature_degc(law: Law, t_s: float) -> float:
    rate, start = law.parameter("rate_per_s"), law.parameter("t0_c")
    if rate == 0:
        return start + law.parameter("slope_k_per_s") * t_s
    return law.parameter("target_c") + (start - law.parameter("target_c")) * math.exp(-rate * t_s)
