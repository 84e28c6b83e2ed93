"""How does the cost of a run grow with activities, ships and horizon? A generator of stations, deterministic by seed.

    python benchmarks/growth.py [MOST]

Hardware, ship types, modes and books of the shipped station; six people, two ships for them, cargo ships that come to
two ports in turn, and work of some hours by one or two people in windows of some days, a sortie every month. `MOST` is
the largest number of activities. Medians of three of the processor time; a leak of the first cargo ship that docked.
"""

import random
import statistics
import sys
import time
from datetime import datetime, timedelta

import yaml

from stationsim.kernel.simulate import simulate
from stationsim.planning.policies import rules_first
from stationsim.scenario.draw import draw
from stationsim.scenario.load import parse
from stationsim.scenario.model import Scenario

BASE = [
    *("iss", "soyuz-ms", "progress-ms", "crew-dragon", "cargo-dragon", "cygnus", "launchers"),
    *("leaks", "air", "alarms", "failures", "demands", "general", "moscow", "houston"),
]
SKILLS = ["orlan", "canadarm2", "era-inside"]
BEGIN = datetime(2030, 1, 7)  # noqa: DTZ001 - written as UTC below
PEOPLE = ("ana", "bo", "cem", "dag", "eva", "fil")
PORTS = ("zvezda-aft", "poisk-zenith")
SOURCE = {"source": "made up"}


def day(number: float) -> str:
    """Return a day of the scenario as it is written in a file."""
    return (BEGIN + timedelta(days=int(number))).strftime("%Y-%m-%d")


def station(activities: int, ships: int, days: int, *, seed: int = 1, leak: bool = False) -> Scenario:
    """Return a drawn scenario with so many pieces of work, visits of cargo ships and days.

    Args:
        activities: Pieces of work, sorties included.
        ships: Cargo ships that come and leave, each with a launch, a docking and an undocking.
        days: Days to the horizon.
        seed: Another number gives another plan of the same size.
        leak: Does a loop of the first cargo ship leak, two days after it has come?
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    plan = _visits(ships, days) | _work(activities, days, chance)
    tree = {
        "scenario": "made-up",
        "base": BASE,
        "title": "A made-up station",
        "from": f"{day(0)}T00:00Z",
        "until": day(days),
        "vehicles": _fleet(ships),
        "people": {name: _person(number, name) for number, name in enumerate(PEOPLE)},
        "activities": plan,
    }
    if leak:
        at = f"{day(_every(ships, days) * 0.2 + 5)}T06:00Z"
        node = {"node": "cargo-0/external-loop", "at": at, "hole": "0.8 mm"}
        tree["incidents"] = [{"id": "loop", "leak": "coolant-loop", "cause": "unexplained", **node, **SOURCE}]
    return draw(parse(yaml.safe_dump(tree, sort_keys=False)))


def _every(ships: int, days: int) -> float:
    """Return how many days lie between two visits at one port."""
    return days * len(PORTS) / max(ships, len(PORTS))


def _fleet(ships: int) -> dict[str, dict[str, object]]:
    common = {"type": "soyuz-ms", "centre": "moscow", "launched": "2030-01-02", "docked": "2030-01-03", **SOURCE}
    found = {"crew-a": {"name": "Crew A", "port": "rassvet-nadir", **common}}
    found["crew-b"] = {"name": "Crew B", "port": "prichal-nadir", **common}
    for number in range(ships):
        found[f"cargo-{number}"] = {"name": f"Cargo {number}", "type": "progress-ms", "centre": "moscow", **SOURCE}
    return found


def _person(number: int, name: str) -> dict[str, object]:
    return {
        "name": name.title(), "agency": "agency", "centre": "moscow", "segment": "russian", "skills": list(SKILLS),
        "aboard": True, "seat": "crew-a" if number < 3 else "crew-b", **SOURCE,  # noqa: PLR2004 - three seats each
    }  # fmt: skip


def _visits(ships: int, days: int) -> dict[str, dict[str, object]]:
    every, found = _every(ships, days), {}
    for number in range(ships):
        name, port = f"cargo-{number}", PORTS[number % len(PORTS)]
        begin = every * (number // len(PORTS) + 0.1 + 0.3 * (number % len(PORTS)))
        common = {"centre": "moscow", "ship": name, **SOURCE}
        found[f"{name}-launch"] = {"name": f"Launch {number}", "kind": "launch", "at": day(begin), **common}
        after = {"after": f"{name}-launch", "by": "2 d"}
        docking = {"name": f"Docking {number}", "kind": "docking", "at": after, "port": port, **common}
        found[f"{name}-docking"] = docking
        left = {"name": f"Undocking {number}", "kind": "undocking", "at": day(begin + every * 0.7), "port": port}
        found[f"{name}-undocking"] = {**left, **common}
    return found


def _work(count: int, days: int, chance: random.Random) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for number in range(count):
        first = 3 + (days - 20) * number / count
        window = {"from": day(first), "to": day(first + 10)}
        common = {"centre": "moscow", "at": window, **SOURCE}
        if number % max(4, count * 30 // days) == 1:
            pair = chance.sample(PEOPLE, 2)
            people = [{"role": "ev", "who": person} for person in pair]
            sortie = {"name": f"Sortie {number}", "kind": "eva-orlan", "people": people, "airlock": "poisk-airlock"}
            found[f"sortie-{number}"] = {**sortie, "worksites": ["nauka-outside"], **common}
            continue
        people = [{"role": "crew", "who": person} for person in chance.sample(PEOPLE, chance.choice((1, 1, 2)))]
        lasts = f"{chance.choice((1, 2, 3))} h"
        kind = chance.choice(("research", "maintenance"))
        found[f"job-{number}"] = {"name": f"Job {number}", "kind": kind, "lasts": lasts, "people": people, **common}
    return found


def took_s(scenario: Scenario) -> tuple[float, int]:
    """Return the median processor time of three runs [s], and how many events there are."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        log = simulate(scenario, policy=rules_first)
        times.append(time.process_time() - begun)
    return statistics.median(times), len(log.rows)


def main(most: int = 200) -> None:
    """Print how cost grows along each of the three, the others held."""
    cases = [(n, 8, 300) for n in (25, 50, 100, 200, 400, 800) if n <= most]
    cases += [(50, ships, 300) for ships in (2, 8, 16, 32) if ships <= most]
    cases += [(50, 8, days) for days in (150, 300, 600, 1200)]
    print(f"{'activities':>10} {'ships':>6} {'days':>6} {'events':>7} {'nominal':>11} {'with a leak':>12}")
    for activities, ships, days in cases:
        calm_s, events = took_s(station(activities, ships, days))
        leak_s, _ = took_s(station(activities, ships, days, leak=True))
        line = f"{activities:10} {ships:6} {days:6} {events:7} {calm_s * 1e3:8.0f} ms {leak_s * 1e3:9.0f} ms"
        print(line, flush=True)


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:2]))
