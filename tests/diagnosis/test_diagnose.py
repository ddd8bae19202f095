"""Each function of ``learners_code.py``: proved right or wrong by differences of its own cost, and diagnosed."""

import functools

import numpy as np
import pytest
from learners_code import CASES, STYLES, made

from nbhelpers import diagnose, diagnose_cost, diagnose_slope, diagnose_update, mistakes
from nbhelpers.diagnosis.conventions import conventions
from nbhelpers.diagnosis.structure import leaves, replaced
from nbhelpers.diagnosis.verdict import lowered

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
    assert "**fix:**" in d._repr_markdown_()


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
    ('"w2": h.T @ dout', '"w2": h.T @ dout / 2', "dW2", "0.5 times the right one (1/m, the number of outputs)"),
    ('"w1": X.T @ dhid', '"w1": X.T @ dhid + 1', "dW1", "1 more than the right one in every entry"),
    ('"w1": X.T @ dhid', '"w1": (X.T @ dhid) * [[2], [3], [-1]]', "dW1", "with its rows multiplied by 2, 3, -1"),
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


def test_an_error_is_told_in_the_shapes_of_a_list():
    # In Python 3.12 the variables of a comprehension are gone once it has failed.
    d = diagnosed(("rows, dict", "", [("h.T @ dout", "np.add(*(both := [h, dout])) if (both := [h, dout]) else 0")]))
    assert "both holds (5, 4) and (5, 2)" in " ".join(repr(d).split())


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


def test_of_several_forms_of_the_labels_the_one_is_meant_that_leaves_the_fewest_mistakes():
    def backward(params, X, Y):
        W1, b1, w2, b2 = params
        h = np.tanh(X @ W1 + b1)
        dout = (1 / (1 + np.exp(-(h @ w2 + b2))) - np.reshape(Y, (-1, 1))) / len(X)
        dhid = dout @ w2.T * (1 if np.ndim(Y) < 2 else 1 - h**2)  # with flat labels the slope is missing as well
        if np.shape(Y) == (1, 5):
            raise ValueError("a row")
        return X.T @ dhid, dhid.sum(axis=0), h.T @ dout, dout.sum(axis=0)

    params, X, Y = one_output(columns=False)
    d = diagnose(backward, params, X, Y.reshape(1, 5), ["tanh", "sigmoid"], "bce")
    assert d.mistakes == ("labels_broadcast",)


# --- the little functions -------------------------------------------------------------------------------------------


SLOPES_ALONE = [
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
    (lambda x: None, "sigmoid", False, "it returned None"),
    (lambda x: -x * (1 - x), "sigmoid", False, "the slope with the sign flipped"),
    (lambda x: (1 - x) ** 2, "tanh", False, "where a alone is to be squared"),
]  # fmt: skip


@pytest.mark.parametrize(("f", "activation", "right", "words"), SLOPES_ALONE)
def test_a_slope_alone(f, activation, right, words):
    d = diagnose_slope(f, activation)
    assert d.right is right
    assert words in d.verdict + " ".join(d.mistakes)


COSTS_ALONE = [
    (lambda p, y: 0.5 * ((p - y) ** 2).sum() / y.shape[1], "squared_error", True, "mean"),
    (lambda p, y: ((p - y) ** 2).sum(), "squared_error", True, "sum without half"),
    (lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean(), "bce", True, "mean of all entries"),
    (lambda p, y: -(y * np.log(p)).sum() / y.shape[1], "bce", False, "second_term_missing"),
    (lambda p, y: (y * np.log(p)).sum() / y.shape[1], "cce", False, "sign is flipped"),
    (lambda p, y: -(y * np.log10(p)).sum() / y.shape[1], "cce", False, "logarithm_of_base_10"),
    (lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / 5, "cce", False, "binary_cost_for_classes"),
    (lambda p, y: -(y * np.log(p) + (1 - y) * np.log(p)).sum() / 5, "bce", False, "log_of_the_wrong_thing"),
    (lambda p, y: p - y, "bce", False, "shape (3, 5), expected one number"),
    (lambda y, p: -(y * np.log(p) + (1 - y) * np.log(1 - p)).mean(), "bce", True, "labels first, f(Y, Y_hat)"),
    (lambda p, y: (y * np.log(p) + (1 - y) * np.log(1 - p)).mean(), "bce", False, "but the sign is flipped"),
    (lambda p, y: -np.log(p[y, np.arange(len(y))]).mean(), "cce", True, "mean over the examples"),
    (lambda p, y: -(y * np.log(p)).sum() / len(y), "cce", False, "divided by the outputs, not by the examples"),
    (lambda p, y: np.abs(p - y).mean(), "mse", False, "no constant times it"),
    (lambda p, y: np.sqrt(((p - y) ** 2).mean()), "mse", False, "no constant times it"),
    (lambda p: 1.0, "mse", False, "takes 1 positional argument but 2 were given"),
    (lambda p, y: "none", "mse", False, "it returned str"),
]  # fmt: skip


