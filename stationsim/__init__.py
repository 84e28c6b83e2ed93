"""What a leak costs a space station's operations, why, and what to do about it.

    scenario = stationsim.load("soyuz-ms22")
    outcome = stationsim.run(scenario, seed=1)       # nominal and disrupted logs
    impact = stationsim.assess(outcome)              # tables
    stationsim.render(impact, "report.html")         # one offline page

======================================= ============================================================================
load, parse, mode                       read a scenario from a file or a string; make a mode of failure
Scenario.with_leak, .at_port ...        what if it were otherwise? A changed scenario; `help(stationsim.Scenario)`
check, run, draw, simulate              does the plan keep the rules? Two logs of a scenario; the two inner steps
rule, pair_rule, load_rule              your own rule: a function that returns windows (Block, Separation)
policies, Revision                      your own policy: which option is taken, what of a repaired plan is carried out?
assess, why, show, render               tables; reasons; the board at a moment; the report
figures                                 each figure of the report, for notebooks and papers
price, assumptions, hinges              what does each rule cost? On what does the answer, a decision hang?
second_failures                         which further failure leaves people without a seat, and for how long?
deepen                                  a run with what its decisions hang on, for its report
compare                                 which policy does best on the same draws?
save, read                              keep a run in a folder, and read it again without its scenario
read_history                            what really happened, drawn beside a run and never put into one
export, diff                            hand a run on in another format; hold two runs side by side
graph_of, upstream, downstream, isolate what hangs on what; how can a leak be sealed off?
======================================= ============================================================================

Words of the trade, used in code, configuration and reports:

==================== ==================== =============================================================
term                 Russian              means here
==================== ==================== =============================================================
module, compartment  модуль, отсек        a volume that can be sealed
port                 стыковочный узел     where one vehicle attaches; has a `mechanism`
visiting vehicle     корабль              the craft; a stay is one visit of it
docking / undocking  стыковка/расстыковка the vehicle flies itself in and out
berthing             (манипулятор)        an arm places it
relocation           перестыковка         port to port; the vehicle leaves its lifeboat duty meanwhile
hatch                люк                  joins two volumes
EVA / VKD            ВКД                  one sortie
terminate / abort    прекращение          orderly early end / at once
safe haven           убежище              module or vehicle the crew shelters in
lifeboat             корабль-спасатель    the docked vehicle a person would leave in
seat liner           ложемент             made for one person; no liner moved, no seat
handover             пересменка           both crews aboard
flight rule          полётное правило     a numbered decision; each verdict carries it
nominal / disrupted  штатный/нештатный    the two logs being compared
==================== ==================== =============================================================
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stationsim.ensemble.assumptions import assumptions
    from stationsim.ensemble.compare import compare
    from stationsim.ensemble.deep import deepen
    from stationsim.ensemble.hinges import hinges
    from stationsim.ensemble.price import price
    from stationsim.ensemble.second import second_failures
    from stationsim.ensemble.whole import assess
    from stationsim.errors import ExportError, LogError, ScenarioError, StationSimError, TransitionError
    from stationsim.exports.export import export
    from stationsim.impact.board import show
    from stationsim.impact.diff import Diff, diff
    from stationsim.impact.impact import Impact
    from stationsim.impact.why import why
    from stationsim.kernel.checking import check
    from stationsim.kernel.run import run
    from stationsim.kernel.sealing import isolate
    from stationsim.kernel.simulate import simulate
    from stationsim.log.outcome import Outcome
    from stationsim.log.store import read, save
    from stationsim.planning import policies
    from stationsim.planning.revision import Revision
    from stationsim.report import drawings as figures
    from stationsim.report.render import render
    from stationsim.scenario.draw import draw
    from stationsim.scenario.edit import mode
    from stationsim.scenario.load import load, parse
    from stationsim.scenario.model import Mode, Question, Response, Scenario, Waiver
    from stationsim.scoring.history import read_history
    from stationsim.station.choice import Choice
    from stationsim.station.graph import downstream, graph_of, upstream
    from stationsim.station.rules.blocks import Block, Separation
    from stationsim.station.rules.script import load_rule, pair_rule, rule
    from stationsim.station.situation import Situation

_HOME = {
    "Block": "stationsim.station.rules.blocks",
    "Choice": "stationsim.station.choice",
    "Diff": "stationsim.impact.diff",
    "ExportError": "stationsim.errors",
    "Impact": "stationsim.impact.impact",
    "LogError": "stationsim.errors",
    "Mode": "stationsim.scenario.model",
    "Outcome": "stationsim.log.outcome",
    "Question": "stationsim.scenario.model",
    "Response": "stationsim.scenario.model",
    "Revision": "stationsim.planning.revision",
    "Scenario": "stationsim.scenario.model",
    "ScenarioError": "stationsim.errors",
    "Separation": "stationsim.station.rules.blocks",
    "Situation": "stationsim.station.situation",
    "StationSimError": "stationsim.errors",
    "TransitionError": "stationsim.errors",
    "Waiver": "stationsim.scenario.model",
    "assess": "stationsim.ensemble.whole",
    "assumptions": "stationsim.ensemble.assumptions",
    "check": "stationsim.kernel.checking",
    "compare": "stationsim.ensemble.compare",
    "deepen": "stationsim.ensemble.deep",
    "diff": "stationsim.impact.diff",
    "downstream": "stationsim.station.graph",
    "draw": "stationsim.scenario.draw",
    "export": "stationsim.exports.export",
    "figures": "stationsim.report.drawings",
    "graph_of": "stationsim.station.graph",
    "hinges": "stationsim.ensemble.hinges",
    "isolate": "stationsim.kernel.sealing",
    "load": "stationsim.scenario.load",
    "load_rule": "stationsim.station.rules.script",
    "mode": "stationsim.scenario.edit",
    "pair_rule": "stationsim.station.rules.script",
    "parse": "stationsim.scenario.load",
    "policies": "stationsim.planning.policies",
    "price": "stationsim.ensemble.price",
    "read": "stationsim.log.store",
    "read_history": "stationsim.scoring.history",
    "render": "stationsim.report.render",
    "rule": "stationsim.station.rules.script",
    "run": "stationsim.kernel.run",
    "save": "stationsim.log.store",
    "second_failures": "stationsim.ensemble.second",
    "show": "stationsim.impact.board",
    "simulate": "stationsim.kernel.simulate",
    "upstream": "stationsim.station.graph",
    "why": "stationsim.impact.why",
}

_MODULES = ("figures", "policies")
"""Public names that are modules."""

__all__ = [
    "Block",
    "Choice",
    "Diff",
    "ExportError",
    "Impact",
    "LogError",
    "Mode",
    "Outcome",
    "Question",
    "Response",
    "Revision",
    "Scenario",
    "ScenarioError",
    "Separation",
    "Situation",
    "StationSimError",
    "TransitionError",
    "Waiver",
    "assess",
    "assumptions",
    "check",
    "compare",
    "deepen",
    "diff",
    "downstream",
    "draw",
    "export",
    "figures",
    "graph_of",
    "hinges",
    "isolate",
    "load",
    "load_rule",
    "mode",
    "pair_rule",
    "parse",
    "policies",
    "price",
    "read",
    "read_history",
    "render",
    "rule",
    "run",
    "save",
    "second_failures",
    "show",
    "simulate",
    "upstream",
    "why",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a public name may be anything
    """Import a public name when it is first used: the heavy libraries are not needed for every verb."""
    if name not in _HOME:
        msg = f"module 'stationsim' has no attribute {name!r}"
        raise AttributeError(msg)
    home = import_module(_HOME[name])
    value = home if name in _MODULES else getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
