"""How long until a picture of the website moves, beside JupyterLite's plain recipe.

    uv run --group dev --group website python tests/benchmarks/website_start.py [--ours SITE] [--plain SITE] [-n 1]

Both are built once from the same cache, unless they are named. The plain one is what ``jupyter lite build`` gives with
Pyodide and all wheels in the folder. In Chromium, each is visited with an empty profile (cold), and again when the
browser was closed and opened (second visit): from the address to the notebook on the page, and to the picture of the
first explorer, for which the cells above it are run. Bytes are what the server sent, and what they are gzipped, as web
hosts do. The CPU seconds are those of the whole browser. The times belong to the machine; the ratios, less so.

On two cores with nothing else to do, the first picture, in one run: the plain recipe 13.5 s cold and 11.5 s on the
second visit, 18.8 and 16.2 CPU seconds, 26.3 MB gzipped; ours, with archives compressed by Zstandard, 6.5 s and 5.1 s,
12.1 and 9.4 CPU seconds, 19.1 MB. Unpacking the archives takes 0.3 CPU seconds.
"""

import argparse
import contextlib
import email
import gzip
import hashlib
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from functools import partial
from pathlib import Path

from packaging.requirements import Requirement
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "website")]

from browser.jupyterlab import CHROMIUM, CHROMIUM_ARGUMENTS  # noqa: E402

NOTEBOOK, CELL = "00_start_here.ipynb", "move-a-unit"
PATIENCE = 120_000  # milliseconds
PACKED = (".whl", ".zip", ".gz", ".zst", ".png", ".webp", ".woff", ".woff2")  # a web host does not gzip these
# What only the plain recipe has: IPython asks for them.
EXTRA = ["jedi==0.19.2", "parso==0.8.6", "prompt_toolkit==3.0.52", "wcwidth==0.6.0"]
PRELOADED = ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "numpy", "matplotlib"]
PRELOADED += ["ipywidgets", "anywidget", "nbhelpers"]
MARKERS = {"sys_platform": "emscripten", "python_version": "3.14", "python_full_version": "3.14.2", "extra": ""}

IS_OPEN = """() => { const panel = window.jupyterapp?.shell.currentWidget;
  return panel?.context?.isReady && panel.content?.widgets?.length && panel.context.sessionContext.session?.kernel; }"""
# What js/live.js does when a link says so, for a site without it.
RUN_UP_TO = """(id) => { const { content } = window.jupyterapp.shell.currentWidget, { commands } = window.jupyterapp;
  content.activeCellIndex = content.widgets.findIndex((cell) => cell.model.id === id);
  commands.execute('notebook:run-all-above').then(() => commands.execute('notebook:run-cell'))
    .then(() => content.scrollToItem(content.activeCellIndex, 'start').catch(() => null)); }"""
IS_SHOWN = "() => [...document.querySelectorAll('.nbh-image')].some((image) => image.naturalWidth > 50)"


def build_both(folder):
    """Build both sites into a folder."""
    from build import CACHE, build

    build(folder / "ours", say=partial(print, "ours: ", flush=True))
    build_plain(folder / "plain", folder / "scratch", CACHE)


def build_plain(out, scratch, cache):
    """JupyterLite with Pyodide and the wheels as they are, and a list of them."""
    import live
    from build import _wheel
    from bundle import _shims
    from fetch import fetch

    fetched = fetch(cache)
    own, extra = _wheel(scratch / "wheel"), scratch / "extra"
    extra.mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", f"--dest={extra}", *EXTRA], check=True)
    live.CONFIG = json.loads(json.dumps(live.CONFIG).replace("start.mjs", "pyodide.mjs"))  # for this process
    settings = live.CONFIG["jupyter-config-data"]["litePluginSettings"][live.KERNEL]
    settings["loadPyodideOptions"]["packages"] = PRELOADED
    live._run_lite(out / "live", scratch / "lite", ROOT / "notebooks", [fetched.wheels[n] for n in live.EXTENSIONS])
    live._configure(out / "live")
    folder = out / "live" / "static" / "pyodide"
    folder.mkdir(parents=True)
    for name in [*live.RUNTIME, "python_stdlib.zip"]:
        shutil.copy(fetched.runtime / name, folder)
    (cache / "shims").mkdir(exist_ok=True)
    shims = _shims(fetched.wheels["jupyterlite-pyodide-kernel"], cache / "shims")
    wheels = [*fetched.released.values(), *shims, own, *extra.glob("*.whl")]
    wheels += [path for name, path in fetched.wheels.items() if name != "jupyterlite-pyodide-kernel"]
    entries = {entry["name"]: entry for entry in map(_entry, wheels)}
    for entry in entries.values():
        entry["depends"] = [name for name in entry["depends"] if name in entries]
    for path in wheels:
        shutil.copy(path, folder)
    (folder / "pyodide-lock.json").write_text(json.dumps({**fetched.lock, "packages": entries}), encoding="utf-8")


