"""A throw-away JupyterLab on 127.0.0.1, and a Chromium that drives it.

The server runs without a token on the loopback address, in scratch folders, for as long as the tests need it.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from playwright.sync_api import expect, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
# --no-sandbox, because CI runs as root; the others keep the browser off the network
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTINGS = {
    # no news, no update check, no toasts; every cell in the page; nothing is saved
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "notebook-extension/tracker": {"windowingMode": "none"},
    "docmanager-extension/plugin": {"autosave": False},
}
PATIENCE = 120  # seconds; two cores that eighteen others want were seen to need more than 30
expect.set_options(timeout=1000 * PATIENCE)

IS_OPEN = """() => { const widget = window.jupyterapp?.shell.currentWidget;
  return widget?.context?.isReady && widget.context.sessionContext.session?.kernel?.status === 'idle'; }"""
HAS_RUN = """() => { const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
  return prompts.length && prompts.every((prompt) => !prompt.textContent.includes('*')); }"""


@contextlib.contextmanager
def lab(root, scratch, python=sys.executable):
    """Serve the notebooks in `root` with the JupyterLab of a Python; yields the address of the server."""
    for name, setting in SETTINGS.items():
        path = scratch / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting), encoding="utf-8")
    port = free_port()
    with (scratch / "lab.log").open("w") as log:
        server = subprocess.Popen(
            command(root, port, python),
            env=environment(scratch, python),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_until_served(server, f"http://127.0.0.1:{port}", scratch / "lab.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(server)


def command(root, port, python):
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={root}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        "--expose-app-in-browser",  # gives window.jupyterapp
    ]
    return [str(python), "-m", "jupyterlab", *options]


def environment(scratch, python):
    folders = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    path = os.pathsep.join([os.path.dirname(python), os.environ["PATH"]])
    return {**os.environ, **{name: str(scratch / folder) for name, folder in folders.items()}, "PATH": path}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_served(server, address, log):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/api/status", timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


def stop(server):
    """End the server, which ends its kernels, and whatever is left of its own process group."""
    server.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.wait(15)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


@contextlib.contextmanager
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


class Page:
    """A notebook in JupyterLab, and what happened while it was open.

    Attributes
    ----------
    page : playwright.sync_api.Page
    complaints : list of str
        Errors in the console, and exceptions.
    requests : list of str
        All addresses that were asked for.
    """

    def __init__(self, chromium, address, notebook, size=(1280, 900), ratio=1):
        width, height = size
        self.page = chromium.new_page(viewport={"width": width, "height": height}, device_scale_factor=ratio)
        self.page.set_default_timeout(1000 * PATIENCE)
        self.complaints, self.requests = [], []
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.devtools = self.page.context.new_cdp_session(self.page)
        self.page.goto(f"{address}/doc/tree/{notebook}?reset", wait_until="domcontentloaded")
        self.page.wait_for_function(IS_OPEN)

    def _on_console(self, message):
        if message.type == "error":
            self.complaints.append(message.text)

    def run_all(self):
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(HAS_RUN)
        self.page.wait_for_function(IS_OPEN)

    def settle(self):
        """Wait until every move is answered, so that all points stand where they will be.

        A kernel answers in order. Two moves are under way at most, and the last one waits for them: three rounds.
        """
        for _ in range(3):
            self.page.evaluate(
                "() => window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel"
                ".requestExecute({ code: '', silent: true, store_history: false }).done.then(() => {})"
            )

    def zoom(self, factor, size=(1280, 900)):
        """What a browser does under zoom: more pixels per CSS pixel, and fewer CSS pixels in its window."""
        width, height = (round(length / factor) for length in size)
        metrics = {"width": width, "height": height, "deviceScaleFactor": factor, "mobile": False}
        self.devtools.send("Emulation.setDeviceMetricsOverride", metrics)
