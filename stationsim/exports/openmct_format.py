"""What does the plan look like in Open MCT? A plan file: a group per kind of activity, times in milliseconds."""

import json
from datetime import timedelta

from stationsim.exports.texts import Record, Told
from stationsim.impact.clock import Clock
from stationsim.impact.frames import records
from stationsim.impact.impact import Impact

__all__ = ["files"]

_COLORS = {
    "kept": ("#8A93A0", "#000000"), "moved": ("#56B4E9", "#000000"), "reassigned": ("#56B4E9", "#000000"),
    "changed": ("#56B4E9", "#000000"), "added": ("#009E73", "#FFFFFF"), "paused": ("#E69F00", "#000000"),
    "unfinished": ("#E69F00", "#000000"),
}  # fmt: skip
"""Background and text colour of an outcome, told apart by people who see few colours too."""
_OTHER = ("#D55E00", "#000000")
"""Of everything that ended otherwise than planned."""


def files(impact: Impact) -> dict[str, bytes]:
    """Return `plan.json`: group -> [{name, start, end, type, color, textColor}].

    A day without a clock is drawn at the seconds that the run gave it: Open MCT knows no whole days.
    """
    told = Told.of(impact)
    outcomes = {str(row["subject"]): str(row["outcome"]) for row in records(impact.changes)}
    groups: dict[str, list[Record]] = {}
    spans = [row for row in records(impact.spans) if row["run"] == "disrupted"]
    for span in sorted(spans, key=lambda row: (int(str(row["start_s"])), str(row["subject"]))):
        subject = str(span["subject"])
        group = str(impact.manifest.activities.get(subject, {}).get("kind_name") or span["kind"])
        groups.setdefault(group, []).append(_activity(told, span, group, outcomes.get(subject, "kept")))
    ordered = dict(sorted(groups.items()))
    return {"plan.json": (json.dumps(ordered, allow_nan=False, ensure_ascii=False, indent=1) + "\n").encode()}


def _activity(told: Told, span: Record, group: str, outcome: str) -> Record:
    clock, is_off = Clock.of(told.impact.manifest), span["state"] == "called_off"
    color, text_color = _OTHER if is_off else _COLORS.get(outcome, _OTHER)
    return {
        "name": told.name(span["subject"]) + (" (called off)" if is_off else ""),
        "start": _milliseconds(clock, span["start_s"]),
        "end": _milliseconds(clock, span["until_s"]),
        "type": group,
        "color": color,
        "textColor": text_color,
    }


def _milliseconds(clock: Clock, t_s: object) -> int:
    return int((clock.start + timedelta(seconds=int(str(t_s)))).timestamp()) * 1000
