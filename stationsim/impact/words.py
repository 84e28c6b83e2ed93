"""How is an event said to people? One phrase per kind, with names instead of ids."""

from collections.abc import Callable, Iterable

from stationsim.impact.clock import Clock
from stationsim.impact.naming import air_name, hatch_name, is_told_of_air, listed
from stationsim.log.kinds import SENSOR, Kind
from stationsim.log.log import TRUTH, Row
from stationsim.log.meanings import KINDS
from stationsim.log.outcome import Manifest
from stationsim.units import format_duration

__all__ = ["Words"]

_MOST_NAMES = 3


class Words:
    """Says events and dates of one run."""

    def __init__(self, manifest: Manifest, log: Iterable[Row] = ()) -> None:
        """Take names and calendar from the manifest, and the words of questions from a log."""
        self._manifest = manifest
        self.questions = {(row.object, row.subject): row.text for row in log if row.kind is Kind.ASKED and row.text}
        self._incidents = {str(known["id"]) for known in manifest.incidents}
        self.sorts = {str(known["id"]): known.get("sort") for known in manifest.incidents}
        self.failed = {str(known["id"]): str(known["fails"]) for known in manifest.incidents if known.get("fails")}
        self.clock = Clock.of(manifest)

    def name(self, thing: str | None) -> str:
        """Return the name of an id; of `<person>-return` and of ids without a name, something readable."""
        if thing is None:
            return ""
        names = self._manifest.names
        known = hatch_name(names, thing) or air_name(names, thing) or names.get(thing)
        rule, _, activity = thing.partition("/")
        if known is None and rule in self._manifest.rules:
            return f"posture of {rule}{f' for {self.name(activity)}' if activity else ''}"
        if known is None and thing.endswith("-return"):
            return f"return of {self.name(thing.removesuffix('-return'))}"
        return known or thing

    def subject(self, row: Row) -> str:
        """Return the name of what an event is about; of a compartment whose air is meant, the air."""
        if is_told_of_air(self._manifest, row.kind, row.subject, row.object, row.unit):
            return "the cabin air"
        return self.name(row.subject)

    def reason(self, thing: str | None) -> str:
        """Return what asks for something: an activity, a ship, or an incident by its id."""
        return f"incident {thing}" if thing in self._incidents else self.name(thing)

    def keeper(self, hatch: str, thing: str) -> str:
        """Return what keeps a hatch shut; a ship's own hatch is shut for who shelters in it."""
        return "those who shelter in it" if f"{thing}/hatch" == hatch else self.reason(thing)

    def question(self, row: Row) -> str:
        """Return the question that an event is about, as it was asked; its name where no log tells."""
        asked = self.questions.get((row.object, row.subject))
        return self.name(row.subject) if asked is None else f'"{asked}"'

    def places(self, things: str | None) -> str:
        """Return the names of comma-separated compartments, or how many there are."""
        found = [self.name(thing) for thing in (things or "").split(",") if thing]
        return listed(found) if len(found) <= _MOST_NAMES else f"{len(found)} compartments"

    def date(self, activity: str, t_s: int | None) -> str:
        """Write the date of an activity: a clock only where its plan gives one."""
        if t_s is None:
            return "no date"
        has_clock = self._manifest.activities.get(activity, {}).get("has_clock")
        return self.clock.utc(t_s) if has_clock else self.clock.day(t_s)

    def rule_text(self, rule: str) -> str | None:
        """Return a rule in words, or None if the manifest has none."""
        text = self._manifest.rules.get(rule, {}).get("text")
        return None if text is None else str(text).rstrip(".")

    def say(self, row: Row) -> str:
        """Return an event in words, without its time."""
        phrase = _PHRASES.get(row.kind)
        if phrase is None:
            return f"{self.name(row.subject)}: {KINDS[row.kind].text.rstrip('.')}"
        return phrase(self, row)

    def line(self, row: Row) -> str:
        """Return an event in words, with its time."""
        return f"{self.clock.utc(row.t_s)}  {self.say(row)}"


