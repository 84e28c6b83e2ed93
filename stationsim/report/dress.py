"""Which clothes does a figure wear? The light and the dark ones of the page, or a Plotly template of one's own.

Figures are drawn in ink on paper; what is drawn in ink turns light on a dark ground. The script of the page does the
same when its reader prefers dark.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeAlias

import plotly.graph_objects as go
import plotly.io as pio

from stationsim.report.theme import INK, REMOVED_BUTTONS, TEMPLATE, VEIL

__all__ = ["DARK", "LIGHT", "Theme", "dressed"]

Theme: TypeAlias = str | go.layout.Template | Mapping[str, object]
"""`light`, `dark`, the name of a template that Plotly knows (`plotly.io.templates`), or a template."""

LIGHT, DARK = "light", "dark"
_DARK_INK, _DARK_PAPER, _DARK_VEIL = "#E8EDF2", "#18212A", "rgba(24,33,42,0.92)"
_BLACK = "#000000"
_BRIGHT = 128
_HEX_LONG, _HEX_SHORT = 7, 4


def dressed(figure: go.Figure, theme: Theme = LIGHT) -> go.Figure:
    """Put a theme on a figure that was drawn in ink on paper, and return the figure.

    A template of one's own is laid over that of the page: what it does not say stays. Whatever it is, the button that
    would send a chart away stays out.

    Args:
        figure: What one of the functions of `stationsim.report.figures` drew; it is changed.
        theme: `light`, `dark`, the name of a template of Plotly, or a template.

    Raises:
        ValueError: There is no theme of that name.
    """
    if theme == LIGHT:
        return figure
    figure.layout.template = _template(theme)
    worn = figure.layout.template.layout
    ink = worn.font.color or INK
    if _is_bright(ink):
        _lighten(figure, ink, worn.paper_bgcolor)
    return figure


def _template(theme: Theme) -> go.layout.Template:
    own = go.layout.Template(TEMPLATE)
    if theme == DARK:
        dark = {"font": {"color": _DARK_INK}, "paper_bgcolor": _DARK_PAPER, "hoverlabel": _hover(_DARK_INK)}
        return own.update(layout=dark)
    if isinstance(theme, str):
        _require_known(theme)
        theme = pio.templates[theme]
    given = theme.to_plotly_json() if isinstance(theme, go.layout.Template) else dict(theme)
    own.update(given)
    own.layout.modebar.remove = list(REMOVED_BUTTONS)
    return own


def _hover(ink: str) -> dict[str, object]:
    return {"bgcolor": _DARK_PAPER, "font": {"color": ink}}


def _require_known(name: str) -> None:
    known = [LIGHT, DARK, *pio.templates]
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"{name!r} is not a theme. Themes: {', '.join(known)}.{hint}")


def _lighten(figure: go.Figure, ink: str, paper: str | None) -> None:
    """Draw in light ink what was drawn in dark ink, and put a dark veil behind texts."""
    for trace in figure.data:
        line, marker = getattr(trace, "line", None), getattr(trace, "marker", None)
        if line is not None and line.color == INK:
            line.color = ink
        if marker is not None and marker.color == INK:
            marker.color = ink
        elif marker is not None and marker.color == _BLACK:
            marker.line = {"color": ink, "width": 1}
    for note in figure.layout.annotations:
        if note.bgcolor == VEIL:
            note.bgcolor = _DARK_VEIL if paper in (None, _DARK_PAPER) else paper


def _is_bright(colour: str) -> bool:
    """Tell whether a colour is nearer to white than to black.

    >>> _is_bright("#E8EDF2"), _is_bright("#333"), _is_bright("rgb(240, 240, 240)"), _is_bright("white")
    (True, False, True, True)
    """
    text = colour.strip().lower()
    if text.startswith("#") and len(text) == _HEX_SHORT:
        text = "#" + "".join(2 * digit for digit in text[1:])
    if text.startswith("#") and len(text) == _HEX_LONG:
        parts = [float(int(text[at : at + 2], 16)) for at in (1, 3, 5)]
    elif text.startswith("rgb"):
        parts = [float(part) for part in text[text.index("(") + 1 : -1].split(",")[:3]]
    else:
        return text in {"white", "whitesmoke", "snow", "ivory"}
    red, green, blue = parts
    return 0.299 * red + 0.587 * green + 0.114 * blue >= _BRIGHT
