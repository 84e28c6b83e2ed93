"""How does an impact become one offline page? Figures and tables fill a template; the file appears whole or not."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
from attrs import frozen
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from stationsim.impact.impact import Impact
from stationsim.log.files import replace_file
from stationsim.report import air_captions, captions, hinges, prices, second, tables
from stationsim.report.bounds import MOST_CHANGES, MOST_LEDGER, MOST_OPEN, beginning, knots
from stationsim.report.consumables import consumable_caption
from stationsim.report.decisions import decision_rows
from stationsim.report.documented import documented, with_documented
from stationsim.report.figures.air import air_figure, air_rows, air_views, alarms
from stationsim.report.figures.beliefs import belief_figure
from stationsim.report.figures.consumables import consumable_figure
from stationsim.report.figures.graph import network_figure
from stationsim.report.figures.people import people_figure
from stationsim.report.figures.physics import physics_figure
from stationsim.report.figures.places import hatch_figure, hatch_rows, place_figure, place_rows
from stationsim.report.figures.ports import port_figure
from stationsim.report.figures.resilience import resilience_figure
from stationsim.report.figures.seats import seat_figure
from stationsim.report.figures.second import second_figure
from stationsim.report.figures.timeline import kept_figure, plan_figure
from stationsim.report.hinges import hinge_rows
from stationsim.report.kin import kin, whens
from stationsim.report.knowledge import incident_rows
from stationsim.report.lead import lead
from stationsim.report.network import network, why_lines
from stationsim.report.passed import passed_rows
from stationsim.report.prices import price_rows
from stationsim.report.resilience import recovery_rows, resilience_caption
from stationsim.report.rules import rule_rows, waiver_rows
from stationsim.report.second import second_caption, second_rows
from stationsim.report.sources import source_rows
from stationsim.report.theme import CONFIG
from stationsim.report.told import story, told_of, tree
from stationsim.report.twins import Twin, twins
from stationsim.report.waterfall import by_incident, waterfalls
from stationsim.report.words import Record, Words, clean, integer, words_of
from stationsim.units import with_gmt

CONTENTS = (
    ("story", "Story"), ("plan", "Plan"), ("changes", "Changes"), ("seats", "Seats"), ("people", "People"),
    ("resilience", "Resilience"), ("ports", "Ports"), ("hatches", "Hatches"), ("places", "Places"), ("air", "Air"),
    ("physics", "Physics"), ("consumables", "Consumables"), ("beliefs", "Beliefs"), ("decisions", "Decisions"),
    ("hinges", "Hinges"), ("second", "Second failures"), ("graph", "Graph"), ("ledger", "Ledger"),
    ("margins", "Margins"), ("rules", "Rules"), ("events", "Events"), ("provenance", "Provenance"),
)  # fmt: skip
"""Sections in the order of the page."""
_MAYBE = {"hatches", "places", "air", "consumables", "decisions", "hinges"}


@frozen(kw_only=True)
class Picture:
    """A figure with the words around it.

    Attributes:
        id: Anchor of its section and, with `-figure`, of its drawing.
        title: Heading.
        caption: What to see in it.
        figure: The figure itself; None where there is nothing to draw.
    """

    id: str
    title: str
    caption: str
    figure: go.Figure | None

    @property
    def json(self) -> Markup:
        """Return the figure as JSON that can stand in a script element."""
        return _script_json(pio.to_json(self.figure, engine="json", validate=False))

    @property
    def height(self) -> int:
        """Return the height it will have [px], kept free before it is drawn."""
        return int(self.figure.layout.height) if self.figure is not None else 0


def render(impact: Impact, path: str | Path, *, history: pd.DataFrame | None = None) -> Path:
    """Write the report of an impact as one HTML file and return its path.

    The same impact gives the same bytes. Missing folders are made; the file replaces an older one in one step.

    Args:
        impact: What `assess` returned.
        path: The file.
        history: What really happened, to be drawn on the plan: a table of `read_history`. The run knows nothing of it.

    Raises:
        ScenarioError: The history is no such table, or is about nothing in this run.
    """
    target = Path(path)
    text = page(impact, history)
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, text.encode("utf-8"))
    return target


def page(impact: Impact, history: pd.DataFrame | None = None) -> str:
    """Return the report of an impact as HTML, with documented history on its plan where there is one."""
    words = words_of(impact)
    shown = {picture.id: picture for picture in pictures(impact, words)}
    told_history = None if history is None else documented(history, impact, words)
    for place in ("plan", "kept"):
        if history is not None and (figure := shown[place].figure) is not None:
            with_documented(figure, history, words, place)
    told = told_of(impact, words)
    net = network(impact, words, told)
    why = {} if net is None else why_lines(told, net)
    changes = tables.change_rows(impact, words)
    changed = int((impact.changes["outcome"] != "kept").sum())
    most = knots(min(changed, MOST_CHANGES))
    for row in changes:
        row["tree"] = None if row["outcome"] == "kept" else tree(told, str(row["id"]), row["cause"], most)
    roots = [int(str(row["tree"]["seq"])) for row in changes if isinstance(row["tree"], dict)]
    near, assumed = tables.near_rows(impact, words), tables.assumed_rows(impact, words)
    twin_of = twins(impact, words)
    recovery = recovery_rows(impact, {row["id"] for row in changes if row["outcome"] != "kept"})
    known = incident_rows(impact, words)
    beside = () if told_history is None else told_history.seqs
    named = [*roots, *(int(seq) for seq in why), *_linked((*near, *assumed), twin_of, known, recovery), *beside]
    events = tables.event_rows(impact, words, named)
    decisions, hung = decision_rows(impact, words), hinge_rows(impact, words)
    told_in_words = {"decisions": decisions, "hinges": decisions or hung}
    there = {*shown, *(id_ for id_, rows in told_in_words.items() if rows)}
    template = _environment().get_template("page.html.j2")
    return template.render(
        impact=impact,
        manifest=impact.manifest,
        passed=passed_rows(impact),
        sources=source_rows(impact.manifest),
        title=clean(impact.manifest.title or impact.manifest.scenario),
        lead=lead(impact.headline),
        contents=[(id_, name) for id_, name in CONTENTS if id_ not in _MAYBE or id_ in there],
        steps=story(told, {int(str(row["seq"])) for row in events if not row["quiet"]}, words),
        net=net,
        graph_data=_script_json(json.dumps({} if net is None else net.data | {"why": why})),
        kin=_script_json(json.dumps(kin(impact))),
        whens=_script_json(json.dumps({"start": impact.manifest.start_utc, "of": whens(impact, words)})),
        falls=waterfalls(impact, words, {row["id"] for row in changes}),
        split=by_incident(impact, words),
        twin_of=twin_of,
        packs={name: _script_json(json.dumps(twin.pack)) for name, twin in twin_of.items() if twin.packed},
        marks=[{"utc": with_gmt(f"{words.clock(t_s)} UTC"), "name": words.incident(name)} for t_s, name in words.marks],
        start=words.clock(0),
        hint=words.clock(words.first_s),
        until=words.clock(impact.manifest.horizon_s),
        tiles=tables.tiles(impact, words),
        pictures=shown,
        changed=[row for row in changes if row["outcome"] != "kept"],
        kept=[row for row in changes if row["outcome"] == "kept"],
        counts={"changed": changed, "kept": len(impact.changes) - changed, "ledger": len(impact.ledger)},
        text=beginning(impact.manifest.scenario_text),
        decisions=decisions,
        hinges=hung,
        hinges_open=hinges.MOST_OPEN,
        hinges_most=hinges.MOST_ROWS,
        second=second_rows(impact),
        second_open=second.MOST_OPEN,
        second_most=second.MOST_ROWS,
        incidents=known,
        recovery=recovery,
        totals=tables.ledger_rows(impact.totals, words),
        ledger=tables.ledger_rows(impact.ledger.head(MOST_LEDGER), words),
        events=events,
        left_out=int((impact.events["run"] == "disrupted").sum()) - len(events),
        near=near,
        assumed=assumed,
        rules=rule_rows(impact),
        prices=price_rows(impact, words),
        prices_open=prices.MOST_OPEN,
        prices_most=prices.MOST_ROWS,
        waivers=waiver_rows(impact, words),
        most_open=MOST_OPEN,
        documented=told_history,
        meanings=_script_json(json.dumps({row["kind"]: row["meaning"] for row in events})),
        config=_script_json(json.dumps(CONFIG)),
        plotly=Markup(get_plotlyjs()),  # noqa: S704  # Plotly's own bundle, which stands in a script element as it is
    )


def _linked(
    margins: Iterable[Record],
    twin_of: Mapping[str, Twin],
    known: Iterable[dict[str, Any]],
    recovery: Iterable[dict[str, str]],
) -> Iterator[int]:
    """Yield the events to which tables of the page lead: they are in the table of events, however long the log is."""
    rows = (row for twin in twin_of.values() for row in (*twin.rows, *twin.packed))
    learnt = (row[key] for one in known for row in one["rows"] for key in ("since_seq", "answered_seq"))
    found = (*(row["seq"] for row in margins), *(row.seq for row in rows), *learnt)
    yield from (seq for seq in map(integer, found) if seq is not None)
    links = (row[key] for row in recovery for key in ("deepest_link", "back_link"))
    yield from (int(link.removeprefix("event-")) for link in links if link.startswith("event-"))


def pictures(impact: Impact, words: Words) -> Iterator[Picture]:
    """Yield the figures in the order of the page."""
    change = "differs" if (impact.changes["outcome"] != "kept").any() else ""
    yield Picture(
        id="plan",
        title="The plan before and after",
        caption=captions.plan_caption(impact.changes, words),
        figure=plan_figure(impact.changes, impact.spans, impact.events, impact.causes, words) if change else None,
    )
    kept = bool((impact.changes["outcome"] == "kept").any())
    yield Picture(
        id="kept",
        title="What stays as planned",
        caption=captions.kept_caption(impact.changes, words),
        figure=kept_figure(impact.changes, impact.spans, words) if kept else None,
    )
    yield Picture(
        id="resilience",
        title="What the station can do, and when it is back",
        caption=resilience_caption(impact.recovery),
        figure=resilience_figure(impact.capabilities, words) if len(impact.capabilities) else None,
    )
    yield Picture(
        id="ports",
        title="Ships at the ports",
        caption=captions.port_caption(impact.ports, words),
        figure=port_figure(impact.ports, words) if len(impact.ports) else None,
    )
    yield Picture(
        id="people",
        title="People around the incident" if words.marks else "People",
        caption=captions.people_caption(impact.hours, words),
        figure=people_figure(impact.hours, impact.cover, words) if impact.manifest.people else None,
    )
    yield Picture(
        id="seats",
        title="A seat home for everybody",
        caption=captions.seat_caption(impact.cover, words),
        figure=seat_figure(impact.cover, words) if len(impact.cover) else None,
    )
    yield from _of_air(impact, words)
    physics = physics_figure(impact.curves, words)
    yield Picture(
        id="physics",
        title="Coolant and cabin temperature",
        caption=captions.physics_caption(impact.curves, words),
        figure=physics if len(physics.data) else None,
    )
    yield from _of_consumables(impact, words)
    beliefs = belief_figure(impact.beliefs, words)
    yield Picture(
        id="beliefs",
        title="What was true, and who knew it",
        caption=captions.belief_caption(impact.beliefs, words),
        figure=beliefs if len(beliefs.data) else None,
    )
    if impact.second is not None and len(impact.second):
        caption = second_caption(impact, words)
        figure = second_figure(impact.second, words)
        yield Picture(id="second", title="If one more thing fails", caption=caption, figure=figure)


def graph_picture(impact: Impact, words: Words) -> Picture:
    """Return the graph as a figure that stands still: the page has one of its own, in which a reader can move."""
    net = network(impact, words, told_of(impact, words))
    return Picture(
        id="graph",
        title="What hangs on what",
        caption="From left to right: what is needed, then what needs it, when most of it is not nominal.",
        figure=None if net is None else network_figure(net),
    )


def _of_air(impact: Impact, words: Words) -> Iterator[Picture]:
    """Yield the figures that a leak of cabin air or a refuge needs, and only those in which there is something."""
    rows, totals = air_rows(impact.curves, words), impact.totals
    if rows:
        caption = air_captions.air_caption(impact.curves, totals, words)
        figure = air_figure(impact.curves, words, alarms(impact.events))
        yield Picture(id="air", title="Cabin air", caption=caption, figure=figure)
    if hatch_rows(impact.hatches):
        near = air_views(rows, words)[0][1:] if rows else None
        caption = air_captions.hatch_caption(impact.hatches, words)
        yield Picture(id="hatches", title="Hatches", caption=caption, figure=hatch_figure(impact.hatches, words, near))
    if place_rows(impact.whereabouts, words):
        caption = air_captions.place_caption(impact.whereabouts, impact.events, words)
        figure = place_figure(impact.whereabouts, words)
        yield Picture(id="places", title="Where everybody is", caption=caption, figure=figure)


def _of_consumables(impact: Impact, words: Words) -> Iterator[Picture]:
    """Yield the figure of what people use up, where a scenario says so."""
    if len(impact.consumables):
        figure, caption = consumable_figure(impact.consumables, words), consumable_caption(impact, words)
        drawn = figure if len(figure.data) else None
        yield Picture(id="consumables", title="Consumables above the reserve", caption=caption, figure=drawn)


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("stationsim.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _script_json(text: str) -> Markup:
    """Return JSON in which no character can end or open an HTML element."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # nothing is left that HTML would read
