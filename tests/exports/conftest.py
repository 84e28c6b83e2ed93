import attrs
import pandas as pd
import pytest
from impact.logs import decided_outcome, sample_outcome

from stationsim.ensemble.second import COLUMNS
from stationsim.impact.hinged import Hinged
from stationsim.impact.impact import Impact, assess

EVIL = '=1+1"<script>alert(1)</script>\u202e,;|*`_ \U0001f680\u200d\U0001f525\r\n@b\\c'
"""A name that is data everywhere: a formula, quotes, HTML, a direction mark, separators, emoji, lines, a backslash."""


@pytest.fixture(scope="session")
def told() -> Impact:
    """The leak of December 2022, told by hand."""
    return assess(sample_outcome())


@pytest.fixture(scope="session")
def decided() -> Impact:
    """A decision about a ship that takes nobody home."""
    return assess(decided_outcome())


def further(impact, name="Tug"):
    """Return an impact with what one more failure would do and what its decision hangs on, each told once."""
    row = {"failure": "tug", "name": name, "kind": "ship", "nodes": ("tug", "tug/engine"), "start_s": 0,
           "until_s": 172800, "start_utc": "", "until_utc": "", "days": 2.0, "people": ("ann", "ben"), "without": 2,
           "none": 0, "left": 2, "already": 0, "leave": 0, "evacuates": False, "nominal_left": 1, "nominal_leave": 0,
           "nominal_evacuates": False, "new": 1, "person_days": 4.0, "new_person_days": 2.0}  # fmt: skip
    second = pd.DataFrame({key: pd.Series([row[key]], dtype=dtype) for key, dtype in COLUMNS.items()})
    element = {"element": f"{name} leaves", "sort": "empty", "subject": "tug", "object": "", "rules": ["R-1"],
               "numbers": [], "shifts": [], "pairs": [["R-2", "R-3"]]}  # fmt: skip
    decision = {"seq": 1, "ship": "tug", "day": "2022-12-15", "option": "keep", "text": name}
    flip = {"hinge": "R-1", "sort": "rule", "value": name, "variant": "without it", "flip": "no decision is needed",
            "day": None, "option": None, "text": None, "level": None, "amount": None, "gone": [], "come": [],
            "shifted": [], "source": name}  # fmt: skip
    found = {"decision": decision, "tried": {"rule": 1}, "played": 1, "held": 0, "elements": [element, element],
             "flips": [flip], "opened": [], "refused": []}  # fmt: skip
    return attrs.evolve(impact, second=second, hinges=Hinged.of([found]))


@pytest.fixture(scope="session")
def deep(decided) -> Impact:
    """A decision with what it hangs on, and with what one more failure would do."""
    return further(decided)


@pytest.fixture(scope="session")
def hostile_deep(hostile_decided) -> Impact:
    return further(hostile_decided, EVIL)


def renamed(outcome):
    """Give everything and everybody a name that programs might take for something else."""
    manifest = outcome.manifest
    names = {id_: f"{EVIL} {id_}" for id_ in manifest.names}
    facts = {id_: known | {"kind_name": EVIL} for id_, known in manifest.activities.items()}
    rules = {id_: known | {"text": EVIL} for id_, known in manifest.rules.items()}
    waivers = [known | {"rationale": EVIL, "by": EVIL} for known in manifest.waivers]
    graph = {
        "nodes": [node | {"name": EVIL} for node in manifest.graph["nodes"]],
        "edges": [edge | {"why": EVIL} for edge in manifest.graph["edges"]],
    }
    evil = attrs.evolve(
        manifest, title=EVIL, names=names, activities=facts, rules=rules, waivers=waivers, graph=graph
    )  # fmt: skip
    return attrs.evolve(outcome, manifest=evil)


@pytest.fixture(scope="session")
def hostile() -> Impact:
    return assess(renamed(sample_outcome()))


@pytest.fixture(scope="session")
def hostile_decided() -> Impact:
    return assess(renamed(decided_outcome()))


@pytest.fixture(scope="session")
def empty() -> Impact:
    """A run without a plan, people, ships or incidents."""
    outcome = sample_outcome()
    bare = attrs.evolve(
        outcome.manifest, people=[], ports=[], activities={}, incidents=[], waivers=[], ships={}, rules={}, names={},
        graph={"nodes": [], "edges": []}, limits=[], title="",
    )  # fmt: skip
    impact = assess(attrs.evolve(outcome, manifest=outcome.manifest, disrupted=outcome.nominal))
    tables = {
        field.name: getattr(impact, field.name).iloc[:0]
        for field in attrs.fields(Impact)
        if hasattr(getattr(impact, field.name), "iloc") and field.name != "totals"
    }
    return attrs.evolve(impact, manifest=bare, **tables)
