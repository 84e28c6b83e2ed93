"""What may suits carry in? Time in the airlock after work where residue is believed, before the hatch opens."""

from attrs import frozen

from stationsim.station.choice import Choice
from stationsim.station.rules.condition import outside_zones
from stationsim.station.situation import Situation
from stationsim.units import format_duration

UNIDENTIFIED = "unidentified"
"""What is feared of a fluid while nobody knows it: the worst."""


@frozen(kw_only=True)
class Contact:
    """Suits may carry a fluid: how long people stay in the airlock for it [s], and the row that wetted the zone."""

    time_s: int
    feared: str
    row: int


def contact_of(choice: Choice, situation: Situation) -> Contact | None:
    """Return what the suits of a sortie may carry by what is believed now; None if nothing that takes time.

    An unidentified fluid takes as long as the worst one.
    """
    fluids = situation.station.scenario.fluids
    found = [
        Contact(time_s=fluid.contact_s, feared=wet.feared, row=wet.row)
        for zone in outside_zones(choice, situation)
        for wet in situation.wet.get(zone, ())
        for fluid in fluids
        if fluid.contact_s > 0 and wet.feared in {fluid.hazard, UNIDENTIFIED}
    ]
    return max(found, key=lambda contact: contact.time_s, default=None)


def said(contact: Contact) -> str:
    """Return why people stay in the airlock, in words."""
    return f"{format_duration(contact.time_s)} in the airlock: suits may carry {contact.feared} fluid"


def also(contact: Contact) -> dict[str, list[tuple[int]]]:
    """Return the row that wetted the zone, as a further cause."""
    return {"causes": [(contact.row,)]}
