"""The first station with a second port and a ferry: a small station whose centre has a decision to take.

Capsule 1 leaks and does not take its two people home. Capsule 2 is to come with one person in March, ready in February,
and its two other seats are free.
"""

# ruff: noqa: E501 - a record is one line

FERRY = """
scenario: ferry
base: first-station
title: A ferry to the first station
text: The ship at the only used port loses its coolant, and the next one is on the ground.
until: 2030-08-01

ports:
  fore:
    {name: Fore port, host: hub, mechanism: probe, direction: fore, zone: hub-outside, source: "assumed, made up"}
  side:
    {name: Side port, host: lab, mechanism: probe, direction: side, zone: hub-outside, source: "assumed, made up"}

kinds:
  launch: {name: launch, layer: skeleton, effect: launch, usual_hour: 09:00, lead: 5 d, lasts: 10 min, weight: 10, source: "assumed"}
  docking: {name: docking, layer: skeleton, effect: dock, usual_hour: 12:00, lasts: 15 min, weight: 10, source: "assumed"}
  undocking: {name: undocking, layer: skeleton, effect: undock, usual_hour: 12:00, lead: 2 d, lasts: 5 min, weight: 10, source: "assumed"}
  seats: {name: move of seats, layer: skeleton, effect: fit, usual_hour: 13:00, lead: 1 d, lasts: 4 h, weight: 10, worth: 7 d, source: "assumed"}

rules:
  F-1: {template: ready, text: A ship is launched when it is ready., severity: hard, waived_by: flight director, kinds: [launch], source: "assumed"}
  F-4: {template: precedence, text: An activity follows what it is built on., severity: hard, waived_by: nobody, source: "assumed"}
  F-5: {template: aboard, text: Whoever takes part is aboard., severity: hard, waived_by: nobody, source: "assumed"}
  F-6: {template: port-free, text: A ship needs a free port., severity: hard, waived_by: nobody, source: "assumed"}
  F-2: {template: life-limit, text: A ship leaves before its certified life ends., severity: soft, waived_by: flight director, source: "assumed"}
  F-3: {template: calendar, text: Nobody docks on a holiday., severity: hard, waived_by: flight director, kinds: [docking], dates: [1999-01-01], source: "assumed"}

vehicles:
  capsule-2: {name: Capsule 2, type: capsule, centre: control, ready: 2030-02-04, source: "assumed, made up"}

people:
  third: {name: Third person, agency: agency, centre: control, segment: main, skills: [outside], seat: capsule-2, source: "assumed, made up"}

activities:
  capsule-2-launch: {name: Launch of Capsule 2, kind: launch, centre: control, ship: capsule-2, at: 2030-03-04, source: "assumed"}
  capsule-2-docking:
    {name: Docking of Capsule 2, kind: docking, centre: control, ship: capsule-2, port: fore, at: {after: capsule-2-launch, by: 3 h}, crew_up: [third], source: "assumed"}
  capsule-1-undocking: {name: Departure of Capsule 1, kind: undocking, centre: control, ship: capsule-1, port: aft, at: 2030-03-20, source: "assumed"}
  capsule-2-undocking: {name: Departure of Capsule 2, kind: undocking, centre: control, ship: capsule-2, port: fore, at: 2030-07-10, source: "assumed"}
"""
