"""How many threads the matrix products of a training may use: one while they are small.

A BLAS library gives a product to several threads long before that pays, and on a busy machine they wait for each other:
a small training was seen to take ten times as long on two threads as on one. In a browser there is one thread only, and
nothing to limit.
"""

import contextlib
import sys
from functools import cache
from itertools import pairwise

SMALL = 4_000_000  # multiply-adds of a product; below it a second thread saves less than a tenth of a millisecond


def one_thread():
    """Return a context in which every matrix product runs on one thread."""
    return contextlib.nullcontext() if sys.platform == "emscripten" else _controller().limit(limits=1)


def threads_for(sizes, columns):
    """Return a context in which products as large as those of a step run on as many threads as is good for them.

    Parameters
    ----------
    sizes : list of int
        Features, then units per layer.
    columns : int
        The examples of a step.

    Returns
    -------
    context manager
        `one_thread` below `SMALL`; above it, one that changes nothing.
    """
    largest = max(units * inputs for inputs, units in pairwise(sizes)) * columns
    return one_thread() if largest < SMALL else contextlib.nullcontext()


@cache
def _controller():
    from threadpoolctl import ThreadpoolController  # here, so that an explorer appears sooner

    return ThreadpoolController()
