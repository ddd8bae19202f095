"""JupyterLab for this project: its whole folder, so that links to the code work, lines of readable length, no news.

Installed where Jupyter looks for settings, and yet it acts in one case alone: when the notebook that is opened, or the
folder in which the server is started, lies in the project's own folder. Everywhere else it sets nothing.
"""

from importlib.util import find_spec
from pathlib import Path

from jupyter_server.serverapp import ServerApp

c = get_config()  # noqa: F821, a name that Jupyter gives to its files of settings


def _project():
    """The folder that the package is worked on in; None where only the package is installed."""
    found = find_spec("nbhelpers")
    folder = found and found.origin and Path(found.origin).resolve().parents[1]
    return folder if folder and (folder / "notebooks").is_dir() and (folder / "pyproject.toml").is_file() else None


server = ServerApp.instance() if ServerApp.initialized() else None


def _opened():
    """The notebook or folder that was asked for, else the folder in which the server is started."""
    told = server.config.ServerApp if server else {}
    return Path(told.get("file_to_run") or told.get("root_dir") or ".").resolve()


project = _project()
if project and _opened().is_relative_to(project):
    c.ServerApp.root_dir = str(project)
    c.LabApp.news_url = None
    c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    # without this, every first start asks whether there shall be news
    settings = str(project / "nbhelpers" / "jupyter" / "lab_settings")
    c.LabApp.app_settings_dir = settings
    c.LabApp.custom_css = True
    if server:  # where custom.css is looked for, which is no setting; a learner's own comes first
        server.static_custom_path = [*server.static_custom_path, settings]
