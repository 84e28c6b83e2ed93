"""A leak of cabin air, told by hand, for the tests of `impact/` and `report/`.

A station of four volumes and two ships, 100 m³ each, 1 kg per kPa; volume `attic` is shut off and stays as it was. A
hole in `lab` is struck at 1000 s, hunted by shutting hatch `node-lab` (3000 s to 4000 s), patched at 6000 s and fed at
8000 s. In `rapid_outcome` people go to their ships instead.
"""

from impact.logs import Story, small_manifest

from stationsim.log.kinds import Kind
from stationsim.log.log import TRUTH
from stationsim.log.outcome import Outcome

HORIZON = 20_000
LIMIT = {"subject": "cabin-air", "quantity": "pressure", "value": 60.0, "unit": "kPa", "text": "leave by"}
NAMES = {
    "node": "Node", "lab": "Lab", "attic": "Attic", "lock": "Lock", "ferry": "Ferry", "barge": "Barge",
    "ann": "Ann", "bob": "Bob", "cid": "Cid", "houston": "Houston", "node-lab": "node-lab", "node-lock": "node-lock",
    "ferry/hatch": "hatch of Ferry", "barge/hatch": "hatch of Barge",
}  # fmt: skip
HATCHES = ("node-lab", "node-lock", "ferry/hatch", "barge/hatch")


def nodes():
    volumes = [{"id": name, "type": "volume", "name": NAMES[name]} for name in ("node", "lab", "lock", "attic")]
    return [*volumes, *({"id": name, "type": "vehicle", "name": NAMES[name]} for name in ("ferry", "barge"))]


def manifest(**changes):
    facts = {
        "horizon_s": HORIZON, "names": NAMES, "limits": [LIMIT], "graph": {"nodes": nodes(), "edges": []},
        "incidents": [{"id": "leak", "node": "lab", "at_s": 1000, "background": False, "mode": "cabin-air"}],
        "people": [{"id": who, "name": NAMES[who], "calendar": None} for who in ("ann", "bob", "cid")],
    }  # fmt: skip
    return small_manifest(**(facts | changes))


def opening() -> Story:
    told = Story()
    for port, ship in (("low", "ferry"), ("high", "barge")):
        told.tell(Kind.DOCKED, ship, place=port)
    for hatch in HATCHES:
        told.tell(Kind.OPENED, hatch)
    for person in ("ann", "bob", "cid"):
        told.tell(Kind.BOARDED, person, object="ferry")
    return told


def air(
    told: Story, members: str, p0: float, rate: float = 0.0, *, makeup: float = 0.0, cause: int | None = None
) -> int:
    """Tell of a body of air; every compartment has 100 m³ and 1 kg per kPa."""
    first, count = members.split(",", 1)[0], len(members.split(","))
    seq = told.tell(Kind.AIRED, first, view=TRUTH, value=p0, unit="kPa", text=members, cause=cause)
    told.law(seq, first, "air", volume_m3=100.0 * count, p0_kpa=p0, temperature_degc=22.0, makeup_kg_per_s=makeup,
             rate_per_s=rate, kg_per_kpa=1.0 * count)  # fmt: skip
    return seq


def hole(told: Story, node: str, area: float, incident: str = "leak", cause: int | None = None) -> int:
    seq = told.tell(Kind.LEAKED, node, object=incident, view=TRUTH, value=area, unit="m2", cause=cause)
    told.law(seq, node, "hole", area_m2=area, discharge=0.5)
    return seq


ALL = "barge,ferry,lab,lock,node"
REST = "barge,ferry,lock,node"
RATE = 1e-5


def slow_outcome() -> Outcome:
    """Return a leak that is hunted, patched and fed."""
    told = opening()
    struck = told.at(1000).tell(Kind.STRUCK, "leak", object="lab", value=0.002, unit="m", text="cabin-air")
    begun = air(told, ALL, 100.0, RATE, cause=hole(told, "lab", 1e-5, cause=struck))
    crossed = told.at(1500).tell(Kind.CROSSED, "barge", value=99.5, unit="kPa", text="alarm", cause=begun)
    facts = {"object": "leak", "view": "houston", "value": 99.5, "unit": "kPa", "text": "cabin-air"}
    alarm = told.tell(Kind.ALARMED, "barge", cause=crossed, **facts)
    facts = {"view": "houston", "start": 2000, "text": ALL}
    hunt = told.tell(Kind.SEARCHED, "leak", until=3000, cause=alarm, **facts)
    shut = told.at(3000).tell(Kind.CLOSED, "node-lab", cause=hunt)
    air(told, REST, 98.0, cause=shut)
    air(told, "lab", 98.0, 5 * RATE, cause=shut)
    test = told.tell(Kind.SEARCHED, "leak", object="node-lab", until=4000, cause=shut, **facts)
    opened = told.at(4000).tell(Kind.OPENED, "node-lab", cause=test)
    air(told, ALL, 97.0, RATE, cause=opened)
    told.tell(Kind.SEARCHED, "leak", cause=test, view="houston", start=2000, text="lab")
    over = told.at(6000).tell(Kind.ENDED, "leak", object="lab", cause=test)
    air(told, ALL, 95.0, cause=hole(told, "lab", 0.0, cause=over))
    air(told.at(8000), ALL, 99.0, cause=over)
    undocked = told.at(9000).tell(Kind.CLOSED, "barge/hatch")
    air(told, "ferry,lab,lock,node", 99.0, cause=undocked)
    air(told, "barge", 99.0, cause=undocked)
    told.tell(Kind.UNDOCKED, "barge", place="high", cause=undocked)
    usual = opening()
    usual.at(9000).tell(Kind.CLOSED, "barge/hatch")
    usual.tell(Kind.UNDOCKED, "barge", place="high")
    return Outcome(manifest=manifest(), nominal=usual.log, disrupted=told.log)


def rapid_outcome() -> Outcome:
    """Return a leak before which people go to their ships; Cid has none."""
    told = opening()
    struck = told.at(1000).tell(Kind.STRUCK, "leak", object="lab", value=0.1, unit="m", text="cabin-air")
    begun = air(told, ALL, 100.0, 1e-3, cause=hole(told, "lab", 1e-2, cause=struck))
    told.at(1060).tell(Kind.SHELTERED, "ann", object="ferry", until=1200, cause=begun)
    told.tell(Kind.SHELTERED, "bob", object="ferry", until=1200, cause=begun)
    told.tell(Kind.CAUGHT, "cid", cause=begun, text="no ship of their own is docked")
    shut = told.at(1200).tell(Kind.CLOSED, "ferry/hatch", cause=begun)
    air(told, "barge,lab,lock,node", 82.0, 1.25e-3, cause=shut)
    air(told, "ferry", 82.0, cause=shut)
    told.at(15_000).tell(Kind.OPENED, "ferry/hatch")
    return Outcome(manifest=manifest(), nominal=opening().log, disrupted=told.log)
