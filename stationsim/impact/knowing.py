"""Who knew what, and when? The story of each incident from its onset to the last answer, from the disrupted log.

An incident is *unnoticed* until a sensor or a look told some centre of it, then *open* while that centre has a
question, and in the end *explained* or *dismissed* as a false alarm. A centre that asks nothing simply *knows*.
"""

from collections.abc import Container, Iterable, Iterator

from attrs import evolve, field, frozen

from stationsim.impact.reading import Run
from stationsim.log.kinds import SENSOR, Kind
from stationsim.log.log import TRUTH, Row

__all__ = ["Notice", "Topic", "believed", "notices"]

ALARM, REPORT, QUESTION, DISMISSAL = "alarm", "report", "question", "dismissal"
UNNOTICED, OPEN, KNOWN, EXPLAINED, DISMISSED = "unnoticed", "open", "known", "explained", "dismissed"
NOTHING, TRUE, OVER, UNAWARE = "nothing", "true", "over", "unaware"


@frozen(kw_only=True)
class Topic:
    """What one centre learnt or asked about an incident.

    Attributes:
        centre: The control centre.
        what: `alarm` (a reading or a look told it), `report` (another centre did), `question` or `dismissal` (the
            centre dismissed the alarm as false).
        subject: The question, or the node that the alarm or report is about.
        text: The question in words, or what was reported.
        since_s: When it learnt or asked [s].
        expected_s: When it first expected the answer [s].
        put_off: How often the answer was put off.
        answered_s: When it had the answer [s]; None while the question is open.
        answer: The answer, or what was said when it was last put off.
        by: The centre it was learnt from.
    """

    centre: str
    what: str
    subject: str
    text: str | None
    since_s: int
    expected_s: int | None = None
    put_off: int = 0
    answered_s: int | None = None
    answer: str | None = None
    by: str | None = None


@frozen(kw_only=True)
class Notice:
    """How an incident came to be known.

    Attributes:
        incident: Its id.
        node: What it struck.
        mode: What it is, as the log names it.
        struck_s: When it struck [s].
        onset_s: When its release began, else when it struck [s].
        is_false: Whether only a sensor said so: nothing became true, and nothing had to be detected.
        first_s: When the first centre learnt of it [s]; None if nobody ever did.
        first_by: That centre.
        state: `unnoticed`, `open`, `known`, `explained` or `dismissed`, at the end of the run.
        closed_s: When it was explained or dismissed [s].
        finding: What showed it.
        topics: What each centre learnt and asked, in the order of the log.
    """

    incident: str
    node: str
    mode: str
    struck_s: int
    onset_s: int
    is_false: bool = False
    first_s: int | None = None
    first_by: str | None = None
    state: str = UNNOTICED
    closed_s: int | None = None
    finding: str | None = None
    topics: tuple[Topic, ...] = field(default=(), repr=False)

    def delay_s(self, horizon_s: int) -> int:
        """Return the time from onset to the first alarm [s]; to the end of the run if nobody learns of it."""
        return max(0, (horizon_s if self.first_s is None else self.first_s) - self.onset_s)

    def open_s(self, horizon_s: int) -> int | None:
        """Return how long questions were open after the first alarm [s]; to the end of the run where some still are.

        None where nobody noticed, or where nothing was asked.
        """
        if self.first_s is None or self.state == KNOWN:
            return None
        return (horizon_s if self.closed_s is None else self.closed_s) - self.first_s


def notices(log: Iterable[Row]) -> dict[str, Notice]:
    """Return how each incident that struck came to be known, in the order in which they struck."""
    rows = tuple(log)
    struck = {row.subject: row for row in rows if row.kind is Kind.STRUCK}
    about: dict[str, list[Row]] = {incident: [] for incident in struck}
    for row in rows:
        if row.kind in _TOLD:
            incident = row.subject if row.kind is Kind.DISMISSED else row.object
            about.setdefault(incident or "", []).append(row)
    return {incident: _notice(row, about[incident]) for incident, row in struck.items()}


_TOLD = {Kind.LEAKED, Kind.ALARMED, Kind.REPORTED, Kind.ASKED, Kind.ANSWERED, Kind.DISMISSED}


def _notice(struck: Row, rows: list[Row]) -> Notice:
    onset = next((row for row in rows if row.kind is Kind.LEAKED), struck)
    notice = Notice(
        incident=struck.subject,
        node=struck.object or "",
        mode=struck.text or "",
        struck_s=struck.t_s,
        onset_s=onset.t_s,
        is_false=struck.by == SENSOR,
        topics=tuple(_topics(rows)),
    )
    alarm = next((row for row in rows if row.kind is Kind.ALARMED), None)
    if alarm is None:
        return notice
    notice = evolve(notice, first_s=alarm.t_s, first_by=alarm.view or "")
    return _closed(notice, rows)


