"""Which ship is at which port, and when? One row per port, before above after where they differ."""

import pandas as pd
import plotly.graph_objects as go

from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures._lanes import Bar, View, bars, framed, of_things
from stationsim.report.theme import BLUE, GREY, MIST, PALE, PAPER, Style
from stationsim.report.words import Record, Words, integer, label, records

_SAME = Style(word="as planned", color=PALE)
_BEFORE = Style(word="before", color=MIST)
_AFTER = Style(word="after", color=BLUE, ink=PAPER)


def port_figure(ports: pd.DataFrame, words: Words, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw the occupancy of every port over the whole run."""
    stays = records(ports)
    order = [str(port["id"]) for port in words.manifest.ports] or sorted({str(stay["port"]) for stay in stays})
    used = {str(stay["port"]) for stay in stays}
    rows = {port: -(index + 0.42) for index, port in enumerate([port for port in order if port in used])}
    runs = {run: {_key(stay) for stay in stays if stay["run"] == run} for run in ("nominal", "disrupted")}
    same = runs["nominal"] & runs["disrupted"]
    parts = (
        (_SAME, same, -0.23, 0.38),
        (_BEFORE, runs["nominal"] - same, -0.09, 0.1),
        (_AFTER, runs["disrupted"] - same, -0.33, 0.36),
    )
    traces = []
    for style, keys, offset, height in parts:
        items = [_bar(key, rows[key[0]] + offset, style, words) for key in sorted(keys) if key[0] in rows]
        if items:
            line = {"color": GREY, "width": 1}
            trace = bars(style.word, items, words, style=style, height=height)
            traces.append(trace | {"marker": {"color": style.color, "line": line}})
    names = [(y, f"<b>{label(words.name(port))}</b>") for port, y in rows.items()]
    things = [(y, port) for port, y in rows.items()]
    views: list[View] = [("Whole run", 0, words.manifest.horizon_s)]
    figure = framed(traces, words, rows=names, bottom=-len(rows) - 0.02, views=views)
    return dressed(of_things(figure, things), theme)


def _key(stay: Record) -> tuple[str, str, int, int]:
    return str(stay["port"]), str(stay["ship"]), integer(stay["start_s"]) or 0, integer(stay["until_s"]) or 0


def _bar(key: tuple[str, str, int, int], y: float, style: Style, words: Words) -> Bar:
    port, ship, start_s, until_s = key
    text = label(words.name(ship))
    hover = f"<b>{text}</b> at {label(words.name(port))}<br>{style.word}: {words.lasting(start_s, until_s)}"
    return Bar(y=y, start_s=start_s, until_s=until_s, text=text, hover=hover, thing=ship)
