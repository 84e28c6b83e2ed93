# A station of one module, one port and two people, written out here; one failure; the run saved and read again.
import sys

import stationsim as ss

STATION = """
scenario: tiny
from: 2030-03-01T00:00Z
until: 2030-05-01
centres: {base: {name: Base, report_delay: 5 min, response: 30 min, calendar: day, segments: [all], source: made up}}
calendars: {day: {wake: 06:00, sleep: 22:00, work: ["08:00-17:00"], exercise: 1 h, work_per_day: 6 h, source: made up}}
zones: {outside: {name: outside, source: made up}}
volumes: {hub: {name: Hub, segment: all, volume: 60 m3, source: made up}}
ports: {south: {name: South, host: hub, mechanism: ring, direction: south, zone: outside, source: made up}}
types:
  boat:
    {name: Boat, mechanism: ring, seats: 2, volume: 8 m3, components: {engine: {type: engine}}, source: made up,
     capabilities: {crewed-return: {type: capability, needs: [engine]}}}
vehicles: {gull: {name: Gull, type: boat, centre: base, port: south, source: made up}}
people:
  ida: {name: Ida, agency: base, centre: base, segment: all, aboard: true, seat: gull, source: made up}
  tom: {name: Tom, agency: base, centre: base, segment: all, aboard: true, seat: gull, source: made up}
kinds: {return: {name: Return, layer: skeleton, effect: undock, usual_hour: 09:00, lasts: 3 h, source: made up}}
rules:
  b-1: {template: needs-health, text: What is needed works, severity: hard, waived_by: nobody, source: made up}
activities:
  home: {name: Landing, kind: return, centre: base, at: 2030-04-10, ship: gull, needs: [gull/engine], source: made up}
modes:
  stuck: {text: It does not start, how: change, types: [engine], noticed_after: 1 min, expect: 20 d, source: made up}
incidents: [{id: valve, change: stuck, node: gull/engine, at: 2030-04-01T10:00Z, lasts: 12 d}]
"""
folder = ss.save(ss.run(ss.parse(STATION)), sys.argv[1] if len(sys.argv) > 1 else "tiny-run")
impact = ss.assess(ss.read(folder))
print(impact.headline)
lacking = impact.cover.query("run == 'disrupted' and level > 0")
days = (lacking.until_s - lacking.start_s) / 86400
print(lacking.assign(days=days)[["person", "name", "days"]].to_string(index=False))
print(ss.why(ss.read(folder), "home"))
