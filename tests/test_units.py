"""What text means, and what is said of text that means nothing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationsim.units import (
    calendar_form,
    format_duration,
    format_utc,
    parse_duration,
    parse_quantity,
    parse_span,
    parse_utc,
    parse_window,
    with_gmt,
)


def refusal_of(parse, *args):
    with pytest.raises(ValueError) as refusal:
        parse(*args)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("P2D", 172_800),
        ("PT6H30M", 23_400),
        ("P1DT12H", 129_600),
        ("PT2M42S", 162),
        ("PT0.5H", 1800),
        ("6h", 21_600),
        ("90 min", 5400),
        ("2 min 42 s", 162),
        ("2.7 min", 162),
        ("1.5 d", 129_600),
        ("9 d", 777_600),
        ("10 days", 864_000),
        ("1 day", 86_400),
        ("6 h 37 min", 23_820),
        ("6h37min", 23_820),
        (" 0 s ", 0),
        ("0.1 min", 6),  # 6.000000000000001 in floating point
    ],
)
def test_durations_are_read_exactly(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text", [2.7, 9, True, None, "", "90", "soon", "P", "PT", "P2DT", "P1W", "6 m", "42 s 2 min", "3:20", "٣ h", "-x"]
)
def test_what_is_no_duration_is_refused_with_an_example(text):
    assert refusal_of(parse_duration, text) == f'{text!r} is not a duration. Write "2 min 42 s" or "PT2M42S".'


@pytest.mark.parametrize("text", ["P1M", "P1Y", "P1Y2M10D", "2 months", "1 year"])
def test_months_and_years_are_no_durations(text):
    expected = f'{text!r} counts months or years, whose length varies. Write days: "30 d" or "P30D".'
    assert refusal_of(parse_duration, text) == expected


def test_a_negative_duration_is_refused():
    expected = "'-5 min' is negative. A duration counts forward: write \"5 min\"."
    assert refusal_of(parse_duration, "-5 min") == expected


def test_a_fraction_of_a_second_is_refused():
    assert refusal_of(parse_duration, "1.234 h") == "'1.234 h' is not a whole number of seconds. Write \"4442 s\"."


@given(st.integers(0, 86_399))
def test_a_duration_below_a_day_is_read_back_from_what_is_written(seconds):
    assert parse_duration(format_duration(seconds)) == seconds


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (3600, "1 h"),
        (3601, "1 h 1 s"),
        (86_400, "1 d"),
        (86_400 + 5, "1 d 00:00:05"),
        (483_600, "5 d 14:20"),
        (-7500, "-2 h 5 min"),
    ],
)
def test_durations_are_written_without_zeros(seconds, text):
    assert format_duration(seconds) == text


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("44 L", "m3", 0.044),
        ("35491 ft3", "m3", 1004.99),
        ("14.7 psi", "kPa", 101.35293),
        ("14.7 psia", "kPa", 101.35293),
        ("3 atm", "kPa", 303.975),
        ("760 mmHg", "kPa", 101.325),
        ("1013.25 mbar", "Pa", 101_325),
        ("1 bar", "kPa", 100),
        ("0.8 mm", "m", 0.0008),
        ("1 in", "mm", 25.4),
        ("3 cm", "m", 0.03),
        ("3.7 lb/day", "kg/day", 1.6782918),
        ("1 kg/h", "kg/day", 24),
        ("1 g/s", "kg/s", 0.001),
        ("600 lbm", "kg", 272.155),
        ("1 t", "lb", 2204.62),
        ("5 g", "kg", 0.005),
        ("90 min", "h", 1.5),
        ("2 d", "s", 172_800),
        ("40 degC", "K", 313.15),
        ("300 K", "degC", 26.85),
        ("-40 degC", "degC", -40),
        ("1.2 kW", "W", 1200),
        ("20 W/K", "W/K", 20),
        ("1.4 MJ/K", "J/K", 1.4e6),
        ("7 kJ/K", "J/K", 7000),
        ("7000m/s", "m/s", 7000),
        ("690 kg/m3", "kg/m3", 690),
        ("1e3 Pa", "kPa", 1),
        ("0.65", "1", 0.65),
        (0.25, "1", 0.25),
        (3, "1", 3),
        ("65 %", "1", 0.65),
    ],
)
def test_quantities_are_converted(text, unit, value):
    assert parse_quantity(text, unit) == pytest.approx(value, rel=1e-5)


@given(st.floats(0, 1e6))
def test_a_quantity_in_its_own_unit_keeps_every_digit(value):
    assert parse_quantity(f"{value!r} mmHg", "mmHg") == value


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        (
            "3 kPa",
            "m",
            "'3 kPa': 'kPa' is a unit of pressure. Units of length: m, cm, mm, in, km.",
        ),
        (
            "44 kpa",
            "kPa",
            (
                "'44 kpa': 'kpa' is not a unit. Units of pressure: Pa, kPa, mbar, bar, atm, mmHg, psi, psia. "
                "Did you mean 'kPa'?"
            ),
        ),
        (
            "3 furlong",
            "m",
            "'3 furlong': 'furlong' is not a unit. Units of length: m, cm, mm, in, km.",
        ),
        ("0.8", "m", "'0.8' has no unit. Units of length: m, cm, mm, in, km. Write it like \"0.8 mm\"."),
        (0.8, "m", '0.8 has no unit. Units of length: m, cm, mm, in, km. Write it like "0.8 mm".'),
        ("wide", "m", "'wide' is not a length. Write it like \"0.8 mm\"."),
        (None, "m", 'None is not a length. Write it like "0.8 mm".'),
        (True, "1", 'True is not a share. Write it like "0.65".'),
        ("1e999 m", "m", "'1e999 m' is not a finite number. Write it like \"0.8 mm\"."),
        (float("inf"), "1", 'inf is not a share. Write it like "0.65".'),
    ],
)
def test_a_wrong_quantity_is_refused_with_what_is_allowed(text, unit, message):
    assert refusal_of(parse_quantity, text, unit) == message


def test_asking_for_an_unknown_unit_names_the_known_ones():
    message = refusal_of(parse_quantity, "3 m", "furlong")
    assert message.startswith("'furlong' is not a unit. Units: m3, ft3, L, Pa, ")


def test_a_clock_time_is_utc():
    assert parse_utc("2022-12-15T00:45Z") == datetime(2022, 12, 15, 0, 45, tzinfo=UTC)
    assert parse_utc("2023-03-28T09:57:27Z") == datetime(2023, 3, 28, 9, 57, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "2022-12-15T03:45+03:00",
            "'2022-12-15T03:45+03:00' has an offset, but every time here is UTC. Write \"2022-12-15T00:45Z\".",
        ),
        (
            "2022-12-15T00:45+00:00",
            "'2022-12-15T00:45+00:00' has an offset, but every time here is UTC. Write \"2022-12-15T00:45Z\".",
        ),
        (
            "2022-12-15T00:45",
            "'2022-12-15T00:45' has no time zone. If it is UTC, write \"2022-12-15T00:45Z\".",
        ),
        ("2022-12-15", "'2022-12-15' is not a time. Write it in UTC, as in \"2022-12-15T00:45Z\"."),
        ("2022-02-30T00:00Z", "'2022-02-30T00:00Z' is not in the calendar. Write a day of 2022-02 from 01 to 28."),
        (
            "0001-01-01T00:00+03:00",
            "'0001-01-01T00:00+03:00' is not a time. Write it in UTC, as in \"2022-12-15T00:45Z\".",
        ),
        (20221215, '20221215 is not a time. Write it in UTC, as in "2022-12-15T00:45Z".'),
    ],
)
def test_a_time_that_is_not_clearly_utc_is_refused(text, message):
    assert refusal_of(parse_utc, text) == message


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023-03-16", "2023-03-16T00:00Z", "2023-03-17T00:00Z"),
        ("2023-12-31", "2023-12-31T00:00Z", "2024-01-01T00:00Z"),
        ("2024-02", "2024-02-01T00:00Z", "2024-03-01T00:00Z"),
        ("2023-12", "2023-12-01T00:00Z", "2024-01-01T00:00Z"),
    ],
)
def test_a_day_or_a_month_is_a_half_open_window(text, start, end):
    assert parse_window(text) == (parse_utc(start), parse_utc(end))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2023-02-30", " Write a day of 2023-02 from 01 to 28."),
        ("2024-02-30", " Write a day of 2024-02 from 01 to 29."),
        ("2022-13-17", " Write a month of 2022 from 01 to 12."),
        ("2023-13", " Write a month of 2023 from 01 to 12."),
        ("2023-00-01", " Write a month of 2023 from 01 to 12."),
        ("0000-01-01", ""),
        ("9999-12", ""),
        ("9999-12-31", ""),
    ],
)
def test_a_day_that_does_not_exist_is_refused_with_those_that_do(text, hint):
    assert refusal_of(parse_window, text) == f"{text!r} is not in the calendar.{hint}"


def test_a_clock_time_on_a_day_that_does_not_exist_is_refused_with_those_that_do():
    assert refusal_of(parse_utc, "2022-13-17T10:00Z") == (
        "'2022-13-17T10:00Z' is not in the calendar. Write a month of 2022 from 01 to 12."
    )
    assert refusal_of(parse_utc, "2022-12-17T25:00Z") == (
        "'2022-12-17T25:00Z' is not a time. Write it in UTC, as in \"2022-12-15T00:45Z\"."
    )


@pytest.mark.parametrize("text", ["2023", "2023-03-16T00:00Z", 202303, None])
def test_what_is_no_day_and_no_month_is_refused(text):
    assert refusal_of(parse_window, text) == f'{text!r} is not a day or a month. Write "2023-03-16" or "2023-03".'


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023-03", "2023-03-01T00:00Z", "2023-04-01T00:00Z"),
        ("2023-075", "2023-03-16T00:00Z", "2023-03-17T00:00Z"),
        ("2023/075/12:00", "2023-03-16T12:00Z", "2023-03-16T12:00:01Z"),
        (" 2023-03-16T12:00Z ", "2023-03-16T12:00Z", "2023-03-16T12:00:01Z"),
    ],
)
def test_a_span_is_a_clock_time_a_day_or_a_month(text, start, end):
    assert parse_span(text) == (parse_utc(start), parse_utc(end))


@pytest.mark.parametrize(
    "text", ["yesterday", "Tomorrow", "2023", "12:00", "2023-03-16 12:00", "", "1 d", 202303, None]
)
def test_what_is_no_time_is_refused_with_every_form(text):
    assert refusal_of(parse_span, text) == (
        f'{text!r} is not a time. Write a clock time in UTC "2023-03-16T12:00Z", a day "2023-03-16" or "2023-075", '
        'or a month "2023-03".'
    )


def test_a_span_that_does_not_exist_is_refused():
    assert refusal_of(parse_span, "2023-02-30") == (
        "'2023-02-30' is not in the calendar. Write a day of 2023-02 from 01 to 28."
    )
    assert refusal_of(parse_span, "2023-03-16T12:00") == (
        "'2023-03-16T12:00' has no time zone. If it is UTC, write \"2023-03-16T12:00Z\"."
    )
    assert refusal_of(parse_span, "2023-03-16Tnoon") == (
        "'2023-03-16Tnoon' is not a time. Write it in UTC, as in \"2022-12-15T00:45Z\"."
    )


def test_times_are_written_in_utc_and_without_a_zone_not_at_all():
    moscow = timezone(timedelta(hours=3))
    assert format_utc(datetime(2022, 12, 15, 3, 45, tzinfo=moscow)) == "2022-12-15T00:45Z"
    expected = "2022-12-15T00:45:00 has no time zone. Give it one, for instance datetime.UTC."
    assert refusal_of(format_utc, datetime(2022, 12, 15, 0, 45, tzinfo=UTC).replace(tzinfo=None)) == expected


@given(st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0)))
def test_a_time_is_read_back_from_what_is_written(moment):
    assert parse_utc(format_utc(moment)) == moment


@given(st.dates(datetime(1, 1, 1, tzinfo=UTC).date()))
def test_a_day_of_the_year_is_the_day_that_python_counts(day):
    assert calendar_form(f"{day.year:04}-{day:%j}") == day.isoformat()
    assert with_gmt(day.isoformat()) == f"{day} (GMT {day:%j})"


@pytest.mark.parametrize(("given", "meant"), [("mn", "mm"), ("cn", "cm"), ("MM", "mm"), ("mmm", "mm"), ("in.", "in")])
def test_of_short_units_the_one_with_another_letter_was_meant(given, meant):
    units = "Units of length: m, cm, mm, in, km."
    said = refusal_of(lambda text: parse_quantity(text, "m"), f"0.8{given}")
    assert said == f"'0.8{given}': {given!r} is not a unit. {units} Did you mean {meant!r}?"


@pytest.mark.parametrize("text", ["2022-000", "2022-366", "2022/999/00:45"])
def test_a_day_that_its_year_does_not_have_is_refused(text):
    with pytest.raises(ValueError) as caught:
        calendar_form(text)
    assert str(caught.value) == f"{text!r} is not in the calendar. Write a day of 2022 from 2022-001 to 2022-365."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("on 2022-12-15 00:45 UTC.", "on 2022-12-15 00:45 UTC (GMT 349)."),
        ("2022-12-19, 2023-02-28T01:02:03Z", "2022-12-19 (GMT 353), 2023-02-28T01:02:03Z (GMT 059)"),
        ("work-2022-12-19 of iss-2022-12", "work-2022-12-19 of iss-2022-12"),
        ("2022-13-40", "2022-13-40"),
        ("2022-12-15T02:20Z (GMT 349)", "2022-12-15T02:20Z (GMT 349)"),
    ],
)
def test_the_day_of_the_year_stands_beside_dates_and_nothing_else(text, told):
    assert with_gmt(text) == told
