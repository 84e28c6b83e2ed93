"""The formats of plans and graphs, each read back as its public description says."""

import io
import json
import re

import jsonschema
import networkx as nx
import pytest
from exports.conftest import EVIL
from hypothesis import given
from hypothesis import strategies as st

from stationsim.exports.formats import FORMATS
from stationsim.exports.ical_format import folded, text_value
from stationsim.impact.frames import records


def calendars(impact):
    return {name: parsed(content) for name, content in FORMATS["ical"].files(impact).items()}


def parsed(content):
    """Read an iCalendar file by the rules of RFC 5545; return the properties of the calendar and of each event."""
    text = content.decode()
    assert text.endswith("\r\n")
    lines = text.split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 and "\n" not in line and "\r" not in line for line in lines)
    calendar, events, inside = {}, [], None
    for line in "\r\n".join(lines).replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            inside = {}
        elif line == "END:VEVENT":
            events.append(inside)
            inside = None
        else:
            held = calendar if inside is None else inside
            assert name not in held or name in {"BEGIN", "END"}
            held[name] = value
    assert (calendar["BEGIN"], calendar["END"], calendar["VERSION"]) == ("VCALENDAR", "VCALENDAR", "2.0")
    return calendar, events


def unescaped(value):
    """Read a value of type TEXT (RFC 5545, section 3.3.11)."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_calendars_keep_to_rfc_5545(told, decided, hostile, empty):
    """RFC 5545 (https://www.rfc-editor.org/rfc/rfc5545): lines, folding, escaping, and what an event must have."""
    for impact in (told, decided, hostile, empty):
        for calendar, events in calendars(impact).values():
            assert {"PRODID", "VERSION", "CALSCALE"} <= set(calendar)
            assert events
            assert len({event["UID"] for event in events}) == len(events)
            for event in events:
                assert event["DTSTAMP"] == "20221214T000000Z"
                assert re.fullmatch(r"CONFIRMED|CANCELLED", event["STATUS"])
                spans(event)


def spans(event):
    if "DTSTART" in event:
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTART"])
        assert "DTEND" not in event or event["DTEND"] > event["DTSTART"]
    else:
        first, last = event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]
        assert re.fullmatch(r"\d{8}", first)
        assert last > first


def test_the_whole_plan_has_an_event_for_every_try(told):
    _, events = calendars(told)["plan.ics"]
    spans_ = told.spans[told.spans["run"] == "disrupted"]
    assert len(events) == len(spans_)
    off = [event for event in events if event["STATUS"] == "CANCELLED"]
    assert [unescaped(event["SUMMARY"]) for event in off] == ["VKD-56 (called off)"]
    moved = next(event for event in events if event["SUMMARY"] == "US EVA-83")
    assert moved["DTSTART;VALUE=DATE"] == "20221221"  # nobody gave a clock
    assert unescaped(moved["DESCRIPTION"]).startswith("moved, planned for 2022-12-19: ")


def test_everybody_and_every_ship_has_a_calendar(told):
    found = calendars(told)
    assert {name.partition("/")[0] for name in found} == {"plan.ics", "people", "ships"}
    calendar, events = found["people/rubio.ics"]
    assert (calendar["NAME"], calendar["X-WR-CALNAME"]) == ("Frank Rubio", "Frank Rubio")
    assert "US EVA-83" in {event["SUMMARY"] for event in events}
    _, events = found["ships/soyuz-ms-22.ics"]
    assert "Soyuz MS-22 at Rassvet nadir" in {event["SUMMARY"] for event in events}


def test_a_person_has_their_way_home(decided):
    _, events = calendars(decided)["people/ann.ics"]
    home = next(event for event in events if event["UID"].startswith("ann-return."))
    assert (home["DTSTART;VALUE=DATE"], home["CATEGORIES"]) == ("20230105", "return")


def test_names_in_calendars_are_data(hostile):
    calendar, events = calendars(hostile)["plan.ics"]
    assert unescaped(calendar["NAME"]) == EVIL.replace("\r\n", "\n")
    names = {unescaped(event["SUMMARY"]) for event in events}
    assert f"{EVIL} us-eva-83".replace("\r\n", "\n") in names


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_a_folded_line(text):
    """RFC 5545, sections 3.1 and 3.3.11: at most 75 octets a line; control characters cannot be written."""
    line = folded(f"SUMMARY:{text_value(text)}")
    assert all(len(piece.encode()) <= 75 for piece in line.split("\r\n"))
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in kept if c in "\t\n" or not (c < " " or "\x7f" <= c <= "\x9f"))
    assert unescaped(line.replace("\r\n ", "").removeprefix("SUMMARY:")) == kept


@pytest.mark.parametrize("which", ["told", "hostile", "empty"])
def test_the_graph_comes_back_from_graphml(which, request):
    """GraphML (http://graphml.graphdrawing.org/specification.html), read by networkx."""
    impact = request.getfixturevalue(which)
    content = FORMATS["graphml"].files(impact)["graph.graphml"]
    read = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    known = impact.manifest.graph
    assert read.is_directed()
    assert {id_: node["name"] for id_, node in read.nodes(data=True)} == {
        node["id"]: node["name"].replace("\r\n", "\n") for node in known["nodes"]
    }
    assert [(a, b, data["strength"], data["why"]) for a, b, data in read.edges(data=True)] == [
        (edge["source"], edge["target"], edge["strength"], edge["why"].replace("\r\n", "\n")) for edge in known["edges"]
    ]


def test_the_struck_node_is_marked_and_control_characters_do_not_break_the_file(told):
    import attrs

    nodes = [node | {"name": "a\x00b\x1b\ufffe"} for node in told.manifest.graph["nodes"]]
    odd = attrs.evolve(told, manifest=attrs.evolve(told.manifest, graph=told.manifest.graph | {"nodes": nodes}))
    read = nx.read_graphml(io.BytesIO(FORMATS["graphml"].files(odd)["graph.graphml"]))
    assert dict(read.nodes["soyuz-ms-22/external-loop"]) == {"type": "loop", "name": "ab", "incident": "loop"}


PLAN = {
    "type": "object",
    "additionalProperties": {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name", "start", "end", "type", "color", "textColor"],
            "properties": {
                "name": {"type": "string"},
                "start": {"type": "integer"},
                "end": {"type": "integer"},
                "type": {"type": "string"},
                "color": {"type": "string", "pattern": "^#[0-9A-F]{6}$"},
                "textColor": {"type": "string", "pattern": "^#[0-9A-F]{6}$"},
            },
        },
    },
}


@pytest.mark.parametrize("which", ["told", "decided", "hostile", "empty"])
def test_the_plan_is_one_that_open_mct_reads(which, request):
    """Open MCT, plan files: https://github.com/nasa/openmct/blob/master/src/plugins/plan/README.md."""
    impact = request.getfixturevalue(which)
    plan = json.loads(FORMATS["openmct"].files(impact)["plan.json"])
    jsonschema.validate(plan, PLAN)
    assert all(one["type"] == group and one["start"] <= one["end"] for group, held in plan.items() for one in held)
    assert sum(map(len, plan.values())) == sum(row["run"] == "disrupted" for row in records(impact.spans))


def test_times_in_open_mct_are_milliseconds_since_1970(told):
    plan = json.loads(FORMATS["openmct"].files(told)["plan.json"])
    first = plan["VKD"][0]
    assert first["name"] == "VKD-56 (called off)"
    start_s = told.spans.loc[told.spans["state"] == "called_off", "start_s"].item()
    assert first["start"] == (1670976000 + start_s) * 1000  # 2022-12-14T00:00Z
