# The same hole on another ship, or a week later: how does the outcome change, and why?
import stationsim as ss

NODES = {
    "Soyuz at Rassvet": "soyuz-ms-22/external-loop",
    "Progress at Poisk": "progress-ms-21/external-loop",
    "Progress at Zvezda aft": "progress-ms-20/external-loop",
}
calm = ss.load("soyuz-ms22").without("loop")


def tell(title: str, node: str, at: str) -> None:
    """Run one leak and print what it moved, and by which rule."""
    outcome = ss.run(calm.with_leak(node, at=at, hole="0.8 mm", id="loop"))
    changes = ss.assess(outcome).changes
    print(f"\n{title}, {at}")
    planned = changes[~changes.outcome.isin(["kept", "added"])]
    for row in planned.itertuples():
        to = f"to {row.actual_utc}" if isinstance(row.actual_utc, str) else "without a date"
        rule = f"{row.rule}: " if isinstance(row.rule, str) else ""
        print(f"  {row.subject} is {row.outcome} {to} ({rule}{row.reason})")
    if planned.empty:
        print("  Nothing of the plan changes.")
    print("  " + ss.why(outcome, "vkd-56").text.splitlines()[0])


for title, node in NODES.items():
    tell(title, node, "2022-12-15T00:45Z")
tell("Soyuz at Rassvet, a week later", NODES["Soyuz at Rassvet"], "2022-12-22T00:45Z")
