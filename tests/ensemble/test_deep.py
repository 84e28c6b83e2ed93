"""What the decisions of a run hang on, kept beside its log; what one more failure would do, in every impact."""

import json

import attrs
import pytest
from ensemble.ferry import FERRY
from kernel.runs import overridden, shipped

import stationsim as ss
from stationsim.cli.main import main
from stationsim.ensemble.deep import deepen
from stationsim.ensemble.hinges import hinges
from stationsim.ensemble.price import ALL, price
from stationsim.impact.hinged import Hinged
from stationsim.impact.impact import as_json
from stationsim.impact.prices import price_table
from stationsim.log.store import keep_deep


@pytest.fixture(scope="module")
def outcome():
    return ss.run(shipped("first-station"))


@pytest.fixture(scope="module")
def deep(outcome):
    return deepen(outcome)


def test_a_run_that_is_deepened_holds_what_the_verb_finds(outcome, deep):
    found = hinges(shipped("first-station"))
    assert deep.hinges == [found.plain]
    assert attrs.evolve(deep, hinges=None, prices=None) == outcome


def test_a_run_without_a_decision_stays_as_it_is():
    calm = ss.run(shipped("quiet-increment").until("2023-01-10"))
    assert deepen(calm) is calm


def test_a_saved_run_keeps_it_and_tells_it_again_without_a_play(outcome, deep, tmp_path):
    folder = ss.save(deep, tmp_path / "run")
    again = ss.read(folder)
    assert deep.hinges == again.hinges
    impact = ss.assess(again)
    (one,) = impact.hinges.decisions.to_dict("records")
    assert (one["decision"], one["text"], one["rules"]) == (56, "keep the plan as it stands", 4)
    assert one["still"] == one["rules"] + one["numbers"] + one["pairs"] - impact.hinges.flips["hinge"].nunique() - 1
    assert set(impact.hinges.flips["decision"]) == {56}
    assert (
        ss.render(impact, tmp_path / "a.html").read_bytes()
        == ss.render(ss.assess(deep), tmp_path / "b.html").read_bytes()
    )
    ss.save(outcome, folder)
    assert ss.read(folder).hinges is None


def test_hinges_can_be_put_into_a_folder_and_taken_out_of_it(outcome, deep, tmp_path):
    folder = ss.save(outcome, tmp_path / "run")
    keep_deep(deep, folder)
    assert len(ss.read(folder).hinges) == 1
    assert not [path.name for path in folder.iterdir() if path.name.startswith(".")]
    keep_deep(outcome, folder)
    assert not (folder / "hinges.json").exists()
    with pytest.raises(ss.LogError, match="is no saved run"):
        keep_deep(deep, tmp_path)


def test_a_run_saved_before_there_were_hinges_is_read(outcome, tmp_path):
    folder = ss.save(outcome, tmp_path / "run")
    assert ss.read(folder).hinges is None
    assert ss.assess(ss.read(folder)).hinges is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "this is not JSON."),
        ("[]", "its format is not 'stationsim-hinges-1'."),
        (
            '{"format": "stationsim-hinges-1", "scenario_hash": "0", "seed": 0, "decisions": []}',
            "it is of another run.",
        ),
    ],
)
def test_a_broken_file_of_hinges_is_told_with_what_to_do(outcome, tmp_path, text, told):
    folder = ss.save(outcome, tmp_path / "run")
    (folder / "hinges.json").write_text(text, encoding="utf-8")
    with pytest.raises(ss.LogError) as caught:
        ss.read(folder)
    assert str(caught.value) == (
        f"{folder / 'hinges.json'}: {told} Remove it, or work it out again with `stationsim report RUN --deep`."
    )


def test_hinges_of_another_form_are_refused():
    with pytest.raises(ss.LogError, match=r"hinges.json: what its decisions hang on is of another form \(KeyError"):
        Hinged.of([{"decision": {"seq": 1}}])


def test_what_a_script_passed_cannot_be_played_again_from_a_saved_run(outcome):
    for passed, told in (
        (
            {"rules": ["own"], "waivers": []},
            "first-station: a script passed rules to this run, which it does not hold.",
        ),
        ({"policy": {"name": "ask", "text": ""}}, "first-station: policy 'ask' decided in this run, and cannot decide"),
    ):
        other = attrs.evolve(outcome, manifest=attrs.evolve(outcome.manifest, passed=passed))
        with pytest.raises(ss.ScenarioError) as caught:
            deepen(other)
        assert str(caught.value).startswith(told)


def test_a_run_that_is_deepened_holds_what_its_rules_cost(outcome, deep):
    found = price(shipped("first-station"))
    assert deep.prices == found.plain
    assert [(row["rule"], row["bound"], row["evas_flown"]) for row in deep.prices] == [
        ("S-2", ["sortie-1", "sortie-2"], -2.0)
    ]
    assert ss.assess(deep).prices.equals(found.table)
    assert as_json(ss.assess(deep))["prices"] == found.plain
    assert as_json(ss.assess(outcome))["prices"] is None
    assert ss.assess(outcome).prices is None


def test_rules_are_priced_in_several_processes_and_where_nothing_is_decided():
    calm = ss.run(shipped("arm-out"))
    done = []
    alone = deepen(calm, told=lambda *pair: done.append(pair))
    assert (alone.hinges, done) == (None, [(1, 2), (2, 2)])
    assert [row["rule"] for row in alone.prices] == ["gen-1", "gen-3", ALL]
    assert deepen(calm, workers=2).prices == alone.prices


def test_prices_can_be_put_into_a_folder_and_a_broken_file_is_told(outcome, deep, tmp_path):
    folder = ss.save(outcome, tmp_path / "run")
    assert ss.read(folder).prices is None
    keep_deep(deep, folder)
    assert ss.read(folder).prices == deep.prices
    path = folder / "prices.json"
    text = path.read_text(encoding="utf-8").replace("stationsim-prices-1", "stationsim-prices-0")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ss.LogError) as caught:
        ss.read(folder)
    assert str(caught.value) == (
        f"{path}: its format is not 'stationsim-prices-1'. Remove it, or work it out again with "
        "`stationsim report RUN --deep`."
    )
    keep_deep(outcome, folder)
    assert not path.exists()


def test_prices_of_another_form_are_refused():
    with pytest.raises(ss.LogError) as caught:
        price_table([{"rule": "S-2"}])
    assert str(caught.value) == (
        "prices.json: what each rule costs is of another form (KeyError('text')). Work it out again with "
        "`stationsim report RUN --deep`."
    )


def test_a_run_that_decides_otherwise_now_is_not_deepened(outcome, tmp_path):
    text = ss.run(overridden(tmp_path, FERRY)).manifest.scenario_text
    other = attrs.evolve(outcome, manifest=attrs.evolve(outcome.manifest, scenario_text=text))
    with pytest.raises(ss.LogError, match="first-station: this version of stationsim plays it otherwise"):
        ss.deepen(other)


def test_two_decisions_are_told_apart(tmp_path):
    text = FERRY.replace("scenario: ferry", "scenario: two")
    one = hinges(overridden(tmp_path, text), rules=["F-1"], numbers=[]).plain
    other = json.loads(json.dumps(one))
    other["decision"]["seq"] = 999
    found = Hinged.of([one, other])
    assert found.decisions["decision"].tolist() == [one["decision"]["seq"], 999]
    assert set(found.elements["decision"]) == set(found.decisions["decision"])


def test_every_impact_holds_second_failures_and_json_has_both(outcome, deep):
    impact = ss.assess(outcome)
    assert impact.second.equals(ss.second_failures(outcome).table)
    told = as_json(impact)
    assert len(told["second"]) == len(impact.second)
    assert told["hinges"] is None
    assert as_json(ss.assess(deep))["hinges"]["decisions"][0]["decision"] == 56
    json.dumps(as_json(ss.assess(deep)), allow_nan=False)


def test_a_run_of_another_version_is_assessed_without_second_failures(outcome):
    old = attrs.evolve(outcome, manifest=attrs.evolve(outcome.manifest, scenario_text="scenario: gone\nwhat: ever\n"))
    assert ss.assess(old).second is None


def test_run_deep_keeps_what_report_shows_and_report_deep_adds_it(tmp_path, capsys):
    assert code("run", "first-station", "--deep", "--quiet", "--out", str(tmp_path / "deep")) == 0
    shown = (tmp_path / "deep" / "report.html").read_bytes()
    assert code("report", str(tmp_path / "deep")) == 0
    assert capsys.readouterr().out.split()[-1:] == [str(tmp_path / "deep" / "report.html")]
    assert (tmp_path / "deep" / "report.html").read_bytes() == shown
    assert code("run", "first-station", "--quiet", "--out", str(tmp_path / "plain")) == 0
    assert not (tmp_path / "plain" / "hinges.json").exists()
    assert not (tmp_path / "plain" / "prices.json").exists()
    assert (tmp_path / "deep" / "prices.json").is_file()
    assert (tmp_path / "plain" / "report.html").read_bytes() != shown
    assert code("report", str(tmp_path / "plain"), "--deep", "--out", str(tmp_path / "page.html")) == 0
    assert (tmp_path / "page.html").read_bytes() == shown


def test_nobody_is_asked_dozens_of_times(tmp_path, capsys):
    assert code("run", "first-station", "--deep", "--policy", "ask", "--out", str(tmp_path / "run")) == 2
    assert capsys.readouterr().err.startswith("--deep: every decision is played dozens of times")


def code(*arguments):
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    return left.value.code
