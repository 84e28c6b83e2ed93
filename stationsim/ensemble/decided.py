"""What was decided? A decision taken apart: which launch, whose flight, seat and return, which port, which waiver.

An element is told apart from others by its key; what may change while it stays (a day, a port) is its detail.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from attrs import field, frozen

from stationsim.impact.naming import listed
from stationsim.kernel.world import World
from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.planning.objective import LEVELS
from stationsim.station.act import Act
from stationsim.station.promises import promise_s
from stationsim.station.situation import CERTIFIED, Situation
from stationsim.station.transitions import AHEAD

__all__ = ["Decided", "Element", "decided", "first_level"]

_DAY_S = 86400
_END, _RULE, _BINDING = 3, 5, 9
"""Columns of table `blocks`."""


@frozen(kw_only=True)
class Element:
    """One thing that a decision brings about.

    Attributes:
        sort: What sort of thing: `launch-earlier`, `without`, `crew`, `port`, `seat`, `return-later`, `waiver` ...
        subject: The ship, person or activity that it is about.
        object: A ship or rule that tells it apart from others of its sort about the same; "" where nothing does.
        detail: What may be otherwise while it stays: a day, a port.
        text: The same in words.
    """

    sort: str
    subject: str
    object: str = ""
    detail: str = ""
    text: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it apart from others."""
        return self.sort, self.subject, self.object


@frozen(kw_only=True)
class Decided:
    """A decision.

    Attributes:
        seq: The row of the log that says what is chosen.
        ship: The ship that it is about.
        day: The day on which it is taken, in UTC.
        option: Id of the option that is taken.
        text: The option in words.
        elements: What it brings about.
        scores: What each option that may be taken comes to, level by level.
        texts: Every option in words.
        rejected: The rule that rejects an option, by option.
        bound: (rule that binds a date of its plan, rule that would bind it there without the first).
    """

    seq: int
    ship: str
    day: str
    option: str
    text: str
    elements: tuple[Element, ...] = field(repr=False)
    scores: dict[str, tuple[int, ...]] = field(repr=False)
    texts: dict[str, str] = field(repr=False)
    rejected: dict[str, str] = field(repr=False)
    bound: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def against(self, other: "Decided") -> tuple[str, int] | None:
        """Return the first level of the objective in which this comes to something else, and how much more of it."""
        return first_level(self.scores.get(self.option, ()), other.scores.get(other.option, ()))


def first_level(score: Sequence[int], other: Sequence[int]) -> tuple[str, int] | None:
    """Return the first level in which a score differs from another one, and how much more it is; None if in none."""
    pairs = zip(LEVELS, score, other, strict=False)
    return next(((level[0], own - its) for level, own, its in pairs if own != its), None)


def decided(world: World, number: int) -> Decided | None:
    """Return the decision of this number of a run that was stopped at it; None if it has not come."""
    chosen = [row for row in world.log if row.kind is Kind.CHOSEN]
    if len(chosen) < number:
        return None
    row = chosen[number - 1]
    option = row.object or ""
    options = world.log.attached("options", row.cause or 0)
    scores: dict[str, tuple[int, ...]] = {}
    for _, id_, _, _, value, _, _ in world.log.attached("scores", row.cause or 0):
        scores[str(id_)] = (*scores.get(str(id_), ()), int(str(value)))
    return Decided(
        seq=row.seq,
        ship=row.subject,
        day=_day(world, row.t_s),
        option=option,
        text=row.text or option,
        elements=tuple(_Reading.of(world, row).elements()),
        scores=scores,
        texts={str(it[1]): str(it[3]) for it in options},
        rejected={str(it[1]): str(it[5]) for it in options if it[5] is not None},
        bound=tuple(dict.fromkeys(_bound(world, row.seq))),
    )


def _bound(world: World, since: int) -> Iterator[tuple[str, str]]:
    """Yield (rule that binds, rule in whose window its end is too) of every date that is no work, from a row on."""
    for row in world.log.rows[since - world.log.first :]:
        windows = world.log.attached("blocks", row.seq)
        if not windows or world.station.kinds[world.state.activity(row.subject).kind].layer == "work":
            continue
        for binding in (window for window in windows if window[_BINDING]):
            rule, end = str(binding[_RULE]), binding[_END]
            yield from ((rule, str(it[_RULE])) for it in windows if it[_RULE] != rule and _holds(it, end))