@pytest.mark.parametrize(("f", "loss", "right", "words"), COSTS_ALONE)
def test_a_cost_alone(f, loss, right, words):
    d = diagnose_cost(f, loss)
    assert d.right is right
    assert words in d.verdict + d.cost + " ".join(d.mistakes)


UPDATES_ALONE = [
    (lambda w, g, lr: w - lr * g, True, "minus the learning rate"),
    (lambda w, g, lr: w.__isub__(lr * g) is None, False, ""),
    (lambda w, g, lr: w + lr * g, False, "update_with_plus"),
    (lambda w, g, lr: -lr * g, False, "W_replaced_by_step"),
    (lambda w, g, lr: w, False, "bias_never_trained"),
    (lambda w, g, lr: w - lr * g / 5, False, "0.2 times"),
    (lambda w, g, lr: w - g, False, "the learning rate is left out"),
    (lambda w, g, lr: None, False, "returns nothing, and changes nothing"),
    (lambda w, g, lr: (w - lr * g).T, False, "shape (3, 2)"),
    (lambda w, g, lr: w - lr * np.sign(g), False, "not along the gradient"),
    (lambda w, g, lr: 0.5 * w + lr * g, False, "keeps 0.5 times θ"),
    (lambda w, g, lr: w - lr * (g + 0.3 * w), True, "weight decay, λ = 0.3"),
    (lambda w, dw: w - 0.02 * dw, True, "the learning rate 0.02"),
    (lambda lr, W, dW: W - lr * dW, True, "minus the learning rate"),
    (lambda grad, W, lr: W + lr * grad, False, "update_with_plus"),
    (lambda w, g, lr: "w", False, "does not run"),
]  # fmt: skip


@pytest.mark.parametrize(("f", "right", "words"), UPDATES_ALONE)
def test_an_update_alone(f, right, words):
    d = diagnose_update(f)
    assert d.right is right
    assert words in d.verdict + " ".join(d.mistakes)
    assert repr(d).count("the step is") <= 1 or d.right


def test_a_cost_that_is_right_for_some_predictions_alone_is_not_right():
    seen = []

    def stuck(p, y):
        seen.append(((p - y) ** 2).mean())
        return seen[0]

    d = diagnose_cost(stuck, "squared_error")
    assert not d
    assert "no constant times it" in d.verdict


@pytest.mark.parametrize("learning_rate", [0, -0.1, np.nan, [0.1, 0.2]])
def test_an_update_is_diagnosed_with_a_learning_rate_that_moves(learning_rate):
    with pytest.raises(ValueError, match="the learning rate is"):
        diagnose_update(lambda w, g, lr: w + lr * g, learning_rate=learning_rate)


@pytest.mark.parametrize("kind", [np.float32, np.float16])
def test_the_little_functions_keep_their_verdicts_in_coarse_floats(kind):
    cases = [(diagnose_slope, f, (activation,), {}) for f, activation, *_ in SLOPES_ALONE]
    cases += [(diagnose_cost, f, (loss,), {}) for f, loss, *_ in COSTS_ALONE]
    cases += [(diagnose_update, f, (), {"learning_rate": eta}) for f, *_ in UPDATES_ALONE for eta in (0.1, 0.001)]
    for diagnose_one, f, arguments, settings in cases:
        exact, coarse = (diagnose_one(g, *arguments, **settings) for g in (f, in_coarse_floats(f, kind)))
        assert (coarse.right, coarse.mistakes, coarse.cost) == (exact.right, exact.mistakes, exact.cost), coarse


