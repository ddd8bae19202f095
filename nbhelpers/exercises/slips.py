"""Slips: mistakes in exercises that are no wrong step of backpropagation, and so not in the museum."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """A mistake that a check can name.

    Attributes
    ----------
    title : str
        A few words.
    mend : str
        What to do.
    what : str
        What is wrong, in one sentence, where the title does not say it all.
    """

    title: str
    mend: str
    what: str = ""


SLIPS = {
    # --- shapes and counts ---
    "one_too_many": Slip("One too many", "Count again."),
    "one_too_few": Slip("One too few", "Count again."),
    "one_column_only": Slip("One column only", "There is a column for every example."),
    "examples_as_rows": Slip("Rows and columns are swapped", "Here every column is an example: (rows, d)."),
    "only_the_product": Slip("Only the number of entries", "A shape is two numbers: rows and columns."),
    "inputs_for_units": Slip(
        "The inputs are taken for the units", "The rows of W belong to the units of its own layer."
    ),
    "units_for_inputs": Slip(
        "The units are taken for the inputs", "The columns of W belong to what comes in: the layer before."
    ),
    "examples_for_inputs": Slip(
        "The examples are taken for the inputs", "W is the same for any number of examples: it has a column per input."
    ),
    "bias_column": Slip("A column for the bias", "The bias is not a column of W here: it is b, and is added."),
    "rows_and_columns_of_W": Slip(
        "Rows and columns of W are swapped", "W has a row per unit of its layer, and a column per input."
    ),
    "rows_and_columns_of_dW": Slip(
        "Rows and columns of dJ/dW are swapped", "dJ/dW has the shape of W: a row per unit, a column per input."
    ),
    "another_layer": Slip("The size of the layer before", "The rows belong to the units of this layer."),
    "examples_counted_in": Slip(
        "A column per example", "b is the same for every example: one column, which NumPy adds to all."
    ),
    "bias_like_W": Slip("The shape of W", "A unit has a weight per input, but only one bias."),
    "bias_as_a_row": Slip("Rows and columns are swapped", "b is a column, with a row per unit."),
    "shape_of_the_weights": Slip(
        "The shape of W", "Z has a column per example; the columns of W belong to the inputs."
    ),
    "shape_of_the_error": Slip("The shape of dJ/dZ", "d has gone into the sum: dJ/dW has the shape of W."),
    "inputs_not_a_layer": Slip("The inputs are missing", "The list begins with the number of features."),
    "hidden_layers_exchanged": Slip(
        "The hidden layers are swapped", "Write the layers in the order in which the examples pass them."
    ),
    "hidden_layers_forgotten": Slip("The hidden layers are missing", "They stand between the inputs and the outputs."),
    "hidden_layers_added_up": Slip("The hidden layers are taken as one", "Each layer has a size of its own."),
    "one_output_for_all_classes": Slip(
        "One output for all classes", "One output per class, so that each gets a probability."
    ),
    "output_layer_forgotten": Slip("The output layer is missing", "The list ends with one output per class."),
    "one_class_left_out": Slip("One class is left out", "One output per class."),
    "outputs_first": Slip("The order is reversed", "Begin with what comes in, the features."),
    "classes_and_features": Slip(
        "Features and classes are swapped", "Begin with what comes in, the features, and end with the classes."
    ),
    "layers_added": Slip("Units and inputs are added", "Each unit has a weight per input: multiply."),
    "one_layer_only": Slip("Only the first layer is counted", "Add the weights of every layer."),
    "last_layer_only": Slip("Only the last layer is counted", "Add the weights of every layer."),
    "last_layer_left_out": Slip("The weights of the last layer are missing", "Add the weights of every layer."),
    "first_layer_left_out": Slip("The weights of the first layer are missing", "Add the weights of every layer."),
    "all_sizes_multiplied": Slip(
        "All sizes are multiplied", "Multiply the two sizes of each layer, then add up the layers."
    ),
    "product_of_ends": Slip(
        "Only inputs and outputs are multiplied", "Each pair of neighboring layers has its weights."
    ),
    "biases_not_counted": Slip("The biases are missing", "Add one for each unit; inputs have none."),
    "inputs_with_biases": Slip("The inputs have biases too", "An input is given, not computed: it has no bias."),
    "one_bias_per_layer": Slip("One bias per layer", "Each unit has a bias of its own."),
    "hidden_biases_only": Slip(
        "The biases of the output layer are missing", "Each unit of each layer has a bias, in the output layer too."
    ),
    "output_biases_left_out": Slip(
        "The biases of the output layer are missing", "Each unit of each layer has a bias, in the output layer too."
    ),
    "output_biases_only": Slip("The biases of the hidden layer are missing", "Each unit of each layer has a bias."),
    "weights_not_counted": Slip("The weights are missing", "Each unit has a weight per input, and a bias."),
    # --- forward ---
    "hadamard_for_product": Slip(
        "Entry by entry instead of a matrix product",
        "Use the matrix product: each row with each column, `@` and not `*`.",
    ),
    "weights_turned_over": Slip("The weights are transposed", "Forward it is W as it stands: a row per unit."),
    "one_input_only": Slip("Only the first input counts", "Sum over all inputs."),
    "mean_for_sum": Slip("A mean instead of a sum", "Add up, and do not divide."),
    "bias_subtracted": Slip("The bias is subtracted", "The bias is added: z = w a + b."),
    "bias_multiplied": Slip("The bias is multiplied", "The bias is added: z = w a + b."),
    "activation_too_soon": Slip(
        "The activation is applied already", "What is asked for is the weighted sum, before the activation."
    ),
    "output_activation_forgotten": Slip(
        "The activation of the output layer is missing",
        "The output layer has an activation too: apply it to its weighted sums.",
    ),
    "activation_twice": Slip("The activation is applied twice", "Apply it once to each weighted sum."),
    "exp_alone": Slip("The exponential alone", "The sigmoid is 1 / (1 + exp(-z))."),
    "tanh_for_sigmoid": Slip("Tanh instead of the sigmoid", "This layer has a sigmoid."),
    "relu_for_sigmoid": Slip("ReLU instead of the sigmoid", "This layer has a sigmoid."),
    "sigmoid_for_tanh": Slip("A sigmoid instead of tanh", "This layer has tanh."),
    "relu_for_tanh": Slip("ReLU instead of tanh", "This layer has tanh."),
    "tan_for_tanh": Slip("The tangent instead of tanh", "tanh is the hyperbolic tangent: np.tanh."),
    "tanh_of_half": Slip("Tanh of half the sum", "tanh is (exp(z) - exp(-z)) / (exp(z) + exp(-z)), at z itself."),
    "sigmoid_for_relu": Slip("A sigmoid instead of ReLU", "This layer has ReLU: max(0, z)."),
    "tanh_for_relu": Slip("Tanh instead of ReLU", "This layer has ReLU: max(0, z)."),
    "relu_turned_round": Slip("ReLU is flipped", "ReLU lets positive numbers pass, and stops the rest."),
    "absolute_value": Slip("The absolute value", "ReLU turns a negative number into 0."),
    "relu_by_column": Slip("ReLU for a whole column at once", "ReLU looks at every entry by itself."),
    "slope_for_value": Slip("The slope instead of the value", "What is asked for is f(z), not its derivative."),
    "softmax_without_exp": Slip(
        "Softmax without the exponential", "Take exp of every entry first, then divide by the sum of the column."
    ),
    "softmax_not_divided": Slip("Softmax is not divided", "Divide by the sum of the column."),
    "softmax_turned_round": Slip(
        "Softmax with the wrong sign", "There is no minus: exp(z) over the sum of the column."
    ),
    "largest_alone": Slip("Only the largest counts", "Softmax shares out the 1; it does not choose."),
    "sigmoid_for_softmax": Slip(
        "A sigmoid instead of softmax", "Softmax divides by the sum of the column, so that it sums to 1."
    ),
    "exp_added": Slip("The sigmoid is upside down", "The sigmoid is 1 / (1 + exp(-z)): take the reciprocal."),
    "taken_from_one": Slip("1 - a instead of a", "The activation itself is asked for."),
    "minus_for_plus": Slip("A minus instead of a plus", "The sigmoid is 1 / (1 + exp(-z))."),
    "upside_down": Slip("It is upside down", "Take the reciprocal."),
    "hyperbolic_sine": Slip("The hyperbolic sine", "Divide by exp(z) + exp(-z): np.tanh."),
    "mask_for_relu": Slip("The slope instead of the value", "A positive number passes unchanged, not as 1."),
    "power_of_two": Slip("Powers of 2", "exp has the base e: np.exp."),
    "power_of_ten": Slip("Powers of 10", "exp has the base e: np.exp."),
    "square_for_exp": Slip("Squares instead of exponentials", "Take exp of every entry first."),
    "divided_by_the_largest": Slip("Divided by the largest", "Divide by the sum of the column."),
    # --- cost ---
    "logarithm_of_base_2": Slip(
        "The logarithm to base 2", "log is the natural logarithm: np.log, or the ln key of a calculator."
    ),
    "log_forgotten": Slip(
        "The logarithm is missing", "The loss is minus the logarithm of the probability of what is true."
    ),
    "labels_turned_round": Slip(
        "The labels are swapped", "For y = 1 the loss is -log(ŷ), for y = 0 it is -log(1 - ŷ)."
    ),
    "first_term_missing": Slip("The first term is missing", "For y = 1 the loss is -log(ŷ)."),
    "terms_subtracted": Slip(
        "The two terms are subtracted", "They are added: y log(ŷ) + (1 - y) log(1 - ŷ), and then the minus."
    ),
    "squared_error_for_cross_entropy": Slip(
        "Squared error instead of cross-entropy", "The loss here is the cross-entropy, with a logarithm."
    ),
    "minus_missing": Slip(
        "The minus is missing", "The logarithm of a probability is negative; the minus makes a loss of it."
    ),
    "cost_divided_by_outputs": Slip(
        "The number of outputs is divided by as well", "J is the mean over the d examples alone."
    ),
    "divided_by_outputs_alone": Slip(
        "Divided by the number of outputs", "J is the mean over the examples: divide by d."
    ),
    "mean_taken_twice": Slip("Divided by d twice", "J is the mean of the losses: divide by d once."),
    "root_taken": Slip("A root is taken", "There is no root here."),
    "one_example_only": Slip("Only the first example counts", "All examples belong to it."),
    "last_example_only": Slip("Only the last example counts", "All examples belong to it."),
    "all_classes_counted": Slip("All classes are counted", "Only the class that is true counts: multiply by y."),
    "predicted_class_counted": Slip(
        "The most probable class is counted", "Only the class that is true counts: -log of its probability."
    ),
    "wrong_classes_counted": Slip(
        "The wrong classes are counted", "Only the class that is true counts: -log of its probability."
    ),
    "added_for_subtracted": Slip("Added instead of subtracted", "Take the difference."),
    "absolute_for_square": Slip("The absolute value instead of the square", "Square it."),
    "square_forgotten": Slip("The square is missing", "Square it."),
    "squared_after_the_sum": Slip("Squared after the sum", "Square first, then add up."),
    "one_output_only": Slip("Only the first output counts", "Add up over all outputs."),
    "half_twice": Slip("The ½ is taken twice", "One ½ is enough."),
    # --- backward ---
    "labels_left_out": Slip("The labels are missing", "It is prediction minus label."),
    "slope_fed_with_z": Slip(
        "The slope is written in a, and was given z", "a(1 - a) and 1 - a² want the activation a = f(z)."
    ),
    "value_for_slope": Slip("The activation instead of its slope", "Multiply by f'(z), not by f(z)."),
    "tanh_slope_for_all": Slip("The slope of tanh for a sigmoid", "1 - a² belongs to tanh; the sigmoid has a(1 - a)."),
    "slope_with_plus": Slip(
        "A plus instead of a minus", "Mind the sign: a(1 - a) for a sigmoid, 1 - a² for tanh, δ - a for softmax."
    ),
    "one_minus_a_alone": Slip("Half of the slope: 1 - a", "The slope of the sigmoid is a(1 - a)."),
    "slope_squared_a": Slip("The square of a", "The slope is a(1 - a) for a sigmoid, 1 - a² for tanh."),
    "slope_turned_round": Slip(
        "The slope has the wrong sign", "Sigmoid and tanh rise everywhere: their slopes are positive."
    ),
    "slope_with_square": Slip("One square too many in the slope", "The slope of the sigmoid is a(1 - a)."),
    "added_for_multiplied": Slip("Added instead of multiplied", "Multiply: along a path factors multiply."),
    "product_for_hadamard": Slip(
        "A matrix product instead of entry by entry", "The slope belongs to its own entry: `*` and not `@`."
    ),
    "error_left_out": Slip(
        "The error that comes back is missing", "The chain rule begins with the error that comes back."
    ),
    "sums_multiplied": Slip("The sums are multiplied", "Multiply first, then add up: it is a matrix product."),
    "multiplied_by_d": Slip("Multiplied by d", "The sum over the examples is enough; 1/d is in dJ/dZ already."),
    "sign_turned": Slip("The sign is flipped", "Mind the sign."),
    "stopped_at_the_prediction": Slip("This is dJ/dŶ", "Go one step on: through the activation to Z."),
    "loss_for_its_slope": Slip("The loss instead of its derivative", "What is asked for is how J changes, not J."),
    "squared_for_its_slope": Slip("The loss instead of its derivative", "The derivative of ½ (ŷ - y)² is ŷ - y."),
    "averaged_over_outputs": Slip(
        "The number of outputs is divided by as well", "J is the mean over the d examples alone: 1/d, not 1/(m d)."
    ),
    "divided_by_outputs": Slip("Divided by the number of outputs", "J is the mean over the examples: divide by d."),
    "only_the_true_class": Slip("Only the true class gets an error", "The other classes have y = 0, and the error ŷ."),
    "half_kept": Slip("One ½ too many", "The ½ of the loss cancels with the 2 of the square."),
    "diagonal_forgotten": Slip("The first term of the diagonal is missing", "On the diagonal it is a(1 - a)."),
    "minus_forgotten_beside_the_diagonal": Slip(
        "The minus off the diagonal is missing", "Off the diagonal it is -a_i a_j."
    ),
    "slopes_everywhere": Slip("a(1 - a) off the diagonal too", "Off the diagonal it is -a_i a_j."),
    "factor_forgotten": Slip("The factor a_i is missing", "It is a_i (δ_ij - a_j)."),
    "column_of_slopes": Slip(
        "A column instead of a matrix",
        "Each output depends on every input: there is a row per output, a column per input.",
    ),
    "one_on_the_diagonal": Slip("1 on the diagonal instead of a", "It is a_i (δ_ij - a_j): on the diagonal a(1 - a)."),
    "one_path_only": Slip("Only one path counts", "Add up the paths: one through each unit of the next layer."),
    "other_path_only": Slip("Only one path counts", "Add up the paths: one through each unit of the next layer."),
    "mean_over_paths": Slip("The mean of the paths", "Add up the paths, and do not divide."),
    "errors_in_another_order": Slip(
        "The errors meet the wrong weights", "Each error goes back through the weights of its own row."
    ),
    "relu_for_its_mask": Slip("ReLU instead of its slope", "The slope is 1 where z > 0, and 0 elsewhere."),
    "mask_turned_round": Slip("The mask is inverted", "What was on counts, and what was off is 0."),
    "sign_for_mask": Slip("The sign instead of the slope", "The slope of ReLU is never negative: 1 or 0."),
    "slope_of_sigmoid": Slip("The slope of a sigmoid", "This is ReLU: 1 where z > 0, and 0 elsewhere."),
    "slope_of_tanh": Slip("The slope of tanh", "This is ReLU: 1 where z > 0, and 0 elsewhere."),
    "step_over_one": Slip("The bend is at the wrong place", "ReLU bends at z = 0."),
    "sums_for_slope": Slip("The sums instead of the slope", "The slope of ReLU is 1 where z > 0, and 0 elsewhere."),
    "bias_times_first_input": Slip("The first input is multiplied in", "The input of a bias is always 1."),
    "dW_for_db": Slip("The gradient of the weights", "For the bias the input is always 1: add up each row of dJ/dZ."),
    # --- the step ---
    "learning_rate_forgotten": Slip("The learning rate is missing", "Multiply the gradient by η."),
    "divided_by_learning_rate": Slip("Divided by the learning rate", "Multiply the gradient by η."),
    "learning_rate_times_d": Slip("Multiplied by d", "The mean over the examples is in the gradient already."),
    "step_for_parameter": Slip("The step instead of the new parameter", "Take the step from the old parameter."),
    "minus_step_for_parameter": Slip("The step instead of the new parameter", "Add it to the old parameter."),
    "parameter_multiplied_too": Slip(
        "The parameter is multiplied by the learning rate", "Only the gradient is: θ - η g."
    ),
    "gradient_minus_parameter": Slip("The difference is reversed", "It is the old parameter minus the step."),
    "parameter_in_the_step": Slip(
        "The parameter is multiplied into the step", "The step is η times the gradient alone."
    ),
    # --- the cycle of learning ---
    "one_update_per_example": Slip("One update per example", "One update per mini-batch."),
    "one_epoch_only": Slip("Only one epoch is counted", "Multiply by the number of epochs."),
    "one_epoch_too_few": Slip("One epoch too few", "Count the epochs once more."),
    "one_epoch_too_many": Slip("One epoch too many", "Count the epochs once more."),
    "all_epochs_at_once": Slip(
        "The epochs are taken as one long sequence", "Each epoch ends with its own small mini-batch: round up for each."
    ),
    "batches_not_rounded_up": Slip("Not rounded up", "A part of a mini-batch is an update of its own: round up."),
    "factor_of_the_slope_forgotten": Slip("The factor in the slope is missing", "The slope is a w, and not w."),
    "two_from_the_square": Slip("One 2 too many", "The ½ of the cost cancels with the 2 of the square."),
    "one_step_too_few": Slip("One step too few", "Count the steps."),
    "one_step_too_many": Slip("One step too many", "Count the steps."),
    "steps_without_w": Slip("The slope is taken without w", "The slope is a w: it depends on the place."),
    "squares_counted_twice": Slip("Twice too large", "The step leads just as far on the other side where 1 - aη = -1."),
    "turned_upside_down": Slip("It is upside down", "Take the reciprocal."),
    "slope_left_out": Slip(
        "The slope is left out", "The steeper the parabola, the smaller the largest rate: divide by a."
    ),
    "divided_by_the_weight": Slip(
        "The starting point is counted in", "Step and distance both grow with w, so that it cancels."
    ),
    "slope_at_the_start": Slip(
        "The starting point is counted in", "Step and distance both grow with w, so that it cancels."
    ),
    "one_halving_too_many": Slip(
        "One halving too many", "The first block has the full rate: divide the epoch by the block, and round down."
    ),
    "one_halving_too_few": Slip(
        "One halving too few", "Divide the number of the epoch by the length of a block, and round down."
    ),
    "not_rounded_down": Slip("Not rounded down", "The rate changes only at the end of a block: round down."),
    "halved_once": Slip("Halved only once", "It is halved after every block."),
    "divided_by_the_count": Slip("Divided by twice the count", "Halving k times divides by 2 to the power of k."),
    "halves_subtracted": Slip("Halves of the first rate are subtracted", "Each time half of what is left goes."),
    "doubled_for_halved": Slip("Doubled instead of halved", "The rate falls."),
    "start_forgotten": Slip("The first rate is missing", "Begin with the rate that is given."),
    "decay_of_the_new_gradient": Slip(
        "β is at the wrong gradient", "β multiplies the velocity, the new gradient counts fully."
    ),
    "new_gradient_as_a_mean": Slip(
        "The new gradient is multiplied by 1 - β", "Here v = β v + g. Other books take β v + (1 - β) g."
    ),
    "new_gradient_forgotten": Slip("The new gradient is missing", "v = β v + g: the new gradient is added."),
    "both_gradients_decayed": Slip("β is at both gradients", "β multiplies the velocity alone."),
    "gradients_exchanged": Slip("The gradients are swapped", "The older one is multiplied by β."),
    "one_decay_too_many": Slip("β is squared", "One step has passed since the first gradient: β once."),
    "both_steps_added": Slip("Both steps are added", "Only the second step is asked for."),
    "first_mean_not_corrected": Slip("m is not corrected", "Divide m by 1 - β1ᵗ."),
    "second_mean_not_corrected": Slip("s is not corrected", "Divide s by 1 - β2ᵗ."),
    "sign_forgotten": Slip(
        "The sign of the gradient is missing", "Each parameter moves against the sign of its own gradient."
    ),
    "root_forgotten": Slip("The root is missing", "Divide by the root of s."),
    "counted_from_one": Slip("The epochs are counted from 1", "The first one is number 0."),
    "one_epoch_too_patient": Slip("One epoch too patient", "It stops as soon as the patience is used up."),
    "one_epoch_too_impatient": Slip("One epoch too impatient", "Count the epochs after the best one."),
    "no_patience": Slip(
        "Stopped at the best epoch", "That it was the best is known only after the patience is used up."
    ),
    "epoch_before_the_best": Slip(
        "The epoch before the best one", "Keep the parameters of the lowest validation cost."
    ),
    "epoch_after_the_best": Slip("The epoch after the best one", "Keep the parameters of the lowest validation cost."),
    "first_epoch_kept": Slip("The first epoch is kept", "Keep the parameters of the lowest validation cost."),
    "swapped": Slip("The two are swapped", "First where it stops, then what is kept."),
    "trained_to_the_end": Slip("Trained to the end", "It stops as soon as the patience is used up."),
    # --- generalization ---
    "lowest_for_highest": Slip(
        "The lowest is taken for the highest", "The largest probability of a column is the prediction."
    ),
    "classes_from_zero": Slip("The rows are counted from 0", "The classes count from 1 here."),
    "above_one_half_only": Slip(
        "Only those above one half are counted", "The largest probability decides, even where it is small."
    ),
    "wrong_ones_counted": Slip("The wrong ones are counted", "Count those that are right."),
    "share_for_count": Slip("A share instead of a count", "The question is how many."),
    "biases_for_weights": Slip("The biases instead of the weights", "The penalty is on the weights."),
    "lambda_forgotten": Slip("λ is missing", "Multiply by λ."),
    "lambda_squared": Slip("λ is squared", "Multiply by λ once."),
    "weights_squared": Slip("The weights are squared", "The slope of λ/2 · w² is λ w."),
    "sign_of_the_weights": Slip("The sign of the weights", "The slope of λ/2 · w² is λ w: it grows with w."),
    "penalty_alone": Slip("The data cost is missing", "Add the gradient of the data cost."),
    "mask_forgotten_forward": Slip("The mask is forgotten", "Units that are off pass on 0."),
    "mask_added": Slip("The mask is added", "Multiply by the mask."),
    "multiplied_by_the_share": Slip(
        "Multiplied by the share that is kept", "Divide by 1 - p, to make up for the units that are off."
    ),
    "multiplied_by_p": Slip("Multiplied by p", "Divide by the share that is kept, 1 - p."),
    "p_for_its_complement": Slip("p instead of 1 - p", "p is switched off: the share 1 - p arrives."),
    "share_divided": Slip("Divided by the share", "Nothing is scaled here: the share 1 - p arrives."),
    "share_squared": Slip("The share is squared", "The share 1 - p arrives, once."),
    # --- deep networks ---
    "one_weight_too_few": Slip("One weight is left out", "Every layer on the way multiplies by its weight."),
    "last_weight_left_out": Slip("One weight is left out", "Every layer on the way multiplies by its weight."),
    "weights_added": Slip("The weights are added", "Along a path factors multiply."),
    "one_slope_too_few": Slip("One slope is left out", "Every layer on the way multiplies by its slope."),
    "last_slope_left_out": Slip("One slope is left out", "Every layer on the way multiplies by its slope."),
    "slopes_added": Slip("The slopes are added", "Along a path factors multiply."),
    "bound_ten_times_too_large": Slip("The bound is ten times too large", "Count the zeros."),
    "bound_ten_times_too_small": Slip("The bound is ten times too small", "Count the zeros."),
    "share_that_is_lost": Slip("The share that is lost", "Multiply by the share that is left."),
    "one_layer_too_few": Slip("One layer too few", "It has to be below for the first time: round up."),
    "one_layer_too_many": Slip("One layer too many", "It is below one layer earlier."),
    "one_for_two": Slip("1 instead of 2", "Both schemes have a 2 in the numerator."),
    "squared_for_root": Slip("Squared instead of the root", "The standard deviation is the root of the variance."),
    "units_left_out": Slip("The number of units is left out", "h paths add up: divide by h too."),
    "units_counted_twice": Slip("The units are counted twice", "h stands there once."),
    "one_side_only": Slip("Only one factor went to the other side", "Divide by everything that multiplies Var(w)."),
    "spread_for_variance": Slip(
        "The standard deviation for the variance", "What is asked for is Var(w), without the root."
    ),
    "two_for_one": Slip("One 2 too many", "The factor has to be 1."),
    "activations_counted_too": Slip(
        "The units are counted too", "One multiply-add per weight and example; an activation is not a product."
    ),
    "units_for_weights": Slip("The units are counted, not the weights", "One multiply-add per weight and example."),
    "additions_counted_too": Slip("The additions are counted as well", "One multiply-add is both."),
    "both_passes_counted": Slip("The backward pass is counted too", "The forward pass alone is asked for."),
    "one_pass_more": Slip("Forward differences", "A central difference has two passes for each parameter."),
    "one_pass_beside": Slip(
        "One pass too many", "The pass at the place itself is not needed for a central difference."
    ),
    "pairs_of_parameters": Slip("Every pair of parameters", "Each parameter is moved alone: up and down."),
    "parts_exchanged": Slip("The parts are swapped", "Weight each gradient by the number of its own examples."),
    "first_part_only": Slip("Only the first part counts", "Add the other part."),
    "second_part_only": Slip("Only the second part counts", "Add the other part."),
    "difference_of_parts": Slip("The parts are subtracted", "Add them, each with its number of examples."),
    "not_divided_by_all": Slip("Not divided", "Divide by the number of all examples."),
    "divided_by_the_machines": Slip("Divided by the number of machines", "Divide by the number of all examples."),
    # --- one lesson's own ---
    "slope_of_sigmoid_forgotten": Slip("The quarter is missing", "The slope of the sigmoid at 0 is ¼."),
    "inner_factor_forgotten": Slip("The factor inside is missing", "The chain rule brings the inner factor out."),
    "inner_factor_squared": Slip("The inner factor is squared", "The chain rule brings it out once."),
    "half_forgotten": Slip("Twice too large", "Before the sigmoid stands a 2, which multiplies the slope too."),
    "height_counted": Slip("The height is counted in", "It multiplies both sides alike, and cancels."),
    "a_half_for_two": Slip("Half instead of twice", "The slope of the right side at 0 is 2 · k/4."),
    "first_matrix_forgotten": Slip("The first matrix is missing", "Both layers count."),
    "product_turned_round": Slip(
        "The factors are in reverse order", "The second layer acts last, so it stands on the left."
    ),
    "rows_added": Slip("The rows are added", "Each row is multiplied by its entry of the second matrix first."),
    "dry_days_counted": Slip("The dry days are counted", "It is the share of the days with rain."),
    "percent_for_share": Slip("Percent", "A probability lies between 0 and 1."),
    "odds_for_share": Slip("Rainy to dry days", "Divide by all days."),
    "always_certain": Slip("Always certain", "One dry day then costs infinitely much."),
    "always_half": Slip("Always one half", "The share of rainy days costs less."),
    "one_day_more": Slip("Pulled toward one half", "The share of rainy days itself costs least on these days."),
    "forward_difference_only": Slip("A forward difference", "Go back as well: the central difference begins at θ - h."),
    "backward_difference_only": Slip(
        "A backward difference", "Go forward as well: the central difference ends at θ + h."
    ),
    "exact_derivative": Slip("The exact derivative", "That is the limit. With this h the difference is a little more."),
    "h_for_both_steps": Slip("Divided by h", "From θ - h to θ + h it is 2h."),
    "not_divided_by_the_step": Slip("Not divided", "Divide by 2h."),
    "multiplied_by_the_step": Slip("Multiplied by the step", "Divide by 2h."),
    # --- with a word more ---
    "last_batch_left_out": Slip(
        "The last mini-batch is left out",
        "What is left over makes a smaller mini-batch, and an update of its own: round up.",
        "Only full mini-batches were counted.",
    ),
    "one_update_per_epoch": Slip(
        "One update per epoch",
        "Count the mini-batches of an epoch, then multiply.",
        "With mini-batches an epoch has several updates.",
    ),
    "one_step_to_the_bottom": Slip(
        "The rate that leads to the lowest point in one step",
        "Beyond the lowest point w is multiplied by a negative number, and still shrinks up to twice that rate.",
        "That is the best learning rate here, not the largest.",
    ),
    "decay_in_every_epoch": Slip(
        "The rate falls in every epoch",
        "It is applied once per block of epochs: divide the number of the epoch by the "
        "length of a block, and round down.",
        "The factor was applied once per epoch.",
    ),
    "velocity_forgotten": Slip(
        "The first gradient is forgotten",
        "Momentum adds β times the velocity, in which the first gradient still is.",
        "This is a step of plain gradient descent.",
    ),
    "velocity_as_a_mean": Slip(
        "The velocity as a mean",
        "Here v = β v + g. Some books take a mean instead; their learning rate is then 1/(1 - β) times as large.",
        "The new gradient was multiplied by 1 - β, and so was the first.",
    ),
    "plain_step": Slip(
        "A step of plain gradient descent",
        "Adam divides by the size of the gradient: the first step of each parameter is as long as η.",
        "The step was made as long as the gradient is large.",
    ),
    "means_not_corrected": Slip(
        "The means are not corrected",
        "Divide m by 1 - β1ᵗ and s by 1 - β2ᵗ before the step.",
        "m and s begin at 0, so that at first both are too small, and not by the same factor.",
    ),
    "penalty_left_out": Slip(
        "The penalty is left out",
        "The slope of l2/2 · w² is l2 · w. It is added to the gradient of every weight.",
        "This is the gradient of the data cost alone.",
    ),
    "penalty_without_half": Slip(
        "The ½ of the penalty is missing",
        "The penalty is l2/2 times the sum of the squares, so that its slope is l2 · w.",
        "The penalty was taken without its ½.",
    ),
    "penalty_turned_round": Slip(
        "The penalty is subtracted",
        "Penalty and data cost are added, and so are their slopes. The minus comes with the update.",
        "The penalty was subtracted from the gradient, as if it were a step.",
    ),
    "biases_punished": Slip(
        "The biases are penalized too",
        "The penalty is on the weights alone: a bias only shifts, it does not make the curve steep.",
        "The squares of the biases were added.",
    ),
    "not_divided": Slip(
        "What is kept is not divided",
        "Divide by the share that is kept, so that on average nothing changes.",
        "The units that are kept were not divided by 1 - p.",
    ),
    "divided_by_p": Slip(
        "Divided by the share that is dropped",
        "p is the share that is switched off. Divide by the share that is kept, 1 - p.",
        "It was divided by p.",
    ),
    "mask_forgotten": Slip(
        "The mask is forgotten on the way back",
        "What was multiplied on the way forward is multiplied on the way back, by the same mask.",
        "Units that were off get a gradient as if they had been on.",
    ),
    "bias_dropped_too": Slip(
        "The bias is dropped too",
        "Only the activations are switched off. The bias stays as it is.",
        "The bias was multiplied by the share that is kept.",
    ),
    "nothing_dropped": Slip(
        "Nothing is dropped",
        "On average only the share 1 - p of each activation arrives.",
        "This is the sum with all units on.",
    ),
    "last_parameters_kept": Slip(
        "The last parameters are kept",
        "Keep the parameters of the lowest validation cost.",
        "The epoch in which training stops is not the one that is kept.",
    ),
    "chosen_by_training_cost": Slip(
        "Chosen by the training cost",
        "Compare the cost on examples that were not used for learning.",
        "This one is best on examples that it has memorized.",
    ),
    "weights_left_out": Slip(
        "The weights are left out",
        "On the way back through a layer the error is multiplied by the slope and by the weight.",
        "Only the slopes were multiplied.",
    ),
    "variance_for_spread": Slip(
        "The variance for the standard deviation",
        "The standard deviation is the root of the variance.",
        "The root was not taken.",
    ),
    "the_other_scheme": Slip(
        "The other scheme",
        "Xavier: 2/(inputs + units). He, for ReLU: 2/inputs. Both are variances.",
        "This is the standard deviation of the other scheme.",
    ),
    "outputs_for_inputs": Slip(
        "Units for inputs",
        "A sum has as many terms as the layer has inputs: they decide how it spreads.",
        "The units of the layer were taken for its inputs.",
    ),
    "one_example_counted": Slip(
        "Only one example is counted",
        "Every example goes through all weights: multiply by d.",
        "This is what a single example takes.",
    ),
    "biases_counted_as_products": Slip(
        "The biases are counted too",
        "One multiply-add per weight and example.",
        "A bias is added, nothing is multiplied.",
    ),
    "one_pass_each": Slip(
        "One pass per parameter",
        "Two forward passes for each parameter.",
        "A central difference needs the cost above and below.",
    ),
    "sizes_not_counted": Slip(
        "The plain mean of the parts",
        "Weight the gradient of each part by its number of examples, then divide by all of them.",
        "Each part had the same say, however few examples it has.",
    ),
    "parts_added": Slip(
        "The parts are added",
        "Weight the gradient of each part by its share of the examples, and add.",
        "Each gradient is a mean already; the mean of all is not a sum of means.",
    ),
}
