"""Laws of reading: what is written out reads back, and nothing but a ScenarioError ever comes of a spoilt text."""

import subprocess
import sys
from unicodedata import category

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scenario.documents import SMALL, spoiled

from stationsim.errors import ScenarioError
from stationsim.scenario.load import available, load, scenario_text

LINES = SMALL.splitlines()
SCRAPS = st.sampled_from(
    ["~", "[]", "{}", "12", "-1", "1e400", "true", "!!str x", "&a b", "*a", "'", '"\\0"', "[", "{a: ", "nadir",
     "x" * 300,
     "boat-1/radiator", "2022-12-15T00:45Z", "2022-12", "5 d", "0 mm", "uniform(1 mm, 2 mm)", "{after: walk, by: 1 d}",
     "\x07", "\t", "- ", ": ", "9999-12-31", "0001-01-01T00:00Z", "walk", "look", "<<", "base: small", "?"]
)  # fmt: skip


def test_written_scenario_reads_back_equal(folder, small):
    again = load(folder.write(scenario_text(small), "again.yaml"))
    assert again == small
    assert scenario_text(again) == scenario_text(small)


@pytest.mark.parametrize("name", [name for name, _, path in available() if "/" in path])
def test_every_shipped_scenario_reads_back_equal(folder, name):
    scenario = load(name)
    assert load(folder.write(scenario_text(scenario), "again.yaml")) == scenario


@pytest.mark.parametrize(
    "at", ["2023-02", "{from: 2022-12-19, to: 2022-12-21}", "{from: 2022-12-15T02:20Z, to: 2022-12-15T02:30Z}",
           "2022-12-19", "2022-12-15T02:20:05Z", "{after: walk, by: 5 d}",
           "{after: walk, by: {from: 90 s, to: 2 d 3 h 4 min 5 s}}"]
)  # fmt: skip
def test_every_date_reads_back_equal(folder, at):
    scenario = load(folder.write(spoiled("at: {after: walk, by: {from: 2 d, to: 3 d}}", f"at: {at}")))
    assert load(folder.write(scenario_text(scenario), "again.yaml")) == scenario


def test_hash_is_of_what_is_said_and_not_of_how(folder, small):
    assert len(small.text_hash) == 16
    same = spoiled(
        "volume: 70 m3",
        "volume: 70000 L",
        "wake: 06:00",
        "wake: 6 h",
        "    status: covered\n",
        '    "status": covered # as said\n',
    )
    assert load(folder.write(same)).text_hash == small.text_hash
    folder.write(SMALL, "station.yaml")
    assert load(folder.write("base: station\n")).text_hash == small.text_hash
    other = load(folder.write(spoiled("volume: 70 m3", "volume: 70.1 m3")))
    assert other.text_hash != small.text_hash


def test_scenario_cannot_be_changed_in_place(small):
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        small.title = "x"
    assert hash(small) == hash(small)


def test_repr_is_short(small):
    assert repr(small) == "<Scenario small: 2022-12-14 to 2023-01-14, 3 activities, 2 incidents>"


def test_errors_are_the_same_under_any_hash_seed(folder):
    text = SMALL.replace("hub", "hbu", 7).replace("eva", "ева").replace("boat-1", "boat").replace("nadir", "nadri", 2)
    folder.write(text)
    code = "from stationsim.scenario.load import load; load('bad.yaml')"
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=False,
        ).stderr.split(b"ScenarioError: ")[-1]
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1


def test_reading_imports_nothing_heavy():
    code = (
        "import sys, stationsim.scenario.load\n"
        "print([name for name in ('numpy', 'pandas', 'networkx', 'simpy') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "[]\n"


@st.composite
def spoilt(draw):
    """Return the small document with lines removed, repeated, swapped, moved or overwritten."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        number = draw(st.integers(0, len(lines) - 1))
        line = lines[number]
        how = draw(st.sampled_from(["remove", "repeat", "value", "insert", "indent", "swap", "cut", "character"]))
        if how == "remove":
            del lines[number]
        elif how == "repeat":
            lines.insert(number, line)
        elif how == "value":
            lines[number] = line.partition(": ")[0] + ": " + draw(SCRAPS)
        elif how == "insert":
            lines.insert(number, line[: len(line) - len(line.lstrip())] + draw(SCRAPS))
        elif how == "indent":
            lines[number] = " " * draw(st.integers(0, 6)) + line.lstrip()
        elif how == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[number], lines[other] = lines[other], line
        elif how == "cut":
            words = line.split(" ")
            lines[number] = " ".join(words[: draw(st.integers(0, len(words)))])
        else:
            place = draw(st.integers(0, len(line)))
            lines[number] = line[:place] + draw(st.characters(codec="utf-8")) + line[place + 1 :]
    return "\n".join(lines) + "\n"


def attempt(name):
    """Return the scenario and no text, or no scenario and the text of the refusal."""
    try:
        return load(name), ""
    except ScenarioError as error:
        return None, str(error)


@given(text=spoilt())
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_spoilt_text_is_read_or_refused_in_words(folder, text):
    scenario, told = attempt(folder.write(text))
    if scenario is not None:
        assert load(folder.write(scenario_text(scenario), "again.yaml")) == scenario
    else:
        assert told.startswith("bad.yaml:")
        assert not [sign for sign in told if category(sign) == "Cc" and sign not in "\n\t"]


@given(data=st.binary(max_size=200))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_refused_in_words(folder, data):
    folder.refusal(data)
