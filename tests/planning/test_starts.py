"""How the starts of a task are told to the solver: in numbers that do not grow with how many there are."""

import pytest
from problems import best_cost

from stationsim.planning.audit import audit
from stationsim.planning.optimal import optimal
from stationsim.planning.optimal.encode import Encoding
from stationsim.planning.problem import Ban, Mode, Problem, Resource, Stage, Task, cost

H = 3600
OBJECTIVE = (Stage(measure="undated"), Stage(measure="shift"), Stage(measure="cost"))


def problem(until_s, *tasks):
    return Problem(
        now_s=0,
        until_s=until_s,
        tasks=tasks,
        resources=(Resource(id="anna"), Resource(id="boris")),
        objective=OBJECTIVE,
    )


def work(id_, wish_s=61, *, modes=None, **fields):
    modes = modes or (Mode(duration_s=60, uses=("anna",)),)
    return Task(**{"id": id_, "modes": modes, "wish_s": wish_s, "step_s": 60, "is_optional": True} | fields)


def sizes(until_s, *tasks):
    """Return how long the domains of the model are altogether, and how many constraints it has."""
    proto = Encoding(problem(until_s, *tasks)).cp.proto
    told = sum(len(variable.domain) for variable in proto.variables)
    return told + sum(len(one.linear.domain) for one in proto.constraints), len(proto.constraints)


@pytest.mark.parametrize("starts", [10**3, 10**6, 10**9])
def test_a_wish_beside_a_fine_grid_costs_no_more_for_more_starts(starts):
    few = sizes(60 * 100, work("a"), work("b", wish_s=119, kept=(7, 60)))
    assert sizes(60 * starts, work("a"), work("b", wish_s=119, kept=(7, 60))) == few


TEAMS = (
    Mode(id="early", duration_s=60, uses=("anna",), forbidden=(Ban(lo_s=150, hi_s=None),)),
    Mode(id="late", duration_s=90, uses=("boris",), cost=1, earliest_s=130),
)
NO_GRID = (
    Mode(id="wish", duration_s=60, uses=("anna",), forbidden=(Ban(lo_s=None, hi_s=61), Ban(lo_s=62, hi_s=None))),
    Mode(id="any", duration_s=60, uses=("anna",), cost=2),
)


@pytest.mark.parametrize(
    "tasks",
    [
        (work("a"), work("b")),
        (work("a"), work("b"), work("c", wish_s=200)),
        (work("a", wish_s=1), work("b", wish_s=2, earliest_s=120)),
        (work("a", modes=TEAMS), work("b", modes=TEAMS), work("c")),
        (work("a", modes=TEAMS, kept=(130, 135, 180)), work("b", kept=(119, 131), earliest_s=200), work("c")),
        (work("a", modes=NO_GRID), work("b", wish_s=60)),
        (work("a", modes=NO_GRID), work("b", wish_s=61, weight=3)),
        (work("a", wish_s=170, kept=(11,), earliest_s=180, offset_s=7), work("b", wish_s=None, offset_s=7)),
    ],
)
def test_starts_beside_the_grid_are_planned_as_well_as_trying_all(tasks):
    stated = problem(300, *tasks)
    found = optimal(stated)
    assert (audit(stated, found.plan), found.is_proven) == ((), True)
    assert cost(stated, found.plan) == best_cost(stated)
