"""The cycle of learning: forward, loss, backward, update, again; by hand with a `Trainer`, to its end with `train`.

A `Trainer` makes one step at a time, or an epoch; it records what happens and never draws. Which examples a step takes
is told by ``batches.py``, how a pass is computed on kept memory by ``passes.py``, what is recorded by ``records.py``,
and what the training says when it goes wrong by ``findings.py``.
"""

from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from math import isfinite
from numbers import Real
from typing import NamedTuple

import numpy as np

from nbhelpers import checks
from nbhelpers.numbers_as_text import count
from nbhelpers.training import findings, measures
from nbhelpers.training.batches import Batches
from nbhelpers.training.options import Options
from nbhelpers.training.parameter_vector import Vectors
from nbhelpers.training.passes import Passes
from nbhelpers.training.records import History, Record
from nbhelpers.training.threads import threads_for


class Trainer:
    """A training that can be moved by hand: one step, one epoch.

    Parameters
    ----------
    network, X, Y
        As for `train`.
    **options
        As for `train`, without `callback` and `progress`.

    Attributes
    ----------
    options : Options
    batch_size : int
        The examples of a step; the last one of an epoch may have fewer.
    steps, epochs : int
        Updates that were made, and epochs that were completed.
    records : list of Record
        What was recorded so far; the first is the state before training.
    reason, stopped : str or None
        Why it has stopped, in short and in words; None while it can go on.
    failure : Finding or None
        What stopped it, if it went wrong.
    activations : list of Activation
        One per layer.
    scale : float
        The cost of the best prediction that is the same for all examples, for comparison.
    largest_input : float
        The largest absolute value among the inputs that are measured.

    Examples
    --------
    >>> from nbhelpers import worked_example
    >>> trainer = Trainer(worked_example.network(), worked_example.X, worked_example.Y, learning_rate=0.5)
    >>> trainer.step()
    >>> round(trainer.record().cost, 8)
    0.20628465
    """

    def __init__(self, network, X, Y, **options):
        self.options = Options(**options)
        self._penalties = self.options.l2 or network.l2, self.options.l1
        self._start, self._vectors, self._passes = network, Vectors(network, _frozen(self.options, network)), {}
        self._batches = Batches(*_checked(network, X, Y), self.options.batch_size, self.options.rng)
        self._shown = self._to_measure_on(self.options.record_on)
        self._share_right = measures.counter_of_right(network.loss, self._shown[1])
        self._held_out = _checked(network, *self.options.validation, copy=True) if self.options.validation else None
        self._optimize = self.options.optimizer.start(self._vectors.theta)
        self._begin()

    def _to_measure_on(self, most):
        X, Y, d = self._batches.X, self._batches.Y, self._batches.d
        if self._batches.is_full or most is None or self._start.reduction == "sum":
            return X, Y  # the sum over some is not the sum over all
        if d <= 1.5 * most:
            return X, Y  # leaving out fewer than a third would save little
        drawn = np.random.default_rng(0).permutation(d)[:most]  # not with the generator that orders the steps
        return X[:, drawn], Y[:, drawn]

    def _begin(self):
        self.steps = self.epochs = 0
        self.reason = self.stopped = self.failure = None
        self.batch_size = self._batches.size
        self.activations = [layer.activation for layer in self._start.layers]
        Y = self._shown[1]
        self.scale = measures.cost_of_a_constant(self._start.loss, Y) * self._start.examples_per_part(Y)
        self.largest_input = float(np.abs(self._shown[0]).max(initial=0))
        self._good = self._good_before = self._best = None
        self._highest = 0.0  # the cost that was reached by hand
        self._gradient_at = None  # the step at which the vector of gradients was computed over all examples
        self.records = []
        self.record()
        self._stop_if_done()

    # --- moving ---------------------------------------------------------------------------------------------------

    def step(self):
        """Make one update, with the next mini-batch. Does nothing once the training has stopped."""
        if self.reason is None:
            with _beyond_floats():
                self._step(self._rate(self.epochs))

    def _step(self, learning_rate):
        passes = self._forward_and_backward()
        theta, gradient = self._vectors.theta, self._vectors.gradient
        if not isfinite(gradient.dot(gradient)):
            self._fail_at(*passes.culprit())
            return
        step = self._optimize(gradient, learning_rate, out=gradient)  # less memory to go through, so less time
        np.subtract(theta, step, out=theta)
        self.steps += 1
        if self._batches.is_epoch_over:
            self.epochs += 1

    def epoch(self):
        """Make the updates up to the end of this epoch, and a record if one is due."""
        end, learning_rate = self.epochs + 1, self._rate(self.epochs)
        with _beyond_floats():
            while self.reason is None and self.epochs < end:
                self._step(learning_rate)
            if self.reason is None and (end % self.options.record_every == 0 or end >= self.options.epochs):
                self._record()
        self._stop_if_done()

    def stop(self, reason, words):
        """Stop: make the last record, unless it went wrong, and remember why."""
        if self.reason is None:
            self.record()
        self.reason, self.stopped = self.reason or reason, self.stopped or words

    def _forward_and_backward(self):
        if self._batches.is_full and not self.options.dropout and self._gradient_at == self.steps:
            return self._passes_for(self._batches.d, "record")  # made for the record, at these parameters
        X, Y = self._batches.take()
        passes = self._passes_for(X.shape[1])
        passes.forward(X, self.options.dropout, self.options.rng)
        passes.backward(Y)
        self._vectors.add_penalty_gradient(*self._penalties)
        return passes

    def _passes_for(self, d, what="training"):
        # The held-out examples have passes of their own: those of the training examples are still to be read.
        if (d, what) not in self._passes:
            self._passes[d, what] = Passes(self._start, self._vectors, d)
        return self._passes[d, what]

    def _rate(self, epoch):
        return checks.checked_learning_rate(self.options.learning_rate(epoch, self.options.epochs))

    def change(self, name, entry, value):
        """Set one weight or bias by hand, between two steps.

        What was measured at this step is measured again, and from here on the training has diverged when it is far
        above that, too. An optimizer goes on with what it remembers.

        Parameters
        ----------
        name : str
            One of `Network.parameters`: ``"W1"``, ``"b2"``.
        entry : tuple of int
            Row and column, from 0.
        value : float

        Raises
        ------
        ValueError
            If there is no such parameter, if the value is no number, or if the training has stopped.
        OverflowError
            If the numbers of the network become too large for a float. Nothing has changed then.
        """
        self.record()  # what it was before says how long the last step was, and is then measured again
        if self.reason is not None:
            raise ValueError(f"the training has stopped ({self.reason}): go back before a weight is changed")
        if name not in self._start.parameters:
            raise ValueError(f"there is no {name}, expected one of {', '.join(self._start.parameters)}")
        M = (self._vectors.W if name[0] == "W" else self._vectors.b)[int(name[1:])]
        if not all(0 <= k < size for k, size in zip(entry, M.shape, strict=True)):
            raise ValueError(f"{name} is {M.shape}: it has no entry [{entry[0] + 1},{entry[1] + 1}]")
        if not isinstance(value, Real) or not isfinite(value):
            raise ValueError(f"the new {name} is {value!r}, expected a finite number")
        old, records = M[tuple(entry)], list(self.records)
        M[tuple(entry)], self._gradient_at = value, None
        try:
            with _beyond_floats():
                self._measure_again()
        except OverflowError:
            M[tuple(entry)], self.records = old, records
            raise

    def _measure_again(self):
        before = self.records.pop()
        if self._good and self._good.record.steps == self.steps:
            self._good = self._good_before
        self._highest = np.inf  # what was set by hand is no failure of the training
        record = self.record()
        self._highest = max(record.total, *(each.total for each in self.records))
        if record.steps == self.steps:
            self.records[-1] = record._replace(update_ratio=before.update_ratio)

    # --- stopping -------------------------------------------------------------------------------------------------

    def _stop_if_done(self):
        if self.reason is None and self.epochs >= self.options.epochs:
            self.reason, self.stopped = "done", f"all {count(self.options.epochs, 'epoch')} are done"

    def _fail_at(self, name, layer):
        if not self.records:
            raise OverflowError(f"layer {layer}: {name} is too large for a float before training: use smaller weights")
        self._fail(findings.not_finite(name, layer, self))

    def _fail(self, finding):
        self.failure, self.reason, self.stopped = finding, finding.kind, finding.message
        self._vectors.theta[:] = self._kept.theta

    @property
    def _kept(self):
        return self._best or self._good

    @property
    def kept_record(self):
        """What was recorded of the parameters that are kept when it goes wrong.

        With `patience` those of the lowest validation cost; else the last ones recorded at which the cost was no higher
        than at the start.
        """
        return self._kept.record

    def _stop_if_no_better(self, record):
        best = self._best and self._best.record
        if best is None or record.validation_cost < best.validation_cost:
            self._best = _Kept(record, self._vectors.theta.copy())
        elif record.epochs - best.epochs >= self.options.patience:
            waited = count(record.epochs - best.epochs, "epoch")
            self.reason = "early stopping"
            self.stopped = f"no better validation cost for {waited}; the parameters of epoch {best.epochs} are kept"

    # --- recording ------------------------------------------------------------------------------------------------

    def record(self):
        """Measure now, unless it was done at this step, and return the `Record`; of a failed training the last one."""
        with _beyond_floats():
            return self._record()

    def _record(self):
        if not self.records or (self.records[-1].steps != self.steps and not self.failure):
            self._measure()
        return self.records[-1]

    def _measure(self):
        ratios = measures.update_ratios(self._vectors, self.steps)
        X, Y = self._shown
        passes = self._passes_for(X.shape[1], "record")
        passes.forward(X)
        passes.backward(Y)
        self._vectors.add_penalty_gradient(*self._penalties)
        if not passes.is_finite():
            self._fail_at(*passes.culprit())
            return
        self._gradient_at = self.steps
        self.records.append(self._measured(passes, ratios))
        self._judge(self.records[-1])

    def _judge(self, record):
        if not record.total <= findings.DIVERGED * max(self._highest, self.records[0].total, self.scale):  # also nan
            self._fail(findings.diverged(record, self))
            return
        if record.total <= self.records[0].total:
            self._good, self._good_before = _Kept(record, self._vectors.theta.copy()), self._good
        if self.options.patience is not None:
            self._stop_if_no_better(record)

    def _measured(self, passes, ratios):
        validation_cost, validation_right = self._on_held_out()
        return Record(
            epochs=self.epochs,
            steps=self.steps,
            learning_rate=self._rate(max(self.epochs - 1, 0)),
            cost=passes.cost(self._shown[1]),
            penalty=self._vectors.penalty(*self._penalties),
            validation_cost=validation_cost,
            accuracy=self._share_right(passes.A[-1]),
            validation_accuracy=validation_right,
            update_ratio=ratios,
            **measures.of_layers(passes),
        )

    def _on_held_out(self):
        if self._held_out is None:
            return None, None
        X, Y = self._held_out
        passes = self._passes_for(X.shape[1], "validation")
        passes.forward(X)
        return passes.cost(Y), measures.share_right(self._start.loss, passes.A[-1], Y)

    # --- what came of it ------------------------------------------------------------------------------------------

    @property
    def network(self):
        """A `Network` with the present parameters."""
        return self._vectors.network_of(self._start, self._vectors.theta)

    @property
    def W(self):
        """The present weights by layer number; they go on changing, and can be too large for a float."""
        return self._vectors.W

    @property
    def findings(self):
        """What went wrong, or is about to, at the latest record: a tuple of `Finding`, shown as a list."""
        return findings.findings(self)

    @property
    def history(self):
        """The `History` up to now, with the parameters that are to be kept."""
        theta = self._best.theta if self._best else self._vectors.theta
        network = self._vectors.network_of(self._start, theta)
        words = {"stopped": self.stopped or "not yet", "reason": self.reason, "findings": self.findings}
        words |= {"examples": self._batches.d, "measured_on": self._shown[0].shape[1]}
        return History.of(self.records, network, **words)


