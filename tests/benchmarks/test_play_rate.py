"""The benchmark of playing starts, and its table lines up. No test depends on a time."""

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.play_rate import HEADER, RUNS, parsed, row

from nbhelpers.explorers.playground.text import as_text, read_text

SCRIPT = Path(__file__).with_name("play_rate.py")


def test_it_says_how_it_is_used():
    run = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True)
    assert "--dpr" in run.stdout


def test_what_is_measured():
    options = parsed(["--dpr", "2", RUNS["two layers of 8"]])
    assert (options.dpr, options.n) == (2, 20)
    assert options.runs == [RUNS["two layers of 8"]]


@pytest.mark.parametrize("run", RUNS.values())
def test_its_runs_are_runs(run):
    assert as_text(read_text(run)) == run


def test_a_row_of_the_table():
    line = row("two layers of 8", 12.3, 37, 17, 50, [90, 93, 250])
    assert "93 ms" in line
    assert "250 ms" in line
    assert len(line) == len(HEADER)
