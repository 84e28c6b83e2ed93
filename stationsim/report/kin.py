"""What belongs together? An activity with its ship, a return with its person: one is chosen, the page marks all."""

from stationsim.impact.impact import Impact

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
