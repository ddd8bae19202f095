"""How the time of an epoch grows with width, depth, d and batch size, beside the multiply-adds that are counted.

    uv run python tests/benchmarks/cost_growth.py [--picture notebooks/images/cost_growth.png]

Measures each setting on one thread, takes the medians, and prints a table per size. The times belong to the machine.
What is to be looked at is nanoseconds per multiply-add: where they grow, something else than the products takes time.
"""

import argparse
from pathlib import Path

from nbhelpers import style
from nbhelpers.experiments.epoch_cost import counted, measured, sweeps
from nbhelpers.numbers_as_text import amount, duration
from nbhelpers.plots.cost_growth import SIZE, draw_cost_growth, growth_in_words

SECONDS = 0.3  # for each setting


def table(sweep, counts, times):
    """Return the lines of a table."""
    heading = f"{sweep.name:>10} {'multiply-adds':>14} {'time':>10} {'ns each':>8}"
    rows = (
        f"{value:>10} {amount(count):>14} {duration(time):>10} {1e9 * time / count:>8.2f}"
        for value, count, time in zip(sweep.values, counts, times, strict=True)
    )
    return "\n".join([heading, *rows, ""])


def save_picture(path, *data):
    """Draw counts and times, and save the picture with its words as a comment."""
    with style.context():
        figure = style.new_figure(*SIZE)
        draw_cost_growth(figure, *data)
        figure.savefig(path, dpi=2 * figure.dpi, metadata={"Software": None, "Comment": growth_in_words(*data)})


def main(arguments=None):
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Measure how the time of an epoch grows.")
    parser.add_argument("--picture", type=Path, help="where to save a picture of it")
    options = parser.parse_args(arguments)
    compared = sweeps()
    counts, times = [counted(sweep) for sweep in compared], [measured(sweep, SECONDS) for sweep in compared]
    for row in zip(compared, counts, times, strict=True):
        print(table(*row))
    if options.picture:
        save_picture(options.picture, compared, counts, times)


if __name__ == "__main__":
    main()
