"""What learners write, and what they write by mistake: lines of plain NumPy, each piece beside what stands there wrongly.

A piece in ⟨ ⟩ holds the right text first, then the wrong ones, each with the name that it should be given. Nothing here
comes from the package; the names are only what the verdict is compared with. Numbers that stand in a statement are read
off it by the patterns in `READ`.
"""

# ruff: noqa: E501

_SUMS = "⟨W1 @ X | W1 * X.T ~ hadamard_for_product | W1[:, :1] @ X[:1] ~ one_input_only⟩ ⟨+ b1 | ~ bias_left_out | - b1 ~ bias_subtracted⟩"
_SLOPE = (
    "⟨s(Z1) | Z1 ~ slope_fed_with_z | s(s(Z1)) ~ slope_at_A | np.tanh(Z1) ~ tanh_for_sigmoid⟩ as a; "
    "⟨a * (1 - a) | a * (1 + a) ~ slope_with_plus | 1 - a**2 ~ tanh_slope_for_all | a ~ value_for_slope | "
    "(a * (1 - a))**2 ~ slope_twice | np.ones_like(a) ~ slope_missing⟩ as slope; "
)
_BCE = (
    "⟨Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat) | Y * np.log(Y_hat) ~ second_term_missing | np.log(Y_hat) ~ "
    "log_of_the_wrong_thing | (1 - Y) * np.log(Y_hat) + Y * np.log(1 - Y_hat) ~ labels_turned_round⟩ as t; "
    "⟨t | t / np.log(10) ~ logarithm_of_base_10 | t / np.log(2) ~ logarithm_of_base_2⟩ as t; "
)
_DIFFERENCE = "⟨Y_hat - Y | Y - Y_hat ~ difference_turned_round | Y_hat ~ labels_left_out | Y_hat + Y ~ added_for_subtracted⟩ as D; "
_OVER_D = "⟨/ d | ~ one_over_d_missing | / d**2 ~ one_over_d_twice | / (m * d) ~ averaged_over_outputs | / n ~ features_counted_as_examples⟩"
_BACK = (
    "⟨W2.T @ dZ2 | W2.reshape(W2.shape[::-1]) @ dZ2 ~ W_reshaped | W2[:1].T @ dZ2[:1] ~ one_path_only | "
    "W2.T @ dZ2 / len(W2) ~ mean_over_paths⟩ as dA; "
)
_STEP = (
    "⟨eta | 1 ~ learning_rate_forgotten | eta / 4 ~ learning_rate_divided_by_d⟩ as e; "
    "⟨{0} - e * {1} | {0} + e * {1} ~ update_with_plus | e * {1} ~ step_for_parameter | -e * {1} ~ minus_step_for_parameter{2}⟩"
)
_FORWARD = (
    "⟨W1 @ X | W1[:, :1] @ X[:1] ~ one_input_only⟩ ⟨+ b1 | ~ bias_left_out⟩ as Z1; "
    "⟨s(Z1) | Z1 ~ activation_left_out | s(-Z1) ~ sigmoid_turned_round | np.tanh(Z1) ~ tanh_for_sigmoid⟩ as A1; "
)
_ALL_BACK = (
    "W1 @ X ⟨+ b1 | ~ bias_left_out⟩ as Z1; s(Z1) as A1; s(W2 @ A1 + b2) as Y_hat; "
    "⟨Y_hat - Y | Y - Y_hat ~ difference_turned_round⟩ as D; D ⟨/ d | ~ one_over_d_missing | / d**2 ~ one_over_d_twice⟩ as dZ2; "
    "W2.T @ dZ2 as dA; ⟨A1 | Z1 ~ slope_fed_with_z | s(A1) ~ slope_at_A⟩ as a; "
    "⟨a * (1 - a) | 1 ~ slope_missing | (a * (1 - a))**2 ~ slope_twice | a ~ value_for_slope⟩ as slope; dA * slope as dZ1; "
)

