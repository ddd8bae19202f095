"""The benchmark of the website's start says how it is used, and its table lines up. No test depends on a time."""

import subprocess
import sys
from pathlib import Path

from benchmarks.website_start import HEADER, parsed, row

SCRIPT = Path(__file__).with_name("website_start.py")


def test_it_says_how_it_is_used():
    run = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True)
    assert "--plain" in run.stdout


def test_what_is_measured():
    options = parsed(["--ours", "here", "-n", "3"])
    assert (options.ours, options.plain, options.n) == (Path("here"), None, 3)


def test_a_row_of_the_table():
    line = row("ours, cold", 3.1, 11.2, 14.3, 39.3, 19.6, 176)
    assert "11.2 s" in line
    assert len(line) == len(HEADER)
