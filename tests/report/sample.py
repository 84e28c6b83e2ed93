"""Impacts made by hand: what the report must be able to draw, without a simulation."""

import pandas as pd

from stationsim.impact.impact import Impact
from stationsim.log.outcome import Manifest

HOUR = 3600
DAY = 86400
HORIZON = 91 * DAY
STRUCK = DAY + 45 * 60
HOSTILE = "<script>alert('x')</script>"

PEOPLE = {
    "prokopyev": ("Sergey Prokopyev", "soyuz-ms-22"),
    "petelin": ("Dmitri Petelin", "soyuz-ms-22"),
    "rubio": ("Frank Rubio", "soyuz-ms-22"),
    "mann": ("Nicole Mann", "crew-5"),
    "cassada": ("Josh Cassada", "crew-5"),
    "wakata": ("Koichi Wakata", "crew-5"),
    "kikina": ("Anna Kikina", "crew-5"),
}
NAMES = {
    **{key: name for key, (name, _) in PEOPLE.items()},
    "soyuz-ms-22": "Soyuz MS-22",
    "crew-5": "Crew Dragon Endurance",
    "progress-ms-20": "Progress MS-20",
    "progress-ms-21": "Progress MS-21",
    "progress-ms-22": "Progress MS-22",
    "rassvet-nadir": "Rassvet nadir",
    "poisk-zenith": "Poisk zenith",
    "zvezda-aft": "Zvezda aft",
    "harmony-forward": "Harmony forward",
    "vkd-56": "VKD-56",
    "vkd-57": "VKD-57",
    "us-eva-83": "US EVA-83",
    "us-eva-84": "US EVA-84",
    "us-eva-85": "US EVA-85",
    "soyuz-ms-22-inspection": "Inspection of Soyuz MS-22",
    "crs-26-departure": "CRS-26 departure",
    "progress-ms-22-docking": "Progress MS-22 docking",
    "petelin-return": "Return of Dmitri Petelin",
    "soyuz-ms-22/external-loop": "External loop of Soyuz MS-22",
    "soyuz-ms-22/cabin": "Cabin of Soyuz MS-22",
    "mcc-m": "MCC-M",
    "mcc-h": "MCC-H",
    "loop": "Hole in the external loop",
}
EVENT_COLUMNS = (
    "seq step t_s kind subject object place view by cause rule start_s until_s value unit text".split()
)
CHANGE_COLUMNS = (
    "subject kind outcome differs planned_utc nominal_utc actual_utc delay_s attempts was now rule cause_seq incident reason".split()
)


def utc(t_s: int) -> str:
    return (pd.Timestamp("2022-12-14") + pd.Timedelta(seconds=t_s)).strftime("%Y-%m-%dT%H:%MZ")


