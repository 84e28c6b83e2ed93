"""The smallest document in which every kind of record appears, and ways to spoil it."""

from pathlib import Path

import pytest

from stationsim.errors import ScenarioError
from stationsim.scenario.load import load

SMALL = """\
scenario: small
title: A small station
from: 2022-12-14T00:00Z
until: 2023-01-14
centres:
  houston:
    {name: Houston, report_delay: 30 min, response: 10 min, calendar: day, source: test}
calendars:
  day:
    wake: 06:00
    sleep: 21:30
    work: ["08:00-12:00", "13:00-17:00"]
    exercise: 150 min
    work_per_day: 6 h 30 min
    source: test
volumes:
  hub: {name: Hub, segment: usos, volume: 70 m3, source: test}
  lock: {name: Lock, segment: usos, volume: 34 m3, needs: [hub], source: test}
hatches:
  hub-lock: {between: [hub, lock], closes_in: 3 min, source: test}
zones:
  hub-outside: {name: Around the hub, source: test}
ports:
  nadir:
    name: Hub nadir
    host: hub
    mechanism: ssvp
    direction: nadir
    zone: hub-outside
    source: test
  zenith:
    name: Hub zenith
    host: hub
    mechanism: ssvp
    direction: zenith
    zone: hub-outside
    source: test
  side:
    name: Hub side
    host: hub
    mechanism: cbm
    direction: port
    zone: hub-outside
    source: test
  cap:
    name: Hub forward
    host: hub
    mechanism: ssvp
    direction: forward
    status: covered
    zone: hub-outside
    source: test
airlocks:
  door: {name: Door, volume: lock, shuts: [hub-lock], suit: emu, zone: hub-outside, source: test}
arms:
  crane:
    name: Crane
    centre: houston
    setup: 1 d
    inspects: [nadir]
    survey_lead: 2 d
    survey_skill: robotics
    components:
      elbow: {type: joint}
      hand: {type: joint, needs: [elbow]}
    source: test
things:
  camera: {type: camera, needs: {all: [hub], some: [nadir, zenith], of: 1, soft: [lock]}}
fluids:
  glycol: {name: Glycol, hazard: inert, clears: 1 d, source: test}
types:
  boat:
    name: Boat
    mechanism: ssvp
    seats: 1
    life: 200 d
    volume: 10 m3
    components:
      radiator:
        type: loop
        loop:
          liquid: 40 L
          gas: 10 L
          pressure: 200 kPa
          density: 800 kg/m3
          discharge: 0.6
          works_above: 50 kPa
          alarm_below: 100 kPa
          alarm_latency: 1 min
          fluid: glycol
    capabilities:
      crewed-return: {type: capability, needs: [radiator]}
    cabin:
      capacity: 1 MJ/K
      person: 100 W
      docked: 300 W
      flight: 500 W
      loop: radiator
      loop_conductance: 100 W/K
      loop_at: -5 degC
      hull_conductance: 10 W/K
      hull_at: 0 degC
      hose_conductance: 20 W/K
      station_at: 23 degC
      limit: 40 degC
      uncertainty: 2 K
      nominal_return: 8 h
      emergency_return: 4 h
      source: test
    source: test
modes:
  drip:
    text: It leaks
    how: leak
    types: [loop]
    questions:
      usable: {text: "Usable at all?", after: 36 h, source: test}
    responses:
      look: {kind: survey, lasts: 4 h, by: arm, answers: usable, source: test}
    source: test
  stuck:
    text: It does not move
    how: change
    types: [joint]
    noticed_after: 1 min
    expect: 9 d
    source: test
kinds:
  eva: {name: Sortie, layer: work, effect: outside, usual_hour: 12:00, lasts: 6 h, source: test}
  survey: {name: Survey, layer: work, days: [mon, tue, wed, thu, fri], source: test}
  undocking: {name: Undocking, layer: skeleton, effect: undock, source: test}
rules:
  EVA-1:
    template: needs-health
    text: No sortie while a question is open
    source: test
    severity: safety
    waived_by: flight director
    books: [houston]
    kinds: [eva]
    question: usable
    capability: crewed-return
vehicles:
  boat-1:
    name: Boat 1
    type: boat
    centre: houston
    port: nadir
    launched: 2022-09-21T13:54Z
    source: test
  boat-2: {name: Boat 2, type: boat, centre: houston, ready: 2023-01, source: test}
people:
  anna:
    name: Anna
    agency: test
    centre: houston
    segment: usos
    skills: [robotics, eva]
    aboard: true
    seat: boat-1
    source: test
  boris: {name: Boris, agency: test, centre: houston, segment: usos, skills: [eva], source: test}
activities:
  walk:
    name: Walk
    kind: eva
    centre: houston
    at: 2022-12-19T12:00Z
    people:
      - {role: ev1, who: anna, skill: eva}
      - {role: iv, skill: robotics}
    airlock: door
    arms: [crane]
    worksites: [hub-outside]
    tasks:
      bolt: {text: Turn a bolt, lasts: 30 min, worksite: hub-outside}
    known_on: 2022-12-01
    source: test
  look:
    name: Look
    kind: survey
    centre: houston
    at: {after: walk, by: {from: 2 d, to: 3 d}}
    uses: [camera]
    needs: [crane/hand, boat-1/radiator]
    follows: [walk]
    source: test
  leave:
    name: Leave
    kind: undocking
    centre: houston
    at: 2023-01-10
    ship: boat-1
    port: nadir
    source: test
waivers:
  - {rule: EVA-1, activity: look, rationale: Nobody goes outside}
incidents:
  - id: loop
    leak: drip
    node: boat-1/radiator
    at: 2022-12-15T00:45Z
    hole: uniform(0.5 mm, 1 mm)
  - {id: joint, change: stuck, node: crane/elbow, at: 2022-12-20, lasts: "triangular(5 d, 9 d, 20 d)", expect: 9 d}
"""


class Folder:
    """A working directory in which documents are written and loaded."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, text: str, name: str = "bad.yaml") -> str:
        """Write a document and return its name."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return name

    def refusal(self, text: str | bytes, name: str = "bad.yaml") -> str:
        """Return the whole text of the error that loading a document raises."""
        if isinstance(text, bytes):
            (self.path / name).write_bytes(text)
        else:
            self.write(text, name)
        with pytest.raises(ScenarioError) as caught:
            load(name)
        assert len(caught.value.args) == 1
        return str(caught.value)


def spoiled(*changes: str) -> str:
    """Return the small document with old texts replaced by new ones, each of which must be there once."""
    text = SMALL
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert text.count(old) == 1, f"{text.count(old)} times: {old}"
        text = text.replace(old, new)
    return text
