"""Can this plan be meant? People and places used twice, activities that wait for each other, roles nobody can take."""

from collections import defaultdict
from collections.abc import Iterator

from attrs import frozen

from stationsim.scenario.cycles import cycles
from stationsim.scenario.model import NO_DAY, NOBODY, Activity, Resource, Scenario
from stationsim.scenario.opening import check_fit
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.words import candidates, not_a, shorten


@frozen
class _Use:
    """A person or place taken by an activity in a time that a clock gives."""

    what: str
    lo_s: int
    hi_s: int
    activity: str
    trail: Trail


def check_plan(scenario: Scenario, reading: Reading) -> None:
    """Note what no plan can mean; names that name nothing are passed over."""
    ships = {vehicle.id: vehicle for vehicle in scenario.vehicles}
    for activity in scenario.activities:
        trail = ("activities", activity.id)
        _check_roles(scenario, activity, reading)
        _check_effect(scenario, activity, reading)
        _check_day(scenario, activity, reading)
        if activity.port is not None:
            check_fit(scenario, ships.get(activity.ship or ""), activity.port, (*trail, "port"), reading)
    _check_resources(scenario, reading)
    _check_brought(scenario, reading)
    _check_keeping(scenario, reading)
    _check_order(scenario, reading)
    _check_overlaps(scenario, reading)
    _check_rules(scenario, reading)
    _check_waivers(scenario, reading)
    for arm in scenario.arms:
        _check_skill(scenario, arm.survey_skill, ("arms", arm.id, "survey_skill"), reading)


def _check_roles(scenario: Scenario, activity: Activity, reading: Reading) -> None:
    """Refuse places without a person, for a skill nobody has, and people who fill two."""
    taken: set[str] = set()
    for number, role in enumerate(activity.people):
        trail = ("activities", activity.id, "people", number)
        if role.who is None and role.skill is None:
            reading.tell(trail, "Nobody can take this role. Write 'who: PERSON', 'skill: SKILL' or both.")
        _check_skill(scenario, role.skill, (*trail, "skill"), reading)
        if role.who is not None and role.who in taken:
            message = f"{shorten(role.who)} already has a role in this activity. Name another person."
            reading.tell((*trail, "who"), message)
        taken |= {role.who} if role.who else set()


def _check_effect(scenario: Scenario, activity: Activity, reading: Reading) -> None:
    """Refuse traffic without a ship, and an arrival without a port."""
    effect = next((kind.effect for kind in scenario.kinds if kind.id == activity.kind), "none")
    if effect in ("launch", "dock", "undock", "relocate") and activity.ship is None:
        reading.tell(("activities", activity.id), f"Its kind moves a ship (effect: {effect}). Write 'ship: SHIP'.")
    if effect in ("dock", "relocate") and activity.port is None:
        reading.tell(("activities", activity.id), f"Its kind needs a port (effect: {effect}). Write 'port: PORT'.")


def _check_day(scenario: Scenario, activity: Activity, reading: Reading) -> None:
    """Refuse what has neither a day nor a place in the task list, or both, and what cannot wait for free time."""
    trail = ("activities", activity.id)
    listed = {other.id for other in scenario.activities if other.task_list}
    for other in (*activity.follows, *([activity.at.after] if activity.at.after else [])):
        if other in listed:
            message = f"{shorten(other)} stands in the task list and may never be done. Follow something with a day."
            reading.tell((*trail, "follows" if other in activity.follows else "at"), message)
    if not activity.task_list:
        if activity.at == NO_DAY:
            message = (
                "'at' is missing: when it is planned. Write 'at: ...', or 'task_list: true' for what waits for time."
            )
            reading.tell(trail, message)
        return
    if activity.at != NO_DAY or activity.opportunities:
        message = "Work of the task list has no day. Remove 'task_list', or 'at' and 'opportunities'."
        reading.tell((*trail, "task_list"), message)
    if activity.pinned:
        reading.tell((*trail, "pinned"), "Work of the task list has no day to keep. Remove 'pinned'.")
    if activity.mandatory:
        reading.tell((*trail, "mandatory"), "Work of the task list may never be done. Remove 'mandatory'.")
    if not activity.people:
        reading.tell((*trail, "task_list"), "Work of the task list waits for somebody's time. Write 'people:'.")
    kind = next((kind for kind in scenario.kinds if kind.id == activity.kind), None)
    if kind is not None and (kind.layer, kind.effect) != ("work", "none"):
        message = f"The kind {shorten(kind.id)} is no work inside. Give this a day with 'at:'."
        reading.tell((*trail, "task_list"), message)


