"""What cannot be at the start."""

# ruff: noqa: E501 - a case and the whole text it is told are one line

import pytest
from scenario.documents import spoiled

from stationsim.scenario.cycles import cycles


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (("ready: 2023-01", "port: nadir"), "vehicles.boat-2.port: 'nadir' is taken by 'boat-1'. Dock one of them elsewhere."),
        (("port: nadir\n    launched", "port: side\n    launched"), "vehicles.boat-1.port: 'side' has the mechanism cbm, but 'boat-1' has ssvp. Ports that fit: nadir, zenith."),
        (("port: nadir\n    launched", "port: cap\n    launched"), "vehicles.boat-1.port: 'cap' is covered. Free ports: nadir, side, zenith."),
        (("seat: boat-1", "seat: boat-2"), "people.anna.seat: 'boat-2' is not docked, but 'anna' is aboard. Docked: boat-1."),
        (("segment: usos, skills: [eva]", "segment: usos, aboard: true, seat: boat-1, skills: [eva]"), "people.boris.seat: 'boat-1' has places for 1, but 2 people have seats in it. Give 'boris' another seat."),
        (("between: [hub, lock]", "between: [hub]"), "hatches.hub-lock.between: A hatch joins two volumes, but this names 1. Write [VOLUME, VOLUME]."),
        (("of: 1", "of: 3"), "things.camera.needs.of: 3 of 2 cannot work. Write 1 to 2."),
        (("of: 1", "of: 0"), "things.camera.needs.of: 0 of 2 cannot work. Write 1 to 2."),
        (("volume: 70 m3,", "volume: 70 m3, needs: [lock],"), "volumes.hub.needs: A node needs itself: hub -> lock -> hub. Remove one of these needs."),
        (("volume: 70 m3,", "volume: 70 m3, needs: {soft: [nadir]},"), "volumes.hub.needs: A node needs itself: hub -> nadir -> hub. Remove one of these needs."),
        (("elbow: {type: joint}", "elbow: {type: joint, needs: [hand]}"), "arms.crane.components.elbow.needs: A node needs itself: crane/elbow -> crane/hand -> crane/elbow. Remove one of these needs."),
        (("          fluid: glycol\n", "          fluid: glycol\n        tank: {volume: 1 L, pressure: 1000 kPa, temperature: 20 degC, gas: helium, discharge: 0.6, works_above: 1 kPa, alarm_below: 2 kPa, alarm_latency: 1 s, fluid: glycol}\n"), "types.boat.components.radiator.tank: It has a 'loop:' too. Write two nodes, one for the liquid and one for the gas."),
        (("needs: [radiator]", "needs: [crewed-return]"), "types.boat.capabilities.crewed-return.needs: A node needs itself: boat/crewed-return -> boat/crewed-return. Remove one of these needs."),
        (("incidents:", "opening: [{node: hub-lock, centre: houston, source: test}]\nincidents:"), "opening[0]: This says nothing of the node. Write 'health:', 'state:' of a hatch, 'status:' of a ship or 'mode:'."),
        (("incidents:", "opening: [{node: nadir, status: certified, source: test}]\nincidents:"), "opening[0].status: 'nadir' takes nobody home, so it has no status. Ships that do: boat-1, boat-2."),
        (("incidents:", "opening: [{node: boat-1, status: emergency-only, source: test}]\nincidents:"), "opening[0].status: The type of 'boat-1' has no capability 'emergency-return'. Write 'unusable'."),
        (("incidents:", "opening: [{node: boat-1, status: fine, source: test}]\nincidents:"), "opening[0].status: 'fine' is not allowed here. Allowed: certified, emergency-only, unknown, unusable."),
        (("incidents:", "opening: [{node: crane/elbow, mode: stuk, source: test}]\nincidents:"), "opening[0].mode: 'stuk' is not a mode. Modes: drip, stuck. Did you mean 'stuck'?"),
        (("incidents:", "opening: [{node: crane/elbow, mode: stuck, health: failed, source: test}]\nincidents:"), "opening[0].mode: The mode says what became of the node. Remove it, or 'health:'."),
        (("incidents:", "opening: [{node: camera, mode: stuck, source: test}]\nincidents:"), "opening[0].node: 'camera' is a camera, which 'stuck' cannot strike."),
        (("incidents:", "opening: [{node: boat-1/radiator, mode: drip, source: test}]\nincidents:"), "opening[0].mode: A leak has a course of its own. Write it under 'incidents:', or here the 'health:' that it left."),
        (("incidents:", "opening: [{node: crane/elbow, mode: stuck, centre: houston, source: test}]\nincidents:"), "opening[0].centre: What has struck is known to every centre. Remove 'centre:', or write the 'health:' that one believes."),
        (("incidents:", "opening: [{node: crane/elbow, mode: stuck, since: 2022-12-15, source: test}]\nincidents:"), "opening[0].since: This comes after the scenario starts. Write it under 'incidents:' with 'at:', or an earlier time."),
        (("incidents:", "opening: [{node: crane/elbow, health: failed, since: 2022-12-01, source: test}]\nincidents:"), "opening[0].since: Only what has struck began at a time and has an end. Write 'mode: MODE' too."),
        (("incidents:", "opening: [{node: crane/elbow, mode: stuck, since: 2022-12-01, lasts: 3 d, source: test}]\nincidents:"), "opening[0].lasts: It is over when the scenario starts. Remove the entry, or write a longer duration."),
        (("incidents:", "opening: [{node: crane/elbow, health: failed, expect: 3 d, source: test}]\nincidents:"), "opening[0].expect: Only what has struck began at a time and has an end. Write 'mode: MODE' too."),
        (("incidents:", "opening: [{node: crane/elbow, state: open, source: test}]\nincidents:"), "opening[0].state: 'crane/elbow' is a joint. Only a hatch is open or closed."),
        (("incidents:", "opening: [{node: crane/elbow, health: unknown, source: test}]\nincidents:"), "opening[0].health: Nothing is unknown in truth. Write 'centre:' for who does not know, or another health."),
        (("incidents:", "opening: [{node: crane/elbow, health: failed, centre: berlin, source: test}]\nincidents:"), "opening[0].centre: 'berlin' is not a centre. Centres: houston."),
    ],
    ids=str,
)  # fmt: skip
def test_impossible_opening_is_told(folder, changes, told):
    lines = folder.refusal(spoiled(*changes)).splitlines()
    assert lines[0].split(": ", 1)[1] == told
    assert len(lines) == 3