def _held(words: Words, row: Row, state: str | None) -> str:
    """Say what is true, or what a centre holds for true."""
    verb, where = ("is", "") if row.view in (None, TRUTH) else ("counts as", f" at {words.name(row.view)}")
    return f"{words.name(row.subject)} {verb} {state}{where}"


def _by_rule(row: Row) -> str:
    return f" by {row.rule}" if row.rule else ""


def _reason(row: Row) -> str:
    return f": {row.text}" if row.text else ""


def _measure(row: Row) -> str:
    if row.value is None:
        return ""
    value = row.value * 1e3 if row.unit == "m" else row.value
    unit = {"m": "mm", "1": "", "degC": "°C"}.get(row.unit or "", row.unit or "")
    # a pressure alarm comes long before a fourth digit moves
    return f"{value:.{5 if row.unit == 'kPa' else 4}g} {unit}".strip()


def _struck(words: Words, row: Row) -> str:
    hole = f", hole {_measure(row)}" if row.value is not None else ""
    mode = f" ({row.text})" if row.text else ""
    sort = words.sorts.get(row.subject)
    if sort == "hold":
        return f"{words.name(row.object)} holds activities: {words.reason(row.subject)}"
    if sort == "fails":
        return f"{words.reason(row.subject)} let {words.name(words.failed[row.subject])} fail"
    if row.by == SENSOR:
        return f"a sensor began to say{mode} of {words.name(row.object)} what is not true: {words.reason(row.subject)}"
    return f"{words.reason(row.subject)} struck {words.name(row.object)}{mode}{hole}"


def _leaked(words: Words, row: Row) -> str:
    return f"{words.name(row.subject)} began to leak" if row.value else f"{words.name(row.subject)} no longer leaks"


def _crossed(words: Words, row: Row) -> str:
    limit = {"alarm": "alarm threshold", "limit": "pressure limit"}.get(row.text or "", row.text)
    return f"{words.subject(row)} reached {_measure(row)}{f' ({limit})' if limit else ''}"


def _fed(words: Words, row: Row) -> str:
    if not row.value:
        return f"{words.name(row.object)} feeds no more gas"
    return f"{words.name(row.object)} feeds {row.value * 3600:.3g} kg/h of gas into {words.name(row.subject)}"


def _aired(words: Words, row: Row) -> str:
    since = f" at {_measure(row)}" if row.value is not None else ""
    members = words.places(row.text or row.subject)
    return f"{members} {'share' if ',' in (row.text or '') else 'has'} one body of air{since}"


def _searched(words: Words, row: Row) -> str:
    who, where = words.name(row.view) or "the crew", words.places(row.text) or "any compartment"
    may_be = "may be" if row.text is None or "," in row.text else "is"
    if row.place is not None and row.text == row.place:
        return f"{who} has people look for the hole in {where}"
    if row.place is not None:
        return f"{who} found no hole in {words.name(row.place)}: the leak {may_be} in {where}"
    if row.object is not None:
        return f"{who} tests with {words.name(row.object)} shut: the leak {may_be} in {where}"
    if row.until_s is not None:
        begun_s = row.t_s if row.start_s is None else row.start_s
        return f"{who} hunts the leak from {words.clock.utc(begun_s)} on: it {may_be} in {where}"
    if row.text == "":
        return f"{who} ended the hunt: the pressure falls nowhere"
    return f"{who} ended the hunt: the leak {may_be} in {where}"


def _sealed(words: Words, row: Row) -> str:
    if row.text is None:
        return f"nobody is left to shut {words.name(row.object)}"
    if row.object is not None:
        return f"{words.name(row.object)} is being shut to part {words.places(row.text)} from the rest"
    return f"{words.places(row.text)}: parted from the rest by shut hatches"


def _gauged(words: Words, row: Row) -> str:
    return f"{words.name(row.view)} read {_measure(row)} in {words.name(row.subject)}: {row.text}"


