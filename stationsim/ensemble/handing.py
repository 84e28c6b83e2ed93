"""How does what is played come to another process? As bytes, or the refusal says what cannot."""

import pickle
from typing import Any

from stationsim.errors import ScenarioError


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
