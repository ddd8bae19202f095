import copy
import pickle

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sample_networks import labels, name

from nbhelpers import (
    LOSSES,
    Loss,
    binary_cross_entropy,
    categorical_cross_entropy,
    linear,
    mean_squared_error,
    sigmoid,
    softmax,
    squared_error,
)

ALL = list(LOSSES.values())
MATCHED = [loss for loss in ALL if loss.partner]
CROSS_ENTROPIES = [binary_cross_entropy, categorical_cross_entropy]
TINY, EPSNEG = np.finfo(float).tiny, np.finfo(float).epsneg

every_loss = pytest.mark.parametrize("loss", ALL, ids=name)
every_matched_loss = pytest.mark.parametrize("loss", MATCHED, ids=name)

any_finite = st.floats(allow_nan=False, allow_infinity=False)
sums = arrays(float, (3, 2), elements=any_finite)


def sample(loss, m=3, d=4, seed=1):
    """Predictions that the partner activation could make, and labels."""
    rng = np.random.default_rng(seed)
    return (loss.partner or linear)(rng.normal(size=(m, d))), labels(loss, m, d, rng)


# --- values


def by_hand(loss, p, y):
    """L of one example, entry by entry."""
    if loss is squared_error:
        return sum((a - b) ** 2 for a, b in zip(p, y, strict=True)) / 2
    if loss is mean_squared_error:
        return sum((a - b) ** 2 for a, b in zip(p, y, strict=True))
    if loss is binary_cross_entropy:
        return -sum(b * np.log(a) + (1 - b) * np.log(1 - a) for a, b in zip(p, y, strict=True))
    return -sum(b * np.log(a) for a, b in zip(p, y, strict=True))


@every_loss
def test_per_example_is_the_sum_over_the_outputs(loss):
    Y_hat, Y = sample(loss)
    expected = [by_hand(loss, Y_hat[:, i], Y[:, i]) for i in range(4)]
    np.testing.assert_allclose(loss.per_example(Y_hat, Y), expected, rtol=1e-13)


@every_loss
def test_cost_is_the_mean_over_the_examples(loss):
    Y_hat, Y = sample(loss)
    cost = loss(Y_hat, Y)
    assert isinstance(cost, float)
    assert cost == pytest.approx(sum(loss.per_example(Y_hat, Y)) / 4, rel=1e-15)


@every_loss
def test_a_perfect_prediction_costs_nothing(loss):
    Y = np.eye(3)
    assert loss(Y, Y) == pytest.approx(0, abs=1e-15)


def test_labels_between_0_and_1_are_probabilities():
    expected = -(0.3 * np.log(0.6) + 0.7 * np.log(0.4))
    assert binary_cross_entropy(0.6, 0.3) == pytest.approx(expected, rel=1e-14)
    assert categorical_cross_entropy([[0.6], [0.4]], [[0.3], [0.7]]) == pytest.approx(expected, rel=1e-14)


# --- gradients


@every_loss
def test_gradient_agrees_with_central_differences(loss):
    """The cost J is asked, so that a missing 1/d would be seen."""
    Y_hat, Y = sample(loss)
    h, differences = 1e-6, np.empty_like(Y_hat)
    for index in np.ndindex(Y_hat.shape):
        step = np.zeros_like(Y_hat)
        step[index] = h
        differences[index] = (loss(Y_hat + step, Y) - loss(Y_hat - step, Y)) / (2 * h)
    np.testing.assert_allclose(loss.gradient(Y_hat, Y), differences, rtol=1e-7, atol=1e-9)


@every_loss
def test_gradient_carries_one_over_d_once(loss):
    Y_hat, Y = sample(loss, d=1)
    seven_times = np.tile(Y_hat, 7), np.tile(Y, 7)
    np.testing.assert_allclose(loss.gradient(*seven_times), np.tile(loss.gradient(Y_hat, Y), 7) / 7, rtol=1e-15)


# --- where a prediction is exactly 0 or 1


@pytest.mark.parametrize(
    ("loss", "Y_hat", "Y", "price"),
    [
        (binary_cross_entropy, 0.0, 1, -np.log(TINY)),
        (binary_cross_entropy, 1.0, 0, -np.log(EPSNEG)),
        (categorical_cross_entropy, [[0.0], [1.0]], [[1], [0]], -np.log(TINY)),
    ],
    ids=["BCE at 0", "BCE at 1", "CCE at 0"],
)
def test_a_certain_and_wrong_prediction_has_a_finite_price(loss, Y_hat, Y, price):
    assert loss(Y_hat, Y) == pytest.approx(price, rel=1e-15)


@pytest.mark.parametrize("loss", CROSS_ENTROPIES, ids=name)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_certain_and_wrong_prediction_has_a_finite_gradient(loss, dtype):
    Y_hat, Y = np.array([[0.0], [1.0]], dtype), np.array([[1.0], [0.0]], dtype)
    gradient = loss.gradient(Y_hat, Y)
    assert np.isfinite(gradient).all()
    assert gradient[0, 0] < -1e37


