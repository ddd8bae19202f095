"""The steps of a pass, block by block, with the mistakes that are made in them: the table behind `Computing`.

A block is what `nbhelpers.derivation` calls one: Z1, dW2, J. What is right here is compared with it by a test.
"""

import numpy as np

from nbhelpers.activations import relu, sigmoid, softmax, tanh
from nbhelpers.exercises.steps import step


def steps_of(n, label, final=False, moving=False):
    """Return the steps that make a block from its sources.

    Parameters
    ----------
    n : Numbers
        The numbers of the pass: for its network, n.d, and its names.
    label : str
        The name of the block.
    final : bool
        Whether this is the answer: then it can also come out with the wrong sign, or go one step too far.
    moving : bool
        Whether parameters are moved as well, so that they can be moved too early.

    Returns
    -------
    list of Step
    """
    block = n.block(label)
    steps = _STEPS[block.kind](n, block.layer, label)
    if moving and block.kind == "dA":
        steps = [_sent_back_late(n, block.layer, steps[0])]
    if final and block.kind in _SIGNED:
        *first, last = steps
        unsigned = step(f"+{label}", " ".join(last.uses), last.right, **last.wrong)
        steps = [*first, unsigned, step(label, f"+{label}", lambda v: v, sign_turned=lambda v: -v)]
    if final and block.kind == "Z":
        f = n.network.layers[block.layer - 1].activation
        *first, last = steps
        if f.name != "linear":
            steps = [*first, step("+Z", " ".join(last.uses), last.right, **last.wrong),
                     step(label, "+Z", lambda Z: Z, activation_too_soon=lambda Z: f(Z))]  # fmt: skip
    return steps


_SIGNED = {"dY_hat", "dA", "dZ", "dW", "db", "slope", "jacobian"}


def _label(n, kind, l):
    """The name under which a block is known: X for A0, Y_hat for A of the last layer."""
    return n.block(f"{kind}{l}").label


# --- forward --------------------------------------------------------------------------------------------------------


def _sums(n, l, label):
    W, A, b, P = f"W{l}", _label(n, "A", l - 1), f"b{l}", f"W{l}A"
    wrong = {
        "hadamard_for_product": lambda W, A: W * A.T if A.shape[1] == 1 else W * A,
        "weights_turned_over": lambda W, A: W.T @ A,
        "one_input_only": lambda W, A: W[:, :1] @ A[:1],
        "mean_for_sum": lambda W, A: W @ A / W.shape[1],
        "weights_left_out": lambda W, A: np.ones_like(W) @ A,
    }
    return [
        step(P, f"{W} {A}", lambda W, A: W @ A, **wrong),
        step(label, f"{P} {b}", lambda P, b: P + b, bias_left_out=lambda P, b: P, bias_subtracted=lambda P, b: P - b,
             bias_multiplied=lambda P, b: P * b),
    ]  # fmt: skip


def _activation(n, l, label):
    f, last = n.network.layers[l - 1].activation, l == n.network.L
    forgotten = "output_activation_forgotten" if last else "activation_left_out"
    if f.name == "linear":
        return [step(label, f"Z{l}", lambda Z: f(Z))]
    if f.name == "softmax":
        return _softmax(label, f"Z{l}", **{forgotten: lambda Z: Z})
    others = {"sigmoid": sigmoid, "tanh": tanh, "relu": relu}
    wrong = {f"{name}_for_{f.name}": g for name, g in others.items() if g is not f}
    wrong |= {forgotten: lambda Z: Z, "slope_for_value": f.derivative, "activation_twice": lambda Z: f(f(Z))}
    return [
        step(f"{label}+", f"Z{l}", lambda Z: f(Z), **wrong, **_VALUES[f.name]),
        step(label, f"{label}+", lambda A: A, sign_turned=lambda A: -A, taken_from_one=lambda A: 1 - A),
    ]


_VALUES = {
    "sigmoid": {"sigmoid_turned_round": lambda Z: 1 / (1 + np.exp(Z)), "exp_alone": np.exp,
                "exp_added": lambda Z: 1 + np.exp(-Z), "minus_for_plus": lambda Z: 1 / (1 - np.exp(-Z))},
    "tanh": {"tan_for_tanh": np.tan, "tanh_of_half": lambda Z: np.tanh(Z / 2),
             "upside_down": lambda Z: 1 / np.tanh(Z), "hyperbolic_sine": np.sinh},
    "relu": {"relu_turned_round": lambda Z: np.minimum(Z, 0), "absolute_value": np.abs,
             "relu_by_column": lambda Z: Z * (Z.sum(0) > 0), "mask_for_relu": lambda Z: (Z > 0) * 1.0},
}  # fmt: skip


