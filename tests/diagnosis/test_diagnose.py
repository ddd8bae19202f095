"""Each function of ``learners_code.py``: proved right or wrong by differences of its own cost, and diagnosed."""

import numpy as np
import pytest
from learners_code import CASES, STYLES, made

from nbhelpers import diagnose, diagnose_cost, diagnose_slope, diagnose_update, mistakes
from nbhelpers.diagnosis.conventions import conventions
from nbhelpers.diagnosis.structure import leaves, replaced

SINGLES = [case for case in CASES if len(case[1].split()) == 1]
PAIRS = [case for case in CASES if len(case[1].split()) == 2]
RIGHT = [case for case in CASES if not case[1]]

TWINS = {  # what gives the very same numbers in these cases, worked out by hand
    "relu_mask_always_true": {"slope_missing"},  # a >= 0 always, so the mask is 1
    "relu_mask_of_the_gradient": {"slope_of_the_error"},  # relu'(dA) is the mask dA > 0
    "update_with_plus": {
        "difference_turned_round",
        "slope_of_the_error",
        "relu_mask_of_the_gradient",
    },  # all dA < 0 there
}


def differences(module, params, X, Y, h=1e-6):
    """Central differences of the style's own cost, for every number in the parameters."""
    found = {}
    for leaf in leaves(params):
        slope = np.zeros(leaf.array.shape)
        for i in np.ndindex(slope.shape):
            moved = []
            for step in (h, -h):
                value = leaf.array.copy()
                value[i] += step
                moved.append(module["J"](replaced(params, {leaf.address: value}), X, Y))
            slope[i] = (moved[0] - moved[1]) / (2 * h)
        found[leaf.name] = slope
    return found


def gradients(module, params, X, Y, told):
    """What the function returns, by parameter and by hand; the step divided by -η where it makes one."""
    import copy
    import inspect

    copied, names = copy.deepcopy(params), [leaf.name for leaf in leaves(params)]
    wanted = inspect.signature(module["backward"]).parameters
    if "syn" in wanted:
        returned = module["backward"](X, Y, **copied)
    elif "inputs" in wanted:
        returned = module["backward"](X, Y, *copied)
    else:
        returned = module["backward"](copied, X, Y)
    if told.get("returns") == "parameters":
        return {name: (before.array - after.array) / 0.2
                for name, before, after in zip(names, leaves(params), leaves(copied), strict=True)}  # fmt: skip
    if isinstance(returned, dict):
        by_name = {name.removeprefix("d"): value for name, value in returned.items()}
        return {name: np.asarray(by_name[name.split(".")[-1]], float) for name in names}
    return dict(zip(names, (leaf.array for leaf in leaves(returned)), strict=True))


def is_right(case):
    """Whether the gradients are the differences of the cost that the right text of the style states."""
    module, params, X, Y, _, _, told = made(*case)
    if case[0] == "class":
        params.forward(X)
    stated, *_ = made(case[0], "", [])
    if case[0] == "class":
        right_params = made(case[0], "", [])[1]
        expected = differences(stated, right_params, X, Y)
        expected = {name: value for name, value in expected.items() if name in ("W1", "b1", "W2", "b2")}
        params = made(*case)[1]
    else:
        expected = differences(stated, params, X, Y)
    try:
        found = gradients(module, params, X, Y, told)
    except ValueError:
        return False
    return all(
        np.shape(found[name]) == value.shape and np.allclose(found[name], value, rtol=1e-6, atol=1e-8)
        for name, value in expected.items()
    )


def diagnosed(case):
    module, params, X, Y, activations, loss, told = made(*case)
    return diagnose(module["backward"], params, X, Y, activations, loss, **told)


def label(case):
    return f"{case[0]}: {case[1] or 'right'}"


def test_there_are_enough_of_every_kind():
    assert len(CASES) >= 60
    assert len(RIGHT) == len(STYLES)
    assert len(PAIRS) >= 10
    assert {name for case in CASES for name in case[1].split()} <= set(mistakes.MISTAKES)


@pytest.mark.parametrize("case", CASES, ids=label)
def test_the_code_is_what_it_is_said_to_be(case):
    assert is_right(case) is not bool(case[1])


