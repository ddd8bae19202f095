"""What the museum says about a mistake, and how it is put into a network."""

from collections.abc import Callable
from dataclasses import dataclass

from nbhelpers import worked_example
from nbhelpers.activations import linear, relu, sigmoid, softmax, tanh
from nbhelpers.derivation.steps import STEPS
from nbhelpers.gradient_check import check_gradients
from nbhelpers.losses import binary_cross_entropy, categorical_cross_entropy, squared_error
from nbhelpers.mistakes import checks
from nbhelpers.mistakes.dropout_check import check_dropout
from nbhelpers.mistakes.specimens import HIDING_PLACES, SPECIMENS
from nbhelpers.mistakes.steps import RESULTS, RIGHT, WrongNetwork, code
from nbhelpers.network import Network

CHECKS = {
    "cost": checks.check_cost,
    "gradients": check_gradients,
    "update": checks.check_update,
    "second step": lambda network, X, Y: checks.check_update(network, X, Y, steps=2),
    "units": checks.check_units,
    "dropout": check_dropout,
}

NEEDS = {
    "a hidden layer": lambda network: network.L > 1,
    "a bend above it": lambda network: network.L > 2 or network.layers[-1].activation is not linear,
    "a matched pair": lambda network: network.is_matched,
    "an unmatched pair": lambda network: not network.is_matched,
    "a difference": lambda network: network.is_matched or network.loss is squared_error,
    "one output": lambda network: network.sizes[-1] == 1,
    "a slope written in a": lambda network: any(f in (sigmoid, tanh) for f in _hidden(network)),
    "a sigmoid output": lambda network: network.layers[-1].activation is sigmoid,
    "a softmax output": lambda network: network.layers[-1].activation is softmax,
    "several outputs": lambda network: network.sizes[-1] > 1,
    "hidden sigmoids": lambda network: network.L > 1 and all(f is sigmoid for f in _hidden(network)),
    "hidden ReLUs": lambda network: network.L > 1 and all(f is relu for f in _hidden(network)),
    "a hidden layer without sigmoid": lambda network: any(f is not sigmoid for f in _hidden(network)),
    "a logarithm in the loss": lambda network: network.loss.is_of_probabilities,
    "squared error": lambda network: network.loss is squared_error,
    "binary cross-entropy": lambda network: network.loss is binary_cross_entropy,
    "categorical cross-entropy": lambda network: network.loss is categorical_cross_entropy,
    "a penalty": lambda network: network.l2 > 0,
}

BLOCKS = {
    "all": lambda name, L: True,
    "none": lambda name, L: False,
    "hidden": lambda name, L: int(name[1:]) < L,
    "output": lambda name, L: int(name[1:]) == L,
    "all but the output's bias": lambda name, L: name != f"b{L}",
    "weights": lambda name, L: name[0] == "W",
    "biases": lambda name, L: name[0] == "b",
    "weights after layer 1": lambda name, L: name[0] == "W" and name != "W1",
}