def _softmax(label, Z, **forgotten):
    """First the exponentials, then the division: each can go wrong."""
    return [
        step(
            "E",
            Z,
            lambda Z: np.exp(Z - Z.max()),
            softmax_without_exp=lambda Z: Z,
            softmax_turned_round=lambda Z: np.exp(-Z),
            power_of_two=lambda Z: 2.0**Z,
            power_of_ten=lambda Z: 10.0**Z,
            square_for_exp=lambda Z: Z**2,
            largest_alone=lambda Z: (Z.max(0) == Z) * 1.0,
            softmax_twice=lambda Z: np.exp(softmax(Z)),
        ),
        step(
            label,
            f"E {Z}",
            lambda E, Z: E / E.sum(0),
            softmax_over_everything=lambda E, Z: E / E.sum(),
            softmax_over_the_examples=lambda E, Z: E / E.sum(1, keepdims=True),
            softmax_not_divided=lambda E, Z: E * np.exp(Z.max()),
            divided_by_the_largest=lambda E, Z: E / E.max(0),
            mean_for_sum=lambda E, Z: E / E.mean(0),
            sigmoid_for_softmax=lambda E, Z: sigmoid(Z),
            **{name: lambda E, Z, f=f: f(Z) for name, f in forgotten.items()},
        ),
    ]


# --- cost -----------------------------------------------------------------------------------------------------------


def _losses(n, l, label):
    return _LOSSES[n.network.loss.name](n, label)


def _cross_entropy(term, n, label):
    return [
        term,
        step("base", "term", lambda t: t, logarithm_of_base_10=lambda t: t / np.log(10),
             logarithm_of_base_2=lambda t: t / np.log(2)),
        step(label, "base", lambda t: -t, minus_missing=lambda t: t),
    ]  # fmt: skip


def _binary(n, label):
    term = step(
        "term",
        "Y_hat Y",
        lambda P, Y: (Y * np.log(P) + (1 - Y) * np.log(1 - P)).sum(0),
        second_term_missing=lambda P, Y: (Y * np.log(P)).sum(0),
        log_of_the_wrong_thing=lambda P, Y: np.log(P).sum(0),
        labels_turned_round=lambda P, Y: ((1 - Y) * np.log(P) + Y * np.log(1 - P)).sum(0),
        log_forgotten=lambda P, Y: (Y * P + (1 - Y) * (1 - P)).sum(0),
        first_term_missing=lambda P, Y: ((1 - Y) * np.log(1 - P)).sum(0),
        terms_subtracted=lambda P, Y: (Y * np.log(P) - (1 - Y) * np.log(1 - P)).sum(0),
        squared_error_for_cross_entropy=lambda P, Y: -((P - Y) ** 2).sum(0),
    )
    return _cross_entropy(term, n, label)


def _categorical(n, label):
    term = step(
        "term",
        "Y_hat Y",
        lambda P, Y: (Y * np.log(P)).sum(0),
        binary_cost_for_classes=lambda P, Y: (Y * np.log(P) + (1 - Y) * np.log(1 - P)).sum(0),
        labels_off_by_one=lambda P, Y: (np.roll(Y, -1, axis=0) * np.log(P)).sum(0),
        all_classes_counted=lambda P, Y: np.log(P).sum(0),
        predicted_class_counted=lambda P, Y: np.log(P.max(0)),
        log_forgotten=lambda P, Y: (Y * P).sum(0),
        wrong_classes_counted=lambda P, Y: ((1 - Y) * np.log(1 - P)).sum(0),
        labels_of_other_examples=lambda P, Y: (np.roll(Y, 1, axis=1) * np.log(P)).sum(0),
        squared_error_for_cross_entropy=lambda P, Y: -((P - Y) ** 2).sum(0),
    )
    return _cross_entropy(term, n, label)


def _squared(n, label):
    return [
        step("difference", "Y_hat Y", lambda P, Y: P - Y, added_for_subtracted=lambda P, Y: P + Y,
             labels_left_out=lambda P, Y: P),
        step("square", "difference", lambda D: D**2, absolute_for_square=np.abs, square_forgotten=lambda D: D,
             squared_after_the_sum=lambda D: D.sum(0, keepdims=True) ** 2),
        step("rows", "square", lambda S: S.sum(0), cost_averaged_over_outputs=lambda S: S.mean(0),
             one_output_only=lambda S: S[0]),
        step(label, "rows", lambda S: S / 2, half_missing=lambda S: S, half_twice=lambda S: S / 4),
    ]  # fmt: skip