class _Kept(NamedTuple):
    """Parameters that are kept, and what was recorded of them."""

    record: Record
    theta: np.ndarray


def _checked(network, X, Y, copy=False):
    X = checks.checked_input(X, network, copy)  # what goes into batches is copied there
    return X, checks.labels_of(Y, X.shape[1], network)


def _frozen(options, network):
    unknown = [name for name in options.frozen if name not in network.parameters]
    if unknown:
        raise ValueError(f"frozen has {unknown[0]!r}, expected some of {', '.join(network.parameters)}")
    return options.frozen


def _beyond_floats():
    """Let numbers become infinite or nan without a warning: they are found and said."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore")


# --- to its end -------------------------------------------------------------------------------------------------------


def train(network, X, Y, *, callback=None, progress=False, **options):
    """Train a network, and return how it went.

    Each step takes a mini-batch of examples (columns) and moves all parameters against the gradient of its mean cost
    plus the penalty: with plain gradient descent

        W(l) ← W(l) − η (dJ/dW(l) + λ W(l))
        b(l) ← b(l) − η dJ/db(l)

    An epoch is one pass through all examples, in an order drawn anew.

    Parameters
    ----------
    network : Network
        Where it begins. It is not changed.
    X : array_like, shape (n, d)
        A column per example.
    Y : array_like, shape (m, d)
        Labels; one-hot for classes.
    learning_rate : float or schedule
        η; or `constant`, `step_decay`, `cosine`, or any function of (epoch, epochs). By default 0.1.
    epochs : int
        How often all examples are gone through. By default 100.
    batch_size : int, optional
        How many examples a step takes; by default all of them (full batch). The last batch of an epoch may be smaller.
    optimizer : str or optimizer
        "gradient descent", "momentum", "adam"; or `gradient_descent()`, `momentum(beta)`, `adam(beta1, beta2)`.
    l2 : float
        λ of the penalty λ/2 Σ W² over all weights; the biases are free. By default 0.
    l1 : float
        λ of the penalty λ Σ |W|, beside or instead of the other: its gradient
        λ sign(W) pulls small weights as hard as large ones, so that those that do not help
        end near 0. By default 0.
    dropout : float
        The share of hidden units that a step switches off at random, from 0 to below 1. The others are divided by
        1 − dropout, on the way forward and on the way back, so that nothing has to be scaled afterwards.
    frozen : tuple of str, optional
        The names of parameters that stay as they are: ``("W1", "b1")``.
    validation : tuple, optional
        (X_validation, Y_validation): examples that are measured and never learned from.
    patience : int, optional
        Early stopping: stop when the validation cost was not beaten for so many epochs; the best parameters are kept.
    record_every : int
        Epochs from record to record. The first and the last state are always recorded. By default 1.
    record_on : int, optional
        With mini-batches, a record is measured on only so many of the training examples, drawn once, for it would cost
        as much as the epoch; the history says so. Up to half as many again are all measured. None: on all of them. By
        default 1000.
    rng : numpy.random.Generator or int, optional
        Where the order of the examples and the dropout come from. The same seed gives the same bytes.
    callback : callable, optional
        ``callback(trainer)`` is called after each epoch; if it returns True, the training stops.
    progress : bool
        Show a progress bar (tqdm).

    Returns
    -------
    History
        With the trained network in ``history.network``. Ctrl-C ends the training early; what was learned is kept.

    Raises
    ------
    TypeError, ValueError
        Examples that do not fit the network, or an option that makes no sense. When the training itself goes wrong, no
        error is raised: the history says what, where and why, and holds the last good parameters.
    OverflowError
        A network whose numbers are too large for a float before the first step.

    Examples
    --------
    One step on the worked example, with η = 0.5:

    >>> from nbhelpers import worked_example
    >>> history = train(worked_example.network(), worked_example.X, worked_example.Y, learning_rate=0.5, epochs=1)
    >>> history.cost.round(8)
    array([0.25293321, 0.20628465])
    """
    trainer = Trainer(network, X, Y, **options)
    threads = threads_for(network.sizes, trainer.batch_size)
    with threads, _progress_bar(trainer.options.epochs, progress) as bar:
        try:
            while trainer.reason is None:
                trainer.epoch()
                if progress:
                    bar.update()
                if callback is not None and callback(trainer) is True:
                    trainer.stop("callback", f"the callback said so after {count(trainer.epochs, 'epoch')}")
        except KeyboardInterrupt:
            if not _keeps_what_was_learned.get():
                raise
            trainer.stop("interrupted", f"interrupted after {trainer.steps} steps; what was learned is kept")
    return trainer.history


_keeps_what_was_learned = ContextVar("an interrupted training keeps what was learned", default=True)


@contextmanager
def ended_by_an_interruption():
    """Let Ctrl-C end what the trainings are part of, and not only the one that happens to run."""
    before = _keeps_what_was_learned.set(False)
    try:
        yield
    finally:
        _keeps_what_was_learned.reset(before)


def _progress_bar(epochs, progress):
    if not progress:
        return nullcontext()
    from tqdm.auto import tqdm  # here, for it takes a while to load

    return tqdm(total=epochs, unit="epoch")
