"""Templates for two activities: what both need alone, set-up between them, days between sorties and traffic."""

from collections.abc import Iterator

from stationsim.scenario.model import Activity, Rule
from stationsim.station.choice import Choice
from stationsim.station.governs import is_named
from stationsim.station.rules.blocks import Separation, apart
from stationsim.station.situation import Situation
from stationsim.station.station import Station


def exclusive(rule: Rule, a: Choice, b: Choice, situation: Situation) -> Iterator[Separation]:
    """Keep apart what needs the same person, airlock, arm or other place, preparation and clean-up included."""
    shared = []
    if not a.taken.isdisjoint(b.taken):
        shared = [person for person in a.people if person in b.people] + [use for use in a.uses if use in b.uses]
    if a.activity.opens or b.activity.opens:
        shared += _hatches(a, b, situation)
    if shared:
        lo_s = -(a.duration_s + a.after_s + b.before_s)
        hi_s = b.duration_s + b.after_s + a.before_s
        yield apart(rule, lo_s, hi_s, f"{situation.station.name(shared[0])} is taken by {situation.name(b.id)}")


def _hatches(a: Choice, b: Choice, situation: Situation) -> list[str]:
    """Return the hatches that one of two choices needs open while the other moves them."""

    def shut(choice: Choice) -> tuple[str, ...]:
        airlock = choice.activity.airlock
        return () if airlock is None else situation.station.airlocks[airlock].shuts

    opens = (a.activity.opens, b.activity.opens)
    found = [hatch for hatch in opens[0] if hatch in (*opens[1], *shut(b))]
    return found + [hatch for hatch in opens[1] if hatch in shut(a)]


def keeps_clear(activity: Activity, station: Station) -> bool:
    """Tell whether an activity keeps a volume clear."""
    del station
    return bool(activity.keeps_clear)


def keep_out(rule: Rule, a: Choice, b: Choice, situation: Situation) -> Iterator[Separation]:
    """Keep work out of the volumes that another activity keeps clear while it lasts."""
    kept = [place for place in a.activity.keeps_clear if place == b.activity.place]
    kept += [place for place in b.activity.keeps_clear if place == a.activity.place]
    if kept:
        lo_s = -(a.duration_s + a.after_s + b.before_s)
        hi_s = b.duration_s + b.after_s + a.before_s
        yield apart(rule, lo_s, hi_s, f"{situation.station.name(kept[0])} is kept clear: {situation.name(b.id)}")


def setup(rule: Rule, a: Choice, b: Choice, situation: Situation) -> Iterator[Separation]:
    """Leave an arm's set-up time between two uses."""
    for arm in a.activity.arms:
        if arm in b.activity.arms:
            setup_s = situation.station.arms[arm].setup_s
            if setup_s > 0:
                lo_s, hi_s = -(a.duration_s + setup_s), b.duration_s + setup_s
                yield apart(
                    rule,
                    lo_s,
                    hi_s,
                    f"{situation.station.name(arm)} needs its set-up time between this and {situation.name(b.id)}",
                )


def spacing(rule: Rule, a: Choice, b: Choice, situation: Situation) -> Iterator[Separation]:
    """Leave days between two activities of the named kinds, if they share what the rule says."""
    if rule.share == "people" and not any(person in b.in_role(rule.roles) for person in a.in_role(rule.roles)):
        return
    if rule.share == "airlock" and (a.activity.airlock is None or a.activity.airlock != b.activity.airlock):
        return
    yield apart(rule, -rule.gap_s, rule.gap_s, f"less than {rule.gap_s / 86400:g} d from {situation.name(b.id)}")


def rest(rule: Rule, a: Choice, b: Choice, situation: Situation) -> Iterator[Separation]:
    """Leave people time to rest between the end of what the rule names and the beginning of the `others`."""
    after_a, after_b = (_tired(rule, one, two, situation) for one, two in ((a, b), (b, a)))
    for person in (*after_a, *after_b)[:1]:
        lo_s = -(a.duration_s + a.after_s + rule.gap_s + b.before_s) if after_a else -1
        hi_s = b.duration_s + b.after_s + rule.gap_s + a.before_s if after_b else 1
        hours = f"{rule.gap_s / 3600:g} h"
        reason = f"{situation.station.name(person)} needs {hours} of rest between this and {situation.name(b.id)}"
        yield apart(rule, lo_s, hi_s, reason)


def _tired(rule: Rule, one: Choice, two: Choice, situation: Situation) -> tuple[str, ...]:
    """Return who takes part in what the rule names, in its roles, and then in one of its others."""
    is_meant = is_named(rule, one.activity, situation.station) and is_other(rule, two.activity)
    return tuple(person for person in one.in_role(rule.roles) if person in two.people) if is_meant else ()


def may_meet(rule: Rule, activity: Activity, station: Station) -> bool:
    """Tell whether an activity is on one side or the other of what a rule keeps apart."""
    return is_named(rule, activity, station) or is_other(rule, activity)


def is_other(rule: Rule, activity: Activity) -> bool:
    """Tell whether an activity is one of the others that a rule keeps apart from what it names."""
    return not rule.others or activity.kind in rule.others
