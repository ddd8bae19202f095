import copy
import pickle

import numpy as np
import pytest
from sample_networks import HIDDEN, PAIRS, REFUSED_PAIRS, SIZES, assert_same_numbers, name, numbers, sample

from nbhelpers import (
    Forward,
    Layer,
    Network,
    binary_cross_entropy,
    categorical_cross_entropy,
    linear,
    relu,
    sigmoid,
    softmax,
    squared_error,
    tanh,
)

every_pair = pytest.mark.parametrize("pair", PAIRS, ids=name)
every_depth = pytest.mark.parametrize("depth", SIZES)


# --- shapes and numbering


@every_depth
@pytest.mark.parametrize("d", [1, 8])
def test_every_matrix_has_the_lectures_shape(depth, d):
    sizes = SIZES[depth]
    network, X, Y = sample(sizes, d=d)
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    for l in range(1, depth + 1):
        assert network.W[l].shape == gradients.dW[l].shape == (sizes[l], sizes[l - 1])
        assert network.b[l].shape == gradients.db[l].shape == (sizes[l], 1)
        assert forward.Z[l].shape == forward.A[l].shape == (sizes[l], d)
        assert gradients.dZ[l].shape == gradients.dA[l].shape == (sizes[l], d)
    assert gradients.dA[0].shape == X.shape
    assert (network.sizes, network.L) == (sizes, depth)


def test_lists_start_with_None_where_the_input_has_none():
    network, X, Y = sample()
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    firsts = network.W[0], network.b[0], forward.Z[0], gradients.dZ[0], gradients.dW[0], gradients.db[0]
    assert firsts == (None,) * 6


def test_the_first_activations_are_X_and_the_last_are_the_predictions():
    network, X, _ = sample()
    forward = network.forward(X)
    np.testing.assert_array_equal(forward.A[0], X)
    assert forward.Y_hat is forward.A[network.L]
    np.testing.assert_array_equal(network.predict(X), forward.Y_hat)


def test_names_of_parameters_and_gradients_in_order():
    network, X, Y = sample()
    gradients = network.backward(network.forward(X), Y)
    assert list(network.parameters) == list(gradients.by_parameter) == ["W1", "b1", "W2", "b2"]
    assert gradients.by_parameter["b2"] is gradients.db[2]


# --- the formulas, each from what stands one step before


@every_depth
def test_forward_is_the_lectures_formula_in_loops(depth):
    network, X, _ = sample(SIZES[depth], output=sigmoid, loss=squared_error)
    forward = network.forward(X)
    for l, layer in enumerate(network.layers, start=1):
        Z = np.zeros_like(forward.Z[l])
        for j, i in np.ndindex(Z.shape):
            Z[j, i] = layer.b[j, 0] + sum(layer.W[j, k] * forward.A[l - 1][k, i] for k in range(layer.inputs))
        np.testing.assert_allclose(forward.Z[l], Z, rtol=1e-12, atol=1e-14)
        np.testing.assert_array_equal(forward.A[l], layer.activation(forward.Z[l]))


@every_pair
def test_cost_is_the_mean_of_the_loss(pair):
    network, X, Y = sample([2, 5, 3, 4], tanh, *pair)
    losses = [network.loss.per_example(network.predict(X[:, [i]]), Y[:, [i]])[0] for i in range(5)]
    assert network.cost(X, Y) == pytest.approx(np.mean(losses), rel=1e-12)
    assert network.cost_of(network.forward(X), Y) == network.cost(X, Y)


