"""Mistakes of the update: the gradients are right, so that a gradient check passes, and the step is wrong."""

from nbhelpers.mistakes.mistake import mistake


@mistake(
    "update",
    "Update with +",
    check="update",
    update_blocks="all",
    symptom="The cost rises from the first step on. The gradient check passes.",
    hides="Together with label minus prediction: two mistakes that cancel.",
    mend="The gradient points uphill, so subtract it.",
    cost="rises",
    rows=("F21",),
)
def update_with_plus(theta, gradient, eta):
    """The gradient is added, so that each step goes uphill."""
    return theta + eta * gradient


@mistake(
    "update",
    "The learning rate is divided by d again",
    check="update",
    update_blocks="all",
    symptom="Each step is d times too short: the more examples there are, the slower the network learns.",
    hides="With one example. In training it looks like a learning rate that is too small.",
    mend="The mean over the examples is in the gradient already.",
    cost="falls",
    hiding_places=("one example",),
    hidden_in_worked_example=True,
    rows=("F14", "F21"),
    found="published teaching material",
)
def learning_rate_divided_by_d(theta, gradient, eta, d):
    """The step is divided by the number of examples, although the gradient is that of a mean."""
    return theta - eta / d * gradient


@mistake(
    "bias_step",
    "The bias is never trained",
    check="update",
    update_blocks="biases",
    symptom="Only the weights move. The cost falls, but not as far, most of all where the data do not lie around 0.",
    hides="The gradient check passes, because db is right and only never used.",
    mend="Update every b as every W.",
    cost="falls",
    rows=("F21",),
    found="published teaching material",
)
def bias_never_trained(b):
    """The update of the bias is left out."""
    return b


@mistake(
    "bias_step",
    "The bias is updated once per input",
    check="update",
    update_blocks="biases",
    symptom="Each bias moves as many times too far as the layer has inputs. The gradient check passes.",
    hides="In layers with one input.",
    mend="Update the bias outside the loop over the incoming weights. Test the update by itself.",
    cost="falls",
    rows=("F21",),
    found="a web explainer",
)
def bias_stepped_once_per_input(b, db, W, eta):
    """The update of the bias stands inside the loop over the incoming weights."""
    for _ in range(W.shape[1]):
        b = b - eta * db
    return b


@mistake(
    "hidden_dA",
    "W is updated before it is used for the error",
    check="update",
    update_blocks="hidden",
    symptom="The step of the output layer is right, those of the hidden layers are wrong, more for a larger η.",
    hides="At small learning rates; and in the gradient check, where no step is taken.",
    mend="Compute all gradients first, with the W of the forward pass, then update.",
    cost="falls",
    needs=("a hidden layer",),
    rows=("F17", "F21"),
    found="published teaching material",
)
def W_updated_first(l, W, dW, dZ, eta):
    """The error is sent back through weights that have been moved already, which the forward pass never saw."""
    return (W[l + 1] - eta * dW[l + 1]).T @ dZ[l + 1]


@mistake(
    "update",
    "The step replaces the parameter",
    check="update",
    update_blocks="all",
    symptom="After one step all parameters are tiny, whatever they were before, and they never grow large.",
    hides="In the gradient check. The cost may even fall at first, if the parameters were far off.",
    mend="Subtract the step from the old value: W -= eta * dW, not W = -eta * dW.",
    cost="falls",
    also=(lambda theta, gradient, eta: eta * gradient,),
    rows=("F21",),
    found="public programming questions",
)
def W_replaced_by_step(gradient, eta):
    """The old value is not kept: the parameter becomes the step itself."""
    return -eta * gradient
