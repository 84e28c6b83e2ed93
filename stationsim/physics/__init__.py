"""How fast does it leak, cool, warm?

Everything is an exact formula of the seconds since the object was made: nothing is stepped through time. An object is
the situation at one moment; when something changes, `after(t_s)` gives the situation then, and the next formula starts
from there. Times until a threshold are whole seconds, rounded to the cautious side, or None for never.
"""

from stationsim.physics.air import CabinAir, equalise, hole_area_from_leak_m2
from stationsim.physics.hole import hole_area_m2
from stationsim.physics.loop import LoopDrain
from stationsim.physics.thermal import CabinHeat, HeatSink

__all__ = [
    "CabinAir",
    "CabinHeat",
    "HeatSink",
    "LoopDrain",
    "equalise",
    "hole_area_from_leak_m2",
    "hole_area_m2",
]