@every_pair
def test_output_gradient_is_the_chain_rule(pair):
    """Also for the matched pairs, where the package takes the short form (Y_hat - Y)/d."""
    network, X, Y = sample([2, 5, 3, 4], tanh, *pair)
    forward = network.forward(X)
    dA = network.loss.gradient(forward.Y_hat, Y)
    expected = network.layers[-1].activation.backward(dA, forward.Z[-1])
    gradients = network.backward(forward, Y)
    np.testing.assert_allclose(network.output_gradient(forward, Y), expected, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(gradients.dZ[-1], expected, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(gradients.dA[-1], dA, rtol=1e-14)


MATCHED = [(linear, squared_error), (sigmoid, binary_cross_entropy), (softmax, categorical_cross_entropy)]


@every_pair
def test_three_pairs_are_matched(pair):
    network, X, Y = sample([3, 4, 2], tanh, *pair)
    assert network.is_matched == (pair in MATCHED)
    if network.is_matched:
        forward = network.forward(X)
        np.testing.assert_array_equal(network.output_gradient(forward, Y), (forward.Y_hat - Y) / 5)


@pytest.mark.parametrize("pair", MATCHED[1:], ids=name)
def test_cost_comes_from_Z_where_the_predictions_round_to_0_and_1(pair):
    network = Network([Layer([[1.0], [0.0]], [0, 0], pair[0])], pair[1])
    assert network.cost([[1e300]], [[0], [1]]) == 1e300


def test_backward_of_the_hidden_layer_by_loops():
    network, X, Y = sample([3, 4, 2], tanh, linear, squared_error)
    forward = network.forward(X)
    g = network.backward(forward, Y)
    slope = tanh.derivative(forward.Z[1])
    for j, i in np.ndindex(4, 5):
        dA = sum(network.W[2][k, j] * g.dZ[2][k, i] for k in range(2))
        assert g.dA[1][j, i] == pytest.approx(dA)
        assert g.dZ[1][j, i] == pytest.approx(dA * slope[j, i])
    for j, k in np.ndindex(4, 3):
        assert g.dW[1][j, k] == pytest.approx(sum(g.dZ[1][j, i] * X[k, i] for i in range(5)))
    for j in range(4):
        assert g.db[1][j, 0] == pytest.approx(sum(g.dZ[1][j, i] for i in range(5)))


# --- the update


@pytest.mark.parametrize("learning_rate", [0, 0.5, 2, np.float32(0.5), np.array(0.5)])
def test_update_steps_each_parameter_once(learning_rate):
    network, X, Y = sample()
    gradients = network.backward(network.forward(X), Y)
    updated = network.updated(gradients, learning_rate)
    for block, value in network.parameters.items():
        expected = value - float(learning_rate) * gradients.by_parameter[block]
        np.testing.assert_array_equal(updated.parameters[block], expected, err_msg=block)


@every_pair
@pytest.mark.parametrize("hidden", HIDDEN, ids=name)
def test_a_small_step_lowers_the_cost_as_the_gradient_says(pair, hidden):
    network, X, Y = sample([2, 5, 3, 4], hidden, *pair)
    gradients = network.backward(network.forward(X), Y)
    eta = 1e-6
    change = network.updated(gradients, eta).cost(X, Y) - network.cost(X, Y)
    expected = -eta * sum((g**2).sum() for g in gradients.by_parameter.values())
    assert change == pytest.approx(expected, rel=1e-3)


def test_an_update_gives_a_new_network_and_leaves_the_old_one():
    network, X, Y = sample()
    before = numbers(network)
    updated = network.updated(network.backward(network.forward(X), Y), 0.5)
    assert updated is not network
    assert_same_numbers(before, numbers(network))
    assert updated.cost(X, Y) < network.cost(X, Y)


# --- replaced parameters and subclasses


class Named(Network):
    def __init__(self, layers, loss, nickname):
        super().__init__(layers, loss)
        self.nickname = nickname


def test_a_subclass_keeps_what_it_added():
    plain, X, Y = sample()
    network = Named(plain.layers, plain.loss, "Ada")
    updated = network.updated(network.backward(network.forward(X), Y), 0.1)
    replaced = network.with_parameters(b1=np.ones((4, 1)))
    assert [(type(n), n.nickname) for n in (updated, replaced)] == [(Named, "Ada")] * 2


def test_with_parameters_replaces_what_is_named_and_nothing_else():
    network, _, _ = sample()
    before = numbers(network)
    new = network.with_parameters(W2=np.zeros((2, 4)), b1=[1, 2, 3, 4])
    assert_same_numbers(before, numbers(network))
    assert_same_numbers({**before, "W2": np.zeros((2, 4)), "b1": np.array([[1], [2], [3], [4]])}, numbers(new))
    assert new.layers[1].activation is network.layers[1].activation


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"W3": [[1]]}, "no parameter is called 'W3'; choose from W1, b1, W2, b2"),
        ({"W0": [[1]]}, "no parameter is called 'W0'"),
        ({"w1": [[1]]}, "no parameter is called 'w1'"),
        ({"W2": np.ones((4, 2))}, r"layer 2: W is \(2, 4\), but the new W is \(4, 2\)"),
        ({"b1": [1, 2, 3]}, r"layer 1: b is \(4, 1\), but the new b is \(3, 1\)"),
        ({"b1": [1, 2, np.nan, 4]}, "layer 1: b has nan in row 3"),
        ({"W1": [[1, 2], [3]]}, "layer 1: W has rows of different lengths"),
    ],
    ids=str,
)
def test_with_parameters_refuses(parameters, message):
    network, _, _ = sample()
    before = numbers(network)
    with pytest.raises(ValueError, match=message):
        network.with_parameters(**parameters)
    assert_same_numbers(before, numbers(network))