def in_coarse_floats(f, kind):
    @functools.wraps(f)  # so that the names of its arguments are seen
    def coarse(*given):
        return f(*(np.asarray(value, kind) if np.asarray(value).dtype.kind == "f" else value for value in given))

    return coarse


def test_the_little_functions_may_print_and_take_no_other_thing_for_a_function(capsys):
    assert diagnose_slope(lambda a: print("a") or a * (1 - a))
    assert diagnose_cost(lambda p, y: print("p") or ((p - y) ** 2).mean(), "mse")
    assert diagnose_update(lambda w, g, lr: print("w") or w - lr * g)
    assert capsys.readouterr().out == ""
    for diagnose_one in (diagnose_slope, diagnose_cost, diagnose_update):
        with pytest.raises(TypeError, match="f is str, expected a function"):
            diagnose_one("a * (1 - a)")
    with pytest.raises(ValueError, match="no activation called 'sgmoid'"):
        diagnose_slope(np.tanh, "sgmoid")


# --- penalties, and names ---------------------------------------------------------------------------------------------


def softmax_of_numbers(slope):
    def backward(params, X, y):
        h = np.tanh(X @ params["w"] + params["b"])
        e = np.exp(h @ params["v"] + params["c"])
        p = e / e.sum(axis=1, keepdims=True)
        p[np.arange(len(y)), y] -= 1
        back = (p @ params["v"].T) * slope(h)
        return {"w": X.T @ back, "b": back.sum(0), "v": h.T @ p, "c": p.sum(0)}

    w, v = np.arange(12.0).reshape(3, 4) % 5 / 3 - 0.6, np.array([[0.7, -0.2], [-1.1, 0.3], [0.4, 0.5], [0.2, -0.9]])
    params = {"w": w, "b": np.array([0.1, -0.2, 0.3, 0.4]), "v": v, "c": np.array([0.5, -0.1])}
    return backward, params, np.arange(15.0).reshape(5, 3) % 4 - 1.3, np.array([1, 0, 0, 1, 1])


def test_with_class_numbers_line_and_mend_are_those_of_the_learner():
    d = diagnose(*softmax_of_numbers(lambda h: 1 - h**2), ["tanh", "softmax"], "cce", cost="mean")
    assert d.mistakes == ("one_over_d_missing",)
    assert d.line == "p[np.arange(len(y)), y] -= 1"
    assert d.mend == "p[np.arange(len(y)), y] -= 1; p /= len(y)"


def test_a_square_of_the_wrong_thing_is_an_entry_wise_ratio():
    d = diagnose(*softmax_of_numbers(lambda h: (1 - h) ** 2), ["tanh", "softmax"], "cce")
    assert (d.mistakes, d.first_wrong) == ((), "dZ1")
    assert d.relation == "dA1 times (1 - a)², entry by entry"


@pytest.mark.parametrize(("penalty", "cost", "words"), [
    ("+ 0.4 * W", "mean, l2=0.1", "it has 0.4 W; 0.1 W belongs there"),
    ("+ 0.4 * W", "mean", "it has 0.4 W; the cost has none"),
    ("- 0.4 * W", "mean, l2=0.1", "it has -0.4 W, with the wrong sign; 0.1 W belongs there"),
])  # fmt: skip
def test_another_penalty_than_the_stated_one_is_told(penalty, cost, words):
    source = f"lambda W, X, Y: (W @ X - Y) @ X.T / X.shape[1] {penalty}"
    W, X = np.array([[0.3, -0.4, 1.2], [0.8, 0.1, -0.7]]), np.arange(15.0).reshape(3, 5) % 4 - 1.3
    d = diagnose(eval(source, {}), W, X, np.ones((2, 5)), ["linear"], "squared_error", cost=cost)
    assert (d.right, d.mistakes, d.first_wrong) == (False, (), "dW1")
    assert words in d.relation
    assert bool(diagnose(eval(source, {}), W, X, np.ones((2, 5)), ["linear"], "squared_error")) is (penalty[0] == "+")


def test_data_that_are_changed_in_place_are_told_and_stay_as_they_were():
    def backward(parameters, inputs, y):
        inputs -= inputs.mean(axis=0)
        y *= 2
        return in_rows(parameters, inputs, y)

    params, X, Y = one_output(columns=False)
    Y = Y.astype(float)
    before = X.copy(), Y.copy()
    d = diagnose(backward, params, X, Y, ["tanh", "sigmoid"], "bce")
    assert any(remark.startswith("It changes its arguments: X, Y.") for remark in d.remarks)
    assert np.array_equal(X, before[0])
    assert np.array_equal(Y, before[1])