def manifest(**changes) -> Manifest:
    values = {
        "scenario": "soyuz-ms22",
        "title": "A hole in the coolant loop of Soyuz MS-22",
        "start_utc": "2022-12-14T00:00Z",
        "horizon_s": HORIZON,
        "seed": 1,
        "scenario_hash": "5f0c2a19",
        "scenario_text": "scenario: soyuz-ms22\nincidents:\n  - {id: loop, hole: 0.8 mm}\n",
        "versions": {"stationsim": "0.1.0", "python": "3.11"},
        "names": NAMES,
        "people": [
            {"id": key, "name": name, "agency": "", "centre": "mcc-m", "segment": "rs", "calendar": "iss"}
            for key, (name, _) in PEOPLE.items()
        ],
        "calendars": [
            {
                "id": "iss", "wake_s": 6 * HOUR, "sleep_s": 77400, "work": [[27000, 45000], [48600, 68400]],
                "meals": [[45000, 48600]], "exercise_s": 9000, "work_per_day_s": 23400,
                "days": ["mon", "tue", "wed", "thu", "fri"],
            }
        ],
        "ports": [
            {"id": key, "name": NAMES[key], "segment": "", "mechanism": "", "status": "open"}
            for key in ("harmony-forward", "poisk-zenith", "rassvet-nadir", "zvezda-aft")
        ],
        "activities": {
            key: {"kind": kind, "kind_name": name, "centre": "mcc-m", "has_clock": clock, "layer": "work", "weight": 1}
            for key, kind, name, clock in (
                ("vkd-56", "rs-eva", "Russian EVA", True), ("vkd-57", "rs-eva", "Russian EVA", False),
                ("us-eva-83", "us-eva", "US EVA", False), ("us-eva-84", "us-eva", "US EVA", False),
                ("us-eva-85", "us-eva", "US EVA", False),
                ("soyuz-ms-22-inspection", "inspection", "Inspection", True),
                ("crs-26-departure", "undocking", "Undocking", False),
                ("progress-ms-22-docking", "docking", "Docking", True),
            )
        },
        "incidents": [
            {"id": "loop", "node": "soyuz-ms-22/external-loop", "at_s": STRUCK, "background": False, "mode": "coolant-leak"}
        ],
        "rules": {
            "EVA-1": {"text": "No sortie near a release.", "source": "assumed", "severity": "safety", "waived_by": "nobody", "template": "residue"},
            "ARM-1": {"text": "An arm does one thing at a time, with a day of set-up between.", "source": "assumed", "severity": "hard", "waived_by": "flight director", "template": "separation"},
            "OLD-1": {"text": "Nobody asked this rule.", "source": "assumed", "severity": "soft", "waived_by": "anybody", "template": "x"},
        },
        "waivers": [{"rule": "ARM-1", "activity": "us-eva-85", "rationale": "Arm parked <near> the site."}],
        "ships": {"soyuz-ms-22": {"name": "Soyuz MS-22", "type": "soyuz-ms", "type_name": "Soyuz MS", "seats": 3}},
        "graph": {"nodes": [], "edges": []},
        "limits": [
            {"subject": "soyuz-ms-22/cabin", "quantity": "temperature", "value": 40.0, "unit": "degC", "text": "crewed return"},
            {"subject": "soyuz-ms-22/external-loop", "quantity": "coolant", "value": 0.0, "unit": "kg", "text": "empty"},
        ],
    }
    return Manifest(**{**values, **changes})


EVENTS = [
    (0, 0, 0, "configured", "soyuz-ms22", None, None, None, None, None, None, None, HORIZON, None, None, "A hole"),
    (1, 1, STRUCK, "struck", "loop", "soyuz-ms-22/external-loop", None, "truth", None, None, None, None, None, 0.0008, "m", "coolant-leak"),
    (2, 1, STRUCK, "leaked", "soyuz-ms-22/external-loop", "loop", None, "truth", None, 1, None, None, None, 2e-7, "m3/s", None),
    (3, 2, STRUCK + 600, "alarmed", "soyuz-ms-22/external-loop", "loop", None, "mcc-m", "mcc-m", 2, None, None, None, 12.0, "kPa", "coolant-leak"),
    (4, 2, STRUCK + 600, "held", "vkd-56", None, None, None, "mcc-m", 3, "EVA-1", None, STRUCK + 9000, None, None, "Fluid flows at the worksite."),
    (5, 3, STRUCK + 9000, "called_off", "vkd-56", None, None, None, "mcc-m", 4, "EVA-1", None, None, None, None, "The hold limit is reached."),
    (6, 3, STRUCK + 9000, "undated", "vkd-56", None, None, None, "mcc-m", 5, "EVA-1", None, None, None, None, "Residue until a survey."),
    (7, 4, STRUCK + 4 * HOUR, "added", "soyuz-ms-22-inspection", "loop", None, None, "mcc-h", 3, None, 4 * DAY + 12 * HOUR, 4 * DAY + 18 * HOUR, None, None, None),
    (8, 4, STRUCK + 4 * HOUR, "moved", "us-eva-83", None, None, None, "mcc-h", 7, "ARM-1", 7 * DAY + 12 * HOUR, 7 * DAY + 19 * HOUR, None, None, "The arm is at the inspection."),
    (9, 5, STRUCK + 5 * HOUR, "undated", "vkd-57", None, None, None, "mcc-m", 6, "EVA-1", None, None, None, None, "It follows VKD-56."),
    (10, 6, STRUCK + 6 * HOUR, "return_lost", "petelin-return", "soyuz-ms-22-undocking", "soyuz-ms-22", "mcc-m", None, 3, None, None, None, None, None, "Not certified."),
]

