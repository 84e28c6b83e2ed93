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


def test_the_pictures_of_the_readme_are_there_are_small_and_can_be_drawn_anew():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]+\]\((reports/gallery/[\w-]+\.png)\)\n\n\*", text)
    assert len(shown) >= 4
    assert sorted(shown) == sorted(f"reports/gallery/{path.name}" for path in (ROOT / "reports" / "gallery").iterdir())
    drawn = re.findall(
        r'^    "([\w-]+)": \("', (ROOT / "docs" / "gallery.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(f"reports/gallery/{name}.png" for name in drawn) == sorted(shown)
    assert [name for name in shown if (ROOT / name).stat().st_size >= 400_000] == []
