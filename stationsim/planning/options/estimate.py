"""What does an option come to, as far as its plan tells? The score of a course that has yet to be played."""

from stationsim.planning.objective import Score, days
from stationsim.planning.options.generators import Case
from stationsim.planning.options.seating import seating
from stationsim.station.act import Act
from stationsim.station.promises import promise_s
from stationsim.station.situation import CERTIFIED, Situation
from stationsim.station.transitions import AHEAD, Life


def estimate(case: Case, plan: Situation, waivers: int) -> Score:
    """Return the score of an option as far as its plan tells."""
    end_s = plan.station.scenario.horizon_s
    seats = seating(case.people, plan, until_s=end_s, moves=False)
    delay_s, stranded = returns(plan, end_s)
    work, changed, shift_s = _of_plan(plan, end_s)
    return Score.of_course(
        seats.person_s,
        {
            "stranded": stranded,
            "demands": len(plan.demands),
            "waivers": waivers,
            "work": work,
            "return-delay": days(delay_s),
            "launch-delay": days(_launch_delay_s(plan, end_s)),
            "changes": changed,
            "shift": days(shift_s),
        },
    )


def returns(plan: Situation, end_s: int) -> tuple[int, int]:
    """Return by how much people aboard and coming go home later than promised [person-s], and how many never do."""
    leaves: dict[str, int] = {}
    for act in plan.acts.values():
        kind = plan.station.kinds[plan.activity(act.id).kind]
        is_dated = act.start_s is not None and act.start_s < end_s and act.life in AHEAD
        if kind.effect == "undock" and is_dated and act.ship is not None and plan.status(act.ship) == CERTIFIED:
            leaves |= dict.fromkeys(plan.crew_at(act.ship, act.start_s or 0), act.start_s or 0)
    late_s, stranded = 0, 0
    for person in plan.aboard:
        promised_s = promise_s(person, plan)
        if promised_s is not None and promised_s < end_s:
            late_s += max(leaves.get(person, end_s) - promised_s, 0)
            stranded += person not in leaves
    return late_s, stranded


def _of_plan(plan: Situation, end_s: int) -> tuple[int, int, int]:
    """Return the weight of work without a date, how many activities have another date than wished, by how much [s]."""
    work, changed, shift_s = 0, 0, 0
    for act in plan.acts.values():
        kind = plan.station.kinds[plan.activity(act.id).kind]
        if act.wish_s is None or act.wish_s >= end_s or act.life in (Life.DONE, Life.GIVEN_UP):
            continue
        is_late = act.start_s is None or act.start_s + act.duration_s > end_s
        if is_late and kind.layer == "work" and act.id not in plan.remedies:
            work += kind.weight
        if act.start_s != act.wish_s:
            changed += 1
            shift_s += abs((end_s if act.start_s is None else act.start_s) - act.wish_s)
    return work, changed, shift_s


def _launch_delay_s(plan: Situation, end_s: int) -> int:
    """Return by how much people on the ground come up later than the file has it [person-s]."""
    coming = {
        person: act.start_s
        for act in plan.acts.values()
        if act.start_s is not None and _docks(act, plan)
        for person in plan.activity(act.id).crew
    }
    found = 0
    for act in plan.acts.values():
        if act.wish_s is not None and act.wish_s < end_s and act.id in plan.station.activities and _docks(act, plan):
            for person in plan.station.activities[act.id].crew:
                if person not in plan.aboard and person not in plan.left_s:
                    found += max(min(coming.get(person, end_s), end_s) - act.wish_s, 0)
    return found


def _docks(act: Act, plan: Situation) -> bool:
    return plan.station.kinds[plan.activity(act.id).kind].effect == "dock"
