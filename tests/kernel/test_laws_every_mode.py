"""The laws of `test_laws` under incidents of every shipped mode, at any node they can strike, on every shipped plan."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kernel.runs import calm, shipped
from kernel.test_laws import obeys, without_incidents

from stationsim.scenario.model import PHASES, Scenario
from stationsim.scenario.nodes import node_types, thing_nodes
from stationsim.units import format_utc

PLANS = tuple(
    without_incidents(shipped(name))
    for name in ("quiet-increment", "progress-ms21", "soyuz-ms09-air", "ammonia-false-alarm")
)
LAST_DAY = 45


def struck(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Return each mode with the nodes that it can strike; a leak of a store needs one."""
    types, things = node_types(scenario), thing_nodes(scenario)
    found: dict[str, tuple[str, ...]] = {}
    for mode in scenario.modes:
        fitting = (node for node, kind in types.items() if not mode.types or kind in mode.types)
        if mode.how == "leak" and mode.releases != "air":
            stores = {node for node, thing in things.items() if getattr(thing, mode.releases) is not None}
            fitting = (node for node in fitting if node in stores)
        found[mode.id] = tuple(fitting)
    return {id_: nodes for id_, nodes in found.items() if nodes}


STRUCK = {scenario.id: struck(scenario) for scenario in PLANS}
PLAN = {scenario.id: scenario for scenario in PLANS}


@st.composite
def troubles(draw: st.DrawFn) -> tuple[str, list[dict[str, object]]]:
    """The name of a shipped plan and one to three incidents: any mode, any node, any moment; failures, holds."""
    scenario = PLAN[draw(st.sampled_from(list(PLAN)))]
    nodes = STRUCK[scenario.id]
    modes = {mode.id: mode for mode in scenario.modes if mode.id in nodes}
    found = []
    for number in range(draw(st.integers(1, 3))):
        plan = [activity.id for activity in scenario.activities]
        sort = draw(st.sampled_from(("mode", "mode", "mode", "fails", "hold")))
        if sort == "fails":
            found.append({"id": f"trouble-{number}", "fails": draw(st.sampled_from(plan))})
            continue
        moment = scenario.start_utc + timedelta(minutes=draw(st.integers(0, LAST_DAY * 24 * 60)))
        at = format_utc(min(moment, scenario.start_utc + timedelta(seconds=scenario.horizon_s - 1)))
        if draw(st.integers(0, 4)) == 0:
            at = {"activity": draw(st.sampled_from(plan)), "phase": draw(st.sampled_from(PHASES)), "after": "45 min"}
        if sort == "hold":
            held = {"kinds": [draw(st.sampled_from([kind.id for kind in scenario.kinds]))]}
            lasts = f"{draw(st.integers(1, 400))} h"
            found.append(
                {"id": f"trouble-{number}", "hold": held, "at": at, "lasts": lasts, "stops": draw(st.booleans())}
            )
            continue
        mode = modes[draw(st.sampled_from(list(modes)))]
        record = {
            "id": f"trouble-{number}",
            "change" if mode.how == "event" else mode.how: mode.id,
            "node": draw(st.sampled_from(nodes[mode.id])),
            "at": at,
        }
        if mode.demand is not None:
            record["by"] = format_utc(scenario.start_utc + timedelta(hours=draw(st.integers(1, LAST_DAY * 24))))
        if mode.how == "leak":
            record["hole"] = f"{draw(st.sampled_from((0.3, 1.5, 6, 25, 100)))} mm"
            if draw(st.booleans()):
                record["grows"] = f"{draw(st.sampled_from((0.01, 1, 100)))} mm2/d"
            if draw(st.booleans()):
                record["lasts"] = f"{draw(st.integers(1, 100))} h"
        elif mode.how == "change" and draw(st.booleans()):
            record["lasts"] = f"{draw(st.integers(1, 1000))} h"
        found.append(record)
    return scenario.id, found


FOUND_BEFORE = {
    "a launch fails while another hold lasts, and a departure would leave too few of a segment": (
        "soyuz-ms09-air",
        [
            {"id": "pause", "hold": {"kinds": ["berthing"]}, "at": "2018-08-28T03:01Z", "lasts": "126 h"},
            {"id": "loss", "fails": "soyuz-ms-10-launch"},
        ],
    ),
    "a hole empties the station, and who should have unberthed a ship comes with one that is no longer dated": (
        "progress-ms21",
        [{"id": "hole", "leak": "cabin-air", "node": "poisk", "at": "2023-02-12T01:10Z", "hole": "44.4 mm"}],
    ),
    "people cannot reach their ship, which leaves on its day without them": (
        "soyuz-ms09-air",
        [{"id": "loss", "change": "failed", "node": "poisk", "at": "2018-09-27T11:46Z"}],
    ),
}
"""Cases in which a law did not hold, before the fault was mended."""


@pytest.mark.parametrize("case", FOUND_BEFORE.values(), ids=FOUND_BEFORE)
def test_what_broke_a_law_before_breaks_none_now(case):
    name, records = case
    scenario = PLAN[name]
    for record in records:
        scenario = scenario.with_incident(**record)
    obeys(scenario, calm(without_incidents(scenario)), lambda count: [0, count // 2])


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate])
@given(troubles(), st.lists(st.floats(0, 1, exclude_max=True), min_size=3, max_size=3))
def test_whatever_strikes_wherever_every_law_holds(trouble, shares):
    name, records = trouble
    scenario = PLAN[name]
    for record in records:
        scenario = scenario.with_incident(**record)
    obeys(scenario, calm(without_incidents(scenario)), lambda count: [int(share * count) for share in shares])
