"""The same examples in every run, and no deadline: the second opinion of an ODE solver takes its time."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
