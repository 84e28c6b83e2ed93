"""What is played forward is what is believed: of what only the others know yet, or nobody, no play may trip."""

import pytest
from kernel.runs import whole

from stationsim.kernel.simulate import simulate
from stationsim.log.kinds import Kind
from stationsim.scenario.draw import draw

BEFORE = "2023-01-11T00:40Z"
"""The other centre knows of it, its report is on the way to the one that decides at 00:46:15."""
JUST_NOW = "2023-01-11T00:46:10Z"
"""It has struck, and no sensor shows it yet."""


def choices(**incident: str) -> list[str | None]:
    scenario = whole("soyuz-ms22").until("2023-03-01").with_incident(id="second", **incident)
    return [row.object for row in simulate(draw(scenario)) if row.kind is Kind.CHOSEN]


@pytest.mark.parametrize(
    "incident",
    [
        {"change": "unfit", "node": "mann", "at": BEFORE},
        {"leak": "station-coolant", "node": "cooling-a", "at": BEFORE, "hole": "6 mm"},
        {"change": "unfit", "node": "mann", "at": JUST_NOW},
        {"leak": "cabin-air", "node": "zvezda", "at": JUST_NOW, "hole": "2 mm"},
        {"leak": "coolant-loop", "node": "crew-5/radiator-loop-a", "at": JUST_NOW, "hole": "6 mm"},
    ],
    ids=lambda found: f"{found['node']}-{found['at'][-6:]}",
)
def test_a_decision_is_taken_beside_what_its_centre_does_not_know_yet(incident):
    assert choices(**incident)[0] == "soyuz-ms-23-earlier-none+soyuz-ms-23-to-prichal-nadir"