_SPANS = [
    # subject, kind, nominal (state, start, until), disrupted
    ("vkd-56", "rs-eva", ("done", DAY + 2 * HOUR + 1200, DAY + 9 * HOUR), ("called_off", STRUCK - 3 * HOUR, STRUCK + 9000)),
    ("vkd-57", "rs-eva", ("done", 7 * DAY + 10 * HOUR, 7 * DAY + 17 * HOUR), None),
    ("us-eva-83", "us-eva", ("done", 5 * DAY + 12 * HOUR, 5 * DAY + 19 * HOUR), ("done", 7 * DAY + 12 * HOUR, 7 * DAY + 19 * HOUR)),
    ("soyuz-ms-22-inspection", "inspection", None, ("done", 4 * DAY + 12 * HOUR, 4 * DAY + 18 * HOUR)),
    ("us-eva-84", "us-eva", *[("done", 37 * DAY + 12 * HOUR, 37 * DAY + 19 * HOUR)] * 2),
    ("us-eva-85", "us-eva", *[("done", 50 * DAY + 12 * HOUR, 50 * DAY + 19 * HOUR)] * 2),
    ("crs-26-departure", "undocking", *[("done", 26 * DAY + 12 * HOUR, 26 * DAY + 14 * HOUR)] * 2),
    ("progress-ms-22-docking", "docking", *[("done", 59 * DAY + 8 * HOUR, 59 * DAY + 9 * HOUR)] * 2),
]


def _spans() -> pd.DataFrame:
    rows = [
        {"run": run, "subject": subject, "kind": kind, "layer": "work", "state": span[0], "start_s": span[1], "until_s": span[2], "attempt": 1}
        for subject, kind, nominal, disrupted in _SPANS
        for run, span in (("nominal", nominal), ("disrupted", disrupted))
        if span
    ]
    return pd.DataFrame(rows)


def _change(subject, kind, outcome, planned, nominal, actual, **rest) -> dict:
    row = dict.fromkeys(CHANGE_COLUMNS)
    row.update(subject=subject, kind=kind, outcome=outcome, planned_utc=planned, nominal_utc=nominal, actual_utc=actual,
               differs=[], was={}, now={}, attempts=[])
    return row | rest


def _changes() -> pd.DataFrame:
    start = {"differs": ["start"], "incident": "loop"}
    rows = [
        _change("vkd-56", "rs-eva", "postponed", "2022-12-15T02:20Z", "2022-12-15T02:20Z", None, rule="EVA-1", cause_seq=5, attempts=[{"utc": "2022-12-15T03:15Z", "end": "called_off", "rule": "EVA-1"}],
                reason="Residue until a survey.", **start, was={"start": "2022-12-15T02:20Z"}, now={"start": None}),
        _change("vkd-57", "rs-eva", "postponed", "2022-12-21", "2022-12-21", None, rule="EVA-1", cause_seq=6,
                reason="It follows VKD-56.", **start, was={"start": "2022-12-21"}, now={"start": None}),
        _change("us-eva-83", "us-eva", "moved", "2022-12-19", "2022-12-19", "2022-12-21", rule="ARM-1", cause_seq=7, delay_s=2 * DAY,
                reason="The arm is at the inspection.", **start, was={"start": "2022-12-19"}, now={"start": "2022-12-21"}),
        _change("soyuz-ms-22-inspection", "inspection", "added", None, None, "2022-12-18T12:00Z", cause_seq=3, incident="loop",
                differs=["start"], now={"start": "2022-12-18T12:00Z"}),
        _change("petelin-return", "return", "postponed", "2023-03-28", "2023-03-28", None, cause_seq=3, incident="loop",
                reason="Not certified.", differs=["ship"], was={"ship": "soyuz-ms-22"}, now={"ship": None}),
        _change("us-eva-84", "us-eva", "kept", "2023-01-20", "2023-01-20", "2023-01-20"),
        _change("us-eva-85", "us-eva", "kept", "2023-02-02", "2023-02-02", "2023-02-02"),
        _change("crs-26-departure", "undocking", "kept", "2023-01-09", "2023-01-09", "2023-01-09"),
        _change("progress-ms-22-docking", "docking", "kept", "2023-02-11T08:00Z", "2023-02-11T08:00Z", "2023-02-11T08:00Z"),
    ]
    frame = pd.DataFrame(rows, columns=CHANGE_COLUMNS)
    return frame.astype({"delay_s": "Int64", "cause_seq": "Int64"})


