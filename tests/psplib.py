"""Projects and job shops in their published forms, read as planning problems.

Two projects by hand, small enough to try everything; the others stand in `projects/` with their sources.
"""

import re
from pathlib import Path

from stationsim.planning.problem import Gap, Mode, Problem, Resource, Stage, Task

CHAIN = """\
************************************************************************
file with basedata            : chain.bas
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  5
horizon                       :  9
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           5
   4        1          1           5
   5        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
------------------------------------------------------------------------
  1      1     0       0
  2      1     3       2
  3      1     4       1
  4      1     2       1
  5      1     0       0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1
    2
************************************************************************
"""
TIGHT = """\
jobs (incl. supersource/sink ):  7
horizon                       :  19
RESOURCES
  - renewable                 :  2   R
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          3           2   3   4
   2        1          1           5
   3        1          1           6
   4        1          1           7
   5        1          1           7
   6        1          1           7
   7        1          0
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     3       2    1
  3      1     4       3    0
  4      1     2       2    2
  5      1     5       3    1
  6      1     2       1    3
  7      1     0       0    0
RESOURCEAVAILABILITIES:
  R 1  R 2
    4    3
"""
KNOWN = {"chain": (CHAIN, 7), "tight": (TIGHT, 14)}
"""Text and shortest duration, by name; a test tries every order of the jobs."""
PUBLISHED = {"j301_1.sm": 43, "j3013_1.rcp": 58, "j3029_1.rcp": 85, "ft06.txt": 55, "la01.txt": 666}
"""Published shortest durations by file [periods]."""
FILES = Path(__file__).parent / "projects"


def parsed(name):
    """Return a project by name as a problem, and its shortest duration."""
    text, shortest = KNOWN[name]
    return problem(text), shortest


def published(name):
    """Return a published instance by file as a problem, and its shortest duration."""
    read = {"sm": problem, "rcp": patterson, "txt": job_shop}[name.rpartition(".")[2]]
    return read((FILES / name).read_text(encoding="utf-8")), PUBLISHED[name]


def numbers(text, heading):
    """Return the rows of numbers under a heading."""
    rows = text.split(heading)[1].splitlines()[1:]
    found = []
    for row in rows:
        if re.fullmatch(r"[\s\d]+", row):
            found.append([int(word) for word in row.split()])
        elif found:
            break
    return found


def problem(text):
    """Return a single-mode project of PSPLIB (.sm) as a problem; a period is a second."""
    horizon = int(re.search(r"horizon\s*:\s*(\d+)", text)[1])
    (capacities,) = numbers(text, "RESOURCEAVAILABILITIES")
    jobs = {job: (duration, amounts) for job, _, duration, *amounts in numbers(text, "REQUESTS/DURATIONS")}
    follow = [(job, then) for job, _, _, *thens in numbers(text, "PRECEDENCE RELATIONS") for then in thens]
    return project(horizon, capacities, jobs, follow)


def patterson(text):
    """Return a project of Patterson's form (.rcp): a row per job with duration, amounts, followers."""
    (_, kinds), capacities, *rows = ([int(word) for word in row.split()] for row in text.splitlines())
    jobs = {job: (row[0], row[1 : 1 + kinds]) for job, row in enumerate(rows, 1)}
    follow = [(job, then) for job, row in enumerate(rows, 1) for then in row[2 + kinds :]]
    return project(sum(row[0] for row in rows), capacities, jobs, follow)


def job_shop(text):
    """Return a job shop as a project: machines are resources of one unit; a row per job of machine and duration."""
    (_, machines), *rows = ([int(word) for word in row.split()] for row in text.splitlines())
    jobs, follow = {}, []
    for number, row in enumerate(rows):
        for step in range(machines):
            machine, duration = row[2 * step : 2 * step + 2]
            jobs[f"{number}-{step}"] = duration, [int(one == machine) for one in range(machines)]
            follow += [(f"{number}-{step - 1}", f"{number}-{step}")] if step else []
    return project(sum(duration for duration, _ in jobs.values()), [1] * machines, jobs, follow)


def project(horizon, capacities, jobs, follow):
    """Return durations and amounts by job, and who follows whom, as a problem; a period is a second."""
    return Problem(
        now_s=0,
        until_s=horizon + 1,
        tasks=tuple(
            Task(
                id=f"{job}",
                modes=(
                    Mode(
                        id="1",
                        duration_s=duration,
                        needs={f"R{number}": amount for number, amount in enumerate(amounts, 1) if amount},
                    ),
                ),
            )
            for job, (duration, amounts) in jobs.items()
        ),
        resources=tuple(Resource(id=f"R{number}", capacity=amount) for number, amount in enumerate(capacities, 1)),
        gaps=tuple(Gap(first=f"{job}", then=f"{then}", min_s=0, from_end=True) for job, then in follow),
        objective=(Stage(measure="makespan"),),
    )