# --- nothing is changed


def test_arrays_of_a_network_are_read_only_copies():
    W, b = np.ones((2, 3)), np.zeros((2, 1))
    network = Network([Layer(W, b, sigmoid)], squared_error)
    W[0, 0], b[0, 0] = 7, 7
    assert (network.W[1][0, 0], network.b[1][0, 0]) == (1, 0)
    with pytest.raises(ValueError, match="read-only"):
        network.W[1][0, 0] = 5
    with pytest.raises(ValueError, match="read-only"):
        network.b[1] += 5


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda n: pickle.loads(pickle.dumps(n))])
def test_a_copy_computes_the_same_and_is_as_read_only(copied):
    network, X, Y = sample()
    other = copied(network)
    assert_same_numbers(numbers(network), numbers(other))
    assert other.cost(X, Y) == network.cost(X, Y)
    assert other.is_matched
    assert not any(value.flags.writeable for value in other.parameters.values())


def test_no_call_changes_its_arguments():
    network, X, Y = sample()
    X0, Y0 = X.copy(), Y.copy()
    forward = network.forward(X)
    Z0 = forward.Z[1].copy()
    gradients = network.backward(forward, Y)
    dW0 = gradients.dW[1].copy()
    network.updated(gradients, 0.5)
    for now, before in ((X, X0), (Y, Y0), (forward.Z[1], Z0), (gradients.dW[1], dW0)):
        np.testing.assert_array_equal(now, before)


def test_a_forward_pass_does_not_follow_later_changes_of_X():
    network, X, _ = sample()
    forward = network.forward(X)
    X[:] = 0
    assert forward.A[0].all()


# --- types


@pytest.mark.parametrize(("W", "b"), [(np.float32, np.float64), (np.float64, np.float32)])
def test_a_layer_has_the_type_that_holds_both_its_parts(W, b):
    layer = Layer(np.ones((2, 3), W), np.full((2, 1), 0.1, b), "tanh")
    assert {layer.W.dtype, layer.b.dtype} == {np.dtype(np.float64)}
    assert layer.b[0, 0] == b(0.1)


