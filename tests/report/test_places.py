"""Where everybody is, as a figure and in words."""

from impact.logs import Story, pair

from stationsim.impact.impact import assess
from stationsim.log.kinds import Kind
from stationsim.report.air_captions import place_caption
from stationsim.report.figures.places import place_figure, place_rows
from stationsim.report.words import words_of

DAY = 86400
NAMES = {"ann": "Ann", "bob": "Bob", "cid": "Cid", "walk": "Walk", "look": "Look", "ferry": "Ferry", "node": "Node"}
KNOWN = {"walk": {"kind": "eva", "effect": "outside"}, "look": {"kind": "response"}}


def whereabouts(*, is_struck: bool = True):
    """Return a walk of Ann during which something strikes and Bob looks into it; Cid comes the day after."""
    nominal, told = Story(), Story()
    for story in (nominal, told):
        for person in ("ann", "bob"):
            story.tell(Kind.BOARDED, person, object="ferry")
        story.plan(Kind.PLANNED, "walk", 7200, lasts="4 h", people={"ann": "ev1"})
        story.at(7200).tell(Kind.STARTED, "walk")
    if is_struck:
        hit = told.at(9000).tell(Kind.STRUCK, "hit", object="node")
        told.plan(Kind.ADDED, "look", 9000, lasts="1 h", people={"bob": "eyes"}, object="hit", cause=hit)
        told.tell(Kind.STARTED, "look")
        told.at(12_600).tell(Kind.FINISHED, "look")
    for story in (nominal, told):
        story.at(21_600).tell(Kind.FINISHED, "walk")
        story.at(5 * DAY).tell(Kind.LAUNCHED, "ferry")
        story.at(6 * DAY).tell(Kind.BOARDED, "cid", object="ferry")
    incidents = [{"id": "hit", "node": "node", "background": False}]
    return assess(pair(nominal, told, activities=KNOWN, names=NAMES, incidents=incidents))


def test_who_is_outside_or_at_a_response_has_a_row_and_who_comes_later_has_none():
    impact = whereabouts()
    words = words_of(impact)
    assert list(place_rows(impact.whereabouts, words)) == ["ann", "bob"]
    figure = place_figure(impact.whereabouts, words)
    bars = {trace.name: (list(trace.base), list(trace.text or ())) for trace in figure.data}
    assert bars["outside"] == (["2022-12-14T02:00:00"], ["Walk"])
    assert bars["at work"] == (["2022-12-14T02:30:00"], ["Look"])
    assert [title for title, _, _ in figure.layout.meta["views"]] == ["First hours", "First two days", "Whole run"]
    assert place_caption(impact.whereabouts, impact.events, words) == "Outside when it struck: Ann. At work: Bob."


def test_where_nobody_is_elsewhere_than_planned_nothing_is_drawn():
    impact = whereabouts(is_struck=False)
    assert place_rows(impact.whereabouts, words_of(impact)) == {}


def test_a_place_of_work_is_named_and_is_no_shelter():
    impact = whereabouts()
    table = impact.whereabouts.copy()
    table.loc[table["activity"] == "look", "place"] = "node"
    figure = place_figure(table, words_of(impact))
    assert [list(trace.text) for trace in figure.data if trace.name == "at work"] == [["Look in Node"]]
    assert "sheltered" not in [trace.name for trace in figure.data]


def test_who_flies_is_shown_in_the_ship():
    impact = whereabouts()
    table = impact.whereabouts.copy()
    table.loc[(table["person"] == "cid") & (table["state"] == "aboard"), "until_s"] = 7 * DAY
    figure = place_figure(table, words_of(impact))
    assert "<b>Cid</b>" not in [note.text for note in figure.layout.annotations]
    moved = table[~((table["person"] == "cid") & (table["run"] == "nominal"))]
    figure = place_figure(moved, words_of(impact))
    assert [list(trace.text) for trace in figure.data if trace.name == "in flight"] == [["Ferry"]]
