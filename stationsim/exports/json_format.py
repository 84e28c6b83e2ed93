"""What does a run come to, for a program? The impact as one JSON object, with the keys that `run --json` prints."""

import json

from stationsim.impact.impact import Impact, as_json

__all__ = ["files"]


def files(impact: Impact) -> dict[str, bytes]:
    """Return `impact.json`."""
    manifest = impact.manifest
    policy = manifest.passed.get("policy")
    found = {
        "scenario": manifest.scenario,
        "title": manifest.title,
        "scenario_hash": manifest.scenario_hash,
        "seed": manifest.seed,
        "planner": manifest.passed.get("planner"),
        "policy": policy.get("name") if isinstance(policy, dict) else None,
        "versions": manifest.versions,
        "headline": impact.headline,
        **as_json(impact),
    }
    return {"impact.json": (json.dumps(found, allow_nan=False, ensure_ascii=False, indent=1) + "\n").encode()}
