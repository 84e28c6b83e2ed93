"""How fast does it leak, cool, warm?

Everything is an exact formula of the seconds since the object was made: nothing is stepped through time. An object is
the situation at one moment; when something changes, `after(t_s)` gives the situation then, and the next formula starts
from there. Times until a threshold are whole seconds, rounded to the cautious side, or None for never.
"""

from stationsim.physics.air import Air
from stationsim.physics.bodies import Part, join, repressurise, split
from stationsim.physics.gas import AIR, GASES, HELIUM, NITROGEN, Gas
from stationsim.physics.hole import Hole, hole_area_from_leak_m2, hole_area_m2
from stationsim.physics.loop import LoopDrain
from stationsim.physics.reserve import MMHG_KPA, reserve_time_by_table_s, reserve_time_s, seconds_per_mmhg
from stationsim.physics.sun import Orbit, beta_above, daylight, sun_deg
from stationsim.physics.tank import GasTank
from stationsim.physics.thermal import CabinHeat, HeatSink

__all__ = [
    "AIR",
    "GASES",
    "HELIUM",
    "MMHG_KPA",
    "NITROGEN",
    "Air",
    "CabinHeat",
    "Gas",
    "GasTank",
    "HeatSink",
    "Hole",
    "LoopDrain",
    "Orbit",
    "Part",
    "beta_above",
    "daylight",
    "hole_area_from_leak_m2",
    "hole_area_m2",
    "join",
    "repressurise",
    "reserve_time_by_table_s",
    "reserve_time_s",
    "seconds_per_mmhg",
    "split",
    "sun_deg",
]