def _entry(path):
    """What Pyodide's list says of a wheel."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        metadata = email.message_from_bytes(archive.read(next(n for n in names if n.endswith(".dist-info/METADATA"))))
    needed = [Requirement(line) for line in metadata.get_all("Requires-Dist") or []]
    modules = [name for name in names if ".dist-info/" not in name and ".data/" not in name]
    return {
        "name": _normal(metadata["Name"]),
        "version": metadata["Version"],
        "file_name": path.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "install_dir": "site",
        "imports": sorted({name.split("/")[0].removesuffix(".py") for name in modules}),
        "depends": [_normal(need.name) for need in needed if need.marker is None or need.marker.evaluate(MARKERS)],
        "package_type": "package",
        "unvendored_tests": False,
    }


def _normal(name):
    return name.replace("_", "-").replace(".", "-").lower()


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and remembers what it sent."""

    def copyfile(self, source, outputfile):
        body = source.read()
        self.server.sent.append((self.path.partition("?")[0], body))
        outputfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def served(folder):
    """Yield the server of a folder."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    server.sent = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def cpu_seconds():
    """CPU seconds so far of all processes below this one that are still there."""
    parents, used = {}, Counter()
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, IndexError):
            if folder.name.isdigit():
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                parents[int(folder.name)] = int(fields[1])
                used[int(folder.name)] = int(fields[11]) + int(fields[12])

    def is_below(process):
        while process in parents and process != os.getpid():
            process = parents[process]
        return process == os.getpid()

    ticks = sum(ticks for process, ticks in used.items() if process != os.getpid() and is_below(process))
    return ticks / os.sysconf("SC_CLK_TCK")


def visit(server, profile):
    """Open the notebook, run it up to the first explorer, and return the times, bytes and CPU seconds."""
    server.sent.clear()
    before = cpu_seconds()
    address = f"http://127.0.0.1:{server.server_address[1]}/live/notebooks/index.html?path={NOTEBOOK}#move={CELL}"
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, viewport={"width": 1100, "height": 1000}
        )
        page = context.pages[0]
        page.set_default_timeout(PATIENCE)
        begin = time.monotonic()
        page.goto(address, wait_until="domcontentloaded")
        page.wait_for_function(IS_OPEN)
        shown = time.monotonic() - begin
        if not page.locator("aside.course").count():
            page.evaluate(RUN_UP_TO, CELL)
        page.wait_for_function(IS_SHOWN)
        moving = time.monotonic() - begin
        used = cpu_seconds() - before
        page.wait_for_timeout(1500)  # the cache of the browser is written
        context.close()
    packed = sum(len(body) if path.endswith(PACKED) else len(gzip.compress(body, 6)) for path, body in server.sent)
    whole = sum(len(body) for _, body in server.sent)
    return shown, moving, used, whole / 1e6, packed / 1e6, len(server.sent)


HEADER = f"{'':22s} {'notebook':>9s} {'picture':>9s} {'CPU':>8s} {'sent':>9s} {'gzipped':>9s} {'requests':>8s}"


def row(name, shown, moving, used, whole, packed, requests):
    """One line of the table."""
    return f"{name:22s} {shown:7.1f} s {moving:7.1f} s {used:6.1f} s {whole:6.1f} MB {packed:6.1f} MB {requests:8d}"


def parsed(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--ours", type=Path, help="a site that is built already")
    parser.add_argument("--plain", type=Path, help="one by the plain recipe")
    parser.add_argument("--build", type=Path, help="build both into this folder, and measure nothing")
    parser.add_argument("-n", type=int, default=1, help="how often")
    return parser.parse_args(arguments)


def main():
    options = parsed()
    if options.build:
        return build_both(options.build)
    with tempfile.TemporaryDirectory(prefix="start-", ignore_cleanup_errors=True) as folder:
        if not (options.ours and options.plain):
            build_both(Path(folder))
        sites = {"plain recipe": options.plain or Path(folder) / "plain", "ours": options.ours or Path(folder) / "ours"}
        print(HEADER)
        for k in range(options.n):
            for name, site in sites.items():
                with served(site) as server:
                    profile = Path(folder) / f"profile {name} {k}"
                    for which in ("cold", "second visit"):
                        print(row(f"{name}, {which}", *visit(server, profile)), flush=True)


if __name__ == "__main__":
    main()
