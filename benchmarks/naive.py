"""The naive twin: the same story as a plain SimPy script, as one would write it by hand on an afternoon.

A process per activity, dictionaries for the state, `nx.descendants` when something fails, and at every event every rule
that matters is asked again of every activity that is still to come. Who is where by the plan is worked out once for
each plan. It reads the records of the drawn scenario (windows, durations, people, ships, ports, arms, what follows
what, rules with their numbers) and nothing else of the package.

What it leaves out, and so need not pay for: physics (the second of the alarm is a parameter), the belief of a second
centre, hatches and postures, fit items and seat classes, preparation on days before, consent, working hours, what the
log says of causes and of verdicts, options of a decision. Of a leak it knows the story of a ship that carries nobody.
"""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import networkx as nx
import simpy

from stationsim.scenario.model import Activity, Scenario

DAY = 86400
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVER = 10**12
TRAFFIC = ("dock", "undock", "relocate")


class Leak(SimpleNamespace):
    """A leak of a loop: node, ship, alarm [s] and the port where the ship stands."""


class Naive:
    """One run. `starts` are the dates of all activities in the end."""

    def __init__(self, scenario: Scenario, graph: nx.DiGraph, leak: Leak | None = None) -> None:
        """Read the records, date the plan, run it."""
        self.s, self.graph, self.leak = scenario, graph, leak
        self.kinds = {k.id: k for k in scenario.kinds}
        self.people = {p.id: p for p in scenario.people}
        self.ships = {v.id: v for v in scenario.vehicles}
        self.types = {t.id: t for t in scenario.types}
        self.arms = {a.id: a for a in scenario.arms}
        self.airlocks = {a.id: a for a in scenario.airlocks}
        self.ports = {p.id: p for p in scenario.ports}
        self.acts: dict[str, Activity] = {a.id: a for a in scenario.activities}
        self.waived = {(w.rule, w.activity) for w in scenario.waivers}
        self.env = simpy.Environment()
        self.start: dict[str, int | None] = dict.fromkeys(self.acts)
        self.cast: dict[str, list[str]] = {id_: [] for id_ in self.acts}
        self.roles: dict[str, list[str]] = {id_: [r.role for r in a.people] for id_, a in self.acts.items()}
        self.state = dict.fromkeys(self.acts, "ahead")
        self.failed: set[str] = set()
        self.wet: dict[str, int] = {}
        self.open: dict[str, int] = {}
        self.calls: dict[str, int] = {}
        self.now_s = 0
        self.checks = 0
        self.blocked_at_events: dict[str, str] = {}
        self.known: dict[str, list | dict] = {}
        self.date_all()
        self.wish = dict(self.start)
        self.process = {id_: self.env.process(self.life(id_)) for id_ in self.acts}
        if leak is not None:
            self.env.process(self.story(leak))
        self.env.run(until=scenario.horizon_s)

    # --- the plan ---

    def kind(self, id_: str):  # noqa: ANN201, D102
        return self.kinds[self.acts[id_].kind]

    def lasts(self, id_: str) -> int:
        """Return the duration of an activity [s]."""
        found = self.acts[id_].duration_s
        return self.kind(id_).duration_s if found is None else found

    def span(self, id_: str, start_s: int) -> tuple[int, int]:
        """Return from when to when an activity takes its people and places [s]."""
        return start_s - self.kind(id_).before_s, start_s + self.lasts(id_) + self.kind(id_).after_s

    def after(self, id_: str) -> list[str]:
        """Return what an activity waits for."""
        a = self.acts[id_]
        return [*a.follows, *([a.at.after] if a.at.after else [])]

    def order(self, id_: str) -> tuple[bool, bool, int, int, int, str]:
        """Return the order of dating: traffic, then work; fixed, then open; by the first day."""
        a = self.acts[id_]

        def lo(x: str) -> int:
            at = self.acts[x].at
            return max([at.lo_s + (lo(at.after) if at.after else 0), *(lo(o) for o in self.after(x))])

        def depth(x: str) -> int:
            return 1 + max([depth(o) for o in self.after(x)], default=0)

        is_open = a.at.after is not None or a.at.hi_s - a.at.lo_s > DAY
        return self.kind(id_).layer == "work", is_open, lo(id_), depth(id_), a.priority, id_

    def days(self, id_: str, from_s: int) -> Iterator[int]:
        """Yield the usual hour of every allowed day from a second on."""
        kind, begin = self.kind(id_), self.s.start_utc
        midnight = -int((begin - begin.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds())
        for day in range((from_s - midnight) // DAY, (from_s - midnight) // DAY + 1000):
            at = midnight + day * DAY + kind.usual_s
            if at >= from_s and WEEK[(begin + timedelta(seconds=at)).weekday()] in kind.days:
                yield at

    def first_days(self, id_: str) -> list[int]:
        """Return the starts that the file allows."""
        at = self.acts[id_].at
        base = self.start[at.after] if at.after else 0
        if base is None:
            return []
        lo, hi = base + at.lo_s, base + at.hi_s
        found = [lo] if hi - lo <= 1 else [d for d in self.days(id_, lo) if d < hi]
        return found or [lo + self.kind(id_).usual_s % max(hi - lo, 1)]

    def date_all(self) -> None:
        """Give every activity the first start that the rules allow."""
        for id_ in sorted(self.acts, key=self.order):
            starts, a = self.first_days(id_), self.acts[id_]
            if a.at.after is not None or a.at.hi_s - a.at.lo_s > DAY:
                starts = [t for t in starts if self.try_at(id_, t)][:1] or starts[:1]
            self.put(id_, starts[0] if starts else None)
            if starts:
                self.cast[id_] = self.people_for(id_, starts[0]) or [r.who or "" for r in a.people]

    def try_at(self, id_: str, start_s: int, *, ignores_soft: bool = False) -> bool:
        """Tell whether an activity can begin then with some people; if so, they are its people."""
        cast = self.people_for(id_, start_s)
        if cast is None:
            return False
        before, self.cast[id_] = self.cast[id_], cast
        if self.blocked(id_, start_s, ignores_soft=ignores_soft) is None:
            return True
        self.cast[id_] = before
        return False

    def people_for(self, id_: str, start_s: int) -> list[str] | None:
        """Return somebody for every place."""
        found: list[str] = []
        a = self.acts[id_]
        for role in a.people:
            own = [p.id for p in self.s.people if p.centre == a.centre and role.skill in p.skills]
            other = [p.id for p in self.s.people if p.centre != a.centre and role.skill in p.skills]
            able = [role.who] if role.who and role.skill is None else [*([role.who] if role.who else []), *own, *other]
            free = [p for p in able if p not in found and self.is_free(p, id_, start_s)]
            if not free:
                return None
            found.append(free[0])
        return found

    def is_free(self, person: str, id_: str, start_s: int) -> bool:
        """Tell whether somebody is aboard and does nothing else."""
        lo, hi = self.span(id_, start_s)
        here = self.aboard().get(person)
        if here is None or here[0] > lo or here[1] < hi:
            return False
        for other, at in self.dated(id_):
            begin, end = self.span(other, at)
            if person in self.cast[other] and begin < hi and lo < end:
                return False
        return True

    def dated(self, but: str) -> list[tuple[str, int]]:
        """Return everything else that has a date."""
        return [(o, t) for o, t in self.start.items() if t is not None and o != but]

    # --- what follows from the plan ---

    def put(self, id_: str, start_s: int | None) -> None:
        """Give an activity a date; what follows from the plan is then worked out anew when it is asked for."""
        self.start[id_] = start_s
        self.known.clear()

    def follow(self) -> None:
        """Work out from the plan who is aboard when, in which ship, and which ship is at which port."""
        traffic = sorted((t, o) for o, t in self.start.items() if t is not None and self.kind(o).effect in TRAFFIC)
        here = {v.id: (v.port, 0) for v in self.s.vehicles if v.port is not None}
        seats = {p.id: p.seat for p in self.s.people if p.aboard}
        aboard = {p.id: (-EVER, EVER) for p in self.s.people if p.aboard}
        stays, seatings = [], [(-EVER, dict(seats))]
        for at, id_ in traffic:
            a, effect = self.acts[id_], self.kind(id_).effect
            if effect in ("undock", "relocate") and a.ship in here:
                stays.append((a.ship, *here.pop(a.ship), at + self.lasts(id_)))
            if effect == "dock":
                here[a.ship] = (a.port, at)
                seats |= dict.fromkeys(a.crew, a.ship)
                aboard |= dict.fromkeys(a.crew, (at, EVER))
            elif effect == "relocate":
                here[a.ship] = (a.port, at + self.lasts(id_))
            else:
                aboard |= {p: (aboard[p][0], at) for p, ship in seats.items() if ship == a.ship}
                seats = {p: ship for p, ship in seats.items() if ship != a.ship}
            seatings.append((at, dict(seats)))
        stays += [(ship, *stay, EVER) for ship, stay in here.items()]
        self.known |= {"stays": stays, "aboard": aboard, "seatings": seatings}

    def stays(self) -> list[tuple[str, str, int, int]]:
        """Return (ship, port, from, until) of every stay."""
        if not self.known:
            self.follow()
        return self.known["stays"]

    def aboard(self) -> dict[str, tuple[int, int]]:
        """Return from when to when everybody is aboard."""
        if not self.known:
            self.follow()
        return self.known["aboard"]

    def seats(self, until_s: int) -> dict[str, str]:
        """Return the ship of everybody who is aboard at a time."""
        if not self.known:
            self.follow()
        return [seats for at, seats in self.known["seatings"] if at < until_s][-1]

    # --- the rules ---

    def blocked(self, id_: str, start_s: int, *, ignores_soft: bool = False) -> str | None:
        """Return the first rule that forbids a start; every rule of the books is asked in turn."""
        self.checks += 1
        for rule in self.s.rules:
            if (rule.id, id_) in self.waived or (ignores_soft and rule.severity == "soft"):
                continue
            check = getattr(self, "rule_" + rule.template.replace("-", "_"), None)
            if check is not None and check(rule, id_, start_s):
                return rule.id
        return None

    def governs(self, rule, id_: str) -> bool:  # noqa: ANN001, D102
        a = self.acts[id_]
        return (not rule.books or a.centre in rule.books) and (not rule.kinds or a.kind in rule.kinds)

    def rule_exclusive(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, ARG002, D102
        lo, hi = self.span(id_, start_s)
        own = self.things(id_)
        return any(
            own & self.things(o) and self.span(o, t)[0] < hi and lo < self.span(o, t)[1] for o, t in self.dated(id_)
        )

    def things(self, id_: str) -> set[str | None]:  # noqa: D102
        a = self.acts[id_]
        return {*self.cast[id_], *a.arms, *a.uses, a.airlock} - {None}

    def rule_setup(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, ARG002, D102
        for arm in self.acts[id_].arms:
            gap = self.arms[arm].setup_s
            for o, t in self.dated(id_):
                if arm in self.acts[o].arms and -(self.lasts(id_) + gap) < start_s - t < self.lasts(o) + gap:
                    return True
        return False

    def rule_spacing(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        a = self.acts[id_]
        for o, t in self.dated(id_):
            b = self.acts[o]
            forth = a.kind in rule.kinds and (not rule.others or b.kind in rule.others)
            back = b.kind in rule.kinds and (not rule.others or a.kind in rule.others)
            if not (forth or back) or abs(start_s - t) >= rule.gap_s:
                continue
            if rule.share != "people" or set(self.who(rule, id_)) & set(self.who(rule, o)):
                return True
        return False

    def who(self, rule, id_: str) -> list[str]:  # noqa: ANN001, D102
        pairs = zip(self.cast[id_], self.roles[id_], strict=False)
        return [p for p, role in pairs if not rule.roles or role in rule.roles]

    def rule_rest(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        for o, t in self.dated(id_):
            for one, at, two, then in ((id_, start_s, o, t), (o, t, id_, start_s)):
                named = self.acts[one].kind in rule.kinds and self.acts[two].kind in rule.others
                is_soon = at <= then and self.span(two, then)[0] < self.span(one, at)[1] + rule.gap_s
                if named and is_soon and set(self.cast[one]) & set(self.cast[two]):
                    return True
        return False

    def rule_aboard(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, ARG002, D102
        lo, hi = self.span(id_, start_s)
        here = self.aboard()
        return any(p not in here or here[p][0] > lo or here[p][1] < hi for p in self.cast[id_])

    def rule_after_arrival(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        here = self.aboard()
        lo = self.span(id_, start_s)[0]
        return self.governs(rule, id_) and any(lo < here[p][0] + rule.gap_s for p in self.who(rule, id_) if p in here)

    def rule_inside_crew(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        if not self.governs(rule, id_):
            return False
        lo, hi = self.span(id_, start_s)
        out = self.who(rule, id_)
        edges = {lo, *(t for span in self.aboard().values() for t in span if lo <= t < hi)}
        inside = [sum(a <= t < b for p, (a, b) in self.aboard().items() if p not in out) for t in edges]
        return min(inside) < rule.count

    def rule_segment_crew(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        if not self.governs(rule, id_):
            return False
        seats = self.seats(start_s)
        leaving = [p for p, ship in seats.items() if ship == self.acts[id_].ship]
        for segment in {self.people[p].segment for p in leaving}:
            if sum(self.people[p].segment == segment for p in seats if p not in leaving) < rule.count:
                return True
        return False

    def rule_port_free(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, ARG002, D102
        a = self.acts[id_]
        if self.kind(id_).effect not in ("dock", "relocate"):
            return False
        return any(p == a.port and ship != a.ship and lo <= start_s < hi for ship, p, lo, hi in self.stays())

    def rule_precedence(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, ARG002, D102
        a = self.acts[id_]
        for o in self.after(id_):
            at = self.start[o]
            least = a.at.lo_s if o == a.at.after else self.lasts(o)
            if at is None or start_s < at + least:
                return True
        return False

    def rule_handover(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        if not self.governs(rule, id_):
            return False
        leaving = {p for p, ship in self.seats(start_s).items() if ship == self.acts[id_].ship}
        for o, a in self.acts.items():
            at = self.start[o]
            if leaving & set(a.relieves) and (at is None or start_s < at + rule.gap_s):
                return True
        return False

    def rule_ready(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        if not self.governs(rule, id_):
            return False
        ready = self.ships[self.acts[id_].ship or ""].ready
        return start_s < (self.acts[id_].at.lo_s if ready is None else ready.lo_s)

    def rule_life_limit(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        ship = self.acts[id_].ship
        if not self.governs(rule, id_) or ship is None:
            return False
        launches = [self.start[o] for o, a in self.acts.items() if a.ship == ship and self.kind(o).effect == "launch"]
        life, up = self.types[self.ships[ship].type].life_s, self.ships[ship].launched_s
        up = launches[0] if up is None and launches else up
        return life is not None and up is not None and start_s >= up + life

    def rule_airlock_port(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        airlock = self.acts[id_].airlock
        if not self.governs(rule, id_) or airlock is None:
            return False
        lo, hi = self.span(id_, start_s)
        for ship, port, begin, end in self.stays():
            is_crew = any(c.id == rule.capability for c in self.types[self.ships[ship].type].capabilities)
            if port in self.airlocks[airlock].cut_off_ports and is_crew and begin < hi and lo < end:
                return True
        return False

    def rule_arrival(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        if not self.governs(rule, id_):
            return False
        for o, a in self.acts.items():
            if a.at.after == id_ and a.ship == self.acts[id_].ship:
                at = start_s + a.at.lo_s
                if self.rule_port_free(rule, o, at) or self.rule_exclusive(rule, o, at):
                    return True
                for other in a.follows:
                    begun = self.start[other]
                    if other != id_ and (begun is None or at < begun + self.lasts(other)):
                        return True
        return False

    def rule_needs_health(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, ARG002, D102
        a = self.acts[id_]
        return bool(self.failed & {*a.uses, *a.arms, *a.needs, a.airlock, a.port, *self.cast[id_]})

    def rule_residue(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        a = self.acts[id_]
        if not self.governs(rule, id_) or a.airlock is None:
            return False
        lo = self.span(id_, start_s)[0]
        return any(lo < self.wet.get(zone, -EVER) for zone in (*a.worksites, self.airlocks[a.airlock].zone))

    def rule_family_hold(self, rule, id_: str, start_s: int) -> bool:  # noqa: ANN001, D102
        ship = self.acts[id_].ship
        if not self.governs(rule, id_) or ship is None or "family" not in self.open or self.leak is None:
            return False
        struck = self.types[self.ships[self.leak.ship].type].families
        is_alike = bool(set(struck) & set(self.types[self.ships[ship].type].families))
        return is_alike and ship != self.leak.ship and start_s < self.open["family"] + rule.gap_s

    # --- the run ---

    def event(self) -> None:
        """Ask every rule of every activity that is still to come."""
        self.now_s = int(self.env.now)
        for id_, state in self.state.items():
            at = self.start[id_]
            if state in ("ahead", "prepared") and at is not None:
                found = self.blocked(id_, max(at, self.now_s))
                if found is not None:
                    self.blocked_at_events[id_] = found
                    if state == "prepared":
                        self.state[id_] = "held"
                        self.process[id_].interrupt()

    def life(self, id_: str) -> Iterator[simpy.Event]:
        """Prepare, begin, end; begin again where something is in the way."""
        while True:
            at, before = self.start[id_], self.kind(id_).before_s
            try:
                if at is None or self.state[id_] == "held":
                    yield self.env.event()
                yield self.env.timeout(max(0, at - before - self.env.now))
                if before:
                    self.state[id_] = "prepared"
                    self.event()
                    yield self.env.timeout(max(0, at - self.env.now))
            except simpy.Interrupt:
                continue
            break
        self.state[id_] = "begun"
        self.event()
        yield self.env.timeout(self.lasts(id_))
        self.state[id_] = "done"
        self.event()

    def story(self, leak: Leak) -> Iterator[simpy.Event]:
        """Tell what the centre does about a leak of a ship that carries nobody."""
        mode = next(m for m in self.s.modes if m.id == "coolant-loop")
        after = {q.id: q.after_s for q in mode.questions}
        centre = next(c for c in self.s.centres if c.id == self.ships[leak.ship].centre)
        yield self.env.timeout(leak.alarm_s)
        self.failed |= {leak.node, *nx.descendants(self.graph, leak.node)}
        self.open = {name: leak.alarm_s + after[name] for name in ("flow", "fluid", "family")}
        self.wet = dict.fromkeys(self.ports[leak.port].wets, self.open["fluid"] + self.clears(None))
        self.event()
        yield self.env.timeout(centre.response_s)
        self.inspect(leak)
        self.replan()
        yield self.env.timeout(self.open.pop("flow") - self.env.now)
        self.replan()
        yield self.env.timeout(self.open.pop("fluid") - self.env.now)
        fluid = next(t.loop.fluid for t in self.loops(leak))
        self.wet = dict.fromkeys(self.wet, int(self.env.now) + self.clears(fluid))
        self.open.pop("family")
        self.replan()

    def loops(self, leak: Leak) -> list:  # noqa: D102
        parts = self.types[self.ships[leak.ship].type].components
        return [part for part in parts if f"{leak.ship}/{part.id}" == leak.node]

    def clears(self, fluid: str | None) -> int:
        """Return how long residue takes to clear, of the worst fluid of its hazard [s]."""
        hazard = next((f.hazard for f in self.s.fluids if f.id == fluid), None)
        return max(f.clears_s for f in self.s.fluids if hazard in (None, f.hazard))

    def inspect(self, leak: Leak) -> None:
        """Plan the inspection with the arm, before everything else."""
        arm = next(
            a for a in self.s.arms if leak.port in (*a.inspects, *(p for base in a.bases for p in base.inspects))
        )
        id_ = f"{leak.ship}-inspection"
        base = next(iter(self.acts.values()))
        role = SimpleNamespace(role="arm", who=None, skill=arm.survey_skill)
        at = SimpleNamespace(lo_s=0, hi_s=1, after=None)
        blank = dict.fromkeys(("uses", "needs", "worksites", "follows", "crew", "relieves", "fits"), ())
        record = SimpleNamespace(
            **blank, id=id_, kind="inspection", centre=base.centre, at=at, duration_s=None, people=(role,),
            airlock=None, arms=(arm.id,), ship=None, port=None, priority=1,
        )  # fmt: skip
        self.acts[id_] = record  # type: ignore[assignment]
        self.roles[id_], self.cast[id_], self.state[id_] = ["arm"], [], "ahead"
        self.now_s = int(self.env.now)
        self.put(id_, next(iter(self.days(id_, self.now_s + arm.survey_lead_s))))
        self.wish[id_] = self.start[id_]
        self.cast[id_] = [next(p.id for p in self.s.people if p.aboard and arm.survey_skill in p.skills)]
        self.process[id_] = self.env.process(self.life(id_))

    def replan(self) -> None:
        """Date everything that is still to come from its wish on: what can keep it first, then the rest by priority."""
        self.now_s = int(self.env.now)
        ahead = [id_ for id_, state in self.state.items() if state in ("ahead", "held") and self.wish[id_] is not None]
        before = dict(self.start)
        traffic = [id_ for id_ in ahead if self.kind(id_).layer == "skeleton"]
        first = [*traffic, *(id_ for id_ in ahead if id_.endswith("-inspection"))]
        for id_ in ahead:
            self.put(id_, self.wish[id_] if id_ in first else None)
        work = [id_ for id_ in ahead if id_ not in traffic and self.start[id_] is None]
        rank = {id_: max(self.acts[o].priority for o in (id_, *self.chain(id_))) for id_ in work}
        for priority in sorted(set(rank.values())):
            peers = sorted((id_ for id_ in work if rank[id_] == priority), key=lambda x: (self.wish[x], x))
            movers = [id_ for id_ in peers if not self.keeps(id_)]
            for id_ in movers:
                self.put(id_, self.next_day(id_))
        for id_ in ahead:
            if self.start[id_] != before[id_] or self.state[id_] == "held":
                self.state[id_] = "ahead"
                self.process[id_].interrupt()
        self.event()

    def chain(self, id_: str) -> list[str]:  # noqa: D102
        before = [o for o in self.after(id_) if self.kind(o).layer == "work"]
        return [x for o in before for x in (o, *self.chain(o))]

    def keeps(self, id_: str) -> bool:  # noqa: D102
        wish = self.wish[id_]
        is_ahead = wish - self.kind(id_).before_s >= self.now_s
        waits = any(self.start[o] is None for o in self.after(id_))
        if waits or not is_ahead or self.blocked(id_, wish) is not None:
            return False
        self.put(id_, wish)
        return True

    def next_day(self, id_: str) -> int | None:  # noqa: D102
        wish, kind = self.wish[id_], self.kind(id_)
        soonest = self.now_s + max(kind.lead_s, kind.before_s)
        for day in self.days(id_, max(wish, soonest)):
            if self.try_at(id_, day):
                return day
        return None
