"""What is told of rules that say nothing, or too much, and where."""

import pytest
from scenario.documents import spoiled

from stationsim.errors import ScenarioError
from stationsim.scenario.load import load
from stationsim.station.rules import check_rules
from stationsim.station.station import Station


def refusal_of(tmp_path, *changes: str) -> str:
    """Return what is told of the rules of the small document with some texts replaced."""
    path = tmp_path / "small.yaml"
    path.write_text(spoiled(*changes), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        check_rules(Station.of(load(str(path))))
    return str(caught.value).replace(f"{tmp_path}/", "")


def test_a_rule_of_a_file_is_refused_with_line_caret_and_every_problem(tmp_path):
    told = refusal_of(
        tmp_path,
        "template: needs-health",
        "template: spacing",
        "question: usable\n    capability: crewed-return",
        "count: 2",
    )
    assert told == (
        "small.yaml:133:3: rules.EVA-1: Template 'spacing' says nothing without 'gap'. "
        "It reads: gap, others, share, roles. Write it.\n"
        "      EVA-1:\n"
        "      ^\n"
        "small.yaml:141:12: rules.EVA-1.count: Template 'spacing' does not read 'count'. "
        "It reads: gap, others, share, roles. Remove it.\n"
        "        count: 2\n"
        "               ^"
    )


def test_an_unknown_template_hides_no_other_problem_and_may_have_been_meant_otherwise(tmp_path):
    other = "EVA-2: {template: ready, text: x, source: x, severity: hard, waived_by: x, count: 2}\n  EVA-1:"
    told = refusal_of(tmp_path, "EVA-1:", other, "template: needs-health", "template: need-health").splitlines()
    assert len(told) == 6
    assert told[0].startswith("small.yaml:133:85: rules.EVA-2.count: Template 'ready' does not read 'count'.")
    assert told[3].startswith("small.yaml:135:15: rules.EVA-1.template: 'need-health' is not a rule template.")
    assert told[3].endswith(" Did you mean 'needs-health'?")
