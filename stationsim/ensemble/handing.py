"""How does what is played come to another process? As bytes, or the refusal says what cannot."""

import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from stationsim.errors import ScenarioError

Job = TypeVar("Job")
Found = TypeVar("Found")


def handed_on(value: object, where: str) -> bytes:
    """Return a value as bytes for another process.

    Args:
        value: What is handed on.
        where: The call for which it is, the beginning of an error text.

    Raises:
        ScenarioError: Something in it, a policy or a rule of a script, cannot be handed on.
    """
    try:
        return pickle.dumps(value)
    except Exception as error:  # an object of a script may refuse in any way
        told = f"{where}: a policy or rule cannot be handed to another process ({str(error).splitlines()[0]})."
        raise ScenarioError(f"{told} Pass workers=1, or define it at the top of a module.") from error


def received(handed: bytes) -> Any:  # noqa: ANN401 - whatever was handed on
    """Return what was handed on."""
    return pickle.loads(handed)  # noqa: S301 - the process that began this one wrote it


def in_processes(play: Callable[[Job], Found], jobs: Sequence[Job], workers: int, where: str) -> Iterator[Found]:
    """Yield what each play comes to, in the order of the jobs; any number of processes gives the same.

    Args:
        play: What is done with a job: a method of what every play shares.
        jobs: What is played.
        workers: Processes that play; with one it is this one.
        where: The call for which it is, the beginning of an error text.

    Raises:
        ScenarioError: What the plays share cannot be handed on.
    """
    if workers < 2 or len(jobs) < 2:  # noqa: PLR2004 - one alone needs no company
        yield from map(play, jobs)
        return
    handed = handed_on(play, f"{where}(workers={workers})")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(handed,)) as pool:
        yield from pool.map(_work, jobs)


_AT_WORK: list[Callable[[Any], Any]] = []
"""What a process of its own plays."""


def _begin(handed: bytes) -> None:
    _AT_WORK[:] = [received(handed)]


def _work(job: object) -> Any:  # noqa: ANN401 - whatever the play returns
    return _AT_WORK[0](job)
