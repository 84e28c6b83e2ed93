"""What does each kind of event say, and which columns of its row does it fill? Documents and a test come from here."""

from stationsim.log.kinds import Kind
from stationsim.log.meaning import ACTIVITY, POSTURE, Meaning, means
from stationsim.log.plan_meanings import PLAN_KINDS

KINDS: dict[Kind, Meaning] = {
    Kind.CONFIGURED: means("A run begins.", subject="scenario", until_s="horizon", text="title"),
    Kind.LAUNCHED: means("A ship left the ground.", subject="ship"),
    Kind.DOCKED: means(
        "A ship is at a port.",
        subject="ship",
        place="port",
        start_s="launch, for its life on orbit",
        until_s="docking, where it was before the start",
    ),
    Kind.UNDOCKED: means("A ship left a port.", subject="ship", place="port", text="`relocating`, if to another port"),
    Kind.LOST: means("A ship is lost with what it carried; its people are saved.", subject="ship"),
    Kind.BOARDED: means(
        "A person is aboard the station.",
        subject="person",
        object="ship they came in",
        start_s="since, if before the start",
    ),
    Kind.LEFT: means("A person left in a ship; their return.", subject="person", object="ship"),
    Kind.FITTED: means("A person's fit items are in a ship.", subject="person", object="ship"),
    Kind.OPENED: means(
        "A hatch is open.", subject="hatch", object="last reason to keep it shut, or activity that needs it open"
    ),
    Kind.CLOSED: means(
        "A hatch is shut, or is kept shut for one more reason.", subject="hatch", object="reason: what asks for it"
    ),
    Kind.FREED: means(
        "A reason to keep a hatch shut is gone; it stays shut for another.", subject="hatch", object="reason"
    ),
    Kind.HATCH_BELIEVED: means(
        "A centre holds a hatch open or shut: otherwise than it stands, or again as it stands.",
        subject="hatch",
        object="incident",
        view="centre",
        text="`open` or `closed`",
    ),
    Kind.JAMMED: means(
        "A hatch could not be moved: it stands as it stood.",
        subject="hatch",
        object="reason: what asked to shut it, or no longer asks to keep it shut",
    ),
    Kind.DEMANDED: means(
        "A posture is demanded; hatches and people stand in table `postures`.",
        subject=POSTURE,
        object="activity",
        place="refuge",
        view="centre",
        rule="rule",
        start_s="begin of the work",
        until_s="when it is taken",
        text="why",
    ),
    Kind.REFUSED: means(
        "A posture cannot be taken.", subject=POSTURE, object="activity", view="centre", rule="rule", text="why"
    ),
    Kind.TAKEN: means("A posture is taken: its hatches are shut.", subject=POSTURE, object="activity", rule="rule"),
    Kind.LIFTED: means(
        "The reason of a posture is gone and its hatches are opened; they and the people stand in table `postures`.",
        subject=POSTURE,
        object="activity",
        rule="rule",
        start_s="begin of the work",
        until_s="when they are open",
    ),
    Kind.STOOD_DOWN: means("Nothing is left of a posture.", subject=POSTURE, object="activity", rule="rule"),
    Kind.STRUCK: means(
        "An incident became true, or (`by`) a sensor began to say so of what is not.",
        subject="incident",
        object="node",
        by="`sensor` for a false alarm",
        value="hole",
        unit="m",
        text="mode",
    ),
    Kind.STAYED_AWAY: means(
        "The run is over and an incident has not come: its moment never came.", subject="incident", text="why"
    ),
    Kind.ENDED: means("What an incident made true is over.", subject="incident", object="node"),
    Kind.REOPENED: means(
        "A hole that was closed is open again.", subject="incident", object="node", view="truth", value="hole", unit="m"
    ),
    Kind.LEAKED: means(
        "A release began or changed; its law stands in table `physics`.",
        subject="node",
        object="incident",
        value="flow at the start, or area of a hole in a wall",
        unit="m3/s of a liquid, kg/s of a gas; m2",
        text="what is lost: coolant, propellant, pressurant, water",
    ),
    Kind.CROSSED: means(
        "A quantity reached a threshold.", subject="node", value="threshold", unit="its unit", text="threshold"
    ),
    Kind.EMPTIED: means("A release ended because nothing is left.", subject="node", value="lost in all", unit="kg"),
    Kind.HEATED: means(
        "A cabin's heat balance changed; its law stands in table `physics`.",
        subject="ship",
        value="temperature now",
        unit="degC",
        text="why",
    ),
    Kind.AIRED: means(
        "A body of air is joined, parted, holed, patched or fed; its law stands in table `physics`.",
        subject="first compartment",
        view="truth",
        value="pressure now",
        unit="kPa",
        text="compartments that share it",
    ),
    Kind.FED: means(
        "Gas begins to be fed into the cabin, or ends to be (then 0).",
        subject="compartment",
        object=ACTIVITY,
        view="truth",
        value="flow",
        unit="kg/s",
    ),
    Kind.SEARCHED: means(
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
    Kind.SEALED: means(
        "A leak of air is being sealed off, hatch by hatch; without a hatch it is done, without compartments given up.",
        subject="incident",
        object="hatch that is being shut",
        place="compartment with the hole, if known",
        view="centre",
        until_s="shut at",
        text="compartments on the leaking side",
    ),
    Kind.GAUGED: means(
        "A centre reads from its gauges what a compartment without air is worth, or that it has air again.",
        subject="compartment",
        object="incident",
        view="centre",
        value="pressure",
        unit="kPa",
        text="health",
    ),
    Kind.SHELTERED: means(
        "A person went to their ship, or to a refuge.", subject="person", object="ship or volume", until_s="there at"
    ),
    Kind.WENT_BACK: means(
        "A person left a refuge or their ship for their work.", subject="person", object="ship or volume"
    ),
    Kind.CAUGHT: means(
        "A person could not be in a ship before the pressure limit.", subject="person", object="ship", text="why"
    ),
    Kind.HEALTH_CHANGED: means(
        "The health of a node changed.",
        subject="node",
        object="incident",
        view="truth or centre",
        value="grade of the node's own health, where that changed",
        unit="grade",
        text="health",
    ),
    Kind.STATUS_CHANGED: means(
        "A ship's crewed return is believed certified, emergency-only, unusable or unknown.",
        subject="ship",
        object="capability",
        view="centre",
        value="margin to the limit",
        unit="K",
        text="status",
    ),
    Kind.ALARMED: means(
        "A reading or a look told a centre of an incident.",
        subject="node",
        object="incident",
        view="centre",
        value="reading",
        unit="its unit",
        text="mode",
    ),
    Kind.REPORTED: means(
        "A centre learnt from another.",
        subject="what",
        object="incident",
        view="centre",
        by="centre",
        text="what was reported",
    ),
    Kind.ASKED: means(
        "A question opened, or its answer is expected at another time.",
        subject="question",
        object="incident",
        view="centre",
        by="centre the other time was learnt from",
        until_s="expected answer",
        text="question",
    ),
    Kind.ANSWERED: means(
        "A question was answered, or put off (then `until_s`).",
        subject="question",
        object="incident",
        view="centre",
        by="centre it was learnt from, or whose dismissal closed it",
        until_s="next answer, if put off",
        text="answer",
    ),
    Kind.WETTED: means(
        "A zone is believed wet by a release.",
        subject="zone",
        object="incident",
        view="centre",
        until_s="expected end",
        text="class feared",
    ),
    Kind.CLEARED: means("A zone is no longer believed wet.", subject="zone", object="incident", view="centre"),
    Kind.DISMISSED: means(
        "A centre knows that nothing of an incident is true: a false alarm.",
        subject="incident",
        object="node",
        view="centre",
        by="centre it was learnt from",
        text="what showed it",
    ),
    Kind.INSPECTED: means(
        "A node was looked into and has nothing: it is not suspect any more.", subject="node", object=ACTIVITY
    ),
    **PLAN_KINDS,
}
