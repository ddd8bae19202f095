"""Every number of every kind of network: the line with the numbers put in gives the value, and the value is right."""

import math
import re
import subprocess
import sys
import time

import numpy as np
import pytest
from stories import NAMES, case
from written_numbers import latex_value, plain_value

import nbhelpers
from nbhelpers import (
    Activation,
    Gradients,
    Layer,
    Loss,
    Network,
    check_gradients,
    linear,
    train,
    worked_example,
    worked_solution,
)
from nbhelpers.derivation.lines import CONTINUED
from nbhelpers.derivation.notation import Latex
from nbhelpers.derivation.pass_numbers import Numbers
from nbhelpers.derivation.steps import alternatives
from nbhelpers.derivation.why import why
from nbhelpers.numbers_as_text import rounded

GRADIENTS = {"dY_hat", "dZ", "dA", "dW", "db"}


def stories(name, **settings):
    network, X, Y = case(name)
    first = why(network, X, Y, "J", **settings)
    return [first.ask(entry.name) for block in first.numbers.blocks.values() for entry in block.entries]


def close(a, b, tolerance):
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=1e-15)


# --- the numbers in the line give the value -------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("digits", [4, 6, 17])
def test_substituted_line_gives_the_value_for_every_entry(name, digits):
    for story in stories(name, digits=digits):
        tolerance = max(10.0 ** (1 - digits), 1e-12)
        full = story.in_full
        assert close(latex_value(full.substituted), story.value, tolerance), (story.name, full.substituted)
        assert close(plain_value(full.text_substituted), story.value, tolerance), (story.name, full.text_substituted)
        assert close(latex_value(story.shown_value), story.value, tolerance), story.name


@pytest.mark.parametrize("name", NAMES)
def test_long_way_of_a_matched_pair_gives_the_same(name):
    network, _, _ = case(name)
    told = [story for story in stories(name) if story.long_way]
    expected = network.is_matched * np.prod(case(name)[2].shape)
    assert len(told) == expected
    for story in told:
        assert close(latex_value(story.in_full.long_way.substituted), story.value, 1e-5), story.name
        assert close(story.long_way.value, story.value, 1e-12), story.name
        assert "shortcut" in story.text
        assert "gives the same" in story.markdown


def test_a_formula_without_its_1_over_d_says_that_there_is_one_example():
    wide, X5, Y5 = worked_example.wide()
    told = [
        why(network, X, Y, "dZ2[1,1]").markdown
        for network, X, Y in [(worked_example.network(), worked_example.X, worked_example.Y), (wide, X5, Y5)]
    ]
    assert ["(d = 1)" in markdown for markdown in told] == [True, False]


@pytest.mark.parametrize("name", NAMES)
def test_equals_sign_is_true_as_written(name):
    for story in stories(name):
        if story.equals == "=":
            assert close(latex_value(story.in_full.substituted), latex_value(story.shown_value), 1e-11), story.name


@pytest.mark.parametrize("name", NAMES)
def test_ordinary_numbers_are_told_by_the_formula_of_the_lecture(name):
    for story in stories(name):
        if not story.is_given:
            first = next(alternatives(story.numbers, story.entry))
            assert story.in_full.formula == first.write(Latex(full=True)), story.name


# --- the value is the one of the pass -------------------------------------------------------------------------------


def reference(network, X, Y, learning_rate):
    forward = network.forward(X)
    gradients = network.backward(forward, Y)
    updated = network.updated(gradients, learning_rate)
    L, d = network.L, forward.Y_hat.shape[1]
    arrays = {"X": X, "Y": Y, "Y_hat": forward.Y_hat, "J": network.cost(X, Y), "L": np.empty(d)}
    for k in range(d):
        arrays["L"][k] = Network(network.layers, network.loss).cost(X[:, [k]], Y[:, [k]])
    arrays |= {"dX": gradients.dA[0], "dY_hat": gradients.dA[L]}
    for l in range(1, L + 1):
        arrays |= {f"Z{l}": forward.Z[l], f"A{l}": forward.A[l], f"dA{l}": gradients.dA[l], f"dZ{l}": gradients.dZ[l]}
        arrays |= {f"W{l}": network.W[l], f"b{l}": network.b[l], f"dW{l}": gradients.dW[l], f"db{l}": gradients.db[l]}
        arrays |= {f"W{l}_new": updated.W[l], f"b{l}_new": updated.b[l]}
        activation = network.layers[l - 1].activation
        if activation.elementwise:
            arrays[f"slope{l}"] = activation.derivative(forward.Z[l])
        else:
            arrays[f"jacobian{l}"] = np.stack([activation.jacobian(z) for z in forward.Z[l].T], axis=-1)
        if not network.layers[l - 1].has_bias:
            arrays = {label: array for label, array in arrays.items() if label not in (f"b{l}", f"db{l}", f"b{l}_new")}
    return arrays


