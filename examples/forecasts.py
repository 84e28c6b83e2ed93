# An arm joint fails for a time that chance decides and that planners can only guess. Is it better to hope or to fear?
# Every forecast meets the same four failures: a seed draws the same number whatever else is changed.
import stationsim as ss

SEEDS = range(4)
calm = ss.load("quiet-increment").until("2023-01-20")


def failing(expect: str) -> ss.Scenario:
    """Return the failure, with what the planners are told of it."""
    lasts = "triangular(2 d, 6 d, 25 d)"
    return calm.with_incident(
        id="joint", change="failed", node="canadarm2/elbow", at="2022-12-16T09:00Z", lasts=lasts, expect=expect
    )


drawn = [ss.draw(failing("2 d"), seed).incidents[0].lasts_s / 86400 for seed in SEEDS]
print("it lasts " + ", ".join(f"{days:.1f} d" for days in drawn))
for expect in ("2 d", "25 d"):
    late, attempts = [], 0
    for seed in SEEDS:
        outcome = ss.run(failing(expect), seed)
        row = ss.assess(outcome).changes.set_index("subject").loc["us-eva-83"]
        late.append(row.delay_s / 86400)
        attempts += sum(event.kind == "moved" and event.subject == "us-eva-83" for event in outcome.disrupted)
    days = ", ".join(f"{days:.0f}" for days in late)
    print(f"expected {expect}: US EVA-83 flies {days} d late; it was moved {attempts} times in all")
