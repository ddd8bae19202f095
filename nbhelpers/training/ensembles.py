"""The same experiment over many seeds or settings, and a gradient in parts: side by side, through joblib.

The same call runs on the cores of one machine and, inside ``joblib.parallel_config(backend="dask")``, on a cluster. The
numbers do not depend on how many workers there are: each run has a random generator of its own, made from its seed, and
each part of a gradient is computed on one thread and added in order.
"""

import numpy as np

from nbhelpers import checks
from nbhelpers.checks import require_whole
from nbhelpers.numbers_as_text import count
from nbhelpers.training.threads import one_thread
from nbhelpers.training.trainer import ended_by_an_interruption


def ensemble(experiment, seeds=range(20), settings=None, n_jobs=None):
    """Run an experiment once per seed, and per setting, and return all results in order.

    Parameters
    ----------
    experiment : callable
        ``experiment(rng, **setting)`` returns anything, for instance a `History`; all that is random in it comes from
        `rng`, a `numpy.random.Generator` made anew from the seed of the run.
    seeds : iterable of int
        A run for each; by default 0 to 19.
    settings : list of dict, optional
        Keyword arguments of the experiment; each setting is run with every seed.
    n_jobs : int, optional
        How many runs at a time, as in joblib: -1 for one per core; by default 1, or what `joblib.parallel_config` says.

    Returns
    -------
    list
        A result per seed; with `settings` a list of these, one per setting. Ctrl-C ends all runs.

    Examples
    --------
    >>> throw = lambda rng, sides=6: int(rng.integers(1, sides + 1))
    >>> len(ensemble(throw, seeds=range(5)))
    5
    >>> ensemble(throw, seeds=[0, 1], settings=[{"sides": 6}, {"sides": 1}])[1]
    [1, 1]
    """
    seeds, rows = list(seeds), [{}] if settings is None else [dict(setting) for setting in settings]
    results = _side_by_side(_run, [(experiment, seed, setting) for setting in rows for seed in seeds], n_jobs)
    results = [results[k * len(seeds) : (k + 1) * len(seeds)] for k in range(len(rows))]
    return results[0] if settings is None else results


def _side_by_side(function, calls, n_jobs):
    from joblib import Parallel, delayed  # here, so that an explorer appears sooner

    return Parallel(n_jobs=n_jobs)(delayed(function)(*arguments) for arguments in calls)


def _run(experiment, seed, setting):
    with one_thread(), ended_by_an_interruption():  # the workers share the cores; and one thread adds in one order
        return experiment(np.random.default_rng(seed), **setting)


def band(runs, what=None, share=0.8):
    """Return the median over many runs, and the band that holds the middle `share` of them.

    Parameters
    ----------
    runs : list of History, or array_like of shape (runs, k)
        Runs that stopped early hold their last value to the end of the longest.
    what : str, optional
        Which column of the histories, such as "validation_cost".
    share : float
        Above 0 and up to 1: with 0.8 a tenth of the runs lies below the band and a tenth above it.

    Returns
    -------
    middle, low, high : numpy.ndarray, shape (k,)

    Raises
    ------
    ValueError
        If there are no runs, or the histories do not have what is asked for.

    Examples
    --------
    >>> [line.tolist() for line in band([[1, 2], [3, 2], [5, 2]], share=1)]
    [[3.0, 2.0], [1.0, 2.0], [5.0, 2.0]]
    """
    if not 0 < share <= 1:
        raise ValueError(f"share is {share}, expected a number above 0 and up to 1")
    rows = _held_to_the_end([_column_of(run, what) for run in runs])
    edge = 50 * (1 - share)
    return tuple(np.percentile(rows, [50, edge, 100 - edge], axis=0))


def _column_of(run, what):
    values = run if what is None else getattr(run, what)
    if values is None:
        raise ValueError(f"these histories have no {what}")
    return np.asarray(values, float)


def _held_to_the_end(columns):
    if not columns:
        raise ValueError("there are no runs")
    length = max(map(len, columns))
    return np.array([np.pad(column, (0, length - len(column)), mode="edge") for column in columns])


class SplitGradients:
    """The gradients of the parameters, put together from parts; `Network.updated` takes them.

    Attributes
    ----------
    by_parameter : dict of str to numpy.ndarray
        ``{"W1": dW[1], "b1": db[1], ...}``, as of `Gradients`.
    """

    def __init__(self, by_parameter):
        self.by_parameter = by_parameter

    def __repr__(self):
        shapes = ", ".join(f"{name}: {value.shape}" for name, value in self.by_parameter.items())
        return f"SplitGradients({shapes})"


def split_gradient(network, X, Y, parts=2, n_jobs=None):
    """Compute the gradient of the mean cost in parts, and put the parts together.

    The cost is a mean over examples, and the gradient of a mean is the mean of the gradients. With d_k examples in
    part k:

        dJ/dW = Σ_k (d_k / d) dJ_k/dW

    So each part can be computed by another core or machine, which needs only its own examples and the parameters.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n, d)
    Y : array_like, shape (m, d)
    parts : int
        From 1 to d; their sizes differ by one at most.
    n_jobs : int, optional
        As for `ensemble`.

    Returns
    -------
    SplitGradients
        The same numbers, up to rounding, as ``network.backward(network.forward(X), Y)``, and exactly the same whatever
        the number of workers.

    Raises
    ------
    TypeError, ValueError
        Examples that do not fit the network, or more parts than examples.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> network, X, Y = worked_example.network(), worked_example.X, worked_example.Y
    >>> split_gradient(network, X, Y, parts=1).by_parameter["b2"].round(8)
    array([[-0.22348026]])
    """
    X = checks.checked_input(X, network)
    Y, d = checks.checked_labels(Y, network.forward(X), network), X.shape[1]
    require_whole("parts", parts, 1)
    if parts > d:
        raise ValueError(f"there are {parts} parts, but only {count(d, 'example')}: X is {X.shape}")
    columns = np.array_split(np.arange(d), parts)
    gradients = _side_by_side(_gradient_of, [(network, X[:, c], Y[:, c]) for c in columns], n_jobs)
    return SplitGradients({name: _mean_of(name, gradients, columns, d) for name in network.parameters})


def _gradient_of(network, X, Y):
    with one_thread():
        return network.backward(network.forward(X), Y).by_parameter


def _mean_of(name, gradients, columns, d):
    return sum(len(c) / d * gradient[name] for c, gradient in zip(columns, gradients, strict=True))