_LOSSES = {
    "binary cross-entropy": _binary,
    "categorical cross-entropy": _categorical,
    "squared error": _squared,
}


def _cost(n, l, label):
    m, inputs = n.network.sizes[-1], n.network.sizes[0]
    return [
        *_losses(n, 0, "L"),
        step("J", "L", lambda L: L.sum() / L.size, cost_summed=lambda L: L.sum(),
             cost_divided_by_outputs=lambda L: L.sum() / L.size / m, mean_taken_twice=lambda L: L.sum() / L.size**2,
             features_counted_as_examples=lambda L: L.sum() / inputs, one_example_only=lambda L: L[0],
             divided_by_outputs_alone=lambda L: L.sum() / m, root_taken=lambda L: np.sqrt(np.abs(L.sum() / L.size))),
    ]  # fmt: skip


# --- backward -------------------------------------------------------------------------------------------------------


def _scaled(n, label, source):
    """The last line of dJ/dY_hat and of a matched dJ/dZ: the 1/d of the mean."""
    m, features, d = n.network.sizes[-1], n.network.sizes[0], n.d
    return step(label, source, lambda D: D / d, one_over_d_missing=lambda D: D, one_over_d_twice=lambda D: D / d / d,
                averaged_over_outputs=lambda D: D / (m * d), features_counted_as_examples=lambda D: D / features,
                divided_by_outputs=lambda D: D / m)  # fmt: skip


def _difference(n, result):
    wrong = {"labels_left_out": lambda P, Y: P, "difference_turned_round": lambda P, Y: Y - P,
             "added_for_subtracted": lambda P, Y: P + Y, "labels_of_other_examples": lambda P, Y: P - np.roll(Y, 1, 1),
             "labels_turned_round": lambda P, Y: P - (1 - Y)}  # fmt: skip
    if n.network.sizes[-1] > 1:
        wrong["labels_off_by_one"] = lambda P, Y: P - np.roll(Y, -1, axis=0)
    return step(result, "Y_hat Y", lambda P, Y: P - Y, **wrong)


def _error(n, l, label):
    if l < n.network.L:
        return _hidden_error(n, l, label)
    if n.network.is_matched:
        return [_difference(n, "difference"), *_matched(n), _scaled(n, label, "matched")]
    return [step(label, f"dY_hat slope{l}", lambda dA, s: dA * s, added_for_multiplied=lambda dA, s: dA + s,
                 error_left_out=lambda dA, s: s)]  # fmt: skip


def _matched(n):
    wrong = {}
    if n.network.layers[-1].activation.name != "linear":
        wrong["slope_applied_again"] = lambda D, P, Y: D * P * (1 - P)
        wrong["stopped_at_the_prediction"] = lambda D, P, Y: D / (P * (1 - P))
        wrong["loss_for_its_slope"] = lambda D, P, Y: -np.log(np.where(Y == 1, P, 1 - P))
    else:
        wrong["two_from_squared_error"] = lambda D, P, Y: 2 * D
        wrong["half_kept"] = lambda D, P, Y: D / 2
        wrong["squared_for_its_slope"] = lambda D, P, Y: D**2 / 2
    if n.network.loss.name == "categorical cross-entropy":
        wrong["softmax_element_by_element"] = lambda D, P, Y: -Y * (1 - P)
        wrong["only_the_true_class"] = lambda D, P, Y: D * Y
        wrong["stopped_at_the_prediction"] = lambda D, P, Y: -Y / P
    return [step("matched", "difference Y_hat Y", lambda D, P, Y: D, **wrong)]


def _output_gradient(n, l, label):
    wrong = {"two_from_squared_error": lambda D: 2 * D, "half_kept": lambda D: D / 2}
    return [_difference(n, "difference"), step("derivative", "difference", lambda D: D, **wrong),
            _scaled(n, label, "derivative")]  # fmt: skip