def test_binary_cross_entropy_gradient_at_1_is_what_floats_can_tell_apart():
    """With 1/tiny here, softmax before this loss would give weights of 1e280."""
    assert binary_cross_entropy.gradient(1.0, 0).item() == pytest.approx(1 / EPSNEG, rel=1e-15)


# --- from Z


@every_matched_loss
def test_from_Z_equals_the_direct_form(loss):
    rng = np.random.default_rng(3)
    Z, Y = rng.normal(scale=3, size=(3, 6)), labels(loss, 3, 6, rng)
    np.testing.assert_allclose(loss.per_example_from_Z(Z, Y), loss.per_example(loss.partner(Z), Y), rtol=1e-11)


@pytest.mark.parametrize("y", [0, 0.25, 1])
@pytest.mark.parametrize("z", [-800.0, -40.0, -1.5, 0.0, 2.0, 36.0, 50.0, 800.0, 1e300])
def test_binary_cross_entropy_from_Z_to_14_digits(z, y):
    with mpmath.workdps(400):
        exact = mpmath.log1p(mpmath.exp(-abs(z))) + max(mpmath.mpf(z), 0) - mpmath.mpf(y) * mpmath.mpf(z)
    assert binary_cross_entropy.per_example_from_Z(z, y)[0] == pytest.approx(float(exact), rel=1e-14, abs=0)


