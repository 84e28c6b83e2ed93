"""Every form of a date."""

import pytest
from scenario.documents import spoiled

from stationsim.scenario.load import load, scenario_text
from stationsim.scenario.model import When

DAY = 86400
FORMS = 'Write "2022-12-15T02:20Z", "2022-12-19", "2023-02", {from: DAY, to: DAY} or {after: ACTIVITY, by: 5 d}.'


def written(at):
    return spoiled("at: {after: walk, by: {from: 2 d, to: 3 d}}", f"at: {at}")


@pytest.mark.parametrize(
    ("at", "when"),
    [
        ("2022-12-15T02:20Z", When(lo_s=DAY + 8400, hi_s=DAY + 8401, has_clock=True)),
        ("2022-12-13T23:59:59Z", When(lo_s=-1, hi_s=0, has_clock=True)),
        ("2022-12-19", When(lo_s=5 * DAY, hi_s=6 * DAY)),
        ("2022-353", When(lo_s=5 * DAY, hi_s=6 * DAY)),
        ("2022/353", When(lo_s=5 * DAY, hi_s=6 * DAY)),
        ("2022-349T02:20Z", When(lo_s=DAY + 8400, hi_s=DAY + 8401, has_clock=True)),
        ("2022/349/02:20:00", When(lo_s=DAY + 8400, hi_s=DAY + 8401, has_clock=True)),
        ("{from: 2022-353, to: 2022/355}", When(lo_s=5 * DAY, hi_s=8 * DAY)),
        ("2023-02", When(lo_s=49 * DAY, hi_s=77 * DAY)),
        ("2022-12", When(lo_s=-13 * DAY, hi_s=18 * DAY)),
        ("{from: 2022-12-19, to: 2022-12-19}", When(lo_s=5 * DAY, hi_s=6 * DAY)),
        ("{from: 2022-12-19, to: 2022-12-21}", When(lo_s=5 * DAY, hi_s=8 * DAY)),
        ("{from: 2022-12-19, to: 2023-02}", When(lo_s=5 * DAY, hi_s=77 * DAY)),
        ("{from: 2022-12-15T02:20Z, to: 2022-12-15T02:30Z}", When(lo_s=DAY + 8400, hi_s=DAY + 9001)),
        ("{after: walk, by: 5 d}", When(lo_s=5 * DAY, hi_s=5 * DAY + 1, after="walk")),
        ("{after: walk, by: {from: 5 d, to: 5 d}}", When(lo_s=5 * DAY, hi_s=5 * DAY + 1, after="walk")),
        ("{after: walk, by: {from: 10 d, to: 14 d}}", When(lo_s=10 * DAY, hi_s=14 * DAY + 1, after="walk")),
        ("{after: walk, by: 0 s}", When(lo_s=0, hi_s=1, after="walk")),
    ],
)
def test_form_of_a_date(folder, at, when):
    assert load(folder.write(written(at))).activities[1].at == when


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("soon", f"at: 'soon' is not a date. {FORMS}"),
        ("2022", f"at: 2022 is not a date. {FORMS}"),
        ("[2022-12-19]", f"at: A list is not a date. {FORMS}"),
        ("{}", f"at: The keys (none) do not make a date. {FORMS}"),
        ("{from: 2022-12-19}", f"at: The keys from do not make a date. {FORMS}"),
        ("{after: walk}", f"at: The keys after do not make a date. {FORMS}"),
        ("{from: 2022-12-19, by: 5 d}", f"at: The keys from, by do not make a date. {FORMS}"),
        (
            "{form: 2022-12-19}",
            "at.form: 'form' is not a key of a date. Keys: from, to, after, by. Did you mean 'from'?",
        ),
        ("{zzz: 1}", "at.zzz: 'zzz' is not a key of a date. Keys: from, to, after, by."),
        ("{from: 2022-12-19, to: [a]}", f"at.to: '...' is not a date. {FORMS}"),
        (
            "{from: 2022-12-19, to: 2022-12-18}",
            "at: The window ends before it begins. Write the earlier date under 'from'.",
        ),
        (
            "2022-366",
            "at: '2022-366' is not in the calendar. Write a day of 2022 from 2022-001 to 2022-365.",
        ),
        ("2022-349T02:20", "at: '2022-349T02:20' has no time zone. If it is UTC, write \"2022-12-15T02:20Z\"."),
        ("2022-12-15T02:20", "at: '2022-12-15T02:20' has no time zone. If it is UTC, write \"2022-12-15T02:20Z\"."),
        ("2022-13", "at: '2022-13' is not in the calendar. Write a month of 2022 from 01 to 12."),
        ("2022-12-15T25:00Z", "at: '2022-12-15T25:00Z' is not a time. Write it in UTC, as in \"2022-12-15T00:45Z\"."),
        ("{after: walk, by: 5}", 'at.by: 5 is not a duration. Write "2 min 42 s" or "PT2M42S".'),
        ("{after: walk, by: [5 d]}", "at.by: A duration must stand here. Write 5 d or {from: 5 d, to: 7 d}."),
        ("{after: walk, by: {from: 5 d}}", "at.by: A duration must stand here. Write 5 d or {from: 5 d, to: 7 d}."),
        (
            "{after: walk, by: {from: 5 d, to: -1 d}}",
            "at.by.to: '-1 d' is negative. A duration counts forward: write \"1 d\".",
        ),
        (
            "{after: walk, by: {from: 5 d, to: 4 d}}",
            "at.by: The window ends before it begins. Write the shorter duration under 'from'.",
        ),
        ("{after: [walk], by: 5 d}", "at.after: This is not the id of an activity. Write {after: ACTIVITY, by: 5 d}."),
        (
            "{after: Wlk, by: 5 d}",
            "at.after: 'Wlk' is not an activity. Activities: leave, look, walk. Did you mean 'walk'?",
        ),
        (
            "{after: wlak, by: 5 d}",
            "at.after: 'wlak' is not an activity. Activities: leave, look, walk. Did you mean 'walk'?",
        ),
    ],
)
def test_what_is_no_date_is_told(folder, at, told):
    lines = folder.refusal(written(at)).splitlines()
    assert lines[0].split(": ", 1)[1] == f"activities.look.{told}"
    assert len(lines) == 3