def _slope(n, l, label):
    """The value a first, then the slope made from it: both can go wrong, also together."""
    f, given_a = n.network.layers[l - 1].activation, f"a{l}"
    last = l == n.network.L
    missing = "shortcut_for_any_pair" if last else "slope_missing"
    common = {missing: lambda a, Z: np.ones_like(Z), "slope_twice": lambda a, Z: right(a, Z) ** 2,
              "value_for_slope": lambda a, Z: a}  # fmt: skip
    if f.name == "relu":
        return [step(label, f"Z{l}", lambda Z: (Z > 0) * 1.0, relu_for_its_mask=lambda Z: np.maximum(Z, 0),
                     relu_mask_always_true=lambda Z: np.ones_like(Z), mask_turned_round=lambda Z: (Z < 0) * 1.0,
                     sign_for_mask=np.sign, sigmoid_slope_for_all=lambda Z: relu(Z) * (1 - relu(Z)),
                     slope_of_sigmoid=sigmoid.derivative, slope_of_tanh=tanh.derivative,
                     step_over_one=lambda Z: (Z > 1) * 1.0, sums_for_slope=lambda Z: Z)]  # fmt: skip
    values = {"slope_fed_with_z": lambda Z: Z, "slope_at_A": lambda Z: f(f(Z))}
    values |= {f"{g.name}_for_{f.name}": g for g in (sigmoid, tanh) if g is not f}
    own = _SLOPE_OF.get(f.name, {})
    right = {"sigmoid": lambda a, Z: a * (1 - a), "tanh": lambda a, Z: 1 - a**2}.get(
        f.name, lambda a, Z: np.ones_like(Z)
    )
    if f.name == "linear":
        return [step(label, f"Z{l}", np.ones_like)]
    return [
        step(given_a, f"Z{l}", lambda Z: f(Z), **values),
        step(label, f"{given_a} Z{l}", right, **{**common, **own}),
    ]


_SLOPE_OF = {
    "sigmoid": {
        "tanh_slope_for_all": lambda a, Z: 1 - a**2,
        "slope_with_plus": lambda a, Z: a * (1 + a),
        "one_minus_a_alone": lambda a, Z: 1 - a,
        "slope_squared_a": lambda a, Z: a**2,
        "slope_turned_round": lambda a, Z: a * (a - 1),
        "slope_with_square": lambda a, Z: a * (1 - a**2),
    },
    "tanh": {
        "sigmoid_slope_for_all": lambda a, Z: a * (1 - a),
        "slope_with_plus": lambda a, Z: 1 + a**2,
        "square_forgotten": lambda a, Z: 1 - a,
        "slope_squared_a": lambda a, Z: a**2,
        "slope_turned_round": lambda a, Z: a**2 - 1,
    },
}


def _hidden_error(n, l, label):
    return [step(label, f"dA{l} slope{l}", lambda dA, s: dA * s, added_for_multiplied=lambda dA, s: dA + s,
                 product_for_hadamard=lambda dA, s: dA @ s.T, error_left_out=lambda dA, s: s)]  # fmt: skip


def _sent_back(n, l, label):
    W, dZ = f"W{l + 1}", f"dZ{l + 1}"
    wrong = {
        "W_reshaped": lambda W, dZ: W.reshape(W.shape[::-1]) @ dZ,
        "transpose_of_W_missing": lambda W, dZ: W @ dZ,
        "one_path_only": lambda W, dZ: W[:1].T @ dZ[:1],
        "other_path_only": lambda W, dZ: W[-1:].T @ dZ[-1:],
        "mean_over_paths": lambda W, dZ: W.T @ dZ / len(W),
        "sums_multiplied": lambda W, dZ: W.sum(0)[:, None] * dZ.sum(0),
        "hadamard_for_product": lambda W, dZ: W.T * dZ.T if dZ.shape[1] == 1 else W.T * dZ,
        "weights_left_out": lambda W, dZ: np.ones_like(W).T @ dZ,
        "errors_in_another_order": lambda W, dZ: W.T @ dZ[::-1],
    }
    return [step(label, f"{W} {dZ}", lambda W, dZ: W.T @ dZ, **wrong)]


def _sent_back_late(n, l, sent):
    """The same where weights are moved: they may have been moved before the error went through them."""
    wrong = {name: lambda W, dZ, A, eta, f=f: f(W, dZ) for name, f in sent.wrong.items()}
    wrong["W_updated_first"] = lambda W, dZ, A, eta: (W - eta * dZ @ A.T).T @ dZ
    uses = f"{' '.join(sent.uses)} {_label(n, 'A', l)} eta"
    return step(sent.result, uses, lambda W, dZ, A, eta: sent.right(W, dZ), **wrong)


