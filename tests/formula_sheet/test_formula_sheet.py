"""Every line of the sheet is run: it is right as it stands, and each comparison rejects it when it is broken."""

import re
from pathlib import Path

import numpy as np
import pytest

from nbhelpers import ACTIVATIONS, LOSSES, formula_sheet
from nbhelpers.formula_sheet.names import NETWORKS, passes
from nbhelpers.formula_sheet.rows import BEYOND, GROUPS, ROWS

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
each_row = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
each_kind = pytest.mark.parametrize("kind", NETWORKS)

BROKEN = {
    "F01": "d, n = X.shape",
    "F02": "Z[1] = W[1] @ X",
    "F03": "A[1] = np.tanh(Z[1])",
    "F04": "Z[2] = W[2] @ A[1] + b[2]\nA[2] = Z[2]",
    "F05": "Z[l] = W[l] @ A[l-1] - b[l]\nA[l] = f[l](Z[l])",
    "F06": "Z[L] = W[L] @ A[L-1] + b[L]\nY_hat = f[L](A[L])",
    "F07 sigmoid": "A[1] = 1 / (1 + np.exp(Z[1]))",
    "F08 ReLU": "A[1] = np.minimum(0, Z[1])",
    "F09 tanh": "A[1] = (np.exp(Z[1]) + np.exp(-Z[1])) / (np.exp(Z[1]) - np.exp(-Z[1]))",
    "F10 softmax": "Y_hat = np.exp(Z[L]) / np.exp(Z[L]).sum(axis=1, keepdims=True)",
    "F11 linear": "Y_hat = 1.0001 * Z[L]",
    "F12": "J = -(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)).sum()",
    "F13": "J = (Y * np.log(Y_hat)).sum() / d",
    "F14": "J = losses.sum() / m",
    "F15": "dW[l][j, i] = dA[l][j, 0] * A[l-1][i, 0]",
    "F16 element-wise": "dZ[L] = dY_hat",
    "F16 softmax": "p = Y_hat[:, i]\ndZ[L][:, i] = p * (1 - p) * dY_hat[:, i]",
    "F16 matched pairs": "dZ[L] = Y_hat - Y",
    "F17": "dZ[l] = W[l+1].T @ dZ[l+1]",
    "F18 sigmoid": "slope[1] = Z[1] * (1 - Z[1])",
    "F18 tanh": "slope[1] = 1 - A[1]",
    "F18 ReLU": "slope[1] = 1.0 * (A[1] >= 0)",
    "F18 linear": "slope[L] = Z[L]",
    "F19": "dW[l] = dZ[l] @ A[l-1].T / d",
    "F20": "db[l] = dZ[l] @ np.ones((d, 1)) / d",
    "F21": "W_new[l] = W[l] + eta * dW[l]\nb_new[l] = b[l] - eta * db[l]",
}
DERIVATIVES = {name for name in ROWS if name[:3] in ("F15", "F16", "F17", "F18", "F19", "F20", "F21")}


def test_every_formula_of_the_lecture_is_on_the_sheet():
    assert {row.row for row in ROWS.values()} == {f"F{i:02}" for i in range(1, 22)}


@each_row
def test_every_line_is_right(row):
    assert formula_sheet.check(row.name)


@pytest.mark.parametrize("row", GROUPS[BEYOND], ids=lambda row: row.name)
def test_every_line_beyond_the_lecture_is_right_and_a_broken_one_rejected(row):
    assert formula_sheet.check(row.name)
    left, right = row.code.split(" = ", 1)
    assert not formula_sheet.check(row.name, f"{left} = 1.0001 * ({right})")


def test_what_is_beyond_the_lecture_has_its_rows():
    names = {row.name for row in GROUPS[BEYOND]}
    for f in ACTIVATIONS.values():
        assert ({f.title, f"{f.title}, slope"} <= names) == f.is_beyond_the_lecture
    assert {loss.name for loss in LOSSES.values() if loss.is_beyond_the_lecture} <= names


@each_row
def test_a_broken_line_is_rejected_and_named(row):
    checked = formula_sheet.check(row.name, BROKEN[row.name])
    assert not checked
    assert checked.failing == (row.name,)
    assert f"Wrong: {row.name}." in repr(checked)


