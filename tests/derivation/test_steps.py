"""The LaTeX of every step, activation and loss is computed, and gives the numbers of the pass."""

import mpmath
import numpy as np
import pytest
from latex_maths import PerIndex, computed
from stories import NAMES, case

from nbhelpers import ACTIVATIONS, Network, sigmoid
from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.derivation.steps import STEPS, rule
from nbhelpers.mistakes import MISTAKES
from nbhelpers.mistakes.steps import RIGHT

PHI = {r"\Phi": np.vectorize(mpmath.ncdf, otypes=[float]), r"\varphi": np.vectorize(mpmath.npdf, otypes=[float])}


def known_of(n):
    """What stands in the equations, by its symbol: matrices as the network has them."""
    matrices = {block.latex: n.array(block) for block in n.blocks.values() if block.kind not in ("jacobian", "slope")}
    slopes = {block.latex: n.array(block) for block in n.blocks.values() if block.kind == "slope"}
    functions = {f.symbol: f for layer in n.network.layers if (f := layer.activation)}
    numbers = {"T": "T", "d": n.d, "m": n.network.sizes[-1], r"\lambda": n.network.l2}
    return {**numbers, r"\eta": n.learning_rate, r"\sigma": sigmoid, **PHI, **functions, **matrices, **slopes}


@pytest.mark.parametrize("name", NAMES)
def test_the_equation_of_every_matrix_gives_the_matrix(name):
    n, computed_labels = Numbers(*case(name), learning_rate=0.3), set()
    known = known_of(n)
    for block in n.blocks.values():
        right = rule(n, block).removeprefix(f"{block.latex} = ")
        if block.phase == "given":
            assert not right
        elif block.kind in ("L", "J", "dY_hat", "jacobian") or "underbrace" in right:
            continue  # told for a single example; below
        else:
            without_itself = {symbol: value for symbol, value in known.items() if symbol != block.latex}
            found = np.broadcast_to(computed(right, without_itself), n.array(block).shape)
            np.testing.assert_allclose(found, n.array(block), rtol=1e-10, atol=1e-14, err_msg=right)
            computed_labels.add(block.label)
    assert {"Z1", "dW1", "W1_new"} <= computed_labels


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_for_one_example_holds_for_each(name):
    network, X, Y = case(name)
    network = Network(network.layers, network.loss)
    for k in range(X.shape[1]):
        n = Numbers(network, X[:, [k]], Y[:, [k]], 0.3)
        y_hat, y = n.forward.Y_hat[:, 0], n.Y[:, 0]
        names = {r"\hat y_j": PerIndex(y_hat), "y_j": PerIndex(y)}
        loss = rule(n, n.block("L")).removeprefix("L = ")
        per_output = r"\sum_j" not in loss
        if per_output:
            parts = [computed(loss, {r"\hat y": p, "y": t}) for p, t in zip(y_hat, y, strict=True)]
        else:
            parts = [computed(loss, names)]
        np.testing.assert_allclose(sum(parts), n.J, rtol=1e-10)
        assert rule(n, n.block("J")) == f"J = L, \\quad L = {loss}"
        gradient = rule(n, n.block("dY_hat")).split(" = ", 1)[1]
        one = [
            computed(gradient, {r"\hat y_j": p, "y_j": t, r"\hat y": p, "y": t}) for p, t in zip(y_hat, y, strict=True)
        ]
        np.testing.assert_allclose(one, n.array(n.block("dY_hat"))[:, 0], rtol=1e-10)
        for block in (block for block in n.blocks.values() if block.kind == "jacobian"):
            a, right = n.forward.A[block.layer][:, 0], rule(n, block).split(" = ", 1)[1]
            for i, j in np.ndindex(len(a), len(a)):
                entry = computed(right, {"a_i": a[i], "a_j": a[j], r"\delta_{ij}": float(i == j)})
                np.testing.assert_allclose(entry, n.array(block)[i, j, 0], rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=repr)
def test_the_formula_of_an_activation_gives_its_value(f):
    z = np.array([[0.7, -1.3, 0.0], [2.1, -0.2, 0.4]])
    latex = f.formula.removeprefix("f(z) = ")
    if f.elementwise:
        z = z.ravel()
        found = computed(latex, {"z": z, **PHI})
    else:
        found = [computed(latex, {"z_i": row, "z_j": PerIndex(z)}) for row in z]
    np.testing.assert_allclose(found, f(z), rtol=1e-12)


def test_a_wrong_equation_is_seen():
    """1 + A ⊙ A once survived every test."""
    A = np.array([[0.5, -0.2]])
    assert computed(r"1 - A \odot A", {"A": A}).tolist() == [[0.75, 0.96]]
    assert computed(r"1 + A \odot A", {"A": A}).tolist() == [[1.25, 1.04]]
    assert computed(r"\frac{1}{d} \left(A\right)^T A - 2", {"A": A, "d": 2, "T": "T"}).shape == (2, 2)
    with pytest.raises(AssertionError, match="cannot read"):
        computed(r"\beta A", {"A": A})


def test_every_kind_of_matrix_has_its_step_and_every_step_of_the_museum_belongs_to_one():
    n = Numbers(*case("depth 4"), learning_rate=0.3)
    assert {block.kind for block in n.blocks.values()} <= set(STEPS)
    named = {name for step in STEPS.values() for name in step.museum}
    assert named <= set(RIGHT)
    not_in_a_pass = {"passed_on", "evaluated", "passed_back", "forward_used"}  # dropout, and which pass is gone back
    assert {mistake.step for mistake in MISTAKES.values()} <= named | not_in_a_pass