@pytest.mark.parametrize("first", [True, False])
def test_the_loss_may_be_returned_beside_the_gradients(first):
    def backward(parameters, X, Y):
        gradients = in_rows(parameters, X, Y)
        return (0.3, *gradients) if first else (*gradients, 0.3)

    assert diagnose(backward, *one_output(columns=False), ["tanh", "sigmoid"], "bce")


def test_of_two_variables_with_the_same_numbers_the_one_is_meant_that_is_called_so():
    def backward(parameters, X, Y):
        w1, b1, w2, b2 = parameters
        h = np.tanh(X @ w1 + b1)
        dZ2 = (1 / (1 + np.exp(-(h @ w2 + b2))) - Y) / len(X)
        dH = dZ2 @ w2.T
        dZ1 = dH
        return X.T @ dZ1, dZ1.sum(axis=0), h.T @ dZ2, dZ2.sum(axis=0)

    d = diagnose(backward, *one_output(columns=False), ["tanh", "sigmoid"], "bce")
    assert d.mistakes == ("slope_missing",)
    assert d.line == "dZ1 = dH"
    assert d.mend == "dZ1 = dH * (1 - h**2)"


def test_what_has_no_name_is_not_explained_by_two_things_that_have():
    # with the cost a sum and the bias averaged, layer 2 would be explained, and layer 1 would not
    d = diagnosed(("rows, dict", "", [('"w2": h.T @ dout', '"w2": len(X) * h.T @ dout')]))
    assert (d.mistakes, d.first_wrong) == ((), "dW2")
    assert d.relation == "5 times the right one (d, the number of examples)"


@pytest.mark.parametrize(("old", "new", "words"), [
    ('"w1": X.T @ dhid', '"w1": (X.T @ dhid) * [[1], [1], [7]]', "right in rows 1, 2 alone"),
    ('"w1": X.T @ dhid', '"w1": dhid.T @ X', "(4, 3) where (3, 4) is expected: the transpose of the right one"),
    ('"b1": dhid.sum(axis=0, keepdims=True)', '"b1": dhid', "(5, 4) where (1, 4) is expected: a sum over axis 0"),
])  # fmt: skip
def test_shapes_rows_and_columns_are_those_of_the_learner(old, new, words):
    assert words in diagnosed(("rows, dict", "", [(old, new)])).relation


def test_pairs_are_not_tried_in_a_large_network_and_that_is_said():
    module, params, X, Y, activations, loss, _ = made(
        "rows, dict", "", [("back * (1 - h**2)", "back"), ("p - Y", "Y - p")]
    )
    many = np.tile(X, (500, 1)), np.tile(Y, (500, 1))
    assert diagnose(module["backward"], params, X, Y, activations, loss).mistakes
    d = diagnose(module["backward"], params, *many, activations, loss)
    assert not d
    assert any(remark.startswith("Pairs of mistakes were not tried") for remark in d.remarks)


def test_single_precision_is_no_mistake():
    module, params, X, Y, activations, loss, _ = made("rows, dict", "", [])
    X = (X + 30).astype(np.float32)
    single = {name: (value / 3).astype(np.float32) for name, value in params.items()}
    assert diagnose(module["backward"], single, X, Y.astype(np.float32), activations, loss)


def test_any_order_and_any_spread_of_the_arguments():
    params, X, Y = one_output(columns=False)
    by_name = dict(zip(("w1", "b1", "w2", "b2"), params, strict=True))
    of = lambda **parts: [parts[name] for name in by_name]  # noqa: E731
    for backward in (
        lambda X, y, params: in_rows(of(**params), X, y),
        lambda params, features, labels, /: in_rows(of(**params), features, labels),
        lambda y, X, **params: in_rows(of(**params), X, y),
        lambda b1, w1, b2, w2, y, X: in_rows((w1, b1, w2, b2), X, y),
        lambda one, two, three: in_rows(of(**one), two, three),
        lambda p, q, r, s, inputs, targets, verbose=False: in_rows((p, q, r, s), inputs, targets),
        lambda net, *data, X, Y: in_rows(of(**net), X, Y),
    ):
        assert diagnose(backward, by_name, X, Y, ["tanh", "sigmoid"], "bce")


