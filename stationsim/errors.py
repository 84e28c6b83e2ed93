"""What can go wrong: every error that stationsim raises on purpose.

    StationSimError
    ├── ScenarioError      the scenario or another input file says something impossible
    ├── TransitionError    an event was recorded that the present state does not allow
    ├── LogError           a log or a saved run is incomplete or contradicts itself
    └── ExportError        there is no such format, or something else stands where an export should go

Construct each with **one** finished message: SimPy builds exceptions anew from their `args`, so an error with two
arguments would surface as an unrelated `TypeError`. The message says where, which value is wrong, what is allowed.
"""

__all__ = ["ExportError", "LogError", "ScenarioError", "StationSimError", "TransitionError"]


class StationSimError(Exception):
    """Stand above every error that stationsim raises on purpose."""


class ScenarioError(StationSimError):
    """Say that an input is wrong, where, and what would be right.

    >>> raise ScenarioError("ports[2].module: 'poisk2' is not a module. Modules: nauka, poisk.")
    Traceback (most recent call last):
        ...
    stationsim.errors.ScenarioError: ports[2].module: 'poisk2' is not a module. Modules: nauka, poisk.
    """


class TransitionError(StationSimError):
    """Say that an event is not allowed in the present state."""


class LogError(StationSimError):
    """Say that a log or a saved run is incomplete or contradicts itself."""


class ExportError(StationSimError):
    """Say that a run cannot be handed on that way, and what would do."""
