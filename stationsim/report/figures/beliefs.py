"""What was true, and who knew it when? One row per thing and view: the truth, then each control centre."""

import pandas as pd
import plotly.graph_objects as go
from attrs import evolve

from stationsim.impact.knowing import UNAWARE
from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._lanes import Bar, View, around, bars, clipped, framed, of_things
from stationsim.report.theme import Style, state_style
from stationsim.report.words import DAY_S, Record, Words, integer, label, records

TRUTH = "truth"
INCIDENT = "incident"
_MOST_ROWS = 36


def belief_figure(beliefs: pd.DataFrame, words: Words, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw health and status of everything that changes, as it is and as each centre believes it."""
    spans = [row for row in records(beliefs) if row["run"] == "disrupted"]
    moving = _moving(spans)
    keys = sorted({_key(row) for row in spans if (row["subject"], row["what"]) in moving}, key=_order)[:_MOST_ROWS]
    lo, hi = _range(spans, moving, words)
    rows, names = _placed(keys, words)
    grouped: dict[str, tuple[Style, list[Bar]]] = {}
    for row in spans:
        span = clipped(integer(row["start_s"]) or 0, integer(row["until_s"]) or 0, lo, words.manifest.horizon_s)
        if _key(row) in rows and span:
            style = state_style(str(row["value"]))
            known = grouped.setdefault(style.color + style.pattern, (style, []))
            known[1].append(_bar(row, rows[_key(row)], span, words))
            if style.word not in known[0].word.split(" or "):
                grouped[style.color + style.pattern] = (
                    evolve(known[0], word=f"{known[0].word} or {style.word}"),
                    known[1],
                )
    traces = [bars(label(style.word), items, words, style=style, height=0.36) for style, items in grouped.values()]
    bottom = min(rows.values(), default=0.0) - 0.3
    first = (words.marks[0][0] if words.marks else lo) + DAY_S
    views = [("Days of change", lo, hi), ("First day", lo, first), ("Whole run", lo, words.manifest.horizon_s)]
    views[2:2] = _alarms(spans)
    axis = {
        "range": [bottom, 0], "visible": True, "fixedrange": True, "tickmode": "array", "showgrid": False, "ticks": "",
        "tickvals": list(rows.values()), "ticktext": [label(_view(view, words), 18) for _, _, view in rows],
    }  # fmt: skip
    things = [(y - 0.1, subject) for (subject, _, _), y in rows.items()]
    figure = framed(traces, words, rows=names, bottom=bottom, views=views, unit_px=60, yaxis=axis)
    return dressed(of_things(figure, things), theme)


def _view(view: object, words: Words) -> str:
    return "truth" if view == TRUTH else words.name(view)


def _subject(subject: str, what: str, words: Words) -> str:
    return words.incident(subject) if what == INCIDENT else words.name(subject)


def _key(row: Record) -> tuple[str, str, str]:
    return str(row["subject"]), str(row["what"]), str(row["view"])


def _order(key: tuple[str, str, str]) -> tuple[bool, str, str, bool, str]:
    """Incidents come first, then what they did to things."""
    subject, what, view = key
    return what != INCIDENT, what, subject, view != TRUTH, view


def _moving(spans: list[Record]) -> set[tuple[object, object]]:
    """Return the (subject, what) that have more than one value."""
    values: dict[tuple[object, object], set[object]] = {}
    for row in spans:
        values.setdefault((row["subject"], row["what"]), set()).add(row["value"])
    return {key for key, seen in values.items() if len(seen) > 1}


def _range(spans: list[Record], moving: set[tuple[object, object]], words: Words) -> tuple[int, int]:
    lo, hi = around(words, DAY_S // 4, DAY_S)
    starts = [integer(row["start_s"]) or 0 for row in spans if (row["subject"], row["what"]) in moving]
    last = max([hi, *starts])
    return lo, min(words.manifest.horizon_s, last + max(DAY_S // 2, (last - lo) // 6))


def _alarms(spans: list[Record]) -> list[View]:
    """Return the time in which centres did not know yet what was already true, if there is any."""
    unaware = [row for row in spans if row["what"] == INCIDENT and row["value"] == UNAWARE]
    if not unaware:
        return []
    lo = min(integer(row["start_s"]) or 0 for row in unaware)
    hi = max(integer(row["until_s"]) or 0 for row in unaware)
    pad = max((hi - lo) // 4, 300)
    return [("Until all knew", max(0, lo - pad), hi + pad)]


def _placed(
    keys: list[tuple[str, str, str]], words: Words
) -> tuple[dict[tuple[str, str, str], float], list[tuple[float, str]]]:
    """Return a position per key, and a name above each group."""
    rows: dict[tuple[str, str, str], float] = {}
    names: list[tuple[float, str]] = []
    y, group = 0.0, ("", "")
    for key in keys:
        if key[:2] != group:
            group = (key[0], key[1])
            y -= 0.5
            names.append((y, f"<b>{label(_subject(*key[:2], words), 70)}</b>  {label(key[1])}"))
            y += 0.14
        y -= 0.4
        rows[key] = y
    return rows, names


def _bar(row: Record, y: float, span: tuple[int, int], words: Words) -> Bar:
    word = state_style(str(row["value"])).word
    name = _subject(str(row["subject"]), str(row["what"]), words)
    hover = (
        f"<b>{label(name)}</b><br>{label(_view(row['view'], words))}: {label(word)}<br>"
        f"{words.lasting(row['start_s'], row['until_s'])}"
    )
    return Bar(y=y, start_s=span[0], until_s=span[1], text=label(word), hover=hover)