def _weight_gradient(n, l, label):
    dZ, A, d = f"dZ{l}", _label(n, "A", l - 1), n.d
    return [
        step(
            label,
            f"{dZ} {A}",
            lambda dZ, A: dZ @ A.T,
            dW_turned_over=lambda dZ, A: A @ dZ.T,
            A_reshaped=lambda dZ, A: dZ @ A.reshape(A.shape[::-1]),
            transpose_of_A_missing=lambda dZ, A: dZ @ A,
            one_over_d_in_dW_too=lambda dZ, A: dZ @ A.T / d,
            one_example_only=lambda dZ, A: dZ[:, :1] @ A[:, :1].T,
            last_example_only=lambda dZ, A: dZ[:, -1:] @ A[:, -1:].T,
            input_left_out=lambda dZ, A: dZ @ np.ones_like(A).T,
            sums_multiplied=lambda dZ, A: dZ.sum(1, keepdims=True) @ A.sum(1, keepdims=True).T,
            hadamard_for_product=lambda dZ, A: dZ * A,
            error_left_out=lambda dZ, A: np.ones_like(dZ) @ A.T,
            multiplied_by_d=lambda dZ, A: dZ @ A.T * d,
        )
    ]


def _bias_gradient(n, l, label):
    dZ, A, d = f"dZ{l}", _label(n, "A", l - 1), n.d
    return [
        step(
            label,
            f"{dZ} {A}",
            lambda dZ, A: dZ.sum(1, keepdims=True),
            bias_averaged=lambda dZ, A: dZ.mean(1, keepdims=True),
            bias_times_input=lambda dZ, A: (dZ @ A.T).sum(1, keepdims=True),
            bias_summed_over_units=lambda dZ, A: dZ.sum(0, keepdims=True),
            bias_summed_over_everything=lambda dZ, A: dZ.sum(keepdims=True),
            bias_not_summed=lambda dZ, A: dZ,
            one_example_only=lambda dZ, A: dZ[:, :1],
            last_example_only=lambda dZ, A: dZ[:, -1:],
            bias_times_first_input=lambda dZ, A: dZ @ A[:1].T,
            dW_for_db=lambda dZ, A: dZ @ A.T,
            multiplied_by_d=lambda dZ, A: dZ.sum(1, keepdims=True) * d,
        )
    ]


def _jacobian(n, l, label):
    def over(rule):
        return lambda P: np.stack([rule(p) for p in P.T], axis=-1)

    return [
        step(
            label,
            _label(n, "A", l),
            over(lambda a: np.diag(a) - np.outer(a, a)),
            softmax_element_by_element=over(lambda a: np.diag(a * (1 - a))),
            diagonal_forgotten=over(lambda a: -np.outer(a, a)),
            slope_with_plus=over(lambda a: np.diag(a) + np.outer(a, a)),
            minus_forgotten_beside_the_diagonal=over(lambda a: np.outer(a, a) + np.diag(a - 2 * a**2)),
            slopes_everywhere=over(lambda a: np.outer(a, 1 - a)),
            factor_forgotten=over(lambda a: np.eye(a.size) - a),
            square_forgotten=over(lambda a: np.diag(a) - np.outer(a, a) + np.diag(a**2)),
            column_of_slopes=lambda P: P * (1 - P),
            one_on_the_diagonal=over(lambda a: np.eye(a.size) - np.outer(a, a)),
        )
    ]


# --- update ---------------------------------------------------------------------------------------------------------


def _update(n, l, label):
    theta, d = label.removesuffix("_new"), n.d
    rate, g = f"eta_{theta}", f"d{theta}"
    own = {}
    if theta[0] == "b":
        inputs = n.network.sizes[l - 1]
        own = {
            "bias_never_trained": lambda t, g, e: t,
            "bias_stepped_once_per_input": lambda t, g, e: t - inputs * e * g,
        }
    return [
        step(rate, "eta", lambda e: e, learning_rate_forgotten=lambda e: 1.0,
             learning_rate_divided_by_d=lambda e: e / d, divided_by_learning_rate=lambda e: 1 / e,
             learning_rate_times_d=lambda e: e * d),
        step(label, f"{theta} {g} {rate}", lambda t, g, e: t - e * g,
             update_with_plus=lambda t, g, e: t + e * g, step_for_parameter=lambda t, g, e: e * g,
             minus_step_for_parameter=lambda t, g, e: -e * g, parameter_multiplied_too=lambda t, g, e: e * (t - g),
             gradient_minus_parameter=lambda t, g, e: e * g - t, parameter_in_the_step=lambda t, g, e: t * (1 - e * g),
             **own),
    ]  # fmt: skip


_STEPS = {
    "Z": _sums,
    "A": _activation,
    "L": _losses,
    "J": _cost,
    "dY_hat": _output_gradient,
    "dZ": _error,
    "slope": _slope,
    "jacobian": _jacobian,
    "dA": _sent_back,
    "dW": _weight_gradient,
    "db": _bias_gradient,
    "W_new": _update,
    "b_new": _update,
}
