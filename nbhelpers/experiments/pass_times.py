r"""How long the passes of a network take on this machine: by matrix products, by plain loops, by differences.

The counts of ``operation_counts.py`` are the same on every machine; these times are not, and never the same twice. What
would take too long is measured on fewer examples and scaled up; differences are 2 P times the measured cost. All is
done on one thread: loops have no other, and side by side with other programs several threads would wait for each other.
"""

import statistics
import time
from typing import NamedTuple

import numpy as np

from nbhelpers.experiments import loops
from nbhelpers.experiments.operation_counts import backward_work, forward_work, parameter_count
from nbhelpers.network import Network
from nbhelpers.training.parameter_vector import Vectors
from nbhelpers.training.passes import Passes
from nbhelpers.training.threads import one_thread

MAX_PARAMETERS = 200_000
_MATRIX_WORK, _LOOP_WORK = 6e7, 1.5e6  # multiply-adds that take some hundredths of a second
_MATRIX_ENTRY, _LOOP_ENTRY = 50, 3  # multiply-adds that an element-wise operation costs as much as
_SECONDS, _MOST = 0.02, 50  # for the repetitions of a measurement, and how many
_LEAST = 3  # on a busy machine one may be far out


class PassTimes(NamedTuple):
    """Times in seconds, for all examples.

    Attributes
    ----------
    forward, backward : float
        By matrix products, as training makes them.
    differences : float
        Estimated: 2 P times a forward pass with its cost.
    loop_forward, loop_backward : float
        By `nbhelpers.experiments.loops`.
    examples, loop_examples : int
        How many examples were used; with fewer than asked for, the times are scaled up.
    """

    forward: float
    backward: float
    differences: float
    loop_forward: float
    loop_backward: float
    examples: int
    loop_examples: int


def median_time(run, seconds=_SECONDS):
    """Return the median time of a call, in seconds.

    Parameters
    ----------
    run : callable
        Called without arguments, again and again; the first time does not count.
    seconds : float
        No further call begins after so long, once there were 3; and none after four times as long.

    Returns
    -------
    float
    """
    begin, times = time.perf_counter(), [_time_of(run)]
    while len(times) <= _MOST and time.perf_counter() - begin < (seconds if len(times) > _LEAST else 4 * seconds):
        times.append(_time_of(run))
    return statistics.median(times[1:] or times)


def measured_passes(sizes, d):
    """Measure the passes of a network with tanh units and a linear output, in about a quarter of a second.

    Parameters
    ----------
    sizes : list of int
        Features, then units per layer.
    d : int
        Examples.

    Returns
    -------
    PassTimes

    Raises
    ------
    ValueError
        If the network has more than `MAX_PARAMETERS`.
    """
    P = parameter_count(sizes)
    if P > MAX_PARAMETERS:
        raise ValueError(f"the network has {P:,} parameters; passes are measured up to {MAX_PARAMETERS:,}")
    with one_thread():
        return _measured(sizes, d, np.random.default_rng(0))


def _measured(sizes, d, rng):
    activations = ["tanh"] * (len(sizes) - 2) + ["linear"]
    network = Network.initialize(sizes, activations, "squared_error", rng=rng)
    few = _examples(sizes, d, _MATRIX_WORK, _MATRIX_ENTRY)
    fewer = _examples(sizes, d, _LOOP_WORK, _LOOP_ENTRY)
    forward, backward, cost = (seconds * d / few for seconds in _by_matrices(network, *_data(network, few, rng)))
    by_loops = (seconds * d / fewer for seconds in _by_loops(network, *_data(network, fewer, rng)))
    return PassTimes(forward, backward, 2 * parameter_count(sizes) * (forward + cost), *by_loops, few, fewer)


def _by_matrices(network, X, Y):
    passes = Passes(network, Vectors(network), X.shape[1])
    runs = (lambda: passes.forward(X), lambda: passes.backward(Y), lambda: passes.cost(Y))
    return [median_time(run) for run in runs]


def _by_loops(network, X, Y):
    forward = network.forward(X)
    runs = (lambda: loops.forward(network, X), lambda: loops.backward(network, forward, Y))
    return [median_time(run) for run in runs]


def _data(network, d, rng):
    return rng.normal(size=(network.sizes[0], d)), rng.normal(size=(network.sizes[-1], d))


def _examples(sizes, d, limit, entry):
    """How many of `d` examples forward and back take no more than `limit` multiply-adds, at least 1."""
    works = forward_work(sizes, 1), backward_work(sizes, 1)
    each = sum(work.multiply_adds + entry * work.elementwise for work in works)
    return max(1, min(d, int(limit / each)))


def _time_of(run):
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin
