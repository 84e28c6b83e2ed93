# The same hole in the same ship at every port that fits it: where does it cost most, and what can the release reach?
# A ship that is in the way moves to the spare port. Where the plan itself cannot stand like that, the rule is told.
import stationsim as ss

SHIP, SPARE = "progress-ms-21", "prichal-nadir"
calm = ss.load("soyuz-ms22").without("loop").until("2023-01-31")
berths = {ship.port: ship.id for ship in calm.vehicles if ship.port}
mechanism = next(port.mechanism for port in calm.ports if port.id == SPARE)


def moved(port: str) -> ss.Scenario:
    """Return the plan with the ship at another port."""
    other = berths.get(port, SHIP)
    free = calm if other == SHIP else calm.at_port(other, SPARE)
    return free.at_port(SHIP, port)


for port in (port for port in calm.ports if port.mechanism == mechanism and port.status == "free"):
    try:
        leaking = moved(port.id).with_leak(f"{SHIP}/external-loop", at="2022-12-15T00:45Z", hole="0.8 mm")
        outcome = ss.run(leaking)
    except ss.ScenarioError as error:
        print(f"{port.name}: not possible\n  {str(error).split(' Plan it')[0]}")
        continue
    changes = ss.assess(outcome).changes.query("outcome not in ('kept', 'added')")
    wet = dict.fromkeys(outcome.manifest.names[row.subject] for row in outcome.disrupted if row.kind == "wetted")
    print(f"{port.name}: {ss.assess(outcome).brief}\n  feared {', '.join(wet) or 'nowhere'}")
    for row in changes.itertuples():
        print(f"  {row.subject} is {row.outcome}: {row.reason}")
