"""What did it cost? One line per (incident, subject, quantity), counted in whole seconds and pieces.

Lines add up exactly: the total of a quantity is the sum of its lines, and its difference is disrupted minus nominal.
The tables give the same numbers in the units of `QUANTITIES`. Three books of hours never share an hour: *displaced* are
planned hours of activities that came out differently, *lost* are hours spent in attempts that were called off or ended
early, *response* are hours spent in activities that were added. A quantity that is `part_of` others shows some of their
pieces again, under another question: it is never added to them. What is no sum (`is_sum`) has no total.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from stationsim.impact.air import gas_lost_kg
from stationsim.impact.changes import RETURN, Change, behind_launch, launch_delay_s
from stationsim.impact.consumables import behind, least
from stationsim.impact.cover import Cover, cover
from stationsim.impact.curves import laws, lost_kg
from stationsim.impact.hours import Prepared, Work, hours, prepared
from stationsim.impact.knowing import DISMISSED, notices
from stationsim.impact.late import lost_unnoticed_kg
from stationsim.impact.reading import Reading, Run
from stationsim.impact.timeline import stays
from stationsim.log.kinds import Kind

__all__ = ["QUANTITIES", "Line", "Quantity", "ledger", "scaled", "totals"]


class Quantity(NamedTuple):
    """A quantity: the unit it is shown in, how many counted pieces make one, of which it is a part, can it be added?"""

    unit: str
    per: int
    text: str
    part_of: tuple[str, ...] = ()
    is_sum: bool = True


class Line(NamedTuple):
    """What a quantity of a subject is in both runs, in seconds, pieces or kg; without a difference no incident."""

    incident: str | None
    subject: str
    quantity: str
    nominal: float
    disrupted: float


_OUTCOMES = (
    "moved", "reassigned", "changed", "postponed", "cancelled", "terminated", "aborted", "failed", "paused",
    "unfinished", "called_off", "added",
)  # fmt: skip
_HOUR_S, _DAY_S = 3600, 86400
_BOOKS = ("crew_hours_displaced", "crew_hours_response", "crew_hours_lost")

QUANTITIES: dict[str, Quantity] = {
    "evas_flown": Quantity("1", 1, "sorties flown to their end"),
    "eva_delay": Quantity("d", _DAY_S, "delay of sorties that have a date"),
    **{f"activities_{outcome}": Quantity("1", 1, f"activities {outcome.replace('_', ' ')}") for outcome in _OUTCOMES},
    "launches_changed": Quantity("1", 1, "launches whose outcome is not `kept`"),
    "crew_hours_worked": Quantity("h", _HOUR_S, "time people gave to activities and to the hatches of postures"),
    "crew_hours_displaced": Quantity("h", _HOUR_S, "planned time of activities that came out differently"),
    "crew_hours_response": Quantity(
        "h", _HOUR_S, "time given to activities that were added, and to postures that a belief demands"
    ),
    "crew_hours_lost": Quantity(
        "h", _HOUR_S, "time given to attempts called off or ended early and their postures, or to what perished"
    ),
    "crew_hours_prepared": Quantity("h", _HOUR_S, "time given on days before to preparation that keeps for a while"),
    "crew_hours_prepared_again": Quantity(
        "h", _HOUR_S, "of it: preparation repeated because it had perished or was used up", ("crew_hours_prepared",)
    ),
    "crew_hours_refilled": Quantity("h", _HOUR_S, "time that fell free and was given to work of the task list"),
    "crew_hours_displaced_net": Quantity(
        "h", _HOUR_S, "displaced hours less those refilled from the task list", ("crew_hours_displaced",)
    ),
    "crew_hours_false_alarm": Quantity(
        "h", _HOUR_S, "of the hours displaced, lost and given to responses: those for dismissed alarms", _BOOKS
    ),
    "person_hours_seat_class_0": Quantity("h", _HOUR_S, "people with a certified seat"),
    "person_hours_seat_class_1": Quantity("h", _HOUR_S, "people with an improvised place"),
    "person_hours_seat_class_2": Quantity("h", _HOUR_S, "people with a seat for emergencies only"),
    "person_hours_seat_class_3": Quantity("h", _HOUR_S, "people whose ship is unfit or of unknown status"),
    "person_hours_seat_class_4": Quantity("h", _HOUR_S, "people without a seat"),
    "person_days_without_return_ship": Quantity("d", _DAY_S, "time in which a return had no certified ship"),
    "person_days_return_delay": Quantity("d", _DAY_S, "delay of returns that have a date"),
    "person_days_launch_delay": Quantity(
        "d", _DAY_S, "time by which people come up later; who does not come counts to the end of the run"
    ),
    "port_days_occupied": Quantity("d", _DAY_S, "time in which ports were occupied"),
    "vehicle_days_docked": Quantity("d", _DAY_S, "time in which ships were docked"),
    "coolant_lost": Quantity("kg", 1, "coolant lost to space"),
    "propellant_lost": Quantity("kg", 1, "propellant lost to space"),
    "pressurant_lost": Quantity("kg", 1, "gas of tanks lost to space"),
    "water_lost": Quantity("kg", 1, "water lost to space"),
    "gas_lost": Quantity("kg", 1, "cabin gas lost to space"),
    "lost_before_alarm": Quantity("kg", 1, "of what was lost to space: what went before anybody knew"),
    "detection_delay": Quantity(
        "h", _HOUR_S, "time from an onset to the first alarm, or to the end of the run if nobody learns of it"
    ),
    "consumable_margin": Quantity(
        "d", _DAY_S, "least time for which a consumable lasts above its reserve; less of it is worse", is_sum=False
    ),
    "people_sheltered": Quantity("1", 1, "people who went to a ship or a refuge"),
    "people_caught": Quantity("1", 1, "people who could not be in a ship before the pressure limit"),
}
"""Every quantity, in the order of the report."""
QUANTITIES["lost_before_alarm"] = QUANTITIES["lost_before_alarm"]._replace(
    part_of=tuple(name for name, quantity in QUANTITIES.items() if name.endswith("_lost") and quantity.unit == "kg")
)


def ledger(reading: Reading, found: list[Change]) -> list[Line]:
    """Return every line in which either run is not zero, quantity by quantity."""
    lines: list[Line] = []
    lines += _of_changes(reading, found)
    lines += _merged((*_of_hours(reading, found), *_of_preparation(reading, found)))
    lines += _of_seats(reading)
    lines += _of_returns(reading, found)
    lines += _of_launches(reading)
    lines += _of_places(reading)
    lines += _of_losses(reading)
    lines += _of_consumables(reading, found)
    lines += _of_refuge(reading)
    lines += _of_knowledge(reading)
    lines += _of_false_alarms(reading, lines)
    lines += _net(lines)
    order = {quantity: index for index, quantity in enumerate(QUANTITIES)}
    kept = (line for line in lines if line.nominal or line.disrupted)
    return sorted(kept, key=lambda line: order[line.quantity])


def totals(lines: Iterable[Line]) -> list[Line]:
    """Return the sum of each quantity over all lines, also of those that have none; not of those that are no sums."""
    sums: dict[str, list[float]] = {quantity: [0, 0] for quantity, known in QUANTITIES.items() if known.is_sum}
    for line in (line for line in lines if line.quantity in sums):
        sums[line.quantity][0] += line.nominal
        sums[line.quantity][1] += line.disrupted
    return [Line(None, "", quantity, nominal, disrupted) for quantity, (nominal, disrupted) in sums.items()]


def scaled(line: Line) -> tuple[str, float, float, float]:
    """Return unit, nominal, disrupted and difference of a line; the difference is taken before the unit is changed."""
    unit, per, *_ = QUANTITIES[line.quantity]
    return unit, line.nominal / per, line.disrupted / per, (line.disrupted - line.nominal) / per


# --- lines per source -------------------------------------------------------------------------------------------------


def _of_changes(reading: Reading, found: list[Change]) -> Iterator[Line]:
    for change in found:
        if change.kind == RETURN:
            continue
        subject, incident = change.subject, _blame(reading, change)
        if change.outcome != "kept":
            yield Line(incident, subject, f"activities_{change.outcome}", 0, 1)
            if reading.has_effect(subject, "launch"):
                yield Line(incident, subject, "launches_changed", 0, 1)
        if reading.has_effect(subject, "outside"):
            flown = [int(subject in run.fates and run.fates[subject].life == "done") for run in reading.runs]
            yield _line(incident, subject, "evas_flown", *flown)
            yield Line(incident, subject, "eva_delay", 0, change.delay_s or 0)


def _of_hours(reading: Reading, found: list[Change]) -> Iterator[Line]:
    nominal, disrupted = (hours(run) for run in reading.runs)
    worked = {row.subject: row.seq for row in reading.disrupted.log if row.kind is Kind.WORKED}
    blame = {subject: _incident_of(reading, seq) for subject, seq in worked.items()}
    blame |= {change.subject: _blame(reading, change) for change in found}
    books: dict[str, Callable[[Work], bool]] = {
        "crew_hours_worked": lambda _: True,
        "crew_hours_response": lambda work: work.is_added and not work.is_lost,
        "crew_hours_lost": lambda work: work.is_lost,
        "crew_hours_refilled": lambda work: bool(reading.fact(work.activity, "task_list")) and not work.is_lost,
    }
    for quantity, counts in books.items():
        was, now = _sums(nominal, counts), _sums(disrupted, counts)
        for subject in dict.fromkeys((*was, *now)):
            # a posture that is never taken because its activity is gone shares what is behind that
            incident = blame.get(subject, blame.get(subject.partition("/")[2], reading.chains.only))
            yield _line(incident, subject, quantity, was.get(subject, 0), now.get(subject, 0))
    for change in found:
        is_displaced = change.kind != RETURN and change.outcome not in ("kept", "added", "paused")
        if is_displaced and change.subject in reading.nominal.fates:
            planned_s = reading.nominal.fates[change.subject].revision.work_s
            yield Line(blame[change.subject], change.subject, "crew_hours_displaced", 0, planned_s)


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Return lines of the same incident, subject and quantity as one."""
    sums: dict[tuple[str | None, str, str], list[float]] = {}
    for line in lines:
        found = sums.setdefault(line[:3], [0, 0])
        found[0] += line.nominal
        found[1] += line.disrupted
    return [Line(*key, *found) for key, found in sums.items()]


