"""Can what rules and activities ask of the station be had? An orbit for the Sun, a place on the ground for daylight."""

from stationsim.scenario.model import Activity, Airlock, Port, Rule, Scenario, Thing, Vehicle, VehicleType
from stationsim.scenario.nodes import node_types
from stationsim.scenario.places import Reading, Trail
from stationsim.scenario.words import candidates, not_a, shorten

_POLE_DEG, _ROUND_DEG = 90.0, 360.0


def check_demands(scenario: Scenario, reading: Reading) -> None:
    """Note what rules and activities ask of the station that it cannot give."""
    for thing in scenario.things:
        _check_place(thing, reading)
    for type_ in scenario.types:
        _check_ground(type_, ("types", type_.id), reading)
    for ship in scenario.vehicles:
        _check_ground(ship, ("vehicles", ship.id), reading)
    orbit = scenario.orbit
    if orbit is not None and not reading.is_partial("orbit") and orbit.altitude_m == 0:
        reading.tell(("orbit", "altitude"), "The orbit lies on the ground. Write a height like '417 km'.")
    for rule in scenario.rules:
        _check_sun(rule, scenario, reading)
    if not reading.is_partial("ports"):
        for activity in scenario.activities:
            _check_services(activity, scenario, reading)
    for section, found in (("ports", scenario.ports), ("airlocks", scenario.airlocks)):
        for whole in found:
            _check_neighbours(whole, section, scenario, reading)


def _check_place(thing: Thing, reading: Reading) -> None:
    """Refuse half a place, and one that is not on the globe."""
    trail: Trail = ("things", thing.id)
    given = (thing.latitude_deg, thing.longitude_deg)
    if (given[0] is None) != (given[1] is None):
        missing = "latitude" if given[0] is None else "longitude"
        reading.tell(trail, f"A place on the ground needs both angles. Write '{missing}: ...'.")
    if given[0] is not None and abs(given[0]) > _POLE_DEG:
        reading.tell((*trail, "latitude"), f"{given[0]:g} deg is no latitude. Write -90 deg to 90 deg, north above 0.")
    if given[1] is not None and abs(given[1]) > _ROUND_DEG:
        reading.tell(
            (*trail, "longitude"), f"{given[1]:g} deg is no longitude. Write -180 deg to 180 deg, east above 0."
        )


def _check_ground(whole: VehicleType | Vehicle, trail: Trail, reading: Reading) -> None:
    """Refuse a flight that needs more of some places than there are."""
    for name, needs in (("launches_on", whole.launches_on), ("lands_in", whole.lands_in)):
        if needs.some and not 1 <= needs.of <= len(needs.some):
            message = f"{needs.of} of {len(needs.some)} cannot work. Write 1 to {len(needs.some)}."
            reading.tell((*trail, name, "of"), message)


def _check_services(activity: Activity, scenario: Scenario, reading: Reading) -> None:
    """Refuse services and directions that no port has, and those of no port at all."""
    trail: Trail = ("activities", activity.id)
    offered = {service for port in scenario.ports for service in port.services}
    faced = {port.direction for port in scenario.ports}
    for name, noun, wanted, known in (
        ("services", "service of a port", activity.services, offered),
        ("faces", "direction of a port", activity.faces, faced),
    ):
        for number, word in enumerate(wanted):
            if word not in known:
                reading.tell((*trail, name, number), not_a(noun, word, known))
        if wanted and activity.ship is None and activity.port is None:
            reading.tell((*trail, name), "It is at no port. Write 'ship: SHIP' or 'port: PORT'.")


def _check_neighbours(whole: Port | Airlock, section: str, scenario: Scenario, reading: Reading) -> None:
    """Refuse neighbours that are neither ports nor airlocks, or the place itself."""
    places = [port.id for port in scenario.ports] + [airlock.id for airlock in scenario.airlocks]
    is_partial = reading.is_partial("ports") or reading.is_partial("airlocks")
    for number, found in enumerate(whole.neighbours):
        trail = (section, whole.id, "neighbours", number, "place")
        if found.place == whole.id:
            reading.tell(trail, f"{shorten(found.place)} is no neighbour of itself. Name another port or airlock.")
        elif found.place not in places and not is_partial:
            what = f"{shorten(found.place)} is neither a port nor an airlock."
            reading.tell(trail, f"{what} {candidates('Ports and airlocks', places, found.place)}")


def _check_sun(rule: Rule, scenario: Scenario, reading: Reading) -> None:
    """Refuse a rule about the Sun without an orbit or a place on the ground, and one that asks for both or neither."""
    trail: Trail = ("rules", rule.id)
    if rule.beta_above_deg is not None and scenario.orbit is None and not reading.is_partial("orbit"):
        keys = "inclination: ..., node: ..., at: ..., altitude: ..., source: ..."
        reading.tell((*trail, "beta_above"), f"The station has no orbit. Write 'orbit: {{{keys}}}'.")
    places = {thing.id for thing in scenario.things if thing.latitude_deg is not None}
    if rule.daylight_at in node_types(scenario) and rule.daylight_at not in places and not reading.is_partial("things"):
        what = f"{shorten(rule.daylight_at)} has no 'latitude' and 'longitude'."
        reading.tell((*trail, "daylight_at"), f"{what} {candidates('Places', places, rule.daylight_at)}")
    if rule.template == "sun" and (rule.beta_above_deg is None) == (rule.daylight_at is None):
        reading.tell(trail, "A rule about the Sun asks one thing. Write either 'beta_above' or 'daylight_at'.")
