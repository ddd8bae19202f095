"""What is installed acts in this project and nowhere else: JupyterLab's settings, nbconvert's pages, the kernels."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
# What a JupyterLab started with these arguments would do, without starting it.
PROBE = """
import json, sys
from pathlib import Path
from jupyterlab.labapp import LabApp
server = LabApp.initialize_server(argv=["--no-browser", "--allow-root", *sys.argv[1:]])
points = [p for e in server.extension_manager.extensions.values() for p in e.extension_points.values()]
(lab,) = [point.app for point in points if isinstance(point.app, LabApp)]
overrides = Path(lab.app_settings_dir, "overrides.json")
asks = overrides.exists() and json.loads(overrides.read_text())["@jupyterlab/apputils-extension:notification"]
styled = lab.custom_css and any(Path(folder, "custom.css").exists() for folder in server.static_custom_path)
print(json.dumps([server.root_dir, lab.news_url, lab.check_for_updates_class.__name__, asks, styled]))
"""


def started(folder, *arguments):
    """Return root folder, address of the news, class that looks for updates, what asks for news, if it is styled."""
    variables = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime"}
    environment = {**os.environ, **{name: str(folder.parent / value) for name, value in variables.items()}}
    command = [sys.executable, "-c", PROBE, *arguments]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True, timeout=600)
    return json.loads(run.stdout.splitlines()[-1])


@pytest.fixture
def elsewhere(tmp_path):
    """A folder with a notebook that has nothing to do with the project."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("$z$"), nbformat.v4.new_code_cell("zz")])
    nbformat.write(notebook, folder / "x.ipynb")
    return folder


def test_a_notebook_of_the_project_opens_in_its_whole_folder_without_news(elsewhere):
    opened = [str(ROOT), None, "NeverCheckForUpdate", {"fetchNews": "false", "checkForUpdates": False}, True]
    assert started(elsewhere, str(ROOT / "notebooks" / "00_start_here.ipynb")) == opened


def test_a_notebook_elsewhere_opens_as_it_does_without_this_project(elsewhere):
    root, news, updates, asks, styled = started(elsewhere, str(elsewhere / "x.ipynb"))
    assert (Path(root), updates, asks, styled) == (elsewhere, "CheckForUpdate", False, False)
    assert news
    assert started(elsewhere) == [root, news, updates, asks, styled]


def test_nbconvert_uses_its_own_template_for_what_does_not_ask_for_ours(elsewhere):
    for name, options in {"own": ["--to", "html"], "ours": ["--to", "nbhelpers"]}.items():
        command = [sys.executable, "-m", "nbconvert", *options, "--output", name, "x.ipynb"]
        subprocess.run(command, cwd=elsewhere, capture_output=True, check=True, timeout=600)
    own, ours = (elsewhere / f"{name}.html" for name in ("own", "ours"))
    assert "jp-Notebook" in own.read_text(encoding="utf-8")
    assert "<math" not in own.read_text(encoding="utf-8")
    assert "<math" in ours.read_text(encoding="utf-8")


def test_a_kernel_elsewhere_keeps_its_errors_as_they_are(elsewhere):
    command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors", "x.ipynb"]
    subprocess.run([*command, "--output", "run"], cwd=elsewhere, capture_output=True, check=True, timeout=600)
    outputs = nbformat.read(elsewhere / "run.ipynb", as_version=4).cells[1].outputs
    assert [output.output_type for output in outputs] == ["error"]
