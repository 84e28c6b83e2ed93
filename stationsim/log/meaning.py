"""How is a kind of event told? What it says, and which columns of its row it fills."""

from attrs import frozen


@frozen(kw_only=True)
class Meaning:
    """What a kind says, and which columns it fills besides `seq, step, t_s, kind, cause`."""

    text: str
    columns: tuple[tuple[str, str], ...]


def means(text: str, /, **columns: str) -> Meaning:
    """Return a meaning; the keywords are columns, each with what stands in it."""
    return Meaning(text=text, columns=tuple(columns.items()))


ACTIVITY, POSTURE = "activity", "posture: <rule> or <rule>/<activity>"
PEOPLE = "people, ship, port and other places stand in table `revisions`"
