"""Where does the time of a run go? cProfile of the nominal run, a leak without a decision, and a decision.

    python benchmarks/profiling.py

Each of a plan of which nothing is known yet: with its course known, nothing is left of a nominal run to profile.
Shares are of the profiled time, in which small functions weigh more than without a profiler. By room: time in functions
of that package alone. By question: time in a function with all that it calls, so that these shares overlap.
"""

import cProfile
import pstats
import time
from pathlib import Path

import attrs

from stationsim.kernel.simulate import simulate
from stationsim.planning.policies import rules_first
from stationsim.scenario.draw import draw
from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario

QUESTIONS = {
    "compile the station": ("station.py", "of"),
    "open the plan": ("opening.py", "open_plan"),
    "verify the plan": ("opening.py", "require_verified"),
    "take a step": ("agenda.py", "_step"),
    "may it begin? (poll)": ("polls.py", "no_go"),
    "what was its start held against?": ("verdicts.py", "of_start"),
    "who has which seat and return": ("cover.py", "seat"),
    "which processes does it concern?": ("steps.py", "touched"),
    "what does a centre believe?": ("situation.py", "situate"),
    "apply a row to the state": ("__init__.py", "apply"),
    "review": ("reviews.py", "review"),
    "repair": ("repair.py", "repair"),
    "weigh the options": ("decisions.py", "_weighed"),
    "rules about one choice": ("__init__.py", "blocks"),
    "rules about two": ("__init__.py", "separations"),
    "windows of two": ("windows.py", "pair_windows"),
    "timelines: stays": ("situation.py", "_stays"),
    "timelines: seats": ("situation.py", "_seatings"),
}
"""What is asked, and the function that answers it."""


def room(file: str) -> str:
    """Return the package that a function stands in."""
    parts = Path(file).parts
    if "stationsim" not in parts:
        return "SimPy" if "simpy" in parts else "networkx" if "networkx" in parts else "Python"
    below = parts[len(parts) - parts[::-1].index("stationsim") :]
    return "/".join(below[:2]) if below[:2] == ("station", "rules") else below[0]


def profile(drawn: Scenario) -> tuple[dict[str, float], dict[str, float]]:
    """Return the shares of a run by room and by question."""
    simulate(drawn, policy=rules_first)
    drawn = attrs.evolve(drawn, activities=(*drawn.activities,))  # a plan of which no course is known yet
    profiler = cProfile.Profile(time.process_time)
    profiler.enable()
    simulate(drawn, policy=rules_first)
    profiler.disable()
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    total = sum(own for _, _, own, _, _ in stats.values())
    rooms: dict[str, float] = {}
    questions: dict[str, float] = {}
    for (file, _, name), (_, _, own, cumulative, _) in stats.items():
        rooms[room(file)] = rooms.get(room(file), 0.0) + own / total
        for question, (ending, function) in QUESTIONS.items():
            if "stationsim" in file and file.endswith(ending) and name == function:
                questions[question] = max(questions.get(question, 0.0), cumulative / total)
    return rooms, questions


def main() -> None:
    """Print both tables."""
    leaky = draw(load("soyuz-ms22"))
    cargo = attrs.evolve(leaky, incidents=(attrs.evolve(leaky.incidents[0], node="progress-ms-21/external-loop"),))
    found = [profile(drawn) for drawn in (attrs.evolve(leaky, incidents=()), cargo, leaky)]
    print(f"{'share of the profiled time':34} {'nominal':>8} {'leak':>8} {'decision':>8}")
    for part, order in ((0, sorted({name for item in found for name in item[0]})), (1, list(QUESTIONS))):
        if part == 0:
            order.sort(key=lambda name: -found[2][0].get(name, 0.0))
        for name in order:
            print(f"{name:34} " + " ".join(f"{item[part].get(name, 0.0):8.0%}" for item in found))
        print()


if __name__ == "__main__":
    main()
