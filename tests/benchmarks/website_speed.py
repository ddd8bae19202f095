"""How quick explorers and notebooks are in the website's browser kernel.

    uv run --group dev python tests/benchmarks/website_speed.py SITE [--explorers forward …] [--notebooks 03 06 …]

For each explorer, on the website alone: arrow keys to changed pixels, then the frames per second of a drag made inside
the page; all in one kernel, one after the other. ``slider_latency.py`` measures the same on the desktop. For each
notebook: the CPU seconds while its cells run, on the website and on the desktop, and how many times the desktop's the
website's are. On the website the browser does all of it; on the desktop JupyterLab, the kernel and the same Chromium
count. Each line is printed when it is known. The times belong to the machine; the ratios, less so.
"""

import argparse
import contextlib
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.slider_latency import EXPLORERS, measure
from benchmarks.website_start import IS_OPEN, PATIENCE, cpu_seconds, served
from browser import jupyterlab

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
SIZE = (1280, 1000)
RUN = "async () => void await window.jupyterapp.commands.execute('notebook:run-all-cells')"
RUN_THIS = """async (source) => {
  const { content } = window.jupyterapp.shell.currentWidget;
  content.activeCellIndex = content.widgets.findIndex((cell) => cell.model.type === "code");
  content.activeCell.model.sharedModel.setSource(source);
  await window.jupyterapp.commands.execute("notebook:run-cell"); }"""


def opened(chromium, address, name):
    """Open a notebook of the site, and wait until Python is there."""
    page = chromium.new_page(viewport=dict(zip(("width", "height"), SIZE, strict=True)))
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/live/notebooks/index.html?path={name}", wait_until="domcontentloaded")
    page.get_by_text("Python is ready").wait_for()
    page.wait_for_function(IS_OPEN)
    return page


def measure_explorers(chromium, address, explorers, n, seconds):
    """Print a row of the table for each explorer."""
    page = opened(chromium, address, "00_start_here.ipynb")
    print("On the website: a key press to changed pixels; a drag, and the time from its last move to the last frame")
    print(f"{'':16s} {'median':>8s} {'p95':>8s} {'missed':>7s} {'frames/s':>9s} {'last':>9s}", flush=True)
    for explorer in explorers:
        page.evaluate(RUN_THIS, f"from nbhelpers import explorers\nexplorers.{explorer}()")
        print(frames_row(explorer, measure(page, explorer, n, seconds)), flush=True)
    page.context.close()


def frames_row(explorer, times):
    """One line of the first table."""
    keys = f"{times.median:5.0f} ms {times.p95:5.0f} ms {times.missed:7d}"
    return f"{explorer:16s} {keys} {times.frames:9.1f} {times.last:6.0f} ms"


def measure_notebooks(chromium, address, paths, scratch):
    """Print the CPU seconds of each notebook."""
    shutil.copytree(NOTEBOOKS, scratch / "notebooks")
    print("\nCPU seconds of all cells: on the website (the browser), on the desktop (JupyterLab, kernel and browser)")
    print(f"{'':32s} {'website':>8s} {'desktop':>8s} {'website / desktop':>18s}", flush=True)
    with jupyterlab.lab(scratch / "notebooks", scratch) as desktop:
        for path in paths:
            ours = used_by(opened(chromium, address, path.name))
            theirs = used_by(jupyterlab.Page(chromium, desktop, path.name, SIZE).page)
            print(f"{path.stem:32s} {ours:8.1f} {theirs:8.1f} {ours / theirs:18.2f}", flush=True)


def used_by(page):
    """CPU seconds while the cells of an open notebook run; the page is closed."""
    page.set_default_timeout(PATIENCE)
    before = cpu_seconds()
    page.evaluate(RUN)
    used = cpu_seconds() - before
    page.context.close()
    return used


def parsed(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("site", type=Path, help="the folder that website/build.py wrote")
    parser.add_argument("--explorers", nargs="*", default=EXPLORERS, help=f"default: {' '.join(EXPLORERS)}")
    parser.add_argument("--notebooks", nargs="*", default=[], help="their numbers")
    parser.add_argument("-n", type=int, default=20, help="key presses")
    parser.add_argument("--seconds", type=float, default=3, help="length of the drag")
    return parser.parse_args(arguments)


def main():
    options = parsed()
    paths = [path for number in options.notebooks for path in NOTEBOOKS.glob(f"{number}_*.ipynb")]
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(served(options.site))
        address = f"http://127.0.0.1:{server.server_address[1]}"
        chromium = stack.enter_context(jupyterlab.browser())
        if options.explorers:
            measure_explorers(chromium, address, options.explorers, options.n, options.seconds)
        if paths:
            scratch = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            measure_notebooks(chromium, address, paths, Path(scratch))


if __name__ == "__main__":
    main()
