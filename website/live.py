"""``live/``: the notebooks alive, in JupyterLite, with Python and all packages in the folder itself."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from bundle import bundle
from fetch import PINS

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "teaching"))
from learner_copy import learner_copy  # noqa: E402

KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
RUNTIME = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"]
EXTENSIONS = ["anywidget", "jupyterlab-widgets", "jupyterlite-pyodide-kernel"]  # the wheels with a part of the page
PRELOADED = ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython"]  # asked for by the kernel
APPS = ["notebooks", "lab", "tree"]

SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 10},
    "@jupyterlab/completer-extension:manager": {"autoCompletion": False},
}
CONFIG = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "How a neural network learns",
        "exposeAppInBrowser": True,
        "enableServiceWorkerCache": True,
        "litePluginSettings": {
            KERNEL: {
                "pyodideUrl": "./static/pyodide/start.mjs",
                "disablePyPIFallback": True,
                "loadPyodideOptions": {"packages": PRELOADED},
            }
        },
    },
}

_BODY = re.compile("<body[^>]*>")
# js/live.js takes the box over; where it cannot run, these words stay.
_UNTIL_SCRIPTS_RUN = (
    '<aside class="course" aria-label="The course"><p role="status">Opening … This page needs scripts, and a browser '
    'of the last few years.</p><a href="../../index.html">Read the course instead</a></aside>'
)


def build_live(out, scratch, notebooks, fetched, cache, own):
    """Write the folder `out` from the notebooks and from what was fetched; `own` is the wheel of this package."""
    _run_lite(out, scratch, notebooks, [fetched.wheels[name] for name in EXTENSIONS])
    _configure(out)
    _add_python(out / "static" / "pyodide", fetched)
    bundle(out / "static" / "pyodide", cache, fetched, own)
    _add_our_part_of_the_page(out)


def _run_lite(out, scratch, notebooks, extensions):
    """Let JupyterLite build; always from an empty folder, for it forgets settings in a second run."""
    files = scratch / "files"
    files.mkdir(parents=True)
    for path in sorted(notebooks.glob("*.ipynb")):
        notebook = learner_copy(nbformat.read(path, as_version=4))  # so that a guess is one
        (files / path.name).write_text(joined(nbformat.writes(notebook)), encoding="utf-8")
    shutil.copytree(notebooks / "images", files / "images")
    (scratch / "jupyter-lite.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    (scratch / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
    build = {
        "contents": ["files"],
        "output_dir": str(out),
        "federated_extensions": [str(path.resolve()) for path in extensions],
        "ignore_sys_prefix": ["federated_extensions"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "apps": APPS,
        "cache_dir": str(scratch / "cache"),
    }
    (scratch / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": build}), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    done = subprocess.run(command, cwd=scratch, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"JupyterLite could not be built:\n{done.stdout[-2000:]}{done.stderr[-3000:]}")
    shutil.copytree(notebooks / "images", out / "notebooks" / "images")  # a page asks there before it knows its files


def joined(notebook):
    """Return the text of a notebook in which every output is one string: JupyterLite shows lists with commas."""
    notebook = json.loads(notebook)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            for holder in (output, output.get("data", {})):
                for kind, value in holder.items():
                    if isinstance(value, list) and kind != "traceback" and not kind.endswith("json"):
                        holder[kind] = "".join(value)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _configure(out):
    """Put our settings into what JupyterLite wrote, and see that they are there."""
    path = out / "jupyter-lite.json"
    written = json.loads(path.read_text(encoding="utf-8"))
    plugins = written["jupyter-config-data"].setdefault("litePluginSettings", {})
    ours = CONFIG["jupyter-config-data"]["litePluginSettings"][KERNEL]
    plugins[KERNEL] = {**plugins.get(KERNEL, {}), **ours}
    path.write_text(json.dumps(written, indent=1, sort_keys=True), encoding="utf-8")


def _add_python(folder, fetched):
    """Put Pyodide there, and the wheels that only some notebooks import, with a list of these."""
    folder.mkdir(parents=True)
    for name in RUNTIME:
        shutil.copy(fetched.runtime / name, folder)
    shutil.copy(HERE / "js" / "start.mjs", folder)
    shutil.copy(fetched.unpacker / "esm" / "index.mjs", folder / "fzstd.mjs")
    later = {name: dict(fetched.lock["packages"][name]) for name in PINS["release"]["later"]}
    for name, entry in later.items():
        shutil.copy(fetched.released[name], folder)
        entry["depends"] = [other for other in entry["depends"] if other in later]
    (folder / "pyodide-lock.json").write_text(json.dumps({**fetched.lock, "packages": later}), encoding="utf-8")


def _add_our_part_of_the_page(out):
    """Python's early start, what the page says meanwhile, and how work is downloaded: see ``js/live.js``."""
    (worker,) = out.glob("extensions/@jupyterlite/pyodide-kernel-extension/static/comlink.worker.*.js")
    early = (HERE / "js" / "early.mjs").read_text(encoding="utf-8")
    place = f"../../{worker.relative_to(out).as_posix()}"
    (out / "static" / "pyodide" / "early.mjs").write_text(early.replace("KERNEL_WORKER", place), encoding="utf-8")
    for name in ("live.js", "live.css"):
        shutil.copy(HERE / name.split(".")[1] / name, out)
    for app in APPS:
        page = out / app / "index.html"
        text = page.read_text(encoding="utf-8")
        ours = '<link rel="stylesheet" href="../live.css"><script src="../live.js"></script>'
        text = text.replace("<head>", "<head>" + ours, 1)
        page.write_text(_BODY.sub(lambda body: body[0] + _UNTIL_SCRIPTS_RUN, text, count=1), encoding="utf-8")