@pytest.mark.parametrize("case", RIGHT, ids=label)
def test_right_code_of_any_style_is_right(case):
    d = diagnosed(case)
    assert d
    assert d.right
    assert not d.mistakes
    assert not d.first_wrong


@pytest.mark.parametrize("case", [*SINGLES, *PAIRS], ids=label)
def test_wrong_code_is_named_and_nothing_else(case):
    d, names = diagnosed(case), set(case[1].split())
    assert not d
    assert names <= set(d.mistakes)
    allowed = set().union(*(TWINS.get(name, set()) for name in names))
    assert set(d.mistakes) - names <= allowed
    assert d.first_wrong
    assert d.mend
    assert d.layers
    text = repr(d)
    assert all(name in text or name in allowed for name in d.mistakes)
    assert "mend" in d._repr_markdown_()


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_read_in_the_right_convention(style):
    d = diagnosed((style, "", []))
    assert d.rows is (style not in ("columns, cache", "pairs", "deep"))


def test_the_cost_is_found_and_a_stated_one_is_held_against_it():
    module, params, X, Y, activations, loss, _ = made("deep", "", [])
    assert diagnose(module["backward"], params, X, Y, activations, loss).cost == "sum"
    d = diagnose(module["backward"], params, X, Y, activations, loss, cost="mean")
    assert d.mistakes == ("one_over_d_missing",)
    module, params, X, Y, activations, loss, _ = made("theta", "", [])
    assert diagnose(module["backward"], params, X, Y, activations, loss).cost == "mean, l2=0.06"
    with pytest.raises(ValueError, match="cost is 'total'"):
        diagnose(module["backward"], params, X, Y, activations, loss, cost="total")


def test_nothing_that_is_given_is_changed_and_what_is_printed_is_kept_out_of_the_way(capsys):
    module, params, X, Y, activations, loss, told = made("in place", "", [])
    before = {name: value.copy() for name, value in params.items()}
    assert diagnose(module["backward"], params, X, Y, activations, loss, **told)
    assert all(np.array_equal(params[name], value) for name, value in before.items())
    module, params, X, Y, activations, loss, told = made("no bias", "", [])
    assert any(
        "It printed: error" in remark
        for remark in diagnose(module["backward"], params, X, Y, activations, loss).remarks
    )
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("old", "new", "first", "words"), [
    ("dout = (p - Y) / len(X)", "dout = 7 * (p - Y) / len(X)", "dZ2", "7 times the right one"),
    ("dhid = back * (1 - h**2)", "dhid = back * (1 - h)", "dZ1", "dA1 times 1 - a, entry by entry"),
    ('"w2": h.T @ dout', '"w2": 3 * h.T @ dout', "dW2", "3 times the right one"),
    ('"w1": X.T @ dhid', '"w1": X[::-1].T @ dhid', "dW1", "cosine"),
    ('"w2": h.T @ dout', '"w2": -np.abs(h.T @ dout)', "dW2", "sign"),
    ('"w1": X.T @ dhid', '"w1": 0 * X.T @ dhid', "dW1", "all zero"),
    ('"w1": X.T @ dhid', '"w1": (X.T @ dhid)[::-1]', "dW1", "another order"),
])  # fmt: skip
def test_what_has_no_name_is_related_to_the_right_quantity(old, new, first, words):
    d = diagnosed(("rows, dict", "", [(old, new)]))
    assert not d
    assert d.mistakes == ()
    assert d.first_wrong == first
    assert words in d.relation


def test_an_error_is_told_in_shapes():
    d = diagnosed(("rows, dict", "", [("h.T @ dout", "h @ dout.reshape(3, 3)")]))
    assert not d
    assert "fails, where h is (5, 4), dout is (5, 2)" in repr(d).replace("\n             ", " ")


def test_where_every_size_is_the_same_rows_are_asked_for():
    params = {"W1": np.eye(3), "b1": np.zeros(3), "W2": np.ones((3, 3)), "b2": np.zeros(3)}
    with pytest.raises(ValueError, match="say rows=True"):
        diagnose(lambda params, X, Y: params, params, np.eye(3) + 1, np.eye(3), ["tanh", "sigmoid"], "bce")


