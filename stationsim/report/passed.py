"""What did a script pass to the run beside its scenario? One line per sort, none where nothing was passed."""

from collections.abc import Mapping

from stationsim.impact.impact import Impact
from stationsim.report.words import clean

DEFAULT_POLICY = "best-by-lookahead"
"""The policy of every run for which no other was passed."""
DEFAULT_PLANNER = "greedy"
"""The same of planners."""


def passed_rows(impact: Impact) -> list[tuple[str, str]]:
    """Return (what, which) for the rules, modes, waivers, policy and planner that a script passed."""
    passed = impact.manifest.passed
    titles = (("rules", "Rules of a script"), ("modes", "Modes of a script"), ("waivers", "Waivers of a script"))
    rows = ((title, [_name(item) for item in _listed(passed.get(key))]) for key, title in titles)
    found = [(title, clean(", ".join(names))) for title, names in rows if names]
    policy = passed.get("policy")
    if isinstance(policy, Mapping) and policy.get("name") != DEFAULT_POLICY:
        found.append(("Policy", clean(f"{policy.get('name')}: {policy.get('text')}")))
    if passed.get("planner", DEFAULT_PLANNER) != DEFAULT_PLANNER:
        found.append(("Planner", clean(str(passed["planner"]))))
    return found


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _name(item: object) -> str:
    return f"{item.get('id')} ({item.get('text')})" if isinstance(item, Mapping) else str(item)
