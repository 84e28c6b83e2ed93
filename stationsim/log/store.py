"""Where does a run stay? In a folder: both logs as Parquet, a file per small table, and `manifest.json`.

    nominal.parquet    nominal-revisions.parquet    nominal-blocks.parquet    ...
    disrupted.parquet  disrupted-revisions.parquet  ...                       manifest.json

Of a run with several incidents `part-1.parquet` and so on are its logs with some of them; the manifest says which.
It is written whole beside its place and then renamed: a reader never sees half a run.
"""

import json
import tempfile
from pathlib import Path

import attrs

from stationsim.errors import LogError
from stationsim.log.log import Log
from stationsim.log.outcome import Manifest, Outcome

__all__ = ["is_run", "read", "save"]

_MANIFEST = "manifest.json"
_FORMAT = "stationsim-run-1"


def save(outcome: Outcome, folder: Path | str) -> Path:
    """Write a run, in place of an earlier run of that name; return the folder.

    Raises:
        LogError: The folder holds something else, which is left alone.
    """
    folder = Path(folder)
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not is_run(folder)):
        raise LogError(f"{folder}: there is something else, not a saved run. Name an empty or a new folder.")
    text = json.dumps(
        {"format": _FORMAT, **attrs.asdict(outcome.manifest)}, allow_nan=False, ensure_ascii=False, indent=1
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        whole = Path(beside) / "run"
        whole.mkdir()
        _write(outcome, whole, text)
        if folder.exists():
            folder.rename(Path(beside) / "earlier")
        whole.rename(folder)
    return folder


def read(folder: Path | str) -> Outcome:
    """Read a saved run.

    Raises:
        LogError: The folder is no saved run, or a file in it is missing, broken or of another version.
    """
    folder = Path(folder)
    manifest = _manifest(folder)
    parts = {tuple(part): _log(folder, _part(number)) for number, part in enumerate(manifest.parts, start=1)}
    return Outcome(manifest=manifest, nominal=_log(folder, "nominal"), disrupted=_log(folder, "disrupted"), parts=parts)


def is_run(folder: Path | str) -> bool:
    """Is there a saved run in this folder, of whatever version?"""
    try:
        text = json.loads((Path(folder) / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(text, dict) and str(text.get("format", "")).startswith("stationsim-run-")


def _write(outcome: Outcome, folder: Path, manifest: str) -> None:
    from stationsim.log.table import write_log

    for run in ("nominal", "disrupted"):
        write_log(getattr(outcome, run), folder, run)
    for number, log in enumerate(outcome.parts.values(), start=1):
        write_log(log, folder, _part(number))
    (folder / _MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def _part(number: int) -> str:
    return f"part-{number}"


def _log(folder: Path, run: str) -> Log:
    from stationsim.log.table import read_log

    return read_log(folder, run)


def _manifest(folder: Path) -> Manifest:
    path = folder / _MANIFEST
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LogError(f"{folder} is no saved run: it has no {_MANIFEST}. Save one with `stationsim run`.") from error
    except ValueError as error:
        raise LogError(f"{path}: this is not JSON. Run the scenario again.") from error
    found = values.pop("format", None) if isinstance(values, dict) else None
    if found != _FORMAT:
        raise LogError(f"{path}: its format is {found!r}, this version of stationsim reads {_FORMAT!r}. Run it again.")
    names = {field.name for field in attrs.fields(Manifest)}
    needed = {field.name for field in attrs.fields(Manifest) if field.default is attrs.NOTHING}
    if not needed <= set(values) <= names:
        wrong = ", ".join(sorted((set(values) - names) | (needed - set(values))))
        raise LogError(f"{path}: missing or unknown: {wrong}. Run the scenario again.")
    return Manifest(**values)
