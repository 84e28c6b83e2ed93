"""The figures of a run, for scripts and notebooks: an impact becomes a Plotly figure, which is returned and not shown.

    impact = stationsim.assess(stationsim.run(stationsim.load("soyuz-ms22")))
    figure = stationsim.figures.plan(impact, theme="dark")
    figure.write_html("plan.html")

=========== ============================================================================
plan        what changed, before above after, with arrows from cause to effect
kept        what stays as planned
seats       who has which class of seat home
people      who works, sleeps and answers when, around the incidents
ports       which ship is at which port
hatches     which hatch is shut or open when it would not have been
places      where everybody is
air         pressure and reserve time of every body of air
physics     every quantity that takes another course, with its limits
consumables days for which food, water and the like last above their reserve
resilience  what the station can do over time, before and after
beliefs     what was true, and which centre knew it when
graph       what hangs on what, at the moment at which most is not nominal
=========== ============================================================================

`theme` is `light`, `dark`, the name of a template of Plotly (`plotly.io.templates`) or a template of one's own, which
is laid over that of the page. Behind each stands a plain function from tables to a figure in
`stationsim.report.figures`; those also take what an impact does not hold, such as other limits.
"""

import pandas as pd
import plotly.graph_objects as go

from stationsim.impact.impact import Impact
from stationsim.report.documented import with_documented
from stationsim.report.dress import LIGHT, Theme, dressed
from stationsim.report.figures.air import air_figure, alarms
from stationsim.report.figures.beliefs import belief_figure
from stationsim.report.figures.consumables import consumable_figure
from stationsim.report.figures.graph import network_figure
from stationsim.report.figures.people import people_figure
from stationsim.report.figures.physics import physics_figure
from stationsim.report.figures.places import hatch_figure, place_figure
from stationsim.report.figures.ports import port_figure
from stationsim.report.figures.resilience import resilience_figure
from stationsim.report.figures.seats import seat_figure
from stationsim.report.figures.timeline import kept_figure, plan_figure
from stationsim.report.network import network
from stationsim.report.theme import TEMPLATE
from stationsim.report.told import told_of
from stationsim.report.words import words_of

__all__ = [
    "air",
    "beliefs",
    "consumables",
    "graph",
    "hatches",
    "kept",
    "people",
    "physics",
    "places",
    "plan",
    "ports",
    "resilience",
    "seats",
]

NOTHING = "There is nothing to draw in this run."


def plan(impact: Impact, *, theme: Theme = LIGHT, history: pd.DataFrame | None = None) -> go.Figure:
    """Draw the plan before and after: a row per activity that changed, with arrows from cause to effect.

    Args:
        impact: What `assess` returned.
        theme: What it wears.
        history: What really happened, drawn as crosses: a table of `read_history`. The run knows nothing of it.
    """
    words = words_of(impact)
    figure = plan_figure(impact.changes, impact.spans, impact.events, impact.causes, words, theme=theme)
    if history is not None:
        with_documented(figure, history, words)
    return _or_nothing(figure, theme)


def kept(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw every activity that stays as planned."""
    return _or_nothing(kept_figure(impact.changes, impact.spans, words_of(impact), theme=theme), theme)


def seats(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw the class of seat of every person over the run."""
    return _or_nothing(seat_figure(impact.cover, words_of(impact), theme=theme), theme)


def people(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw what people did before and after the incidents, over their sleep and working hours."""
    return _or_nothing(people_figure(impact.hours, impact.cover, words_of(impact), theme=theme), theme)


def ports(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw which ship is at which port."""
    return _or_nothing(port_figure(impact.ports, words_of(impact), theme=theme), theme)


def hatches(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw the hatches that are shut or open when they would not have been."""
    return _or_nothing(hatch_figure(impact.hatches, words_of(impact), theme=theme), theme)


def places(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw where everybody is."""
    return _or_nothing(place_figure(impact.whereabouts, words_of(impact), theme=theme), theme)


def air(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw pressure [kPa] and reserve time of every body of air."""
    figure = air_figure(impact.curves, words_of(impact), alarms(impact.events), theme=theme)
    return _or_nothing(figure, theme)


def physics(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw every quantity that takes another course than without the incidents, with its limits."""
    return _or_nothing(physics_figure(impact.curves, words_of(impact), theme=theme), theme)


def resilience(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw what the station can do over time before and after, and what is missing between them."""
    return _or_nothing(resilience_figure(impact.capabilities, words_of(impact), theme=theme), theme)


def consumables(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw the days for which each consumable lasts above its reserve."""
    return _or_nothing(consumable_figure(impact.consumables, words_of(impact), theme=theme), theme)


def beliefs(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw what was true and what each control centre believed."""
    return _or_nothing(belief_figure(impact.beliefs, words_of(impact), theme=theme), theme)


def graph(impact: Impact, *, theme: Theme = LIGHT) -> go.Figure:
    """Draw the part of the dependency graph that the run moved, as it truly is when most of it is not nominal."""
    words = words_of(impact)
    found = network(impact, words, told_of(impact, words))
    return _or_nothing(go.Figure() if found is None else network_figure(found, theme=theme), theme)


def _or_nothing(figure: go.Figure, theme: Theme) -> go.Figure:
    """Return a figure, or one that says in words that there is nothing to draw."""
    if figure.data:
        return figure
    note = {"text": NOTHING, "showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    hidden = {"visible": False}
    layout = {"template": TEMPLATE, "height": 160, "annotations": [note], "xaxis": hidden, "yaxis": hidden}
    return dressed(go.Figure({"layout": layout}), theme)
