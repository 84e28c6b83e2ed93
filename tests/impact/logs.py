"""Small logs, told in the domain's words, for the tests of `impact/` and `report/`.

    told = Story()
    leak = told.at("2022-12-15T00:45Z").tell(Kind.STRUCK, "loop", object="soyuz-ms-22/external-loop")
    told.plan(Kind.UNDATED, "vkd-56", cause=leak, rule="EVA-R1")

`sample_outcome()` is a whole leak in December 2022, told by hand: its numbers are plausible, not computed.
"""

import attrs

from stationsim.log.kinds import TABLES, Kind
from stationsim.log.log import TRUTH, Log, Row
from stationsim.log.outcome import Manifest, Outcome
from stationsim.units import parse_duration, parse_utc, parse_window

START = "2022-12-14T00:00Z"
UNTIL = "2023-02-15T00:00Z"
DAY = 86400


def seconds(text: str | int | None) -> int | None:
    """Return seconds since `START` of a day or a clock time; None and numbers stay."""
    if text is None or isinstance(text, int):
        return text
    moment = parse_utc(text) if "T" in text else parse_window(text)[0]
    return int((moment - parse_utc(START)).total_seconds())


class Story:
    """A log under construction; every row is a step of its own."""

    def __init__(self) -> None:
        self.log = Log()
        self.now_s = 0
        self.dates: dict[str, dict[str, object]] = {}

    def at(self, when: str | int) -> "Story":
        """Go forward to a time."""
        self.now_s = seconds(when)
        return self

    def tell(self, kind: Kind, subject: str, **columns) -> int:
        """Append a row; `start` and `until` may be texts."""
        for name in ("start", "until"):
            if name in columns:
                columns[f"{name}_s"] = seconds(columns.pop(name))
        seq = len(self.log)
        self.log.append(Row(seq=seq, step=seq, t_s=self.now_s, kind=kind, subject=subject, **columns))
        return seq

    def plan(self, kind: Kind, subject: str, start=None, **columns) -> int:
        """Append a row about an activity's date with its revision; what is not named stays as it was."""
        facts = {"lasts": "1 h", "before": "0 s", "after": "0 s", "people": {}, "ship": None, "port": None}
        facts |= {"uses": "", "tasks": "", "priority": 3} | self.dates.get(subject, {})
        facts |= {name: columns.pop(name) for name in list(columns) if name in facts}
        self.dates[subject] = facts
        start_s = seconds(start)
        until_s = None if start_s is None else start_s + parse_duration(facts["lasts"])
        seq = self.tell(kind, subject, start_s=start_s, until_s=until_s, **columns)
        people = facts["people"]
        record = (seq, subject, start_s, until_s, parse_duration(facts["before"]), parse_duration(facts["after"]))
        record += (",".join(people), ",".join(people.values()), facts["ship"], facts["port"], facts["uses"])
        self.log.attach("revisions", (*record, facts["tasks"], facts["priority"]))
        return seq

    def block(self, seq: int, lo, hi, rule: str, reason: str, **more) -> None:
        """Attach a window that forbids dates of the activity of row `seq`."""
        facts = {"mode": "overlap", "severity": "hard", "cause": None, "binding": 1} | more
        subject = self.log.rows[seq].subject
        record = (seq, subject, seconds(lo), seconds(hi), facts["mode"], rule, facts["severity"], reason)
        self.log.attach("blocks", (*record, facts["cause"], facts["binding"]))

    def law(self, seq: int, subject: str, model: str, **parameters: float) -> None:
        """Attach the parameters of a law of physics."""
        for name, value in parameters.items():
            self.log.attach("physics", (seq, subject, model, name, value, "1"))

    def also(self, seq: int, *causes: int) -> None:
        """Attach further causes."""
        for cause in causes:
            self.log.attach("causes", (seq, cause))

    def work(self, seq: int, start_s: int, until_s: int) -> None:
        """Log the time of everybody who took part in the activity of row `seq`."""
        subject = self.log.rows[seq].subject
        for person, role in self.dates[subject]["people"].items():
            self.tell(Kind.WORKED, subject, object=person, cause=seq, start_s=start_s, until_s=until_s, text=role)

    def fly(self, subject: str, start, given_by: int) -> int:
        """Prepare, start and finish an activity that has this date; nothing else happens meanwhile."""
        facts, start_s = self.dates[subject], seconds(start)
        before_s, lasts_s, after_s = (parse_duration(facts[name]) for name in ("before", "lasts", "after"))
        if before_s:
            self.at(start_s - before_s).tell(Kind.PREPARED, subject, until_s=start_s, cause=given_by)
        begun = self.at(start_s).tell(Kind.STARTED, subject, cause=given_by, start_s=start_s, until_s=start_s + lasts_s)
        done = self.at(start_s + lasts_s).tell(Kind.FINISHED, subject, cause=begun)
        self.work(done, start_s - before_s, start_s + lasts_s + after_s)
        return done


