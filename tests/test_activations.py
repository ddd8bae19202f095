import copy
import pickle

import exact_functions
import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from sample_networks import name

from nbhelpers import ACTIVATIONS, Activation, relu, sigmoid, softmax, tanh

ALL = list(ACTIVATIONS.values())
ELEMENTWISE = [f for f in ALL if f.elementwise]
LARGEST = np.finfo(float).max
EXTREMES = [0.0, 5e-324, 2.2e-308, 1e-300, 1.0, 36.0, 37.0, 709.0, 710.0, 745.0, 746.0, 1e300, 1.7e308, LARGEST]

every_activation = pytest.mark.parametrize("f", ALL, ids=name)
every_elementwise = pytest.mark.parametrize("f", ELEMENTWISE, ids=name)

any_finite = st.floats(allow_nan=False, allow_infinity=False)
columns = arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=5), elements=any_finite)
moderate = arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=5), elements=st.floats(-30, 30))


# --- values and slopes


@pytest.mark.parametrize("z", [-300.0, -40.0, -3.5, -1.0, -1e-3, 0.0, 0.43, 1.42, 20.0, 40.0, 300.0])
@every_elementwise
def test_value_and_slope_to_15_digits(f, z):
    assert f(z) == pytest.approx(exact_functions.value(f.name, z, 60), rel=4e-15, abs=0)
    assert f.derivative(z) == pytest.approx(exact_functions.slope(f.name, z, 60), rel=4e-15, abs=0)


@every_elementwise
def test_slope_agrees_with_central_differences(f):
    Z, h = np.linspace(-4.1, 4.2, 12).reshape(3, 4), 1e-5
    np.testing.assert_allclose(f.derivative(Z), (f(Z + h) - f(Z - h)) / (2 * h), rtol=1e-7, atol=1e-10)


def test_slope_of_relu_at_the_kink_is_zero():
    assert relu.derivative([-0.0, 0.0, 5e-324]).tolist() == [0, 0, 1]


def test_softmax_to_15_digits():
    z = [-2.5, 0.0, 1.25, 40.0]
    with mpmath.workdps(30):
        E = [mpmath.exp(x) for x in z]
        expected = [[float(e / sum(E))] for e in E]
    np.testing.assert_allclose(softmax(np.reshape(z, (4, 1))), expected, rtol=4e-15)


def test_softmax_works_on_each_column_by_itself():
    Z = np.arange(12.0).reshape(3, 4) ** 1.5
    one_by_one = np.hstack([softmax(Z[:, [i]]) for i in range(4)])
    np.testing.assert_array_equal(softmax(Z), one_by_one)


def test_jacobian_of_softmax_agrees_with_central_differences():
    z, h = np.array([0.3, -1.2, 2.0, 0.7]), 1e-5
    differences = [(softmax(z + h * e) - softmax(z - h * e)) / (2 * h) for e in np.eye(4)]
    np.testing.assert_allclose(softmax.jacobian(z), np.transpose(differences), atol=1e-10)


def test_jacobian_of_softmax_takes_a_column_as_well():
    z = [1.0, 2.0, 0.5]
    np.testing.assert_array_equal(softmax.jacobian(np.reshape(z, (3, 1))), softmax.jacobian(z))


# --- backward


@every_elementwise
def test_backward_multiplies_by_the_slope(f):
    Z, dA = np.random.default_rng(1).normal(size=(2, 3, 4))
    np.testing.assert_allclose(f.backward(dA, Z), dA * f.derivative(Z), rtol=1e-15)


def test_backward_of_softmax_multiplies_each_column_by_its_jacobian():
    Z, dA = np.random.default_rng(1).normal(size=(2, 3, 4))
    expected = np.column_stack([softmax.jacobian(Z[:, i]).T @ dA[:, i] for i in range(4)])
    np.testing.assert_allclose(softmax.backward(dA, Z), expected, rtol=1e-12, atol=1e-16)


@every_activation
def test_backward_agrees_with_central_differences(f):
    """For the sum of C * f(Z), dJ/dA is C."""
    Z, C = np.random.default_rng(2).normal(size=(2, 3, 4))
    h, differences = 1e-5, np.empty_like(Z)
    for index in np.ndindex(Z.shape):
        step = np.zeros_like(Z)
        step[index] = h
        differences[index] = (C * (f(Z + step) - f(Z - step))).sum() / (2 * h)
    np.testing.assert_allclose(f.backward(C, Z), differences, rtol=1e-7, atol=1e-10)


# --- stability: warnings are errors in this project


