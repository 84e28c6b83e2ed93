"""Where do events come from? The one door: a row is written to the log and applied to the state in the same breath."""

from typing import Any

import attrs

from stationsim.log.kinds import Kind
from stationsim.log.log import Log, Row
from stationsim.planning.planners import GREEDY
from stationsim.planning.policies import DEFAULT, Policy
from stationsim.station.choice import Choice, cast_of, choose
from stationsim.station.fold import apply
from stationsim.station.fold.notes import TRAFFIC
from stationsim.station.rules import EVERYTHING, reads
from stationsim.station.situate import situate
from stationsim.station.situation import Situation
from stationsim.station.state import State
from stationsim.station.station import Station


@attrs.define(slots=True)
class World:
    """A run in progress: the compiled scenario, the state, and the log it has written so far.

    `polls_all` asks every activity at every poll, not only those whose rules read what changed: the same log.
    `policy` is asked at every review what of the repaired plan is carried out, and at every decision which option is
    taken; `planner` names who repairs it. A world that `is_play` is one that was only thought of. `seated` is what
    the seats hung on when they were last brought up to date (`kernel.cover`). What a centre believes is looked up once
    between two rows of one second: rows alone change a state, and a second alone what is believed in it.
    """

    station: Station
    state: State
    log: Log
    polls_all: bool = False
    policy: Policy = DEFAULT
    planner: str = GREEDY
    is_play: bool = False
    seated: tuple[object, ...] | None = attrs.field(default=None, repr=False)
    _reads: dict[str, tuple[tuple[object, ...], tuple[str, ...]]] = attrs.field(factory=dict, repr=False)
    _believed: dict[str, tuple[tuple[int, int], Situation]] = attrs.field(factory=dict, repr=False)

    def begin_step(self, now_s: int) -> None:
        """Begin the next step: everything that happens to one thing at one second."""
        self.state.now_s = now_s
        self.state.step += 1

    def record(self, kind: Kind, subject: str, **columns: Any) -> int:  # noqa: ANN401 - columns of a row have their own types
        """Write a row and apply it; return its `seq`.

        Args:
            kind: What happened.
            subject: To what.
            **columns: Further columns of `Row`; `tables` holds rows of small tables, by name, without their `seq`.

        Raises:
            TransitionError: It cannot happen in this state.
        """
        tables: dict[str, list[tuple[object, ...]]] = columns.pop("tables", {})
        seq = self.state.rows
        row = Row(seq=seq, step=self.state.step, t_s=self.state.now_s, kind=kind, subject=subject, **columns)
        self.log.append(row)
        for name, attached in tables.items():
            for values in attached:
                self.log.attach(name, (seq, *values))
        apply(self.state, self.log, seq)
        return seq

    def situations(self) -> dict[str, Situation]:
        """Return what every control centre believes now."""
        return {centre: self.situation_of_centre(centre) for centre in self.station.centres}

    def situation_of(self, activity: str) -> Situation:
        """Return what the centre that governs an activity believes now."""
        return self.situation_of_centre(self.state.activity(activity).centre)

    def situation_of_centre(self, centre: str) -> Situation:
        """Return what one control centre believes now."""
        version = (self.state.rows, self.state.now_s)
        known = self._believed.get(centre)
        if known is None or known[0] != version:
            known = self._believed[centre] = (version, situate(self.state, centre))
        return known[1]

    def who_has_say(self, activity: str) -> tuple[str, ...]:
        """Return the centre that governs an activity, then those that must consent to it."""
        record = self.state.activity(activity)
        return (record.centre, *self.station.consenting(record))

    def has_say(self, centre: str, activity: str) -> bool:
        """Tell whether a centre governs an activity or must consent to it."""
        return centre in self.who_has_say(activity)

    def choice(self, activity: str, situation: Situation) -> Choice:
        """Return an activity in its present mode."""
        return choose(situation, activity, cast_of(self.state.acts[activity]))

    def reads(self, activity: str, situation: Situation) -> tuple[str, ...]:
        """Return what the rules' answer about an activity hangs on; kept until its people or their seats change."""
        act = self.state.acts[activity]
        fits = tuple(self.state.fit.get(person) for person in act.people)
        key = (act.people, fits, self.state.attached.get(activity))
        known = self._reads.get(activity)
        if known is None or known[0] != key:
            known = (key, reads(self.choice(activity, situation), situation))
            self._reads[activity] = known
        return known[1]

    def is_asked(self, activity: str, touched: tuple[str, ...], situation: Situation) -> bool:
        """Tell whether an activity must be asked because something it hangs on changed."""
        if self.polls_all or TRAFFIC in touched:
            return True
        return any(key in touched or key == EVERYTHING for key in self.reads(activity, situation))
