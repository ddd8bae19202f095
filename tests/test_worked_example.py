"""The 2-2-1 example against mpmath, and against the figures that the lecture prints."""

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from nbhelpers import binary_cross_entropy, check_gradients, sigmoid, worked_example

# LEDGER.md, column "exact": computed with 30 digits, shown with 8.
EIGHT_DIGITS = {
    "Z1": [[0.43], [1.42]],
    "A1": [[0.60587367], [0.80533842]],
    "Z2": [[1.24549899]],
    "Y_hat": [[0.77651974]],
    "J": [[0.25293321]],
    "dZ2": [[-0.22348026]],
    "dW2": [[-0.13540080, -0.17997724]],
    "db2": [[-0.22348026]],
    "dA1": [[-0.06704408], [-0.15643618]],
    "slope1": [[0.23879077], [0.15676845]],
    "dZ1": [[-0.01600951], [-0.02452426]],
    "dW1": [[-0.00800475, -0.00320190], [-0.01226213, -0.00490485]],
    "db1": [[-0.01600951], [-0.02452426]],
}
# LEDGER.md, column "printed".
PRINTED = {
    "Z1": [[0.43], [1.42]],
    "A1": [[0.606], [0.805]],
    "Z2": [[1.244]],
    "Y_hat": [[0.776]],
    "J": [[0.253]],
    "dZ2": [[-0.224]],
    "dW2": [[-0.136, -0.180]],
    "db2": [[-0.224]],
    "dA1": [[-0.0672], [-0.1568]],
    "slope1": [[0.239], [0.157]],
    "dZ1": [[-0.0161], [-0.0246]],
    "dW1": [[-0.0080, -0.0032], [-0.0123, -0.0049]],
    "db1": [[-0.0161], [-0.0246]],
}
# N14: learning rate, Y_hat and J after one update.
AFTER_ONE_UPDATE = [(0.1, 0.78432574, 0.24293086), (0.5, 0.81360145, 0.20628465), (1, 0.84585083, 0.16741226)]

every_figure = pytest.mark.parametrize("name", EIGHT_DIGITS)


def with_30_digits(eta="0"):
    """The whole example, entry by entry as in the lecture, and J and Y_hat once more after one update."""
    x = [mpf("0.5"), mpf("0.2")]
    W1 = [[mpf("0.1"), mpf("0.4")], [mpf("0.8"), mpf("0.6")]]
    b1, W2, b2, y = [mpf("0.3"), mpf("0.9")], [mpf("0.3"), mpf("0.7")], mpf("0.5"), 1
    eta = mpf(eta)

    def forward():
        z1 = [W1[j][0] * x[0] + W1[j][1] * x[1] + b1[j] for j in (0, 1)]
        a1 = [1 / (1 + mpmath.exp(-z)) for z in z1]
        z2 = W2[0] * a1[0] + W2[1] * a1[1] + b2
        p = 1 / (1 + mpmath.exp(-z2))
        return z1, a1, z2, p, -mpmath.log(p)

    z1, a1, z2, p, J = forward()
    dz2 = p - y
    slope1 = [a * (1 - a) for a in a1]
    da1 = [W2[j] * dz2 for j in (0, 1)]
    dz1 = [da1[j] * slope1[j] for j in (0, 1)]
    dW1 = [[dz1[j] * x[i] for i in (0, 1)] for j in (0, 1)]
    dW2 = [dz2 * a1[j] for j in (0, 1)]
    for j in (0, 1):
        W1[j] = [W1[j][i] - eta * dW1[j][i] for i in (0, 1)]
    b1, W2 = [b1[j] - eta * dz1[j] for j in (0, 1)], [W2[j] - eta * dW2[j] for j in (0, 1)]
    b2 = b2 - eta * dz2
    _, _, _, p_after, J_after = forward()
    figures = {"Z1": z1, "A1": a1, "Z2": z2, "Y_hat": p, "J": J, "dZ2": dz2, "dW2": dW2, "db2": dz2, "dA1": da1}
    return {**figures, "slope1": slope1, "dZ1": dz1, "dW1": dW1, "db1": dz1, "after": (p_after, J_after)}


@pytest.fixture(scope="module")
def thirty_digits():
    with mpmath.workdps(30):
        return with_30_digits()


def flat(values):
    return [float(value) for value in mpmath.matrix(values)] if isinstance(values, list) else [float(values)]