def _cover() -> pd.DataFrame:
    names = ["certified", "improvised", "emergency-only", "unfit or unknown", "none"]
    rows = []
    for person, (_, ship) in PEOPLE.items():
        rows.append(("nominal", person, 0, ship, 0, HORIZON))
        if ship == "crew-5":
            rows.append(("disrupted", person, 0, ship, 0, HORIZON))
            continue
        rows += [
            ("disrupted", person, 0, ship, 0, STRUCK + 600),
            ("disrupted", person, 3, ship, STRUCK + 600, 12 * DAY),
            ("disrupted", person, 2, ship, 12 * DAY, HORIZON),
        ]
    return pd.DataFrame(
        [(run, who, level, names[level], ship, lo, hi) for run, who, level, ship, lo, hi in rows],
        columns=["run", "person", "level", "name", "ship", "start_s", "until_s"],
    )


def _hours() -> pd.DataFrame:
    rows = [
        ("nominal", "prokopyev", "vkd-56", "rs-eva", "ev1", DAY - 4 * HOUR, DAY + 9 * HOUR, False),
        ("nominal", "petelin", "vkd-56", "rs-eva", "ev2", DAY - 4 * HOUR, DAY + 9 * HOUR, False),
        ("disrupted", "prokopyev", "vkd-56", "rs-eva", "ev1", DAY - 4 * HOUR, STRUCK + 9000, False),
        ("disrupted", "petelin", "vkd-56", "rs-eva", "ev2", DAY - 4 * HOUR, STRUCK + 9000, False),
        ("disrupted", "kikina", "soyuz-ms-22-inspection", "inspection", "arm", 4 * DAY + 12 * HOUR, 4 * DAY + 18 * HOUR, True),
        *[(run, who, "us-eva-83", "us-eva", "ev", day * DAY + 9 * HOUR, day * DAY + 19 * HOUR, False)
          for run, day in (("nominal", 5), ("disrupted", 7)) for who in ("cassada", "rubio")],
    ]
    return pd.DataFrame(rows, columns=["run", "person", "activity", "kind", "role", "start_s", "until_s", "added"])


def _ports() -> pd.DataFrame:
    stays = [
        ("harmony-forward", "crew-5", 0, HORIZON), ("poisk-zenith", "progress-ms-21", 0, 66 * DAY),
        ("rassvet-nadir", "soyuz-ms-22", 0, HORIZON), ("zvezda-aft", "progress-ms-20", 0, 55 * DAY),
        ("zvezda-aft", "progress-ms-22", 59 * DAY, HORIZON),
    ]
    return pd.DataFrame(
        [(run, *stay) for run in ("nominal", "disrupted") for stay in stays],
        columns=["run", "port", "ship", "start_s", "until_s"],
    )


def _curves() -> pd.DataFrame:
    rows = []
    for run in ("nominal", "disrupted"):
        for step in range(91):
            t_s = STRUCK + step * 300 - 6000
            lost = max(0.0, min(1.0, (t_s - STRUCK) / (3.5 * HOUR))) if run == "disrupted" else 0.0
            rows.append((run, "soyuz-ms-22/external-loop", "coolant", "kg", t_s, 22.0 * (1 - lost)))
            t_s = STRUCK + (step - 6) * 4 * HOUR
            warm = 1 - 2.718 ** (-max(0, t_s - STRUCK) / DAY) if run == "disrupted" else 0.0
            rows.append((run, "soyuz-ms-22/cabin", "temperature", "degC", t_s, 22.0 + 12 * warm))
    return pd.DataFrame(rows, columns=["run", "subject", "quantity", "unit", "t_s", "value"])


