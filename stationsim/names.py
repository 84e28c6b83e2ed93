"""What does a name mean? An id, an alias or the name shown to people, in any case, with spaces, hyphens or underscores.

An id means itself. An alias counts before the name shown to people. A name that fits several things means none of them:
`advice` says which they are.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Self

from attrs import Factory, define, frozen

__all__ = ["Named", "Names"]

_GAP = re.compile(r"[\s_-]+")
_MOST = 8


@frozen
class Named:
    """A thing and what it is called; the aliases of a part, `owner/part`, are known behind its owner alone."""

    id: str
    name: str | None = None
    aliases: tuple[str, ...] = ()


@define
class Names:
    """The names of many things."""

    ids: dict[str, str] = Factory(dict)
    by_form: dict[str, str] = Factory(dict)
    aliases: dict[str, dict[str, None]] = Factory(dict)
    shown: dict[str, dict[str, None]] = Factory(dict)

    @classmethod
    def of(cls, things: Iterable[Named]) -> Self:
        """Return the names of these things.

        >>> names = Names.of([Named("soyuz-ms-22", "Soyuz MS-22", ("68S",)), Named("progress-ms-22", None, ("83P",))])
        >>> names.meaning("68s"), names.meaning("soyuz ms_22"), names.meaning("70S")
        ('soyuz-ms-22', 'soyuz-ms-22', None)
        >>> names.advice("ms-22")
        "'ms-22' may mean progress-ms-22 or soyuz-ms-22. Write one of them."
        """
        names = cls()
        for thing in things:
            owner = thing.id.rpartition("/")[0]
            names.ids[thing.id] = thing.id
            names.by_form.setdefault(_form(thing.id), thing.id)
            for alias in thing.aliases:
                form = f"{owner}/{_form(alias)}" if owner else _form(alias)
                names.aliases.setdefault(form, {})[thing.id] = None
            if thing.name is not None:
                names.shown.setdefault(_form(thing.name), {})[thing.id] = None
        return names

    @classmethod
    def told(cls, names: Mapping[str, str], aliases: Mapping[str, Iterable[str]], ids: Iterable[str]) -> Self:
        """Return the names of ids, from what a saved run tells of them."""
        return cls.of(Named(id_, names.get(id_), tuple(aliases.get(id_, ()))) for id_ in ids)

    def meaning(self, text: str) -> str | None:
        """Return the id that a name means; None for a name of nothing, or of several things."""
        found = self._meanings(text)
        return found[0] if len(found) == 1 else None

    def advice(self, text: str) -> str | None:
        """Return what to write instead of a name that fits several things; None where it fits one or none.

        A name that means nothing, but is the tail of several ids, fits these.
        """
        found = self._meanings(text)
        if not found:
            found = tuple(id_ for id_ in self.ids if id_.endswith((f"-{_form(text)}", f"/{_form(text)}")))
        if len(found) < 2:  # noqa: PLR2004 - one of two
            return None
        first, *more = sorted(found)
        shown = [first, *more[: _MOST - 1]]
        left = len(found) - len(shown)
        listed = f"{', '.join(shown)} or {left} more" if left else f"{', '.join(shown[:-1])} or {shown[-1]}"
        return f"{text!r} may mean {listed}. Write one of them."

    def _meanings(self, text: str) -> tuple[str, ...]:
        if text in self.ids:
            return (text,)
        form = _form(text)
        if form in self.by_form:
            return (self.by_form[form],)
        for known in (self.aliases, self.shown):
            if form and form in known:
                return tuple(known[form])
        return self._parts(text)

    def _parts(self, text: str) -> tuple[str, ...]:
        """Return the parts that `owner/part` fits, whatever the owner is called."""
        owner, slash, part = text.partition("/")
        owners = self._meanings(owner) if slash and owner.strip() else ()
        forms = [f"{id_}/{_form(part)}" for id_ in owners]
        return tuple(dict.fromkeys(id_ for form in forms for id_ in self._behind(form)))

    def _behind(self, form: str) -> tuple[str, ...]:
        return (form,) if form in self.ids else tuple(self.aliases.get(form, ()))


def _form(text: str) -> str:
    """Return what is the same for all spellings of a name."""
    return _GAP.sub("-", text.strip().casefold()).strip("-")
