"""Does the gradient check pass what is right, and catch what is wrong?"""

import numpy as np
import pytest
from sample_networks import HIDDEN, PAIRS, SIZES, name, sample

from nbhelpers import (
    ACTIVATIONS,
    Gradients,
    Layer,
    Network,
    binary_cross_entropy,
    check_gradients,
    linear,
    relu,
    sigmoid,
    softmax,
    squared_error,
    tanh,
    worked_example,
)
from nbhelpers.gradient_check import central_difference

every_hidden = pytest.mark.parametrize("hidden", HIDDEN, ids=name)
every_pair = pytest.mark.parametrize("pair", PAIRS, ids=name)


def broken(network, change):
    """The same network with a backward pass that `change` tampers with: dW and db are lists, to be changed in place."""

    class Broken(Network):
        def backward(self, forward, Y):
            right = super().backward(forward, Y)
            dW, db = list(right.dW), list(right.db)
            change(dW, db)
            return Gradients(right.dZ, right.dA, tuple(dW), tuple(db))

    return Broken(network.layers, network.loss)


def scaled(array, index, factor):
    array = array.copy()
    array[index] *= factor
    return array


# --- right


@pytest.mark.parametrize("d", [1, 5])
@pytest.mark.parametrize("depth", [1, 2, 3])
@every_pair
@every_hidden
def test_passes_every_activation_with_every_loss(hidden, pair, depth, d):
    report = check_gradients(*sample(SIZES[depth], hidden, *pair, d=d))
    assert report, report
    assert all(block.relative_error < 1e-7 for block in report.blocks), report


@pytest.mark.parametrize("depth", [4, 5])
@every_hidden
def test_passes_deep_networks(hidden, depth):
    report = check_gradients(*sample(SIZES[depth], hidden))
    assert report, report


# Softmax before binary cross-entropy is left out: 1 - Y_hat is 0 to all digits there, see `BinaryCrossEntropy`.
@pytest.mark.parametrize("scale", [1e-4, 1e3])
@pytest.mark.parametrize("pair", [p for p in PAIRS if p != (softmax, binary_cross_entropy)], ids=name)
@every_hidden
def test_gives_no_false_alarm_for_huge_and_tiny_inputs(hidden, pair, scale):
    network, X, Y = sample([2, 5, 3, 4], hidden, *pair)
    report = check_gradients(network, scale * X, Y)
    assert report, report


def test_gives_no_false_alarm_where_the_cost_rounds_to_nothing():
    """Every example is classified beyond doubt, so that J is 1e-44 and Y_hat - Y is 0."""
    network = Network([Layer([[100.0]], 0, sigmoid)], binary_cross_entropy)
    assert check_gradients(network, [[1.0, -1.0]], [[1, 0]])


