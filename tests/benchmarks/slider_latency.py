"""How long from the move of a slider to changed pixels, in a real JupyterLab.

    uv run python tests/benchmarks/slider_latency.py [EXPLORER ...] [--dpr 2] [-n 30] [--seconds 3] [--beside PYTHON]

For each explorer, and in the same run for the bare round trip (a slider whose value comes back from the kernel as text)
and for a stock `interact` with three panels: arrow keys on a slider, each timed to the first animation frame in which a
picture has changed; then a drag, with the frames per second in it, and the time from the last move to the last frame.
The drag is made inside the page, a move with every animation frame: a mover that awaits each move from outside hides
everything above 25 frames per second. Prints a table. The times belong to the machine; the ratios, less so, are what is
to be looked at. With PYTHON, that of an environment with another state of the package, each of its explorers is
measured right before ours, and the ratio of the frames per second is printed.
"""

import argparse
import contextlib
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from browser import jupyterlab

SLIDERS = {"activations": "z:", "forward": "x1:", "loss": "ŷ1:", "backprop": "x1:", "descent": "η:"}
EXPLORERS = list(SLIDERS)
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
WARM_UP = 3  # key presses that do not count

FLOOR = """import ipywidgets as widgets
slider, text = widgets.FloatSlider(min=0, max=6, value=1, step=.1), widgets.HTML('<img alt="1">')
slider.observe(lambda change: setattr(text, "value", f'<img alt="{change.new}">'), "value")
widgets.VBox([slider, text])"""
STOCK = """%matplotlib inline
import numpy as np, matplotlib.pyplot as plt, ipywidgets as widgets
g = np.linspace(-2, 2, 60); a, b = np.meshgrid(g, g); h = np.exp(-np.linspace(0, 4, 200))
def show(v):
    figure, (p, q, r) = plt.subplots(1, 3, figsize=(11, 3.6), dpi=100)
    p.contourf(np.tanh(np.sin(v) * a + np.cos(v) * b), levels=20, cmap="RdBu"); q.plot(h); q.plot(h * np.cos(v))
    r.bar(range(6), np.abs(np.sin(v + np.arange(6)))); r.set_title(f"{v:.1f}"); figure.tight_layout(); plt.show()
widgets.interact(show, v=widgets.FloatSlider(min=0, max=6, value=1, step=.1));"""

# What the page shows: the source and the alternative text of every picture.
PROBE = """() => [...document.querySelectorAll('.jp-OutputArea img')].filter((i) => i.complete || i.alt)
  .map((i) => i.src.length + i.src.slice(-160) + i.src.slice(2000, 2400) + i.alt).join('|')"""
WATCH_KEY = """(probe) => { const seen = eval(probe);
  window.go = () => { window.took = null; const before = seen(); let start = null;
    document.addEventListener('keydown', () => { start = performance.now(); }, { capture: true, once: true });
    const look = () => {
      if (start !== null) {
        const took = performance.now() - start;
        if (seen() !== before || took > 5000) { window.took = took > 5000 ? -1 : took; return; }
      }
      requestAnimationFrame(look); };
    requestAnimationFrame(look); }; }"""
# A native range is set, and says so where that has moved it, as in a browser; a stock slider is dragged by its handle.
DRAG = """([probe, seconds]) => new Promise((resolve) => { const seen = eval(probe);
  const slider = document.activeElement, isNative = slider.tagName === 'INPUT';
  const bar = (isNative ? slider : slider.closest('.noUi-target')).getBoundingClientRect();
  const [middle, reach, y] = [bar.x + bar.width / 2, 0.4 * bar.width, bar.y + bar.height / 2];
  const point = (type, target, clientX) => target.dispatchEvent(new MouseEvent(`mouse${type}`,
    { clientX, clientY: y, button: 0, buttons: 1, bubbles: true, cancelable: true }));
  const move = (share) => {
    if (!isNative) return point('move', document.documentElement, middle + reach * (2 * share - 1));
    const earlier = slider.value;
    slider.value = Number(slider.min) + (0.1 + 0.8 * share) * (slider.max - slider.min);
    if (slider.value !== earlier) slider.dispatchEvent(new Event('input', { bubbles: true })); };
  if (!isNative) { const box = slider.getBoundingClientRect(); point('down', slider, box.x + box.width / 2); }
  let [before, start, last, frames, newest, k] = [seen(), performance.now(), 0, 0, 0, 0];
  const look = () => {
    const now = performance.now(), isOver = now - start > 1000 * seconds;
    if (seen() !== before) { before = seen(); newest = now; if (!isOver) frames += 1; }
    if (!isOver) { k += 1; move(Math.abs(k % 80 - 40) / 40); last = now; }
    else if (now - Math.max(last, newest) > 1000) {
      if (!isNative) point('up', document.documentElement, middle);
      return resolve([frames / seconds, Math.max(0, newest - last)]); }
    requestAnimationFrame(look); };
  requestAnimationFrame(look); })"""