@every_pair
@pytest.mark.parametrize("hidden", HIDDEN, ids=name)
def test_float32_stays_float32_everywhere(pair, hidden):
    network, X, Y = sample([2, 5, 3, 4], hidden, *pair, dtype=np.float32)
    forward = network.forward(X.astype(float))
    gradients = network.backward(forward, Y.astype(float))
    updated = network.updated(gradients, 0.1)
    arrays = [
        *forward.Z,
        *forward.A,
        *gradients.dZ,
        *gradients.dA,
        *gradients.dW,
        *gradients.db,
        *updated.W,
        *updated.b,
    ]
    assert {array.dtype for array in arrays if array is not None} == {np.dtype(np.float32)}
    assert updated.dtype == np.float32


def test_float32_and_float64_agree_to_six_digits():
    small, X, Y = sample(dtype=np.float32)
    large = small.with_parameters(**{block: value.astype(float) for block, value in small.parameters.items()})
    assert large.dtype == np.float64
    assert small.cost(X, Y) == pytest.approx(large.cost(X, Y), rel=1e-6)


def test_lists_and_whole_numbers_are_accepted():
    network = Network(
        [Layer([[1, 2], [3, 4], [5, 6]], [0, 1, 2], "relu"), Layer([[1, 0, -1]], 1, "linear")], "squared_error"
    )
    assert network.dtype == np.float64
    forward = network.forward([[1, 0], [0, 1]])
    assert forward.Z[1].tolist() == [[1, 2], [4, 5], [7, 8]]
    assert forward.Y_hat.tolist() == [[-5, -5]]
    gradients = network.backward(forward, [[-5, -3]])
    assert gradients.dZ[2].tolist() == [[0, -1]]
    assert gradients.dW[2].tolist() == [[-2, -5, -8]]


def test_a_single_number_stands_for_a_one_by_one_matrix():
    network = Network([Layer(2, 1, linear)], squared_error)
    assert network.cost(3, 5) == 2.0


def test_activations_and_losses_can_be_named():
    network = Network([Layer([[1.0]], 0, "sigmoid")], "binary_cross_entropy")
    assert (network.layers[0].activation, network.loss) == (sigmoid, binary_cross_entropy)


# --- how it shows


def test_text():
    network, X, Y = sample()
    forward = network.forward(X)
    assert repr(network) == "Network(3-4-2, tanh, softmax, categorical_cross_entropy)"
    assert repr(network.layers[0]) == "Layer(3 inputs -> 4 units, tanh)"
    assert repr(forward) == "Forward(Z[1] (4, 5), Z[2] (2, 5), A[0] (3, 5), A[1] (4, 5), A[2] (2, 5))"
    assert repr(network.backward(forward, Y)).startswith("Gradients(dZ[1] (4, 5), dZ[2] (2, 5), dA[0] (3, 5)")


# --- errors: layers


@pytest.mark.parametrize(
    ("W", "b", "error", "message"),
    [
        ([1, 2], 0, ValueError, r"W is 1-D with shape \(2,\)"),
        (np.ones((2, 2, 2)), [0, 0], ValueError, "W has 3 dimensions"),
        (np.ones((0, 2)), [], ValueError, "W is empty"),
        ([[1, np.inf]], 0, ValueError, "W has inf in row 1, column 2"),
        ([["a"]], 0, TypeError, "W holds text"),
        ([[1j]], 0, TypeError, "W holds complex numbers"),
        ([[1, 2], [3]], [0, 0], ValueError, "W has rows of different lengths"),
        ([[1, 2]], [np.nan], ValueError, "b has nan in row 1, column 1"),
        ([[1, 2]], "a", TypeError, "b holds text"),
    ],
)
def test_layer_refuses(W, b, error, message):
    with pytest.raises(error, match=message):
        Layer(W, b, sigmoid)


@pytest.mark.parametrize("activation", ["swish", np.tanh, None, 3])
def test_unknown_activation(activation):
    with pytest.raises(ValueError, match="is not a known activation; choose from linear, sigmoid, tanh, relu, softmax"):
        Layer([[1.0]], 0, activation)


