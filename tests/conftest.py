"""Settings for all tests, and one Chromium for those that need a browser: a process can drive only one."""

import os

import pytest
from hypothesis import settings

# The same examples in every run and on every machine, however slow it is; nothing is stored.
settings.register_profile("steady", deadline=None, derandomize=True, database=None, max_examples=60)
# For a long search: NBHELPERS_HYPOTHESIS=search pytest …
settings.register_profile("search", deadline=None, database=None, max_examples=5000)
settings.load_profile(os.environ.get("NBHELPERS_HYPOTHESIS", "steady"))


@pytest.fixture(scope="session")
def chromium():
    from browser import jupyterlab

    if not jupyterlab.CHROMIUM:
        message = "no chromium on PATH (or in $CHROMIUM): the browser tests need one"
        pytest.fail(message) if os.environ.get("NBHELPERS_REQUIRE_BROWSER") else pytest.skip(message)
    with jupyterlab.browser() as chromium:
        yield chromium