@pytest.mark.parametrize("z", [*EXTREMES, *(-z for z in EXTREMES)])
@every_elementwise
def test_stays_finite_and_silent_at_extremes(f, z):
    for result in (f(z), f.derivative(z), f.backward(1.0, z)):
        assert np.isfinite(result), result
    assert f.range[0] <= f(z) <= f.range[1]


@given(columns)
def test_softmax_columns_are_probabilities_for_any_finite_numbers(Z):
    A = softmax(Z)
    assert ((A >= 0) & (A <= 1)).all()
    np.testing.assert_allclose(A.sum(axis=0), 1, rtol=1e-14)
    assert np.isfinite(softmax.backward(np.ones_like(Z), Z)).all()
    assert np.isfinite(softmax.jacobian(Z[:, 0])).all()


@given(columns)
def test_elementwise_activations_are_finite_for_any_finite_numbers(Z):
    for f in ELEMENTWISE:
        assert np.isfinite(f(Z)).all(), f
        assert np.isfinite(f.derivative(Z)).all(), f


# --- what must hold for all numbers


@given(moderate, st.floats(-50, 50))
def test_softmax_does_not_see_a_shift(Z, shift):
    np.testing.assert_allclose(softmax(Z + shift), softmax(Z), rtol=1e-12)


@given(columns)
def test_sigmoid_is_symmetric(Z):
    np.testing.assert_allclose(sigmoid(-Z), 1 - sigmoid(Z), rtol=0, atol=2e-16)


@given(columns)
def test_tanh_is_odd(Z):
    np.testing.assert_array_equal(tanh(-Z), -tanh(Z))


@given(moderate)
def test_tanh_is_a_stretched_sigmoid(Z):
    np.testing.assert_allclose(tanh(Z), 2 * sigmoid(2 * Z) - 1, rtol=0, atol=4e-16)


@given(moderate)
def test_rows_of_the_jacobian_sum_to_zero_and_it_is_symmetric(Z):
    J = softmax.jacobian(Z[:, 0])
    np.testing.assert_allclose(J.sum(axis=1), 0, atol=1e-15)
    np.testing.assert_array_equal(J, J.T)


# --- types


@every_activation
def test_float32_stays_float32(f):
    Z = np.linspace(-3, 3, 6, dtype=np.float32).reshape(3, 2)
    assert f(Z).dtype == np.float32
    assert f.backward(Z, Z).dtype == np.float32
    slopes = softmax.jacobian(Z[:, 0]) if f is softmax else f.derivative(Z)
    assert slopes.dtype == np.float32


@every_activation
def test_lists_and_whole_numbers_are_accepted(f):
    expected = f(np.array([[-1.0, 2.0], [0.0, 3.0]]))
    np.testing.assert_array_equal(f([[-1, 2], [0, 3]]), expected)
    np.testing.assert_array_equal(f(np.array([[-1, 2], [0, 3]])), expected)


@every_activation
def test_arguments_are_not_changed_and_not_handed_back(f):
    Z, dA = np.array([[-1.0, 2.0], [0.5, 3.0]]), np.ones((2, 2))
    before = Z.copy()
    assert not np.shares_memory(f(Z), Z)
    assert not np.shares_memory(f.backward(dA, Z), dA)
    np.testing.assert_array_equal(Z, before)
    np.testing.assert_array_equal(dA, 1)


# --- errors


def test_softmax_explains_why_it_has_no_derivative():
    with pytest.raises(TypeError, match=r"no derivative element by element.*softmax\.jacobian.*softmax\.backward"):
        softmax.derivative([[1.0], [2.0]])


@pytest.mark.parametrize("z", [[[1.0, 2.0], [3.0, 4.0]], 1.0], ids=["two examples", "one number"])
def test_jacobian_takes_one_example(z):
    with pytest.raises(ValueError, match=r"takes one example, shape \(m,\) or \(m, 1\), but z is \("):
        softmax.jacobian(z)


def test_softmax_refuses_a_single_number():
    with pytest.raises(ValueError, match="softmax needs a column of numbers"):
        softmax(1.0)


@every_activation
def test_backward_names_both_shapes(f):
    with pytest.raises(ValueError, match=rf"{f.name}\.backward: dA is \(2, 1\), but Z is \(1, 2\)"):
        f.backward([[1.0], [2.0]], [[1.0, 2.0]])


@every_activation
@pytest.mark.parametrize("Z", [[["a"]], [[1j]]], ids=["text", "complex"])
def test_refuses_what_is_no_number(f, Z):
    with pytest.raises(TypeError, match=r"Z holds .*expected real numbers"):
        f(Z)


# --- one object each