@pytest.mark.parametrize("loss", ["hinge", "binary cross-entropy", None])
def test_unknown_loss(loss):
    with pytest.raises(
        ValueError, match="is not a known loss; choose from squared_error, binary_cross_entropy, categorical"
    ):
        Network([Layer([[1.0]], 0, sigmoid)], loss)


def layers(*shapes):
    return [Layer(np.ones(shape), np.zeros((shape[0], 1)), sigmoid) for shape in shapes]


def test_layers_that_do_not_fit_are_named_with_both_sizes():
    with pytest.raises(ValueError, match=r"layer 2: W is \(2, 5\), but layer 1 has 4 units"):
        Network(layers((4, 3), (2, 5)), squared_error)
    with pytest.raises(ValueError, match=r"layer 3: W is \(2, 2\), but layer 2 has 1 unit$"):
        Network(layers((4, 3), (1, 4), (2, 2)), squared_error)


@pytest.mark.parametrize("b", [[0, 0, 0], [0, 0, 0, 0, 0], 0])
def test_a_bias_of_the_wrong_height_names_the_layer(b):
    with pytest.raises(ValueError, match=rf"layer 1: b is \({np.size(b)}, 1\), but W is \(4, 3\).*shape \(4, 1\)"):
        Network([Layer(np.ones((4, 3)), b, sigmoid)], squared_error)


def test_a_bias_row_is_refused():
    with pytest.raises(ValueError, match=r"b is \(1, 4\), expected one column"):
        Layer(np.ones((4, 3)), np.ones((1, 4)), sigmoid)


def test_a_network_needs_layers():
    with pytest.raises(ValueError, match="at least one layer"):
        Network([], squared_error)
    with pytest.raises(TypeError, match="layer 1 is of the type ndarray, expected a Layer"):
        Network([np.ones((2, 2))], squared_error)


@pytest.mark.parametrize("pair", REFUSED_PAIRS, ids=name)
def test_an_output_outside_the_range_of_the_loss_is_refused(pair):
    output, loss = pair
    message = rf"layer 2: {output.name} gives numbers from .* needs predictions from 0 to 1; {loss.partner.name} fits"
    with pytest.raises(ValueError, match=message):
        sample([3, 4, 2], tanh, output, loss)


# --- errors: X and Y


def changed(array, value):
    array = array.copy()
    array[1, 0] = value
    return array


@pytest.mark.parametrize(
    ("wrong_X", "error", "message"),
    [
        (lambda X: X.T, ValueError, r"layer 1: W is \(4, 3\), so X needs 3 rows .*X is \(5, 3\).*transposed.*X\.T"),
        (lambda X: X[:2], ValueError, r"layer 1: W is \(4, 3\), so X needs 3 rows \(features\), but X is \(2, 5\)$"),
        (lambda X: X[:, 0], ValueError, r"X is 1-D with shape \(3,\)"),
        (lambda X: X[:, :0], ValueError, r"X is empty, shape \(3, 0\)"),
        (lambda X: X[None], ValueError, r"X has 3 dimensions, shape \(1, 3, 5\)"),
        (lambda X: changed(X, np.nan), ValueError, "X has nan in row 2, column 1"),
        (lambda X: changed(X, -np.inf), ValueError, "X has -inf in row 2, column 1"),
        (lambda X: X.astype(str), TypeError, "X holds text"),
        (lambda X: X + 0j, TypeError, "X holds complex numbers"),
        (lambda X: [[1, 2], [3], [4, 5]], ValueError, "X has rows of different lengths"),
        (lambda X: None, TypeError, "X holds values of type object"),
    ],
    ids=["transposed", "few rows", "1-D", "empty", "3-D", "nan", "inf", "text", "complex", "ragged", "None"],
)
@pytest.mark.parametrize("method", ["forward", "predict"])
def test_wrong_X_is_refused(method, wrong_X, error, message):
    network, X, _ = sample()
    before = numbers(network)
    with pytest.raises(error, match=message):
        getattr(network, method)(wrong_X(X))
    assert_same_numbers(before, numbers(network))


