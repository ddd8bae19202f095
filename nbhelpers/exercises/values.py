"""What is right for a question, and what each mistake of the museum would give for the very same numbers."""

import re
from functools import cached_property, lru_cache

import numpy as np

from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.exercises.answers import errors
from nbhelpers.mistakes import MISTAKES
from nbhelpers.network import Network


@lru_cache(maxsize=2000)
def numbers(setting):
    """Return the numbers of the pass of a setting."""
    return Numbers(setting.network, setting.X, setting.Y, setting.learning_rate)


@lru_cache(maxsize=20000)
def value(setting, wanted):
    """Return a number or a matrix of the pass of a setting: the right one."""
    return _wanted(Pass(setting.network, setting), wanted)


@lru_cache(maxsize=20000)
def wrong_value(setting, wanted, name):
    """Return what a mistake gives, or None: it cannot occur, or it ends in an error because the shapes clash."""
    mistake = MISTAKES[name]
    if not mistake.applies_to(setting.network):
        return None
    try:
        return _wanted(Pass(mistake.network(setting.network), setting), wanted)
    except (ValueError, IndexError):
        return None


def wrong_values(task, setting):
    """Return what each mistake in the steps of a task gives, by name; also those that give what is right."""
    names = [name for name, mistake in MISTAKES.items() if mistake.step in task.steps]
    found = {name: wrong_value(setting, task.wanted, name) for name in names}
    return {name: array for name, array in found.items() if array is not None}


def distance(found, right, base=0.0):
    """Return the largest relative error of an array, infinite where the shape is another."""
    if found.ndim == 1 and found.size == right.size:
        found = found.reshape(right.shape)  # a flat answer is taken as it is meant
    return errors(found, right, base).max() if found.shape == right.shape else np.inf


class Pass:
    """A pass through a network, right or wrong, of which only that is computed that is asked for."""

    def __init__(self, network, setting):
        self.network, self.X, self.Y, self.learning_rate = network, setting.X, setting.Y, setting.learning_rate

    @cached_property
    def forward(self):
        """The forward pass."""
        return self.network.forward(self.X)

    @cached_property
    def J(self):
        """The cost."""
        return self.network.cost_of(self.forward, self.Y)

    @cached_property
    def gradients(self):
        """The backward pass."""
        return self.network.backward(self.forward, self.Y)

    @cached_property
    def updated(self):
        """The network after one step."""
        return self.network.updated(self.gradients, self.learning_rate)

    def cost_after_the_step(self):
        """Return the cost of the network after one step, as it is and not as a mistake would have it."""
        return Network(self.updated.layers, self.network.loss).cost(self.X, self.Y)

    def losses(self):
        """Return the cost of each example alone."""
        return np.array([self.network.cost(self.X[:, [i]], self.Y[:, [i]]) for i in range(self.X.shape[1])])

    def slopes(self, l):
        """Return what dA[l] is multiplied by on the way back."""
        slope = getattr(self.network, "slope", None)  # a wrong network has one of its own
        return slope(self.forward, l) if slope else self.network.layers[l - 1].activation.derivative(self.forward.Z[l])

    def jacobian(self):
        """Return the Jacobian of softmax for the only example of a network with one layer."""
        whole = self.network.layers[0].activation.jacobian(self.forward.Z[1])
        only_diagonal = getattr(self.network, "wrong", None) is MISTAKES["softmax_element_by_element"].wrong
        return np.diag(np.diag(whole)) if only_diagonal else whole


_ARRAYS = {
    "Z": lambda p, l: p.forward.Z[l],
    "A": lambda p, l: p.forward.A[l],
    "Y_hat": lambda p, l: p.forward.Y_hat,
    "L": lambda p, l: p.losses(),
    "J": lambda p, l: p.J,
    "slope": lambda p, l: p.slopes(l),
    "jacobian": lambda p, l: p.jacobian(),
    "dZ": lambda p, l: p.gradients.dZ[l],
    "dA": lambda p, l: p.gradients.dA[l],
    "dW": lambda p, l: p.gradients.dW[l],
    "db": lambda p, l: p.gradients.db[l],
    "W": lambda p, l: p.network.W[l],
    "b": lambda p, l: p.network.b[l],
    "W_new": lambda p, l: p.updated.W[l],
    "b_new": lambda p, l: p.updated.b[l],
    "J_new": lambda p, l: p.cost_after_the_step(),
}


def _wanted(one_pass, wanted):
    """Read a name such as "dZ1", "W2_new" or "dW1[1,2]", and return what it stands for."""
    kind, layer, new, index = re.fullmatch(r"([A-Za-z_]+?)(\d*)(_new)?(?:\[(.*)\])?", wanted).groups()
    array = np.asarray(_ARRAYS[kind + (new or "")](one_pass, int(layer or 0)))
    return array[tuple(int(i) - 1 for i in index.split(","))] if index else array
