"""An impact of a thousand activities, made of the sample: a run of that many would take minutes."""

import attrs
import pandas as pd

MANY = 1000


def crowded(told):
    """Return the sample with so many activities more; every second one is moved because of the leak."""
    moved = told.changes[told.changes["subject"] == "us-eva-83"].iloc[0]
    stays = told.changes[told.changes["subject"] == "us-eva-84"].iloc[0]
    days = [f"2022-12-{15 + number % 16}" for number in range(MANY)]
    rows = [
        (moved if number % 2 else stays).to_dict() | {"subject": f"job-{number}", "kind": "job", "nominal_utc": day}
        for number, day in enumerate(days)
    ]
    changes = pd.concat([told.changes, pd.DataFrame(rows)], ignore_index=True)
    line = told.ledger.iloc[0].to_dict()
    lines = pd.DataFrame([line | {"subject": f"job-{number}", "difference": 1.0} for number in range(MANY)])
    facts = {f"job-{number}": told.manifest.activities["us-eva-83"] for number in range(MANY)}
    manifest = attrs.evolve(
        told.manifest, activities=told.manifest.activities | facts, scenario_text="activities: 1\n" * 20_000
    )
    ledger = pd.concat([told.ledger, lines], ignore_index=True)
    return attrs.evolve(told, changes=changes, ledger=ledger, manifest=manifest)
