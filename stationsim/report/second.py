"""What would one more failure do? The rows and the sentences of that section."""

from stationsim.impact.impact import Impact
from stationsim.impact.second_text import NEW, ONLY_BEFORE, SAME, at_worst, failings
from stationsim.report.figures.second import drawn_lanes, lanes
from stationsim.report.words import Words, clean
from stationsim.units import with_gmt

MOST_OPEN, MOST_ROWS = 8, 60
"""So many rows stand open, and so many on the page at all."""
_CHIPS = {NEW: "new", SAME: "as before", ONLY_BEFORE: "only before"}


def second_rows(impact: Impact) -> list[dict[str, str]]:
    """Return what one more failure would do, worst first: `sort`, `chip`, `when`, `failures`, `effect`."""
    if impact.second is None:
        return []
    return [
        {
            "sort": one.sort,
            "chip": _CHIPS[one.sort],
            "when": with_gmt(clean(one.span)),
            "failures": _capital(clean(one.failures)),
            "effect": _capital(clean(one.effect)),
        }
        for one in failings(impact.second, impact.manifest)
    ]


def second_caption(impact: Impact, words: Words) -> str:
    """Say what is drawn, and what is worst."""
    if impact.second is None or not len(impact.second):
        return ""
    since = words.clock(int(impact.second["start_s"].min()))[:10]
    rest = len(lanes(impact.second)) - len(drawn_lanes(impact.second))
    more = f" {rest} more do less, or for hours only: the table has them." if rest > 0 else ""
    key = "the thick bar is what that would do then, the thin one above it the same without the incidents."
    worst = at_worst(impact.second, "one more failure")
    order = "What forces everybody to leave stands first, then what adds most person-days without a seat."
    row = f"Each row is one thing more that fails at some time from {since} on"
    return f"{worst} {row}: {key} {order}{more}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