def test_improvised_places_count(folder):
    from stationsim.scenario.load import load

    text = spoiled(
        "segment: usos, skills: [eva]",
        "segment: usos, aboard: true, seat: boat-1, skills: [eva]",
        "seats: 1",
        "seats: 1\n    contingency: 1",
    )
    assert load(folder.write(text)).types[0].contingency == 1


def test_scenario_must_end_after_it_begins(folder):
    lines = folder.refusal(spoiled("until: 2023-01-14", "until: 2022-12-14")).splitlines()
    assert lines[0] == "bad.yaml:4:8: until: The scenario ends before it begins. Write a time after 'from'."


def test_somebody_must_decide(folder):
    told = "bad.yaml: centres: Nobody decides here. Write a control centre, or stand on a base that has one."
    text = "scenario: bare\nfrom: 2031-06-02T00:00Z\nuntil: 2031-07-15\n"
    place = told.replace("bad.yaml:", "bad.yaml:1:1:")
    assert folder.refusal(text) == f"{place}\n    scenario: bare\n    ^"
    assert folder.refusal(text + "centres: {}\n").splitlines()[0] == told.replace("bad.yaml:", "bad.yaml:4:10:")
    assert "Nobody decides" not in folder.refusal(text + "centres: {north: soon}\n")


def test_cycles_begin_with_the_first_name_and_all_are_found():
    assert cycles({"z": ["a"], "a": ["z"], "m": ["m"], "k": ["m"]}) == [("a", "z", "a"), ("m", "m")]
    assert cycles({"a": ["b"], "b": []}) == []
    many = {f"n{number:02}": [f"n{number:02}"] for number in range(30)}
    assert len(cycles(many)) == 20