def _closed(notice: Notice, rows: list[Row]) -> Notice:
    """Say how a noticed incident stands: by what the first centre to know of it asked, was answered and dismissed."""
    mine = [t for t in notice.topics if t.centre == notice.first_by and t.what == QUESTION]
    said = _dismissal(notice, rows)
    if said is not None:
        return evolve(notice, state=DISMISSED, closed_s=said.t_s, finding=said.text)
    if not mine:
        return evolve(notice, state=KNOWN)
    if any(topic.answered_s is None for topic in mine):
        return evolve(notice, state=OPEN)
    last = max(mine, key=lambda topic: topic.answered_s or 0)
    return evolve(notice, state=EXPLAINED, closed_s=last.answered_s, finding=last.answer)


def _dismissal(notice: Notice, rows: list[Row]) -> Row | None:
    """Return the row with which an alarm was dismissed for good: none told of the incident again after it."""
    said = [row for row in rows if row.kind is Kind.DISMISSED and row.view == notice.first_by]
    again = [row.seq for row in rows if row.kind in {Kind.ALARMED, Kind.ASKED} and row.view == notice.first_by]
    return said[-1] if said and said[-1].seq > max(again) else None


def _topics(rows: list[Row]) -> Iterator[Topic]:
    open_: dict[tuple[str, str], Topic] = {}
    knows: set[str] = set()
    done: list[tuple[int, Topic]] = []
    for row in rows:
        centre, key = row.view or "", (row.view or "", row.subject)
        if row.kind in (Kind.ALARMED, Kind.REPORTED) and centre not in knows:
            knows.add(centre)
            what = ALARM if row.kind is Kind.ALARMED else REPORT
            done.append((row.seq, _topic(row, what)))
        elif row.kind is Kind.DISMISSED:
            done.append((row.seq, evolve(_topic(row, DISMISSAL), text=None, answer=row.text, answered_s=row.t_s)))
        elif row.kind is Kind.ASKED:
            open_[key] = open_.get(key) or _topic(row, QUESTION)
        elif row.kind is Kind.ANSWERED and key in open_:
            topic = evolve(open_[key], answer=row.text, by=row.by)
            if row.until_s is None:
                done.append((row.seq, evolve(topic, answered_s=row.t_s)))
                del open_[key]
            else:
                open_[key] = evolve(topic, put_off=topic.put_off + 1)
    every = [*(topic for _, topic in done), *open_.values()]
    yield from sorted(every, key=lambda topic: (topic.since_s, topic.what == QUESTION))


def _topic(row: Row, what: str) -> Topic:
    return Topic(
        centre=row.view or "",
        what=what,
        subject=row.subject,
        text=row.text,
        since_s=row.t_s,
        expected_s=row.until_s if what == QUESTION else None,
        by=row.by,
    )


# --- as spans of belief -----------------------------------------------------------------------------------------------


def believed(run: Run, background: Container[str], horizon_s: int) -> Iterator[tuple[str, str, str, int, int]]:
    """Return (incident, view, value, from, until [s]): what was so, and what each centre held of each incident.

    The truth is `nothing`, then `true`, then `over`; a centre holds `nothing`, is `unaware` of what is true, has it
    `open`, then `explained`, `known` or `dismissed`. Incidents in `background` are left out.
    """
    ended = {row.subject: row.t_s for row in run.log if row.kind is Kind.ENDED}
    for incident, notice in notices(run.log).items():
        if incident in background:
            continue
        truth = [(0, NOTHING)] if notice.is_false else [(0, NOTHING), (notice.onset_s, TRUE)]
        if incident in ended:
            truth.append((ended[incident], OVER))
        yield from _spans(incident, TRUTH, truth, horizon_s)
        for centre in dict.fromkeys(topic.centre for topic in notice.topics):
            yield from _spans(incident, centre, _held(notice, centre), horizon_s)


def _held(notice: Notice, centre: str) -> list[tuple[int, str]]:
    mine = [topic for topic in notice.topics if topic.centre == centre]
    steps = [(0, NOTHING)] if notice.is_false else [(0, NOTHING), (notice.onset_s, UNAWARE)]
    questions = [topic for topic in mine if topic.what == QUESTION]
    steps.append((mine[0].since_s, OPEN if questions else KNOWN))
    ends = [topic.answered_s for topic in mine if topic.what in (QUESTION, DISMISSAL)]
    answered = [t_s for t_s in ends if t_s is not None]
    if answered and len(answered) == len(ends):
        is_dismissed = any(topic.what == DISMISSAL for topic in mine)
        steps.append((max(answered), DISMISSED if is_dismissed else EXPLAINED))
    return steps


def _spans(
    incident: str, view: str, steps: list[tuple[int, str]], horizon_s: int
) -> Iterator[tuple[str, str, str, int, int]]:
    ends = [t_s for t_s, _ in steps[1:]] + [horizon_s]
    for (start_s, value), until_s in zip(steps, ends, strict=True):
        if start_s < until_s:
            yield incident, view, value, start_s, until_s