# --- a whole case -----------------------------------------------------------------------------------------------------

SOYUZ_CREW = ("prokopyev", "petelin", "rubio")
DRAGON_CREW = ("mann", "cassada", "wakata", "kikina")
NAMES = {
    "soyuz-ms-22": "Soyuz MS-22", "progress-ms-20": "Progress MS-20", "progress-ms-21": "Progress MS-21",
    "progress-ms-22": "Progress MS-22", "crew-5": "Crew-5 Dragon", "crs-26": "CRS-26 Dragon", "ng-18": "Cygnus NG-18",
    "rassvet-nadir": "Rassvet nadir", "zvezda-aft": "Zvezda aft", "poisk-zenith": "Poisk zenith",
    "harmony-forward": "Harmony forward", "harmony-zenith": "Harmony zenith", "unity-nadir": "Unity nadir",
    "prokopyev": "Sergey Prokopyev", "petelin": "Dmitry Petelin", "rubio": "Frank Rubio", "mann": "Nicole Mann",
    "cassada": "Josh Cassada", "wakata": "Koichi Wakata", "kikina": "Anna Kikina",
    "vkd-56": "VKD-56", "vkd-57": "VKD-57",
    "us-eva-83": "US EVA-83", "us-eva-84": "US EVA-84", "us-eva-85": "US EVA-85",
    "crs-26-undocking": "CRS-26 undocking", "progress-ms-20-undocking": "Progress MS-20 undocking",
    "progress-ms-22-launch": "Progress MS-22 launch", "progress-ms-22-docking": "Progress MS-22 docking",
    "soyuz-ms-22-undocking": "Soyuz MS-22 undocking", "crew-5-undocking": "Crew-5 undocking",
    "loop-inspection": "Inspection of the loop", "loop-function-test": "Function test of Soyuz MS-22",
    "moscow": "TsUP Moscow", "houston": "MCC Houston", "rassvet": "Rassvet outside", "poisk-outside": "Poisk outside",
    "soyuz-ms-22/external-loop": "External loop of Soyuz MS-22",
}  # fmt: skip
PORTS = {
    "rassvet-nadir": "soyuz-ms-22", "zvezda-aft": "progress-ms-20", "poisk-zenith": "progress-ms-21",
    "harmony-forward": "crew-5", "harmony-zenith": "crs-26", "unity-nadir": "ng-18",
}  # fmt: skip
LAUNCHES = {
    "soyuz-ms-22": "2022-09-21", "progress-ms-20": "2022-06-03", "progress-ms-21": "2022-10-26",
    "crew-5": "2022-10-05", "crs-26": "2022-11-26", "ng-18": "2022-11-07",
}  # fmt: skip
HATCHES = {
    "rassvet-soyuz-ms-22": Kind.OPENED, "zvezda-progress-ms-20": Kind.OPENED, "poisk-zvezda": Kind.OPENED,
    "poisk-progress-ms-21": Kind.CLOSED, "harmony-crew-5": Kind.OPENED,
}  # fmt: skip
RULES = {
    "EVA-R1": "No sortie while the ship of its crew is not certified.",
    "EVA-R2": "No sortie through a zone wet with an unidentified fluid.",
    "ARM-1": "Two uses of an arm lie its set-up time apart.",
    "EVA-U1": "No sortie while it is open whether a docked ship is usable at all.",
}
KIND_NAMES = {"vkd": "VKD", "us-eva": "US EVA", "undocking": "undocking", "launch": "launch", "docking": "docking"}
KIND_NAMES |= {"inspection": "inspection", "function-test": "function test"}
EFFECTS = {"vkd": "outside", "us-eva": "outside", "undocking": "undock", "launch": "launch", "docking": "dock"}
LEVELS = ("certified", "improvised", "emergency-only", "unfit or unknown", "none")

