"""What belongs together? An activity with its ship, a return with its person: one is chosen, the page marks all."""

from stationsim.impact.impact import Impact
from stationsim.log.outcome import Manifest
from stationsim.report.words import Words, integer, records

_RETURN = "-return"


def kin(impact: Impact) -> dict[str, list[str]]:
    """Return id -> ids that are marked with it, for ships, people and their activities."""
    manifest = impact.manifest
    people = {str(person["id"]) for person in manifest.people}
    found: dict[str, list[str]] = {}
    for subject in [str(name) for name in impact.changes["subject"].tolist()]:
        person = subject.removesuffix(_RETURN)
        near = [person] if subject.endswith(_RETURN) and person in people else []
        near += [ship for ship in manifest.ships if subject.startswith(f"{ship}-")][-1:]
        for other in near:
            found.setdefault(subject, []).append(other)
            found.setdefault(other, []).append(subject)
    return found


def owners(manifest: Manifest, thing: str) -> tuple[str, ...]:
    """Return an id, and that of the ship or person that it is of: an activity, a return, a part of a ship."""
    person = thing.removesuffix(_RETURN)
    people = {str(one["id"]) for one in manifest.people}
    ships = [ship for ship in manifest.ships if thing.startswith((f"{ship}-", f"{ship}/"))][-1:]
    return tuple(dict.fromkeys([thing, *([person] if person in people else ships)]))


def whens(impact: Impact, words: Words) -> dict[str, list[list[int]]]:
    """Return activity or return -> its spans in the run with the incidents [s], for figures that have no row of it."""
    found: dict[str, list[list[int]]] = {}
    for row in records(impact.spans):
        if row["run"] == "disrupted":
            times = sorted((integer(row["start_s"]) or 0, integer(row["until_s"]) or 0))
            found.setdefault(str(row["subject"]), []).append(times)
    for row in records(impact.changes):
        at_s = words.second(row["actual_utc"])
        if row["kind"] == "return" and at_s is not None and at_s < impact.manifest.horizon_s:
            found.setdefault(str(row["subject"]), [[at_s, at_s]])
    return found