def _sheltered(words: Words, row: Row) -> str:
    where = words.name(row.object) or "a refuge"
    return f"{words.name(row.subject)} went to {where}{_there(words, row)}"


def _there(words: Words, row: Row) -> str:
    return "" if row.until_s is None or row.until_s == row.t_s else f", there at {words.clock.utc(row.until_s)}"


def _caught(words: Words, row: Row) -> str:
    ship = words.name(row.object) or "a ship"
    return f"{words.name(row.subject)} could not be in {ship} in time{_reason(row)}"


def _alarmed(words: Words, row: Row) -> str:
    read = f" at {_measure(row)}" if row.value is not None else ""
    return f"{words.name(row.view)} was told of trouble with {words.subject(row)}{read}"


def _heated(words: Words, row: Row) -> str:
    return f"heat in {words.name(row.subject)} changed at {_measure(row)}{_reason(row)}"


def _health(words: Words, row: Row) -> str:
    return _held(words, row, row.text)


def _status(words: Words, row: Row) -> str:
    margin = f", margin {_measure(row)}" if row.value is not None else ""
    return f"{_held(words, row, f'{row.text} for its crew')}{margin}"


def _reported(words: Words, row: Row) -> str:
    if (row.object, row.subject) in words.questions:
        answer = f"the answer to {words.question(row)}{_reason(row)}"
        return f"{words.name(row.view)} learnt from {words.name(row.by)} {answer}"
    return f"{words.name(row.view)} learnt of {words.subject(row)} from {words.name(row.by)}{_reason(row)}"


def _asked(words: Words, row: Row) -> str:
    until = f" Answer expected {words.clock.utc(row.until_s)}." if row.until_s is not None else ""
    return f"{words.name(row.view)} asked: {row.text or row.subject}{until}"


def _answered(words: Words, row: Row) -> str:
    if row.until_s is not None:
        return f"{words.name(row.view)} put off {words.question(row)} to {words.clock.utc(row.until_s)}{_reason(row)}"
    return f"{words.name(row.view)} has an answer to {words.question(row)}{_reason(row)}"


def _wetted(words: Words, row: Row) -> str:
    return f"{_held(words, row, 'wet')} (feared: {row.text})"


def _dated(words: Words, row: Row) -> str:
    verbs = {Kind.PLANNED: "is planned for", Kind.ADDED: "was added for", Kind.MOVED: "was moved to"}
    verb = verbs.get(row.kind, "is taken from the task list for")
    if row.kind is Kind.ADDED and row.object is not None:
        when = (
            f"{verb} {words.date(row.subject, row.start_s)}" if row.start_s is not None else "was added without a date"
        )
        return f"{words.name(row.subject)} {when}{_by_rule(row)}, in response to {words.reason(row.object)}"
    return f"{words.name(row.subject)} {verb} {words.date(row.subject, row.start_s)}{_by_rule(row)}{_reason(row)}"


def _changed(verb: str) -> Callable[[Words, Row], str]:
    return lambda words, row: f"{words.name(row.subject)} {verb}{_by_rule(row)}{_reason(row)}"


def _plain(verb: str) -> Callable[[Words, Row], str]:
    return lambda words, row: f"{words.name(row.subject)} {verb}"


def _to(verb: str) -> Callable[[Words, Row], str]:
    return lambda words, row: f"{words.name(row.subject)} {verb} {words.name(row.object or row.place)}"


def _at_port(verb: str) -> Callable[[Words, Row], str]:
    return lambda words, row: f"{words.name(row.subject)} {verb} {words.name(row.place)}"


def _seated(words: Words, row: Row) -> str:
    ship = f" in {words.name(row.object)}" if row.object else ""
    return f"{words.name(row.subject)} has seat class {int(row.value or 0)} ({row.text}){ship}"


def _promised(words: Words, row: Row) -> str:
    date = words.date(row.object or "", row.start_s)
    return f"{words.name(row.subject)} is promised in {words.name(row.place)} for {date}"


