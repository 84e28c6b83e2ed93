"""Do the examples do what they say? Each is run in an empty folder and compared with its stored output."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


def test_there_are_examples_and_each_output_has_its_script():
    assert [script.stem for script in SCRIPTS] == [
        "every_port",
        "fewest_crews",
        "first_run",
        "forecasts",
        "move_the_leak",
        "own_mode",
        "own_policy",
        "own_rule",
        "tiny_station",
    ]
    assert {path.stem for path in EXAMPLES.glob("*.out")} == {script.stem for script in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_an_example_is_short_and_begins_with_a_comment_for_its_reader(script):
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= 40


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_an_example_prints_its_stored_output(script, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == script.with_suffix(".out").read_text(encoding="utf-8")


def test_the_first_run_fits_on_a_screen_and_leaves_a_page(tmp_path):
    script = EXAMPLES / "first_run.py"
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 15
    subprocess.run([sys.executable, str(script), "pages/leak.html"], cwd=tmp_path, capture_output=True, check=True)
    page = (tmp_path / "pages" / "leak.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "VKD-56" in page