@pytest.mark.parametrize("name", NAMES)
def test_values_are_those_of_the_network(name):
    network, X, Y = case(name)
    arrays = reference(network, X, Y, 0.3)
    told = stories(name, learning_rate=0.3)
    assert {story.entry.block.label for story in told} == set(arrays) - {f"A{network.L}", f"dA{network.L}"}
    for story in told:
        index = tuple(i - 1 for i in story.entry.index)
        assert close(story.value, float(np.asarray(arrays[story.entry.block.label])[index]), 1e-14), story.name


@pytest.mark.parametrize("name", NAMES)
def test_finite_differences_agree_and_stand_at_gradients_only(name):
    for story in stories(name):
        difference = story.finite_difference
        assert (difference is not None) == (story.entry.block.kind in GRADIENTS), story.name
        if difference is not None:
            assert abs(difference - story.value) <= 1e-7 * max(1, abs(story.value)), story.name


@pytest.mark.parametrize("name", NAMES)
def test_line_of_numpy_computes_the_whole_matrix(name):
    network, X, Y = case(name)
    first = why(network, X, Y, "J", learning_rate=0.3)
    n = first.numbers
    known = {**vars(nbhelpers), "np": np, "d": n.d, "learning_rate": 0.3, "l2": network.l2}
    known |= {label: n.array(block) for label, block in n.blocks.items() if block.phase == "given"}
    # A pass computes dZ before dA of the layer before; `blocks` has that order.
    for label, block in n.blocks.items():
        code = first.ask(block.entries[0].name).code
        assert bool(code) == (block.phase != "given")
        if code:
            exec(code, known)
            np.testing.assert_allclose(known[label], n.array(block), rtol=1e-10, atol=1e-14, err_msg=code)


# --- sources --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_source_can_be_asked_down_to_what_is_given(name):
    told = {story.name: story for story in stories(name)}
    for story in told.values():
        assert set(story.sources) <= set(told), story.name
        assert bool(story.sources) != (story.entry.block.phase == "given") or story.text_formula == "1", story.name
    depth = {}

    def visit(key, path=()):
        assert key not in path, path
        if key not in depth:
            depth[key] = 1 + max((visit(source, (*path, key)) for source in told[key].sources), default=0)
        return depth[key]

    assert max(map(visit, told)) > 3


def test_sources_are_what_the_formula_names():
    network, X, Y = case("depth 4")
    story = why(network, X, Y, "dZ2[1,2]")
    assert story.sources == (
        "dA2[1,2]", "jacobian2[1,1,2]", "dA2[2,2]", "jacobian2[2,1,2]",
        "dA2[3,2]", "jacobian2[3,1,2]", "dA2[4,2]", "jacobian2[4,1,2]",
    )  # fmt: skip
    assert set(re.findall(r"\w+\[[\d,]+\]", story.text_formula)) == set(story.sources)


def test_asking_keeps_the_settings():
    network, X, Y = case("wide")
    story = why(network, X, Y, "J", learning_rate=2.0, decimals=3).in_full.ask("W1_new[1,2]")
    assert story.full
    assert story.numbers.decimals == 3
    assert "2 *" in story.text_substituted


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("A0[2,1]", "X[2,1]"), ("A2[1,1]", "Y_hat[1,1]"), ("dA0[1,1]", "dX[1,1]"), ("dA2", "dY_hat[1,1]"),
     ("b1[2]", "b1[2,1]"), ("db1[2]", "db1[2,1]"), ("b1_new[2]", "b1_new[2,1]"), ("Z2", "Z2[1,1]"),
     (" dW1 [ 1 , 2 ] ", "dW1[1,2]"), ("L", "L[1]"), ("J", "J")],
)  # fmt: skip
def test_names_and_their_aliases(name, canonical):
    network, X, Y = case("2-2-1")
    assert why(network, X, Y, name).name == canonical