def test_the_lecture_comes_first_in_the_table_and_each_is_listed_by_its_name():
    assert list(ACTIVATIONS)[:5] == ["linear", "sigmoid", "tanh", "relu", "softmax"]
    assert [f.is_beyond_the_lecture for f in ALL] == [False] * 5 + [True] * (len(ALL) - 5)
    assert {f.name: f for f in ALL} == ACTIVATIONS
    assert list(exact_functions.FUNCTIONS) == [f.name for f in ELEMENTWISE]


# --- all that an entry says of itself, against mpmath and against each other


NUMPY = {"np": np, "normal_cdf": np.vectorize(mpmath.ncdf, otypes=[float])}
NUMPY["normal_density"] = np.vectorize(mpmath.npdf, otypes=[float])


@every_activation
def test_the_line_of_numpy_gives_the_value_and_the_slope(f):
    Z = np.random.default_rng(3).normal(size=(3, 4))
    A = eval(f.numpy, {**NUMPY, "Z": Z})
    np.testing.assert_allclose(A, f(Z), rtol=1e-13)
    if f.elementwise:
        np.testing.assert_allclose(eval(f.slope_numpy, {**NUMPY, "Z": Z, "A": A}), f.derivative(Z), rtol=1e-12)


@every_activation
@pytest.mark.parametrize("scale", [1, 30, 1000])
def test_on_kept_memory_it_is_the_same(f, scale):
    Z, dA = scale * np.random.default_rng(4).normal(size=(2, 4, 5))
    A, dZ = np.full_like(Z, np.nan), dA.copy()
    with np.errstate(over="ignore"):
        f.value_into(Z, A)
        f.backward_into(dZ, Z, A)
    np.testing.assert_allclose(A, f(Z), rtol=1e-14, atol=1e-300)
    np.testing.assert_allclose(dZ, f.backward(dA, Z), rtol=1e-12, atol=1e-13 * scale)


@every_elementwise
def test_at_a_kink_the_slope_on_the_left_is_taken_and_nowhere_else_it_jumps(f):
    Z = np.linspace(-2, 2, 40001)
    jumps = np.flatnonzero(np.abs(np.diff(f.derivative(Z))) > 0.1)
    assert len(jumps) == len(f.kinks)
    np.testing.assert_allclose(Z[jumps], f.kinks, atol=1e-9)
    np.testing.assert_allclose(f.derivative(np.array(f.kinks)), f.derivative(np.array(f.kinks) - 1e-9))
    dA = np.ones(1)
    f.backward_into(dA, np.zeros(1), f(np.zeros(1)))
    assert dA == f.derivative(0.0)


@every_elementwise
def test_the_share_of_the_slope_is_that_of_the_steepest(f):
    Z = np.linspace(-40, 40, 8001)
    share = f.share_of_slope(Z, f(Z))
    if share is not None:
        slopes = np.abs(f.derivative(Z))
        np.testing.assert_allclose(share, slopes / slopes.max(), atol=1e-5)
    assert f.dies == (f is relu)


@every_elementwise
def test_the_range_is_reached_and_not_left(f):
    values = f(np.linspace(-1e3, 1e3, 2_000_001))
    low, high = f.range
    assert low <= values.min() <= low + 2e-3 or (low == -np.inf and values.min() < -9)
    assert high - 2e-3 <= values.max() <= high or (high == np.inf and values.max() > 900)


@every_elementwise
def test_the_jacobian_of_an_elementwise_function_is_diagonal(f):
    z = np.array([0.3, -1.2, 2.0])
    np.testing.assert_allclose(Activation.jacobian(f, z), np.diag(f.derivative(z)), atol=1e-15)
    np.testing.assert_allclose(Activation._jacobian(softmax, z), softmax.jacobian(z), atol=1e-15)


# --- one of someone's own


class Swish(Activation):
    def _value(self, Z):
        return Z * sigmoid(Z)

    def _derivative(self, Z):
        return sigmoid(Z) + Z * sigmoid.derivative(Z)


def test_what_an_own_activation_needs_is_said():
    class Half(Activation):
        pass

    assert Half().name == "half"
    with pytest.raises(NotImplementedError, match=r"Half needs a method _value\(self, Z\)"):
        Half()(1.0)
    with pytest.raises(NotImplementedError, match=r"Half needs a method _derivative\(self, Z\)"):
        Half().backward(1.0, 1.0)


def test_an_own_activation_can_be_pickled():
    copied = pickle.loads(pickle.dumps(Swish()))
    assert isinstance(copied, Swish)
    assert copied(2.0) == Swish()(2.0)


@every_activation
def test_copies_and_pickles_are_the_same_object(f):
    assert copy.copy(f) is copy.deepcopy(f) is pickle.loads(pickle.dumps(f)) is f
