"""What does a slide or a paper show? Every figure of the report as a picture, drawn by Kaleido in a Chromium.

The only module that knows Kaleido, which is an optional package. One browser draws all pictures of an export; it asks
for nothing outside: Kaleido's pages would else load MathJax from the network.
"""

import asyncio
import os
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches

import plotly.graph_objects as go

from stationsim.errors import ExportError
from stationsim.exports.formats import Look
from stationsim.impact.impact import Impact
from stationsim.report.dress import dressed
from stationsim.report.render import Picture, graph_picture, pictures
from stationsim.report.words import clean, label, words_of

__all__ = ["files"]

_WIDTH_PX = 1200
_SCALE = 2
"""Pixels of a PNG per pixel of the page: sharp on paper and on a large screen."""
_TITLE_PX = 40
_WAY_ROUND = "Without it, report.html has every figure, and the camera button of each saves it as PNG."


def files(impact: Impact, look: Look) -> dict[str, bytes]:
    """Return `FIGURE.SUFFIX` for every figure in which this run has something to show, or for the one that is named.

    Raises:
        ExportError: The run has no such figure, or Kaleido or a Chromium is missing.
    """
    words = words_of(impact)
    every = (*pictures(impact, words), graph_picture(impact, words))
    shown = {picture.id: picture for picture in every if picture.figure is not None}
    if look.figure is not None and look.figure not in shown:
        near = get_close_matches(look.figure, shown, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        known = ", ".join(shown) or "none, as nothing is there to draw"
        raise ExportError(f"{look.figure!r} is not a figure of this run. Figures: {known}.{hint}")
    chosen = [picture for name, picture in shown.items() if look.figure in (None, name)]
    title = clean(impact.manifest.title or impact.manifest.scenario)
    drawn = _drawn([_alone(picture, title, look) for picture in chosen], look.image)
    return {f"{picture.id}.{look.image}": content for picture, content in zip(chosen, drawn, strict=True)}


def _alone(picture: Picture, title: str, look: Look) -> go.Figure:
    """Return a figure as it stands alone: with its title and that of the run above it."""
    figure = dressed(go.Figure(picture.figure), look.theme)
    text = f"<b>{label(picture.title, 60)}</b>  {label(title, 80)}"
    figure.update_layout(
        title={"text": text, "x": 0, "xanchor": "left", "y": 1, "yanchor": "top", "pad": {"l": 10, "t": 12}},
        title_font_size=17,
        height=figure.layout.height + _TITLE_PX,
        margin_t=figure.layout.margin.t + _TITLE_PX,
    )  # fmt: skip
    return figure


def _drawn(figures: Sequence[go.Figure], image: str) -> list[bytes]:
    """Return the pictures of figures; in a thread of its own, since a notebook has its own loop of events."""
    if not figures:
        return []
    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(asyncio.run, _draw(figures, image)).result()


async def _draw(figures: Sequence[go.Figure], image: str) -> list[bytes]:
    try:
        from choreographer.errors import BrowserClosedError, BrowserFailedError, ChromeNotFoundError
        from kaleido import Kaleido
    except ImportError:
        raise ExportError(
            "Pictures are drawn by the package kaleido, which is missing: pip install 'stationsim[images]'. "
            f"{_WAY_ROUND}"
        ) from None
    browser = os.environ.get("CHROMIUM")
    path = {"path": shutil.which(browser) or browser} if browser else {}
    try:
        async with Kaleido(mathjax=False, **path) as kaleido:
            return [await kaleido.calc_fig(figure, opts=_options(figure, image)) for figure in figures]
    except ChromeNotFoundError:
        lacking = f"CHROMIUM={browser} is no program" if browser else "none is found"
        raise ExportError(
            f"Pictures are drawn in a Chromium, and {lacking}: install the package chromium, or name a browser with "
            f"CHROMIUM=/path/to/it. {_WAY_ROUND}"
        ) from None
    except (BrowserFailedError, BrowserClosedError, FileNotFoundError, PermissionError, TimeoutError) as problem:
        named = f"the browser CHROMIUM={browser}" if browser else "the Chromium of this machine"
        said = clean(problem, 120) or type(problem).__name__
        raise ExportError(f"Pictures are drawn in a Chromium, and {named} fails: {said}. {_WAY_ROUND}") from None


def _options(figure: go.Figure, image: str) -> dict[str, object]:
    """Return the size of a picture [px]; only a picture of pixels is drawn larger than on the page."""
    scale = _SCALE if image == "png" else 1
    width = figure.layout.width or _WIDTH_PX  # what is laid out by the pixel keeps its width, so that letters fit
    return {"format": image, "width": width, "height": figure.layout.height, "scale": scale}
