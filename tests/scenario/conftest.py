import pytest
from scenario.documents import SMALL, Folder

from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Folder:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)


@pytest.fixture
def small(folder) -> Scenario:
    """The small document, loaded."""
    return load(folder.write(SMALL, "small.yaml"))
