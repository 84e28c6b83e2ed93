"""Which rules ask about an activity? Those of its book, kind, ship and port that no waiver drops."""

from stationsim.scenario.model import Activity, Rule
from stationsim.station.station import Station


def governs(rule: Rule, activity: Activity, station: Station) -> bool:
    """Tell whether a rule asks about an activity: book, kind, and no waiver."""
    in_book = not rule.books or activity.centre in rule.books
    if not in_book and rule.consent:
        in_book = any(centre in rule.books for centre in station.consenting(activity))
    return in_book and is_named(rule, activity, station) and (rule.id, activity.id) not in station.waived


def is_named(rule: Rule, activity: Activity, station: Station) -> bool:
    """Tell whether an activity is of the kinds, ids, ship types and ports that a rule names; none named means any."""
    ship = None if activity.ship is None else station.ships[activity.ship].type
    named = (
        (rule.kinds, activity.kind),
        (rule.activities, activity.id),
        (rule.ship_types, ship),
        (rule.ports, activity.port),
    )
    return all(not names or own in names for names, own in named)
