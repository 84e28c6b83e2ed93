"""What was known when? One entry per incident, with a row for everything that each control centre learnt and asked."""

from typing import Any

from stationsim.impact.impact import Impact
from stationsim.impact.knowing import ALARM, DISMISSAL, DISMISSED, EXPLAINED, KNOWN, OPEN, QUESTION, REPORT, UNNOTICED
from stationsim.report.behind import LEARNING, Behind, behind
from stationsim.report.words import Record, Words, clean, integer, records
from stationsim.units import format_duration


def incident_rows(impact: Impact, words: Words) -> list[dict[str, Any]]:
    """Return the incidents of the disrupted run with what was known of each, as text."""
    topics, log = records(impact.knowledge), behind(impact)
    return [
        {
            "id": str(row["incident"]),
            "name": words.incident(str(row["incident"])),
            "said": story(row, words),
            "rows": [
                _topic(topic, row, words) | _events(topic, log)
                for topic in topics
                if topic["incident"] == row["incident"]
            ],
        }
        for row in records(impact.incidents)
        if not row["background"]
    ]


def story(row: Record, words: Words) -> str:
    """Return the course of an incident in two or three sentences."""
    struck = f"Struck {words.clock(row['struck_s'])} UTC ({clean(row['mode'])})."
    if row["onset_s"] != row["struck_s"]:
        struck += f" It began to show at {words.clock(row['onset_s'])} UTC."
    if row["state"] == UNNOTICED:
        return f"{struck} Nobody learnt of it before the end of the run."
    late = format_duration(integer(row["delay_s"]) or 0)
    first = f"{words.name(row['first_by'])} knew first, {late} after its onset ({words.clock(row['first_s'])} UTC)."
    return f"{struck} {first} {_end(row, words)}"


def _end(row: Record, words: Words) -> str:
    if row["state"] == KNOWN:
        return "Nothing was asked about it."
    open_ = format_duration(integer(row["open_s"]) or 0)
    if row["state"] == OPEN:
        return f"Questions were still open at the end of the run, {open_} later."
    word = {DISMISSED: "Dismissed as a false alarm", EXPLAINED: "The last question was answered"}[str(row["state"])]
    return f"{word} at {words.clock(row['closed_s'])} UTC: it was open for {open_}."


def _events(topic: Record, log: Behind) -> dict[str, object]:
    """Return the events by which it was learnt or asked, and answered."""
    since, answered = (
        None
        if topic[when] is None
        else log.event(topic[when], topic["subject"], topic["incident"], view=topic["centre"], kinds=LEARNING)
        for when in ("since_s", "answered_s")
    )
    return {"since_seq": since, "answered_seq": answered}


def _topic(topic: Record, incident: Record, words: Words) -> dict[str, object]:
    is_question = topic["what"] == QUESTION
    by = f"from {words.name(topic['by'])}" if topic["by"] else ""
    late_s = (integer(topic["since_s"]) or 0) - (integer(incident["onset_s"]) or 0)
    put_off = integer(topic["put_off"]) or 0
    return {
        "centre": words.name(topic["centre"]),
        "what": clean(topic["text"] or topic["subject"]) if is_question else _learnt(topic),
        "since": words.clock(topic["since_s"]),
        "late": ""
        if topic["what"] not in (ALARM, REPORT) or late_s < 0
        else f"{format_duration(late_s)} after the onset",
        "expected": "" if topic["expected_s"] is None else words.clock(topic["expected_s"]),
        "put_off": "" if not put_off else "put off once" if put_off == 1 else f"put off {put_off} times",
        "answered": _answered(topic, words) if is_question else "",
        "answer": clean(topic["answer"]) if topic["answer"] else "",
        "by": by,
    }


def _learnt(topic: Record) -> str:
    return {ALARM: "Alarm", DISMISSAL: "Dismissed as a false alarm"}.get(str(topic["what"]), "Report")


def _answered(topic: Record, words: Words) -> str:
    return "still open" if topic["answered_s"] is None else words.clock(topic["answered_s"])
