"""The benchmark of the website's speed says how it is used, and its table lines up. No test depends on a time."""

import subprocess
import sys
from pathlib import Path

from benchmarks.slider_latency import EXPLORERS, Times
from benchmarks.website_speed import frames_row, parsed

SCRIPT = Path(__file__).with_name("website_speed.py")


def test_it_says_how_it_is_used():
    run = subprocess.run([sys.executable, SCRIPT, "--help"], capture_output=True, text=True, check=True)
    assert "--notebooks" in run.stdout


def test_what_is_measured():
    options = parsed(["here", "--notebooks", "03", "06"])
    assert (options.site, options.explorers, options.notebooks) == (Path("here"), EXPLORERS, ["03", "06"])
    assert parsed(["here", "--explorers"]).explorers == []


def test_a_row_of_the_table():
    assert "41.3" in frames_row("forward", Times(36, 60, 0, 41.3, 80))
