"""How many frames a second the playground shows while it trains, and how soon a slider is answered meanwhile.

    uv run python tests/benchmarks/play_rate.py [--dpr 2] [-n 20] [--seconds 5] [--pace "3 epochs"] [RUN ...]

In a real JupyterLab: Play is pressed; the frames and the epochs of some seconds are counted, and the longest time that
the page took between two of its own animation frames. Then arrow keys on the slider of the seed, while it plays on,
each timed to the animation frame in which the page shows the picture of the new seed. A RUN is a line of text of the
playground.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.slider_latency import KERNEL
from browser import jupyterlab

RUNS = {
    "two layers of 8": "moons noise=0.2 share=0.75 inputs=x1,x2 hidden=8-8 tanh lr=0.1 batch=10 adam xavier l2=0 l1=0 "
    "dropout=0 seed=0 steps=0",
    "four of 16, batch 1": "spirals noise=0.05 share=0.75 inputs=x1,x2 hidden=16-16-16-16 relu lr=0.01 batch=1 adam he "
    "l2=0.001 l1=0 dropout=0.1 seed=0 steps=0",
}
EPOCH = (
    "() => Number(document.querySelector('figcaption').innerText.match(/epoch ([\\d.,]+)/)?.[1].replace(',', '') ?? 0)"
)
# A frame is a new source of the picture; a gap is the time between two animation frames of the page itself.
WATCH = """() => { const image = document.querySelector('img.nbh-image');
  window.frames_seen = 0; window.gaps = []; let last = image.src, before = performance.now();
  const look = (now) => { window.gaps.push(now - before); before = now;
    if (image.src !== last) { last = image.src; window.frames_seen += 1; }
    requestAnimationFrame(look); };
  requestAnimationFrame(look); }"""
PRESSED = """() => new Promise((resolve) => {
  const state = () => JSON.parse(document.querySelector('.nbh-state').value);
  const seed = state().seed; let start = null;
  document.addEventListener('keydown', () => { start = performance.now(); }, { capture: true, once: true });
  const look = () => { if (start !== null && state().seed !== seed) resolve(performance.now() - start);
    else if (start !== null && performance.now() - start > 5000) resolve(-1);
    else requestAnimationFrame(look); };
  requestAnimationFrame(look); })"""


def play(page, seconds):
    """Play for some seconds; return frames and epochs a second, and the 95th percentile and the largest of the gaps."""
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(1000)
    page.evaluate(WATCH)
    before = page.evaluate(EPOCH)
    page.wait_for_timeout(1000 * seconds)
    frames, gaps = page.evaluate("() => [window.frames_seen, window.gaps.slice(1)]")
    epochs, took = page.evaluate(EPOCH) - before, sum(gaps) / 1000
    return frames / took, epochs / took, sorted(gaps)[int(0.95 * len(gaps))], max(gaps)


def answers(page, n):
    """Press arrow keys on the slider of the seed while it plays; return the times to the picture of the new seed."""
    slider = page.locator("input[type=range][aria-label^='seed']")
    slider.focus()
    took = []
    for _ in range(n):
        waiting = page.evaluate_handle("(source) => ({ promise: eval(source)() })", PRESSED)
        page.keyboard.press("ArrowRight")
        took.append(waiting.evaluate("(held) => held.promise"))
        page.wait_for_timeout(300)
    return took


def row(name, rate, epochs, late, longest, took):
    """One line of the table."""
    median, worst = statistics.median(took), max(took)
    return f"{name:22s} {rate:8.1f} {epochs:8.0f} {late:6.0f} ms {longest:5.0f} ms {median:10.0f} ms {worst:5.0f} ms"


HEADER = (
    f"{'':22s} {'frames/s':>8s} {'epochs/s':>8s} {'page p95':>9s} {'worst':>8s} {'slider median':>13s} {'worst':>8s}"
)


def parsed(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("runs", nargs="*", help="lines of text of the playground")
    parser.add_argument("--dpr", type=float, default=1, help="pixels of the screen per CSS pixel")
    parser.add_argument("-n", type=int, default=20, help="key presses")
    parser.add_argument("--seconds", type=float, default=5, help="of playing")
    parser.add_argument("--pace", default="3 epochs", help="how much training each frame shows")
    return parser.parse_args(arguments)


def measure(chromium, address, notebook, options):
    """Open a notebook with one playground and measure it."""
    shown = jupyterlab.Page(chromium, address, notebook, (1280, 1000), options.dpr)
    shown.run_all()
    shown.page.locator("img.nbh-image").wait_for()
    shown.page.wait_for_timeout(1500)
    found = (*play(shown.page, options.seconds), answers(shown.page, options.n))
    shown.page.close()
    return found


def main():
    options = parsed()
    runs = {run[:22]: run for run in options.runs} or RUNS
    with tempfile.TemporaryDirectory(prefix="play-", ignore_cleanup_errors=True) as folder:
        root = Path(folder) / "notebooks"
        root.mkdir()
        for k, run in enumerate(runs.values()):
            code = f"from nbhelpers import explorers\nexplorer = explorers.playground({run!r})"
            code += f"\nexplorer.state = {{'a frame': {options.pace!r}}}\nexplorer"
            nbformat.write(new_notebook(cells=[new_code_cell(code)], metadata=KERNEL), root / f"{k}.ipynb")
        with jupyterlab.lab(root, Path(folder)) as address, jupyterlab.browser() as chromium:
            print(f"device pixel ratio {options.dpr:g}, {options.n} key presses\n{HEADER}")
            for k, name in enumerate(runs):
                print(row(name, *measure(chromium, address, f"{k}.ipynb", options)), flush=True)


if __name__ == "__main__":
    main()