@pytest.mark.parametrize("name", sorted(DERIVATIVES))
def test_central_differences_reject_a_broken_derivative_by_themselves(name):
    differences = formula_sheet.check(name, BROKEN[name]).results[0][-1]
    assert not differences
    assert differences.error > 1e-3 or differences.remark


@each_row
def test_what_has_no_derivative_is_not_said_to_agree_with_differences(row):
    differences = formula_sheet.check(row.name).results[0][-1]
    assert np.isnan(differences.error) == (row.name not in DERIVATIVES)
    assert ("no\u00a0derivative" in str(differences)) == (row.name not in DERIVATIVES)


@each_row
def test_the_line_that_is_shown_is_the_line_that_is_run(row):
    text = formula_sheet.check(row.name)._repr_markdown_()
    assert all(f"`{line}`" in text for line in row.code.splitlines())
    assert all(f"${line}$" in text for line in row.latex.split("; "))
    assert "|" not in row.code + row.latex + row.shapes, "it would end the cell of the table"


@each_row
def test_where_it_is_taught_there_is_a_notebook(row):
    assert (NOTEBOOKS / f"{row.taught}.ipynb").is_file()


@each_kind
def test_the_wide_networks_have_all_sizes_different(kind):
    for known, _ in passes(kind)[0]:
        sizes = [known["n"], *(W.shape[0] for W in known["W"][1:]), known["d"]]
        assert sizes == ([3, 4, 2, 1] if kind == "one example" else [3, 4, 2, 5])


@each_kind
def test_the_small_networks_have_the_numbers_of_the_worked_example(kind):
    for known, _ in passes(kind)[1]:
        assert known["X"].ravel().tolist() == [0.5, 0.2]
        assert known["W"][1].tolist() == [[0.1, 0.4], [0.8, 0.6]]


@each_kind
def test_what_is_measured_is_no_copy_of_what_is_computed(kind):
    for networks in passes(kind):
        for known, measured in networks:
            assert all(not np.array_equal(known[name][1], measured[name][1]) for name in ("dW", "db"))


def test_one_over_d_in_the_gradient_hides_in_the_worked_example():
    _, wide, small, differences = formula_sheet.check("F19", BROKEN["F19"]).results[0]
    assert (bool(wide), bool(small), bool(differences)) == (False, True, False)
    assert str(wide) == "**wrong**, 0.8"


@pytest.mark.parametrize(("line", "words"), [
    ("dW[l] = dZ[l] @ A[l].T", r"the shape is \(4, 4\), expected \(4, 3\)"),
    ("dW[l] = dZ[l].T @ A[l-1]", "NumPy refuses the shapes"),
    ("dW[l] = dz @ A", "NameError: name 'dz' is not defined"),
    ("dW[l] = dZ[l] @", "SyntaxError"),
    ("dW[l] = None", "wrong"),
    ("dW[l] = float('nan') * W[l]", "wrong"),
    ("dW[l] = np.full(W[l].shape, 1e400)", "wrong"),
])  # fmt: skip
def test_an_odd_line_is_told_what_is_wrong_with_it(line, words):
    checked = formula_sheet.check("F19", line)
    assert not checked
    assert re.search(words, repr(checked))


@pytest.mark.parametrize("line", ["dZ[l] @ A[l-1].T", "", "dQ[l] = dZ[l] @ A[l-1].T", "mine = W[l]"])
def test_a_line_that_compares_nothing_is_not_right(line):
    assert not formula_sheet.check("F19", line)


def test_what_is_said_keeps_the_letters_of_the_names():
    assert formula_sheet.check("F17", "(W[l+1].T @ dZ[l+1]) * slope[l]").remark == "Begin with `dZ[l] =`."


def test_groups_and_rows_can_be_asked_for():
    assert sum(len(formula_sheet.check(group).results) for group in GROUPS if group != BEYOND) == len(ROWS)
    assert len(formula_sheet.check("F18").results) == 4
    with pytest.raises(ValueError, match="the sheet has no 'F22'; its groups are forward, activations"):
        formula_sheet.check("F22")
    with pytest.raises(ValueError, match="replaces a single formula, but 'F18' has 4: F18 sigmoid, F18 ReLU"):
        formula_sheet.check("F18", "slope[1] = 1")
