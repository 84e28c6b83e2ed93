"""What should one see in a figure? One or two sentences under each, written from the tables that the figure draws."""

from collections.abc import Sequence

import pandas as pd

from stationsim.impact.naming import is_air
from stationsim.report.bounds import MOST_KEPT
from stationsim.report.figures.seats import worst_level
from stationsim.report.figures.timeline import MOST_CHANGED
from stationsim.report.theme import LEVELS, outcome_style
from stationsim.report.words import Record, Words, amount, clean, delay, integer, records, sentence, unit
from stationsim.units import format_duration

_MOST_NAMES = 4
_PLAN_KEY = (
    "Grey circles are the plan before, filled marks the plan after; an arrow leads from what made an activity change."
)


def listed(names: Sequence[str]) -> str:
    """Return names as people list them; a long list is cut.

    >>> listed(["a"]), listed(["a", "b"]), listed(list("abcdef"))
    ('a', 'a and b', 'a, b, c, d and 2 more')
    """
    shown, rest = list(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    if rest > 0:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def plan_caption(changes: pd.DataFrame, words: Words) -> str:
    """Say what moved, what has no date, what was added."""
    rows = [row for row in records(changes) if row["outcome"] != "kept"]
    if not rows:
        return "Every activity stays as planned."
    parts = []
    for outcome in dict.fromkeys(str(row["outcome"]) for row in rows if row["kind"] != "return"):
        mine = [row for row in rows if row["outcome"] == outcome and row["kind"] != "return"]
        names = [words.name(row["subject"]) + _by(row) for row in mine]
        parts.append(f"{outcome_style(outcome).word}: {listed(names)}")
    said = ". ".join(sentence(part) for part in parts)
    more = (
        f" The first {MOST_CHANGED} of {len(rows)} are drawn; the change table has all."
        if len(rows) > MOST_CHANGED
        else ""
    )
    return f"{said}. {_PLAN_KEY}{more}"


def _by(row: Record) -> str:
    late = delay(row["delay_s"]) if row["outcome"] in ("moved", "unfinished") else ""
    return f" ({late})" if late else ""


def kept_caption(changes: pd.DataFrame, words: Words) -> str:
    """Say what is drawn among what stays, and what lies beyond the end of the run."""
    kept = [row for row in records(changes) if row["outcome"] == "kept"]
    horizon_s = words.manifest.horizon_s
    late = sum(1 for row in kept if (words.second(row["nominal_utc"]) or 0) >= horizon_s)
    said = "Each dot is an activity that keeps its date, people, ship and port."
    if len(kept) - late > MOST_KEPT:
        said += f" The {MOST_KEPT} nearest to the incident are drawn, {len(kept) - late - MOST_KEPT} more are not."
    return f"{said} {late} more {'comes' if late == 1 else 'come'} after the end of the run." if late else said


def port_caption(ports: pd.DataFrame, words: Words) -> str:
    """Say whether any stay changes."""
    keys = [(row["run"], (row["port"], row["ship"], row["start_s"], row["until_s"])) for row in records(ports)]
    before, after = ({key for run, key in keys if run == name} for name in ("nominal", "disrupted"))
    changed = sorted({words.name(key[1]) for key in before ^ after})
    if not changed:
        return "Every ship comes and leaves as planned; no stay at a port changes."
    return f"Stays change for {listed(changed)}: grey is before, blue after. All others are as planned."


def seat_caption(cover: pd.DataFrame, words: Words) -> str:
    """Say who has no certified seat, and for how long at worst."""
    spans = records(cover)
    people = list(dict.fromkeys(str(span["person"]) for span in spans))
    bad = {person: worst_level(person, spans) for person in people}
    bad = {person: level for person, level in bad.items() if level > _lowest(person, spans)}
    more = uncertified_hours(cover)
    if not bad and round(more):
        lasts, word = ("longer", "more") if more > 0 else ("less long", "less")
        bare = f"{amount(round(abs(more)))} person-hours {word} without a certified seat"
        return f"Nobody's class gets worse than it was planned to be, but it lasts {lasts}: {bare}."
    if not bad:
        return "Everybody keeps the seat they had: nobody's way home gets worse."
    worst = max(bad.values())
    names = [words.name(person) for person, level in bad.items() if level == worst]
    since = min(integer(s["start_s"]) or 0 for s in spans if s["run"] == "disrupted" and (integer(s["level"]) or 0) > 0)
    name = LEVELS[min(worst, len(LEVELS) - 1)].word
    return (
        f"From {words.clock(since)} UTC {listed(names)} {'has' if len(names) == 1 else 'have'} at worst a seat of "
        f"class {worst} ({name}), {_how_long(bad, worst, spans)}. In all classes but 0 it is {amount(round(more))} "
        "person-hours more without a certified seat. "
        "The thin bar is before, the thick one after."
    )


def _how_long(bad: dict[str, int], worst: int, spans: Sequence[Record]) -> str:
    """Say for how long people are in the worst class: one span, or from the shortest to the longest."""
    lasting = [
        sum(
            (integer(s["until_s"]) or 0) - (integer(s["start_s"]) or 0)
            for s in spans
            if s["person"] == person and s["run"] == "disrupted" and s["level"] == worst
        )
        for person, level in bad.items()
        if level == worst
    ]
    least, most = format_duration(min(lasting)), format_duration(max(lasting))
    return f"for {most}{' each' if len(lasting) > 1 else ''}" if least == most else f"for {least} to {most}"


def _lowest(person: str, spans: Sequence[Record]) -> int:
    return max((integer(s["level"]) or 0 for s in spans if s["person"] == person and s["run"] == "nominal"), default=0)


def _hours_above(spans: Sequence[Record], run: str) -> float:
    """Return person-hours in any class but that of a certified seat [h]."""
    bad = [span for span in spans if span["run"] == run and (integer(span["level"]) or 0) > 0]
    return sum((integer(span["until_s"]) or 0) - (integer(span["start_s"]) or 0) for span in bad) / 3600


def uncertified_hours(cover: pd.DataFrame) -> float:
    """Return the person-hours without a certified seat that the incidents add [h]."""
    spans = records(cover)
    return _hours_above(spans, "disrupted") - _hours_above(spans, "nominal")


def people_caption(hours: pd.DataFrame, words: Words) -> str:
    """Say who did response work, and how much."""
    added = [row for row in records(hours) if row["run"] == "disrupted" and row["added"]]
    tail = "Blue-grey is sleep, pale yellow working hours; grey bars are the work before, coloured bars after."
    if not added:
        return f"Nobody gave time to a response. {tail}"
    names = [words.name(person) for person in dict.fromkeys(str(row["person"]) for row in added)]
    total = sum((integer(row["until_s"]) or 0) - (integer(row["start_s"]) or 0) for row in added) / 3600
    return f"Response work (orange) took {amount(round(total, 1))} person-hours of {listed(names)}. {tail}"


def physics_caption(curves: pd.DataFrame, words: Words) -> str:
    """Say from where to where each drawn quantity went."""
    parts = []
    disrupted = curves[(curves["run"] == "disrupted") & ~curves["subject"].isin(_bodies(curves, words))]
    for (subject, quantity, measured), mine in disrupted.groupby(["subject", "quantity", "unit"], sort=False):
        values = [float(value) for value in mine.sort_values("t_s", kind="stable")["value"]]
        far = max(values, key=lambda value, first=values[0]: abs(value - first))  # type: ignore[misc]
        if far != values[0]:
            change = f"{clean(quantity)} from {amount(values[0])} to {amount(far)} {unit(measured)}"
            parts.append(f"{words.name(subject)}: {change}")
    moved = curves[curves["subject"].isin(disrupted["subject"])]
    both = (moved["run"] == "nominal").any()
    dashed = "The dashed line is the course without the incident, dash-dotted lines" if both else "Dash-dotted lines"
    return f"{'; '.join(parts[:_MOST_NAMES])}. {dashed} are limits."


def _bodies(curves: pd.DataFrame, words: Words) -> list[object]:
    """Return the subjects of bodies of air."""
    pairs = {(row["subject"], row["quantity"]) for row in records(curves[["subject", "quantity"]].drop_duplicates())}
    return [subject for subject, quantity in pairs if is_air(words.manifest, str(subject), str(quantity))]


def belief_caption(beliefs: pd.DataFrame, words: Words) -> str:
    """Say what the rows mean."""
    views = [view for view in dict.fromkeys(str(row["view"]) for row in records(beliefs)) if view != "truth"]
    centres = listed([words.name(view) for view in views]) if views else "nobody"
    said = f"The truth stands above what {centres} believed at the time: decisions follow belief, never the truth."
    learnt = [f"{words.name(view)} {after}" for view in views if (after := _learnt(beliefs, view, words))]
    return f"{said} First change of belief after the incident: {listed(learnt)}." if learnt else said


def _learnt(beliefs: pd.DataFrame, view: str, words: Words) -> str:
    """Return how long after the first incident a centre first believed something else."""
    if not words.marks:
        return ""
    struck_s = words.marks[0][0]
    mine = beliefs[(beliefs["run"] == "disrupted") & (beliefs["view"] == view) & (beliefs["start_s"] > struck_s)]
    return f"after {format_duration(int(mine['start_s'].min()) - struck_s)}" if len(mine) else ""
