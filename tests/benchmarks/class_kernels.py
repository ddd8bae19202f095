"""A class on one machine: so many kernels that run a notebook at once, and what each takes in memory and time.

    uv run python tests/benchmarks/class_kernels.py [--kernels 20] [--notebook 09_worked_example]

The kernels are those of a JupyterLab, without its pages: what a page asks for besides is in ``class_server.py``. At the
end each kernel moves the slider of an explorer, all of them at once, as a class does that is told to.
"""

import argparse
import json
import os
import threading
import time
from pathlib import Path

import psutil
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[2]
MIB = 2**20
EXPLORER = "from nbhelpers import explorers\nmoved = explorers.forward()\nslider = moved.controls['x1']\nmoved"
MOVES = """
import time
begin = time.perf_counter()
for k in range({moves}):
    slider.value = slider.min + (k % 7 + 1) / 10
print((time.perf_counter() - begin) / {moves})
"""


def run(client, code, timeout=300):
    """Run a cell; return what it prints and the name of its error, if there is one."""
    printed, errors = [], []

    def note(message):
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])
        if message["msg_type"] == "error":
            errors.append(message["content"]["ename"])

    client.execute_interactive(code, output_hook=note, timeout=timeout)
    return "".join(printed), errors


def attend(cells, moves, together, seen):
    """Start a kernel, run the cells, move a slider while the others do, and note what it took."""
    begin = time.perf_counter()
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(ROOT / "notebooks"))
    try:
        started = time.perf_counter()
        errors = [name for code, is_meant in cells for name in run(client, code)[1] if not is_meant]
        finished = time.perf_counter()
        together.wait()  # until all have the notebook behind them
        taken = psutil.Process(manager.provisioner.process.pid).memory_full_info()
        together.wait()
        run(client, EXPLORER)
        redraw = 1000 * float(run(client, MOVES.format(moves=moves))[0].split()[-1])
        seen.append(
            {
                "s to start": started - begin,
                "s for the notebook": finished - started,
                "ms for a redraw": redraw,
                "MiB, shared pages by share": getattr(taken, "pss", taken.uss) / MIB,
                "MiB of its own": taken.uss / MIB,
                "errors": errors,
            }
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def measured(kernels, notebook, moves=30):
    """Return what each of so many kernels took, a dict per kernel."""
    cells = [
        ("".join(cell["source"]), "raises-exception" in cell["metadata"].get("tags", []))
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    seen, together = [], threading.Barrier(kernels, timeout=900)
    threads = [threading.Thread(target=attend, args=(cells, moves, together, seen)) for _ in range(kernels)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(seen) < kernels:
        raise RuntimeError(f"only {len(seen)} of {kernels} kernels came to the end")
    return seen


def table(seen):
    """Return the lines of a table: least, median and most of each."""
    lines = [f"{'':30}{'least':>10}{'median':>10}{'most':>10}"]
    for name in (name for name in seen[0] if name != "errors"):
        values = sorted(one[name] for one in seen)
        lines.append(f"{name:30}{values[0]:10.1f}{values[len(values) // 2]:10.1f}{values[-1]:10.1f}")
    return lines


def main(arguments=None):
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kernels", type=int, default=20, help="how many at once (default: 20)")
    parser.add_argument("--notebook", default="09_worked_example", help="which they run (default: 09_worked_example)")
    options = parser.parse_args(arguments)
    seen = measured(options.kernels, ROOT / "notebooks" / f"{options.notebook}.ipynb")
    print(f"{options.kernels} kernels at once, {options.notebook}, {os.cpu_count()} cores\n")
    print("\n".join(table(seen)))
    print(f"\nerrors: {sum(len(one['errors']) for one in seen)}")


if __name__ == "__main__":
    main()
