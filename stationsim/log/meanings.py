"""What does each kind of event say, and which columns of its row does it fill? Documents and a test come from here."""

from attrs import frozen

from stationsim.log.kinds import Kind


@frozen(kw_only=True)
class Meaning:
    """What a kind says, and which columns it fills besides `seq, step, t_s, kind, cause`."""

    text: str
    columns: tuple[tuple[str, str], ...]


def _means(text: str, /, **columns: str) -> Meaning:
    return Meaning(text=text, columns=tuple(columns.items()))


_ACTIVITY, _POSTURE = "activity", "posture: <rule> or <rule>/<activity>"
_PEOPLE = "people, ship, port and other places stand in table `revisions`"

KINDS: dict[Kind, Meaning] = {
    Kind.CONFIGURED: _means("A run begins.", subject="scenario", until_s="horizon", text="title"),
    Kind.LAUNCHED: _means("A ship left the ground.", subject="ship"),
    Kind.DOCKED: _means(
        "A ship is at a port.",
        subject="ship",
        place="port",
        start_s="launch, for its life on orbit",
        until_s="docking, where it was before the start",
    ),
    Kind.UNDOCKED: _means("A ship left a port.", subject="ship", place="port", text="`relocating`, if to another port"),
    Kind.LOST: _means("A ship is lost with what it carried; its people are saved.", subject="ship"),
    Kind.BOARDED: _means(
        "A person is aboard the station.",
        subject="person",
        object="ship they came in",
        start_s="since, if before the start",
    ),
    Kind.LEFT: _means("A person left in a ship; their return.", subject="person", object="ship"),
    Kind.FITTED: _means("A person's fit items are in a ship.", subject="person", object="ship"),
    Kind.OPENED: _means(
        "A hatch is open.", subject="hatch", object="last reason to keep it shut, or activity that needs it open"
    ),
    Kind.CLOSED: _means(
        "A hatch is shut, or is kept shut for one more reason.", subject="hatch", object="reason: what asks for it"
    ),
    Kind.FREED: _means(
        "A reason to keep a hatch shut is gone; it stays shut for another.", subject="hatch", object="reason"
    ),
    Kind.HATCH_BELIEVED: _means(
        "A centre holds a hatch open or shut: otherwise than it stands, or again as it stands.",
        subject="hatch",
        object="incident",
        view="centre",
        text="`open` or `closed`",
    ),
    Kind.JAMMED: _means(
        "A hatch could not be moved: it stands as it stood.",
        subject="hatch",
        object="reason: what asked to shut it, or no longer asks to keep it shut",
    ),
    Kind.DEMANDED: _means(
        "A posture is demanded; hatches and people stand in table `postures`.",
        subject=_POSTURE,
        object="activity",
        place="refuge",
        view="centre",
        rule="rule",
        start_s="begin of the work",
        until_s="when it is taken",
        text="why",
    ),
    Kind.REFUSED: _means(
        "A posture cannot be taken.", subject=_POSTURE, object="activity", view="centre", rule="rule", text="why"
    ),
    Kind.TAKEN: _means("A posture is taken: its hatches are shut.", subject=_POSTURE, object="activity", rule="rule"),
    Kind.LIFTED: _means(
        "The reason of a posture is gone and its hatches are opened; they and the people stand in table `postures`.",
        subject=_POSTURE,
        object="activity",
        rule="rule",
        start_s="begin of the work",
        until_s="when they are open",
    ),
    Kind.STOOD_DOWN: _means("Nothing is left of a posture.", subject=_POSTURE, object="activity", rule="rule"),
    Kind.STRUCK: _means(
        "An incident became true, or (`by`) a sensor began to say so of what is not.",
        subject="incident",
        object="node",
        by="`sensor` for a false alarm",
        value="hole",
        unit="m",
        text="mode",
    ),
    Kind.STAYED_AWAY: _means(
        "The run is over and an incident has not come: its moment never came.", subject="incident", text="why"
    ),
    Kind.ENDED: _means("What an incident made true is over.", subject="incident", object="node"),
    Kind.REOPENED: _means(
        "A hole that was closed is open again.", subject="incident", object="node", view="truth", value="hole", unit="m"
    ),
    Kind.LEAKED: _means(
        "A release began or changed; its law stands in table `physics`.",
        subject="node",
        object="incident",
        value="flow at the start, or area of a hole in a wall",
        unit="m3/s of a liquid, kg/s of a gas; m2",
        text="what is lost: coolant, propellant, pressurant, water",
    ),
    Kind.CROSSED: _means(
        "A quantity reached a threshold.", subject="node", value="threshold", unit="its unit", text="threshold"
    ),
    Kind.EMPTIED: _means("A release ended because nothing is left.", subject="node", value="lost in all", unit="kg"),
    Kind.HEATED: _means(
        "A cabin's heat balance changed; its law stands in table `physics`.",
        subject="ship",
        value="temperature now",
        unit="degC",
        text="why",
    ),
    Kind.AIRED: _means(
        "A body of air is joined, parted, holed, patched or fed; its law stands in table `physics`.",
        subject="first compartment",
        view="truth",
        value="pressure now",
        unit="kPa",
        text="compartments that share it",
    ),
    Kind.FED: _means(
        "Gas begins to be fed into the cabin, or ends to be (then 0).",
        subject="compartment",
        object=_ACTIVITY,
        view="truth",
        value="flow",
        unit="kg/s",
    ),
    Kind.SEARCHED: _means(
        "The hunt for a leak of air goes on: `text` is where it may be, `object` the hatch that is shut for the test, "
        "`place` where people look. Without a next step it is over.",
        subject="incident",
        object="hatch",
        place="compartment",
        view="centre",
        start_s="begin of the hunt",
        until_s="next step",
        value="tests so far",
        unit="1",
        text="compartments that may leak",
    ),
    Kind.SEALED: _means(
        "A leak of air is being sealed off, hatch by hatch; without a hatch it is done, without compartments given up.",
        subject="incident",
        object="hatch that is being shut",
        place="compartment with the hole, if known",
        view="centre",
        until_s="shut at",
        text="compartments on the leaking side",
    ),
    Kind.GAUGED: _means(
        "A centre reads from its gauges what a compartment without air is worth, or that it has air again.",
        subject="compartment",
        object="incident",
        view="centre",
        value="pressure",
        unit="kPa",
        text="health",
    ),
    Kind.SHELTERED: _means(
        "A person went to their ship, or to a refuge.", subject="person", object="ship or volume", until_s="there at"
    ),
    Kind.WENT_BACK: _means(
        "A person left a refuge or their ship for their work.", subject="person", object="ship or volume"
    ),
    Kind.CAUGHT: _means(
        "A person could not be in a ship before the pressure limit.", subject="person", object="ship", text="why"
    ),
    Kind.HEALTH_CHANGED: _means(
        "The health of a node changed.",
        subject="node",
        object="incident",
        view="truth or centre",
        value="grade of the node's own health, where that changed",
        unit="grade",
        text="health",
    ),
    Kind.STATUS_CHANGED: _means(
        "A ship's crewed return is believed certified, emergency-only, unusable or unknown.",
        subject="ship",
        object="capability",
        view="centre",
        value="margin to the limit",
        unit="K",
        text="status",
    ),
    Kind.ALARMED: _means(
        "A reading or a look told a centre of an incident.",
        subject="node",
        object="incident",
        view="centre",
        value="reading",
        unit="its unit",
        text="mode",
    ),
    Kind.REPORTED: _means(
        "A centre learnt from another.",
        subject="what",
        object="incident",
        view="centre",
        by="centre",
        text="what was reported",
    ),
    Kind.ASKED: _means(
        "A question opened, or its answer is expected at another time.",
        subject="question",
        object="incident",
        view="centre",
        by="centre the other time was learnt from",
        until_s="expected answer",
        text="question",
    ),
    Kind.ANSWERED: _means(
        "A question was answered, or put off (then `until_s`).",
        subject="question",
        object="incident",
        view="centre",
        by="centre it was learnt from, or whose dismissal closed it",
        until_s="next answer, if put off",
        text="answer",
    ),
    Kind.WETTED: _means(
        "A zone is believed wet by a release.",
        subject="zone",
        object="incident",
        view="centre",
        until_s="expected end",
        text="class feared",
    ),
    Kind.CLEARED: _means("A zone is no longer believed wet.", subject="zone", object="incident", view="centre"),
    Kind.DISMISSED: _means(
        "A centre knows that nothing of an incident is true: a false alarm.",
        subject="incident",
        object="node",
        view="centre",
        by="centre it was learnt from",
        text="what showed it",
    ),
    Kind.INSPECTED: _means(
        "A node was looked into and has nothing: it is not suspect any more.", subject="node", object=_ACTIVITY
    ),
    Kind.PLANNED: _means(
        f"An activity stands in the plan; {_PEOPLE}.", subject=_ACTIVITY, start_s="start", until_s="end"
    ),
    Kind.ADDED: _means(
        f"An activity came into the plan; {_PEOPLE}.",
        subject=_ACTIVITY,
        object="incident",
        rule="rule that leaves no date",
        start_s="start",
        until_s="end",
        text="response",
    ),
    Kind.LACKED: _means(
        "A response cannot be planned: see `blocks`.",
        subject=_ACTIVITY,
        object="incident",
        rule="lack",
        text="response",
    ),
    Kind.ATTACHED: _means(
        "A response became a task of an activity that was planned anyway.",
        subject=_ACTIVITY,
        object="incident",
        by="centre",
        start_s="start of the activity",
        text="response",
    ),
    Kind.DETACHED: _means(
        "A task that was attached is no longer part of an activity.",
        subject=_ACTIVITY,
        object="incident",
        text="response",
    ),
    Kind.USED: _means("A spare part was used up.", subject="part", object=_ACTIVITY),
    Kind.MOVED: _means(
        f"An activity has another date; {_PEOPLE}.",
        subject=_ACTIVITY,
        rule="binding rule",
        start_s="start",
        until_s="end",
        text="reason",
    ),
    Kind.REASSIGNED: _means(
        f"An activity keeps its date with other people, ship or port; {_PEOPLE}.",
        subject=_ACTIVITY,
        rule="binding rule",
        start_s="start",
        until_s="end",
        text="reason",
    ),
    Kind.UNDATED: _means(
        "An activity has no date: postponed, it occupies nothing.",
        subject=_ACTIVITY,
        rule="binding rule",
        text="reason",
    ),
    Kind.FILLED: _means(
        f"Work of the task list takes time that fell free; {_PEOPLE}.",
        subject=_ACTIVITY,
        object="activity whose time fell free",
        by="centre",
        start_s="start",
        until_s="end",
        text="whose time it is",
    ),
    Kind.GIVEN_UP: _means("An activity is given up for good.", subject=_ACTIVITY, rule="binding rule", text="reason"),
    Kind.READIED: _means(
        "A part of the preparation that keeps for a while is done; who gave how much stands in table `preparations`.",
        subject=_ACTIVITY,
        object="part of the preparation",
        until_s="it keeps until",
        value="time of its people together",
        unit="s",
        text="what was done",
    ),
    Kind.PERISHED: _means(
        "A part of the preparation is lost: it keeps no longer than this, or an attempt used it up.",
        subject=_ACTIVITY,
        object="part of the preparation",
        value="time that people had given to it",
        unit="s",
        text="what was done",
    ),
    Kind.PREPARED: _means("The preparation of an activity began.", subject=_ACTIVITY, until_s="planned start"),
    Kind.HELD: _means(
        "An activity in preparation waits.", subject=_ACTIVITY, rule="rule", until_s="hold limit", text="reason"
    ),
    Kind.RELEASED: _means("A hold ended with a go.", subject=_ACTIVITY, start_s="new start", until_s="end"),
    Kind.CALLED_OFF: _means(
        "An attempt was called off before its start.",
        subject=_ACTIVITY,
        by="centre, at its review",
        rule="rule",
        text="reason",
    ),
    Kind.STARTED: _means("An activity began.", subject=_ACTIVITY, start_s="start", until_s="planned end"),
    Kind.PAUSED: _means(
        "An activity waits in the middle; its people stay at it.",
        subject=_ACTIVITY,
        by="centre that stopped it",
        rule="rule that stops it",
        until_s="longest pause",
        text="why",
    ),
    Kind.RESUMED: _means("A paused activity goes on.", subject=_ACTIVITY, until_s="new end"),
    Kind.FINISHED: _means(
        "An activity is done.", subject=_ACTIVITY, until_s="all inside, where that is later", text="why it is later"
    ),
    Kind.TERMINATED: _means(
        "An activity under way is ended in order; people are back inside at `until_s`.",
        subject=_ACTIVITY,
        rule="rule",
        until_s="all inside",
        text="reason",
    ),
    Kind.ABORTED: _means(
        "An activity under way was ended at once.", subject=_ACTIVITY, rule="rule", until_s="all inside", text="reason"
    ),
    Kind.FAILED: _means(
        "An attempt did not succeed: nothing of what it was for came about.",
        subject=_ACTIVITY,
        by="centre",
        text="why",
    ),
    Kind.UNFINISHED: _means("The run ended while the activity was under way.", subject=_ACTIVITY),
    Kind.WORKED: _means(
        "A person gave time to an activity, or to the hatches of a posture.",
        subject="activity or posture",
        object="person",
        start_s="from",
        until_s="to",
        text="role",
    ),
    Kind.SEATED: _means(
        "A person's seat cover changed.",
        subject="person",
        object="ship",
        view="centre",
        value="class 0-4",
        unit="class",
        text="name of the class",
    ),
    Kind.RETURN_PROMISED: _means(
        "A person has a return.", subject="<person>-return", object="departure", place="ship", start_s="date"
    ),
    Kind.RETURN_LOST: _means(
        "A person's return has no ship certified for it.",
        subject="<person>-return",
        object="departure",
        place="ship",
        text="reason",
    ),
    Kind.REVIEWED: _means(
        "A centre reviewed the plan in the light of what it believes.",
        subject="centre",
        view="centre",
        value="activities asked",
        unit="1",
    ),
    Kind.DECIDED: _means(
        "A centre decided.",
        subject="incident",
        object="node",
        place="compartment, if it is to be sealed off",
        view="centre",
        text="decision",
    ),
    Kind.REQUIRED: _means(
        "An incident makes something mandatory by a time.",
        subject="incident",
        object="node",
        view="centre",
        until_s="deadline",
        text="what must be done",
    ),
    Kind.MET: _means("What was demanded is done.", subject="incident", object=_ACTIVITY, view="centre"),
    Kind.MISSED: _means(
        "The deadline of a demand passed without it.", subject="incident", view="centre", text="what must be done"
    ),
    Kind.DECLINED: _means(
        "A proposed change is not made.", subject=_ACTIVITY, by="centre", rule="rule", start_s="start", text="policy"
    ),
    Kind.SOLVED: _means(
        "An optimiser dated the work.", subject="centre", view="centre", text="what the plan costs, stage by stage"
    ),
    Kind.WAIVED: _means(
        "A rule is dropped for an activity.", subject=_ACTIVITY, by="who waived it", rule="rule", text="rationale"
    ),
}