_VKD = {"prokopyev": "ev1", "petelin": "ev2", "kikina": "arm"}
_EVA = {"lasts": "7 h", "before": "5 h", "after": "1 h", "uses": "canadarm2"}
PLAN = {
    "vkd-56": ("2022-12-15T02:20Z", {"lasts": "6 h 37 min", "before": "4 h", "after": "1 h", "people": _VKD}),
    "us-eva-83": ("2022-12-19T12:10Z", _EVA | {"people": {"cassada": "ev1", "rubio": "ev2", "mann": "arm"}}),
    "vkd-57": ("2022-12-21T12:00Z", {"lasts": "6 h", "before": "4 h", "after": "1 h", "people": _VKD}),
    "crs-26-undocking": ("2023-01-09T12:00Z", {"lasts": "30 min", "ship": "crs-26", "port": "harmony-zenith"}),
    "us-eva-84": ("2023-01-20T12:10Z", _EVA | {"people": {"mann": "ev1", "wakata": "ev2", "cassada": "arm"}}),
    "us-eva-85": ("2023-02-02T12:10Z", _EVA | {"people": {"mann": "ev1", "wakata": "ev2", "cassada": "arm"}}),
    "progress-ms-20-undocking": ("2023-02-07T12:00Z", {"ship": "progress-ms-20", "port": "zvezda-aft"}),
    "progress-ms-22-launch": ("2023-02-09T06:15Z", {"lasts": "9 min", "ship": "progress-ms-22"}),
    "progress-ms-22-docking": ("2023-02-11T08:00Z", {"ship": "progress-ms-22", "port": "zvezda-aft"}),
    "crew-5-undocking": ("2023-02-28T12:00Z", {"ship": "crew-5", "port": "harmony-forward"}),
    "soyuz-ms-22-undocking": ("2023-03-28T12:00Z", {"ship": "soyuz-ms-22", "port": "rassvet-nadir"}),
}


def sample_outcome() -> Outcome:
    """Return a leak in December 2022: both logs and the manifest."""
    return Outcome(manifest=sample_manifest(), nominal=sample_nominal(), disrupted=sample_disrupted())


def sample_opening(told: Story) -> dict[str, int]:
    """Tell the opening rows; return the `seq` of each activity's plan."""
    told.tell(Kind.CONFIGURED, "soyuz-ms22", until=UNTIL, text="A leak on Soyuz MS-22")
    for port, ship in PORTS.items():
        told.tell(Kind.DOCKED, ship, place=port, start=LAUNCHES[ship])
    for person in (*SOYUZ_CREW, *DRAGON_CREW):
        told.tell(Kind.BOARDED, person, object=_ship_of(person))
        told.tell(Kind.FITTED, person, object=_ship_of(person))
    for hatch, kind in HATCHES.items():
        told.tell(kind, hatch)
    given = {subject: told.plan(Kind.PLANNED, subject, start, **facts) for subject, (start, facts) in PLAN.items()}
    told.tell(Kind.WAIVED, "us-eva-84", rule="EVA-U1", by="state commission", text="the plan of record")
    for person in (*SOYUZ_CREW, *DRAGON_CREW):
        departure = f"{_ship_of(person)}-undocking"
        told.tell(
            Kind.RETURN_PROMISED, f"{person}-return", object=departure, place=_ship_of(person), start=PLAN[departure][0]
        )
    for person in (*SOYUZ_CREW, *DRAGON_CREW):
        seat(told, person, 0)
    return given


def seat(told: Story, person: str, level: int, cause: int | None = None) -> int:
    """Tell a person's seat class."""
    facts = {"value": float(level), "unit": "class", "text": LEVELS[level], "cause": cause}
    return told.tell(Kind.SEATED, person, object=_ship_of(person), view="moscow", **facts)


def sample_nominal() -> Log:
    """Tell the plan as it was."""
    told = Story()
    given = sample_opening(told)
    for subject in ("vkd-56", "us-eva-83", "vkd-57"):
        told.fly(subject, PLAN[subject][0], given[subject])
    sample_rest(told, given)
    return told.log


def sample_rest(told: Story, given: dict[str, int]) -> None:
    """Tell January and February, which the leak does not touch."""
    for subject in ("crs-26-undocking", "us-eva-84", "us-eva-85", "progress-ms-20-undocking"):
        done = told.fly(subject, PLAN[subject][0], given[subject])
        if subject.endswith("-undocking"):
            told.tell(Kind.UNDOCKED, PLAN[subject][1]["ship"], place=PLAN[subject][1]["port"], cause=done)
    done = told.fly("progress-ms-22-launch", PLAN["progress-ms-22-launch"][0], given["progress-ms-22-launch"])
    told.tell(Kind.LAUNCHED, "progress-ms-22", cause=done)
    done = told.fly("progress-ms-22-docking", PLAN["progress-ms-22-docking"][0], given["progress-ms-22-docking"])
    told.tell(Kind.DOCKED, "progress-ms-22", place="zvezda-aft", start="2023-02-09T06:15Z", cause=done)


def sample_disrupted() -> Log:
    """Tell the leak and what follows."""
    told = Story()
    given = sample_opening(told)
    told.at("2022-12-14T22:20Z").tell(Kind.PREPARED, "vkd-56", until="2022-12-15T02:20Z", cause=given["vkd-56"])
    leaked, alarm = _leak(told)
    unknown, wet = _first_hour(told, alarm)
    _sortie_falls(told, unknown, wet)
    _runs_dry(told, leaked)
    _response(told, alarm)
    sample_rest(told, given)
    return told.log


