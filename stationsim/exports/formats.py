"""Which formats are there? Their names, what each is for, and where it is made; light, so that a help text can ask."""

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from stationsim.errors import ExportError

if TYPE_CHECKING:
    from stationsim.impact.impact import Impact

__all__ = ["FORMATS", "IMAGES", "THEMES", "Format", "Look", "format_named"]

IMAGES = ("png", "svg", "pdf")
THEMES = ("light", "dark")


class Maker(Protocol):
    """What a module of a format offers."""

    def files(self, impact: "Impact") -> dict[str, bytes]:
        """Return the files of an impact: relative path -> bytes; the same impact gives the same bytes."""


@frozen(kw_only=True)
class Look:
    """How pictures look.

    Attributes:
        image: `png`, `svg` or `pdf`.
        theme: `light` or `dark`.
        figure: Id of the only figure that is drawn; None for every one.
    """

    image: str = "png"
    theme: str = "light"
    figure: str | None = None


class Painter(Protocol):
    """What a module of a format of pictures offers."""

    def files(self, impact: "Impact", look: Look) -> dict[str, bytes]:
        """Return the pictures of an impact: relative path -> bytes."""


@frozen(kw_only=True)
class Format:
    """One way of handing a run on.

    Attributes:
        id: Its name.
        text: What it is, in a few words.
        suffix: Of a format of one file its suffix; None where a folder is written.
        alone: Of a folder: suffix -> the file of it that is written alone where a path with that suffix is named.
        is_drawn: Are they pictures? They take a look and a browser, and the same run gives other bytes each time.
    """

    id: str
    text: str
    suffix: str | None = None
    alone: dict[str, str] = field(factory=dict)
    is_drawn: bool = False

    def files(self, impact: "Impact", look: Look | None = None) -> dict[str, bytes]:
        """Return the files of an impact in this format; a look matters to pictures only."""
        module = import_module(f"stationsim.exports.{self.id}_format")
        if self.is_drawn:
            painter: Painter = module
            return painter.files(impact, look or Look())
        maker: Maker = module
        return maker.files(impact)


_ALL = (
    Format(
        id="changes",
        text="numbered change requests per activity and person, as CSV and Markdown",
        alone={".csv": "changes.csv", ".md": "changes.md"},
    ),
    Format(id="brief", text="a decision brief of one page, as HTML to print and as Markdown",
           alone={".html": "brief.html", ".md": "brief.md"}),
    Format(id="markdown", text="a summary in Markdown", suffix=".md"),
    Format(id="ical", text="the revised plan as iCalendar: whole, per person, per ship", alone={".ics": "plan.ics"}),
    Format(id="graphml", text="the dependency graph as GraphML", suffix=".graphml"),
    Format(id="openmct", text="the revised plan as a plan file of Open MCT", suffix=".json"),
    Format(id="csv", text="every table of the impact as CSV"),
    Format(id="parquet", text="every table of the impact as Parquet"),
    Format(id="figures", text="every figure of the report as PNG, SVG or PDF (--image, --theme, --figure)",
           alone={f".{image}": "" for image in IMAGES}, is_drawn=True),
    Format(id="json", text="the impact as JSON, as `run --json` prints it", suffix=".json"),
)  # fmt: skip

FORMATS: dict[str, Format] = {one.id: one for one in _ALL}
"""Every format by its name."""


def format_named(name: str) -> Format:
    """Return the format of that name.

    Raises:
        ExportError: There is none.
    """
    if name not in FORMATS:
        near = get_close_matches(name, FORMATS, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ExportError(f"{name!r} is not a format. Formats: {', '.join(FORMATS)}.{hint}")
    return FORMATS[name]
