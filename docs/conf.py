"""Settings of the documents: Sphinx reads the Markdown of this folder (`make docs`)."""

import re

from sphinx.application import Sphinx

project = "stationsim"
author = "stationsim contributors"
extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_heading_anchors = 3
nitpicky = True
html_theme = "furo"
html_title = "stationsim"
html_copy_source = False

_BLOCK = re.compile(r"^```(\w+) (?:file=(?P<file>\S+)|over=(?P<over>\S+)(?: until=(?P<until>\S+))?).*$", re.MULTILINE)


def _caption(found: re.Match[str]) -> str:
    """Let a block show what its first line tells the tests: the file it is, or the base it lies over."""
    base = f"base: {found['over']}" + (f", until: {found['until']}" if found["until"] else "")
    return f"```{{code-block}} {found[1]}\n:caption: {found['file'] or base}\n"


def _read(_app: Sphinx, _name: str, source: list[str]) -> None:
    source[0] = _BLOCK.sub(_caption, source[0])


def setup(app: Sphinx) -> None:
    """Join the steps of Sphinx."""
    app.connect("source-read", _read)
