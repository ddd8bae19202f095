"""For all tests: what only they need is installed when they are first run by ``uv run pytest``.

A learner's install leaves it out: it is as large again. pytest alone is there, which begins here.
"""

import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

collect_ignore = ["nbhelpers/jupyter/jupyter_server_config.py"]  # Jupyter runs this file; it cannot be imported

PROJECT = Path(__file__).with_name("pyproject.toml")
BEGUN = "NBHELPERS_TESTS_INSTALLED"  # so that it is tried once


def missing():
    """The packages of the group `dev` that are not installed."""
    lines = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["dependency-groups"]["dev"]
    names = [re.match(r"[\w-]+", line)[0] for line in lines if isinstance(line, str)]
    return [name for name in names if not any(metadata.distributions(name=name))]


def pytest_addoption(pluginmanager):
    """Install what is missing and begin again: the first hook that can, before pytest reads options of plugins."""
    if not (names := missing()):
        return
    if "UV" not in os.environ or BEGUN in os.environ:  # set by `uv run`
        raise pytest.UsageError(f"the tests need {', '.join(names)}: `uv run pytest`, or `pip install --group dev`")
    pluginmanager.getplugin("capturemanager").suspend_global_capture(in_=True)
    command = [os.environ["UV"], "run", "--active", "--group", "dev", "pytest", *sys.argv[1:]]
    raise SystemExit(subprocess.call(command, env={**os.environ, BEGUN: "1"}))
