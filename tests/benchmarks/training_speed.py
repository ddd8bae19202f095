"""How long an epoch of plain gradient descent takes: ours, scikit-learn's, PyTorch's, and the bare matrix products.

    uv run python tests/benchmarks/training_speed.py

Same sizes, batches, number type and learning rate, in one run, in turns. Ours and scikit-learn's are called as a user
calls them: the start counts, and `train` records each epoch; the steps alone have a row of their own. Each contender is
measured with one thread and with all, and its better median counts. Machines differ and are noisy: only the ratios say
something. PyTorch is a peer and not a dependency; where it is not installed its rows are left out, and the table says
so.
"""

import argparse
import contextlib
import os
import time
import warnings
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from nbhelpers import Network
from nbhelpers.training import Trainer, train

try:
    import torch
except ImportError:
    torch = None


class Task(NamedTuple):
    """A network, and how it is trained."""

    sizes: list
    d: int
    batch_size: int
    dtype: type
    epochs: int  # per measurement

    def __str__(self):
        batch = "full batch" if self.batch_size == self.d else f"batch {self.batch_size}"
        return f"{'-'.join(map(str, self.sizes))}, d = {self.d}, {batch}, {np.dtype(self.dtype)}"


TASKS = [
    Task([2, 16, 16, 2], 500, 500, np.float64, 200),
    Task([64, 32, 10], 1437, 32, np.float64, 20),
    Task([784, 128, 10], 12_000, 128, np.float64, 3),
    Task([784, 128, 10], 12_000, 128, np.float32, 3),
]
RATE = 0.01


# --- the contenders: functions of a task that return a function which trains for some epochs --------------------------


def examples(task):
    """Random examples: what they are makes no difference to the time."""
    rng = np.random.default_rng(0)
    X = rng.random((task.sizes[0], task.d)).astype(task.dtype)
    return X, rng.integers(task.sizes[-1], size=task.d)


def start_of(task):
    """Return (network, X, Y, options) for `train` and `Trainer`."""
    X, labels = examples(task)
    Y = np.eye(task.sizes[-1], dtype=task.dtype)[:, labels]
    activations = ["relu"] * (len(task.sizes) - 2) + ["softmax"]
    network = Network.initialize(task.sizes, activations, "categorical_cross_entropy", "he", rng=0, dtype=task.dtype)
    return network, X, Y, {"learning_rate": RATE, "batch_size": task.batch_size, "rng": 0}


def ours(task):
    network, X, Y, options = start_of(task)
    return lambda epochs: train(network, X, Y, epochs=epochs, **options)


def our_steps(task):
    network, X, Y, options = start_of(task)
    trainer = Trainer(network, X, Y, epochs=10**9, record_every=10**9, **options)

    def run(epochs):
        for _ in range(epochs):
            trainer.epoch()

    return run


def scikit_learn(task):
    from sklearn.neural_network import MLPClassifier  # here, for it takes a second to load

    X, labels = examples(task)
    rows = np.ascontiguousarray(X.T)
    options = {"solver": "sgd", "alpha": 0, "momentum": 0, "learning_rate_init": RATE, "random_state": 0}
    options |= {"batch_size": task.batch_size, "tol": 0, "n_iter_no_change": 10**9}

    def run(epochs):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged is meant
            MLPClassifier(tuple(task.sizes[1:-1]), max_iter=epochs, **options).fit(rows, labels)

    return run


def pytorch(task):
    X, labels = examples(task)
    rows, labels = torch.from_numpy(np.ascontiguousarray(X.T)), torch.from_numpy(labels)
    layers = []
    for inputs, units in zip(task.sizes, task.sizes[1:], strict=False):
        layers += [torch.nn.Linear(inputs, units, dtype=rows.dtype), torch.nn.ReLU()]
    model, loss = torch.nn.Sequential(*layers[:-1]), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)

    def run(epochs):
        for _ in range(epochs):
            for batch in torch.randperm(task.d).split(task.batch_size):
                optimizer.zero_grad()
                loss(model(rows[batch]), labels[batch]).backward()
                optimizer.step()

    return run


def bare_products(task):
    """The matrix products of the passes and nothing else: what no implementation on the same BLAS can be below."""
    rng, B, L = np.random.default_rng(0), task.batch_size, len(task.sizes) - 1
    W = [rng.random((h, g)).astype(task.dtype) for g, h in zip(task.sizes, task.sizes[1:], strict=False)]
    A = [rng.random((h, B)).astype(task.dtype) for h in task.sizes]
    out, dW = [np.empty_like(M) for M in A], [np.empty_like(M) for M in W]

    def run(epochs):
        for _ in range(epochs * -(-task.d // B)):
            for l in range(L):
                np.matmul(W[l], A[l], out=out[l + 1])
            for l in reversed(range(L)):
                np.matmul(A[l + 1], A[l].T, out=dW[l])
                if l:
                    np.matmul(W[l].T, A[l + 1], out=out[l])

    return run


CONTENDERS = {
    "nbhelpers": ours,
    "nbhelpers, the steps alone": our_steps,
    "scikit-learn MLPClassifier": scikit_learn,
    "PyTorch": pytorch,
    "bare matrix products": bare_products,
}


# --- measuring --------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def threads(number):
    """Let BLAS and PyTorch use so many threads."""
    if torch:
        torch.set_num_threads(number)
    with threadpool_limits(number):
        yield


def measured(task, rounds, contenders):
    """Return the time of an epoch in ms by contender: the better median of one thread and of all."""
    runs = {name: make(task) for name, make in contenders.items()}
    times = {(name, number): [] for name in runs for number in {1, os.cpu_count()}}
    for run in runs.values():
        run(1)  # what is set up in the first epoch does not count
    for _ in range(rounds):
        for (name, number), seen in times.items():
            with threads(number):
                begin = time.perf_counter()
                runs[name](task.epochs)
                seen.append(1000 * (time.perf_counter() - begin) / task.epochs)
    return {name: min(np.median(times[key]) for key in times if key[0] == name) for name in runs}


def table(task, times):
    """Return the lines of a table: ms per epoch, and each contender's time over ours."""
    own = times["nbhelpers"]
    lines = [f"{name:38}{ms:10.3f} ms{ms / own:9.2f}" for name, ms in times.items()]
    return [f"{task}".ljust(38) + "     per epoch  ÷ ours", *lines, ""]


def parsed(arguments):
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", "--rounds", type=int, default=7, help="measurements of each contender (default: 7)")
    return parser.parse_args(arguments)


def main(arguments=None):
    """Measure, and print a table per task."""
    options = parsed(arguments)
    contenders = {name: make for name, make in CONTENDERS.items() if torch or make is not pytorch}
    if not torch:
        print("PyTorch is not installed: its rows are left out.\n")
    for task in TASKS:
        print("\n".join(table(task, measured(task, options.rounds, contenders))), flush=True)


if __name__ == "__main__":
    main()