def _decided(words: Words, row: Row) -> str:
    return f"{words.name(row.view)} decided on {words.reason(row.subject)}{_reason(row)}"


def _weighed(words: Words, row: Row) -> str:
    many = int(row.value or 0)
    what = f"{many} {'option' if many == 1 else 'options'}" if many else "what could be done"
    people = ", ".join(words.name(person) for person in (row.text or "").split(",") if person)
    whom = f": no certified way home for {people}" if people else ""
    return f"{words.name(row.view)} weighed {what} about {words.name(row.subject)}{whom}"


def _shut(words: Words, row: Row) -> str:
    kept = f" for {words.keeper(row.subject, row.object)}" if row.object else ""
    return f"{words.name(row.subject)} is shut{kept}"


def _freed(words: Words, row: Row) -> str:
    gone = words.keeper(row.subject, row.object) if row.object else "one reason"
    return f"{words.name(row.subject)} is no longer kept shut for {gone}, but stays shut for another"


def _worked(words: Words, row: Row) -> str:
    role = f" ({row.text})" if row.text else ""
    who = words.name(row.object) or "somebody"
    if row.start_s is None or row.until_s is None:
        return f"{who} gave time to {words.name(row.subject)}{role}"
    return f"{who} gave {format_duration(row.until_s - row.start_s)} to {words.name(row.subject)}{role}"


