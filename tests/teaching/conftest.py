"""A Chromium for the pages of a class."""

import os

import pytest
from browser import jupyterlab


@pytest.fixture(scope="session")
def chromium():
    if not jupyterlab.CHROMIUM:
        message = "no chromium on PATH (or in $CHROMIUM): the browser tests need one"
        pytest.fail(message) if os.environ.get("NBHELPERS_REQUIRE_BROWSER") else pytest.skip(message)
    with jupyterlab.browser() as chromium:
        yield chromium
