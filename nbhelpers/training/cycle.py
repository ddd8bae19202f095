"""The cycle of learning, run to its end: `train`.

How one step is made, measured and judged is told by ``trainer.py``.
"""

from nbhelpers.fits import count
from nbhelpers.training.threads import threads_for
from nbhelpers.training.trainer import Trainer


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
        (X_validation, Y_validation): examples that are measured and never learned from.
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
                bar.update()
                if callback is not None and callback(trainer) is True:
                    trainer.stop("callback", f"the callback said so after {count(trainer.epochs, 'epoch')}")
        except KeyboardInterrupt:
            trainer.stop("interrupted", f"interrupted after {trainer.steps} steps; what was learned is kept")
    return trainer.history


def _progress_bar(epochs, progress):
    from tqdm.auto import tqdm

    return tqdm(total=epochs, unit="epoch", disable=not progress)
