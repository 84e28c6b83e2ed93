"""A file is there whole or not at all: what fails on the way leaves the older one, and nothing beside it."""

from pathlib import Path

import pytest

from stationsim.log.files import replace_file


def test_a_file_takes_the_place_of_an_older_one(tmp_path):
    for content in (b"old", b"new"):
        replace_file(tmp_path / "page.html", content)
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert (tmp_path / "page.html").read_bytes() == b"new"


def test_what_fails_on_the_way_leaves_the_older_file_and_nothing_else(tmp_path, monkeypatch):
    replace_file(tmp_path / "page.html", b"old")

    def fail(self, target):
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        replace_file(tmp_path / "page.html", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert (tmp_path / "page.html").read_bytes() == b"old"