def _check_resources(scenario: Scenario, reading: Reading) -> None:
    """Refuse resources that limit nothing, and activities that take what there is not."""
    known = {resource.id: resource for resource in scenario.resources}
    for resource in scenario.resources:
        if resource.count is None and resource.per_day_s is None:
            message = "This resource limits nothing. Write 'count', 'per_day' or both."
            reading.tell(("resources", resource.id), message)
    for activity in scenario.activities:
        trail = ("activities", activity.id, "takes")
        if activity.takes and activity.task_list:
            reading.tell(trail, "Work of the task list takes nothing that is counted. Remove 'takes', or write 'at'.")
        for name, number in activity.takes:
            if name in known:
                _check_number(known[name], number, (*trail, name), reading)
            elif not reading.is_partial("resources"):
                reading.tell((*trail, name), not_a("resource", name, known))


def _check_brought(scenario: Scenario, reading: Reading) -> None:
    """Refuse what ships bring that are there already: it is part of the stock."""
    for ship in scenario.vehicles:
        if ship.brings and ship.port is not None:
            message = "The ship is docked when the scenario starts, so what it brought is part of 'stock'. Remove this."
            reading.tell(("vehicles", ship.id, "brings"), message)


def _check_number(resource: Resource, number: int, trail: Trail, reading: Reading) -> None:
    """Refuse a number of a resource that is none, or more than there are."""
    count = resource.count
    if count is not None and number > count:
        least = "Allowed: 1." if count == 1 else f"Allowed: 1 to {count}." if count else "Allowed: none."
        advice = f"Take fewer, or raise 'count' of {resource.id!r}."
        reading.tell(trail, f"{number} of {shorten(resource.name)} are more than there are. {least} {advice}")
    elif number < 1:
        reading.tell(trail, f"{number} is no number to take. Allowed: 1 or more. Remove it, or take some.")


def _check_keeping(scenario: Scenario, reading: Reading) -> None:
    """Refuse preparation that perishes before the activity it is for can begin."""
    for kind in scenario.kinds:
        for part in kind.preparation:
            if part.keeps_s is not None and part.keeps_s < part.ahead_s + kind.before_s:
                message = "It perishes before the start. Let it keep for at least 'ahead' and 'before' together."
                reading.tell(("kinds", kind.id, "preparation", part.id, "keeps"), message)


def _check_skill(scenario: Scenario, skill: str | None, trail: Trail, reading: Reading) -> None:
    """Refuse a skill that nobody has; nothing is said where a person could not be read."""
    skills = {name for person in scenario.people for name in person.skills}
    if skill is not None and skill not in skills and not reading.is_partial("people"):
        reading.tell(trail, f"Nobody has the skill {shorten(skill)}. {candidates('Skills', skills, skill)}")


def _check_order(scenario: Scenario, reading: Reading) -> None:
    """Refuse activities that wait for themselves."""
    waits = {
        activity.id: [*activity.follows, *([activity.at.after] if activity.at.after else [])]
        for activity in scenario.activities
    }
    for ring in cycles(waits):
        follows = next(activity.follows for activity in scenario.activities if activity.id == ring[0])
        key = "follows" if ring[1] in follows else "at"
        message = f"An activity waits for itself: {' -> '.join(ring)}. Remove one of these steps."
        reading.tell(("activities", ring[0], key), message)


