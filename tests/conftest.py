"""Settings for all tests."""

from hypothesis import settings

# The same examples in every run and on every machine, however slow it is; nothing is stored.
settings.register_profile("steady", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("steady")
