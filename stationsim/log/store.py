"""Where does a run stay? In a folder: both logs as Parquet, a file per small table, and `manifest.json`.

    nominal.parquet    nominal-revisions.parquet    nominal-blocks.parquet    ...
    disrupted.parquet  disrupted-revisions.parquet  ...                       manifest.json
    hinges.json        what its decisions hang on, where that was worked out
    prices.json        what each rule costs, likewise

Of a run with several incidents `part-1.parquet` and so on are its logs with some of them; the manifest says which.
It is written whole beside its place and then renamed: a reader never sees half a run.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import attrs

from stationsim.errors import LogError
from stationsim.log.files import replace_file
from stationsim.log.log import Log
from stationsim.log.outcome import Manifest, Outcome

__all__ = ["is_run", "keep_deep", "read", "save"]

_MANIFEST = "manifest.json"
_FORMAT = "stationsim-run-1"
_DEEP = {"hinges": "decisions", "prices": "rules"}
"""What a run may hold beside its logs, each in a file of its name, and under which key its values stand there."""


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
    logs = {run: _log(folder, run) for run in ("nominal", "disrupted")}
    kept = _deep(folder, manifest)
    return Outcome(manifest=manifest, parts=parts, hinges=kept["hinges"], prices=kept["prices"], **logs)


def keep_deep(outcome: Outcome, folder: Path | str) -> None:
    """Write what a saved run holds beside its logs into its folder, in place of what stood there.

    Raises:
        LogError: The folder is no saved run.
    """
    folder = Path(folder)
    _manifest(folder)
    texts = _deep_texts(outcome)
    for what in _DEEP:
        path = folder / f"{what}.json"
        if what in texts:
            replace_file(path, texts[what].encode("utf-8"))
        else:
            path.unlink(missing_ok=True)


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
    for what, text in _deep_texts(outcome).items():
        (folder / f"{what}.json").write_text(text, encoding="utf-8")
    (folder / _MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def _part(number: int) -> str:
    return f"part-{number}"


def _deep_texts(outcome: Outcome) -> dict[str, str]:
    """Return what a run holds beside its logs, as the text of the file of that name."""
    manifest, texts = outcome.manifest, {}
    for what, key in _DEEP.items():
        if getattr(outcome, what) is not None:
            told = {
                "format": f"stationsim-{what}-1",
                "scenario": manifest.scenario,
                "scenario_hash": manifest.scenario_hash,
                "seed": manifest.seed,
                key: getattr(outcome, what),
            }
            texts[what] = json.dumps(told, allow_nan=False, ensure_ascii=False, indent=1) + "\n"
    return texts


def _deep(folder: Path, manifest: Manifest) -> dict[str, Any]:
    """Return what the folder of a saved run holds beside its logs."""
    return {what: _kept(folder / f"{what}.json", what, key, manifest) for what, key in _DEEP.items()}


def _kept(path: Path, what: str, key: str, manifest: Manifest) -> list[dict[str, object]] | None:
    """Return the values of a file beside the logs; None where there is no such file."""
    mend, form = "Remove it, or work it out again with `stationsim report RUN --deep`.", f"stationsim-{what}-1"
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise LogError(f"{path}: this is not JSON. {mend}") from error
    if not isinstance(values, dict) or values.get("format") != form:
        raise LogError(f"{path}: its format is not {form!r}. {mend}")
    of = (manifest.scenario_hash, manifest.seed)
    found = values.get(key)
    if (values.get("scenario_hash"), values.get("seed")) != of or not isinstance(found, list):
        raise LogError(f"{path}: it is of another run. {mend}")
    return found


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
