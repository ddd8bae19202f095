import numpy as np
import pytest

from nbhelpers import Network, relu, sigmoid, squared_error, tanh
from nbhelpers.initialization import SCHEMES, he, initial_parameters, normal, xavier, zeros

UNITS, INPUTS = 300, 500
VARIANCES = {"zeros": 0, "normal": 1e-4, "xavier": 2 / 800, "glorot": 2 / 800, "he": 2 / 500}


def rng():
    return np.random.default_rng(5)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_mean_and_variance(scheme):
    """With 150,000 draws the variance is known to 0.4 %, the mean to 0.3 % of the standard deviation."""
    W = SCHEMES[scheme](UNITS, INPUTS, rng())
    assert W.var() == pytest.approx(VARIANCES[scheme], rel=0.02)
    assert abs(W.mean()) <= 0.01 * np.sqrt(VARIANCES[scheme])


def test_every_scheme_is_tested():
    assert set(VARIANCES) == set(SCHEMES)
    assert (SCHEMES["zeros"], SCHEMES["normal"], SCHEMES["he"]) == (zeros, normal, he)
    assert SCHEMES["glorot"] is SCHEMES["xavier"] is xavier


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_shapes_types_and_zero_biases(scheme, dtype):
    parameters = initial_parameters([3, 4, 2], scheme, rng(), dtype)
    assert [(W.shape, b.shape) for W, b in parameters] == [((4, 3), (4, 1)), ((2, 4), (2, 1))]
    assert {array.dtype for pair in parameters for array in pair} == {np.dtype(dtype)}
    assert not any(b.any() for _, b in parameters)


def test_normal_takes_a_scale():
    assert normal(UNITS, INPUTS, rng(), scale=3).std() == pytest.approx(3, rel=0.01)


def test_he_keeps_the_size_of_relu_activations():
    """The mean of a² stays what it is, through ten layers."""
    network = Network.initialize([400] * 11, [relu] * 10, squared_error, scheme="he", rng=1)
    A = network.forward(rng().normal(size=(400, 50))).A
    assert (A[-1] ** 2).mean() == pytest.approx((A[0] ** 2).mean(), rel=0.5)


# --- Network.initialize


def build(**changes):
    arguments = {"sizes": [3, 4, 2], "activations": [tanh, sigmoid], "loss": squared_error, "rng": 0}
    return Network.initialize(**{**arguments, **changes})


def test_the_same_seed_gives_the_same_network():
    np.testing.assert_array_equal(build().W[2], build(rng=np.random.default_rng(0)).W[2])
    assert (build().W[2] != build(rng=1).W[2]).all()


def test_the_default_scheme_is_xavier():
    np.testing.assert_array_equal(build().W[1], build(scheme="xavier").W[1])


def test_the_generator_is_not_started_anew_for_each_layer():
    network = build(sizes=[3, 3, 3])
    assert (network.W[1] != network.W[2]).all()


def test_a_function_can_be_the_scheme():
    network = build(scheme=lambda units, inputs, rng: np.full((units, inputs), units / inputs))
    assert (network.W[1][0, 0], network.W[2][0, 0]) == (4 / 3, 0.5)


def test_float32():
    assert build(dtype=np.float32).dtype == np.float32


def test_sizes_may_be_an_array():
    assert build(sizes=np.array([3, 4, 2])).sizes == [3, 4, 2]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sizes": [3, 0, 2]}, "layer 1 has 0 units, expected a whole number from 1 on"),
        ({"sizes": [3, 4, -1]}, "layer 2 has -1 units"),
        ({"sizes": [3.0, 4, 2]}, r"the input has 3\.0 units"),
        ({"sizes": [3, True, 2]}, "layer 1 has True units"),
        ({"sizes": [3, "4", 2]}, "layer 1 has '4' units"),
        ({"sizes": [3], "activations": []}, r"sizes are \[3\], expected at least two"),
        ({"sizes": [3, 4]}, r"sizes \[3, 4\] make 1 layer, but there are 2 activations"),
        ({"sizes": [3, 4, 5, 2]}, "make 3 layers, but there are 2 activations"),
        ({"activations": [tanh, "swish"]}, "'swish' is not a known activation"),
        ({"scheme": "lecun"}, "'lecun' is not a scheme; choose from zeros, normal, xavier, glorot, he"),
        ({"scheme": lambda units, inputs, rng: np.ones((inputs, units))}, r"layer 1: b is \(4, 1\), but W is \(3, 4\)"),
        ({"dtype": np.int64}, "dtype is int64, expected float64 or float32"),
        ({"dtype": np.float16}, "dtype is float16, expected float64 or float32"),
    ],
)
def test_refuses(changes, message):
    with pytest.raises(ValueError, match=message):
        build(**changes)
