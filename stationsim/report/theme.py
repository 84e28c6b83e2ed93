"""What does it look like? Colours, symbols and patterns, and the Plotly template that every figure wears.

Colours are those of Okabe and Ito, which stay apart for colour-blind readers. No colour speaks alone: a symbol, a
pattern or a word stands beside it. The template also removes Plotly's button that would send a chart's data away.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen

from stationsim.impact.changes import COMES_UP, is_without_ship

BLUE, SKY, GREEN, ORANGE, VERMILLION, PURPLE, BLACK = (
    "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7", "#000000",
)  # fmt: skip
GREY = "#7A828C"
PALE = "#BFDDF0"
MIST = "rgba(122,130,140,0.22)"
CLEAR = "rgba(0,0,0,0)"
VEIL = "rgba(255,255,255,0.92)"
"""Behind text that may cross a line; the page puts its dark twin in its place."""
INK = "#16202B"
PAPER = "#FFFFFF"

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


@frozen(kw_only=True)
class Style:
    """How one outcome, level or state is drawn.

    Attributes:
        word: What people read.
        color: Fill.
        symbol: Plotly marker symbol.
        pattern: Plotly fill pattern, so that the colour is never alone.
        ink: Colour of text on the fill.
    """

    word: str
    color: str
    symbol: str = "circle"
    pattern: str = ""
    ink: str = INK


OUTCOMES = {
    "kept": Style(word="kept", color=GREY),
    "moved": Style(word="moved", color=BLUE, symbol="diamond", ink=PAPER),
    "reassigned": Style(word="reassigned", color=SKY, symbol="square", pattern="\\"),
    "changed": Style(word="changed", color=SKY, symbol="pentagon", pattern="-"),
    "postponed": Style(word="no date", color=VERMILLION, symbol="circle-x-open"),
    "cancelled": Style(word="given up", color=BLACK, symbol="x", ink=PAPER),
    "terminated": Style(word="ended early", color=VERMILLION, symbol="triangle-left", pattern="x"),
    "aborted": Style(word="aborted", color=VERMILLION, symbol="triangle-left-open", pattern="|"),
    "failed": Style(word="failed", color=BLACK, symbol="triangle-down", pattern=".", ink=PAPER),
    "paused": Style(word="paused", color=ORANGE, symbol="hourglass", pattern="."),
    "unfinished": Style(word="under way at the end", color=ORANGE, symbol="hourglass-open", pattern="/"),
    "called_off": Style(word="put back on the task list", color=ORANGE, symbol="circle-open", pattern="\\"),
    "added": Style(word="added", color=GREEN, symbol="star", pattern="/", ink=PAPER),
}

LEVELS = (
    Style(word="certified", color=PALE),
    Style(word="improvised", color=SKY, pattern="/"),
    Style(word="emergency-only", color=ORANGE, pattern="\\"),
    Style(word="unfit or unknown", color=VERMILLION, pattern="x"),
    Style(word="no seat", color=BLACK, pattern=".", ink=PAPER),
)

STATES = {
    "nominal": Style(word="nominal", color=PALE),
    "certified": Style(word="certified", color=PALE),
    "degraded": Style(word="degraded", color=ORANGE, pattern="\\"),
    "emergency-only": Style(word="emergency-only", color=ORANGE, pattern="\\"),
    "unknown": Style(word="unknown", color="#D9DCE0", pattern="/"),
    "unusable": Style(word="unusable", color=VERMILLION, pattern="x"),
    "failed": Style(word="failed", color=VERMILLION, pattern="x"),
    "nothing": Style(word="nothing wrong", color=PALE),
    "true": Style(word="happening", color=VERMILLION),
    "over": Style(word="over", color=PALE),
    "unaware": Style(word="unaware", color=PURPLE, pattern="."),
    "open": Style(word="open questions", color=ORANGE, pattern="\\"),
    "known": Style(word="known", color=SKY),
    "explained": Style(word="explained", color=SKY),
    "dismissed": Style(word="dismissed: false alarm", color=GREEN, pattern="/", ink=PAPER),
}


def outcome_style(outcome: str) -> Style:
    """Return the style of an outcome; an unknown one is drawn as it reads."""
    return OUTCOMES.get(outcome) or Style(word=outcome.replace("_", " "), color=PURPLE, symbol="hexagon")


def outcome_word(change: Mapping[str, object]) -> str:
    """Return the outcome of a row of table `changes` in words; of a return it says what became of its ship."""
    if change["kind"] == "return" and change["outcome"] == "postponed":
        return "no ship" if has_no_ship(change) else "comes up later" if COMES_UP in _differs(change) else "no date"
    if change["kind"] == "return" and change["outcome"] == "changed":
        return "no ship for a time"
    return outcome_style(str(change["outcome"])).word


def has_no_ship(change: Mapping[str, object]) -> bool:
    """Tell whether a row of table `changes` is a return without a ship at the end of the run."""
    return is_without_ship(str(change["outcome"]), _differs(change))


def _differs(change: Mapping[str, object]) -> Sequence[object]:
    differs = change["differs"]
    return differs if isinstance(differs, list | tuple) else ()


def state_style(value: str) -> Style:
    """Return the style of a health or status; an unknown one is drawn as it reads."""
    key = value.lower().replace("_", "-")
    return STATES.get(key) or Style(word=key.replace("-", " "), color=PURPLE, pattern="-")


# Everything but "reset" and the picture: zooming and panning are done by dragging, and nothing may leave the page.
REMOVED_BUTTONS = ("sendChartToCloud", "select2d", "lasso2d", "autoScale2d", "zoomIn2d", "zoomOut2d")

_AXIS = {
    "gridcolor": MIST, "linecolor": GREY, "zeroline": False, "automargin": True, "ticks": "outside", "tickcolor": MIST,
    "tickfont": {"size": 12}, "title": {"font": {"size": 12}},
}  # fmt: skip

TEMPLATE: dict[str, object] = {
    "layout": {
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": CLEAR,
        "colorway": [BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION],
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "hoverlabel": {
            "bgcolor": PAPER, "bordercolor": GREY, "align": "left", "font": {"color": INK, "family": FONT, "size": 13},
        },
        "legend": {
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "font": {"size": 12},
            "bgcolor": CLEAR, "itemclick": "toggle", "tracegroupgap": 0,
        },
        "modebar": {"remove": list(REMOVED_BUTTONS), "bgcolor": CLEAR, "color": GREY, "activecolor": BLUE},
        "dragmode": "zoom",
        "bargap": 0,
    }
}  # fmt: skip

CONFIG: dict[str, object] = {"displaylogo": False, "responsive": True, "displayModeBar": "hover", "scrollZoom": False}