@pytest.mark.parametrize("true_class", [0, 1, 2])
@pytest.mark.parametrize("z", [[0, 0, 0], [1.5, -2, 0.5], [40, 0, -3], [0, 700, 800], [-900, -1e5, 3]], ids=str)
def test_categorical_cross_entropy_from_Z_to_14_digits(z, true_class):
    """Also where the loss is as small as 1e-18: log(1 + others) must not be rounded to log(1)."""
    with mpmath.workdps(500):
        # The loss of class c is log(1 + sum of the other e^(z_k - z_c)).
        exact = mpmath.log1p(sum(mpmath.exp(mpmath.mpf(x) - z[true_class]) for k, x in enumerate(z) if k != true_class))
    Z, Y = np.array(z, float).reshape(3, 1), np.eye(3)[:, [true_class]]
    assert categorical_cross_entropy.per_example_from_Z(Z, Y)[0] == pytest.approx(float(exact), rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("z", [1e300, 1.7e308, 5e-324])
@pytest.mark.parametrize("loss", CROSS_ENTROPIES, ids=name)
def test_from_Z_at_extremes(loss, z):
    """One output, or one class, is far above the other: the loss is the distance if that is wrong, else 0."""
    Z = [[z]] if loss is binary_cross_entropy else [[z], [0.0]]
    right, wrong = ([[1]], [[0]]) if loss is binary_cross_entropy else ([[1], [0]], [[0], [1]])
    at_zero = 0 if z > 1 else np.log(2)
    assert loss.per_example_from_Z(Z, right)[0] == pytest.approx(at_zero)
    assert loss.per_example_from_Z(Z, wrong)[0] == pytest.approx(z + at_zero)


def test_sums_further_apart_than_a_float_can_say_cost_nothing_where_they_are_right():
    Z = [[1.7e308], [-1.7e308]]
    assert categorical_cross_entropy.per_example_from_Z(Z, [[1], [0]])[0] == 0
    assert categorical_cross_entropy.per_example_from_Z(Z, [[0], [1]])[0] == np.inf


@given(sums)
def test_from_Z_is_never_nan_and_never_negative(Z):
    """A loss beyond 1.8e308 (squared error of 1e200, or two numbers 3e308 apart) is infinite, and says nothing."""
    for loss in MATCHED:
        L = loss.per_example_from_Z(Z, np.eye(3)[:, :2])
        assert (L >= 0).all(), (loss, L)


@given(sums)
def test_losses_of_any_prediction_are_never_nan_and_silent(Z):
    for loss in ALL:
        Y_hat, Y = (loss.partner or linear)(Z), np.eye(3)[:, :2]
        assert loss(Y_hat, Y) >= 0, loss
        assert not np.isnan(loss.gradient(Y_hat, Y)).any(), loss


def test_the_mean_of_float32_losses_is_summed_in_float64():
    """The losses are 2^25 and 2, and float32 cannot hold their sum."""
    Y_hat = np.array([[2.0**13, 2.0]], np.float32)
    assert squared_error(Y_hat, np.zeros_like(Y_hat)) == 2**24 + 1


# --- types


@every_loss
def test_float32_stays_float32(loss):
    Y_hat, Y = (array.astype(np.float32) for array in sample(loss))
    assert loss.per_example(Y_hat, Y).dtype == np.float32
    assert loss.gradient(Y_hat, Y).dtype == np.float32
    assert loss.partner is None or loss.per_example_from_Z(Y_hat, Y).dtype == np.float32


@every_loss
def test_lists_and_whole_numbers_are_accepted(loss):
    assert loss([[0.5, 0.25], [0.5, 0.75]], [[1, 0], [0, 1]]) == loss(np.array([[0.5, 0.25], [0.5, 0.75]]), np.eye(2))


@every_loss
def test_arguments_are_not_changed(loss):
    Y_hat, Y = sample(loss)
    copies = Y_hat.copy(), Y.copy()
    loss(Y_hat, Y), loss.gradient(Y_hat, Y), loss.partner and loss.per_example_from_Z(Y_hat, Y)
    np.testing.assert_array_equal(Y_hat, copies[0])
    np.testing.assert_array_equal(Y, copies[1])


# --- errors


@every_loss
@pytest.mark.parametrize("method", ["__call__", "per_example", "gradient", "per_example_from_Z"])
def test_every_method_names_both_shapes(loss, method):
    predictions = np.full((3, 2), 1 / 3)
    with pytest.raises(ValueError, match=r"(Y_hat|Z) is \(3, 2\), but Y is \(3, 3\); the two need the same shape"):
        getattr(loss, method)(predictions, np.eye(3))


@pytest.mark.parametrize("loss", CROSS_ENTROPIES, ids=name)
def test_cross_entropies_refuse_predictions_that_are_no_probabilities(loss):
    with pytest.raises(ValueError, match=r"Y_hat has 1\.5 in row 2, column 1, but .* needs numbers from 0 to 1"):
        loss([[0.5], [1.5]], [[1], [0]])


@pytest.mark.parametrize("y", [-0.1, 1.1, 2])
def test_binary_cross_entropy_refuses_labels_outside_0_and_1(y):
    with pytest.raises(ValueError, match=rf"Y has {y} in row 1, column 2, but binary cross-entropy needs numbers from"):
        binary_cross_entropy([[0.5, 0.5]], [[1, y]])


@pytest.mark.parametrize(
    "column", [[0, 0], [1, 1], [2, 0], [1.5, -0.5], [1e308, 1e308]], ids=["none", "two", "2", "negative", "huge"]
)
def test_categorical_cross_entropy_refuses_columns_that_are_not_one_hot(column):
    Y = np.column_stack([[1, 0], column])
    with pytest.raises(ValueError, match=r"Y is \(2, 2\) and its column 2 is not a one-hot column.*np\.eye\(m\)"):
        categorical_cross_entropy([[0.5, 0.5], [0.5, 0.5]], Y)


@every_loss
@pytest.mark.parametrize(
    ("Y", "error", "message"),
    [
        ([["a"]], TypeError, "Y holds text"),
        ([[1j]], TypeError, "Y holds complex"),
        ([[np.nan]], ValueError, "Y has nan in row 1, column 1"),
        ([1], ValueError, "Y is 1-D"),
        (np.ones((1, 0)), ValueError, "Y is empty"),
    ],
    ids=["text", "complex", "nan", "1-D", "empty"],
)
def test_labels_that_are_no_finite_matrix_are_refused(loss, Y, error, message):
    with pytest.raises(error, match=message):
        loss([[0.5]], Y)


# --- one object each


def test_the_table_lists_all_by_the_name_of_their_variable():
    assert list(LOSSES)[:3] == ["squared_error", "binary_cross_entropy", "categorical_cross_entropy"]
    assert [loss.is_beyond_the_lecture for loss in ALL] == [False] * 3 + [True] * (len(ALL) - 3)
    assert {repr(loss): loss for loss in ALL} == LOSSES


@every_loss
def test_copies_and_pickles_are_the_same_object(loss):
    assert copy.copy(loss) is copy.deepcopy(loss) is pickle.loads(pickle.dumps(loss)) is loss


def test_partners():
    assert (binary_cross_entropy.partner, categorical_cross_entropy.partner) == (sigmoid, softmax)
    assert (squared_error.partner, mean_squared_error.partner) == (linear, None)


@every_loss
def test_the_line_of_numpy_gives_the_cost(loss):
    Y_hat, Y = sample(loss)
    assert eval(loss.numpy, {"np": np, "Y_hat": Y_hat, "Y": Y, "d": 4}) == pytest.approx(loss(Y_hat, Y), rel=1e-13)


def test_a_column_with_the_sum_0_999_is_no_one_hot_column():
    with pytest.raises(ValueError, match="column 1 is not a one-hot"):
        categorical_cross_entropy([[0.5], [0.5]], [[0.999], [0.0]])


def test_what_an_own_loss_needs_is_said_and_it_can_be_pickled():
    class Odd(Loss):
        pass

    assert Odd().name == "odd"
    with pytest.raises(NotImplementedError, match="Odd needs a method _per_example"):
        Odd()([[1.0]], [[1.0]])
    with pytest.raises(NotImplementedError, match="Odd needs a method _gradient"):
        Odd().gradient([[1.0]], [[1.0]])
