"""500 spoiled files: each is told as a mistake with its place, or is a scenario that works; nothing else ever happens.

`benchmarks/robustness.py` does the same for as many as one likes, and says how long the slowest took.
"""

import random

import pytest
from corrupted import DOCUMENTS, outcome_of
from corruptions import EVIL, WAYS, corrupt
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("spoiled")


@settings(max_examples=500)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_spoiled_file_is_told_or_works(folder, seed):
    assert outcome_of(DOCUMENTS[seed % len(DOCUMENTS)], seed, folder)


def test_a_file_that_is_not_spoiled_works(folder, monkeypatch):
    monkeypatch.setattr("corrupted.corrupt", lambda text, seed: text)
    assert [outcome_of(document, 0, folder) for document in DOCUMENTS[:2]] == ["runs", "runs"]
    assert outcome_of(DOCUMENTS[2], 0, folder) == "opens"


def test_every_way_of_spoiling_changes_most_files():
    for way in WAYS:
        changed = [way(DOCUMENTS[1].text, random.Random(seed)) != DOCUMENTS[1].text for seed in range(40)]
        assert sum(changed) > 15, way.__name__


def test_the_same_seed_spoils_in_the_same_way():
    assert corrupt(DOCUMENTS[0].text, 7) == corrupt(DOCUMENTS[0].text, 7)
    assert len(set(EVIL)) == len(EVIL)
