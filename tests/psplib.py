"""Projects in the .sm form of PSPLIB, read as planning problems; two by hand, small enough to try everything."""

import re

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


def parsed(name):
    """Return a project by name as a problem, and its shortest duration."""
    text, shortest = KNOWN[name]
    return problem(text), shortest


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
    """Return a single-mode project as a problem; a period is a second."""
    horizon = int(re.search(r"horizon\s*:\s*(\d+)", text)[1])
    (capacities,) = numbers(text, "RESOURCEAVAILABILITIES")
    tasks = []
    for job, mode, duration, *amounts in numbers(text, "REQUESTS/DURATIONS"):
        needs = {f"R{number}": amount for number, amount in enumerate(amounts, 1) if amount}
        tasks.append(Task(id=f"{job}", modes=(Mode(id=f"{mode}", duration_s=duration, needs=needs),)))
    return Problem(
        now_s=0,
        until_s=horizon + 1,
        tasks=tuple(tasks),
        resources=tuple(Resource(id=f"R{number}", capacity=amount) for number, amount in enumerate(capacities, 1)),
        gaps=tuple(
            Gap(first=f"{job}", then=f"{then}", min_s=0, from_end=True)
            for job, _, _, *thens in numbers(text, "PRECEDENCE RELATIONS")
            for then in thens
        ),
        objective=(Stage(measure="makespan"),),
    )