class Times(NamedTuple):
    """In milliseconds, but for the frames per second."""

    median: float
    p95: float
    missed: int
    frames: float
    last: float


def notebooks(explorers):
    """The code of each notebook that is measured, by name."""
    ours = {name: f"from nbhelpers import explorers\nexplorers.{name}()" for name in explorers}
    return {"bare round trip": FLOOR, "stock interact": STOCK, **ours}


def slider_of(page, name):
    """The slider that is moved, by its accessible name; without one, the first on the page."""
    if name in SLIDERS:
        return page.get_by_role("slider", name=SLIDERS[name])
    return page.locator(".noUi-handle, .nbh-explorer input[type=range]").first


def press_keys(page, n):
    """Press arrow keys on the slider, and return the times to changed pixels; -1 where nothing changed."""
    page.evaluate(WATCH_KEY, PROBE)
    took = []
    for k in range(n + WARM_UP):
        page.evaluate("() => window.go()")
        page.keyboard.press("ArrowRight" if k % 20 < 10 else "ArrowLeft")
        page.wait_for_function("() => window.took !== null")
        took.append(page.evaluate("() => window.took"))
        page.wait_for_timeout(120)
    return took[WARM_UP:]


def measure(page, name, n, seconds):
    """Press keys and drag on a page that has run, and return the `Times`."""
    page.wait_for_timeout(1500)
    handle = slider_of(page, name)
    handle.wait_for()
    handle.scroll_into_view_if_needed()
    handle.focus()
    took = press_keys(page, n)
    good = sorted(time for time in took if time >= 0) or [float("nan")]
    handle.focus()
    frames, last = page.evaluate(DRAG, [PROBE, seconds])
    p95 = good[max(0, int(0.95 * len(good)) - 1)]
    return Times(statistics.median(good), p95, sum(time < 0 for time in took), frames, last)


COLUMNS = {
    "": -16,
    "median": 8,
    "p95": 8,
    "missed": 7,
    "× bare": 7,
    "stock ÷": 8,
    "frames/s": 9,
    "÷ bare": 7,
    "last": 9,
    "÷ other": 8,
}
HEADER = " ".join(f"{name:{'<' if width < 0 else '>'}{abs(width)}s}" for name, width in COLUMNS.items())


def row(name, times, bare, stock, other=None):
    """One line of the table; `other` is another state of the package."""
    gain = f"{stock.median / times.median:8.2f}" if stock else " " * 8
    latency = f"{times.median:5.0f} ms {times.p95:5.0f} ms {times.missed:7d} {times.median / bare.median:7.2f} {gain}"
    in_a_drag = f"{times.frames:9.1f} {times.frames / bare.frames:7.2f} {times.last:6.0f} ms"
    beside = f"{times.frames / other.frames:8.2f}" if other else " " * 8
    return f"{name:16s} {latency} {in_a_drag} {beside}"


def parsed(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("explorers", nargs="*", default=EXPLORERS)
    parser.add_argument("--dpr", type=float, default=1, help="pixels of the screen per CSS pixel")
    parser.add_argument("-n", type=int, default=30, help="key presses")
    parser.add_argument("--seconds", type=float, default=3, help="length of the drag")
    parser.add_argument("--beside", type=Path, help="the Python of an environment with another state of the package")
    return parser.parse_args(arguments)


def main():
    options = parsed()
    with tempfile.TemporaryDirectory(prefix="latency-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "notebooks"
        root.mkdir()
        sources = notebooks(options.explorers)
        for name, code in sources.items():
            nbformat.write(new_notebook(cells=[new_code_cell(code)], metadata=KERNEL), root / f"{name}.ipynb")
        with contextlib.ExitStack() as stack:
            chromium = stack.enter_context(jupyterlab.browser())
            pythons = {"ours": sys.executable, **({"other": options.beside} if options.beside else {})}
            servers = {}
            for which, python in pythons.items():
                scratch = Path(folder) / which
                scratch.mkdir()
                servers[which] = stack.enter_context(jupyterlab.lab(root, scratch, python))
            print(f"device pixel ratio {options.dpr:g}, {options.n} key presses\n{HEADER}")
            known = {}
            for name in sources:
                for which in ("other", "ours") if options.beside and name in options.explorers else ("ours",):
                    known[which, name] = measured(chromium, servers[which], name, options)
                    others = known.get(("other", name)) if which == "ours" else None
                    compared = known["ours", "bare round trip"], known.get(("ours", "stock interact")), others
                    print(row(name if which == "ours" else f"- {name}", known[which, name], *compared), flush=True)


def measured(chromium, address, name, options):
    """Open a notebook and measure it."""
    notebook = jupyterlab.Page(chromium, address, f"{name}.ipynb", (1280, 1000), options.dpr)
    notebook.run_all()
    found = measure(notebook.page, name, options.n, options.seconds)
    notebook.page.close()
    return found


if __name__ == "__main__":
    main()
