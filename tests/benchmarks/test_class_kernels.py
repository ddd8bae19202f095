"""The benchmark of a class runs, and counts what goes wrong. No test depends on a time."""

import json
import subprocess
import sys

from benchmarks import class_kernels


def test_a_kernel_runs_the_notebook_and_moves_a_slider(tmp_path):
    cells = [("1 + 1", []), ("1 / 0", []), ("[][0]", ["raises-exception"])]
    cells = [{"cell_type": "code", "source": [code], "metadata": {"tags": tags}} for code, tags in cells]
    (tmp_path / "small.ipynb").write_text(
        json.dumps({"cells": [*cells, {"cell_type": "markdown", "source": ["words"]}]})
    )
    command = [sys.executable, class_kernels.__file__, "--kernels", "1", "--notebook", str(tmp_path / "small")]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert lines[-1] == "errors: 1"
    numbers = [float(line.split()[-1]) for line in lines[3:-2]]
    assert len(numbers) == 5
    assert min(numbers) > 0
