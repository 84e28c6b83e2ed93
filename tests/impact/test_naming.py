"""Names of bodies of air and of hatches."""

import pytest
from impact.airs import ALL, manifest, rapid_outcome, slow_outcome
from impact.logs import small_manifest

from stationsim.impact.changes import changes
from stationsim.impact.headline import brief, sentences
from stationsim.impact.naming import compartments, hatch_name, is_air, is_body
from stationsim.impact.reading import Reading
from stationsim.impact.words import Words
from stationsim.log.kinds import Kind
from stationsim.log.log import Row


def say(kind, subject="leak", **columns):
    return Words(manifest()).say(Row(**{"seq": 0, "step": 0, "t_s": 0, "kind": kind, "subject": subject} | columns))


@pytest.mark.parametrize(
    ("kind", "columns", "text"),
    [
        (Kind.AIRED, {"subject": "barge", "text": ALL, "value": 99.5, "unit": "kPa"},
         "5 compartments share one body of air at 99.5 kPa"),
        (Kind.AIRED, {"subject": "lab", "text": "lab,node"}, "Lab and Node share one body of air"),
        (Kind.CROSSED, {"subject": "barge", "value": 60.0, "unit": "kPa", "text": "limit"},
         "the cabin air reached 60 kPa (pressure limit)"),
        (Kind.CROSSED, {"subject": "barge", "value": 40.0, "unit": "degC"}, "Barge reached 40 °C"),
        (Kind.ALARMED, {"subject": "barge", "object": "leak", "view": "houston", "value": 99.0, "unit": "kPa"},
         "Houston was told of trouble with the cabin air at 99 kPa"),
        (Kind.REPORTED, {"subject": "barge", "object": "leak", "view": "houston", "by": "x"},
         "Houston learnt of the cabin air from x"),
        (Kind.REPORTED, {"subject": "lab", "object": "leak", "view": "houston", "by": "x"},
         "Houston learnt of Lab from x"),
        (Kind.SEARCHED, {"view": "houston", "start_s": 60, "until_s": 90, "text": ALL},
         "Houston hunts the leak from 2022-12-14T00:01Z on: it may be in 5 compartments"),
        (Kind.SEARCHED, {"view": "houston", "object": "node-lab", "until_s": 90, "text": "lab,node"},
         "Houston tests with hatch Node / Lab shut: the leak may be in Lab and Node"),
        (Kind.SEARCHED, {"view": "houston", "text": "lab"}, "Houston ended the hunt: the leak is in Lab"),
        (Kind.SEARCHED, {}, "the crew ended the hunt: the leak may be in any compartment"),
        (Kind.SHELTERED, {"subject": "ann", "object": "ferry", "until_s": 60},
         "Ann went to Ferry, there at 2022-12-14T00:01Z"),
        (Kind.SHELTERED, {"subject": "ann"}, "Ann went to a refuge"),
        (Kind.WENT_BACK, {"subject": "ann", "object": "lab"}, "Ann left Lab again"),
        (Kind.CAUGHT, {"subject": "cid", "text": "no ship"}, "Cid could not be in a ship in time: no ship"),
        (Kind.CLOSED, {"subject": "ferry/hatch"}, "hatch of Ferry is shut"),
    ],
)  # fmt: skip
def test_a_phrase(kind, columns, text):
    assert say(kind, **columns) == text


def test_what_is_a_body_of_air():
    told = manifest(ships={"tug": {}})
    assert compartments(told) == ("node", "lab", "lock", "attic", "ferry", "barge", "tug")
    assert compartments(told, "volume") == ("node", "lab", "lock", "attic")
    assert is_body(told, "cabin-air")
    assert is_body(told, "lab,tug")
    assert not is_body(told, "lab/loop")
    assert not is_body(small_manifest(), "lab")
    assert is_air(told, "lab", "pressure")
    assert not is_air(told, "ferry", "temperature")


def test_a_hatch_with_a_name_of_its_own_keeps_it():
    names = {"a": "A", "b": "B", "a-b": "the door", "a-c": "a-c"}
    assert [hatch_name(names, hatch) for hatch in ("a-b", "a-c", "x")] == [None, None, None]


def test_the_headline_of_a_slow_leak():
    reading = Reading.of(slow_outcome())
    assert sentences(reading, changes(reading)) == (
        "A leak of cabin air struck Lab on 2022-12-14 00:16:40 UTC. Every activity stayed as planned."
    )
    assert brief(reading, changes(reading)) == "1 leak · nothing changed"


def test_the_headline_of_a_rapid_leak():
    reading = Reading.of(rapid_outcome())
    assert sentences(reading, changes(reading)) == (
        "A leak of cabin air struck Lab on 2022-12-14 00:16:40 UTC. Two people took shelter; Cid could not be in a ship"
        " before the pressure limit."
    )
    assert brief(reading, changes(reading)) == "1 leak · 2 sheltered · 1 caught"
