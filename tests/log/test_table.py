"""Logs as typed tables."""

import pytest
from impact.logs import sample_outcome

from stationsim.errors import LogError
from stationsim.log.kinds import TABLES, Kind
from stationsim.log.log import COLUMNS, Log
from stationsim.log.table import frame, table


def test_a_frame_has_one_row_per_event_and_typed_columns():
    log = sample_outcome().disrupted
    events = frame(log)
    assert tuple(events.columns) == COLUMNS
    assert len(events) == len(log)
    assert {name: str(dtype) for name, dtype in events.dtypes.items()} == {
        **dict.fromkeys(("seq", "step", "t_s", "cause", "start_s", "until_s"), "Int64"),
        **dict.fromkeys(("subject", "object", "place", "view", "by", "rule", "unit", "text"), "str"),
        "kind": "category", "value": "Float64",
    }  # fmt: skip
    assert list(events["kind"].cat.categories) == [str(kind) for kind in Kind]
    assert list(events["kind"]) == [str(row.kind) for row in log]


def test_missing_values_are_missing():
    events = frame(sample_outcome().disrupted)
    first = events.iloc[0]
    assert events["cause"].isna()[0]
    assert events["object"].isna()[0]
    assert first["until_s"] == 63 * 86400


@pytest.mark.parametrize("name", TABLES)
def test_small_tables_keep_their_columns_also_when_empty(name):
    assert tuple(table(Log(), name).columns) == TABLES[name]
    assert len(table(sample_outcome().disrupted, name)) == len(sample_outcome().disrupted.tables[name])


def test_an_unknown_table_is_named_with_those_there_are():
    with pytest.raises(
        LogError,
        match=r"^'block' is not a table of a log. Tables: revisions, blocks, replaced, causes, preparations, postures, "
        r"physics, amendments, options, bounds, scores, estimates, verdicts.$",
    ):
        table(Log(), "block")
