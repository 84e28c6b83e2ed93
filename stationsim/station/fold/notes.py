"""What does an event leave behind for later: order of ids, things to ask again, reviews to hold?"""

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH, Row
from stationsim.station.state import Review, State
from stationsim.station.station import CREWED_RETURN

TRAFFIC = "traffic"
"""Who comes and goes has changed outside of a repair: whatever hangs on who is aboard must be asked again."""


def number(state: State, id_: str) -> None:
    """Give an id its place in the order of what happens in the same second."""
    state.order.setdefault(id_, len(state.order))


def touch(state: State, view: str | None, *keys: str) -> None:
    """Note on what the centre's answers may now differ, until its next review."""
    if view is not None and view != TRUTH:
        state.touched[view] = tuple(dict.fromkeys((*state.touched.get(view, ()), *keys)))


def touch_incident(state: State, centre: str, incident: str) -> None:
    """Whatever a centre holds of an incident may have changed: nodes, the ship's capability, wet zones."""
    sick = (node for node, why in state.views[centre].sick.items() if why.incident == incident)
    zones = (zone for view, found, zone in state.wet if view == centre and found == incident)
    ship = state.station.ship_of(state.station.incidents[incident].node)
    own = () if ship is None else (f"{ship}/{CREWED_RETURN}",)
    node = state.station.incidents[incident].node
    families = (f"family:{name}" for name in state.station.families_of(node))
    touch(state, centre, *sick, *zones, *own, *families, node, node.split("/", maxsplit=1)[0])


def review(state: State, centre: str, due_s: int, row: int) -> None:
    """A centre reviews once for everything it has learnt until then: the earlier date holds."""
    pending = state.reviews.get(centre)
    if pending is None or due_s < pending.due_s:
        state.reviews[centre] = Review(due_s=due_s, row=row)


def decide_on(state: State, row: Row) -> None:
    """Remember what belongs to a decision: its row is the cause of what it changes, adds, or has carried out."""
    for ship, found in state.decisions.items():
        if found.row == row.cause:
            is_remedy = row.kind in {Kind.ADDED, Kind.ATTACHED}
            remedies = (*found.remedies, row.subject) if is_remedy else found.remedies
            state.decisions[ship] = attrs.evolve(found, acts=(*found.acts, row.subject), remedies=remedies)