def _leak(told: Story) -> tuple[int, int]:
    loop = "soyuz-ms-22/external-loop"
    struck = told.at("2022-12-15T00:45Z").tell(
        Kind.STRUCK, "loop", object=loop, value=0.0008, unit="m", text="coolant-loop"
    )
    leaked = told.tell(Kind.LEAKED, loop, object="loop", value=9.25e-6, unit="m3/s", cause=struck)
    law = {"gas0_m3": 0.005, "pressure0_kpa": 304.0, "density_kg_m3": 690.0, "k": 6.541e-7, "liquid_m3": 0.044}
    told.law(leaked, loop, "loop", **law)
    told.tell(Kind.HEALTH_CHANGED, loop, view=TRUTH, text="degraded", cause=leaked)
    crossed = told.at("2022-12-15T00:48Z").tell(
        Kind.CROSSED, loop, value=200.0, unit="kPa", text="alarm_below", cause=leaked
    )
    facts = {"object": "loop", "value": 200.0, "unit": "kPa", "text": "coolant-loop"}
    alarm = told.at("2022-12-15T00:50Z").tell(Kind.ALARMED, loop, view="moscow", by="sensor", cause=crossed, **facts)
    told.tell(Kind.HEALTH_CHANGED, loop, view="moscow", text="unknown", cause=alarm)
    return leaked, alarm


def _first_hour(told: Story, alarm: int) -> tuple[int, int]:
    for question, text, until in (
        ("loop/fluid", "Which fluid, does it still flow?", "2022-12-18T18:00Z"),
        ("loop/usable", "Is the ship usable at all?", "2022-12-16T12:00Z"),
    ):
        facts = {"object": "loop", "view": "moscow", "until": until, "text": text}
        told.tell(Kind.ASKED, question, cause=alarm, **facts)
    wet = told.tell(Kind.WETTED, "rassvet", object="loop", view="moscow", text="unknown", until=None, cause=alarm)
    told.tell(Kind.WETTED, "poisk-outside", object="loop", view="moscow", text="unknown", cause=alarm)
    unknown = told.tell(
        Kind.STATUS_CHANGED, "soyuz-ms-22", object="crewed-return", view="moscow", text="unknown", cause=alarm
    )
    for person in SOYUZ_CREW:
        seat(told, person, 3, unknown)
    facts = {"rule": "EVA-R2", "until": "2022-12-15T04:20Z", "text": "its worksite may be wet"}
    told.tell(Kind.HELD, "vkd-56", cause=wet, **facts)
    facts = {"object": "loop", "view": "houston", "by": "moscow", "text": "coolant-loop"}
    told_houston = told.at("2022-12-15T01:05Z").tell(Kind.REPORTED, "soyuz-ms-22/external-loop", cause=alarm, **facts)
    facts = {"object": "loop", "view": "houston", "until": "2022-12-16T12:00Z", "text": "Is the ship usable at all?"}
    told.tell(Kind.ASKED, "loop/usable", cause=told_houston, **facts)
    told.tell(
        Kind.STATUS_CHANGED, "soyuz-ms-22", object="crewed-return", view="houston", text="unknown", cause=told_houston
    )
    return unknown, wet


def _sortie_falls(told: Story, unknown: int, wet: int) -> None:
    told.at("2022-12-15T03:10Z").tell(Kind.REVIEWED, "moscow", view="moscow", value=11.0, unit="1", cause=unknown)
    off = told.tell(Kind.CALLED_OFF, "vkd-56", rule="EVA-R1", cause=unknown, text="its crew's ship is not certified")
    told.also(off, wet)
    told.work(off, seconds("2022-12-14T22:20Z"), told.now_s)
    for subject in ("vkd-56", "vkd-57"):
        gone = told.plan(
            Kind.UNDATED, subject, rule="EVA-R1", cause=unknown, text="Soyuz MS-22 is not certified for its crew"
        )
        told.also(gone, wet)
        told.block(gone, "2022-12-15T00:50Z", None, "EVA-R1", "Soyuz MS-22 is of unknown status", cause=unknown)
        told.block(gone, "2022-12-15T00:50Z", None, "EVA-R2", "Rassvet may be wet", cause=wet, severity="safety")


def _runs_dry(told: Story, leaked: int) -> None:
    loop = "soyuz-ms-22/external-loop"
    empty = told.at("2022-12-15T03:43Z").tell(Kind.EMPTIED, loop, value=30.36, unit="kg", cause=leaked)
    law = {"gas0_m3": 0.049, "pressure0_kpa": 31.02, "density_kg_m3": 690.0, "k": 0.0, "liquid_m3": 0.0}
    told.law(empty, loop, "loop", **law)
    told.tell(Kind.HEALTH_CHANGED, loop, view=TRUTH, text="failed", cause=empty)
    warm = told.tell(Kind.HEATED, "soyuz-ms-22", value=22.0, unit="degC", cause=empty, text="its loop no longer cools")
    told.law(warm, "soyuz-ms-22", "cabin", t0_c=22.0, target_c=31.5, rate_per_s=1.4e-5)