def _check_overlaps(scenario: Scenario, reading: Reading) -> None:
    """Refuse two activities that use the same person or place at the same time."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for activity in scenario.activities:
        for use in _uses(scenario, activity):
            uses[use.what].append(use)
    for users in uses.values():
        ordered = sorted(users, key=lambda use: (use.lo_s, use.hi_s))
        for number, use in enumerate(ordered):
            for other in ordered[number + 1 :]:
                if other.lo_s >= use.hi_s:
                    break
                if other.activity != use.activity:
                    message = (
                        f"{shorten(use.what)} is used by {shorten(use.activity)} at the same time. Move one of them."
                    )
                    reading.tell(other.trail, message)


def _uses(scenario: Scenario, activity: Activity) -> Iterator[_Use]:
    """Yield what an activity with a clock time uses alone."""
    if not activity.at.has_clock or activity.at.after is not None:
        return
    usual = next((kind.duration_s for kind in scenario.kinds if kind.id == activity.kind), 0)
    lasts = usual if activity.duration_s is None else activity.duration_s
    trail: Trail = ("activities", activity.id)
    taken: list[tuple[str | None, Trail]] = [(activity.airlock, (*trail, "airlock"))]
    taken += [(role.who, (*trail, "people", number, "who")) for number, role in enumerate(activity.people)]
    taken += [(arm, (*trail, "arms", number)) for number, arm in enumerate(activity.arms)]
    taken += [(node, (*trail, "uses", number)) for number, node in enumerate(activity.uses)]
    for what, where in taken:
        if what is not None:
            yield _Use(what, activity.at.lo_s, activity.at.lo_s + lasts, activity.id, where)


def _check_rules(scenario: Scenario, reading: Reading) -> None:
    """Refuse questions and capabilities that nothing has."""
    questions = {question.id for mode in scenario.modes for question in mode.questions}
    capabilities = {part.id for whole in scenario.types for part in whole.capabilities}
    for rule in scenario.rules:
        trail = ("rules", rule.id)
        if rule.question is not None and rule.question not in questions and not reading.is_partial("modes"):
            reading.tell((*trail, "question"), not_a("question", rule.question, questions))
        if rule.capability is not None and rule.capability not in capabilities and not reading.is_partial("types"):
            reading.tell((*trail, "capability"), not_a("capability", rule.capability, capabilities))
    for mode in scenario.modes:
        own = {question.id for question in mode.questions} | ({"back"} if mode.how == "change" else set())
        if mode.hunt is not None and mode.hunt.misreads > 1:
            spot = ("modes", mode.id, "hunt", "misreads")
            reading.tell(spot, f"{mode.hunt.misreads:g} is not a probability. Write a number from 0 to 1.")
        for response in mode.responses:
            if response.answers is not None and response.answers not in own:
                where = ("modes", mode.id, "responses", response.id, "answers")
                reading.tell(where, not_a("question", response.answers, own))
            if response.offered and response.immediate:
                where = ("modes", mode.id, "responses", response.id, "offered")
                message = "What a decision takes cannot begin with the alarm. Leave 'offered' or 'immediate' out."
                reading.tell(where, message)


def _check_waivers(scenario: Scenario, reading: Reading) -> None:
    """Refuse to drop a rule that nobody may waive."""
    firm = {rule.id for rule in scenario.rules if rule.waived_by == NOBODY}
    for number, waiver in enumerate(scenario.waivers):
        if waiver.rule in firm:
            message = (
                f"{shorten(waiver.rule)} is a rule that nobody may waive. A rule may be waived whose 'waived_by' says "
                f"by whom. Plan {shorten(waiver.activity)} otherwise, or write in the rule who may waive it."
            )
            reading.tell(("waivers", number, "rule"), message)
