"""What is done? A policy is asked at every decision which option is taken, and at every review what of a repaired plan.

    class NoHaste:
        name, text = "no-haste", "Move nothing that begins within a week."

        def revise(self, situations, proposal):
            now_s = next(iter(situations.values())).now_s
            return proposal.only(change.id for change in proposal.changes if (change.start_s or 0) > now_s + 7 * 86400)

It is given what each control centre believes and no truth, and must be a function of that: a run that goes on from a
state asks it again. A policy that has a method `decide(decision, look)` is asked which of the options is taken that
could help people whose ship does not take them home; without one, they are played forward and the best one is taken.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

import attrs

from stationsim.errors import ScenarioError
from stationsim.planning.objective import Score
from stationsim.planning.options.weigh import Weighed
from stationsim.planning.revision import Revision, over
from stationsim.planning.verify import Break, verify
from stationsim.scenario.words import candidates, shorten
from stationsim.station.rules.script import told
from stationsim.station.situation import Situation

__all__ = [
    "Ask",
    "BestByLookahead",
    "Decision",
    "DoNothing",
    "Look",
    "Policy",
    "RulesFirst",
    "Score",
    "Weighed",
    "best_by_lookahead",
    "breaks",
    "do_nothing",
    "rules_first",
]


class Policy(Protocol):
    """What decides whether a repaired plan is carried out.

    It may have a `name` and a `text`, under which a saved run tells of it; without them its class and docstring do.
    """

    def revise(self, situations: Mapping[str, Situation], proposal: Revision) -> Revision:
        """Return the changes to carry out: the proposal, a part of it (`proposal.only(ids)`), or none (`Revision()`).

        Args:
            situations: What each control centre believes, by centre, over the plan as it stands.
            proposal: The repaired plan, as changes against the one that stands.
        """


@attrs.frozen(kw_only=True)
class Decision:
    """What a policy is asked about a ship that does not take its people home.

    Attributes:
        ship: The ship.
        centre: The control centre that decides.
        people: Who has no certified way home.
        now_s: When it is decided [s].
        options: What could be done, each with what rejects it, or its estimate by the plan: see `is_open`.
        situation: What the centre believes, over the plan as it stands.
    """

    ship: str
    centre: str
    people: tuple[str, ...]
    now_s: int
    options: tuple[Weighed, ...]
    situation: Situation = attrs.field(repr=False)

    @property
    def open(self) -> tuple[Weighed, ...]:
        """The options that may be taken, the best by the plan first; of equals the one that changes less."""
        found = (item for item in self.options if item.is_open)
        return tuple(sorted(found, key=lambda item: (item.estimate, item.size, item.id)))


Look = Callable[[str], Score]
"""Plays an open option forward on what is believed, and returns what comes of it."""


@attrs.frozen
class RulesFirst:
    """Carry out what the repair proposes: the rules decide."""

    name: str = "rules-first"
    text: str = "Take the first option that leaves nobody without a seat or a return, and all that the repair proposes."
    takes_whole: bool = True

    def decide(self, decision: Decision, look: Look) -> str:
        """Return the first option in the order of the generators that will do; if none does, the best by its plan."""
        del look
        return next((item.id for item in decision.options if will_do(item)), decision.open[0].id)

    def revise(self, situations: Mapping[str, Situation], proposal: Revision) -> Revision:
        """Return the whole proposal."""
        del situations
        return proposal


@attrs.frozen
class BestByLookahead:
    """Play what looks best by the plan forward on what is believed, and take the best of that."""

    name: str = "best-by-lookahead"
    text: str = "Play the best options forward on what is believed and take the best, and all that the repair proposes."
    takes_whole: bool = True
    plays: int = 6

    def decide(self, decision: Decision, look: Look) -> str:
        """Return the option of which the best comes; of equals the one that changes less."""
        best = decision.open[: self.plays]
        if len(best) == 1:
            return best[0].id
        # what if nothing is done, and what no plan tells: whether a remedy helps
        best += tuple(item for item in decision.open[self.plays :] if item.option.calls or not item.edits)
        return min(best, key=lambda item: (look(item.id), item.size, item.id)).id

    def revise(self, situations: Mapping[str, Situation], proposal: Revision) -> Revision:
        """Return the whole proposal."""
        del situations
        return proposal


@attrs.frozen
class DoNothing:
    """Never change traffic; work moves as far as that allows, and what is forbidden is held when it would begin."""

    name: str = "do-nothing"
    text: str = "Leave all traffic where it stands and move only work that does not wait for it."

    def decide(self, decision: Decision, look: Look) -> str:
        """Return the option that changes nothing."""
        del look
        return next(item.id for item in decision.options if not item.edits)

    def revise(self, situations: Mapping[str, Situation], proposal: Revision) -> Revision:
        """Return the changes of work, without those that come into the way of what stays."""
        any_ = next(iter(situations.values()))
        layers = {id_: any_.station.kinds[any_.activity(id_).kind].layer for id_ in proposal.ids}
        chosen = proposal.only(id_ for id_, layer in layers.items() if layer == "work")
        while found := breaks(situations, proposal, chosen):
            named = {id_ for item in found for id_ in (item.activity, item.other)}
            left = chosen.only(id_ for id_ in chosen.ids if id_ not in named)
            chosen = left if left != chosen else Revision()
        return chosen


Choose = Callable[[Decision, Look], str]
"""What asks somebody: it is given what a policy is given, and returns the id of an open option."""


@attrs.frozen
class Ask:
    """Let somebody choose: `choose(decision, look)` returns the id of an open option.

    What comes of every open option is told once it is chosen: what was looked at before leaves no trace in the log, and
    the same choices give the same log.
    """

    choose: Choose
    name: str = "ask"
    text: str = "Ask at every decision which option is taken, and carry out all that the repair proposes."
    takes_whole: bool = True

    def decide(self, decision: Decision, look: Look) -> str:
        """Return what was chosen, and play the other options forward, to be held against it."""
        found = self.choose(decision, look)
        ids = [item.id for item in decision.open]
        for id_ in ids if found in ids else ():
            look(id_)
        return found

    def revise(self, situations: Mapping[str, Situation], proposal: Revision) -> Revision:
        """Return the whole proposal."""
        del situations
        return proposal


rules_first = RulesFirst()
best_by_lookahead = BestByLookahead()
do_nothing = DoNothing()
DEFAULT = best_by_lookahead
"""The policy of every run for which no other was passed."""

POLICIES: dict[str, Policy] = {policy.name: policy for policy in (best_by_lookahead, rules_first, do_nothing)}
"""The policies that come with the package and ask nobody, by name."""

ASK = "ask"
"""The name of the policy that lets somebody choose."""


def policy_named(name: str, choose: Choose | None = None) -> Policy:
    """Return a policy that comes with the package.

    Args:
        name: Its name.
        choose: Whom `ask` asks; without it, there is no such policy.

    Raises:
        ScenarioError: There is none of that name.
    """
    if name == ASK and choose is not None:
        return Ask(choose=choose)
    if name not in POLICIES:
        known = POLICIES if choose is None else (*POLICIES, ASK)
        alone = f"Only a single run can {ASK}. " if name == ASK else ""
        raise ScenarioError(f"policy: {shorten(name)} is no policy here. {alone}{candidates('Policies', known, name)}")
    return POLICIES[name]


def will_do(item: Weighed) -> bool:
    """Tell whether an option may be taken and leaves nobody without a seat or a return, as far as its plan tells."""
    found = item.estimate
    return item.is_open and found is not None and found.of("class-4") == found.of("stranded") == 0


def asks_somebody(policy: Policy) -> bool:
    """Tell whether a policy asks a person: what did not happen is not put before them."""
    return isinstance(policy, Ask)


def takes_whole(policy: Policy) -> bool:
    """Tell whether a policy carries out every repaired plan, so that it need not be asked."""
    return getattr(policy, "takes_whole", False) is True


def decided_by(policy: Policy, decision: Decision, look: Look) -> Weighed:
    """Return the option that a policy takes.

    Raises:
        ScenarioError: It raises, or gives what is no open option.
    """
    decide = getattr(policy, "decide", None) or DEFAULT.decide
    who = f"policy {name_of(policy)}"
    of_play: list[Exception] = []

    def looked(id_: str) -> Score:
        try:
            return look(id_)
        except Exception as error:
            of_play.append(error)
            raise

    try:
        found: object = decide(attrs.evolve(decision, situation=decision.situation.blind), looked)
    except ScenarioError:
        raise
    except Exception as error:
        if error in of_play:
            raise
        raise ScenarioError(f"{who}: decide(...) raised {told(error)}. Mend the policy.") from error
    return open_option(decision.options, found, f"{who}: decide(...) returned")


def open_option(options: Iterable[Weighed], id_: object, what: str) -> Weighed:
    """Return the open option of an id.

    Args:
        options: All that were weighed.
        id_: What was given as the id of one of them.
        what: Who gave it where, the beginning of an error text.

    Raises:
        ScenarioError: It is none that may be taken; the text says why.
    """
    every = {item.id: item for item in options}
    found = every.get(id_) if isinstance(id_, str) else None
    if found is None:
        advice = candidates(
            "Options", [item.id for item in every.values() if item.is_open], id_ if isinstance(id_, str) else ""
        )
        raise ScenarioError(f"{what} {shorten(id_)}, which is no option. {advice}")
    if found.same_as is not None:
        raise ScenarioError(
            f"{what} {shorten(id_)}, which comes to the same plan as {shorten(found.same_as)}. Take that."
        )
    if found.rule is not None:
        raise ScenarioError(
            f"{what} {shorten(id_)}, which rule {found.rule} rejects: {found.reason}. Take an open option."
        )
    return found


def breaks(situations: Mapping[str, Situation], proposal: Revision, chosen: Revision) -> tuple[Break, ...]:
    """Return the rules that a part of a proposal breaks and the whole does not.

    What the plan breaks as it stands, the beliefs have broken; it is held when it would begin, and is not counted.
    """
    whole, present = (_keys(verify(over(situations, revision))) for revision in (proposal, Revision()))
    found = []
    for item in verify(over(situations, chosen)):
        is_left = item.activity not in chosen.ids and item.other not in chosen.ids
        if item.key not in whole and not (is_left and item.key in present):
            found.append(item)
    return tuple(found)


def crowded(situations: Mapping[str, Situation], proposal: Revision, chosen: Revision) -> tuple[str, ...]:
    """Return what cannot be left where it stands, since no poll would notice: it is too close to something else.

    Args:
        situations: What each control centre believes, by centre, over the plan as it stands.
        proposal: The repaired plan, which keeps both apart.
        chosen: The part of it that is carried out.
    """
    whole = _keys(verify(over(situations, proposal)))
    left, gone = proposal.without(chosen.ids), Revision()
    while True:
        plan = verify(over(situations, Revision(changes=chosen.changes + gone.changes)))
        found = [item for item in plan if item.other is not None and item.severity != "soft" and item.key not in whole]
        close = {id_ for item in found for id_ in (item.activity, item.other)}
        first = next((change for change in left.without(gone.ids).changes if change.id in close), None)
        if first is None:
            return gone.ids
        gone = Revision(changes=(*gone.changes, attrs.evolve(first, start_s=None)))


def _keys(found: Iterable[Break]) -> frozenset[tuple[str, str, str | None]]:
    """Return what tells breaks apart; asked, never iterated."""
    return frozenset(item.key for item in found)


# --- the one that decides -------------------------------------------------------------------------------------------


def name_of(policy: Policy) -> str:
    """Return the name of a policy: its own, or that of its class."""
    return str(getattr(policy, "name", None) or type(policy).__name__)


def text_of(policy: Policy) -> str:
    """Return what a policy does in words: its own, or the first line of its docstring."""
    return str(getattr(policy, "text", None) or (type(policy).__doc__ or "").strip().split("\n")[0])


def fault(policy: object) -> str | None:
    """Say why an object is no policy."""
    if isinstance(policy, type):
        return f"policy: {policy.__name__} is a class. Pass an object of it: {policy.__name__}(...)."
    if not callable(getattr(policy, "revise", None)):
        what = shorten(policy) if isinstance(policy, str) else f"This {type(policy).__name__}"
        return f"policy: {what} has no method revise(situations, proposal). {_SHIPPED}"
    return None


_SHIPPED = "Shipped, in stationsim.policies: best_by_lookahead, rules_first, do_nothing, Ask(choose)."


def revised(policy: Policy, situations: Mapping[str, Situation], proposal: Revision) -> Revision:
    """Return the changes that a policy carries out, in the order of the proposal.

    Args:
        policy: Who is asked.
        situations: What each control centre believes.
        proposal: What the repair proposes.

    Raises:
        ScenarioError: It raises, gives what is no part of the proposal, or a part that breaks more rules than the
            whole and than the plan as it stands.
    """
    who = f"policy {name_of(policy)}"
    believed = {centre: situation.blind for centre, situation in situations.items()}
    try:
        found: object = policy.revise(believed, proposal)
    except Exception as error:
        raise ScenarioError(f"{who}: revise(...) raised {told(error)}. Mend the policy.") from error
    if not isinstance(found, Revision):
        given = type(found).__name__
        advice = "Return proposal, proposal.only(ids), proposal.without(ids) or Revision()."
        raise ScenarioError(f"{who}: revise(...) returned a value of the type {given}. {advice}")
    foreign = [change for change in found.changes if change not in proposal.changes]
    if foreign:
        wrong = str(getattr(foreign[0], "id", foreign[0]))
        advice = candidates("Proposed", proposal.ids, wrong)
        raise ScenarioError(f"{who}: revise(...) returned a change of {shorten(wrong)} that nobody proposed. {advice}")
    chosen = Revision(changes=tuple(change for change in proposal.changes if change in found.changes))
    broken = () if chosen.changes == proposal.changes else breaks(situations, proposal, chosen)
    if broken:
        raise ScenarioError("\n".join(_told(who, item) for item in broken))
    return chosen


def _told(who: str, item: Break) -> str:
    other = "" if item.other is None else f" beside {item.other}"
    return (
        f"{who}: its part of the proposal breaks rule {item.rule} ({item.severity}) for {item.activity}{other}: "
        f"{item.reason}. Carry out both changes or neither; policies.breaks(situations, proposal, part) tells."
    )
