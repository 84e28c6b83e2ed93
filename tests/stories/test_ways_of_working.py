"""What a hold costs, and from where an arm can look."""

import attrs
import pytest
from kernel.runs import overridden, shipped, told
from worlds import DAY, HOUR, rule, sortie, tiny

from stationsim.kernel.simulate import simulate
from stationsim.log.kinds import Kind
from stationsim.scenario.model import Incident

WALK_S = 2 * DAY + 10 * HOUR


def begun_s(hold_costs: float, lasts_s: int) -> int | None:
    """Return when a walk begins during whose preparation its pump fails for a while [s]."""
    kinds = [
        attrs.evolve(kind, hold_costs=hold_costs, hold_s=3 * HOUR) if kind.id == "sortie" else kind
        for kind in tiny().kinds
    ]
    fault = Incident(id="gap", change="failed", node="pump", at_s=WALK_S - HOUR, lasts_s=lasts_s, expect_s=lasts_s)
    scenario = tiny(
        kinds=kinds, rules=[rule("needs-health")], activities=[sortie("walk", needs=("pump",))], incidents=[fault]
    )
    rows = simulate(scenario).rows
    assert [row.kind for row in rows if row.subject == "walk" and row.kind is Kind.RELEASED] == [Kind.RELEASED]
    return next((row.t_s for row in rows if row.subject == "walk" and row.kind is Kind.STARTED), None)


@pytest.mark.parametrize(("hold_costs", "later_s"), [(0.0, 0), (1.0, 1), (2.0, 2), (0.5, 0.5)])
def test_a_hold_costs_so_much_of_the_preparation_again(hold_costs, later_s):
    held_s = begun_s(1.0, 20 * 60) - WALK_S
    assert 0 < held_s < HOUR
    assert begun_s(hold_costs, 20 * 60) == WALK_S + later_s * held_s


def test_an_arm_looks_only_from_a_base_that_is_in_health(tmp_path):
    broken = "  - {id: base, change: failed, node: zarya-grapple-fixture, at: 2022-12-14T06:00Z}"
    leak = "  - {id: loop, leak: coolant-loop, node: soyuz-ms-22/external-loop, at: 2022-12-15T00:45Z, hole: 0.8 mm}"
    text = f"scenario: x\nbase: iss-2022-12\nuntil: 2022-12-24\nincidents:\n{leak}\n"
    whole, without = told(overridden(tmp_path, text)), told(overridden(tmp_path, f"{text}{broken}\n"))
    looks = [[row.subject for row in run.rows(Kind.ADDED) if "inspection" in row.subject] for run in (whole, without)]
    assert [len(found) for found in looks] == [1, 0]
    assert shipped("iss-2022-12").arms[0].bases[0].node == "zarya-grapple-fixture"