@pytest.mark.parametrize(
    "name",
    ["", "Q", "W", "W3[1,1]", "Z0[1,1]", "dX_new[1,1]", "W1[3,1]", "W1[0,1]", "W1[1]", "W1[1,1,1]", "W1[-1,1]",
     "W1[1,,1]", "W1[]", "W1[1.5,1]", "W1[1,1", "J[1]", "jacobian2[1,1,1]", "slope3[1,1]", "w1[1,1]", "W1[¹,1]",
     "W१[1,1]", "__import__('os').system('true')", "J; J", "J\nJ", "W1[" + "9" * 5000 + ",1]",
     "W1[__import__('os'),1]", "W" + "1" * 9],
)  # fmt: skip
def test_bad_names_are_refused_with_a_list_of_what_can_be_asked(name):
    network, X, Y = case("2-2-1")
    with pytest.raises(ValueError, match=r"dW1 \(2, 2\)") as error:
        why(network, X, Y, name)
    assert "Y_hat (1, 1)" in str(error.value)
    assert len(str(error.value)) < 700


@pytest.mark.parametrize("name", [None, 3, b"J", ["J"], np.array("J")])
def test_a_name_that_is_no_text_is_refused(name):
    network, X, Y = case("2-2-1")
    with pytest.raises(TypeError, match="a name is text"):
        why(network, X, Y, name)


@pytest.mark.parametrize("settings", [{"decimals": -1}, {"decimals": 2.5}, {"decimals": True}, {"digits": 0},
                                      {"digits": "6"}, {"learning_rate": -1, "name": "W1_new[1,1]"}])  # fmt: skip
def test_bad_settings_are_refused(settings):
    network, X, Y = case("2-2-1")
    with pytest.raises(ValueError, match="expected"):
        why(network, X, Y, settings.pop("name", "J"), **settings).value  # noqa: B018


def test_what_does_not_fit_is_told_in_the_words_of_the_network():
    with pytest.raises(ValueError, match="layer 1"):
        why(worked_example.network(), [[1.0]], 1, "J")


# --- how it reads ---------------------------------------------------------------------------------------------------


def test_a_long_sum_is_shortened_and_says_its_terms_and_its_sum():
    network, X, Y = case("wide")
    story = why(network, X, Y, "dW2[1,1]")
    assert r"\cdots" in story.formula
    assert rf"8 \text{{ terms}}\text{{, together }} {story.shown_value}" in story.substituted
    assert "8 terms, together" in story.text_substituted
    assert story.in_full.substituted.count(r" + ") == 7
    assert "cdots" not in story.in_full.markdown
    assert "cdots" not in why(network, X[:, :5], Y[:, :5], "dW2[1,1]").formula


@pytest.mark.parametrize("name", NAMES)
def test_rows_join_to_the_line(name):
    for story in stories(name):
        full = story.in_full
        if not full.is_given:
            pen = Latex(numbers=True, digits=full.derivation.digits, full=True)
            assert "".join(full.derivation.expression.rows(pen)) == full.substituted


def test_a_long_line_goes_on_in_the_next_row():
    story = why(*case("wide"), "Z1[1,1]").in_full
    assert [sign for sign, _ in story.lines] == ["=", CONTINUED, "=", CONTINUED, CONTINUED, r"\approx"]
    assert r"\\[4pt] &\quad {}  + " in story.equation


