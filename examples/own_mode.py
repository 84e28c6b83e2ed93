# A way of failing that no file holds: moisture in the parachute container of a ship. Here a sensor shows it though it
# is not so; nobody knows until people have opened a panel. What does it cost when that takes longer to prepare?
import stationsim as ss


def damp(lead: str) -> ss.Mode:
    """Return the mode, with a look inside that begins so long after the decision."""
    look = {"kind": "response", "by": "people", "people": 2, "lead": lead, "lasts": "3 h", "answers": "real"}
    return ss.mode(
        "damp",
        text="Moisture in the container of a parachute",
        how="change",
        types=["parachute"],
        noticed_after="5 min",
        expect="60 d",
        questions={"real": {"text": "Is it damp at all?", "after": "40 d", "source": "an example"}},
        responses={"look-inside": {**look, "source": "an example"}},
        source="an example",
    )


calm = ss.load("quiet-increment").until("2023-01-31")
for lead in ("6 h", "3 d", "12 d"):
    moisture = {"reading": damp(lead), "node": "soyuz-ms-22/parachute", "at": "2022-12-14T09:00Z"}
    outcome = ss.run(calm.with_incident(id="moisture", **moisture))
    impact = ss.assess(outcome)
    print(f"\nThe look begins {lead} after the decision: {impact.brief}")
    for row in impact.changes.query("outcome not in ('kept', 'added') and kind != 'return'").itertuples():
        print(f"  {row.subject} is {row.outcome} ({row.nominal_utc} -> {row.actual_utc}): {row.reason}")
    hours = impact.cover.query("run == 'disrupted' and level > 0").eval("(until_s - start_s) / 3600").sum()
    print(f"  {hours:.0f} person-hours without a certified ship")
print(f"\n{ss.why(outcome, 'soyuz-ms-22')}")
