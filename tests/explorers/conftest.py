"""The explorer that a test module is about: its fixture `kept` makes it once, and each test finds it at its start."""

import pytest


@pytest.fixture
def explorer(kept):
    kept.reset()
    return kept