@every_figure
def test_exact_to_12_digits(name, thirty_digits):
    np.testing.assert_allclose(worked_example.exact()[name].ravel(), flat(thirty_digits[name]), rtol=1e-12)


@every_figure
def test_exact_is_the_ledgers_figure_with_8_decimals(name):
    exact = worked_example.exact()[name]
    assert exact.shape == np.shape(EIGHT_DIGITS[name])
    assert exact.round(8).tolist() == EIGHT_DIGITS[name]


@every_figure
def test_printed_is_the_ledgers_figure(name):
    printed = worked_example.PRINTED[name]
    assert printed.value.tolist() == PRINTED[name]
    assert printed.value.shape == worked_example.exact()[name].shape


@pytest.mark.parametrize(("eta", "Y_hat", "J"), AFTER_ONE_UPDATE)
def test_after_one_update(eta, Y_hat, J):
    network, X, Y = worked_example.network(), worked_example.X, worked_example.Y
    updated = network.updated(network.backward(network.forward(X), Y), eta)
    with mpmath.workdps(30):
        expected = [float(value) for value in with_30_digits(str(eta))["after"]]
    assert [updated.predict(X).item(), updated.cost(X, Y)] == pytest.approx(expected, rel=1e-12)
    assert [round(value, 8) for value in expected] == [Y_hat, J]


def test_the_rows_are_N01_to_N13_in_order():
    assert [printed.row for printed in worked_example.PRINTED.values()] == [f"N{i:02d}" for i in range(1, 14)]
    assert list(worked_example.PRINTED) == list(PRINTED)


def test_the_network_is_the_lectures():
    network = worked_example.network()
    assert network.W[1].tolist() == [[0.1, 0.4], [0.8, 0.6]]
    assert network.b[1].tolist() == [[0.3], [0.9]]
    assert network.W[2].tolist() == [[0.3, 0.7]]
    assert network.b[2].tolist() == [[0.5]]
    assert [layer.activation for layer in network.layers] == [sigmoid, sigmoid]
    assert network.loss is binary_cross_entropy
    assert (worked_example.X.tolist(), worked_example.Y.tolist()) == ([[0.5], [0.2]], [[1.0]])
    assert worked_example.LEARNING_RATE == 0.5


def test_its_gradients_are_right():
    report = check_gradients(worked_example.network(), worked_example.X, worked_example.Y)
    assert report, report


def test_nothing_in_it_can_be_changed():
    arrays = [worked_example.X, worked_example.Y, *(printed.value for printed in worked_example.PRINTED.values())]
    assert not any(array.flags.writeable for array in arrays)


# --- printed beside exact


def rows(*names):
    return {row[0]: row[1:] for row in worked_example.compare(*names).rows}


def test_compare_shows_every_entry_once():
    entries = sum(np.size(values) for values in PRINTED.values())
    assert len(rows()) == len(worked_example.compare().rows) == entries == 23


def test_the_slip_is_called_a_slip():
    printed, exact, difference, why = rows("Z2")["Z2"]
    assert (printed, exact, difference) == ("1.244", "1.24549899", "-0.0015")
    assert why == "A slip: even from the rounded 0.606 and 0.805 it is 1.2453."
    assert round(0.3 * 0.606 + 0.7 * 0.805 + 0.5, 4) == 1.2453


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("A1[1,1]", "Rounded"),
        ("Z2", "slip"),
        ("Y_hat", "0.777"),
        ("J", "0.2536"),
        ("dZ2", "0.776"),
        ("dW2[1,1]", "Inherits"),
        ("dW2[1,2]", "Rounded"),
        ("db2", "Inherits"),
        ("dZ1[2,1]", "Inherits"),
        ("dW1[1,2]", "Rounded"),
    ],
)
def test_every_difference_is_explained(entry, word):
    assert word in rows()[entry][-1]


def test_no_difference_is_left_without_a_word():
    unexplained = [entry for entry, (_, _, difference, why) in rows().items() if (difference != "0") != bool(why)]
    assert unexplained == []


def test_what_the_remarks_claim():
    assert round(0.77651974, 3) == 0.777
    assert round(sigmoid(1.244), 3) == 0.776
    assert round(-np.log(0.776), 4) == 0.2536
    assert round(0.776 - 1, 3) == PRINTED["dZ2"][0][0]


def test_compare_refuses_unknown_names():
    with pytest.raises(ValueError, match="'Z3' is not printed in the lecture; choose from Z1, A1, Z2, Y_hat, J"):
        worked_example.compare("Z1", "Z3")
