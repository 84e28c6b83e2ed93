"""What should one see in the figures of air, hatches and people's places? One or two sentences under each."""

import pandas as pd

from stationsim.impact.naming import CABIN
from stationsim.impact.places import ABOARD, OUTSIDE
from stationsim.report.captions import listed
from stationsim.report.figures.air import air_rows
from stationsim.report.figures.places import hatch_rows, is_busy, is_refuge, place_rows
from stationsim.report.words import Record, Words, amount, integer, records
from stationsim.units import format_duration

_MANY_S = 3600
_ROUNDS = 0.05
"""What no reader of a tenth would see [kPa]."""


def air_caption(curves: pd.DataFrame, totals: pd.DataFrame, words: Words) -> str:
    """Say how far the pressure fell, how much time was left, and what was lost."""
    rows = [row for row in air_rows(curves, words) if row["value"] is not None]
    if not rows:
        return ""
    subject = CABIN if any(row["subject"] == CABIN for row in rows) else str(rows[0]["subject"])
    cabin = [row for row in rows if (row["quantity"], row["subject"]) == ("pressure", subject)]
    first, last = cabin[0], cabin[-1]
    least = min(_value(row) for row in cabin)
    lowest = next(row for row in cabin if _value(row) <= least + _ROUNDS)
    name = "Cabin air" if subject == CABIN else f"The air of {words.places(subject)}"
    said = [f"{name} fell from {_kpa(first)} to {_kpa(lowest)} kPa by {words.clock(lowest['t_s'])} UTC"]
    if _value(last) - _value(lowest) > _ROUNDS:
        said[0] += f" and ends at {_kpa(last)} kPa"
    lost = next((row for row in records(totals) if row["quantity"] == "gas_lost"), None)
    if lost is not None and lost["disrupted"]:
        said[0] += f"; {amount(round(float(str(lost['disrupted'])), 1))} kg of gas were lost"
    said += _reserve(rows, words)
    return f"{'. '.join(said)}. {_key(rows)}".rstrip()


def _reserve(rows: list[Record], words: Words) -> list[str]:
    times = [row for row in rows if row["quantity"] == "reserve_time"]
    if not times:
        return []
    least = min(times, key=_value)
    first = times[0]
    if _value(least) <= 0:
        of = "" if least["subject"] == CABIN else f" in the air of {words.places(least['subject'])}"
        start = next(row for row in times if row["subject"] == least["subject"])
        return [f"The reserve time{of} was {_hours(start)} and ran out at {words.clock(least['t_s'])} UTC"]
    where = "" if least["subject"] == first["subject"] else f" in the air of {words.places(least['subject'])}"
    return [f"The reserve time was {_hours(first)} at first and never below {_hours(least)}{where}"]


def _key(rows: list[Record]) -> str:
    said = []
    if any(row["subject"] != CABIN for row in rows):
        said.append("Dashed and dotted lines are compartments behind a shut hatch: point at them for their names.")
    if any(row["quantity"] == "reserve_time" for row in rows):
        said.append("Where no reserve time is drawn, no limit is ahead.")
    return " ".join(said)


def _value(row: Record) -> float:
    return float(str(row["value"]))


def _kpa(row: Record) -> str:
    return f"{_value(row):.1f}"


def _hours(row: Record) -> str:
    seconds = round(_value(row) * 3600)
    return format_duration(seconds // 60 * 60 if seconds > _MANY_S else seconds)


def hatch_caption(hatches: pd.DataFrame, words: Words) -> str:
    """Say which hatches were shut, and which of them stay so."""
    lanes = hatch_rows(hatches)
    horizon_s = words.manifest.horizon_s
    shut = {
        name: [row for row in lane if row["state"] == "closed" and integer(row["start_s"])]
        for name, lane in lanes.items()
    }
    stay = [name for name, lane in shut.items() if lane and integer(lane[-1]["until_s"]) == horizon_s]
    brief = [name for name, lane in shut.items() if lane and name not in stay]
    said = []
    if brief:
        said.append(f"Shut and opened again: {listed([words.name(name) for name in brief])}")
    if stay:
        said.append(f"Shut until the end of the run: {listed([words.name(name) for name in stay])}")
    other = [words.name(name) for name in lanes if name not in {*brief, *stay}]
    if other:
        said.append(f"Otherwise not as planned: {listed(other)}")
    return f"{'. '.join(said)}. Hatches that move as planned are not drawn."


def place_caption(whereabouts: pd.DataFrame, events: pd.DataFrame, words: Words) -> str:
    """Say who took shelter, where and until when, who could not, and who was outside or at work."""
    lanes = place_rows(whereabouts, words)
    said = [*_sheltered(lanes, words), *_caught(events, words)]
    for state, what in ((OUTSIDE, "Outside when it struck"), (ABOARD, "At work")):
        who = [words.name(name) for name, lane in lanes.items() if any(_is_busy_at(row, state, words) for row in lane)]
        said += [f"{what}: {listed(who)}"] if who else []
    return f"{'. '.join(said)}." if said else "Nobody shelters; flights and sorties move."


def _is_busy_at(row: Record, state: str, words: Words) -> bool:
    struck = words.marks[0][0] if words.marks else 0
    is_then = state == ABOARD or (integer(row["start_s"]) or 0) <= struck < (integer(row["until_s"]) or 0)
    return is_busy(row) and row["state"] == state and is_then


def _sheltered(lanes: dict[str, list[Record]], words: Words) -> list[str]:
    stays = {name: [row for row in lane if is_refuge(row)] for name, lane in lanes.items()}
    ships: dict[str, list[str]] = {}
    for name, lane in stays.items():
        if lane:
            ships.setdefault(str(lane[0]["place"]), []).append(words.name(name))
    if not ships:
        return []
    first = min(integer(row["start_s"]) or 0 for lane in stays.values() for row in lane)
    said = [f"From {words.clock(first)} UTC on " + "; ".join(
        f"{listed(people)} shelter{'s' if len(people) == 1 else ''} in {words.name(ship)}"
        for ship, people in ships.items()
    )]  # fmt: skip
    back = [
        integer(row["start_s"]) or 0
        for lane in lanes.values()
        for row in lane
        if row["state"] == ABOARD and (integer(row["start_s"]) or 0) > first
    ]
    said.append(
        f"The first are back in the station at {words.clock(min(back))} UTC"
        if back
        else "Nobody is back in the station before the end of the run"
    )
    return said


def _caught(events: pd.DataFrame, words: Words) -> list[str]:
    caught = events[(events["run"] == "disrupted") & (events["kind"] == "caught")]
    who = [words.name(person) for person in dict.fromkeys(caught["subject"])]
    return [f"In no ship before the pressure limit: {listed(who)}"] if who else []
