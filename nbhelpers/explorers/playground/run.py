"""A training that its settings and a number of steps define: it can be moved to any step, also back.

The same settings and steps give the same parameters and the same records, and so the same picture, however one got
there. Forwards the training goes on; backwards it begins again from the seed.
"""

from typing import NamedTuple

import numpy as np

from nbhelpers import datasets
from nbhelpers.explorers.playground.edits import named, read_edits
from nbhelpers.explorers.playground.text import OWN, UNITS
from nbhelpers.network import Network
from nbhelpers.training import Record, Trainer
from nbhelpers.training.threads import threads_for

EXAMPLES = 200
_NO_END = 10**6  # epochs
_THINNED = 1.01  # a record follows when the steps have grown by this factor: hundreds of records, whatever the steps


class Look(NamedTuple):
    """What there is to be seen of a run at one step.

    Attributes
    ----------
    network : Network or None
        With the parameters of this step, or with the last good ones if the training has gone wrong; None if they are
        too large for a float.
    now : Record
        What was measured of this network; where there is none, the latest that was measured.
    records : list of Record
        The first is the start, the last was measured at this step; if the training has gone wrong, before that.
    findings : tuple of nbhelpers.training.Finding
        What is wrong at the latest record of the training itself.
    """

    network: Network | None
    now: Record
    records: list[Record]
    findings: tuple


class TrainingRun:
    """A training on points of the plane, from its seed on.

    Parameters
    ----------
    values : dict
        The values of the playground's controls by name; the number of steps is not looked at.

    Attributes
    ----------
    training, held_out : nbhelpers.datasets.Dataset
        Points of the plane; the network is given their `inputs`.
    features : list of str
        What the network is given, by name; empty for an input that says nothing.
    edits : tuple of Edit
        The weights that were set by hand, in the order of their steps.
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
        self.features = [name for name in datasets.FEATURES if values[name]]
        inputs = max(1, len(self.features))
        self.sizes = [inputs, *(values[name] for name in UNITS[: values["layers"]]), self.training.m]
        self.edits = _fitting(read_edits(values["edits"]), self.sizes)
        batch = self.training.d if values["batch"] == "all" else int(values["batch"])
        self.updates = -(-self.training.d // batch)
        self._options = {"learning_rate": values["η"], "batch_size": batch, "optimizer": values["optimizer"]}
        self._options |= {"l2": values["L2"], "l1": values["L1"], "dropout": values["dropout"], "epochs": _NO_END}
        self._restart()

    def _restart(self):
        network = _network(self._values, self.sizes, self.training)
        self.trainer, self.steps = self._trainer(network, rng=_rng(self._values, "order")), 0
        self._to_come = list(self.edits)
        self._make_edits()

    def _trainer(self, network, **options):
        parts = [(self.inputs(data.X), data.Y) for data in (self.training, self.held_out)]
        return Trainer(network, *parts[0], validation=parts[1], **self._options, **options)

    def inputs(self, X):
        """Return what the network is given of places in the plane, shape (n, d)."""
        return datasets.features_of(X, self.features)

    @property
    def has_penalty(self):
        """Whether there is one, so that its curve belongs into the picture."""
        return self._options["l2"] > 0 or self._options["l1"] > 0

    @property
    def settings(self):
        """The values that it was made from, but for the edits."""
        return {name: value for name, value in self._values.items() if name != "edits"}

    # --- moving ---------------------------------------------------------------------------------------------------

    @property
    def is_over(self):
        """Whether the training has gone wrong, so that no further step is made."""
        return self.trainer.reason is not None

    def go_to(self, steps, most=np.inf):
        """Make the updates up to a step, but no more than so many; back to an earlier step from the seed."""
        if steps < self.steps:
            self._restart()
        end = min(steps, self.steps + most)
        with threads_for(self.sizes, self.trainer.batch_size):
            while self.steps < end and not self.is_over:
                self.trainer.step()
                self.steps += 1
                if self._is_record_due():
                    self.trainer.record()
                self._make_edits()

    def edit(self, text):
        """Take other edits, as a text: go on from here if they are the same up to here, else begin again."""
        edits = _fitting(read_edits(text), self.sizes)
        if edits == self.edits:
            return
        (earlier, now), (others, new) = (self._up_to_here(some) for some in (self.edits, edits))
        self.edits, self._values = edits, {**self._values, "edits": text}
        if earlier == others and {edit[1:3] for edit in now} <= {edit[1:3] for edit in new}:
            self._to_come = [edit for edit in edits if edit.step >= self.steps]
            self._make_edits()
        else:
            self._restart()

    def _up_to_here(self, edits):
        return [edit for edit in edits if edit.step < self.steps], [edit for edit in edits if edit.step == self.steps]

    def _make_edits(self):
        while self._to_come and self._to_come[0].step <= self.steps and not self.is_over:
            edit = self._to_come.pop(0)
            self.trainer.change(edit.name, edit.entry, edit.value)

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
        if any(edit.step <= self.steps for edit in self.edits):  # what a hand did is no fault of the learning rate
            findings = tuple(finding for finding in findings if finding.kind != "no gain")
        now = self.trainer.kept_record if self.is_over else records[-1]
        return Look(network, now, records, findings)

    def _measured(self, network):
        """A record outside of the order of records: the first one of a training that begins here."""
        record = self._trainer(network).records[0]
        return record._replace(steps=self.steps, epochs=self.trainer.epochs)


def _rng(values, purpose):
    """Return a generator for one purpose, so that none of them changes what another one draws."""
    return np.random.default_rng([values["seed"], ("examples", "split", "weights", "order").index(purpose)])


def _examples(values):
    """Return the examples to train on and those that are held out, standardized."""
    if values["data"] == OWN:
        data = datasets.read_points(values["own"])
    else:
        make = (datasets.TOY | datasets.SURFACES)[values["data"]]
        data = make(EXAMPLES, noise=values["noise"], rng=_rng(values, "examples"))
    parts = data.split(1 - values["training"], rng=_rng(values, "split"))
    return datasets.standardized(*parts, targets=values["data"] == OWN and data.task == "regression")


_OUTPUTS = {
    "binary": ("sigmoid", "binary_cross_entropy"),
    "classes": ("softmax", "categorical_cross_entropy"),
    "regression": ("linear", "squared_error"),
}


def _network(values, sizes, data):
    last, loss = _OUTPUTS[data.task]
    activations = [values["activation"]] * (len(sizes) - 2) + [last]
    return Network.initialize(sizes, activations, loss, values["weights"], _rng(values, "weights"))


def _fitting(edits, sizes):
    """Return edits of a network with these sizes, or raise a ValueError that names the one that is of none."""
    for edit in edits:
        l, (row, column) = int(edit.name[1:]), edit.entry
        columns = sizes[l - 1] if edit.name[0] == "W" and l < len(sizes) else 1
        if l >= len(sizes) or row >= sizes[l] or column >= columns:
            raise ValueError(f"set={edit}: a {'-'.join(map(str, sizes))} network has no {named(edit.name, edit.entry)}")
    return edits
