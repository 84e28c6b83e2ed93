"""Events in words: one phrase per kind."""

import pytest
from impact.logs import small_manifest

from stationsim.impact import words as module
from stationsim.impact.words import Words
from stationsim.log.kinds import Kind
from stationsim.log.log import Row

NAMES = {"a": "Alpha", "m": "Moscow", "p": "Port", "x": "Iks"}


def say(kind, **columns):
    known = [{"id": "hole", "node": "a"}]
    manifest = small_manifest(
        names=NAMES, incidents=known, rules={"R-1": {"text": "Never."}}, activities={"x": {"has_clock": True}}
    )
    return Words(manifest).say(Row(**{"seq": 0, "step": 0, "t_s": 0, "kind": kind, "subject": "x"} | columns))


@pytest.mark.parametrize(
    ("kind", "columns", "text"),
    [
        (Kind.CONFIGURED, {}, "a run of Iks begins"),
        (Kind.CONFIGURED, {"text": "A leak"}, "a run of A leak begins"),
        (Kind.CLOSED, {}, "Iks is shut"),
        (Kind.CLOSED, {"object": "a"}, "Iks is shut for Alpha"),
        (Kind.CLOSED, {"object": "hole"}, "Iks is shut for incident hole"),
        (Kind.CLOSED, {"subject": "a/hatch", "object": "a"}, "a/hatch is shut for those who shelter in it"),
        (Kind.FREED, {"object": "a"}, "Iks is no longer kept shut for Alpha, but stays shut for another"),
        (Kind.FREED, {}, "Iks is no longer kept shut for one reason, but stays shut for another"),
        (Kind.STRUCK, {"subject": "hole", "object": "a"}, "incident hole struck Alpha"),
        (Kind.ENDED, {"subject": "hole", "object": "a"}, "incident hole is over at Alpha"),
        (Kind.DECIDED, {"subject": "hole", "view": "m"}, "Moscow decided on incident hole"),
        (Kind.WEIGHED, {"view": "m", "value": 3.0, "text": "ann,bob"},
         "Moscow weighed 3 options about Iks: no certified way home for ann, bob"),
        (Kind.WEIGHED, {"view": "m", "value": 1.0}, "Moscow weighed 1 option about Iks"),
        (Kind.WEIGHED, {"view": "m"}, "Moscow weighed what could be done about Iks"),
        (Kind.CHOSEN, {"view": "m", "text": "keep the plan"}, "Moscow decided about Iks: keep the plan"),
        (Kind.AMENDED, {"text": "send it empty"}, "Iks was changed, as decided: send it empty"),
        (Kind.INSERTED, {"text": "send it empty"}, "Iks came into the plan, as decided: send it empty"),
        (Kind.ADDED, {"subject": "y", "object": "hole", "start_s": 60, "text": "look"},
         "y was added for 2022-12-14, in response to incident hole"),
        (Kind.WORKED, {"object": "a", "start_s": 0, "until_s": 7200, "text": "ev1"}, "Alpha gave 2 h to Iks (ev1)"),
        (Kind.WORKED, {}, "somebody gave time to Iks"),
        (Kind.SHELTERED, {"object": "a", "until_s": 60}, "Iks went to Alpha, there at 2022-12-14T00:01Z"),
        (Kind.SHELTERED, {"object": "a", "until_s": 0}, "Iks went to Alpha"),
        (Kind.AIRED, {"text": "x,a", "value": 101.325, "unit": "kPa"},
         "Iks and Alpha share one body of air at 101.33 kPa"),
        (Kind.AIRED, {"text": "x"}, "Iks has one body of air"),
        (Kind.CROSSED, {"value": 101.26, "unit": "kPa", "text": "alarm"}, "Iks reached 101.26 kPa (alarm threshold)"),
        (Kind.STRUCK, {"object": "a"}, "Iks struck Alpha"),
        (Kind.STRUCK, {"object": "a", "text": "x", "value": 8e-4, "unit": "m"}, "Iks struck Alpha (x), hole 0.8 mm"),
        (Kind.LEAKED, {"value": 1e-6}, "Iks began to leak"),
        (Kind.LEAKED, {"value": 0.0}, "Iks no longer leaks"),
        (Kind.CROSSED, {"value": 40.0, "unit": "degC"}, "Iks reached 40 °C"),
        (Kind.EMPTIED, {"value": 30.36, "unit": "kg"}, "Iks is empty, 30.36 kg lost"),
        (Kind.HEATED, {"value": 22.0, "unit": "degC", "text": "hose"}, "heat in Iks changed at 22 °C: hose"),
        (Kind.HEALTH_CHANGED, {"view": "truth", "text": "failed"}, "Iks is failed"),
        (Kind.HEALTH_CHANGED, {"view": "m", "text": "unknown"}, "Iks counts as unknown at Moscow"),
        (Kind.STATUS_CHANGED, {"view": "m", "text": "certified"}, "Iks counts as certified for its crew at Moscow"),
        (Kind.ALARMED, {"view": "m"}, "Moscow was told of trouble with Iks"),
        (Kind.REPORTED, {"view": "m", "by": "a", "text": "leak"}, "Moscow learnt of Iks from Alpha: leak"),
        (Kind.ASKED, {"view": "m"}, "Moscow asked: x"),
        (Kind.ASKED, {"view": "m", "text": "?", "until_s": 60}, "Moscow asked: ? Answer expected 2022-12-14T00:01Z."),
        (Kind.ANSWERED, {"view": "m", "until_s": 60}, "Moscow put off Iks to 2022-12-14T00:01Z"),
        (Kind.WETTED, {"view": "m", "text": "inert"}, "Iks counts as wet at Moscow (feared: inert)"),
        (Kind.CLEARED, {"view": "m"}, "Iks counts as clear at Moscow"),
        (Kind.PLANNED, {"start_s": 60}, "Iks is planned for 2022-12-14T00:01Z"),
        (Kind.PLANNED, {}, "Iks is planned for no date"),
        (Kind.ADDED, {"subject": "y", "start_s": 60}, "y was added for 2022-12-14"),
        (Kind.MOVED, {"start_s": 60, "rule": "R-1", "text": "no"}, "Iks was moved to 2022-12-14T00:01Z by R-1: no"),
        (Kind.REASSIGNED, {}, "Iks keeps its date with others"),
        (Kind.CALLED_OFF, {"rule": "R-1"}, "Iks was called off by R-1"),
        (Kind.DOCKED, {"place": "p"}, "Iks docked at Port"),
        (Kind.UNDOCKED, {"place": "p"}, "Iks left Port"),
        (Kind.BOARDED, {"object": "a"}, "Iks came aboard with Alpha"),
        (Kind.FITTED, {"place": "a"}, "Iks has fit items in Alpha"),
        (Kind.ENDED, {"object": "a"}, "Iks is over at Alpha"),
        (Kind.REOPENED, {"object": "a"}, "Iks is open again at Alpha"),
        (Kind.SEARCHED, {"view": "m", "place": "a", "text": "a"}, "Moscow has people look for the hole in Alpha"),
        (Kind.SEARCHED, {"view": "m", "place": "a", "text": "p,x"},
         "Moscow found no hole in Alpha: the leak may be in Port and Iks"),
        (Kind.SEALED, {"object": "a", "text": "p,x"}, "Alpha is being shut to part Port and Iks from the rest"),
        (Kind.SEALED, {"text": "p,x"}, "Port and Iks: parted from the rest by shut hatches"),
        (Kind.SEALED, {"object": "a"}, "nobody is left to shut Alpha"),
        (Kind.GAUGED, {"view": "m", "value": 60.0, "unit": "kPa", "text": "lost"}, "Moscow read 60 kPa in Iks: lost"),
        (Kind.SEATED, {"value": 4.0, "text": "none"}, "Iks has seat class 4 (none)"),
        (Kind.RETURN_PROMISED, {"subject": "x-return", "object": "a", "place": "p", "start_s": 0},
         "return of Iks is promised in Port for 2022-12-14"),
        (Kind.REVIEWED, {"view": "m"}, "Moscow reviewed the plan"),
        (Kind.DECIDED, {"view": "m", "text": "keep"}, "Moscow decided on Iks: keep"),
        (Kind.WAIVED, {"rule": "R-1", "text": "urgent"}, "R-1 is waived for Iks: urgent"),
        (Kind.WAIVED, {"rule": "R-1", "by": "surgeon", "text": "urgent"}, "R-1 is waived for Iks (surgeon): urgent"),
    ],
)  # fmt: skip
def test_a_phrase(kind, columns, text):
    assert say(kind, **columns) == text


def test_every_kind_has_a_phrase():
    assert set(Kind) == set(module._PHRASES)


def test_an_answer_repeats_the_question_where_the_log_is_known():
    def row(kind, **columns):
        return Row(
            **{"seq": 0, "step": 0, "t_s": 0, "kind": kind, "subject": "real", "object": "hole", "view": "m"} | columns
        )

    words = Words(small_manifest(names=NAMES), [row(Kind.ASKED, text="Is it so?")])
    assert words.say(row(Kind.ANSWERED, text="no")) == 'Moscow has an answer to "Is it so?": no'
    assert words.say(row(Kind.ANSWERED, until_s=60)) == 'Moscow put off "Is it so?" to 2022-12-14T00:01Z'
    heard = words.say(row(Kind.REPORTED, by="a", text="no"))
    assert heard == 'Moscow learnt from Alpha the answer to "Is it so?": no'


@pytest.mark.parametrize("kind", Kind)
def test_no_kind_needs_more_than_its_subject(kind):
    assert say(kind)


def test_a_rule_in_words():
    words = Words(small_manifest(rules={"R-1": {"text": "Never."}}))
    assert (words.rule_text("R-1"), words.rule_text("R-2"), words.name(None)) == ("Never", None, "")
