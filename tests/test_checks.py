import re

import numpy as np
import pytest

from nbhelpers.checks import as_floats, as_matrix, place, require_finite, require_whole


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_an_array_of_floats_is_passed_on_as_it_is(dtype):
    array = np.ones((2, 3), dtype)
    assert as_floats(array, "X") is array


@pytest.mark.parametrize("value", [1, True, [1, 2], [[1, 2.5]], np.arange(3), np.float16(1), np.ones(2, ">f8")])
def test_other_real_numbers_become_float64(value):
    assert as_floats(value, "X").dtype == np.float64


@pytest.mark.parametrize(
    ("value", "what"),
    [("0.5", "text"), ([b"1"], "text"), ([1j], "complex numbers"), (None, "type object"), ([1, None], "type object")],
)
def test_what_is_no_real_number_is_refused(value, what):
    with pytest.raises(TypeError, match=f"^X holds .*{what}, expected real numbers"):
        as_floats(value, "X")


@pytest.mark.parametrize("labels", [["cat", "dog"], np.array([["cat", "dog"]], object), np.array(["a", "b"], "S1")])
def test_labels_that_are_text_are_told_how_to_become_numbers(labels):
    with pytest.raises(TypeError, match=r"^Y holds text.*Number the classes first") as error:
        as_floats(labels, "Y")
    given = {"np": np, "Y": labels}
    for line in re.findall(r"(?:classes, numbers|Y) = np\S.*?(?=\. Then| for more)", str(error.value)):
        exec(line, given)
    assert given["Y"].tolist() == [[1, 0], [0, 1]]


def test_a_mask_is_not_lost():
    hidden = np.ma.array([[1.0, 2.0, 3.0]], mask=[[False, True, True]])
    with pytest.raises(ValueError, match=r"^X hides .*mask \(2 of 3 numbers\).*X\.filled"):
        as_floats(hidden, "X")
    assert as_matrix(np.ma.array([[1.0, 2.0]]), "X").tolist() == [[1, 2]]


@pytest.mark.skipif(np.finfo(np.longdouble).max == np.finfo(float).max, reason="no larger floats on this machine")
def test_a_long_double_that_is_too_large_is_said():
    with pytest.raises(ValueError, match="X has inf in row 1, column 2"):
        as_matrix(np.array([[1, "1e400"]], np.longdouble), "X")


def test_ragged_rows_are_refused():
    with pytest.raises(ValueError, match=r"^X has rows of different lengths"):
        as_floats([[1, 2], [3]], "X")


def test_a_single_number_is_a_matrix_of_one_entry():
    assert as_matrix(0.5, "X").tolist() == [[0.5]]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1, 2, 3], r"X is 1-D with shape \(3,\), expected 2-D.*reshape\(-1, 1\) makes it one column"),
        (np.ones((2, 3, 4)), r"X has 3 dimensions, shape \(2, 3, 4\), expected 2"),
        (np.ones((2, 0)), r"X is empty, shape \(2, 0\)"),
        (np.ones((0, 2)), r"X is empty, shape \(0, 2\)"),
        ([[1, 2], [np.nan, 4]], "X has nan in row 2, column 1, expected finite numbers"),
        ([[1, -np.inf]], "X has -inf in row 1, column 2"),
    ],
    ids=["1-D", "3-D", "no columns", "no rows", "nan", "inf"],
)
def test_as_matrix_refuses(value, message):
    with pytest.raises(ValueError, match=message):
        as_matrix(value, "X")


def test_finite_numbers_pass():
    assert require_finite(np.array([[1e308, -5e-324]]), "X") is None


@pytest.mark.parametrize("value", [3, 4, np.int64(3)])
def test_whole_numbers_pass(value):
    assert require_whole("d", value, 3) is None


@pytest.mark.parametrize("value", [2, 3.0, True, "3", None, np.nan])
def test_what_is_no_whole_number_from_3_on_is_refused(value):
    with pytest.raises(ValueError, match=f"^d is {value!r}, expected a whole number from 3 on$"):
        require_whole("d", value, 3)


def test_place_counts_from_one():
    matrix = np.array([[0.5, 1.5], [2.5, 3.5]])
    assert place(matrix, matrix > 3) == "3.5 in row 2, column 2"
