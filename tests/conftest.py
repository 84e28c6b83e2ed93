"""The same examples in every run, and no deadline: a test fails for what it says, not for a busy machine."""

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
