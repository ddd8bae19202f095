"""A training that its settings and a number of steps define: it can be moved to any step, also back.

The same settings and steps give the same parameters and the same records, and so the same picture, however one got
there. Forwards the training goes on; backwards it begins again from the seed.
"""

import time
from typing import NamedTuple

import numpy as np

from nbhelpers import datasets
from nbhelpers.explorers.playground.text import UNITS
from nbhelpers.network import Network
from nbhelpers.training import Record, Trainer
from nbhelpers.training.threads import threads_for

EXAMPLES, HELD_OUT = 200, 0.25  # their number, and the share that is not trained on
_NO_END = 10**6  # epochs
_THINNED = 1.01  # a record follows when the steps have grown by this factor: hundreds of records, whatever the steps


class Look(NamedTuple):
    """What there is to be seen of a run at one step.

    Attributes
    ----------
    network : Network or None
        With the parameters of this step, or with the last good ones if the training has gone wrong; None if they are
        too large for a float.
    records : list of Record
        The first is the start, the last was measured at this step; if the training has gone wrong, before that.
    findings : tuple of nbhelpers.training.Finding
        What is wrong at the latest record of the training itself.
    """

    network: Network | None
    records: list[Record]
    findings: tuple

    @property
    def now(self):
        """The last record."""
        return self.records[-1]


class TrainingRun:
    """A training on points of the plane, from its seed on.

    Parameters
    ----------
    values : dict
        The values of the playground's controls by name; the number of steps is not looked at.

    Attributes
    ----------
    training, held_out : nbhelpers.datasets.Dataset
    trainer : nbhelpers.training.Trainer
    steps : int
        How many updates were made, with the one at which the training went wrong.
    sizes : list of int
        Of the network: features, hidden units, outputs.
    updates : int
        How many steps an epoch has.
    """

    def __init__(self, values):
        self._values = values
        self.training, self.held_out = _examples(values)
        self.sizes = [2, *(values[name] for name in UNITS[: values["layers"]]), self.training.m]
        batch = self.training.d if values["batch"] == "all" else int(values["batch"])
        self.updates = -(-self.training.d // batch)
        self._options = {"learning_rate": values["η"], "batch_size": batch, "optimizer": values["optimizer"]}
        self._options |= {"l2": values["L2"], "dropout": values["dropout"], "epochs": _NO_END}
        self._restart()

    def _restart(self):
        network = _network(self._values, self.sizes)
        self.trainer, self.steps = self._trainer(network, rng=_rng(self._values, "order")), 0

    def _trainer(self, network, **options):
        held_out = self.held_out.X, self.held_out.Y
        return Trainer(network, self.training.X, self.training.Y, validation=held_out, **self._options, **options)

    @property
    def has_penalty(self):
        """Whether there is one, so that its curve belongs into the picture."""
        return self._options["l2"] > 0

    # --- moving ---------------------------------------------------------------------------------------------------

    @property
    def is_over(self):
        """Whether the training has gone wrong, so that no further step is made."""
        return self.trainer.reason is not None

    def go_to(self, steps, seconds=np.inf):
        """Make the updates up to a step, or as many as there is time for; back to an earlier step from the seed."""
        end = time.perf_counter() + seconds
        if steps < self.steps:
            self._restart()
        with threads_for(self.sizes, self.trainer.batch_size):
            while self.steps < steps and not self.is_over and time.perf_counter() < end:
                self.trainer.step()
                self.steps += 1
                if self._is_record_due():
                    self.trainer.record()

    def _is_record_due(self):
        ends_an_epoch = self.steps % self.updates == 0 and not self.is_over
        return ends_an_epoch and self.steps >= _THINNED * self.trainer.records[-1].steps

    # --- looking --------------------------------------------------------------------------------------------------

    def look(self):
        """Return what there is to be seen now, a `Look`. It leaves no trace in the training."""
        records = list(self.trainer.records)
        try:
            network, findings = self.trainer.network, self.trainer.findings
            if not self.is_over and records[-1].steps != self.steps:
                records.append(self._measured(network))
        except (ValueError, OverflowError, IndexError):  # what a step led to has no numbers; the next one will say so
            network, findings = None, ()
        return Look(network, records, findings)

    def _measured(self, network):
        """A record outside of the order of records: the first one of a training that begins here."""
        record = self._trainer(network).records[0]
        return record._replace(steps=self.steps, epochs=self.trainer.epochs)


def _rng(values, purpose):
    """Return a generator for one purpose, so that none of them changes what another one draws."""
    return np.random.default_rng([values["seed"], ("examples", "split", "weights", "order").index(purpose)])


def _examples(values):
    """Return the examples to train on and those that are held out, standardized."""
    data = datasets.TOY[values["data"]](EXAMPLES, noise=values["noise"], rng=_rng(values, "examples"))
    return datasets.standardized(*data.split(HELD_OUT, rng=_rng(values, "split")))


def _network(values, sizes):
    last, loss = ("sigmoid", "binary_cross_entropy") if sizes[-1] == 1 else ("softmax", "categorical_cross_entropy")
    activations = [values["activation"]] * (len(sizes) - 2) + [last]
    return Network.initialize(sizes, activations, loss, values["weights"], _rng(values, "weights"))
