"""A ship at another port: its place at the start or its arrival, with its departure; what cannot be is refused."""

import pytest
from scenario.documents import spoiled

from stationsim.errors import ScenarioError
from stationsim.scenario.load import load

ARRIVAL = """\
  come: {name: Come, kind: docking, centre: houston, at: 2023-01-05, ship: boat-2, port: zenith, source: test}
  leave:
"""
KIND = """\
kinds:
  docking: {name: Docking, layer: skeleton, effect: dock, source: test}
  relocation: {name: Relocation, layer: skeleton, effect: relocate, source: test}
"""


def refusal(call):
    with pytest.raises(ScenarioError) as caught:
        call()
    return str(caught.value)


def port_of(scenario, section, id_):
    return next(item.port for item in getattr(scenario, section) if item.id == id_)


@pytest.fixture
def busy(folder):
    """Boat 2 comes to the zenith port while boat 1 is at the nadir port and leaves it later."""
    return load(folder.write(spoiled("  leave:\n", ARRIVAL, "kinds:\n", KIND)))


def test_ship_is_docked_elsewhere_and_leaves_from_there(small):
    moved = small.at_port("boat-1", "zenith")
    assert (port_of(moved, "vehicles", "boat-1"), port_of(moved, "activities", "leave")) == ("zenith", "zenith")
    assert port_of(small, "vehicles", "boat-1") == "nadir"
    assert moved.text_hash != small.text_hash
    assert moved.at_port("boat-1", "nadir") == small


def test_ship_on_the_ground_arrives_elsewhere(busy):
    moved = busy.at_port("boat-1", "zenith").at_port("boat-2", "nadir")
    assert port_of(moved, "activities", "come") == "nadir"
    assert port_of(moved, "vehicles", "boat-2") is None


def test_ship_that_is_relocated_leaves_from_where_it_went(busy):
    going = busy.with_activity(
        "go",
        name="Go",
        kind="relocation",
        centre="houston",
        at="2023-01-02",
        ship="boat-1",
        port="nadir",
        source="test",
    )
    moved = going.at_port("boat-1", "zenith")
    assert (port_of(moved, "activities", "leave"), port_of(moved, "activities", "go")) == ("nadir", "nadir")


def test_port_that_cannot_be_is_refused_with_those_that_can(busy):
    docked = busy.with_record(
        "vehicles", "boat-3", name="Boat 3", type="boat", centre="houston", port="zenith", source="x"
    )
    assert refusal(lambda: docked.at_port("boat-1", "zenith")) == (
        "at_port(port=...): 'zenith' is taken by 'boat-3'. Free ports that fit 'boat-1': none."
    )
    assert refusal(lambda: busy.at_port("boat-1", "side")) == (
        "at_port(port=...): 'side' has the mechanism cbm, but 'boat-1' has ssvp. Free ports that fit 'boat-1': zenith."
    )
    assert refusal(lambda: busy.at_port("boat-1", "cap")) == (
        "at_port(port=...): 'cap' is covered. Free ports that fit 'boat-1': zenith."
    )


def test_port_of_an_arrival_is_taken_by_who_never_leaves(busy):
    assert busy.at_port("boat-2", "nadir").activities[2].port == "nadir"
    staying = busy.without("leave")
    assert refusal(lambda: staying.at_port("boat-2", "nadir")) == (
        "at_port(port=...): 'nadir' is taken by 'boat-1'. Free ports that fit 'boat-2': zenith."
    )


def test_unknown_names_are_told_together(small):
    assert refusal(lambda: small.at_port("boat-3", "nadr")).splitlines() == [
        "at_port(ship=...): 'boat-3' is not a ship. Ships: boat-1, boat-2. Did you mean 'boat-2'?",
        "at_port(port=...): 'nadr' is not a port. Ports: cap, nadir, side, zenith. Did you mean 'nadir'?",
    ]


def test_ship_that_never_comes_has_no_port(small):
    assert refusal(lambda: small.at_port("boat-2", "zenith")) == (
        "at_port(ship=...): 'boat-2' is on the ground, and nothing planned brings it. "
        "Ships at a port or with an arrival: boat-1."
    )