def _response(told: Story, alarm: int) -> None:
    loop, start = "soyuz-ms-22/external-loop", "2022-12-18T12:00Z"
    test = {"lasts": "3 h", "people": {"petelin": "operator"}, "priority": 1}
    look = {"lasts": "4 h", "before": "2 h", "people": {"mann": "arm"}, "uses": "canadarm2", "priority": 1}
    tested = told.at("2022-12-15T04:00Z").plan(
        Kind.ADDED, "loop-function-test", "2022-12-16T08:00Z", object="loop", cause=alarm, **test
    )
    looked = told.plan(Kind.ADDED, "loop-inspection", start, object="loop", cause=alarm, **look)
    moved = told.plan(
        Kind.MOVED, "us-eva-83", "2022-12-21T12:10Z", rule="ARM-1", cause=looked, text="the arm is set up for a survey"
    )
    told.block(moved, "2022-12-18T10:00Z", "2022-12-20T14:00Z", "ARM-1", "survey of the loop", cause=looked)
    told.block(
        moved, 0, "2022-12-16T12:00Z", "EVA-U1", "Soyuz MS-22 may not be usable", mode="start", cause=alarm, binding=0
    )
    done = told.fly("loop-function-test", "2022-12-16T08:00Z", tested)
    for centre, when in (("moscow", "2022-12-16T12:00Z"), ("houston", "2022-12-16T12:15Z")):
        answer = told.at(when).tell(
            Kind.ANSWERED, "loop/usable", object="loop", view=centre, text="usable in an emergency", cause=done
        )
        facts = {"object": "crewed-return", "view": centre, "text": "emergency-only", "value": -1.5, "unit": "K"}
        status = told.tell(Kind.STATUS_CHANGED, "soyuz-ms-22", cause=answer, **facts)
        told.tell(Kind.HEALTH_CHANGED, loop, view=centre, text="failed", cause=answer)
        if centre == "moscow":
            for person in SOYUZ_CREW:
                seat(told, person, 2, status)
                told.tell(
                    Kind.RETURN_LOST, f"{person}-return", object="soyuz-ms-22-undocking", place="soyuz-ms-22",
                    cause=status, text="Soyuz MS-22 is kept for emergencies only",
                )  # fmt: skip
    hose = told.at("2022-12-17T09:00Z").tell(
        Kind.HEATED, "soyuz-ms-22", value=30.2, unit="degC", cause=done, text="a ventilation hose is connected"
    )
    told.law(hose, "soyuz-ms-22", "cabin", t0_c=30.2, target_c=26.0, rate_per_s=3.0e-5)
    done = told.fly("loop-inspection", start, looked)
    answer = told.at("2022-12-18T18:00Z").tell(
        Kind.ANSWERED, "loop/fluid", object="loop", view="moscow", text="a coolant, it no longer flows", cause=done
    )
    told.tell(Kind.CLEARED, "poisk-outside", object="loop", view="moscow", cause=answer)
    told.fly("us-eva-83", "2022-12-21T12:10Z", moved)


def sample_manifest() -> Manifest:
    """Return what the sample says about itself."""
    return Manifest(
        scenario="soyuz-ms22",
        title="A leak on Soyuz MS-22",
        start_utc=START,
        horizon_s=seconds(UNTIL),
        seed=0,
        scenario_hash="5f0c2a19",
        scenario_text="scenario: soyuz-ms22\n",
        versions={"stationsim": "0.1.0"},
        names=dict(NAMES),
        people=[_person(person) for person in (*SOYUZ_CREW, *DRAGON_CREW)],
        calendars=[_calendar("crew-day", 21600, 77400), _calendar("crew-day-west", 21600, 77400)],
        ports=[
            {"id": port, "name": NAMES[port], "segment": segment, "mechanism": mechanism, "status": "free"}
            for port, segment, mechanism in (
                ("rassvet-nadir", "russian", "ssvp-g4000"), ("zvezda-aft", "russian", "ssvp-g4000"),
                ("poisk-zenith", "russian", "ssvp-g4000"), ("harmony-forward", "western", "idss"),
                ("harmony-zenith", "western", "idss"), ("unity-nadir", "western", "cbm"),
            )
        ],
        activities=_activities(),
        incidents=[
            {"id": "loop", "node": "soyuz-ms-22/external-loop", "at_s": seconds("2022-12-15T00:45Z"),
             "background": False, "mode": "coolant-loop"},
        ],
        rules={
            rule: {"text": text, "source": "illustrative", "severity": "hard", "waived_by": "flight director",
                   "template": "needs-health"}
            for rule, text in RULES.items()
        },
        waivers=[
            {"rule": "EVA-U1", "activity": "us-eva-84", "rationale": "the plan of record", "by": "state commission"}
        ],
        ships={
            ship: {"name": NAMES[ship], "type": ship.rsplit("-", 1)[0], "type_name": NAMES[ship].rsplit(" ", 1)[0],
                   "seats": 3 if ship == "soyuz-ms-22" else 4 if ship == "crew-5" else 0, "life_s": 200 * 86400}
            for ship in (*LAUNCHES, "progress-ms-22")
        },
        graph={
            "nodes": [
                {"id": "soyuz-ms-22/external-loop", "type": "loop", "name": NAMES["soyuz-ms-22/external-loop"]},
                {"id": "soyuz-ms-22/thermal-control", "type": "component", "name": "Thermal control"},
                {"id": "soyuz-ms-22/crewed-return", "type": "capability", "name": "Crewed return"},
                {"id": "canadarm2", "type": "arm", "name": "Canadarm2"},
            ],
            "edges": [
                {"source": "soyuz-ms-22/external-loop", "target": "soyuz-ms-22/thermal-control", "strength": "hard",
                 "why": "type"},
                {"source": "soyuz-ms-22/thermal-control", "target": "soyuz-ms-22/crewed-return", "strength": "hard",
                 "why": "type"},
            ],
        },
        limits=[
            {"subject": "soyuz-ms-22/external-loop", "quantity": "pressure", "value": 200.0, "unit": "kPa",
             "text": "alarm"},
            {"subject": "soyuz-ms-22", "quantity": "temperature", "value": 30.0, "unit": "degC",
             "text": "limit for a crewed return"},
        ],
    )  # fmt: skip