@pytest.mark.parametrize(("changes", "words"), [
    ({"activations": "tanh"}, "expected a list"),
    ({"activations": ["tanh", "sinus"]}, "no activation called 'sinus'"),
    ({"activations": ["softmax", "sigmoid"]}, "hidden layer"),
    ({"loss": "hinge"}, "no loss called 'hinge'"),
    ({"returns": "loss"}, "'gradients' or 'parameters'"),
    ({"returns": "parameters"}, "needs its learning rate"),
    ({"X": np.ones((4, 7))}, "do not chain"),
    ({"X": np.full((5, 3), np.nan)}, "nan or infinity"),
    ({"backward": 3}, "expected a function"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(changes, words):
    module, params, X, Y, activations, loss, _ = made("rows, dict", "", [])
    given = {"backward": module["backward"], "params": params, "X": X, "Y": Y, "activations": activations, "loss": loss}
    with pytest.raises((TypeError, ValueError), match=words):
        diagnose(**{**given, **changes})


def test_gradients_that_are_kept_from_call_to_call_are_seen():
    module, params, X, Y, activations, loss, _ = made("rows, dict", "", [])
    kept = {}

    def backward(params, X, Y):
        for name, value in module["backward"](params, X, Y).items():
            kept[name] = kept.get(name, 0) + value
        return dict(kept)

    assert diagnose(backward, params, X, Y, activations, loss).mistakes == ("gradients_accumulated",)


def test_large_inputs_are_told_with_their_scale():
    module, params, X, Y, activations, loss, _ = made("rows, dict", "", [])
    small = {name: value / 1000 for name, value in params.items()}
    pixels = np.abs(X) / np.abs(X).max() * 255
    assert any(
        "X / 255" in remark for remark in diagnose(module["backward"], small, pixels, Y, activations, loss).remarks
    )


def test_a_structure_can_be_read_and_written():
    _, params, X, Y, *_ = made("pairs", "", [])
    found = conventions(params, X, Y, 2)[0]
    blocks = found.blocks({name: leaf.array for name, leaf in found.parameters.items()})
    again = found.structure(params, blocks)
    assert all(np.array_equal(a.value, b.value) for a, b in zip(leaves(params), leaves(again), strict=True))


def in_rows(parameters, inputs, y):
    w1, b1, w2, b2 = parameters
    h = np.tanh(inputs @ w1 + b1.ravel())
    p = 1 / (1 + np.exp(-(h @ w2 + b2.ravel())))
    dout = (p - y) / inputs.shape[0]
    dhid = dout @ w2.T * (1 - h**2)
    return inputs.T @ dhid, dhid.sum(axis=0), h.T @ dout, dout.sum(axis=0)


def one_output(*, columns):
    """Parameters with one output in a tuple, biases flat or as columns, and five examples in rows."""
    biases = [np.array([0.1, -0.2, 0.3, 0.4]), np.array([0.5])]
    b1, b2 = (b.reshape(-1, 1) if columns else b for b in biases)
    w1, X = np.arange(12.0).reshape(3, 4) % 5 / 3 - 0.6, np.arange(15.0).reshape(5, 3) % 4 - 1.3
    return (w1, b1, np.array([[0.7], [-1.1], [0.4], [0.2]]), b2), X, np.array([[1], [0], [0], [1], [1]])


def test_a_tuple_with_one_output_in_rows_is_read_though_its_last_weights_could_be_a_bias():
    d = diagnose(in_rows, *one_output(columns=False), ["tanh", "sigmoid"], "bce")
    assert d, d
    assert d.rows


def test_biases_may_be_columns_where_a_row_is_an_example():
    def backward(parameters, X, Y):
        dw1, db1, dw2, db2 = in_rows(parameters, X, Y)
        return dw1, db1.reshape(-1, 1), dw2, db2.reshape(-1, 1)

    d = diagnose(backward, *one_output(columns=True), ["tanh", "sigmoid"], "bce")
    assert d, d
    assert d.rows


def test_a_mend_in_rows_has_the_learners_names_of_the_data_too():
    def backward(parameters, inputs, y):
        w1, b1, w2, b2 = parameters
        h = np.tanh(inputs @ w1 + b1)
        p = 1 / (1 + np.exp(-(h @ w2 + b2)))
        dout = (p - y) / inputs.shape[1]
        dhid = dout @ w2.T * (1 - h**2)
        return inputs.T @ dhid, dhid.sum(axis=0), h.T @ dout, dout.sum(axis=0)

    d = diagnose(backward, *one_output(columns=False), ["tanh", "sigmoid"], "bce")
    assert d.mistakes == ("features_counted_as_examples",)
    assert d.mend == "dout = (p - y) / inputs.shape[0]"
    assert "X.shape[0] if they stand in rows" in d.why


def test_what_returns_nothing_yet_is_told_what_to_return():
    _, params, X, Y, activations, loss, _ = made("rows, dict", "", [])
    d = diagnose(lambda params, X, Y: dict.fromkeys(params, ...), params, X, Y, activations, loss)
    assert "no array at all" in d.verdict
    assert d.experiment.startswith("Return an array for each parameter")


# --- the little functions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("f", "activation", "right", "words"), [
    (lambda x: x * (1 - x), "sigmoid", True, "given a = sigmoid(z), wrong if it is given z"),
    (lambda x: 1 / (1 + np.exp(-x)) * (1 - 1 / (1 + np.exp(-x))), "sigmoid", True, "given z, wrong"),
    (lambda x: 1 - x**2, "tanh", True, "given a = tanh(z), wrong"),
    (lambda x: 1 - np.tanh(x) ** 2, "tanh", True, "given z, wrong"),
    (lambda x: (x > 0) * 1.0, "relu", True, "whether it is given z or a"),
    (lambda x: 1.0 if x > 0 else 0.0, "relu", True, "whether it is given z or a"),
    (lambda x: (x >= 0) * 1.0, "relu", True, "given z, wrong"),
    (lambda x: 1 + x**2, "tanh", False, "slope_with_wrong_sign"),
    (lambda x: x * (1 - x), "tanh", False, "sigmoid_slope_for_all"),
    (lambda x: np.tanh(x), "tanh", False, "activation_for_slope"),
    (lambda x: 2 * x * (1 - x), "sigmoid", False, "2 times the slope"),
    (lambda x: x[7, 7], "sigmoid", False, "does not run"),
])  # fmt: skip
def test_a_slope_alone(f, activation, right, words):
    d = diagnose_slope(f, activation)
    assert d.right is right
    assert words in d.verdict + " ".join(d.mistakes)


@pytest.mark.parametrize(("f", "loss", "right", "words"), [
    (lambda p, y: 0.5 * ((p - y) ** 2).sum() / y.shape[1], "squared_error", True, "mean"),
    (lambda p, y: ((p - y) ** 2).sum(), "squared_error", True, "sum without half"),
    (lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean(), "bce", True, "mean of all entries"),
    (lambda p, y: -(y * np.log(p)).sum() / y.shape[1], "bce", False, "second_term_missing"),
    (lambda p, y: (y * np.log(p)).sum() / y.shape[1], "cce", False, "sign is turned"),
    (lambda p, y: -(y * np.log10(p)).sum() / y.shape[1], "cce", False, "logarithm_of_base_10"),
    (lambda p, y: p - y, "bce", False, "expected one number"),
])  # fmt: skip
def test_a_cost_alone(f, loss, right, words):
    d = diagnose_cost(f, loss)
    assert d.right is right
    assert words in d.verdict + d.cost + " ".join(d.mistakes)


@pytest.mark.parametrize(("f", "right", "words"), [
    (lambda w, g, lr: w - lr * g, True, "minus the learning rate"),
    (lambda w, g, lr: w.__isub__(lr * g) is None, False, ""),
    (lambda w, g, lr: w + lr * g, False, "update_with_plus"),
    (lambda w, g, lr: -lr * g, False, "W_replaced_by_step"),
    (lambda w, g, lr: w, False, "bias_never_trained"),
    (lambda w, g, lr: w - lr * g / 5, False, "0.2 times"),
])  # fmt: skip
def test_an_update_alone(f, right, words):
    d = diagnose_update(f)
    assert d.right is right
    assert words in d.verdict + " ".join(d.mistakes)
    assert repr(d).count("the step is") <= 1 or d.right
