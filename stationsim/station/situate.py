"""What does a state say that a centre believes? The situation of a centre, taken from a state at one moment."""

import attrs

from stationsim.station.access import obstacle
from stationsim.station.hatch_beliefs import believed_state
from stationsim.station.situation import Situation
from stationsim.station.state import Open, State, Wet

__all__ = ["cut_off", "remedies", "situate"]


def situate(state: State, centre: str) -> Situation:
    """Return what a centre believes in a state; later changes of the state do not show in it."""
    if not state.station.needs_consent:
        return _situate(state, centre)
    others = (other for other in state.station.centres if other != centre)
    return attrs.evolve(_situate(state, centre), peers={other: _situate(state, other) for other in others})


def _situate(state: State, centre: str) -> Situation:
    wet: dict[str, tuple[Wet, ...]] = {}
    for (view, _, zone), found in state.wet.items():
        if view == centre:
            wet[zone] = (*wet.get(zone, ()), found)
    return Situation(
        station=state.station,
        centre=centre,
        now_s=state.now_s,
        view=state.views[centre].copy(),
        questions={
            (i, q): _waited_for(found, state.now_s) for (v, i, q), found in state.questions.items() if v == centre
        },
        answers={(i, q): found for (view, i, q), found in state.answers.items() if view == centre},
        wet=wet,
        statuses={ship: found for (view, ship), found in state.status.items() if view == centre},
        fit=dict(state.fit),
        improvised=dict(state.improvised),
        aboard=dict(state.aboard),
        boarded_s=dict(state.boarded_s),
        left_s=dict(state.left_s),
        airless={node: found for (view, node), found in state.airless.items() if view == centre},
        shut_in={person: found for person, found in state.sheltered.items() if found[0] not in state.station.volumes},
        ship_at=dict(state.ship_at),
        hatches={hatch: believed_state(state, centre, hatch) for hatch in state.hatches},
        kept_shut=dict(state.kept_shut),
        postures=dict(state.postures),
        cut_off=cut_off(state, centre),
        docked_s=dict(state.docked_s),
        gone=dict(state.gone),
        launched_s=dict(state.launched_s),
        acts=dict(state.acts),
        added=dict(state.added),
        demands=dict(state.demands),
        remedies=remedies(state),
        used=dict(state.used),
        inspected_s=dict(state.inspected_s),
        waived=dict(state.waived),
        known=state.known.get(centre, ()),
        rows=state.rows,
    )


def remedies(state: State) -> dict[str, tuple[str, ...]]:
    """Return which incidents an activity remedies: as a response, or by a task that was attached to it."""
    found: dict[str, tuple[str, ...]] = {id_: (incident,) for id_, (incident, _) in state.responses.items()}
    for id_, tasks in state.attached.items():
        found[id_] = (*found.get(id_, ()), *(incident for incident, _ in tasks))
    return found


def _waited_for(found: Open, now_s: int) -> Open:
    """Return a question as it is waited for: what is overdue and still open is not answered yet."""
    is_overdue = found.expected_s is not None and found.expected_s <= now_s
    return attrs.evolve(found, expected_s=now_s + 1) if is_overdue else found


def cut_off(state: State, centre: str) -> dict[str, str]:
    """Return who cannot reach their ship, as a centre believes, and what is in their way."""
    found = {person: obstacle(state, centre, person) for person in state.aboard}
    return {person: node for person, node in found.items() if node is not None}
