"""How is a run handed on? An impact becomes files of one format, which appear whole or not at all."""

import json
import tempfile
from pathlib import Path

from stationsim.errors import ExportError
from stationsim.exports.formats import IMAGES, THEMES, Format, Look, format_named
from stationsim.impact.impact import Impact, assess
from stationsim.log.files import replace_file
from stationsim.log.outcome import Manifest, Outcome

__all__ = ["export", "is_export"]

_CARD = "export.json"
"""Stands in every folder that `export` writes, and says that it may be written again."""
_MARK = "stationsim-export-1"


def export(
    found: Outcome | Impact,
    path: str | Path,
    format: str,  # noqa: A002 - the word that people use
    *,
    image: str | None = None,
    theme: str | None = None,
    figure: str | None = None,
) -> Path:
    """Write a run or its impact in a format, and return the path; the same impact gives the same bytes.

    Formats: `changes`, `brief`, `markdown`, `ical`, `graphml`, `openmct`, `csv`, `parquet`, `json`, and `figures`,
    whose bytes may differ, since a browser draws them. A format of several files makes a folder with them; of
    `changes`, `brief`, `ical` and `figures` one file is written alone where the path names its suffix (`brief.html`,
    `changes.csv`, `plan.ics`, `seats.svg`). An earlier export at that path is replaced in one step.

    Args:
        found: What `run`, `read` or `assess` returned; `second` is told of what `stationsim.assess` returned alone.
        path: A file or a folder; missing folders are made.
        format: Name of the format.
        image: Of `figures`: `png`, `svg` or `pdf`; else what the suffix of the path says, else `png`.
        theme: Of `figures`: `light`, the default, or `dark`.
        figure: Of `figures`: the id of the only one that is drawn, such as `plan`; else every one.

    Raises:
        ExportError: There is no such format, image, theme or figure, or what draws the figures is missing, or at the
            path stands something else, which is left alone.
    """
    form, target = format_named(format), Path(path)
    look = _look(form, target, {"image": image, "theme": theme, "figure": figure})
    _require_place(form, target)
    impact = assess(found) if isinstance(found, Outcome) else found
    files = form.files(impact, look)
    target.parent.mkdir(parents=True, exist_ok=True)
    if form.suffix is not None:
        replace_file(target, next(iter(files.values())))
    elif (name := form.alone.get(target.suffix.lower())) is not None:
        replace_file(target, files[name or next(iter(files))])
    else:
        _write_folder(target, files | {_CARD: _card(form, impact.manifest, files)})
    return target


def is_export(folder: Path) -> bool:
    """Is there an earlier export in this folder?"""
    try:
        card = json.loads((folder / _CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(card, dict) and str(card.get("format", "")).startswith("stationsim-export-")


def _look(form: Format, target: Path, given: dict[str, str | None]) -> Look | None:
    """Return how the figures look, by what is given and by the suffix of the path."""
    said = {name: value for name, value in given.items() if value is not None}
    if not form.is_drawn:
        for name, value in said.items():
            raise ExportError(
                f"{name} {value!r}: format {form.id} has no figures. Leave it out, or take format figures."
            )
        return None
    suffix = target.suffix.lower().removeprefix(".")
    if suffix in IMAGES and said.setdefault("image", suffix) != suffix:
        raise ExportError(
            f"{target}: its suffix says {suffix}, and image says {said['image']}. "
            f"Leave image out, or name a file that ends in .{said['image']}."
        )
    for name, known in (("image", IMAGES), ("theme", THEMES)):
        if said.get(name, known[0]) not in known:
            raise ExportError(f"{name} {said[name]!r} is not known. Write one of: {', '.join(known)}.")
    if suffix in IMAGES and "figure" not in said:
        raise ExportError(
            f"{target} is one picture, and no figure is named. Name a folder, or a figure such as 'plan'."
        )
    return Look(**said)


def _require_place(form: Format, target: Path) -> None:
    suffix = form.suffix or target.suffix.lower()
    if form.suffix is not None or suffix in form.alone:
        if target.is_dir():
            file = target / f"{form.id}{suffix}"
            raise ExportError(f"{target} is a folder, and this writes one file. Name a file, such as {file}.")
    elif target.is_file():
        raise ExportError(f"{target} is a file, and format {form.id} writes a folder. Name an empty or a new folder.")
    elif target.is_dir() and any(target.iterdir()) and not is_export(target):
        raise ExportError(f"{target}: there is something else, not an export. Name an empty or a new folder.")


def _card(form: Format, manifest: Manifest, files: dict[str, bytes]) -> bytes:
    facts = {
        "format": _MARK,
        "export": form.id,
        "scenario": manifest.scenario,
        "scenario_hash": manifest.scenario_hash,
        "seed": manifest.seed,
        "versions": manifest.versions,
        "files": list(files),
    }
    return (json.dumps(facts, allow_nan=False, ensure_ascii=False, indent=1) + "\n").encode()


def _write_folder(target: Path, files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        whole = Path(beside) / "export"
        whole.mkdir()
        for name, content in files.items():
            (whole / name).parent.mkdir(parents=True, exist_ok=True)
            (whole / name).write_bytes(content)
        if target.exists():
            target.rename(Path(beside) / "earlier")
        whole.rename(target)
