"""The website, built once from empty; without Node or a package index its tests skip, and say so.

Where $NBHELPERS_REQUIRE_BROWSER is set, as in continuous integration, they fail instead.
"""

import contextlib
import functools
import http.server
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "/some/where/"  # the site is served under a path, as a project's page is
BUILD = ROOT / "website" / "build.py"


def unavailable(message):
    pytest.fail(message) if os.environ.get("NBHELPERS_REQUIRE_BROWSER") else pytest.skip(message)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the site, built from empty by the command that the documentation names."""
    if given := os.environ.get("NBHELPERS_SITE"):
        return Path(given)  # one that was built before, while working on it
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # of all workers: the first builds, the others wait for it
    out, finished = shared / "website", shared / "website is built"
    try:
        (shared / "website is being built").mkdir()
    except FileExistsError:
        return waited_for(out, finished)
    try:
        return built(out)
    finally:
        finished.touch()


def waited_for(out, finished):
    while not finished.exists():
        time.sleep(0.5)
    return out if (out / "index.html").exists() else unavailable("the website was not built: see the other worker")


def built(out):
    uv = os.environ.get("UV", "uv")
    command = [uv, "run", "--isolated", "--group", "website", "python", str(BUILD), "--out", str(out)]
    if all_installed():
        command = [sys.executable, str(BUILD), "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if "The website cannot be built here." in done.stderr:
        unavailable(done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def all_installed():
    try:
        import jupyterlite_core  # noqa: F401
        import jupyterlite_pyodide_kernel  # noqa: F401
        import pip  # noqa: F401
        import zstandard  # noqa: F401
    except ImportError:
        return False
    return True


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site under a path, as quietly as possible."""

    def translate_path(self, path):
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "nothing here")
        return super().translate_path(path.removeprefix(PREFIX[:-1]))

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(site):
    with served(site) as address:
        yield address
