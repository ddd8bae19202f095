"""How long from the move of a slider to changed pixels, in a real JupyterLab.

    uv run python tests/benchmarks/slider_latency.py [EXPLORER ...] [--dpr 2] [-n 30] [--seconds 3]

For each explorer, and in the same run for the bare round trip (a slider whose value comes back from the kernel as text)
and for a stock `interact` with three panels: arrow keys on a slider, each timed to the first animation frame in which a
picture has changed; then a mouse drag, with the frames per second in it, and the time from the last move to the last
frame. Prints a table. The times belong to the machine; the ratios, less so, are what is to be looked at.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from browser import jupyterlab

EXPLORERS = ["activations", "forward", "loss", "backprop", "descent"]
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
WATCH_DRAG = """(probe) => { const seen = eval(probe); let before = seen();
  window.frames_seen = []; window.last_move = 0; window.is_over = false;
  document.addEventListener('pointermove', () => { window.last_move = performance.now(); }, { capture: true });
  const look = () => {
    const now = seen();
    if (now !== before) { window.frames_seen.push(performance.now()); before = now; }
    if (!window.is_over) requestAnimationFrame(look); };
  requestAnimationFrame(look); }"""


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


def slider_of(page):
    """The slider that is moved: the first on the page that is no chooser of an example."""
    sliders = page.locator(".noUi-handle")
    sliders.first.wait_for()
    # backprop's first slider has few places, so that a drag over it shows how few they are: take its x1
    return sliders.nth(2) if sliders.count() > 2 and page.locator(".nbh-explorer .fa-play").count() else sliders.first


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


def drag(page, handle, seconds):
    """Drag the slider to and fro; return the frames per second, and the time from the last move to the last frame."""
    bar = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-target')]").bounding_box()
    y, middle, reach = bar["y"] + bar["height"] / 2, bar["x"] + bar["width"] / 2, 0.4 * bar["width"]
    box = handle.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.evaluate(WATCH_DRAG, PROBE)
    moves = round(60 * seconds)
    start = page.evaluate("() => performance.now()")
    for k in range(moves):
        share = abs(k % 120 - 60) / 60  # from 1 to 0 and back
        page.mouse.move(middle + reach * (2 * share - 1), y)
        page.wait_for_timeout(12)  # with the time that a move takes, about 60 moves a second
    end = page.evaluate("() => performance.now()")
    page.mouse.up()
    wait_until_quiet(page)
    page.evaluate("() => { window.is_over = true; }")
    frames, last_move = page.evaluate("() => [window.frames_seen, window.last_move]")
    during = [time for time in frames if time <= end]
    return 1000 * len(during) / (end - start), max(0, max(frames, default=0) - last_move)


def wait_until_quiet(page, rounds=20):
    """Wait until no frame has come for a second."""
    seen = -1
    for _ in range(rounds):
        page.wait_for_timeout(1000)
        before, seen = seen, page.evaluate("() => window.frames_seen.length")
        if seen == before:
            return


def measure(page, n, seconds):
    """Press keys and drag on a page that has run, and return the `Times`."""
    page.wait_for_timeout(1000)
    handle = slider_of(page)
    handle.scroll_into_view_if_needed()
    handle.focus()
    took = press_keys(page, n)
    good = sorted(time for time in took if time >= 0) or [float("nan")]
    frames, last = drag(page, handle, seconds)
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
}
HEADER = " ".join(f"{name:{'<' if width < 0 else '>'}{abs(width)}s}" for name, width in COLUMNS.items())


def row(name, times, bare, stock):
    """One line of the table."""
    gain = f"{stock.median / times.median:8.2f}" if stock else " " * 8
    latency = f"{times.median:5.0f} ms {times.p95:5.0f} ms {times.missed:7d} {times.median / bare.median:7.2f} {gain}"
    in_a_drag = f"{times.frames:9.1f} {times.frames / bare.frames:7.2f} {times.last:6.0f} ms"
    return f"{name:16s} {latency} {in_a_drag}"


def parsed(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("explorers", nargs="*", default=EXPLORERS)
    parser.add_argument("--dpr", type=float, default=1, help="pixels of the screen per CSS pixel")
    parser.add_argument("-n", type=int, default=30, help="key presses")
    parser.add_argument("--seconds", type=float, default=3, help="length of the drag")
    return parser.parse_args(arguments)


def main():
    options = parsed()
    with tempfile.TemporaryDirectory(prefix="latency-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "notebooks"
        root.mkdir()
        sources = notebooks(options.explorers)
        for name, code in sources.items():
            nbformat.write(new_notebook(cells=[new_code_cell(code)], metadata=KERNEL), root / f"{name}.ipynb")
        with jupyterlab.lab(root, Path(folder)) as address, jupyterlab.browser() as chromium:
            print(f"device pixel ratio {options.dpr:g}, {options.n} key presses\n{HEADER}")
            known = {}
            for name in sources:
                notebook = jupyterlab.Page(chromium, address, f"{name}.ipynb", (1280, 1000), options.dpr)
                notebook.run_all()
                known[name] = measure(notebook.page, options.n, options.seconds)
                notebook.page.close()
                print(row(name, known[name], known["bare round trip"], known.get("stock interact")), flush=True)


if __name__ == "__main__":
    main()