@pytest.mark.parametrize(
    ("wrong_Y", "error", "message"),
    [
        (lambda Y: Y[:, :4], ValueError, r"Y is \(2, 4\), but layer 2 predicts \(2, 5\)"),
        (lambda Y: np.vstack([Y, Y]), ValueError, r"Y is \(4, 5\), but layer 2 predicts \(2, 5\)"),
        (lambda Y: Y.argmax(axis=0), ValueError, r"Y is \(5,\).*one-hot: np\.eye\(2\)\[:, classes\].*from 0 to 1"),
        (lambda Y: Y.argmax(axis=0)[None], ValueError, r"Y is \(1, 5\).*one-hot"),
        (lambda Y: Y.T, ValueError, r"Y is \(5, 2\), but layer 2 predicts \(2, 5\).*transposed\? Try Y\.T"),
        (lambda Y: 1, ValueError, r"Y is \(1, 1\), but layer 2 predicts \(2, 5\)"),
        (lambda Y: changed(Y, np.nan), ValueError, "Y has nan in row 2, column 1"),
        (lambda Y: Y.astype(str), TypeError, "Y holds text"),
        (lambda Y: Y + 0j, TypeError, "Y holds complex"),
        (lambda Y: changed(Y, 7), ValueError, "column 1 is not a one-hot column"),
    ],
    ids=["other d", "height", "classes", "class row", "transposed", "number", "nan", "text", "complex", "not one-hot"],
)
@pytest.mark.parametrize("method", ["backward", "cost_of", "output_gradient"])
def test_wrong_Y_is_refused(method, wrong_Y, error, message):
    network, X, Y = sample()
    forward, before = network.forward(X), numbers(network)
    with pytest.raises(error, match=message):
        getattr(network, method)(forward, wrong_Y(Y))
    assert_same_numbers(before, numbers(network))


def test_labels_outside_0_and_1_are_refused_for_binary_cross_entropy():
    network, X, Y = sample(output=sigmoid, loss=binary_cross_entropy)
    with pytest.raises(
        ValueError, match=r"Y has 2 in row 2, column 1, but binary cross-entropy needs numbers from 0 to 1"
    ):
        network.cost(X, changed(Y, 2))


@pytest.mark.parametrize("method", ["backward", "cost_of", "output_gradient"])
def test_X_in_place_of_a_forward_pass_is_refused(method):
    network, X, Y = sample()
    with pytest.raises(TypeError, match=r"expected what network\.forward\(X\) returns, but got a ndarray"):
        getattr(network, method)(X, Y)


@pytest.mark.parametrize("method", ["backward", "cost_of", "output_gradient"])
def test_the_forward_pass_of_another_network_is_refused(method):
    network, _, Y = sample()
    other, X, _ = sample([3, 6, 2])
    with pytest.raises(ValueError, match=r"sizes \[3, 6, 2\], but this network has \[3, 4, 2\]"):
        getattr(network, method)(other.forward(X), Y)


# --- errors: updates


@pytest.mark.parametrize(
    ("learning_rate", "error"),
    [
        *((number, ValueError) for number in (-0.1, np.nan, np.inf, [0.1, 0.2])),
        *((no_number, TypeError) for no_number in ("0.1", None, 1j)),
    ],
    ids=str,
)
def test_wrong_learning_rates_are_refused(learning_rate, error):
    network, X, Y = sample()
    gradients, before = network.backward(network.forward(X), Y), numbers(network)
    with pytest.raises(error, match=r"the learning rate (is|holds) .*expected"):
        network.updated(gradients, learning_rate)
    assert_same_numbers(before, numbers(network))


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ([3, 6, 2], r"layer 1: dW1 is \(6, 3\), but W is \(4, 3\)"),
        ([3, 4, 3], r"layer 2: dW2 is \(3, 4\), but W is \(2, 4\)"),
        ([3, 2], r"layer 1: dW1 is \(2, 3\), but W is \(4, 3\)"),
        ([3, 4, 2, 6], "gradients belong to a network with 3 layers, but this network has 2"),
    ],
    ids=str,
)
def test_gradients_of_another_network_are_refused(sizes, message):
    network, _, _ = sample([3, 4, 2])
    other, X, Y = sample(sizes)
    before = numbers(network)
    with pytest.raises(ValueError, match=message):
        network.updated(other.backward(other.forward(X), Y), 0.1)
    assert_same_numbers(before, numbers(network))