@dataclass(frozen=True, eq=False)
class Mistake:
    """A wrong implementation beside the right one.

    Attributes
    ----------
    name : str
        Its name in `MISTAKES`.
    title : str
        A few words.
    what : str
        What is wrong, in one sentence.
    step : str
        Which step of the pass it replaces: a name in `nbhelpers.mistakes.steps.RIGHT`.
    wrong, right : callable
        The two versions of the step.
    also : tuple of callable
        Other wrong versions that are the same mistake.
    symptom : str
        What is seen, in words.
    hides : str
        Where it is not seen, in words.
    mend : str
        What to do.
    check : str
        The check that finds it: a name in `CHECKS`.
    blocks : str
        Which blocks the gradient check rejects on a network with all sizes different: a name in `BLOCKS`.
    update_blocks : str
        The same for `check_update`.
    refused : bool
        Whether NumPy refuses it on a network with all sizes different, because the shapes clash.
    cost : str
        What the right cost does in 100 steps of training with it, on its specimen:
        ``"falls"``, ``"rises"``, ``"stands still"`` or ``"no step"`` where the step is refused.
    hidden_in_worked_example : bool
        Whether the 2-2-1 network with its single example does not reveal it: it cannot occur there, or is not seen.
    hiding_places : tuple of str
        Where it passes its check: names in `HIDING_PLACES`.
    needs : tuple of str
        What a network must have for it to occur: names in `NEEDS`.
    rows : tuple of str
        The formulas concerned, F01 to F21.
    found : str
        In what kind of material it was found; empty where it is only what the formula invites.
    """

    name: str
    title: str
    what: str
    step: str
    wrong: Callable
    right: Callable
    symptom: str
    hides: str
    mend: str
    cost: str
    rows: tuple
    check: str = "gradients"
    blocks: str = "none"
    update_blocks: str = "none"
    refused: bool = False
    hidden_in_worked_example: bool = False
    hiding_places: tuple = ()
    needs: tuple = ()
    found: str = ""
    also: tuple = ()

    @property
    def wrong_code(self):
        """The wrong line of code, as it runs."""
        return code(self.wrong, RESULTS[self.step])

    @property
    def right_code(self):
        """The right line of code, as it runs."""
        return code(self.right, RESULTS[self.step])

    @property
    def where(self):
        """What its step computes, in words; "" for what belongs to dropout, or to which pass is gone back."""
        result = RESULTS[self.step]
        titles = {kind: step.title for kind, step in STEPS.items() if self.step in step.museum}
        own = [titles[result[:2]]] if result[:2] in titles else titles.values()
        outputs = "the predictions" if result == "Y_hat" else "the activations of layer l"
        words = {"layer": "L" if "[L]" in result else "l", "inputs": "layer l − 1", "outputs": outputs}
        return ", and ".join(title.format_map(words) for title in own)

    def applies_to(self, network):
        """Return whether the mistake can occur in this network."""
        return all(f.elementwise for f in _hidden(network)) and all(NEEDS[need](network) for need in self.needs)

    def network(self, network):
        """Return a network with the same layers that makes this mistake.

        Raises
        ------
        ValueError
            If the mistake cannot occur there.
        """
        if not self.applies_to(network):
            needs = ", ".join(["element-wise hidden layers", *self.needs])
            raise ValueError(f"the mistake {self.name!r} cannot occur in {network!r}: it needs {needs}")
        return WrongNetwork(network, self.step_in(network), self.wrong)

    def step_in(self, network):
        """Return the step that it replaces: a difference Y_hat - Y is dZ[L] of a matched pair, else dA[L]."""
        return "output_dA" if "a difference" in self.needs and not network.is_matched else self.step

    def examine(self, network=None, X=None, Y=None):
        """Run the check that finds this mistake, on a network that makes it.

        Parameters
        ----------
        network : Network, optional
            Without it the specimen is taken.
        X, Y : array_like

        Returns
        -------
        GradientReport or Report
            False where the mistake is found. Where the shapes clash, a report says so instead of an error.
        """
        if network is None:
            network, X, Y = self.specimen()
        try:
            return CHECKS[self.check](self.network(network), X, Y)
        except ValueError as error:
            rows = ((self.name, "refused", str(error)),)
            return checks.Report(["mistake", "verdict", "error"], rows, "", "NumPy refuses, the shapes do not fit")

    def specimen(self):
        """Return (network, X, Y), a small network with all sizes different in which the mistake is seen."""
        return next(specimen() for specimen in SPECIMENS.values() if self.applies_to(specimen()[0]))

    def in_worked_example(self):
        """Return what the worked example, 2-2-1 with one example, shows: "seen", "not seen" or "cannot occur"."""
        network = worked_example.network()
        if not self.applies_to(network):
            return "cannot occur"
        return "not seen" if self.examine(network, worked_example.X, worked_example.Y) else "seen"

    def hides_at(self, place):
        """Return whether its specimen does not show it at one of `HIDING_PLACES`; computed, not looked up."""
        network, X, Y = HIDING_PLACES[place](*self.specimen())
        return not self.applies_to(network) or bool(self.examine(network, X, Y))

    def failing_blocks(self, network):
        """Return the names of the blocks that the gradient check rejects, on a network with all sizes different."""
        return tuple(name for name in network.parameters if BLOCKS[self.blocks](name, network.L))

    def __repr__(self):
        code = f"  wrong:   {_indented(self.wrong_code)}\n  right:   {_indented(self.right_code)}"
        return f"{self.title}\n{code}\n  {self.what}"

    def _repr_markdown_(self):
        found = f"\n\n**Found in** {self.found}." if self.found else ""
        where = f"**Where.** In `{RESULTS[self.step]}`: {self.where}.\n\n" if self.where else ""
        return (
            f"### {self.title}\n\n{self.what}\n\n"
            f"```python\n# wrong\n{self.wrong_code}\n\n# right\n{self.right_code}\n```\n\n"
            f"{where}**Symptom.** {self.symptom}\n\n**Where it hides.** {self.hides}\n\n**Fix.** {self.mend}{found}"
        )


def mistake(step, title, right=None, **facts):
    """Return a decorator that turns a wrong step into a `Mistake`: its name is the name, its docstring the sentence."""

    def record(wrong):
        facts.setdefault("update_blocks", facts.get("blocks", "none") if step != "cost" else "none")
        return Mistake(wrong.__name__, title, wrong.__doc__, step, wrong, right or RIGHT[step], **facts)

    return record


def outcome(mistake, learning_rate=0.1, steps=100):
    """Return what the right cost does when the specimen is trained with a mistake: see `Mistake.cost`."""
    network, X, Y = mistake.specimen()
    wrong = mistake.network(network)
    begin = _right_cost(wrong, X, Y)
    try:
        for _ in range(steps):
            wrong = wrong.updated(wrong.backward(wrong.forward(X), Y), learning_rate)
    except ValueError:
        return "no step"
    change = _right_cost(wrong, X, Y) / begin - 1
    return "rises" if change > 0.01 else "falls" if change < -0.01 else "stands still"


def _right_cost(network, X, Y):
    return Network(network.layers, network.loss).cost(X, Y, l2=network.l2)


def _hidden(network):
    return [layer.activation for layer in network.layers[:-1]]


def _indented(code):
    return code.replace("\n", "\n           ")