def test_importing_why_loads_no_pictures_and_no_widgets():
    code = (
        "import sys; from nbhelpers import why, worked_solution; "
        "assert not {'matplotlib', 'ipywidgets'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_meaning_says_which_way_and_how_much():
    network, X, Y = case("2-2-1")
    assert why(network, X, Y, "dW1[1,1]").meaning == "J falls by about 0.008 for each unit that W1[1,1] rises."
    assert "rises by 0.0677" in why(network, X, Y, "W2_new[1,1]").meaning
    assert why(network, X, Y, "W1[1,2]").meaning.endswith("from feature 2 to unit 1 of layer 1.")


@pytest.mark.parametrize("name", NAMES)
def test_markdown_is_balanced_and_free_of_surprises(name):
    for story in stories(name):
        markdown = story.markdown
        assert markdown.count("$$") % 2 == 0
        assert markdown.count("{") == markdown.count("}")
        assert markdown.count(r"\left(") == markdown.count(r"\right)")
        assert markdown.count(r"\begin") == markdown.count(r"\end")
        assert not re.search(r"\bnan\b|\binf\b|None|<", markdown), markdown


def test_repr_is_the_text_and_needs_no_latex():
    network, X, Y = case("2-2-1")
    story = why(network, X, Y, "dZ1[2,1]")
    assert repr(story) == story.text
    assert "\\" not in story.text
    assert story._repr_markdown_() == story.markdown
    assert r"\begin{aligned}\frac{\partial J}{\partial z^{(1)}_{2,1}} &= " in story.markdown
    assert r"\left(X\right)^T" not in why(network, X, Y, "dW1[1,1]").rule


# --- as by hand -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("decimals", [2, 4])
def test_by_hand_every_line_gives_the_value_when_rounded(name, decimals):
    for story in stories(name, decimals=decimals):
        assert story.value == rounded(story.value, decimals)
        if story.entry.block.kind in ("L", "J", "dY_hat"):
            continue  # a prediction that is rounded to 0 or 1 has no logarithm
        value = latex_value(story.in_full.substituted)
        assert rounded(value, decimals) == story.value, (story.name, story.substituted)


@pytest.mark.parametrize("name", NAMES)
def test_by_hand_with_many_decimals_is_exact(name):
    for exact, by_hand in zip(stories(name), stories(name, decimals=11), strict=True):
        assert abs(exact.value - by_hand.value) < 1e-8 * max(1, abs(exact.value)), exact.name


def test_rounding_is_that_of_school():
    assert [rounded(x, 1) for x in (0.25, -0.25, 0.35, 0.05, 0.04, -0.04)] == [0.3, -0.3, 0.4, 0.1, 0.0, 0.0]
    assert math.copysign(1, rounded(-0.001, 1)) == 1
    assert [rounded(x, 2) for x in (1.005, 0.285, 2.675)] == [1.01, 0.29, 2.68]  # in binary a hair below a half


def test_printed_figures_of_the_lecture_by_hand():
    n = worked_example.by_hand(3)
    same = ("Z1", "A1", "Y_hat", "dZ2", "dW2", "db2", "slope1")
    for name in same:
        np.testing.assert_allclose(n[name], worked_example.PRINTED[name].value, atol=1e-12, err_msg=name)
    assert n["Z2"].item() == 1.245
    assert worked_example.PRINTED["Z2"].value.item() == 1.244


def test_drift_finds_where_the_lecture_parts_and_what_inherits():
    rows = {row[0]: row for row in worked_example.drift().rows}
    parts = [name for name, row in rows.items() if row[-1].startswith("Does not follow")]
    inherits = [name for name, row in rows.items() if row[-1] == "Inherited."]
    assert parts == ["Z2", "J", "dW1[1,1]"]
    assert inherits[:3] == ["Y_hat", "dZ2", "dW2[1,1]"]
    assert rows["Z2"][1:5] == ["1.244", "1.2453", "1.245", "1.2455"]
    assert rows["dZ1[1,1]"][1:3] == ["-0.0161", "-0.0160608"]


def test_the_story_of_a_cost_is_short_and_asks_for_the_losses_once(monkeypatch):
    network, d = Network.initialize([2, 1], ["sigmoid"], "binary_cross_entropy", rng=0), 300
    asked, per_example = [], type(network.loss).per_example_from_Z
    counted = lambda self, Z, Y: (asked.append(Z.shape), per_example(self, Z, Y))[1]  # noqa: E731
    monkeypatch.setattr(type(network.loss), "per_example_from_Z", counted)
    story = why(network, np.ones((2, d)), np.ones((1, d)), "J")
    assert len(story.text) + len(story.markdown) < 2000
    assert "L[1], L[2], …, L[300] (300 numbers)" in story.text
    assert "L[299]" in story.in_full.text
    assert len(asked) == 2  # for the cost itself, and for all that is told of it


# --- at the edges ---------------------------------------------------------------------------------------------------


def extreme(activation, loss, scale):
    network = Network.initialize([2, 2, 2], ["tanh", activation], loss, rng=1)
    return network.with_parameters(W2=scale * network.W[2]), np.array([[0.5], [-0.3]]), np.array([[0.0], [1.0]])


@pytest.mark.parametrize(("activation", "loss"), [("sigmoid", "binary_cross_entropy"),
                                                  ("softmax", "categorical_cross_entropy")])  # fmt: skip
@pytest.mark.parametrize("scale", [10, 60, 300, 3000, 30000, -10, -60, -300, -3000, -30000])
def test_lines_hold_where_predictions_reach_0_and_1(activation, loss, scale):
    network, X, Y = extreme(activation, loss, scale)
    story = why(network, X, Y, "J")
    for entry in [entry for block in story.numbers.blocks.values() for entry in block.entries]:
        told = story.ask(entry.name).in_full
        if entry.block.kind in ("Z", "A", "L", "J", "slope", "dZ", "dA", "dW"):
            assert close(plain_value(told.text_substituted), told.value, 1e-5), told
        assert told.text
        assert told.markdown


def test_kink_of_relu_has_no_slope_and_says_so():
    network = Network.initialize([1, 1, 1], ["relu", "linear"], "squared_error", rng=0)
    story = why(network.with_parameters(b1=np.zeros((1, 1))), 0.0, 1.0, "dZ1")
    assert math.isnan(story.finite_difference)
    assert "kink" in story.text
    assert story.value == 0


class SlopeForgotten(Network):
    def backward(self, forward, Y):
        right = super().backward(forward, Y)
        return Gradients((None, right.dA[1], right.dZ[2]), right.dA, right.dW, right.db)


def test_a_backward_pass_that_is_not_by_the_formula_is_not_told_as_if_it_were():
    right, X, Y = case("2-2-1")
    wrong = SlopeForgotten(right.layers, right.loss)
    assert why(wrong, X, Y, "dZ1[1,1]").equals == "≠"
    assert r"\neq" in why(wrong, X, Y, "dZ1[1,1]").equation
    assert why(wrong, X, Y, "dZ2[1,1]").equals != "≠"
    assert all(story.equals != "≠" for name in NAMES for story in stories(name))


class Sine(Activation):
    def _value(self, Z):
        return np.sin(Z)

    def _derivative(self, Z):
        return np.cos(Z)


class Normalized(Activation):
    """Each column divided by its length: not element-wise, as softmax is not."""

    elementwise = False

    def _value(self, Z):
        return Z / np.sqrt((Z**2).sum(axis=0))

    def _backward(self, dA, Z):
        A = self._value(Z)
        return (dA - A * (A * dA).sum(axis=0)) / np.sqrt((Z**2).sum(axis=0))


class LogCosh(Loss):
    def _per_example(self, Y_hat, Y):
        return np.log(np.cosh(Y_hat - Y))

    def _gradient(self, Y_hat, Y):
        return np.tanh(Y_hat - Y)


def own_network():
    rng = np.random.default_rng(5)
    layers = [
        Layer(rng.normal(size=(4, 2)), rng.normal(size=4), Sine()),
        Layer(rng.normal(size=(3, 4)), rng.normal(size=3), Normalized()),
        Layer(rng.normal(size=(2, 3)), rng.normal(size=2), linear),
    ]
    return Network(layers, LogCosh()), rng.normal(size=(2, 5)), rng.normal(size=(2, 5))


def test_functions_of_someones_own_are_told_and_it_is_said_where_no_formula_is_known():
    network, X, Y = own_network()
    assert check_gradients(network, X, Y)
    arrays = reference(network, X, Y, 0.5)
    first = why(network, X, Y, "J")
    for block in first.numbers.blocks.values():
        for entry in block.entries:
            story = first.ask(entry.name)
            assert story.is_given == (block.phase == "given")
            assert close(story.value, float(np.asarray(arrays[block.label])[tuple(i - 1 for i in entry.index)]), 1e-14)
            of_own_code = block.label in ("A1", "A2", "L", "slope1", "jacobian2", "dY_hat")
            assert bool(story.remark) == of_own_code, story
            assert story.markdown
            if not story.is_given:
                assert close(story.derivation.expression.evaluate(float), story.value, 1e-9), story
    assert "No formula is known for sine: this is what its own code gives." in first.ask("A1[1,1]").text
    assert "A1[1,1] = sine(Z1[1,1])" in first.ask("A1[1,1]").text
    assert "logcosh.gradient" in first.ask("dY_hat[1,1]").text
    assert worked_solution(network, X, Y, decimals=3).text
    history = train(network, X, Y, learning_rate=0.05, epochs=30, rng=1)
    assert history.network.cost(X, Y) < network.cost(X, Y)


def test_what_a_backward_of_someones_own_leaves_out_is_said():
    class Sparse(Network):
        def backward(self, forward, Y):
            gradients = super().backward(forward, Y)
            return Gradients((), (), gradients.dW, gradients.db)

    network = Sparse(worked_example.network().layers, "binary_cross_entropy")
    assert check_gradients(network, worked_example.X, worked_example.Y)
    assert round(why(network, worked_example.X, worked_example.Y, "db2").value, 4) == -0.2235
    with pytest.raises(ValueError, match=r"the backward of this Sparse gives no dZ\[1\]"):
        why(network, worked_example.X, worked_example.Y, "dZ1[1,1]").text  # noqa: B018


def test_a_vanishing_gradient_says_what_a_difference_can_tell():
    network = Network.initialize([1, 1, 1], ["sigmoid", "linear"], "squared_error", rng=0)
    story = why(network.with_parameters(b1=np.full((1, 1), -25.0)), 1.0, 0.0, "dW1")
    assert 0 < abs(story.value) < 1e-9
    assert "to 8 decimals" in story.text


def test_float32_is_told_as_float32():
    network = Network.initialize([2, 3, 2], ["tanh", "softmax"], "categorical_cross_entropy", rng=0, dtype=np.float32)
    X, Y = np.array([[0.5, 1.0], [0.2, -1.0]]), np.eye(2)
    story = why(network, X, Y, "dW1[1,2]")
    gradients = network.backward(network.forward(X), Y)
    assert story.value == float(gradients.dW[1][0, 1])
    assert close(latex_value(story.substituted), story.value, 1e-5)
    assert abs(story.finite_difference - story.value) < 1e-6


def test_nothing_that_was_passed_in_is_changed():
    network, X, Y = case("wide")
    X, Y, before = X.copy(), Y.copy(), network.parameters
    kept = X.copy(), Y.copy(), {name: value.copy() for name, value in before.items()}
    for name in ("J", "dX[1,1]", "dZ1[1,1]", "dY_hat[1,1]", "W1_new[1,1]"):
        assert why(network, X, Y, name, decimals=3).markdown
    np.testing.assert_array_equal(X, kept[0])
    np.testing.assert_array_equal(Y, kept[1])
    for name, value in network.parameters.items():
        np.testing.assert_array_equal(value, kept[2][name])


def test_one_story_is_quick_enough_for_a_frame():
    network, X, Y = case("3-4-2 softmax")

    def told():
        start = time.perf_counter()
        story = why(network, X, Y, "dZ2[1,1]")
        assert story.equation
        assert story.sources
        return time.perf_counter() - start

    assert min(told() for _ in range(20)) < 0.005


def test_numbers_give_columns_and_next_pass():
    network, X, Y = case("2-2-1")
    n = Numbers(network, X, Y, 0.5)
    assert [number.symbol.name for number in n.column("A1", 1)] == ["A1[1,1]", "A1[2,1]"]
    assert round(n.next().J, 8) == 0.20628465


def test_a_power_of_ten_is_squared_in_parentheses():
    network = Network([Layer([[1.0]], 0.0, "tanh"), Layer([[1.0]], 0.0, "linear")], "squared_error")
    story = why(network, [[4.2e-7]], [[1.0]], "slope1")
    assert r"\left(4.2 \cdot 10^{-7}\right)^{2}" in story.substituted
