"""What can a scenario say? Frozen values, one class per kind of record; ids instead of references, tuples not lists.

The same document describes a station, an increment and a scenario: a file names the files it stands on in `base:`, and
its keys lie over theirs (mappings are merged by id, everything else is replaced, `key: ~` removes). Every time is an
integer number of seconds since `start_utc`; every other number has its unit in its name.
"""

from stationsim.scenario.model.incidents import Condition, Hold, Incident
from stationsim.scenario.model.modes import HAZARDS, Demand, Fluid, Hunt, Mode, Question, Response
from stationsim.scenario.model.plan import NOBODY, Activity, Kind, Preparation, Role, Rule, Task, Waiver
from stationsim.scenario.model.scenario import Scenario
from stationsim.scenario.model.ships import Cabin, Calendar, Centre, Person, Vehicle, VehicleType
from stationsim.scenario.model.station import (
    Airlock,
    Arm,
    ArmBase,
    Atmosphere,
    Consumable,
    Hatch,
    Loop,
    Neighbour,
    Orbit,
    Port,
    Resource,
    Tank,
    Thing,
    Volume,
    Zone,
)
from stationsim.scenario.model.values import HEALTHS, NO_DAY, NO_NEEDS, PHASES, WEEK, Anchor, Chance, Needs, When

__all__ = [
    "HAZARDS",
    "HEALTHS",
    "NOBODY",
    "NO_DAY",
    "NO_NEEDS",
    "PHASES",
    "WEEK",
    "Activity",
    "Airlock",
    "Anchor",
    "Arm",
    "ArmBase",
    "Atmosphere",
    "Cabin",
    "Calendar",
    "Centre",
    "Chance",
    "Condition",
    "Consumable",
    "Demand",
    "Fluid",
    "Hatch",
    "Hold",
    "Hunt",
    "Incident",
    "Kind",
    "Loop",
    "Mode",
    "Needs",
    "Neighbour",
    "Orbit",
    "Person",
    "Port",
    "Preparation",
    "Question",
    "Resource",
    "Response",
    "Role",
    "Rule",
    "Scenario",
    "Tank",
    "Task",
    "Thing",
    "Vehicle",
    "VehicleType",
    "Volume",
    "Waiver",
    "When",
    "Zone",
]
