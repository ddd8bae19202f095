"""The cycle of learning: forward, loss, backward, update, again; epoch by epoch, or one step at a time.

`train` runs it to its end. A `Trainer` can be moved by hand: a step, an epoch. Both record what happens and never draw.
How a pass is computed without new memory is told by ``passes.py``, what the measures mean by ``records.py``, and what
the training says when it goes wrong by ``diagnosis.py``.
"""

import numpy as np

from nbhelpers import fits
from nbhelpers.training import diagnosis, measures
from nbhelpers.training.options import Options
from nbhelpers.training.passes import Passes
from nbhelpers.training.records import History, Record
from nbhelpers.training.threads import threads_for
from nbhelpers.training.vectors import Vectors


def train(network, X, Y, *, callback=None, progress=False, **options):
    r"""Train a network, and return how it went.

    Each step takes a mini-batch of examples (columns) and moves all parameters against the gradient of its mean cost
    plus the penalty: with plain gradient descent

    .. math::

        W^{(l)} \leftarrow W^{(l)} - \eta \left( \frac{\partial J}{\partial W^{(l)}} + \lambda W^{(l)} \right), \qquad
        b^{(l)} \leftarrow b^{(l)} - \eta \, \frac{\partial J}{\partial b^{(l)}}.

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
        λ of the penalty :math:`\frac\lambda2 \sum W^2` over all weights; the biases are free. By default 0.
    dropout : float
        The share of hidden units that a step switches off at random, from 0 to below 1. The others are divided by
        1 − dropout, on the way forward and on the way back, so that nothing has to be scaled afterwards.
    validation : tuple, optional
        (X_validation, Y_validation): examples that are measured and never learnt from.
    patience : int, optional
        Early stopping: stop when the validation cost was not beaten for so many epochs; the best parameters are kept.
    record_every : int
        Epochs from record to record. The first and the last state are always recorded. By default 1.
    rng : numpy.random.Generator or int, optional
        Where the order of the examples and the dropout come from. The same seed gives the same bytes.
    callback : callable, optional
        ``callback(trainer)`` is called after each epoch; if it returns True, the training stops.
    progress : bool
        Show a progress bar (tqdm).

    Returns
    -------
    History
        With the trained network in ``history.network``. Ctrl-C ends the training early; what was learnt is kept.

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
                bar.update()
                if callback is not None and callback(trainer) is True:
                    trainer.stop("callback", f"the callback said so after {_epochs(trainer.epochs)}")
        except KeyboardInterrupt:
            trainer.stop("interrupted", f"interrupted after {trainer.steps} steps; what was learnt is kept")
    return trainer.history


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
        self._start, self._vectors, self._passes = network, Vectors(network), {}
        self._examples = _checked(network, X, Y)
        self._held_out = _checked(network, *self.options.validation) if self.options.validation else None
        self._d = self._examples[0].shape[1]
        self.batch_size = min(self.options.batch_size or self._d, self._d)
        # Examples of a batch are gathered as rows, which lie together in memory; transposed they are columns again.
        self._rows = None if self._d == self.batch_size else [np.ascontiguousarray(M.T) for M in self._examples]
        self._optimize, self._batches = self.options.optimizer.start(self._vectors.theta), []
        self._begin()

    def _begin(self):
        self.steps = self.epochs = 0
        self.reason = self.stopped = self.failure = None
        self.activations = [layer.activation for layer in self._start.layers]
        self.scale = measures.cost_of_a_constant(self._start.loss, self._examples[1])
        self._good, self._best = (0, self._vectors.theta.copy()), (np.inf, 0, None)
        self._gradient_at = None  # the step at which the vector of gradients was computed over all examples
        self.records = []
        self.record()
        self._stop_if_done()

    # --- moving ---------------------------------------------------------------------------------------------------

    def step(self):
        """Make one update, with the next mini-batch. Does nothing once the training has stopped."""
        if self.reason is not None:
            return
        passes = self._forward_and_backward()
        theta, gradient, step = self._vectors.theta, self._vectors.gradient, self._vectors.step
        with _beyond_floats():
            if not np.isfinite(gradient @ gradient):
                self._fail_at(*passes.culprit())
                return
            self._optimize(gradient, self._rate(self.epochs), step)
            np.subtract(theta, step, out=theta)
        self.steps += 1
        if not self._batches:
            self.epochs += 1

    def epoch(self):
        """Make the updates up to the end of this epoch, and a record if one is due."""
        end = self.epochs + 1
        with _beyond_floats():
            while self.reason is None and self.epochs < end:
                self.step()
            if self.reason is None and (end % self.options.record_every == 0 or end >= self.options.epochs):
                self.record()
        self._stop_if_done()

    def stop(self, reason, words):
        """Stop: make the last record, unless it went wrong, and remember why."""
        if self.reason is None:
            self.record()
        self.reason, self.stopped = self.reason or reason, self.stopped or words

    def _forward_and_backward(self):
        if self._rows is None and not self.options.dropout and self._gradient_at == self.steps:
            return self._passes_for(self._d)  # the record at these parameters has made just these passes
        X, Y = self._next_batch()
        passes = self._passes_for(X.shape[1])
        with _beyond_floats():
            passes.forward(X, self.options.dropout, self.options.rng)
            passes.backward(Y)
        self._vectors.add_penalty_gradient(self.options.l2)
        return passes

    def _next_batch(self):
        if self._rows is None:
            return self._examples
        if not self._batches:
            order = self.options.rng.permutation(self._d)
            self._batches = [order[k : k + self.batch_size] for k in range(0, self._d, self.batch_size)][::-1]
        batch = self._batches.pop()
        return [np.take(rows, batch, axis=0).T for rows in self._rows]

    def _passes_for(self, d, what="training"):
        # The held-out examples have passes of their own: those of the training examples are still to be read.
        if (d, what) not in self._passes:
            self._passes[d, what] = Passes(self._start, self._vectors, d)
        return self._passes[d, what]

    def _rate(self, epoch):
        return fits.checked_learning_rate(self.options.learning_rate(epoch, self.options.epochs))

    # --- stopping -------------------------------------------------------------------------------------------------

    def _stop_if_done(self):
        if self.reason is None and self.epochs >= self.options.epochs:
            self.reason, self.stopped = "done", f"all {_epochs(self.options.epochs)} are done"

    def _fail_at(self, name, layer):
        if not self.records:
            raise OverflowError(f"layer {layer}: {name} is too large for a float before training: use smaller weights")
        self._fail(diagnosis.not_finite(name, layer, self))

    def _fail(self, finding):
        self.failure, self.reason, self.stopped = finding, finding.kind, finding.message
        self._vectors.theta[:] = self._good[1]

    @property
    def good_step(self):
        """The step of the last record at which the cost was no higher than at the start."""
        return self._good[0]

    def _stop_if_no_better(self, record):
        cost, epoch, _ = self._best
        if record.validation_cost < cost:
            self._best = (record.validation_cost, record.epochs, self._vectors.theta.copy())
        elif record.epochs - epoch >= self.options.patience:
            self.reason = "early stopping"
            waited = _epochs(record.epochs - epoch)
            self.stopped = f"no better validation cost for {waited}; the parameters of epoch {epoch} are kept"

    # --- recording ------------------------------------------------------------------------------------------------

    def record(self):
        """Measure now, unless it was done at this step, and return the `Record`."""
        if not self.records or self.records[-1].steps != self.steps:
            with _beyond_floats():
                self._measure()
        return self.records[-1]

    def _measure(self):
        passes = self._passes_for(self._d)
        passes.forward(self._examples[0])
        passes.backward(self._examples[1])
        self._vectors.add_penalty_gradient(self.options.l2)
        if not passes.is_finite():
            self._fail_at(*passes.culprit())
            return
        self._gradient_at = self.steps
        self.records.append(self._measured(passes))
        self._judge(self.records[-1])

    def _judge(self, record):
        start = self.records[0].total
        if record.total > diagnosis.DIVERGED * max(start, self.scale):
            self._fail(diagnosis.diverged(record, self))
            return
        if record.total <= start:
            self._good = (record.steps, self._vectors.theta.copy())
        if self.options.patience is not None:
            self._stop_if_no_better(record)

    def _measured(self, passes):
        cost, right = measures.costs(passes, self._examples[1])
        validation_cost, validation_right = self._on_held_out()
        return Record(
            epochs=self.epochs,
            steps=self.steps,
            learning_rate=self._rate(max(self.epochs - 1, 0)),
            cost=cost,
            penalty=measures.penalty(self._vectors, self.options.l2),
            validation_cost=validation_cost,
            accuracy=right,
            validation_accuracy=validation_right,
            update_ratio=measures.update_ratios(self._vectors, self.steps),
            **measures.of_layers(passes),
        )

    def _on_held_out(self):
        if self._held_out is None:
            return None, None
        X, Y = self._held_out
        passes = self._passes_for(X.shape[1], "validation")
        passes.forward(X)
        return measures.costs(passes, Y)

    # --- what came of it ------------------------------------------------------------------------------------------

    @property
    def network(self):
        """A `Network` with the present parameters."""
        return self._vectors.network_of(self._start, self._vectors.theta)

    @property
    def findings(self):
        """What went wrong, or is about to, at the latest record: a tuple of `Finding`."""
        return diagnosis.findings(self)

    @property
    def history(self):
        """The `History` up to now, with the parameters that are to be kept."""
        best = self._best[2]
        network = self._vectors.network_of(self._start, self._vectors.theta if best is None else best)
        words = {"stopped": self.stopped or "not yet", "reason": self.reason, "findings": self.findings}
        return History.of(self.records, network, **words)


def _checked(network, X, Y):
    X = fits.checked_input(X, network)
    return X, fits.checked_labels(Y, network.forward(X), network)


def _beyond_floats():
    """Let numbers become infinite or nan without a warning: they are found and said."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore")


def _epochs(count):
    return fits.count(count, "epoch")


def _progress_bar(epochs, progress):
    from tqdm.auto import tqdm

    return tqdm(total=epochs, unit="epoch", disable=not progress)