def activity(kind: str, start: str | None, *, has_clock: bool = False) -> dict[str, object]:
    """Return the manifest's record of an activity."""
    skeleton = kind in ("undocking", "launch", "docking")
    return {
        "kind": kind, "kind_name": KIND_NAMES.get(kind, kind), "centre": "houston" if kind == "us-eva" else "moscow",
        "has_clock": has_clock, "layer": "skeleton" if skeleton else "work", "weight": 1, "wish_s": seconds(start),
        "mandatory": False, "effect": EFFECTS.get(kind, "none"),
    }  # fmt: skip


def _activities() -> dict[str, dict[str, object]]:
    kinds = {"vkd-56": "vkd", "vkd-57": "vkd", "us-eva-83": "us-eva", "us-eva-84": "us-eva", "us-eva-85": "us-eva"}
    clocks = ("vkd-56", "progress-ms-22-launch")
    records = {
        subject: activity(kinds.get(subject, subject.rsplit("-", 1)[1]), start, has_clock=subject in clocks)
        for subject, (start, _) in PLAN.items()
    }
    return records | {
        "loop-inspection": activity("inspection", None),
        "loop-function-test": activity("function-test", None),
    }


def _ship_of(person: str) -> str:
    return "soyuz-ms-22" if person in SOYUZ_CREW else "crew-5"


def _person(person: str) -> dict[str, object]:
    russian = person in ("prokopyev", "petelin", "kikina")
    return {
        "id": person, "name": NAMES[person], "agency": "roscosmos" if russian else "nasa",
        "centre": "moscow" if russian else "houston", "segment": "russian" if russian else "western",
        "calendar": "crew-day" if russian else "crew-day-west",
    }  # fmt: skip


def _calendar(name: str, wake_s: int, sleep_s: int) -> dict[str, object]:
    return {
        "id": name, "wake_s": wake_s, "sleep_s": sleep_s, "work": [[28800, 46800], [50400, 68400]],
        "meals": [[46800, 50400]], "exercise_s": 9000, "work_per_day_s": 23400,
        "days": ["mon", "tue", "wed", "thu", "fri"],
    }  # fmt: skip


def small_manifest(**changes) -> Manifest:
    """Return a manifest with nothing in it but what is named."""
    facts = {"scenario": "small", "title": "Small", "start_utc": START, "horizon_s": 30 * 86400, "seed": 0}
    facts |= {"scenario_hash": "00000000", "scenario_text": "", "versions": {}, "names": {}, "people": []}
    facts |= {"calendars": [], "ports": [], "activities": {}, "incidents": [], "rules": {}, "waivers": []}
    facts |= {"ships": {}, "graph": {"nodes": [], "edges": []}, "limits": []}
    return Manifest(**(facts | changes))


def pair(nominal: Story, disrupted: Story, **manifest) -> Outcome:
    """Return the outcome of two stories; what is not named of the manifest is empty."""
    return Outcome(manifest=small_manifest(**manifest), nominal=nominal.log, disrupted=disrupted.log)


def _moved(*incidents: str, days: int) -> Story:
    """A walk that is moved by the last of some incidents."""
    told = Story()
    told.plan(Kind.PLANNED, "walk", DAY, people={"ann": "ev1"})
    hit = None
    for incident in incidents:
        hit = told.tell(Kind.STRUCK, incident, object="a")
    if hit is not None:
        told.plan(Kind.MOVED, "walk", (1 + days) * DAY, cause=hit)
    return told


