"""What can happen? Every kind of event; `meanings.KINDS` says which columns of its row it fills and what they mean.

Columns (see `Log`): `seq, step, t_s, kind, subject, object, place, view, by, cause, rule, start_s, until_s, value,
unit, text`. `view` is `truth` or the control centre whose belief changed; `by` is who acted or reported; `cause` is the
`seq` of the decisive earlier event. Columns that a kind does not name are empty.
"""

from enum import StrEnum


class Kind(StrEnum):
    """The kind of an event: a past participle."""

    # opening rows
    CONFIGURED = "configured"
    # ships and people
    LAUNCHED = "launched"
    DOCKED = "docked"
    UNDOCKED = "undocked"
    LOST = "lost"
    BOARDED = "boarded"
    LEFT = "left"
    FITTED = "fitted"
    # hatches
    OPENED = "opened"
    CLOSED = "closed"
    FREED = "freed"
    HATCH_BELIEVED = "hatch_believed"
    JAMMED = "jammed"
    # postures
    DEMANDED = "demanded"
    REFUSED = "refused"
    TAKEN = "taken"
    LIFTED = "lifted"
    STOOD_DOWN = "stood_down"
    # incidents and physics (truth)
    STRUCK = "struck"
    STAYED_AWAY = "stayed_away"
    ENDED = "ended"
    REOPENED = "reopened"
    LEAKED = "leaked"
    CROSSED = "crossed"
    EMPTIED = "emptied"
    HEATED = "heated"
    AIRED = "aired"
    FED = "fed"
    # health and status (truth or belief)
    HEALTH_CHANGED = "health_changed"
    STATUS_CHANGED = "status_changed"
    # knowledge
    ALARMED = "alarmed"
    REPORTED = "reported"
    ASKED = "asked"
    ANSWERED = "answered"
    SEARCHED = "searched"
    SEALED = "sealed"
    GAUGED = "gauged"
    SHELTERED = "sheltered"
    CAUGHT = "caught"
    WENT_BACK = "went_back"
    WETTED = "wetted"
    CLEARED = "cleared"
    DISMISSED = "dismissed"
    INSPECTED = "inspected"
    # plan
    PLANNED = "planned"
    ADDED = "added"
    LACKED = "lacked"
    ATTACHED = "attached"
    DETACHED = "detached"
    USED = "used"
    MOVED = "moved"
    REASSIGNED = "reassigned"
    UNDATED = "undated"
    FILLED = "filled"
    GIVEN_UP = "given_up"
    READIED = "readied"
    PERISHED = "perished"
    PREPARED = "prepared"
    HELD = "held"
    RELEASED = "released"
    CALLED_OFF = "called_off"
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    FINISHED = "finished"
    TERMINATED = "terminated"
    ABORTED = "aborted"
    FAILED = "failed"
    UNFINISHED = "unfinished"
    WORKED = "worked"
    # people's way home
    SEATED = "seated"
    RETURN_PROMISED = "return_promised"
    RETURN_LOST = "return_lost"
    # decisions
    REVIEWED = "reviewed"
    DECIDED = "decided"
    DECLINED = "declined"
    WEIGHED = "weighed"
    CHOSEN = "chosen"
    AMENDED = "amended"
    INSERTED = "inserted"
    SOLVED = "solved"
    WAIVED = "waived"
    # demands
    REQUIRED = "required"
    MET = "met"
    MISSED = "missed"


SENSOR = "sensor"
"""Who acted where nothing became true: a false alarm is a sensor's word alone."""

TABLES: dict[str, tuple[str, ...]] = {
    "revisions": (
        "seq",
        "subject",
        "start_s",
        "until_s",
        "before_s",
        "after_s",
        "people",
        "roles",
        "ship",
        "port",
        "uses",
        "tasks",
        "priority",
    ),
    "blocks": ("seq", "subject", "lo_s", "hi_s", "mode", "rule", "severity", "reason", "cause", "binding"),
    "replaced": ("seq", "subject", "person", "rule", "reason", "cause"),
    "causes": ("seq", "cause"),
    "preparations": ("seq", "subject", "people", "each_s"),
    "postures": ("seq", "subject", "hatches", "people"),
    "physics": ("seq", "subject", "model", "parameter", "value", "unit"),
    "amendments": ("seq", "subject", "field", "was", "now"),
    "options": (
        "seq",
        "option",
        "generator",
        "text",
        "state",
        "rule",
        "reason",
        "as_option",
        "last_s",
        "wait_level",
        "wait_value",
    ),
    "bounds": ("seq", "what", "taken", "total"),
    "scores": ("seq", "option", "rank", "level", "value", "unit", "how"),
    "estimates": ("seq", "option", "level", "value"),
    "verdicts": ("seq", "subject", "verdict", "value", "limit", "unit", "sense", "rule", "reason"),
}
"""The small tables a row may refer to, keyed by `seq`. `people`, `roles`, `uses`, `tasks` are comma-separated ids
(people and roles in the same order). `amendments` holds what a decision changed of an activity or says of one that
it added: `field` is the key of the scenario file, `was` and `now` are comma-separated ids. `options` holds what was
weighed in a decision: its `state` is `chosen`, `played`, `screened`, `same` (as `as_option`) or `rejected` (by
`rule`), the last moment at which it can be taken [s], and how much more of which level it costs to decide a day
later. `bounds` holds of what a decision thought only in part: `flights` ahead, ways to choose who of the `crews`
stays on a flight, options that bring a ship which were `combined` with others. `scores` holds what each option that
may be taken comes to, level by level: `played` forward on the believed world, or `estimated` from its plan alone
(`how`). `estimates` holds what the chosen one comes to by its plan alone, where it was played: against that stands
what was only estimated.
`preparations` holds who did a part of the preparation, and the time that each gave [s]. `postures` holds the
hatches that a posture moves, in this order, and who moves them. `blocks` holds every window that forbade a date of
`subject` when the row was written; `binding` is 1 for those that decided. `replaced` holds who was to take part in
`subject`, does not, and what keeps them from its new date. `verdicts` holds what a number of
`subject` was held against: it keeps the limit if it is `at-least`, `at-most` or `below` it (`sense`). The verdict
`start` is a start against the nearest window on either side of it, `hold` when what forbids a start is expected to
be over against the longest hold, `lead` a new start against the soonest one, `crew` the people who are left against
the least number; unit `s` is a second of the run."""
