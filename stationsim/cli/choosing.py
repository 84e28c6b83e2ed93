"""What was meant by a word that is none of those an option takes? The refusal names the nearest one."""

from difflib import get_close_matches
from typing import Any

import click

__all__ = ["OneOf"]


class OneOf(click.Choice[str]):
    """A choice whose refusal says which word was perhaps meant."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ANN401 - as click says
        """Return what click says, and a hint."""
        near = get_close_matches(str(value).lower(), [str(choice) for choice in self.choices], n=1)
        return f"{super().get_invalid_choice_message(value, ctx)}{f' Did you mean {near[0]!r}?' if near else ''}"