def test_what_is_no_gradients_is_refused():
    network, _, _ = sample()
    with pytest.raises(TypeError, match=r"expected what network\.backward\(forward, Y\) returns, but got a dict"):
        network.updated({"W1": 0}, 0.1)


def test_a_gradient_with_a_nan_is_refused_with_its_place():
    network, X, Y = sample()
    gradients = network.backward(network.forward(X), Y)
    gradients.dW[2][1, 3] = np.nan
    before = numbers(network)
    with pytest.raises(ValueError, match="layer 2: dW2 has nan in row 2, column 4"):
        network.updated(gradients, 0.1)
    assert_same_numbers(before, numbers(network))


# --- numbers too large for a float: an error that names the layer, never a warning


def chain(*weights, dtype=float):
    return Network([Layer(np.array([[w]], dtype), np.zeros((1, 1), dtype), linear) for w in weights], squared_error)


def test_overflow_in_the_forward_pass_names_the_layer():
    with pytest.raises(OverflowError, match=r"layer 2: Z = W A \+ b is too large for float64.*weight is 1e\+200"):
        chain(1e200, 1e200).forward(1)
    with pytest.raises(OverflowError, match=r"layer 1: .* float32"):
        chain(1e30, dtype=np.float32).forward(1e30)


def test_overflow_in_the_backward_pass_is_seen_by_the_update():
    network = chain(1, 1e200)
    gradients = network.backward(network.forward(1), 0)
    with pytest.raises(ValueError, match="layer 1: dW1 has inf"):
        network.updated(gradients, 0.1)


def test_overflow_in_the_update_names_the_layer():
    network = chain(1e100)
    with pytest.raises(ValueError, match="layer 1: W has -inf in row 1, column 1"):
        network.updated(network.backward(network.forward(1e100), 0), 1e100)


def test_a_squared_error_beyond_all_floats_is_infinite_and_silent():
    assert chain(1e200).cost(1, 0) == np.inf


def test_what_is_too_large_for_float32_is_refused():
    with pytest.raises(ValueError, match="X has inf"):
        chain(1, dtype=np.float32).forward(1e200)


def test_a_forward_pass_can_be_made_by_hand():
    network, X, Y = sample()
    forward = network.forward(X)
    by_hand = Forward(forward.Z, forward.A)
    np.testing.assert_array_equal(network.backward(by_hand, Y).dW[1], network.backward(forward, Y).dW[1])


def test_relu_slope_is_taken_at_Z():
    """At Z = 0 the slope is 0; `A >= 0` in its place would be true everywhere."""
    network = Network([Layer([[1], [1]], [0, -5], relu), Layer([[1, 1]], 0, linear)], squared_error)
    gradients = network.backward(network.forward([[0.0]]), 1)
    assert gradients.dZ[1].tolist() == [[0], [0]]
    assert gradients.dA[1].tolist() == [[-1], [-1]]


def test_classes_share_one_example():
    """One column of softmax sums to 1, whatever stands in the next."""
    network, X, _ = sample([2, 5, 3, 4], tanh, softmax, categorical_cross_entropy)
    np.testing.assert_allclose(network.predict(X).sum(axis=0), 1, rtol=1e-14)
    np.testing.assert_allclose(network.predict(X)[:, [2]], network.predict(X[:, [2]]), rtol=1e-13)
