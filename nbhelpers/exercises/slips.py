"""Slips in questions about training: mistakes that are no wrong step of backpropagation, and so not in the museum."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """A mistake that a check can name.

    Attributes
    ----------
    title : str
        A few words.
    what : str
        What is wrong, in one sentence.
    mend : str
        What to do.
    """

    title: str
    what: str
    mend: str


SLIPS = {
    # --- the cycle of learning ---
    "last_batch_left_out": Slip(
        "The last mini-batch is left out",
        "Only full mini-batches were counted.",
        "What is left over makes a smaller mini-batch, and an update of its own: round up.",
    ),
    "one_update_per_epoch": Slip(
        "One update per epoch",
        "With mini-batches an epoch has several updates.",
        "Count the mini-batches of an epoch, then multiply.",
    ),
    "one_step_to_the_bottom": Slip(
        "The rate that leads to the lowest point in one step",
        "That is the best learning rate here, not the largest.",
        "Beyond the lowest point w is multiplied by a negative number, and still shrinks up to twice that rate.",
    ),
    "decay_in_every_epoch": Slip(
        "The rate falls in every epoch",
        "The factor was applied once per epoch.",
        "It is applied once per block of epochs: divide the number of the epoch by the length of a block, and round "
        "down.",
    ),
    "velocity_forgotten": Slip(
        "The first gradient is forgotten",
        "This is a step of plain gradient descent.",
        "Momentum adds β times the velocity, in which the first gradient still is.",
    ),
    "velocity_as_a_mean": Slip(
        "The velocity as a mean",
        "The new gradient was multiplied by 1 - β, and so was the first.",
        "Here v = β v + g. Some books take a mean instead; their learning rate is then 1/(1 - β) times as large.",
    ),
    "plain_step": Slip(
        "A step of plain gradient descent",
        "The step was made as long as the gradient is large.",
        "Adam divides by the size of the gradient: the first step of each parameter is as long as η.",
    ),
    "means_not_corrected": Slip(
        "The means are not corrected",
        "m and s begin at 0, so that at first both are too small, and not by the same factor.",
        "Divide m by 1 - β1ᵗ and s by 1 - β2ᵗ before the step.",
    ),
    # --- generalization ---
    "penalty_left_out": Slip(
        "The penalty is left out",
        "This is the gradient of the data cost alone.",
        "The slope of l2/2 · w² is l2 · w. It is added to the gradient of every weight.",
    ),
    "penalty_without_half": Slip(
        "The ½ of the penalty is missing",
        "The penalty was taken without its ½.",
        "The penalty is l2/2 times the sum of the squares, so that its slope is l2 · w.",
    ),
    "penalty_turned_round": Slip(
        "The penalty is subtracted",
        "The penalty was subtracted from the gradient, as if it were a step.",
        "Penalty and data cost are added, and so are their slopes. The minus comes with the update.",
    ),
    "biases_punished": Slip(
        "The biases are punished too",
        "The squares of the biases were added.",
        "The penalty is on the weights alone: a bias only shifts, it does not make the curve steep.",
    ),
    "not_divided": Slip(
        "What is kept is not divided",
        "The units that are kept were not divided by 1 - p.",
        "Divide by the share that is kept, so that on average nothing changes.",
    ),
    "divided_by_p": Slip(
        "Divided by the share that is dropped",
        "It was divided by p.",
        "p is the share that is switched off. Divide by the share that is kept, 1 - p.",
    ),
    "mask_forgotten": Slip(
        "The mask is forgotten on the way back",
        "Units that were off get a gradient as if they had been on.",
        "What was multiplied on the way forward is multiplied on the way back, by the same mask.",
    ),
    "bias_dropped_too": Slip(
        "The bias is dropped too",
        "The bias was multiplied by the share that is kept.",
        "Only the activations are switched off. The bias stays as it is.",
    ),
    "nothing_dropped": Slip(
        "Nothing is dropped",
        "This is the sum with all units on.",
        "On average only the share 1 - p of each activation arrives.",
    ),
    "last_parameters_kept": Slip(
        "The last parameters are kept",
        "The epoch in which training stops is not the one that is kept.",
        "Keep the parameters of the lowest validation cost.",
    ),
    "chosen_by_training_cost": Slip(
        "Chosen by the training cost",
        "This one is best on examples that it has learned by heart.",
        "Compare the cost on examples that were not used for learning.",
    ),
    # --- deep networks and efficiency ---
    "weights_left_out": Slip(
        "The weights are left out",
        "Only the slopes were multiplied.",
        "On the way back through a layer the error is multiplied by the slope and by the weight.",
    ),
    "variance_for_spread": Slip(
        "The variance for the standard deviation",
        "The root was not taken.",
        "The standard deviation is the root of the variance.",
    ),
    "the_other_scheme": Slip(
        "The other scheme",
        "This is the standard deviation of the other scheme.",
        "Xavier: 2/(inputs + units). He, for ReLU: 2/inputs. Both are variances.",
    ),
    "outputs_for_inputs": Slip(
        "Units for inputs",
        "The units of the layer were taken for its inputs.",
        "A sum has as many terms as the layer has inputs: they decide how it spreads.",
    ),
    "one_example_counted": Slip(
        "Only one example is counted",
        "This is what a single example takes.",
        "Every example goes through all weights: multiply by d.",
    ),
    "biases_counted_as_products": Slip(
        "The biases are counted too",
        "A bias is added, nothing is multiplied.",
        "One multiply-add per weight and example.",
    ),
    "one_pass_each": Slip(
        "One pass per parameter",
        "A central difference needs the cost above and below.",
        "Two forward passes for each parameter.",
    ),
    "sizes_not_counted": Slip(
        "The plain mean of the parts",
        "Each part had the same say, however few examples it has.",
        "Weight the gradient of each part by its number of examples, then divide by all of them.",
    ),
    "parts_added": Slip(
        "The parts are added",
        "Each gradient is a mean already; the mean of all is no sum of means.",
        "Weight the gradient of each part by its share of the examples, and add.",
    ),
}