def _holds(window: tuple[object, ...], end: object) -> bool:
    """Tell whether a window holds what stands just before a second, or for ever where that is no second."""
    _, _, lo, hi, *_ = window
    if hi is None or end is None:
        return hi is None and (end is None or int(str(lo)) < int(str(end)))
    return int(str(lo)) < int(str(end)) <= int(str(hi))


def _day(world: World, t_s: int | None) -> str:
    if t_s is None:
        return "no day"
    return (world.station.scenario.start_utc + timedelta(seconds=t_s)).date().isoformat()


@frozen(kw_only=True)
class _Reading:
    """A world after a decision, and what its plan was before."""

    world: World
    chosen: Row
    situation: Situation
    before: dict[str, int | None]

    @classmethod
    def of(cls, world: World, chosen: Row) -> "_Reading":
        """Read a decision."""
        centre = chosen.view or next(iter(world.station.centres))
        situation = world.situation_of_centre(centre)
        return cls(world=world, chosen=chosen, situation=situation, before=_dates(world.log, chosen.seq))

    def elements(self) -> Iterator[Element]:
        """Yield what the decision brings about, launches first."""
        yield from self._moved("launch", "launch")
        yield from self._crews()
        yield from self._ports()
        yield from self._seats()
        yield from self._moved("undock", "departure")
        yield from self._emptied()
        yield from self._returns()
        yield from self._rest()

    def _day(self, t_s: int | None) -> str:
        return _day(self.world, t_s)

    def _name(self, id_: str) -> str:
        return self.world.station.name(id_)

    def _people(self, ids: Iterable[str]) -> str:
        return listed([self._name(id_) for id_ in ids], most=9)

    def _effect(self, id_: str) -> str:
        return self.world.station.kinds[self.situation.activity(id_).kind].effect

    def _written(self, kind: Kind) -> Iterator[tuple[Row, dict[str, tuple[str, str]]]]:
        """Yield the rows by which the option was written, each with the fields that it changes."""
        for row in self.world.log.rows[self.chosen.seq - self.world.log.first :]:
            if row.kind is kind and row.cause == self.chosen.seq:
                found = self.world.log.attached("amendments", row.seq)
                yield row, {str(name): (str(was or ""), str(now or "")) for _, _, name, was, now in found}

    def _acts(self, effect: str) -> Iterator[Act]:
        yield from (act for act in self.situation.acts.values() if act.life in AHEAD and self._effect(act.id) == effect)

    def _moved(self, effect: str, sort: str) -> Iterator[Element]:
        """Yield the activities of an effect that have another day now."""
        for act in self._acts(effect):
            was = self.before.get(act.id, act.start_s)
            if self._day(was) == self._day(act.start_s):
                continue
            way = "undated" if act.start_s is None else "earlier" if was is None or act.start_s < was else "later"
            text = f"{self.situation.name(act.id)} on {self._day(act.start_s)}, not on {self._day(was)}"
            yield Element(sort=f"{sort}-{way}", subject=act.ship or act.id, detail=self._day(act.start_s), text=text)

    def _crews(self) -> Iterator[Element]:
        for row, fields in self._written(Kind.AMENDED):
            was, now = (tuple(filter(None, text.split(","))) for text in fields.get("crew_up", ("", "")))
            ship = self.situation.acts[row.subject].ship or row.subject
            if left := [person for person in was if person not in now]:
                text = f"{self._name(ship)} flies without {self._people(left)}"
                yield Element(sort="without", subject=ship, detail=",".join(left), text=text)
            if new := [person for person in now if person not in was]:
                text = f"{self._people(new)} fly with {self._name(ship)}"
                yield Element(sort="crew", subject=ship, detail=",".join(new), text=text)

    def _ports(self) -> Iterator[Element]:
        for row, fields in self._written(Kind.AMENDED):
            if "port" in fields and self._effect(row.subject) == "dock":
                ship, (was, now) = self.situation.acts[row.subject].ship or row.subject, fields["port"]
                text = f"{self._name(ship)} arrives at {self._name(now)}, not at {self._name(was)}"
                yield Element(sort="port", subject=ship, detail=now, text=text)
        for row, fields in self._written(Kind.INSERTED):
            if self._effect(row.subject) == "relocate":
                ship, port = fields["ship"][1], fields["port"][1]
                text = f"{self._name(ship)} is relocated to {self._name(port)}"
                yield Element(sort="relocation", subject=ship, detail=port, text=text)

    def _seats(self) -> Iterator[Element]:
        for row, fields in self._written(Kind.INSERTED):
            ship, day = fields["ship"][1], self._day(self.situation.acts[row.subject].start_s)
            for person in filter(None, fields.get("fits", ("", ""))[1].split(",")):
                text = f"the seat of {self._name(person)} goes to {self._name(ship)} on {day}"
                yield Element(sort="seat", subject=person, object=ship, detail=day, text=text)

    def _emptied(self) -> Iterator[Element]:
        """Yield the ship that the decision is about, if it leaves without people."""
        for act in self._acts("undock"):
            is_it = act.ship == self.chosen.subject and act.start_s is not None
            if is_it and not self.situation.crew_at(self.chosen.subject, act.start_s or 0):
                day = self._day(act.start_s)
                on = f"as planned, on {day}" if day == self._day(act.wish_s) else f"on {day}"
                text = f"{self._name(self.chosen.subject)} leaves without people {on}"
                yield Element(sort="empty", subject=self.chosen.subject, detail=day, text=text)

    def _returns(self) -> Iterator[Element]:
        """Yield who of those that it is about comes home on another day than promised, or not within the run."""
        leaves = self._leaves()
        about = self.world.state.decisions.get(self.chosen.subject)
        for person in () if about is None else about.people:
            promised_s, found = promise_s(person, self.situation), leaves.get(person)
            if promised_s is None or (found is not None and self._day(found[1]) == self._day(promised_s)):
                continue
            if found is None:
                text = f"the return of {self._name(person)} has no day"
                yield Element(sort="return-open", subject=person, text=text)
                continue
            ship, start_s = found
            way, day = "earlier" if start_s < promised_s else "later", self._day(start_s)
            text = f"{self._name(person)} comes home in {self._name(ship)} on {day}, not on {self._day(promised_s)}"
            yield Element(sort=f"return-{way}", subject=person, detail=f"{ship} {day}", text=text)

    def _leaves(self) -> dict[str, tuple[str, int]]:
        found: dict[str, tuple[str, int]] = {}
        for act in self._acts("undock"):
            if act.ship is not None and act.start_s is not None and self.situation.status(act.ship) == CERTIFIED:
                crew = self.situation.crew_at(act.ship, act.start_s)
                found |= dict.fromkeys(crew, (act.ship, act.start_s))
        return found

    def _rest(self) -> Iterator[Element]:
        """Yield what is added beside seats and relocations, given up, and waived."""
        for row, fields in self._written(Kind.INSERTED):
            if self._effect(row.subject) != "relocate" and not fields.get("fits", ("", ""))[1]:
                yield Element(sort="added", subject=row.subject, text=f"{self.situation.name(row.subject)} is added")
        for row, _ in self._written(Kind.GIVEN_UP):
            yield Element(sort="given-up", subject=row.subject, text=f"{self.situation.name(row.subject)} is given up")
        for row, _ in self._written(Kind.WAIVED):
            text = f"rule {row.rule} is waived for {self.situation.name(row.subject)}"
            yield Element(sort="waiver", subject=row.subject, object=row.rule or "", text=text)


def _dates(log: Log, until: int) -> dict[str, int | None]:
    """Return the start that each activity had before a row [s]."""
    found: dict[str, int | None] = {}
    for revision in log.tables["revisions"]:
        if int(str(revision[0])) >= until:
            break
        found[str(revision[1])] = None if revision[2] is None else int(str(revision[2]))
    return found
