import attrs
import pytest
from impact.logs import sample_outcome

from stationsim.impact.impact import Impact, assess
from stationsim.report.words import words_of


@pytest.fixture(scope="session")
def told() -> Impact:
    """The leak of December 2022, told by hand."""
    return assess(sample_outcome())


@pytest.fixture(scope="session")
def quiet() -> Impact:
    """The same plan, and nothing happens."""
    outcome = sample_outcome()
    calm = attrs.evolve(outcome.manifest, incidents=[], title="A quiet increment")
    return assess(attrs.evolve(outcome, manifest=calm, disrupted=outcome.nominal))


@pytest.fixture(scope="session")
def bare(quiet) -> Impact:
    """A run in which there is nothing at all: no plan, no people, no ships."""
    tables = {
        field.name: getattr(quiet, field.name).iloc[:0]
        for field in attrs.fields(Impact)
        if hasattr(getattr(quiet, field.name), "iloc")
    }
    manifest = attrs.evolve(quiet.manifest, people=[], ports=[], calendars=[], activities={}, waivers=[], limits=[])
    return attrs.evolve(quiet, manifest=manifest, **tables)


@pytest.fixture(scope="session")
def words(told):
    return words_of(told)
