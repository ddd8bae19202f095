"""The benchmark starts, and its table lines up. No test depends on a time."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.slider_latency import EXPLORERS, HEADER, Times, notebooks, parsed, row

from nbhelpers import explorers

SCRIPT = Path(__file__).with_name("slider_latency.py")


def test_it_says_how_it_is_used():
    run = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True)
    assert "--dpr" in run.stdout


def test_what_is_measured():
    options = parsed([])
    assert (options.explorers, options.dpr, options.n) == (EXPLORERS, 1, 30)
    assert parsed(["neuron", "--dpr", "2"]).explorers == ["neuron"]
    assert set(EXPLORERS) <= set(explorers.__all__)


@pytest.mark.parametrize("name", ["bare round trip", *EXPLORERS])
def test_its_notebooks_are_python(name):
    ast.parse(notebooks(EXPLORERS)[name])


def test_a_row_of_the_table():
    bare, stock, ours = (Times(median, 60, 0, 20, 80) for median in (40, 200, 50))
    line = row("forward", ours, bare, stock)
    assert "1.25" in line
    assert "4.00" in line
    assert len(line) == len(HEADER)
