"""A JupyterHub for one classroom on one machine. See class_server.md; the settings are environment variables.

CLASS_PASSWORD   what the students type, at least 8 characters; every student chooses a user name
CLASS_TEACHER    the teacher's user name ("teacher")
CLASS_TEACHER_PASSWORD   the teacher's own password, at least 32 characters
CLASS_ADDRESS    where the class reaches it; "127.0.0.1" unless given, which is this machine alone
CLASS_PORT       8000
CLASS_FOLDER     where the students' work is kept ("class_work" in the folder that the hub is started in)
"""

import os
import shutil
import sys
from pathlib import Path

import nbformat

COURSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(COURSE / "teaching"))
from learner_copy import learner_copy  # noqa: E402
from lesson.roles import read  # noqa: E402

FOLDER = Path(os.environ.get("CLASS_FOLDER", "class_work")).resolve()

c = get_config()  # noqa: F821  (JupyterHub brings it)
c.JupyterHub.ip = os.environ.get("CLASS_ADDRESS", "127.0.0.1")
c.JupyterHub.port = int(os.environ.get("CLASS_PORT", "8000"))
c.JupyterHub.db_url = f"sqlite:///{FOLDER / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(FOLDER / "cookie_secret")

c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = os.environ["CLASS_PASSWORD"]
c.SharedPasswordAuthenticator.admin_password = os.environ["CLASS_TEACHER_PASSWORD"]
c.Authenticator.admin_users = {os.environ.get("CLASS_TEACHER", "teacher")}
c.Authenticator.allow_all = True
c.Authenticator.username_pattern = r"[a-z][a-z0-9_-]{1,30}"

# Every server runs as the user who started the hub, in a folder of its own. That is enough for a class that trusts
# each other; it is no wall between students.
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(FOLDER / "{username}")
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab/tree/notebooks/00_start_here.ipynb"
c.Spawner.start_timeout = c.Spawner.http_timeout = 180  # thirty at once take a while
c.JupyterHub.concurrent_spawn_limit = 10


def lay_out_course(spawner):
    """Give a student the notebooks that she does not have yet; what is there is her work and stays."""
    home = FOLDER / spawner.user.name / "notebooks"
    home.mkdir(parents=True, exist_ok=True)
    for source in (COURSE / "notebooks").rglob("*"):
        target = home / source.relative_to(COURSE / "notebooks")
        if source.is_file() and ".ipynb_checkpoints" not in source.parts and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.suffix == ".ipynb":
                nbformat.write(learner_copy(read(source)), target)
            else:
                shutil.copy(source, target)


c.Spawner.pre_spawn_hook = lay_out_course
FOLDER.mkdir(parents=True, exist_ok=True)