def delayed(days: dict[tuple[str, ...], int]):
    """A run in which a walk is so many days late with these incidents."""
    every = max(days, key=len)
    parts = {part: _moved(*part, days=late).log for part, late in days.items() if 0 < len(part) < len(every)}
    facts = {"walk": activity("sortie", DAY) | {"effect": "outside"}}
    whole = pair(_moved(days=0), _moved(*every, days=days[every]), horizon_s=60 * DAY, activities=facts)
    return attrs.evolve(whole, parts=parts)


# --- a decision -------------------------------------------------------------------------------------------------------

OBJECTIVE = [
    {"id": "class-4", "unit": "d", "text": "person-days without a seat"},
    {"id": "work", "unit": "1", "text": "weighted work not flown"},
    {"id": "changes", "unit": "1", "text": "changes to the published plan"},
]
FERRY = {
    "up": activity("launch", "2022-12-30"), "dock": activity("docking", "2022-12-31"),
    "dock-2": activity("docking", "2023-01-08"), "down": activity("undocking", "2023-01-05"),
    "seats": activity("seat-move", None), "walk": activity("vkd", "2023-01-02"),
}  # fmt: skip
FERRY_NAMES = {
    "tug": "Tug", "boat": "Boat", "boat-2": "Boat 2", "ann": "Ann", "bob": "Bob", "cy": "Cy", "north": "North",
    "dock": "Arrival of Boat", "dock-2": "Arrival of Boat 2", "up": "Launch of Boat", "down": "Departure of Boat",
    "seats": "Seat of Ann to Boat", "walk": "Walk", "fore": "Fore", "aft": "Aft", "hull": "Hull of Tug",
}  # fmt: skip
OPTIONS = (
    # id, words, state, rule, reason, same as, last, level and number of waiting a day, how, levels
    ("keep", "keep the plan as it stands", "screened", None, None, None, None, None, None, "estimated", (9, 0, 0)),
    ("early", "launch Boat earlier, without people", "chosen", None, None, None, "2022-12-20T12:00Z", "class-4", 1,
     "played", (0, 1, 4)),
    ("early-aft", "launch Boat earlier to Aft", "played", None, None, None, "2022-12-19", "gone", 1, "played",
     (0, 1, 6)),
    ("twin", "launch Boat earlier, and nothing else", "played", None, None, None, "2022-12-20", None, None, "played",
     (0, 1, 4)),
    ("later", "launch Boat later", "same", None, None, "keep", None, None, None, None, ()),
    ("rosy", "send Tug home empty", "screened", None, None, None, "2022-12-21", None, None, "estimated", (0, 0, 1)),
    ("now", "launch Boat tomorrow", "rejected", "R-2", "Launch of Boat: not ready", None, None, None, None, None, ()),
    ("now-aft", "launch Boat tomorrow to Aft", "rejected", "R-2", "Launch of Boat: not ready", None, None, None, None,
     None, ()),
    ("swap", "let the crews change ships", "rejected", "lead", None, None, None, None, None, None, ()),
)  # fmt: skip


def decided_outcome() -> Outcome:
    """Return a run in which a ship takes nobody home: another flies earlier and empty, and its crew with a third."""
    nominal, disrupted = _ferry(), _ferry()
    for subject in ("up", "dock", "walk", "down"):
        nominal.fly(subject, *_FERRY_DATES[subject])
        if subject == "dock":
            nominal.tell(Kind.BOARDED, "cy", object="boat", cause=2)
            nominal.tell(Kind.FITTED, "cy", object="boat", cause=2)
            nominal.tell(Kind.RETURN_PROMISED, "cy-return", object="down", place="boat", start="2023-01-05", cause=4)
    nominal.tell(Kind.LEFT, "cy", object="boat")
    nominal.fly("dock-2", *_FERRY_DATES["dock-2"])
    struck = disrupted.at("2022-12-15").tell(Kind.STRUCK, "hole", object="hull", text="broken")
    unfit = disrupted.tell(Kind.STATUS_CHANGED, "tug", object="crewed-return", view="north", text="unfit", cause=struck)
    disrupted.tell(Kind.RETURN_LOST, "ann-return", object="tug-down", place="tug", text="unfit", cause=unfit)
    _decide(disrupted, unfit)
    disrupted.fly("up", "2022-12-22", 10)
    disrupted.fly("dock", "2022-12-23", 10)
    sat = disrupted.fly("seats", "2022-12-24", 10)
    disrupted.tell(Kind.FITTED, "ann", object="boat", cause=sat)
    disrupted.tell(Kind.RETURN_PROMISED, "ann-return", object="down", place="boat", start="2023-01-05", cause=4)
    disrupted.fly("down", *_FERRY_DATES["down"])
    disrupted.tell(Kind.LEFT, "ann", object="boat")
    disrupted.fly("dock-2", *_FERRY_DATES["dock-2"])
    disrupted.tell(Kind.BOARDED, "cy", object="boat-2", cause=3)
    people = [{"id": id_, "name": FERRY_NAMES[id_]} for id_ in ("ann", "bob", "cy")]
    for person in people:
        person |= {"agency": "a", "centre": "north", "segment": "s", "calendar": "c"}
    return pair(
        nominal, disrupted, activities=FERRY, names=FERRY_NAMES, people=people, levels=OBJECTIVE,
        incidents=[{"id": "hole", "node": "hull", "at_s": 0, "background": False, "mode": "broken"}],
        rules={"R-2": {"text": "A ship is launched when it is ready."}, "R-3": {"text": "A ship stays so long."}},
        waivers=[{"rule": "R-3", "activity": "walk", "rationale": "as planned", "by": "the director"}],
        ships={ship: {"name": FERRY_NAMES[ship], "type": "boat", "seats": 3, "life_s": None, "source": None}
               for ship in ("tug", "boat", "boat-2")},
    )  # fmt: skip