_PHRASES: dict[Kind, Callable[[Words, Row], str]] = {
    Kind.STRUCK: _struck,
    Kind.LEAKED: _leaked,
    Kind.CROSSED: _crossed,
    Kind.EMPTIED: lambda words, row: f"{words.name(row.subject)} is empty, {_measure(row)} lost",
    Kind.HEATED: _heated,
    Kind.AIRED: _aired,
    Kind.FED: _fed,
    Kind.SEARCHED: _searched,
    Kind.SEALED: _sealed,
    Kind.GAUGED: _gauged,
    Kind.REOPENED: lambda words, row: f"{words.name(row.subject)} is open again at {words.name(row.object)}",
    Kind.SHELTERED: _sheltered,
    Kind.CAUGHT: _caught,
    Kind.WENT_BACK: lambda words, row: f"{words.name(row.subject)} left {words.name(row.object) or 'the refuge'} again",
    Kind.HEALTH_CHANGED: _health,
    Kind.STATUS_CHANGED: _status,
    Kind.ALARMED: _alarmed,
    Kind.REPORTED: _reported,
    Kind.ASKED: _asked,
    Kind.ANSWERED: _answered,
    Kind.WETTED: _wetted,
    Kind.DISMISSED: lambda words, row: (
        f"{words.name(row.view)} dismissed {words.reason(row.subject)} as a false alarm{_reason(row)}"
    ),
    Kind.INSPECTED: lambda words, row: f"{words.name(row.object)} found nothing at {words.name(row.subject)}",
    Kind.CLEARED: lambda words, row: _held(words, row, "clear"),
    Kind.PLANNED: _dated,
    Kind.ADDED: _dated,
    Kind.LACKED: lambda words, row: (
        f"{words.name(row.subject)} cannot be planned{_by_rule(row)}, in response to {words.reason(row.object or '')}"
    ),
    Kind.ATTACHED: lambda words, row: f"{words.name(row.subject)} takes a task more{_reason(row)}",
    Kind.DETACHED: lambda words, row: f"{words.name(row.subject)} has a task less{_reason(row)}",
    Kind.USED: lambda words, row: f"{words.name(row.subject)} was used up by {words.name(row.object)}",
    Kind.MOVED: _dated,
    Kind.FILLED: _dated,
    Kind.REASSIGNED: _changed("keeps its date with others"),
    Kind.UNDATED: _changed("has no date"),
    Kind.GIVEN_UP: _changed("was given up"),
    Kind.HELD: _changed("was held"),
    Kind.RELEASED: _plain("was released"),
    Kind.CALLED_OFF: _changed("was called off"),
    Kind.TERMINATED: _changed("was terminated"),
    Kind.ABORTED: _changed("was aborted"),
    Kind.FAILED: _changed("failed"),
    Kind.PAUSED: _changed("was paused"),
    Kind.RESUMED: _plain("goes on"),
    Kind.LOST: _plain("is lost"),
    Kind.STAYED_AWAY: lambda words, row: f"{words.reason(row.subject)} did not come{_reason(row)}",
    Kind.READIED: lambda words, row: (
        f"{words.name(row.subject)}: {row.text}, {format_duration(int(row.value or 0))} of its people"
    ),
    Kind.PERISHED: lambda words, row: (
        f"{words.name(row.subject)} lost {format_duration(int(row.value or 0))} of preparation ({row.text})"
    ),
    Kind.PREPARED: _plain("went into preparation"),
    Kind.STARTED: _plain("began"),
    Kind.FINISHED: _changed("was done"),
    Kind.UNFINISHED: _plain("was under way when the run ended"),
    Kind.LAUNCHED: _plain("was launched"),
    Kind.DOCKED: _at_port("docked at"),
    Kind.UNDOCKED: _at_port("left"),
    Kind.BOARDED: _to("came aboard with"),
    Kind.LEFT: _to("left in"),
    Kind.FITTED: _to("has fit items in"),
    Kind.OPENED: _plain("is open"),
    Kind.HATCH_BELIEVED: lambda words, row: _held(words, row, "shut" if row.text == "closed" else row.text),
    Kind.CLOSED: _shut,
    Kind.JAMMED: _plain("cannot be moved and stays as it is"),
    Kind.DEMANDED: lambda words, row: f"{words.name(row.subject)} was demanded{_reason(row)}",
    Kind.REFUSED: lambda words, row: f"{words.name(row.subject)} cannot be taken{_reason(row)}",
    Kind.TAKEN: _plain("is taken"),
    Kind.LIFTED: _plain("is lifted: its hatches are opened"),
    Kind.STOOD_DOWN: _plain("is over"),
    Kind.FREED: _freed,
    Kind.WORKED: _worked,
    Kind.CONFIGURED: lambda words, row: f"a run of {row.text or words.name(row.subject)} begins",
    Kind.ENDED: lambda words, row: f"{words.reason(row.subject)} is over at {words.name(row.object)}",
    Kind.SEATED: _seated,
    Kind.RETURN_PROMISED: _promised,
    Kind.RETURN_LOST: _changed("has no certified ship"),
    Kind.REVIEWED: lambda words, row: f"{words.name(row.view or row.subject)} reviewed the plan",
    Kind.DECIDED: _decided,
    Kind.WEIGHED: _weighed,
    Kind.CHOSEN: lambda words, row: f"{words.name(row.view)} decided about {words.name(row.subject)}{_reason(row)}",
    Kind.AMENDED: _changed("was changed, as decided"),
    Kind.INSERTED: _changed("came into the plan, as decided"),
    Kind.REQUIRED: lambda words, row: (
        f"{words.name(row.view)} demands{_reason(row)}, by {words.clock.utc(row.until_s or 0)}"
    ),
    Kind.MET: lambda words, row: f"what {words.reason(row.subject)} demands is met by {words.name(row.object)}",
    Kind.MISSED: lambda words, row: f"what {words.reason(row.subject)} demands was missed{_reason(row)}",
    Kind.SOLVED: lambda words, row: f"the optimiser dated the work of {words.name(row.subject)}: {row.text}",
    Kind.DECLINED: lambda words, row: f"{words.name(row.subject)} was left as it stood by the policy {row.text}",
    Kind.WAIVED: lambda words, row: (
        f"{row.rule} is waived for {words.name(row.subject)}{f' ({row.by})' if row.by else ''}{_reason(row)}"
    ),
}
