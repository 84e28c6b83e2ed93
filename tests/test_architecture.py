"""The front door: public names, templates in the documents, and what a wheel must hold."""

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
