"""Points of one's own: whatever way they are given they come out the same, and what is wrong with them is said."""

import re

import numpy as np
import pytest

from nbhelpers import datasets

X = [[0, 1, 2, 3, 4, 5, 6, 7.5], [1, 0, 1, 0, 1, 0, 1, 0]]
Y = [0, 1, 1, 0, 0, 1, 1, 0]
LINES = "\n".join(f"{a} {b} {c}" for a, b, c in zip(*X, Y, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        LINES.replace("\n", " "),  # as a line of text takes what is pasted
        LINES.replace(" ", ", "),
        LINES.replace("\n", ";"),
        LINES.replace(" ", "\t").replace("\n", "\r\n"),
        "x1, x2, class\n" + LINES,
        LINES.replace(".", ",").replace(" ", "; "),  # decimal commas
        LINES.replace(".", ",").replace(" ", "\t"),
        LINES.replace(".", ",").replace("\n", " "),
        "x1;x2;y\n" + LINES.replace(".", ",").replace(" ", ";"),
    ],
)
def test_a_text_in_any_form(text):
    data = datasets.read_points(text)
    np.testing.assert_array_equal(data.X, X)
    np.testing.assert_array_equal(data.labels, Y)
    assert (data.classes, data.task, data.name) == (("0", "1"), "binary", "own")


@pytest.mark.parametrize("y", [Y, [5, -1, 5, -1, 5, 5, 5, 5], np.sin(np.arange(8)), [1, 2, 3, 1, 2, 3, 1, 2]])
def test_its_text_is_the_same_points_again(y):
    data = datasets.points(np.array(X) / 3, y)
    again = datasets.read_points(datasets.points_as_text(data))
    for one, other in ((data.X, again.X), (data.Y, again.Y)):
        np.testing.assert_array_equal(one, other)
    assert data.classes == again.classes


def test_whole_numbers_are_classes_others_are_heights():
    assert datasets.points(X, [5, -1, 5, -1, 5, 5, 5, 5]).classes == ("−1", "5")
    assert datasets.points(X, np.eye(3)[:, [0, 1, 2, 0, 1, 2, 0, 1]]).classes == ("0", "1", "2")
    assert datasets.points(X, [[1.5, 1, 1, 1, 1, 1, 1, 1]]).task == "regression"
    assert datasets.points(X, np.arange(8)).task == "regression"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LINES.replace("7.5", "seven"), "point 8: “seven” is not a number; a point needs three, x₁ x₂ y"),
        (LINES + " 3", "line 8 has 4 numbers: each point needs three"),
        (LINES.replace("\n", " ") + " 3", "25 numbers make no points: each point needs three"),
        (LINES.replace("3 0 0", "3 0").replace("4 1 0", "4 1 0 0"), "line 4 has 2 numbers: each point needs three"),
        ("0 1 1", "there is 1 point; from 8 to 500 will do"),
        ("0,5 1,5 0 " * 9, "a comma here may stand within a number or between two"),
        (LINES[:17], "there are 3 points; from 8 to 500 will do"),
        (LINES.replace("7.5", "1e9"), "point 8: x₁ is 1e+09; a million is the most"),
        (LINES.replace("7.5", "inf"), "point 8: “inf” is not a number"),
        ("0 1 1 " * 501, "there are 501 points; from 8 to 500 will do"),
        ("0 1 1 " * 9, "all points have the same y, 1: there is nothing to tell apart"),
    ],
)
def test_what_is_wrong_with_a_text_is_said(text, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        datasets.read_points(text)


@pytest.mark.parametrize(
    ("X", "Y", "words"),
    [
        (np.ones((3, 9)), np.arange(9), "X is (3, 9), expected (2, d)"),
        (X, Y[:7], "X is (2, 8), but Y is (1, 7): both need a column per point"),
        (X, np.ones((2, 8)), "with more than one row its columns are one-hot"),
        ([[1, np.nan]], [0, 1], "X"),
    ],
)
def test_arrays_that_do_not_fit_are_said(X, Y, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        datasets.points(X, Y)


@pytest.mark.parametrize("name", datasets.SURFACES)
def test_surfaces_without_noise_are_their_formulas(name):
    data = datasets.SURFACES[name](40, noise=0, rng=2)
    (x1, x2), far = data.X, lambda c: np.hypot(data.X[0] - c, data.X[1] - c)
    expected = {
        "ramp": (x1 + x2) / 2,
        "saddle": x1 * x2,
        "hills": np.exp(-(far(0) ** 2) / 0.15) - sum(np.exp(-(far(c) ** 2) / 0.15) for c in (0.7, -0.7)),
    }
    np.testing.assert_allclose(data.Y[0], expected[name])
    noisy = datasets.SURFACES[name](4000, noise=0.3, rng=2)
    assert np.abs(noisy.X).max() <= 1
    exact = datasets.SURFACES[name](4000, noise=0, rng=2)
    assert (noisy.Y - exact.Y).std() == pytest.approx(0.3, rel=0.05)
