"""The benchmark of training runs, and compares like with like. No test depends on a time."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from benchmarks import training_speed
from benchmarks.training_speed import CONTENDERS, TASKS, Task, measured, our_steps, parsed, pytorch, scikit_learn, table

SMALL = Task([2, 4, 3], 20, 8, np.float64, 1)


def test_it_says_how_it_is_used():
    script = Path(training_speed.__file__)
    run = subprocess.run([sys.executable, script, "--help"], capture_output=True, text=True, check=True)
    assert "--rounds" in run.stdout
    assert parsed(["-n", "3"]).rounds == 3


def test_the_tasks_are_those_of_the_bars():
    assert [str(task) for task in TASKS] == [
        "2-16-16-2, d = 500, full batch, float64",
        "64-32-10, d = 1437, batch 32, float64",
        "784-128-10, d = 12000, batch 128, float64",
        "784-128-10, d = 12000, batch 128, float32",
    ]


def test_all_contenders_run_and_the_table_lines_up():
    contenders = {name: make for name, make in CONTENDERS.items() if training_speed.torch or make is not pytorch}
    times = measured(SMALL, 1, contenders)
    assert list(times) == list(contenders)
    lines = table(SMALL, times)
    assert len({len(line) for line in lines[:-1]}) == 1
    assert lines[1].endswith("1.00")


@pytest.mark.parametrize("make", [our_steps, scikit_learn])
def test_an_epoch_takes_every_example_once(make, monkeypatch):
    seen = []
    if make is our_steps:
        from nbhelpers.training.passes import Passes

        forward = Passes.forward
        monkeypatch.setattr(
            Passes, "forward", lambda self, X, *rest: (seen.append(X.shape[1]), forward(self, X, *rest))
        )
    else:
        from sklearn.neural_network import MLPClassifier

        backprop = MLPClassifier._backprop
        name = "_backprop"
        monkeypatch.setattr(
            MLPClassifier, name, lambda self, X, *rest: (seen.append(len(X)), backprop(self, X, *rest))[1]
        )
    run = make(SMALL)
    seen.clear()
    run(1)
    assert seen == [8, 8, 4]