_FERRY_DATES = {
    "up": ("2022-12-30", 1), "dock": ("2022-12-31", 2), "dock-2": ("2023-01-08", 3), "down": ("2023-01-05", 4),
    "walk": ("2023-01-02", 5),
}  # fmt: skip


def _ferry() -> Story:
    told = Story()
    told.tell(Kind.CONFIGURED, "small")
    for subject, port in (("up", None), ("dock", "fore"), ("dock-2", "aft"), ("down", "fore"), ("walk", None)):
        told.plan(Kind.PLANNED, subject, _FERRY_DATES[subject][0], ship="boat", port=port)
    told.tell(Kind.RETURN_PROMISED, "ann-return", object="tug-down", place="tug", start="2022-12-28")
    return told


def _decide(told: Story, unfit: int) -> None:
    """Tell what was weighed, chosen and changed by it."""
    facts = {"object": "hole", "view": "north", "value": float(len(OPTIONS)), "unit": "1", "text": "ann,bob"}
    weighed = told.at("2022-12-18T12:00Z").tell(Kind.WEIGHED, "tug", cause=unfit, **facts)
    for id_, text, state, rule, reason, same, last, level, cost, how, values in OPTIONS:
        told.log.attach("options", (weighed, id_, "maker", text, state, rule, reason, same, seconds(last), level, cost))
        for rank, (known, value) in enumerate(zip(OBJECTIVE, values, strict=False)):
            told.log.attach("scores", (weighed, id_, rank, known["id"], value, known["unit"], how))
    told.log.attach("bounds", (weighed, "flights", 3, 5))
    text = "launch Boat earlier, without people"
    one = told.tell(Kind.CHOSEN, "tug", object="early", view="north", by="best", cause=weighed, text=text)
    step = one
    amend(told, one, "dock", text, start="2022-12-18T12:00Z", crew_up=("cy", None), port=("fore", "aft"))
    amend(told, one, "dock-2", text, crew_up=("dee", "cy"))
    amend(told, one, "down", text, port=("fore", "aft"), follows=(None, "seats"))
    told.plan(Kind.INSERTED, "seats", None, cause=one, text=text, people={"ann": "fitted"}, ship="boat")
    told.tell(Kind.WAIVED, "down", rule="R-3", by="the board", cause=one, text="too long; waived for this")
    told.log.rows[one:] = [row._replace(step=step) for row in told.log.rows[one:]]
    for subject, start in (("up", "2022-12-22"), ("dock", "2022-12-23"), ("seats", "2022-12-24")):
        seq = told.plan(Kind.MOVED, subject, start, cause=1, rule="R-2", text="as soon as may be")
        told.log.rows[seq] = told.log.rows[seq]._replace(step=step)
    seq = told.plan(Kind.MOVED, "walk", "2023-01-03", cause=unfit, text="Cy is not aboard yet")
    told.log.rows[seq] = told.log.rows[seq]._replace(step=step)
    told.tell(Kind.REVIEWED, "north", view="north", cause=unfit)


def amend(told: Story, cause: int, subject: str, text: str, start=None, **fields) -> int:
    """Tell what a decision makes of an activity: (what it was, what it is) by key."""
    seq = told.tell(Kind.AMENDED, subject, cause=cause, by="north", text=text, start=start)
    for key, (was, now) in fields.items():
        told.log.attach("amendments", (seq, subject, key, was, now))
    return seq


# postures, preparations and verdicts: by kernel runs alone
assert set(TABLES) == {
    "revisions", "blocks", "causes", "physics", "postures", "preparations", "verdicts", "amendments", "options",
    "replaced", "scores", "bounds", "estimates",
}  # fmt: skip
