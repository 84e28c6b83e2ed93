"""Where do files lie? By path, or by name beside the file that names them, in `./configs` and in the package."""

import os
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from stationsim.scenario.words import shorten

FOLDERS = ("scenarios", "increments", "stations", "vehicles", "modes", "rules")
"""Folders of a configs directory, in the order in which they are searched."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_SUFFIX = ".yaml"


def config_roots() -> tuple[Path, ...]:
    """Return the configs directories that exist: the one of the working directory, then the package's."""
    package = Path(str(files("stationsim")))
    inside, beside = package / "_configs", package.parent / "configs"
    candidates = (Path("configs"), inside if inside.is_dir() else beside)
    return tuple(root for root in candidates if root.is_dir())


def find_scenario(name: str) -> Path | None:
    """Return the file a scenario's path or name means, or None.

    Raises:
        OSError: The path cannot be looked at.
    """
    path = Path(name)
    if path.is_file():
        return path
    return next((found for found in _in_configs(name) if _is_inside(found, config_roots())), None)


def looks_like_path(name: str) -> bool:
    """Tell whether a name was meant as a path.

    >>> looks_like_path("./soyuz.yaml"), looks_like_path("soyuz-ms22")
    (True, False)
    """
    return name.endswith((_SUFFIX, ".yml")) or "/" in name or os.sep in name


def base_fault(name: str) -> str | None:
    """Say why a name may not stand in `base:`, or return None.

    >>> base_fault("../secret")
    'leaves the search path'
    """
    if name.startswith(("/", "\\", "~")) or re.match(r"[A-Za-z]:", name):
        return "is an absolute path"
    if ".." in re.split(r"[/\\]", name):
        return "leaves the search path"
    return None if _NAME.fullmatch(name) else "is not the name of a file"


def find_base(name: str, beside: Path) -> tuple[Path | None, bool]:
    """Return the file a name in `base:` means, or None, and whether one was found that leaves the search path.

    Args:
        name: A name without fault (see `base_fault`).
        beside: Folder of the file in which it stands.

    Raises:
        OSError: A path cannot be looked at.
    """
    roots = (beside, *config_roots())
    strayed = False
    for found in (*_existing(beside, name), *_in_configs(name)):
        if _is_inside(found, roots):
            return found, strayed
        strayed = True
    return None, strayed


def ambiguity(name: str, beside: Path | None = None) -> str | None:
    """Say that a bare name means several files of one configs directory, and how to name each; None if it does not.

    Args:
        name: A name without fault (see `base_fault`), or what was given as a scenario.
        beside: Folder of the file in which it stands; a file there is meant before all others. Without it a scenario
            is asked for, and one of `scenarios/` is meant first.

    Raises:
        OSError: A path cannot be looked at.
    """
    if base_fault(name) is not None or (beside is not None and any(_existing(beside, name))):
        return None
    for root in config_roots():
        if beside is None and any(_existing(root / FOLDERS[0], name)):
            return None
        found = [path for folder in (".", *FOLDERS) for path in _existing(root / folder, name)]
        several = {path.resolve(): path for path in reversed(found) if _is_inside(path, (root,))}
        if len(several) > 1:
            ways = sorted(path.relative_to(root).with_suffix("").as_posix() for path in several.values())
            named = ", ".join(sorted(shown(path) for path in several.values()))
            return (
                f"{shorten(name)} means several files: {named}. Write {' or '.join(way for way in ways if '/' in way)}."
            )
        if several:
            return None
    return None


def names_of(roots: tuple[Path, ...], folders: tuple[str, ...] = FOLDERS) -> tuple[str, ...]:
    """Return the names of all files in these folders, each once, in order."""
    found = [path.stem for root in roots for folder in folders for path in sorted((root / folder).glob("*" + _SUFFIX))]
    return tuple(dict.fromkeys(found))


def shown(path: Path) -> str:
    """Write a path for people: as seen from the working directory where it lies below it."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(path)


def _in_configs(name: str) -> Iterator[Path]:
    """Yield the files of this name in the configs directories."""
    if base_fault(name) is None:
        for root in config_roots():
            yield from _existing(root, name)
            for folder in FOLDERS:
                yield from _existing(root / folder, name)


def _existing(folder: Path, name: str) -> Iterator[Path]:
    """Yield the file of this name in a folder, if it exists."""
    path = folder / (name if name.endswith(_SUFFIX) else name + _SUFFIX)
    if path.is_file():
        yield path


def _is_inside(path: Path, roots: tuple[Path, ...]) -> bool:
    """Tell whether a path, its links followed, lies in one of the folders."""
    resolved = path.resolve()
    return any(resolved.is_relative_to(root.resolve()) for root in roots)
