"""A launch that lists its opportunities is flown on one of them, and weekends are what a rule makes of them."""

from pathlib import Path

import pytest
from kernel.runs import Told, overridden, told

from stationsim.log.kinds import Kind

LISTED = "[2023-02-26, 2023-02-27, 2023-02-28, 2023-03-02, 2023-03-03, 2023-03-04]"
"""The days of Crew-6 (engineering 6, S26)."""


def flown(folder: Path, lines: str, id_: str) -> list[str]:
    """Return when an activity began in a run of the increment with these lines."""
    run: Told = told(overridden(folder, f"scenario: x\nbase: iss-2022-12\nuntil: 2023-03-20\n{lines}\n"))
    return [run.utc(row.t_s) for row in run.rows(Kind.STARTED, id_)]


@pytest.mark.parametrize(
    ("listed", "lasts", "day"),
    [
        ("", "3 d", "2023-03-01"),
        (f"opportunities: {LISTED}, ", "3 d", "2023-03-02"),
        (f"opportunities: {LISTED}, ", "30 h", "2023-02-27"),
    ],
)
def test_a_launch_whose_launcher_is_out_waits_for_its_next_opportunity(tmp_path, listed, lasts, day):
    launch = f"activities: {{crew-6-launch: {{{listed}at: 2023-02-26}}}}"
    when = f"at: 2023-02-26T00:00Z, lasts: {lasts}, expect: {lasts}"
    out = f"incidents: [{{id: out, change: failed, node: falcon-9, {when}}}]"
    assert [start[:10] for start in flown(tmp_path, f"{launch}\n{out}", "crew-6-launch")] == [day]


def test_a_quiet_weekend_is_a_rule_of_four_lines(tmp_path):
    rule = (
        "rules:\n  quiet: {template: calendar, text: Nothing leaves on a weekend., kinds: [undocking],\n"
        "    days: [sat, sun], part: whole, severity: soft, waived_by: flight director, source: assumed}"
    )
    saturday = "activities: {progress-ms-21-undocking: {at: {from: 2023-02-18, to: 2023-02-21}}}"
    assert flown(tmp_path, saturday, "progress-ms-21-undocking") == ["2023-02-18T12:00Z"]
    assert flown(tmp_path, f"{saturday}\n{rule}", "progress-ms-21-undocking") == ["2023-02-20T12:00Z"]


def test_a_launch_whose_port_is_freed_later_moves_and_is_not_called_off_for_ever(tmp_path):
    """The launch of CRS-27 keeps its wish while Crew-5, whose port it needs, still stands at hers in the round."""
    launch = "activities: {crew-6-launch: {at: 2023-02-26}}"
    out = "incidents: [{id: out, change: failed, node: falcon-9, at: 2023-02-26T00:00Z, lasts: 3 d, expect: 3 d}]"
    assert [start[:10] for start in flown(tmp_path, f"{launch}\n{out}", "crs-27-launch")] == ["2023-03-07"]