LINES = {
    "first_sums": f"⟨0 | 1 ~ activation_too_soon⟩ as late; {_SUMS} as Z; s(Z) if late else Z",
    "first_activations": "⟨np.exp(-Z1) | np.exp(Z1) ~ sigmoid_turned_round⟩ as E; ⟨1 / (1 + E) | np.tanh(Z1) ~ tanh_for_sigmoid | Z1 ~ "
    "activation_left_out | np.maximum(Z1, 0) ~ relu_for_sigmoid⟩",
    "second_sums": f"{_FORWARD} W2 @ A1 ⟨+ b2 | - b2 ~ bias_subtracted⟩ as Z2; ⟨Z2 | s(Z2) ~ activation_too_soon⟩",
    "predictions": f"{_FORWARD} W2 @ A1 ⟨+ b2 | - b2 ~ bias_subtracted⟩ as Z2; ⟨s(Z2) | Z2 ~ output_activation_forgotten⟩",
    "deep_sums": "W1 @ X ⟨+ b1 | ~ bias_left_out⟩ as Z1; ⟨np.tanh(Z1) | s(Z1) ~ sigmoid_for_tanh | np.maximum(Z1, 0) ~ relu_for_tanh⟩ as A1; "
    "W2 @ A1 ⟨+ b2 | - b2 ~ bias_subtracted⟩ as Z2; ⟨np.maximum(Z2, 0) | s(Z2) ~ sigmoid_for_relu | Z2 ~ activation_left_out⟩ as A2; W3 @ A2 + b3 as Z3; "
    "⟨Z3 | s(Z3) ~ activation_too_soon⟩",
    "relu_values": "⟨np.maximum(Z1, 0) | np.minimum(Z1, 0) ~ relu_turned_round | abs(Z1) ~ absolute_value | s(Z1) ~ sigmoid_for_relu | "
    "Z1 ~ activation_left_out | (Z1 > 0) * 1.0 ~ mask_for_relu ,slope_for_value⟩",
    "tanh_values": "⟨1 | -1 ~ sign_turned⟩ * ⟨np.tanh(Z1) | s(Z1) ~ sigmoid_for_tanh | np.tan(Z1) ~ tan_for_tanh | 1 - np.tanh(Z1)**2 ~ slope_for_value⟩",
    "softmax_values": "⟨np.exp(Z1) | Z1 ~ softmax_without_exp | np.exp(-Z1) ~ softmax_turned_round⟩ as E; E ⟨/ E.sum(0) | / E.sum() ~ "
    "softmax_over_everything | / E.sum(1, keepdims=True) ~ softmax_over_the_examples | ~ softmax_not_divided⟩",
    "linear_values": "⟨W2 @ A1 | W2[:, :1] @ A1[:1] ~ one_input_only | W2 @ A1 / 3 ~ mean_for_sum⟩ ⟨+ b2 | ~ bias_left_out | - b2 ~ bias_subtracted⟩",
    "binary_cost": f"{_BCE} ⟨- | ~ minus_missing⟩ ⟨t.sum() / d | t.sum() ~ cost_summed | t.sum() / d**2 ~ mean_taken_twice⟩",
    "categorical_cost": "⟨Y * np.log(Y_hat) | Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat) ~ binary_cost_for_classes | Y * Y_hat ~ log_forgotten | "
    "np.log(Y_hat) * (Y_hat == Y_hat.max(0)) ~ predicted_class_counted⟩ as t; "
    "⟨t | t / np.log(10) ~ logarithm_of_base_10 | t / np.log(2) ~ logarithm_of_base_2⟩ as t; ⟨- | ~ minus_missing⟩ ⟨t.sum() / d | t.sum() ~ cost_summed | "
    "t.mean() ~ cost_divided_by_outputs⟩",
    "squared_cost": "⟨Y_hat - Y | Y_hat + Y ~ added_for_subtracted⟩ as D; ⟨D**2 | abs(D) ~ absolute_for_square⟩ as D; ⟨D.sum() / d | D.sum() ~ cost_summed | D.mean() ~ "
    "cost_averaged_over_outputs ,cost_divided_by_outputs⟩ ⟨/ 2 | ~ half_missing⟩",
    "losses": f"{_BCE} ⟨- | ~ minus_missing⟩ t[0]",
    "one_weight": f"dA1 as dA; {_SLOPE} dA * slope as dZ; ⟨dZ @ X.T | dZ @ np.ones_like(X).T ~ input_left_out⟩ as dW; ⟨1 | -1 ~ sign_turned⟩ * dW[0, 1]",
    "output_delta": f"{_DIFFERENCE} ⟨D | D * Y_hat * (1 - Y_hat) ~ slope_applied_again | D / (Y_hat * (1 - Y_hat)) ~ stopped_at_the_prediction⟩ as D; D "
    + _OVER_D.replace(" | / (m * d) ~ averaged_over_outputs", ""),
    "output_delta_softmax": f"{_DIFFERENCE} D {_OVER_D}",
    "output_delta_linear": f"{_DIFFERENCE} ⟨1 | 2 ~ two_from_squared_error | 0.5 ~ half_kept⟩ * D {_OVER_D}",
    "output_delta_unmatched": "s(Z1) as Y_hat; " + _DIFFERENCE + _SLOPE.replace("slope_missing", "shortcut_for_any_pair") + f"slope * D {_OVER_D}",
    "softmax_jacobian": "Y_hat[:, 0] as a; ⟨1 | -1 ~ sign_turned⟩ * (⟨np.diag(a) - np.outer(a, a) | np.diag(a * (1 - a)) ~ softmax_element_by_element | "
    "np.diag(a) + np.outer(a, a) ~ slope_with_plus | -np.outer(a, a) ~ diagonal_forgotten | np.eye(3) - a ~ factor_forgotten⟩)",
    "error_sent_back": f"{_BACK} ⟨1 | -1 ~ sign_turned⟩ * dA",
    "hidden_slope": f"{_SLOPE} ⟨1 | -1 ~ sign_turned ,slope_turned_round⟩ * slope",
    "tanh_slope": "⟨np.tanh(Z1) | Z1 ~ slope_fed_with_z | s(Z1) ~ sigmoid_for_tanh⟩ as a; ⟨1 - a**2 | 1 + a**2 ~ slope_with_plus | a * (1 - a) ~ "
    "sigmoid_slope_for_all | a ~ value_for_slope | (1 - a**2)**2 ~ slope_twice⟩",
    "relu_slope": "⟨1 | -1 ~ sign_turned⟩ * ⟨(Z1 > 0) * 1.0 | np.maximum(Z1, 0) ~ relu_for_its_mask | (Z1 < 0) * 1.0 ~ mask_turned_round | np.ones_like(Z1) ~ "
    "relu_mask_always_true | np.sign(Z1) ~ sign_for_mask⟩",
    "hidden_delta": f"{_BACK} {_SLOPE} ⟨1 | -1 ~ sign_turned⟩ * dA * slope",
    "output_weights": "⟨1 | -1 ~ sign_turned⟩ * ⟨dZ2 @ A1.T | (dZ2 @ A1.T).T ~ dW_turned_over | dZ2 @ A1.T / 4 ~ one_over_d_in_dW_too | dZ2 @ A1.reshape(A1.shape[::-1]) ~ "
    "A_reshaped | dZ2[:, :1] @ A1[:, :1].T ~ one_example_only⟩",
    "hidden_weights": "⟨1 | -1 ~ sign_turned⟩ * ⟨dZ1 @ X.T | X @ dZ1.T ~ dW_turned_over | dZ1 @ X.T / d ~ one_over_d_in_dW_too | dZ1 @ X.reshape(X.shape[::-1]) ~ "
    "A_reshaped | dZ1[:, :1] @ X[:, :1].T ~ one_example_only⟩",
    "hidden_bias": "⟨1 | -1 ~ sign_turned⟩ * ⟨dZ1.sum(1) | dZ1.mean(1) ~ bias_averaged | (dZ1 @ X.T).sum(1) ~ bias_times_input | dZ1.sum(0, keepdims=True) ~ "
    "bias_summed_over_units | dZ1[:, 0] ~ one_example_only⟩",
    "updated_weights": _STEP.format("W2", "dW2", ""),
    "updated_bias": _STEP.format("b1", "db1", " | b1 - 2 * e * db1 ~ bias_stepped_once_per_input"),
    "updated_hidden_weights": "⟨W2.T @ dZ2 | (W2 - eta * dZ2 @ A1.T).T @ dZ2 ~ W_updated_first⟩ as dA; " + _SLOPE + "dA * slope @ X.T if False else (dA * slope) @ X.T as dW; "
    + _STEP.format("W1", "dW", ""),
    "all_the_way": _ALL_BACK + "⟨dZ1 @ X.T | dZ1 @ X.reshape(X.shape[::-1]) ~ A_reshaped | dZ1 @ X.T / d ~ one_over_d_in_dW_too⟩",
    "cost_after_a_step": _ALL_BACK.replace("W2.T @ dZ2 as dA", "⟨W2.T @ dZ2 | (W2 - eta * dZ2 @ A1.T).T @ dZ2 ~ W_updated_first⟩ as dA").replace(
        "W1 @ X ⟨+ b1 | ~ bias_left_out⟩ as Z1", "W1 @ X + b1 as Z1")
    + "⟨eta | 1 ~ learning_rate_forgotten | -eta ~ update_with_plus⟩ as e; W1 - e * dZ1 @ X.T as W1; b1 - e * dZ1.sum(1, keepdims=True) as b1; W2 - e * dZ2 @ A1.T as W2; "
    "b2 - e * dZ2.sum(1, keepdims=True) as b2; s(W2 @ s(W1 @ X + b1) + b2) as P; ⟨-1 | 1 ~ minus_missing⟩ * np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))",
    # --- training ---
    "descent_by_hand": "⟨k | k - 1 ~ one_step_too_few | k + 1 ~ one_step_too_many⟩ as k; ⟨w * (1 - eta * a)**k | w * (1 - k * eta * a) ~ forward_not_repeated | "
    "w * (1 + eta * a)**k ~ update_with_plus⟩",
    "longest_learning_rate": "⟨2 | 1 ~ one_step_to_the_bottom⟩ as t; ⟨t / a | a / t ~ turned_upside_down | t / (a * w) ~ divided_by_the_weight⟩",
    "decayed_learning_rate": "⟨epoch // every | epoch // every + 1 ~ one_halving_too_many | epoch // every - 1 ~ one_halving_too_few | epoch / every ~ not_rounded_down⟩ as k; "
    "⟨first | 1 ~ start_forgotten⟩ * ⟨0.5**k | 2.0**k ~ doubled_for_halved⟩",
    "momentum_step": "⟨eta | 1 ~ learning_rate_forgotten⟩ * (⟨beta * g1 + g2 | g2 ~ velocity_forgotten | g1 + g2 ~ gradients_accumulated | beta * g1 + (1 - beta) * g2 ~ "
    "new_gradient_as_a_mean | beta * (1 - beta) * g1 + (1 - beta) * g2 ~ velocity_as_a_mean | g1 + beta * g2 ~ decay_of_the_new_gradient ,gradients_exchanged⟩)",
    "adam_first_step": "⟨eta | 1 ~ learning_rate_forgotten⟩ as e; ⟨np.sign(g) | g ~ plain_step | np.sign(g) / 10 / np.sqrt(0.001) ~ means_not_corrected⟩ as r; "
    "⟨theta - e * r | theta + e * r ~ update_with_plus | e * r ~ step_for_parameter⟩",
    "penalty_value": "(⟨(W**2).sum() | (W**2).sum() + (b**2).sum() ~ biases_punished | abs(W).sum() ~ absolute_for_square⟩) ⟨/ 2 | ~ penalty_without_half⟩ ⟨* l2 | ~ lambda_forgotten⟩",
    "penalty_gradient": "⟨l2 * W | 2 * l2 * W ~ penalty_without_half | l2 / 2 * W ~ half_kept | W ~ lambda_forgotten⟩ as S; ⟨dW + S | dW - S ~ penalty_turned_round | S ~ "
    "penalty_alone⟩",
    "dropout_activations": "A * ⟨M | (1 - M) ~ mask_turned_round | 1 ~ mask_forgotten_forward⟩ ⟨/ (1 - p) | ~ not_divided | / p ~ divided_by_p | * (1 - p) ~ multiplied_by_the_share⟩",
    "dropout_gradient": "dA * ⟨M | 1 ~ mask_forgotten⟩ ⟨/ (1 - p) | ~ dropout_scaled_forward_only | / p ~ divided_by_p | * (1 - p) ~ multiplied_by_the_share⟩",
    "dropout_expectation": "⟨1 - p | 1 ~ nothing_dropped | p ~ p_for_its_complement⟩ as q; (⟨q * (w @ a) + b | q * (w @ a + b) ~ bias_dropped_too | q * (w @ a) ~ bias_left_out⟩).item()",
    "product_of_slopes": "delta * ⟨w.prod() | 1 ~ weights_left_out | w[0, 1:].prod() ~ one_weight_too_few⟩ * ⟨s.prod() | 1 ~ slope_missing | s[0, 1:].prod() ~ one_slope_too_few⟩",
    "initial_spread": "⟨2 / count | 1 / count ~ one_for_two⟩ as v; ⟨v**0.5 | v ~ variance_for_spread⟩",
    "variance_for_slopes": "⟨s**2 | s ~ square_forgotten | 1 ~ slope_missing⟩ as q; ⟨1 / (h * q) | 1 / q ~ units_left_out | h * q ~ turned_upside_down⟩",
    "combined_gradient": "(⟨first * G1 + second * G2 | second * G1 + first * G2 ~ parts_exchanged | (G1 + G2) / 2 * (first + second) ~ sizes_not_counted | "
    "(G1 + G2) * (first + second) ~ parts_added⟩) ⟨/ (first + second) | ~ not_divided_by_all | / 2 ~ divided_by_the_machines⟩",
    "best_constant_forecast": "⟨rain / days | 1 - rain / days ~ dry_days_counted | 100 * rain / days ~ percent_for_share⟩",
    "central_difference": "(⟨(t + h)**k - (t - h)**k | (t + h)**k - t**k ~ forward_difference_only⟩) / ⟨(2 * h) | h ~ h_for_both_steps⟩",
    # --- whole numbers ---
    "shape_of_inputs": "⟨(n, d) | (d, n) ~ examples_as_rows⟩",
    "shape_of_weights": "⟨(h, n) | (n, h) ~ rows_and_columns_of_W | (h, d) ~ examples_for_inputs⟩",
    "shape_of_bias": "⟨h | n ~ another_layer⟩ as r; ⟨1 | d ~ examples_counted_in⟩ as c; ⟨(r, c) | (c, r) ~ bias_as_a_row⟩",
    "shape_of_sums": "⟨h | n ~ another_layer⟩ as r; ⟨(r, d) | (d, r) ~ examples_as_rows⟩",
    "shape_of_gradient": "⟨(h, n) | (n, h) ~ rows_and_columns_of_dW | (h, d) ~ shape_of_the_error⟩",
    "plan_a_network": "⟨(f, k, l, c) | (c, l, k, f) ~ outputs_first | (k, l, c) ~ inputs_not_a_layer | (f, l, k, c) ~ hidden_layers_exchanged⟩",
    "number_of_parameters": "⟨n * h + h * m | n + h + h + m ~ layers_added | n * h * m ~ all_sizes_multiplied⟩ + ⟨h + m | 0 ~ biases_not_counted | n + h + m ~ inputs_with_biases⟩",
    "updates_in_training": "⟨-(-d // size) | d // size ~ last_batch_left_out | d / size ~ batches_not_rounded_up | 1 ~ one_update_per_epoch⟩ * ⟨epochs | 1 ~ one_epoch_only | (epochs - 1) ~ one_epoch_too_few⟩",
    "early_stopping_epoch": "⟨0 | 1 ~ counted_from_one⟩ as o; ⟨patience | patience + 1 ~ one_epoch_too_patient | patience - 1 ~ one_epoch_too_impatient⟩ as p; "
    "⟨(o + best + p, o + best) | (o + best + p, o + best + p) ~ last_parameters_kept | (o + best, o + best + p) ~ swapped⟩",
    "layers_until_vanished": "⟨share | 1 - share ~ share_that_is_lost⟩ as q; int(np.floor(np.log(bound) / np.log(q))) ⟨+ 1 | ~ one_layer_too_few | + 2 ~ one_layer_too_many⟩",
    "parameters_of_a_deep_network": "⟨n * h + h * m + m * c | n + h + h + m + m + c ~ layers_added⟩ + ⟨h + m + c | 0 ~ biases_not_counted | 3 ~ one_bias_per_layer⟩",
    "multiply_adds": "(⟨n * h + h * m | n * h + h * m + h + m ~ biases_counted_as_products ,activations_counted_too | n * h ~ one_layer_only⟩) * ⟨d | 1 ~ one_example_counted⟩",
    "passes_for_differences": "⟨2 | 1 ~ one_pass_each⟩ * (n * h + h * m + ⟨h + m | 0 ~ biases_not_counted | n + h + m ~ inputs_with_biases⟩)",
    "two_linear_layers": "⟨W2 @ W1 | W2 @ W1.T ~ transpose_of_W_missing ,product_turned_round | W2 * W1 ~ hadamard_for_product⟩",
    "tanh_as_sigmoid": "⟨2 * c | c ~ slope_of_sigmoid_forgotten | 4 * c ~ half_forgotten⟩",
}  # fmt: skip

