"""Lantern, the small station of the chapter docs/station.md, with lines of a test over one of its scenarios."""

from pathlib import Path

import pages

from stationsim.scenario.load import load
from stationsim.scenario.model import Scenario


def lantern(folder: Path, text: str, *, base: str = "june") -> Scenario:
    """Write the files of the chapter into a folder and return one of its scenarios with these lines over it."""
    for block in pages.blocks("docs/station.md"):
        if "file" in block.words and "wrong" not in block.words:
            (folder / block.words["file"]).write_text(block.text, encoding="utf-8")
    path = folder / "over.yaml"
    path.write_text(f"scenario: over\nbase: {base}\n{text}", encoding="utf-8")
    return load(str(path))


EMPTY = """
people: {holm: {aboard: false}, vik: {aboard: false}}
activities: {sortie-1: ~, furnace-run: ~, skiff-1-undocking: ~, skiff-2-docking: {relieves: []}}
"""
"""Lines that leave nobody aboard until Skiff 2 comes on 21 June."""
