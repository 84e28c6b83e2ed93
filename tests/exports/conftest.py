import attrs
import pytest
from impact.logs import decided_outcome, sample_outcome

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