_SIZES = r"(\d+)-(\d+)-(\d+)"
READ = {
    "descent_by_hand": {"a": r"slope is \$(\d+)", "w": r"begins at \$w = (\d+)", "eta": r"\\eta = ([\d.]+)", "k": r"after (\d) steps"},
    "longest_learning_rate": {"a": r"slope is \$(\d+)", "w": r"\$w = (\d+)"},
    "decayed_learning_rate": {"first": r"starts at ([\d.]+)", "every": r"every (\d+) epochs", "epoch": r"in epoch (\d+)"},
    "momentum_step": {"beta": r"beta = ([\d.]+)", "eta": r"\\eta = ([\d.]+)", "g1": r"first gradient is \$(-?\d)", "g2": r"the second is \$(-?\d)"},
    "adam_first_step": {"eta": r"eta = ([\d.]+)"},
    "penalty_value": {"l2": r"lambda = ([\d.]+)"},
    "penalty_gradient": {"l2": r"lambda = ([\d.]+)"},
    "dropout_activations": {"p": r"p = ([\d.]+)\$"},
    "dropout_gradient": {"p": r"p = ([\d.]+)\$"},
    "dropout_expectation": {"p": r"p = ([\d.]+)\$"},
    "product_of_slopes": {"delta": r"= (-?[\d.]+)\$\. What"},
    "variance_for_slopes": {"h": r"h = (\d+)\$", "s": r"about \$([\d.]+)\$"},
    "combined_gradient": {"first": r"has (\d+) of", "second": r"other (\d+)\."},
    "best_constant_forecast": {"rain": r"on (\d+) of", "days": r"of (\d+) days"},
    "central_difference": {"t": r"theta = (\d+)\$", "h": r"h = ([\d.]+)\$", "k": r"theta\^(\d)"},
    "shape_of_inputs": {"n": r"(\d+) features?", "d": r"(\d+) examples?"},
    "shape_of_weights": {"h": r"has (\d+) units?", "n": r"it has (\d+),", "d": r"(\d+) examples"},
    "plan_a_network": {"c": r"tell (\d+) kinds", "f": r"by (\d+) ", "k": r"layers of (\d+)", "l": r"and (\d+) units"},
    "updates_in_training": {"d": r"are (\d+) examples", "size": r"batches of (\d+)", "epochs": r"in (\d+) epochs"},
    "early_stopping_epoch": {"patience": r"patience of (\d)"},
    "layers_until_vanished": {"percent": r"(\d+) %", "per": r"below 1/(\d+)"},
    "multiply_adds": {"d": r"with (\d+) examples"},
    "tanh_as_sigmoid": {"c": r"\\tanh\((\d*)z"},
    **{name: {"l": r"\^\{\((\d)\)\}", "d": r"(?:here|given) (\d+)"} for name in ("shape_of_bias", "shape_of_sums", "shape_of_gradient")},
}  # fmt: skip