def test_a_bare_day_is_its_first_second_where_a_time_is_meant(folder):
    assert load(folder.write(spoiled("from: 2022-12-14T00:00Z", "from: 2022-12-14"))).incidents[0].at_s == DAY + 45 * 60


def test_the_day_of_the_year_is_read_wherever_a_date_stands(folder):
    before = load(folder.write(spoiled("known_on: 2022-12-01", "known_on: 2022-12-01"), "small.yaml"))
    after = load(
        folder.write(
            spoiled(
                "from: 2022-12-14T00:00Z", "from: 2022-348", "until: 2023-01-14", "until: 2023-014",
                "known_on: 2022-12-01", "known_on: 2022-335", "launched: 2022-09-21T13:54Z", "launched: 2022/264/13:54",
                "at: 2022-12-15T00:45Z", "at: 2022/349/00:45:00",
            ),
            "days.yaml",
        )
    )  # fmt: skip
    assert after == before


DATES = "opportunities: [2022-12-19, {from: 2023-01-02, to: 2023-01-03}, 2022-12-20T07:07Z]\n    kind: survey"


def test_a_list_of_dates_is_read_and_written_back(folder):
    small = load(
        folder.write(
            spoiled("kind: survey\n    centre: houston\n    at: {", f"{DATES}\n    centre: houston\n    at: {{")
        )
    )
    assert small.activities[1].opportunities == (
        When(lo_s=5 * DAY, hi_s=6 * DAY),
        When(lo_s=19 * DAY, hi_s=21 * DAY),
        When(lo_s=6 * DAY + 25620, hi_s=6 * DAY + 25621, has_clock=True),
    )
    assert load(folder.write(scenario_text(small), "again.yaml")) == small


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (
            "2022-12-19",
            "rules.EVA-1.dates: The value '2022-12-19' stands here instead of a list. Begin each date with '- '.",
        ),
        (
            "{from: 2022-12-19}",
            "rules.EVA-1.dates: A mapping stands here instead of a list. Begin each date with '- '.",
        ),
        ("[soon]", f"rules.EVA-1.dates[0]: 'soon' is not a date. {FORMS}"),
        (
            "[{after: walk, by: 5 d}]",
            (
                "rules.EVA-1.dates[0]: A date of a list cannot hang on another activity. "
                "Write a day, a clock time or {from: DAY, to: DAY}."
            ),
        ),
    ],
)
def test_a_list_of_dates_that_is_none_is_refused(folder, dates, told):
    message = folder.refusal(spoiled("question: usable\n", f"question: usable\n    dates: {dates}\n"))
    assert message.splitlines()[0].split(": ", 1)[1] == told
