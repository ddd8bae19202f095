"""A class on one machine: five students of a real JupyterHub run notebook 03 at once, and nobody meets an error."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))


def test_five_students_run_a_notebook_at_once():
    pytest.importorskip("jupyterhub", reason="JupyterHub is installed by `uv run --group classroom`")
    if shutil.which("configurable-http-proxy") is None:
        pytest.skip("configurable-http-proxy was not found: it comes from npm")
    from class_server import ROOT, measure

    found = measure(5, ROOT / "notebooks" / "03_forward_pass.ipynb")
    assert found["finished"] == [f"student{k}" for k in range(1, 6)]
    assert not found["errors"]
