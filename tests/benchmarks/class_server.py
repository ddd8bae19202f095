"""A class on one machine: a real JupyterHub, so many students who each run a notebook at once, and what it takes.

    uv run --group classroom python tests/benchmarks/class_server.py [--students 5] [--notebook 03_forward_pass]

The hub and its proxy (configurable-http-proxy, from npm) listen on 127.0.0.1 and end with this script.
"""

import argparse
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import psutil
import websocket  # comes with jupyter_server

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "teaching" / "jupyterhub_config.py"
MIB = 2**20


class Hub:
    """A hub that runs while the block runs, on a port of its own."""

    def __init__(self, folder):
        self.folder, self.token = Path(folder), secrets.token_hex(16)
        self.port, self._internal = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        config = self.folder / "config.py"
        service = {"name": "measure", "api_token": self.token}
        scopes = ["admin:users", "admin:servers", "access:servers", "read:hub"]
        config.write_text(
            f"load_subconfig({str(CONFIG)!r})\n"
            f"c.JupyterHub.services = [{service!r}]\n"
            f"c.JupyterHub.load_roles = [dict(name='measure', scopes={scopes!r}, services=['measure'])]\n"
            f"c.ConfigurableHTTPProxy.api_url = 'http://127.0.0.1:{free_port()}'\n"
            f"c.JupyterHub.hub_port = {self._internal}\n"
            "c.ConfigurableHTTPProxy.command = ['configurable-http-proxy']\n"
            + ("c.Spawner.args = ['--allow-root']\n" if os.getuid() == 0 else "")  # as in a container
        )
        passwords = {"CLASS_PASSWORD": secrets.token_hex(8), "CLASS_TEACHER_PASSWORD": secrets.token_hex(24)}
        places = {"CLASS_FOLDER": str(self.folder / "work"), "CLASS_PORT": str(self.port), "CLASS_ADDRESS": "127.0.0.1"}
        command = [sys.executable, "-m", "jupyterhub", "-f", str(config)]
        self.log = (self.folder / "hub.log").open("w")
        environment = {**os.environ, **passwords, **places}
        self.process = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=self.log, stderr=subprocess.STDOUT
        )
        wait_for(lambda: self.ask("/hub/api/") is not None, 60)
        return self

    def __exit__(self, kind, *_):
        family = psutil.Process(self.process.pid).children(recursive=True)
        self.process.terminate()
        self.process.wait(30)
        for child in family:
            if child.is_running():
                child.kill()
        self.log.close()
        if kind is not None:
            print((self.folder / "hub.log").read_text()[-3000:], file=sys.stderr)

    def ask(self, path, method="GET", data=None):
        """Return what the hub or a student's server answers; None while it does not."""
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.url + path, body, {"Authorization": f"token {self.token}"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=180) as answer:
                return json.loads(answer.read() or "{}")
        except (urllib.error.URLError, ConnectionError):
            return None


def attend(hub, name, notebook, report):
    """Start a student's server, run all cells of a notebook in it, and note the times."""
    begin = time.perf_counter()
    hub.ask(f"/hub/api/users/{name}", "POST")
    hub.ask(f"/hub/api/users/{name}/server", "POST")
    wait_for(lambda: hub.ask(f"/user/{name}/api/status") is not None, 90)
    server = time.perf_counter() - begin
    kernel = hub.ask(f"/user/{name}/api/kernels", "POST", {"name": "python3", "path": "notebooks"})
    begin = time.perf_counter()
    errors = run_cells(hub, name, kernel["id"], notebook)
    report[name] = {"server": server, "notebook": time.perf_counter() - begin, "errors": errors}


def run_cells(hub, name, kernel, notebook):
    """Run the code cells one after the other, and return the names of the errors."""
    address = f"ws://127.0.0.1:{hub.port}/user/{name}/api/kernels/{kernel}/channels"
    channel = websocket.create_connection(address, header=[f"Authorization: token {hub.token}"], timeout=300)
    errors = []
    for cell in json.loads(notebook.read_text())["cells"]:
        if cell["cell_type"] != "code":
            continue
        message = uuid.uuid4().hex
        header = {
            "msg_id": message,
            "username": name,
            "session": message,
            "msg_type": "execute_request",
            "version": "5.3",
        }
        content = {"code": "".join(cell["source"]), "silent": False, "store_history": True, "allow_stdin": False}
        channel.send(
            json.dumps({"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"})
        )
        while True:
            answer = channel.recv()
            answer = json.loads(answer) if isinstance(answer, str) else {}
            if answer.get("parent_header", {}).get("msg_id") != message:
                continue
            if answer["msg_type"] == "error" and "raises-exception" not in cell["metadata"].get("tags", []):
                errors.append(answer["content"]["ename"])
            if answer["msg_type"] == "execute_reply":
                break
    channel.close()
    return errors


def memory(process):
    """Return the MiB of a process; a page that n processes share counts as an n-th of a page."""
    return process.memory_full_info().pss / MIB


def measure(students, notebook):
    """Return a dict of what a class of so many takes."""
    if shutil.which("configurable-http-proxy") is None:
        sys.exit("configurable-http-proxy was not found: npm install -g configurable-http-proxy")
    with tempfile.TemporaryDirectory() as folder, Hub(folder) as hub:
        report, begin = {}, time.perf_counter()
        names = [f"student{k}" for k in range(1, students + 1)]
        threads = [threading.Thread(target=attend, args=(hub, name, notebook, report)) for name in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if set(report) != set(names):
            raise RuntimeError(f"not all students finished: {sorted(report)}")
        wall = time.perf_counter() - begin
        family = psutil.Process(hub.process.pid).children(recursive=True)
        kinds = {"kernel": [], "server": []}
        for process in family:
            line = " ".join(process.cmdline())
            kind = "kernel" if "ipykernel" in line else "server" if "singleuser" in line else None
            if kind:
                kinds[kind].append((memory(process), sum(process.cpu_times()[:2])))
        return {
            "students": students,
            "notebook": notebook.stem,
            "errors": {name: found["errors"] for name, found in report.items() if found["errors"]},
            "finished": sorted(report),
            "seconds until the server answers": summary([r["server"] for r in report.values()]),
            "seconds for the notebook": summary([r["notebook"] for r in report.values()]),
            "seconds in all": round(wall, 1),
            **{f"MiB per {kind}": summary([m for m, _ in found]) for kind, found in kinds.items()},
            **{f"CPU seconds per {kind}": summary([s for _, s in found]) for kind, found in kinds.items()},
            "hub and proxy, MiB": round(sum(memory(p) for p in [psutil.Process(hub.process.pid), *proxies(family)])),
            "cores": os.cpu_count(),
        }


def proxies(family):
    return [process for process in family if "configurable-http-proxy" in " ".join(process.cmdline())]


def summary(values):
    values = sorted(values)
    return f"{values[len(values) // 2]:.1f} (from {values[0]:.1f} to {values[-1]:.1f})" if values else "none"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"nothing after {seconds} s")
        time.sleep(0.3)


def main():
    """Measure a class and print the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=5)
    parser.add_argument("--notebook", default="03_forward_pass")
    given = parser.parse_args()
    for name, value in measure(given.students, ROOT / "notebooks" / f"{given.notebook}.ipynb").items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