def _beliefs() -> pd.DataFrame:
    loop, ship = "soyuz-ms-22/external-loop", "soyuz-ms-22"
    rows = [
        *[("nominal", loop, view, "health", "nominal", 0, HORIZON) for view in ("truth", "mcc-m", "mcc-h")],
        *[("nominal", ship, view, "status", "certified", 0, HORIZON) for view in ("mcc-m", "mcc-h")],
        ("disrupted", loop, "truth", "health", "nominal", 0, STRUCK), ("disrupted", loop, "truth", "health", "failed", STRUCK, HORIZON),
        ("disrupted", loop, "mcc-m", "health", "nominal", 0, STRUCK + 600), ("disrupted", loop, "mcc-m", "health", "failed", STRUCK + 600, HORIZON),
        ("disrupted", loop, "mcc-h", "health", "nominal", 0, STRUCK + 2400), ("disrupted", loop, "mcc-h", "health", "unknown", STRUCK + 2400, 4 * DAY),
        ("disrupted", loop, "mcc-h", "health", "failed", 4 * DAY, HORIZON),
        ("disrupted", ship, "mcc-m", "status", "certified", 0, STRUCK + 600), ("disrupted", ship, "mcc-m", "status", "unknown", STRUCK + 600, 12 * DAY),
        ("disrupted", ship, "mcc-m", "status", "emergency-only", 12 * DAY, HORIZON),
        ("disrupted", ship, "mcc-h", "status", "certified", 0, STRUCK + 2400), ("disrupted", ship, "mcc-h", "status", "unknown", STRUCK + 2400, HORIZON),
    ]
    return pd.DataFrame(rows, columns=["run", "subject", "view", "what", "value", "start_s", "until_s"])


def _events(rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=EVENT_COLUMNS)
    frame.insert(0, "run", "disrupted")
    first = frame.iloc[:1].assign(run="nominal")
    frame = pd.concat([first, frame], ignore_index=True)
    frame["t_utc"] = [utc(t_s) for t_s in frame["t_s"]]
    return frame.astype({"cause": "Int64", "start_s": "Int64", "until_s": "Int64"})


def _totals() -> pd.DataFrame:
    rows = [("evas_flown", "1", 3, 1), ("eva_delay", "d", 0.0, 2.0), ("crew_hours_response", "h", 0.0, 6.0),
            ("person_hours_seat_class_3", "h", 0.0, 777.0), ("coolant_lost", "kg", 0.0, 22.0), ("launches_changed", "1", 0, 0)]
    return pd.DataFrame([(*row, row[3] - row[2]) for row in rows], columns=["quantity", "unit", "nominal", "disrupted", "difference"])


def sample_impact(**changes) -> Impact:
    """The December 2022 leak, as a run might tell it."""
    ledger = _totals().assign(incident="loop", subject="us-eva-83")
    values = {
        "manifest": manifest(), "changes": _changes(), "ledger": ledger, "totals": _totals(), "events": _events(EVENTS),
        "spans": _spans(), "cover": _cover(), "hours": _hours(), "ports": _ports(), "curves": _curves(), "beliefs": _beliefs(),
        "causes": pd.DataFrame({"seq": [9], "cause": [3]}),
        "headline": "Soyuz MS-22 lost its coolant within 3 h 30 min. Two Russian sorties have no date, US EVA-83 moved by 2 d.",
    }
    return Impact(**{**values, **changes})


def quiet_impact(**changes) -> Impact:
    """An increment in which nothing happens: both runs are the same."""
    whole = sample_impact()
    kept = whole.changes[whole.changes["outcome"] == "kept"].reset_index(drop=True)
    nominal = {name: getattr(whole, name) for name in ("spans", "cover", "hours", "ports", "beliefs")}
    same = {
        name: pd.concat([frame[frame["run"] == "nominal"].assign(run=run) for run in ("nominal", "disrupted")], ignore_index=True)
        for name, frame in nominal.items()
    }
    totals = whole.totals.assign(disrupted=whole.totals["nominal"], difference=0.0)
    return sample_impact(
        manifest=manifest(incidents=[], title="A quiet increment", scenario="quiet-increment"), changes=kept, totals=totals,
        ledger=whole.ledger.iloc[:0], events=_events(EVENTS[:1]), curves=whole.curves.iloc[:0], causes=whole.causes.iloc[:0],
        headline="Nothing changed.", **same, **changes,
    )
