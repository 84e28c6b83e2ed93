"""Which activity does a response to an incident become? A pure function of the file and the row that added it."""

import attrs

from stationsim.scenario.model import Activity, Response, Role, Task, When
from stationsim.station.hatches import compartment_of
from stationsim.station.station import Station


def response_of(station: Station, incident: str, response: str) -> Response:
    """Return the record of a response in the incident's mode."""
    return next(record for record in station.mode_of(incident).responses if record.id == response)


def response_name(station: Station, incident: str, response: str) -> str:
    """Return the name of the activity that a response becomes: the ship or thing it is about, and what is done."""
    node = station.incidents[incident].node
    return f"{station.name(station.ship_of(node) or node)}: {response.replace('-', ' ')}"


def needs_of(station: Station, incident: str, record: Response) -> tuple[str, ...]:
    """Return what a response needs in health besides arms and people: who mends a wall needs air before it."""
    compartment = compartment_of(station, station.incidents[incident].node) if record.mends else None
    return record.needs if compartment is None else (*record.needs, compartment)


def with_tasks(station: Station, activity: Activity, tasks: tuple[tuple[str, str], ...]) -> Activity:
    """Return an activity with the tasks (incident, response) that were attached to it."""
    records = [response_of(station, *task) for task in tasks]
    added = tuple(Task(id=r.id, text=r.id.replace("-", " "), duration_s=r.duration_s) for r in records)
    worksites = dict.fromkeys((*activity.worksites, *(zone for record in records for zone in record.worksites)))
    return attrs.evolve(activity, tasks=(*activity.tasks, *added), worksites=tuple(worksites))


def added_activity(station: Station, incident: str, response: str, revision: tuple[object, ...]) -> Activity:
    """Return the record of an activity that a response added, from the row of table `revisions` that came with it."""
    record = response_of(station, incident, response)
    node = station.incidents[incident].node
    people, roles = (str(text).split(",") if text else [] for text in (revision[6], revision[7]))
    uses = str(revision[10]).split(",") if revision[10] else []
    arms = tuple(use for use in uses if use in station.arms)
    airlock = next((use for use in uses if use in station.airlocks), None)
    start_s = int(revision[2]) if revision[2] is not None else 0  # type: ignore[call-overload]
    return Activity(
        id=str(revision[1]),
        name=response_name(station, incident, response),
        kind=record.kind,
        centre=station.watchers[node],
        at=When(lo_s=start_s, hi_s=start_s + 1),
        duration_s=record.duration_s,
        people=tuple(Role(role=role, who=who) for who, role in zip(people, roles, strict=True))
        or (() if revision[2] is not None else _places(station, record, arms)),
        airlock=airlock,
        arms=arms,
        worksites=record.worksites,
        place=record.place,
        inspects=record.inspects,
        needs=needs_of(station, incident, record),
        uses=tuple(use for use in uses if use not in arms and use != airlock),
        priority=record.priority,
        source=record.source,
    )


def _places(station: Station, record: Response, arms: tuple[str, ...]) -> tuple[Role, ...]:
    """Return who a response without a date still asks for: nobody is found for it yet."""
    skill = station.arms[arms[-1]].survey_skill if record.by == "arm" and arms else record.skill
    return record.roles or (Role(role=record.id, skill=skill),) * record.people