def _of_preparation(reading: Reading, found: list[Change]) -> Iterator[Line]:
    """Yield the hours of preparation on days before: in all, those repeated, and those that perished."""
    nominal, disrupted = (prepared(run) for run in reading.runs)
    books: dict[str, Callable[[Prepared], bool]] = {
        "crew_hours_prepared": lambda one: not one.is_lost,
        "crew_hours_prepared_again": lambda one: one.again,
        "crew_hours_lost": lambda one: one.is_lost,
    }
    blame = {one.activity: _incident_of(reading, one.seq) for one in disrupted}
    blame |= {change.subject: change.incident for change in found if change.incident is not None}
    for quantity, counts in books.items():
        for subject in dict.fromkeys(one.activity for one in (*nominal, *disrupted)):
            was, now = (
                sum(one.lasted_s for one in run if one.activity == subject and counts(one))
                for run in (nominal, disrupted)
            )
            yield _line(blame.get(subject, reading.chains.only), subject, quantity, was, now)


def _sums(works: list[Work], counts: Callable[[Work], bool]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for work in works:
        if counts(work):
            sums[work.activity] = sums.get(work.activity, 0) + work.lasted_s
    return sums


def _of_seats(reading: Reading) -> Iterator[Line]:
    """Lay both runs over each other; where the classes differ, the row that began the disrupted one says why."""
    nominal, disrupted = (cover(run, reading.manifest.horizon_s) for run in reading.runs)
    for person in dict.fromkeys(span.person for span in (*nominal, *disrupted)):
        sums: dict[tuple[str | None, int], list[int]] = {}
        was = [span for span in nominal if span.person == person]
        now = [span for span in disrupted if span.person == person]
        for before, after, lasts_s in _overlaid(was, now):
            same = before is not None and after is not None and before.level == after.level
            incident = None if same else _incident_of(reading, after.seq if after else None)
            for column, span in enumerate((before, after)):
                if span is not None:
                    sums.setdefault((incident, span.level), [0, 0])[column] += lasts_s
        for (incident, level), (was_s, now_s) in sums.items():
            yield Line(incident, person, f"person_hours_seat_class_{level}", was_s, now_s)


def _overlaid(was: list[Cover], now: list[Cover]) -> Iterator[tuple[Cover | None, Cover | None, int]]:
    edges = sorted({t_s for span in (*was, *now) for t_s in (span.start_s, span.until_s)})
    for lo_s, hi_s in pairwise(edges):
        before, after = (
            next((span for span in spans if span.start_s <= lo_s < span.until_s), None) for spans in (was, now)
        )
        yield before, after, hi_s - lo_s


def _of_returns(reading: Reading, found: list[Change]) -> Iterator[Line]:
    for change in found:
        if change.kind != RETURN:
            continue
        without = [run.returns[change.subject].bare_s if change.subject in run.returns else 0 for run in reading.runs]
        way = reading.disrupted.returns.get(change.subject)
        blamed = change.incident or _incident_of(reading, way.row.seq if way else None)
        yield _line(blamed, change.subject, "person_days_without_return_ship", *without)
        yield Line(blamed, change.subject, "person_days_return_delay", 0, change.delay_s or 0)


def _of_launches(reading: Reading) -> Iterator[Line]:
    """Yield by how much people come aboard later; what became of their flight says why."""
    for person in dict.fromkeys(person for run in reading.runs for person in run.came):
        delay_s = launch_delay_s(reading, person)
        row = behind_launch(reading, person) if delay_s else None
        yield Line(_incident_of(reading, row.seq if row else None), person, "person_days_launch_delay", 0, delay_s)


def _of_places(reading: Reading) -> Iterator[Line]:
    for quantity, column in (("port_days_occupied", 0), ("vehicle_days_docked", 1)):
        was, now = (_docked(run, reading.manifest.horizon_s, column) for run in reading.runs)
        for subject in sorted({*was, *now}):
            incident = _incident_of(reading, _traffic_row(reading, subject))
            yield _line(incident, subject, quantity, was.get(subject, 0), now.get(subject, 0))


def _docked(run: Run, horizon_s: int, column: int) -> dict[str, int]:
    sums: dict[str, int] = {}
    for stay in stays(run, horizon_s):
        key = str(stay[column])
        sums[key] = sums.get(key, 0) + stay[3] - stay[2]
    return sums


def _traffic_row(reading: Reading, subject: str) -> int | None:
    """Return the last docking or undocking of a ship or at a port that an incident is behind."""
    rows = (
        row.seq
        for row in reversed(reading.disrupted.log.rows)
        if row.kind in (Kind.DOCKED, Kind.UNDOCKED) and subject in (row.subject, row.place)
    )
    return next((seq for seq in rows if reading.chains.incident(seq) is not None), None)


def _of_losses(reading: Reading) -> Iterator[Line]:
    leaks = {row.subject: row.seq for row in reading.disrupted.log if row.kind is Kind.LEAKED}
    losses = {
        **_contents_kg(reading),
        "gas_lost": [gas_lost_kg(run, reading.manifest) for run in reading.runs],
    }
    for quantity, (was, now) in losses.items():
        for subject in sorted({*was, *now}):
            incident = _incident_of(reading, leaks.get(subject))
            yield _line(incident, subject, quantity, was.get(subject, 0.0), now.get(subject, 0.0))


def _of_consumables(reading: Reading, found: list[Change]) -> Iterator[Line]:
    was, now = (least(run.log, reading.manifest) for run in reading.runs)
    for consumable, low in now.items():
        both = was[consumable].margin_s, low.margin_s
        yield _line(behind(reading, found, consumable, low), consumable, "consumable_margin", *both)


def _of_refuge(reading: Reading) -> Iterator[Line]:
    """Count each person once, however often they sheltered or were caught."""
    for quantity, kind in (("people_sheltered", Kind.SHELTERED), ("people_caught", Kind.CAUGHT)):
        was, now = ({row.subject: row.seq for row in run.log if row.kind is kind} for run in reading.runs)
        for person in dict.fromkeys((*was, *now)):
            incident = _incident_of(reading, now.get(person))
            yield _line(incident, person, quantity, int(person in was), int(person in now))


def _of_knowledge(reading: Reading) -> Iterator[Line]:
    """Yield what it cost that nobody knew yet: a false alarm had nothing to detect."""
    horizon_s, told = reading.manifest.horizon_s, [notices(run.log) for run in reading.runs]
    for incident in dict.fromkeys(incident for found in told for incident in found):
        both = [found.get(incident) for found in told]
        delays = [n.delay_s(horizon_s) if n is not None and not n.is_false else 0 for n in both]
        yield _line(incident, incident, "detection_delay", *delays)
        lost = [
            lost_unnoticed_kg(run, reading.manifest, notice) if notice is not None else {}
            for run, notice in zip(reading.runs, both, strict=True)
        ]
        for subject in sorted({*lost[0], *lost[1]}):
            yield _line(incident, subject, "lost_before_alarm", *(kg.get(subject, 0.0) for kg in lost))


def _of_false_alarms(reading: Reading, lines: list[Line]) -> list[Line]:
    """Return the hours of the three books that are due to alarms that were dismissed: a view, no book of its own."""
    dismissed = {n.incident for n in notices(reading.disrupted.log).values() if n.state == DISMISSED}
    sums: dict[tuple[str, str], list[float]] = {}
    for line in lines:
        if line.quantity in _BOOKS and line.incident is not None and line.incident in dismissed:
            found = sums.setdefault((line.incident, line.subject), [0, 0])
            found[0] += line.nominal
            found[1] += line.disrupted
    return [Line(*key, "crew_hours_false_alarm", *found) for key, found in sums.items()]


def _net(lines: list[Line]) -> list[Line]:
    """Return the displaced hours again, less those that were refilled: their sum is what nobody used."""
    signs = {"crew_hours_displaced": 1, "crew_hours_refilled": -1}
    sums: dict[tuple[str | None, str], list[float]] = {}
    for line in lines:
        if line.quantity in signs:
            found = sums.setdefault((line.incident, line.subject), [0, 0])
            found[0] += signs[line.quantity] * line.nominal
            found[1] += signs[line.quantity] * line.disrupted
    return [Line(*key, "crew_hours_displaced_net", *found) for key, found in sums.items()]


def _contents_kg(reading: Reading) -> dict[str, list[dict[str, float]]]:
    """Return what each loop and tank lost [kg], by what it is and run."""
    each = [_lost_kg(run, reading.manifest.horizon_s) for run in reading.runs]
    contents = dict.fromkeys(content for run in each for content, _ in run)
    return {
        f"{content}_lost": [{subject: kg for (of, subject), kg in run.items() if of == content} for run in each]
        for content in contents
    }


def _lost_kg(run: Run, horizon_s: int) -> dict[tuple[str, str], float]:
    """Return what each node lost [kg]: by its laws, or what the log says was lost in all when it ran dry."""
    sums: dict[tuple[str, str], float] = {}
    for law in laws(run.log, horizon_s):
        if law.model in {"loop", "tank"}:
            key = (law.content, law.subject)
            sums[key] = sums.get(key, 0.0) + lost_kg(law)
    emptied = {row.subject: row.value for row in run.log if row.kind is Kind.EMPTIED and row.value is not None}
    told = {key: emptied.get(key[1], kg) for key, kg in sums.items()}
    return {key: kg for key, kg in told.items() if kg}


# --- who is to blame --------------------------------------------------------------------------------------------------


def _line(incident: str | None, subject: str, quantity: str, was: float, now: float) -> Line:
    return Line(None if was == now else incident, subject, quantity, was, now)


def _blame(reading: Reading, change: Change) -> str | None:
    return change.incident or reading.chains.only


def _incident_of(reading: Reading, seq: int | None) -> str | None:
    """Return the incident behind a row; where its chain leads to none, the only incident there is."""
    return reading.chains.incident(seq) or reading.chains.only
