"""The front door: public names, templates in the documents, and what a wheel must hold."""

import re
from pathlib import Path

import pytest

import stationsim

ROOT = Path(__file__).parent.parent


def test_every_public_name_can_be_had_and_no_other_is_offered():
    for name in stationsim.__all__:
        assert getattr(stationsim, name) is not None
    assert dir(stationsim) == sorted(stationsim.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = stationsim.nothing


def test_no_room_bears_the_name_of_a_public_function():
    rooms = {path.name for path in (ROOT / "stationsim").iterdir() if path.is_dir()}
    assert not rooms & {name for name in stationsim.__all__ if name.islower()}


def test_no_document_names_a_template_that_does_not_exist():
    from stationsim.station.rules import TEMPLATES

    text = (ROOT / "docs" / "files.md").read_text(encoding="utf-8").split("## Rule templates")[1]
    first = [row.split("|")[1] for row in text.splitlines() if row.startswith("| `")]
    assert sorted(re.findall(r"`([a-z-]+)`", " ".join(first))) == sorted(TEMPLATES)
