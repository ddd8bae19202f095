"""The passes in other books' letters: the lecture's printed figures, and finite differences on 3-4-2."""

import numpy as np
import pytest

from nbhelpers import worked_example
from nbhelpers.formula_sheet import letters

each_book = pytest.mark.parametrize("name", letters.CONVENTIONS)


@each_book
def test_the_worked_example_has_the_lectures_figures(name):
    found = letters.run(name, worked_example.network(), worked_example.X, worked_example.Y)
    printed = {figure.name: figure for figure in worked_example.PRINTED.values() if figure.name in found}
    assert {"Z1", "A1"} <= set(printed)
    for name, figure in printed.items():
        np.testing.assert_allclose(found[name], figure.value, atol=2 * 10.0**-figure.decimals)


@each_book
def test_its_gradients_are_those_of_central_differences(name):
    network, X, Y = worked_example.wide()
    found = letters.run(name, network, X, Y)
    for layer in (1, 2):
        measured = np.zeros_like(network.W[layer])
        for place in np.ndindex(measured.shape):
            h = np.zeros_like(measured)
            h[place] = 1e-5
            up, down = (network.with_parameters(**{f"W{layer}": network.W[layer] + s * h}) for s in (1, -1))
            measured[place] = (up.cost(X, Y) - down.cost(X, Y)) / 2e-5
        np.testing.assert_allclose(found[f"dW{layer}"], measured, atol=1e-9)


def test_a_wrong_pass_is_seen(monkeypatch):
    right = letters.CONVENTIONS["Bishop"]
    wrong = letters.Convention(right.letters, right.given, right.code, ("z1", *right.back[1:]))
    monkeypatch.setitem(letters.CONVENTIONS, "Bishop", wrong)
    assert [row[-1] for row in letters.table().rows if row[0] == "Bishop"] == ["other numbers"]


def test_an_unknown_book_is_named():
    with pytest.raises(ValueError, match="'Euler' is not a convention"):
        letters.run("Euler", worked_example.network(), worked_example.X, worked_example.Y)
