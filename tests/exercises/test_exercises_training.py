"""Questions about training: the answer follows from the statement by another way, and each slip is named."""

import re

import numpy as np
import pytest

from nbhelpers import Network, exercises, mistakes
from nbhelpers.exercises.catalog import TASKS
from nbhelpers.exercises.slips import SLIPS
from nbhelpers.initialization import SCHEMES
from nbhelpers.training.optimizers import adam
from nbhelpers.training.schedules import step_decay

each_seed = pytest.mark.parametrize("seed", [None, *range(12)])


def ask(name, seed=None):
    return exercises.QUESTIONS[name](seed=seed)


def _numbers(question):
    """The numbers of a statement, in the order of its text, without what stands in matrices."""
    text = re.sub(
        r"\$\$.*?\$\$", "", question.statement.split("\n", 1)[1].partition(" Give at least")[0], flags=re.DOTALL
    )
    return [float(number) for number in re.findall(r"(?<![\w.{^(])-?\d+(?:\.\d+)?(?![\w}])", text)]


def _after_steps(question):
    a = float(re.search(r"slope is \$(\d+)", question.statement)[1])
    w, eta = (float(re.search(rf"\${name} = ([\d.]+)", question.statement)[1]) for name in ("w", r"\\eta"))
    for _ in range(int(re.search(r"after (\d) steps", question.statement)[1])):
        w = w - eta * a * w
    return w


def _adam(question):
    theta, g = question.given["theta"], question.given["g"]
    eta = float(re.search(r"\\eta = ([\d.]+)", question.statement)[1])
    return theta - adam().start(theta)(g, eta, out=np.empty_like(g))


def _momentum(question):
    numbers = [float(number) for number in re.findall(r"(?:= |is )\$?(-?[\d.]*\d)", question.statement)]
    beta, eta, first, second = (numbers[i] for i in (0, 1, 3, 4))
    v = first
    return eta * (beta * v + second)


def _chain(question):
    delta = float(re.search(r"= (-?[\d.]+)\$", question.statement)[1])
    for weight, slope in zip(question.given["w"][0], question.given["s"][0], strict=True):
        delta *= weight * slope
    return delta


def _spread(question):
    inputs, units = _numbers(question)
    name = "xavier" if "Xavier" in question.statement else "he"
    return SCHEMES[name](int(units), int(inputs), _One()).item(0)


class _One:
    def standard_normal(self, shape):
        return np.ones(shape)


def _share(question):
    return float(re.search(r"p = ([\d.]+)\$", question.statement)[1])


def _l2(question):
    return float(re.search(r"lambda = ([\d.]+)\$", question.statement)[1])


def _two_parts(question):
    first, second = _numbers(question)
    parts = [question.given["G1"]] * int(first) + [question.given["G2"]] * int(second)
    return np.mean(parts, axis=0)


BY_FORMULA = {
    "descent_by_hand": _after_steps,
    "longest_learning_rate": lambda q: 2 / float(re.search(r"slope is \$(\d+)", q.statement)[1]),
    "decayed_learning_rate": lambda q: step_decay(_numbers(q)[0], every=int(_numbers(q)[1]))(int(_numbers(q)[2]), 99),
    "momentum_step": _momentum,
    "adam_first_step": _adam,
    "penalty_value": lambda q: _l2(q) * sum(w**2 for w in q.given["W"].ravel()) / 2,
    "penalty_gradient": lambda q: q.given["dW"] + _l2(q) * q.given["W"],
    "dropout_activations": lambda q: np.where(q.given["M"] == 1, q.given["A"] / (1 - _share(q)), 0),
    "dropout_gradient": lambda q: np.where(q.given["M"] == 1, q.given["dA"] / (1 - _share(q)), 0),
    "dropout_expectation": lambda q: q.given["b"] + (q.given["w"] * (1 - _share(q))) @ q.given["a"],
    "product_of_slopes": _chain,
    "initial_spread": _spread,
    "combined_gradient": _two_parts,
}


@pytest.mark.parametrize("name", BY_FORMULA)
@pytest.mark.parametrize("seed", [None, *range(20)])
def test_the_answer_about_training_follows_from_the_statement(name, seed):
    question = ask(name, seed)
    assert question.check(BY_FORMULA[name](question)).status == "correct", question


def test_early_stopping_is_that_of_training():
    for seed in range(20):
        question = ask("early_stopping_epoch", seed)
        costs = [float(cost) for cost in re.findall(r"0\.\d\d", question.statement)]
        patience = int(re.search(r"a patience of (\d)", question.statement)[1])
        best = 0
        for epoch, cost in enumerate(costs):
            best = epoch if cost < costs[best] else best
            if epoch - best >= patience:
                break
        assert question.check((epoch, best)).status == "correct"
        assert question.check((epoch, epoch)).mistake == "last_parameters_kept"


def network_in(text):
    """A network with the sizes that stand in a statement."""
    sizes = [int(n) for n in re.search(r"(\d+(?:-\d+)+) network", text)[1].split("-")]
    return Network.initialize(sizes, ["tanh"] * (len(sizes) - 1), "squared_error", rng=0)


def count(network):
    return sum(value.size for value in network.parameters.values())


@each_seed
def test_the_products_of_a_forward_pass_are_counted(seed):
    question = ask("multiply_adds", seed)
    network, d = network_in(question.statement), int(re.search(r"with (\d+) examples", question.statement)[1])
    forward = network.forward(np.ones((network.sizes[0], d)))
    products = sum(A.shape[0] * Z.size for A, Z in zip(forward.A[:-1], forward.Z[1:], strict=True))
    assert question.check(products).status == "correct"


@each_seed
@pytest.mark.parametrize(("name", "times"), [("parameters_of_a_deep_network", 1), ("passes_for_differences", 2)])
def test_parameters_are_counted(name, times, seed):
    question = ask(name, seed)
    assert question.check(times * count(network_in(question.statement))).status == "correct"


def test_the_right_predictions_are_counted():
    for seed in range(10):
        question = ask("number_right", seed)
        rows = re.search(r"bmatrix\}(.*?)\\end", question.statement)[1].split(r"\\")
        Y_hat = np.array([[float(x) for x in row.split("&")] for row in rows])
        classes = [int(c) for c in re.search(r"examples are ([\d, ]+)\.", question.statement)[1].split(",")]
        right = accuracy_by_hand(Y_hat, classes)
        assert question.check(right).status == "correct"


def accuracy_by_hand(Y_hat, classes):
    return sum(column[c - 1] == max(column) for column, c in zip(Y_hat.T, classes, strict=True))


def test_a_slip_is_named_and_explained():
    question = ask("combined_gradient", 3)
    verdict = question.check((question.given["G1"] + question.given["G2"]) / 2)
    assert verdict.mistake == "sizes_not_counted"
    assert SLIPS["sizes_not_counted"].mend in verdict.message


def test_slips_and_mistakes_have_different_names_and_every_slip_is_used():
    assert not set(SLIPS) & set(mistakes.MISTAKES)
    used = {
        name.partition("@")[0] for task in TASKS.values() for seed in (None, *range(12)) for name in task.wrong(seed)
    }
    assert set(SLIPS) <= used, set(SLIPS) - used
    for slip in SLIPS.values():
        assert slip.mend.endswith(".")
        assert not slip.what or slip.what.endswith(".")
