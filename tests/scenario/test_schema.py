"""The table of the model: one row per key, and every default that is more than nothing says where it comes from."""

from attrs import frozen

from stationsim.scenario.fields import is_neutral, key
from stationsim.scenario.model import NO_NEEDS, Needs, Scenario, Volume
from stationsim.scenario.schema import keys_of, record_classes

HINT = "write assumed='where this default comes from' in its key(...), or take a default that says nothing"


def sourceless(cls: type) -> list[str]:
    """Return the keys whose default is a number, habit or choice without a source."""
    return [
        f"{cls.__name__}.{row.attribute} = {row.default!r}: {HINT}"
        for row in keys_of(cls)
        if not row.required and not is_neutral(row.default) and not row.assumed
    ]


def test_every_default_that_says_something_of_the_world_has_a_source():
    assert [text for cls in record_classes(Scenario) for text in sourceless(cls)] == []


def test_a_default_without_source_is_told_with_what_to_do():
    @frozen(kw_only=True)
    class Sample:
        hour_s: int = key("usual hour", kind="clock", default=3600)

    assert sourceless(Sample) == [f"Sample.hour_s = 3600: {HINT}"]


def test_no_source_is_given_where_nothing_is_assumed():
    rows = [(cls.__name__, row) for cls in record_classes(Scenario) for row in keys_of(cls)]
    idle = [
        f"{name}.{row.attribute}" for name, row in rows if row.assumed and (row.required or is_neutral(row.default))
    ]
    assert idle == []


def test_only_a_key_that_may_be_left_out_says_what_that_means():
    rows = [(cls.__name__, row) for cls in record_classes(Scenario) for row in keys_of(cls)]
    assert [f"{name}.{row.attribute}" for name, row in rows if row.left_out and row.required] == []


def test_an_empty_record_is_neutral_and_a_filled_one_is_not():
    assert is_neutral(NO_NEEDS)
    assert not is_neutral(Needs(hard=("hub",)))


def test_the_classes_of_the_table_are_listed_once_and_with_all_they_hold():
    classes = record_classes(Scenario)
    assert len(set(classes)) == len(classes)
    assert {row.record for cls in classes for row in keys_of(cls) if row.record} <= set(classes)
    assert record_classes(Volume) == (Volume, Needs)


def test_meanings_are_words_without_a_full_stop_so_that_they_fit_into_a_sentence():
    rows = [row for cls in record_classes(Scenario) for row in keys_of(cls)]
    texts = [text for row in rows for text in (row.meaning, row.left_out, row.assumed) if text is not None]
    assert [text for text in texts if text.endswith(".") or not text.strip()] == []


def test_a_row_tells_what_it_means_to_leave_its_key_out_and_where_that_comes_from():
    row = next(row for row in keys_of(Needs) if row.name == "of")
    assert (row.default, row.left_out) == (1, "one of them is enough")
    assert row.assumed == "the weakest gate, so that a redundancy is never asked for by accident"