def test_gives_no_false_alarm_for_large_labels():
    """Prices of houses: J is small beside the rounding of Y_hat² = 1e11."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(2, 20))
    Y = 3e5 + X[:1] + 100 * rng.normal(size=(1, 20))
    report = check_gradients(Network([Layer([[1.0, 0.5]], 3e5, linear)], squared_error), X, Y)
    assert report, report


def test_a_float32_network_is_checked_in_float64():
    report = check_gradients(*sample([2, 5, 3, 4], dtype=np.float32))
    assert report, report


def test_lists_are_accepted():
    assert check_gradients(worked_example.network(), [[0.5], [0.2]], 1)


def test_the_network_is_unchanged():
    network, X, Y = sample()
    before = {block: value.copy() for block, value in network.parameters.items()}
    check_gradients(network, X, Y)
    for block, value in network.parameters.items():
        np.testing.assert_array_equal(value, before[block])


# --- wrong


BLOCKS = ["W1", "b1", "W2", "b2", "W3", "b3"]


def tampered(block, change):
    """The 2-5-3-4 network, with `change` applied to the gradient of one block."""
    network, X, Y = sample([2, 5, 3, 4])

    def apply(dW, db):
        gradients, l = (dW if block[0] == "W" else db), int(block[1])
        gradients[l] = change(gradients[l])

    return check_gradients(broken(network, apply), X, Y)


def only_wrong(report):
    return [block.name for block in report.blocks if not block]


@pytest.mark.parametrize("factor", [1.001, 0.999], ids=["0.1 % more", "0.1 % less"])
@pytest.mark.parametrize("which", ["largest", "smallest"])
@pytest.mark.parametrize("block", BLOCKS)
def test_catches_one_entry_that_is_a_thousandth_wrong(block, which, factor):
    pick = np.argmax if which == "largest" else np.argmin
    where = []

    def change(gradient):
        index = np.unravel_index(pick(np.abs(gradient)), gradient.shape)
        where.append(f"d{block}[{index[0] + 1},{index[1] + 1}]")
        return scaled(gradient, index, factor)

    report = tampered(block, change)
    assert not report
    assert only_wrong(report) == [block]
    assert (report[block].verdict, report[block].worst) == ("wrong", where[0])
    assert report[block].relative_error == pytest.approx(1e-3, rel=2e-3)
    assert report[block].backprop == pytest.approx(factor * report[block].difference, rel=1e-6)


@pytest.mark.parametrize("scale", [1e-4, 1e3])
def test_catches_a_thousandth_with_tiny_and_huge_inputs_too(scale):
    network, X, Y = sample([3, 4, 2], tanh, linear, squared_error)

    def change(dW, db):
        dW[2] = scaled(dW[2], (0, 1), 1.001)

    report = check_gradients(broken(network, change), scale * X, Y)
    assert only_wrong(report) == ["W2"]


@pytest.mark.parametrize(
    ("change", "verdict", "remark"),
    [
        (lambda g: scaled(g, (1, 0), np.nan), "not finite", ""),
        (lambda g: scaled(g, (1, 0), np.inf), "not finite", ""),
        (lambda g: None, "wrong shape", "is missing, "),
        (lambda g: g[:-1], "wrong shape", "is ("),
        (lambda g: g.ravel(), "wrong shape", "is ("),
        (lambda g: 0 * g, "wrong", ""),
        (lambda g: -g, "wrong", ""),
        (lambda g: 5 * g, "wrong", ""),
    ],
    ids=["nan", "inf", "None", "short", "flat", "never trained", "sign", "1/d missing"],
)
@pytest.mark.parametrize("block", BLOCKS)
def test_catches_a_wrong_block_and_no_other(block, change, verdict, remark):
    report = tampered(block, change)
    assert only_wrong(report) == [block]
    assert report[block].verdict == verdict
    assert remark in report[block].remark


def test_not_finite_says_which_entry():
    block = tampered("W2", lambda g: scaled(g, (2, 4), np.nan))["W2"]
    assert block.worst == "dW2[3,5]"
    assert np.isnan(block.backprop)


def test_a_wrong_shape_is_shown_beside_the_right_one():
    assert tampered("W2", np.transpose)["W2"].remark == "dW2 is (5, 3), W2 is (3, 5)"


def test_a_missing_transpose_on_a_square_layer_is_seen():
    """Its shape is right; only the numbers tell."""
    network, X, Y = sample([3, 4, 4, 2])

    def change(dW, db):
        dW[2] = dW[2].T

    assert only_wrong(check_gradients(broken(network, change), X, Y)) == ["W2"]


def test_all_layers_below_a_wrong_delta_are_wrong():
    class TanhSlopeForgotten(Network):
        def backward(self, forward, Y):
            right = super().backward(forward, Y)
            dZ = right.dA[1]  # times nothing
            dW = (None, dZ @ forward.A[0].T, right.dW[2])
            return Gradients(right.dZ, right.dA, dW, (None, dZ.sum(axis=1, keepdims=True), right.db[2]))

    network, X, Y = sample()
    assert only_wrong(check_gradients(TanhSlopeForgotten(network.layers, network.loss), X, Y)) == ["W1", "b1"]


def test_the_backward_of_a_float32_subclass_is_asked_too():
    network, X, Y = sample(dtype=np.float32)

    def change(dW, db):
        db[1] = scaled(db[1], (0, 0), 1.001)

    assert only_wrong(check_gradients(broken(network, change), X, Y)) == ["b1"]


def test_a_backward_that_asks_a_wrong_output_gradient_is_caught():
    class Forgetful(Network):
        def output_gradient(self, forward, Y):
            return forward.Y_hat - Y  # no 1/d

    network, X, Y = sample()
    assert only_wrong(check_gradients(Forgetful(network.layers, network.loss), X, Y)) == ["W1", "b1", "W2", "b2"]


# --- the tolerance and the step


def test_a_wider_tolerance_lets_more_pass():
    network, X, Y = sample()

    def change(dW, db):
        dW[1] = 1.001 * dW[1]

    assert not check_gradients(broken(network, change), X, Y)
    assert check_gradients(broken(network, change), X, Y, tolerance=2e-3)


@pytest.mark.parametrize("step", [1e-4, 1e-6])
def test_other_steps_work(step):
    assert check_gradients(*sample(), step=step)


def test_central_difference():
    assert central_difference(lambda t: (3 + t) ** 2, 0.5) == 6
    assert central_difference(lambda t: (3 + t) ** 3, 0.1) == pytest.approx(27 + 0.01)


# --- kinks of ReLU


def one_relu(W, b):
    return Network([Layer(W, b, relu), Layer([[1.0] * len(W)], 0.25, linear)], squared_error)


def test_catches_one_faint_entry_below_the_noise_of_the_first_step():
    network, X, Y = sample([3, *[4] * 6, 2], sigmoid, sigmoid, binary_cross_entropy)
    assert check_gradients(network, X, Y)
    wrong = broken(network, lambda dW, db: dW.__setitem__(1, scaled(dW[1], (0, 0), 1.001)))
    assert abs(network.backward(network.forward(X), Y).dW[1][0, 0]) < 1e-6
    assert check_gradients(wrong, X, Y)["W1"].verdict == "wrong"


def test_a_kink_in_every_entry_leaves_the_block_undecided():
    """Z is exactly 0: W cannot move it, for X is 0, and b stands on the kink."""
    report = check_gradients(one_relu([[1.0]], [0.0]), [[0.0]], 2)
    assert [block.verdict for block in report.blocks] == ["right", "undecided", "right", "right"]
    assert report.summary == "Not decided: b1 (undecided)."
    assert report["b1"].remark == "at a ReLU kink, not judged: db1[1,1]"
    assert not report


def test_a_kink_in_one_entry_is_said_and_the_others_are_judged():
    report = check_gradients(one_relu([[1.0], [2.0]], [0.0, 1.0]), [[0.0]], 2)
    assert report, report
    assert report["b1"].verdict == "right"
    assert report["b1"].remark == "at a ReLU kink, not judged: db1[1,1]"
    assert report.table.header[-1] == "remark"
    assert [row[-1] for row in report.table.rows] == ["", report["b1"].remark, "", ""]


def test_a_mistake_beside_a_kink_is_caught():
    def change(dW, db):
        db[1] = scaled(db[1], (1, 0), 1.001)

    report = check_gradients(broken(one_relu([[1.0], [2.0]], [0.0, 1.0]), change), [[0.0]], 2)
    assert (report["b1"].verdict, report["b1"].worst) == ("wrong", "db1[2,1]")


@pytest.mark.parametrize("z", [3e-6, -3e-6, 3e-7])
def test_a_kink_inside_the_step_is_measured_with_a_smaller_step(z):
    report = check_gradients(one_relu([[1.0]], [z - 1.0]), [[1.0]], 2)
    assert report, report
    assert not any(block.remark for block in report.blocks)


def test_many_kinks_are_shortened():
    report = check_gradients(one_relu([[0.0]] * 6, [0.0] * 6), [[1.0]], 2)
    assert report["W1"].remark == "at a ReLU kink, not judged: dW1[1,1], dW1[2,1], dW1[3,1] and 3 more"


# --- how it shows


def test_text_of_a_right_report():
    lines = repr(check_gradients(worked_example.network(), worked_example.X, worked_example.Y)).splitlines()
    assert " ".join(lines[0].split()) == "block verdict relative error worst entry backprop difference"
    assert [line.split()[:2] for line in lines[1:5]] == [[block, "right"] for block in ("W1", "b1", "W2", "b2")]
    assert lines[5] == "All 4 blocks are right: backprop and central differences agree."


def test_text_of_a_wrong_report_has_both_numbers():
    report = tampered("b2", lambda g: scaled(g, (1, 0), 2))
    line = next(line for line in repr(report).splitlines() if line.startswith("b2"))
    assert "wrong" in line
    assert "db2[2,1]" in line
    assert f"{report['b2'].backprop:.6g}" in line
    assert f"{report['b2'].difference:.6g}" in line
    assert repr(report).endswith("Not right: b2 (wrong).")


@pytest.mark.parametrize(("factor", "shown"), [(1 + 2e-8, "2e-08"), (1 + 3e-7, "3e-07")])
def test_an_error_is_shown_as_long_as_it_is_the_same_on_every_machine(factor, shown):
    report = tampered("W2", lambda g: g * factor)
    (line,) = [line for line in repr(report).splitlines() if line.startswith("W2")]
    assert shown in line


def test_markdown_is_a_table_with_the_summary_below():
    report = check_gradients(worked_example.network(), worked_example.X, worked_example.Y)
    markdown = report._repr_markdown_()
    assert markdown.startswith("| block | verdict |")
    assert markdown.endswith(f"\n\n{report.summary}")
    assert {line.count("|") for line in markdown.splitlines()[:6]} == {7}


def test_a_block_that_does_not_exist():
    with pytest.raises(KeyError, match="W7"):
        check_gradients(*sample())["W7"]


# --- errors


def test_what_does_not_fit_is_refused_as_by_the_network():
    network, X, Y = sample()
    with pytest.raises(ValueError, match=r"X is .*transposed"):
        check_gradients(network, X.T, Y)
    with pytest.raises(ValueError, match=r"Y is \(5, 2\), but layer 2 predicts \(2, 5\)"):
        check_gradients(network, X, Y.T)


def test_every_kink_is_seen():
    for f in ACTIVATIONS.values():
        network = Network([Layer([[1.0]], 0.0, f if f.elementwise else "linear")], "squared_error")
        report = check_gradients(network, [[0.0]], [[1.0]])
        assert (report["b1"].verdict == "undecided") == bool(f.kinks), f
        assert f"at a {f.title} kink" in report["b1"].remark or not f.kinks