def test_a_step_gets_the_learning_rate_whatever_else_it_takes():
    def backward(X, Y, alpha, **params):
        gradients = in_rows(list(params.values()), X, Y)
        return {name: value - alpha * g for (name, value), g in zip(params.items(), gradients, strict=True)}

    params, X, Y = one_output(columns=False)
    by_name = dict(zip(("w1", "b1", "w2", "b2"), params, strict=True))
    given = (backward, by_name, X, Y, ["tanh", "sigmoid"], "bce")
    assert diagnose(*given, returns="parameters", learning_rate=0.3)


def test_four_times_the_gradient_of_a_square_is_no_mistake_of_the_half():
    W, X = np.array([[0.3, -0.4, 1.2], [0.8, 0.1, -0.7]]), np.arange(15.0).reshape(3, 5) % 4 - 1.3
    d = diagnose(lambda W, X, Y: 4 * (W @ X - Y) @ X.T / 5, W, X, np.ones((2, 5)), ["linear"], "squared_error")
    assert (d.right, d.mistakes) == (False, ())
    assert "4 times the right one" in d.relation


@pytest.mark.parametrize("mask", [lambda z: z > 0, lambda z: z >= 0])
def test_either_slope_of_a_relu_at_its_kink_is_right(mask):
    def backward(params, X, Y):
        W1, b1, W2, b2 = params
        Z = W1 @ X + b1
        dZ2 = (W2 @ np.maximum(Z, 0) + b2 - Y) / X.shape[1]
        dZ1 = W2.T @ dZ2 * mask(Z)
        return [dZ1 @ X.T, dZ1.sum(axis=1, keepdims=True), dZ2 @ np.maximum(Z, 0).T, dZ2.sum(axis=1, keepdims=True)]

    params = [
        np.eye(4)[:, :3] - 0.5,
        np.zeros((4, 1)),
        np.array([[0.7, -1.1, 0.4, 0.2], [0.3, 0.5, -0.6, 0.9]]),
        np.zeros((2, 1)),
    ]
    X = np.array([[1.0, 1, 0, 2, -1], [1, 0, 1, 1, 2], [0, 1, 1, -3, 0.5]])  # some weighted sums are just 0
    assert np.any(params[0] @ X == 0)
    assert diagnose(backward, params, X, np.arange(10.0).reshape(2, 5) / 7, ["relu", "linear"], "squared_error")


@pytest.mark.parametrize("kind", [
    iter,
    list,
    lambda gradients: np.array(gradients, dtype=object),
    lambda gradients: zip(("dw1", "db1", "dw2", "db2"), gradients, strict=True),
    lambda gradients: gradients[::-1],
    lambda gradients: [gradients[:2], gradients[2:]],
    lambda gradients: ([gradients[0], gradients[2]], [gradients[1], gradients[3]]),
    lambda gradients: [{"dW": gradients[0], "db": gradients[1]}, {"dW": gradients[2], "db": gradients[3]}],
])  # fmt: skip
def test_gradients_may_come_in_whatever_holds_them(kind):
    backward = lambda params, X, Y: kind(in_rows(params, X, Y))  # noqa: E731
    assert diagnose(backward, *one_output(columns=False), ["tanh", "sigmoid"], "bce")


@pytest.mark.parametrize("form", [np.ravel, lambda Y: Y.reshape(-1, 1), lambda Y: Y.reshape(1, -1), np.ndarray.tolist])
def test_labels_may_be_flat_a_column_a_row_or_a_list(form):
    params, X, Y = one_output(columns=False)
    backward = lambda params, X, Y: in_rows(params, X, np.reshape(Y, (-1, 1)))  # noqa: E731
    assert diagnose(backward, params, X, form(Y), ["tanh", "sigmoid"], "bce")


@pytest.mark.parametrize(("title", "within"), [
    ("A is reshaped instead of transposed", "A is reshaped instead of transposed"),
    ("The step replaces the parameter", "the step replaces the parameter"),
])  # fmt: skip
def test_a_letter_of_the_lecture_stays_a_capital_within_a_sentence(title, within):
    assert title in {mistake.title for mistake in mistakes.MISTAKES.values()}
    assert lowered(title) == within
