"""One JupyterLab and one Chromium for all browser tests. Without a Chromium they are skipped.

Where $NBHELPERS_REQUIRE_BROWSER is set, as in continuous integration, they fail instead.
"""

import os
import shutil
from pathlib import Path

import nbformat
import pytest
from browser import jupyterlab
from nbformat.v4 import new_code_cell, new_notebook

from nbhelpers import explorers

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}

FORWARD = """from nbhelpers import explorers
explorer = explorers.forward()
explorer"""
FAILING = """from nbhelpers import style
from nbhelpers.explorers.kit.explorer import Explorer, Lesson, Seen
from nbhelpers.explorers.kit.controls import NumberSlider
class Fails(Lesson):
    figure, controls = style.new_figure(300, 60), {"v": NumberSlider("v", 0.5)}
    def redraw(self, values):
        if values["v"] > 1:
            raise ValueError("v is too large for this lesson")
        return Seen("fine", "an empty picture")
Explorer(Fails())"""
MANY = """import numpy as np
from nbhelpers import Network
network = Network.initialize([3, 4, 2], ["tanh", "softmax"], "categorical_cross_entropy", rng=0)
explorers.forward(network, np.ones((3, 4)))"""

AGAIN = "explorer"
OURS = [FORWARD, FAILING, MANY, AGAIN]
EVERY = [
    "from nbhelpers import explorers",
    *(f"explorers.{name}()" for name in explorers.__all__ if name != "Explorer"),
]
DIGITS = ["from nbhelpers import explorers\nexplorers.digits()"]
PLAYGROUNDS = ["from nbhelpers import explorers\nexplorers.playground()", "explorers.playground()"]
STEPPERS = ["from nbhelpers import explorers\nexplorers.backprop()", "explorers.why()"]


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where JupyterLab serves the notebooks of the project and one of our own."""
    if not jupyterlab.CHROMIUM:
        message = "no chromium on PATH (or in $CHROMIUM): the browser tests need one"
        pytest.fail(message) if os.environ.get("NBHELPERS_REQUIRE_BROWSER") else pytest.skip(message)
    root = tmp_path_factory.mktemp("notebooks")
    for path in NOTEBOOKS.glob("*.ipynb"):
        shutil.copy(path, root)
    ours = {"ours": OURS, "steppers": STEPPERS, "digits": DIGITS, "playgrounds": PLAYGROUNDS, "every": EVERY}
    for name, cells in ours.items():
        notebook = new_notebook(cells=[new_code_cell(code) for code in cells], metadata=KERNEL)
        nbformat.write(notebook, root / f"{name}.ipynb")
    with jupyterlab.lab(root, tmp_path_factory.mktemp("lab")) as address:
        yield address
