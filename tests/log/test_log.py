"""The event table: what it takes and what it refuses."""

import pytest

from stationsim.errors import LogError
from stationsim.log.kinds import TABLES, Kind
from stationsim.log.log import COLUMNS, Log, Row
from stationsim.log.meanings import KINDS


def row(seq: int, **columns) -> Row:
    return Row(**{"seq": seq, "step": seq, "t_s": 0, "kind": Kind.OPENED, "subject": "hatch"} | columns)


def log_of(*rows: Row) -> Log:
    log = Log()
    for each in rows:
        log.append(each)
    return log


def test_rows_come_back_in_order():
    log = log_of(row(0), row(1, t_s=5, cause=0))
    assert [each.seq for each in log] == [0, 1]
    assert len(log) == 2
    assert log.row(1).t_s == 5


def test_a_log_that_goes_on_counts_from_where_it_began():
    log = Log(first=7)
    log.append(row(7))
    log.attach("causes", (7, 3))
    assert log.row(7).seq == 7
    with pytest.raises(LogError, match=r"^A row of table 'causes' refers to event 0, which does not exist.$"):
        log.attach("causes", (0, 0))


def test_rows_are_numbered_without_gaps():
    with pytest.raises(LogError, match=r"^Row 3 of kind opened cannot follow row 0. Rows are numbered without gaps.$"):
        log_of(row(0), row(3))


def test_time_never_runs_backwards():
    with pytest.raises(LogError, match=r"^Row 1 \(opened at t=4 s\) lies before row 0. Time never runs backwards.$"):
        log_of(row(0, t_s=5), row(1, t_s=4))


@pytest.mark.parametrize("cause", [1, 2, -1])
def test_a_cause_is_an_earlier_row(cause):
    with pytest.raises(
        LogError, match=rf"^Row 1 \(opened\) names row {cause} as its cause. A cause is an earlier row.$"
    ):
        log_of(row(0), row(1, cause=cause))


def test_small_tables_belong_to_rows():
    log = log_of(row(0))
    log.attach("causes", (0, 0))
    assert log.attached("causes", 0) == ((0, 0),)
    assert log.attached("causes", 1) == ()


@pytest.mark.parametrize("seq", [1, -1, "0", None])
def test_a_small_table_cannot_refer_to_what_is_not_there(seq):
    with pytest.raises(LogError, match=rf"^A row of table 'causes' refers to event {seq!r}, which does not exist.$"):
        log_of(row(0)).attach("causes", (seq, 0))


def test_every_kind_has_a_meaning_in_columns_of_the_log():
    assert set(KINDS) == set(Kind)
    for meaning in KINDS.values():
        assert meaning.text.endswith(".")
        assert {name for name, _ in meaning.columns} <= set(COLUMNS) - {"seq", "step", "t_s", "kind", "cause"}


def test_every_small_table_begins_with_the_row_it_belongs_to():
    assert all(columns[0] == "seq" for columns in TABLES.values())
