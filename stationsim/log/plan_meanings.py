"""What do the events of activities, people's places, reviews and demands say? A part of `meanings.KINDS`."""

from stationsim.log.kinds import Kind
from stationsim.log.meaning import ACTIVITY, PEOPLE, Meaning, means

PLAN_KINDS: dict[Kind, Meaning] = {
    Kind.PLANNED: means(f"An activity stands in the plan; {PEOPLE}.", subject=ACTIVITY, start_s="start", until_s="end"),
    Kind.ADDED: means(
        f"An activity came into the plan; {PEOPLE}.",
        subject=ACTIVITY,
        object="incident",
        rule="rule that leaves no date",
        start_s="start",
        until_s="end",
        text="response",
    ),
    Kind.LACKED: means(
        "A response cannot be planned: see `blocks`.",
        subject=ACTIVITY,
        object="incident",
        rule="lack",
        text="response",
    ),
    Kind.ATTACHED: means(
        "A response became a task of an activity that was planned anyway.",
        subject=ACTIVITY,
        object="incident",
        by="centre",
        start_s="start of the activity",
        text="response",
    ),
    Kind.DETACHED: means(
        "A task that was attached is no longer part of an activity.",
        subject=ACTIVITY,
        object="incident",
        text="response",
    ),
    Kind.USED: means("A spare part was used up.", subject="part", object=ACTIVITY),
    Kind.MOVED: means(
        f"An activity has another date; {PEOPLE}.",
        subject=ACTIVITY,
        rule="binding rule",
        start_s="start",
        until_s="end",
        text="reason",
    ),
    Kind.REASSIGNED: means(
        f"An activity keeps its date with other people, ship or port; {PEOPLE}.",
        subject=ACTIVITY,
        rule="binding rule",
        start_s="start",
        until_s="end",
        text="reason",
    ),
    Kind.UNDATED: means(
        "An activity has no date: postponed, it occupies nothing.",
        subject=ACTIVITY,
        rule="binding rule",
        text="reason",
    ),
    Kind.FILLED: means(
        f"Work of the task list takes time that fell free; {PEOPLE}.",
        subject=ACTIVITY,
        object="activity whose time fell free",
        by="centre",
        start_s="start",
        until_s="end",
        text="whose time it is",
    ),
    Kind.GIVEN_UP: means("An activity is given up for good.", subject=ACTIVITY, rule="binding rule", text="reason"),
    Kind.READIED: means(
        "A part of the preparation that keeps for a while is done; who gave how much stands in table `preparations`.",
        subject=ACTIVITY,
        object="part of the preparation",
        until_s="it keeps until",
        value="time of its people together",
        unit="s",
        text="what was done",
    ),
    Kind.PERISHED: means(
        "A part of the preparation is lost: it keeps no longer than this, or an attempt used it up.",
        subject=ACTIVITY,
        object="part of the preparation",
        value="time that people had given to it",
        unit="s",
        text="what was done",
    ),
    Kind.PREPARED: means("The preparation of an activity began.", subject=ACTIVITY, until_s="planned start"),
    Kind.HELD: means(
        "An activity in preparation waits.", subject=ACTIVITY, rule="rule", until_s="hold limit", text="reason"
    ),
    Kind.RELEASED: means("A hold ended with a go.", subject=ACTIVITY, start_s="new start", until_s="end"),
    Kind.CALLED_OFF: means(
        "An attempt was called off before its start.",
        subject=ACTIVITY,
        by="centre, at its review",
        rule="rule",
        text="reason",
    ),
    Kind.STARTED: means("An activity began.", subject=ACTIVITY, start_s="start", until_s="planned end"),
    Kind.PAUSED: means(
        "An activity waits in the middle; its people stay at it.",
        subject=ACTIVITY,
        by="centre that stopped it",
        rule="rule that stops it",
        until_s="longest pause",
        text="why",
    ),
    Kind.RESUMED: means("A paused activity goes on.", subject=ACTIVITY, until_s="new end"),
    Kind.FINISHED: means(
        "An activity is done.", subject=ACTIVITY, until_s="all inside, where that is later", text="why it is later"
    ),
    Kind.TERMINATED: means(
        "An activity under way is ended in order; people are back inside at `until_s`.",
        subject=ACTIVITY,
        rule="rule",
        until_s="all inside",
        text="reason",
    ),
    Kind.ABORTED: means(
        "An activity under way was ended at once.", subject=ACTIVITY, rule="rule", until_s="all inside", text="reason"
    ),
    Kind.FAILED: means(
        "An attempt did not succeed: nothing of what it was for came about.",
        subject=ACTIVITY,
        by="centre",
        text="why",
    ),
    Kind.UNFINISHED: means("The run ended while the activity was under way.", subject=ACTIVITY),
    Kind.WORKED: means(
        "A person gave time to an activity, or to the hatches of a posture.",
        subject="activity or posture",
        object="person",
        start_s="from",
        until_s="to",
        text="role",
    ),
    Kind.SEATED: means(
        "A person's seat cover changed.",
        subject="person",
        object="ship",
        view="centre",
        value="class 0-4",
        unit="class",
        text="name of the class",
    ),
    Kind.RETURN_PROMISED: means(
        "A person has a return.", subject="<person>-return", object="departure", place="ship", start_s="date"
    ),
    Kind.RETURN_LOST: means(
        "A person's return has no ship certified for it.",
        subject="<person>-return",
        object="departure",
        place="ship",
        text="reason",
    ),
    Kind.REVIEWED: means(
        "A centre reviewed the plan in the light of what it believes.",
        subject="centre",
        view="centre",
        value="activities asked",
        unit="1",
    ),
    Kind.DECIDED: means(
        "A centre decided.",
        subject="incident",
        object="node",
        place="compartment, if it is to be sealed off",
        view="centre",
        text="decision",
    ),
    Kind.REQUIRED: means(
        "An incident makes something mandatory by a time.",
        subject="incident",
        object="node",
        view="centre",
        until_s="deadline",
        text="what must be done",
    ),
    Kind.MET: means("What was demanded is done.", subject="incident", object=ACTIVITY, view="centre"),
    Kind.MISSED: means(
        "The deadline of a demand passed without it.", subject="incident", view="centre", text="what must be done"
    ),
    Kind.DECLINED: means(
        "A proposed change is not made.", subject=ACTIVITY, by="centre", rule="rule", start_s="start", text="policy"
    ),
    Kind.WEIGHED: means(
        "A centre weighed what could be done about a ship that does not take its people home: see `options`, `scores`.",
        subject="ship",
        object="incident",
        view="centre",
        value="options",
        unit="1",
        text="who has no certified way home (ids)",
    ),
    Kind.CHOSEN: means(
        "One of the options was taken.",
        subject="ship",
        object="option",
        view="centre",
        by="policy",
        text="what is done",
    ),
    Kind.AMENDED: means(
        "A decision changed what an activity is: see `amendments`.",
        subject=ACTIVITY,
        by="centre",
        start_s="from when on it is wanted",
        text="what changed",
    ),
    Kind.INSERTED: means(
        f"A decision added an activity; see `amendments`, and {PEOPLE}.",
        subject=ACTIVITY,
        by="centre",
        start_s="from when on it is wanted",
        text="what for",
    ),
    Kind.SOLVED: means(
        "An optimiser dated the work.", subject="centre", view="centre", text="what the plan costs, stage by stage"
    ),
    Kind.WAIVED: means(
        "A rule is dropped for an activity.", subject=ACTIVITY, by="who waived it", rule="rule", text="rationale"
    ),
}
