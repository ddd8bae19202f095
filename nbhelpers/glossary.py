"""The field's own words: each term of the course in one sentence, with the notebook that teaches it.

    from nbhelpers import glossary

    glossary.look_up("gradient")

A term stands in italics once in the prose of its notebook, where the thing itself first appears.
"""

from dataclasses import dataclass

from nbhelpers.tables import Table

NOTEBOOKS = {
    "00": "00_start_here.ipynb",
    "01": "01_layers_and_shapes.ipynb",
    "02": "02_activations.ipynb",
    "03": "03_forward_pass.ipynb",
    "04": "04_loss.ipynb",
    "05": "05_backward_output_layer.ipynb",
    "06": "06_backward_hidden_layers.ipynb",
    "07": "07_gradients_and_update.ipynb",
    "08": "08_gradient_check.ipynb",
    "09": "09_worked_example.ipynb",
    "10": "10_cycle_of_learning.ipynb",
    "11": "11_classify.ipynb",
    "12": "12_generalize.ipynb",
    "13": "13_deep_networks.ipynb",
    "14": "14_efficiency.ipynb",
    "15": "15_mistakes.ipynb",
    "16": "16_formula_sheet.ipynb",
}


@dataclass(frozen=True)
class Term:
    """A term of the field.

    Attributes
    ----------
    name : str
        As it stands in the prose, in the singular.
    also : tuple of str
        Other names of the same thing.
    sentence : str
        What it is, in one sentence; Markdown with formulas.
    notebook : str
        The number of the notebook that teaches it, such as ``"06"``.
    """

    name: str
    also: tuple
    sentence: str
    notebook: str

    @property
    def names(self):
        """All names of the thing, its own first."""
        return (self.name, *self.also)


def look_up(words="", notebook=None):
    """Return the terms that contain some words, as a table in alphabetical order.

    Parameters
    ----------
    words : str
        Looked for in the names and in the sentences, whether they are written large or small.
    notebook : str, optional
        The number of a notebook, such as ``"06"``: only what it teaches.

    Returns
    -------
    Table
        A row per term; the last column links to its notebook.

    Raises
    ------
    ValueError
        A notebook that the course does not have.

    Examples
    --------
    >>> look_up("MSE").rows[0][:2]
    ['mean squared error', 'MSE']
    """
    if notebook is not None and notebook not in NOTEBOOKS:
        raise ValueError(f"there is no notebook {notebook!r}; choose from {', '.join(NOTEBOOKS)}")
    wanted = words.strip().lower()
    found = [term for term in TERMS if wanted in " ".join([*term.names, term.sentence]).lower()]
    found = [term for term in found if notebook in (None, term.notebook)]
    rows = [_row(term) for term in sorted(found, key=lambda term: term.name.lower())]
    closing = "" if rows else f"No term of the course contains “{words}”. Try a shorter piece of the word."
    return Table(["term", "also called", "what it is", "in"], rows, closing)


def _row(term):
    return [term.name, ", ".join(term.also), term.sentence, f"[{term.notebook}]({NOTEBOOKS[term.notebook]})"]


def _terms(notebook, *entries):
    for name, *also, sentence in entries:
        yield Term(name, tuple(also), sentence, notebook)


TERMS = (
    *_terms(
        "00",
        (
            "artificial neural network",
            "neural network",
            "A function built from many simple units in layers, whose parameters are learned from examples.",
        ),
        ("deep learning", "Machine learning with neural networks that have several hidden layers."),
        ("machine learning", "Finding a rule from examples instead of writing it down."),
        ("supervised learning", "Learning from examples whose right answers are given."),
    ),
    *_terms(
        "01",
        (
            "neuron",
            "unit",
            "node",
            "The smallest part of a network: it weights its inputs, adds a bias and applies an activation function.",
        ),
        ("layer", "Units side by side that all take the same inputs."),
        ("input layer", "The features of an example; it computes nothing and is not counted."),
        ("hidden layer", "A layer between the input and the output."),
        ("output layer", "The last layer; its activations are the predictions."),
        ("deep neural network", "deep network", "A network with more than one hidden layer."),
        (
            "multilayer perceptron",
            "MLP",
            "A feed-forward network of fully connected layers, such as every network of this course.",
        ),
        ("feed-forward network", "A network in which numbers flow from the input to the output and never back."),
        (
            "fully connected layer",
            "dense layer",
            "A layer in which every unit is connected to every unit of the layer before.",
        ),
        ("feature", "A number that describes an example: one row of $X$."),
        ("example", "sample", "data point", "One case that the network looks at: one column of $X$."),
        ("label", "target", "ground truth", "The right answer for an example: one column of $Y$."),
        ("parameter", "A number that training changes: a weight or a bias."),
        ("weight", "The factor by which a unit multiplies one of its inputs: an entry of $W$."),
        ("bias", "The number that a unit adds to its weighted inputs: an entry of $b$."),
        ("architecture", "How a network is built: its layers, their sizes and their activation functions."),
        (
            "hyperparameter",
            "A setting that a person chooses and training does not change, such as a layer's size or "
            "the learning rate.",
        ),
        ("one-hot encoding", "A class written as a column with a 1 in the row of that class and 0 elsewhere."),
        ("binary classification", "Telling two classes apart: yes or no."),
        ("multi-class classification", "Choosing exactly one of several classes."),
        ("multi-label classification", "Answering several yes-or-no questions about the same example."),
        ("regression", "Predicting a number instead of a class."),
    ),
    *_terms(
        "02",
        ("activation function", "The function that a unit applies to its weighted sum."),
        (
            "nonlinearity",
            "A function whose graph is not a straight line; between two layers it keeps them from collapsing into one.",
        ),
        ("logistic function", "Another name for the sigmoid, $1/(1 + e^{-z})$."),
        ("threshold", "step function", "A function that jumps from 0 to 1 at one place."),
        ("saturation", "Where an activation function is nearly flat, so that its slope is close to 0."),
        (
            "dying ReLU",
            "dead ReLU",
            "A ReLU whose weighted sum is negative for every example: its gradient is 0 and it stops learning.",
        ),
        ("softmax", "The function that turns a column of numbers into probabilities that sum to 1."),
        ("logits", "The numbers that go into the last sigmoid or softmax: $Z^{(L)}$."),
        ("affine function", "A linear function plus a constant, such as $Wx + b$."),
        (
            "universal approximation",
            "With enough hidden units, one hidden layer can come as close as you like to any "
            "continuous function on a bounded region.",
        ),
        ("decision boundary", "The line or surface where the prediction changes from one class to another."),
        ("hyperplane", "The points where $w \\cdot x + b = 0$: a line in the plane, a plane in space, and so on."),
        ("numerical stability", "Being computed so that rounding and huge intermediate numbers do no harm."),
        ("overflow", "A result too large for a floating-point number, which becomes infinite."),
    ),
    *_terms(
        "03",
        ("forward propagation", "forward pass", "Computing the prediction from the input, layer by layer."),
        (
            "pre-activation",
            "weighted sum",
            "What a unit computes before its activation function: $z = w \\cdot x + b$.",
        ),
        ("activation", "What a unit passes on: the activation function of its weighted sum."),
        (
            "matrix product",
            "Rows times columns: the entry in row $i$ and column $j$ adds up row $i$ of the first "
            "matrix times column $j$ of the second.",
        ),
        ("broadcasting", "NumPy's rule for repeating a row or a column so that two shapes fit."),
        ("vectorization", "Replacing a loop over numbers with one operation on whole matrices."),
        ("prediction", "The network's answer: the activations $\\hat Y$ of its output layer."),
        ("inference", "Using a trained network: forward passes without learning."),
    ),
    *_terms(
        "04",
        ("loss function", "How wrong the prediction for one example is, as a number: $L$."),
        ("cost function", "The mean loss over the examples: $J$."),
        ("objective function", "Whatever is to be made small, or large; here the cost."),
        ("mean squared error", "MSE", "The mean of the squared differences between predictions and labels."),
        (
            "binary cross-entropy",
            "log loss",
            "The loss of a yes-or-no prediction: minus the logarithm of the "
            "probability that was given to the right answer.",
        ),
        (
            "categorical cross-entropy",
            "The loss of a choice between classes: minus the logarithm of the probability "
            "that was given to the right class.",
        ),
        (
            "negative log-likelihood",
            "Minus the logarithm of the probability that the model gives to the labels; both cross-entropies are one.",
        ),
        (
            "maximum likelihood",
            "Choosing the parameters that make the observed labels most probable, which is the "
            "same as making the negative log-likelihood smallest.",
        ),
        ("empirical risk", "mean loss", "The mean loss over the examples at hand, as opposed to all that might come."),
    ),
    *_terms(
        "05",
        ("derivative", "How fast a result changes when its one input changes: the slope."),
        ("partial derivative", "The derivative with respect to one variable while the others are held still."),
        ("gradient", "All partial derivatives of one number, collected in the shape of what they belong to."),
        (
            "backpropagation",
            "Computing the gradient of the cost with the chain rule, from the last layer to the first.",
        ),
        ("backward pass", "One run of backpropagation, after a forward pass."),
        (
            "error",
            "delta",
            "$\\partial J/\\partial Z^{(l)}$, how the cost changes with a layer's weighted sums; other "
            "books write $\\delta^{(l)}$.",
        ),
        (
            "Jacobian matrix",
            "Jacobian",
            "All partial derivatives of several results: a row for each result, a column for each input.",
        ),
        ("Kronecker delta", "$\\delta_{ij}$, which is 1 if $i = j$ and 0 otherwise."),
        ("logistic regression", "A network of one sigmoid unit with binary cross-entropy."),
        ("linear regression", "A network of one linear unit with squared error."),
        (
            "softmax regression",
            "multinomial logistic regression",
            "One softmax layer with categorical cross-entropy and no hidden layer.",
        ),
        ("sensitivity", "How strongly a result responds to a small change: another reading of a derivative."),
    ),
    *_terms(
        "06",
        (
            "chain rule",
            "The derivative of a chain of functions is the product of their derivatives; several paths add up.",
        ),
        (
            "computational graph",
            "A drawing of a computation: a node per operation, an arrow per number that is passed on.",
        ),
        ("local derivative", "The derivative of one step of a computation with respect to its own input."),
        ("Hadamard product", "element-wise product", "The product of two matrices entry by entry: $A \\odot B$."),
        ("transpose", "A matrix with its rows and columns swapped: $A^T$."),
        ("vanishing gradient", "A gradient that shrinks toward 0 on its way back through the layers."),
        ("subgradient", "A slope that stands in for the derivative at a kink, as 0 does for ReLU at 0."),
    ),
    *_terms(
        "07",
        ("outer product", "A column times a row: the matrix of all products of their entries."),
        ("gradient descent", "Making the cost smaller by steps against the gradient."),
        ("learning rate", "The factor $\\eta$ that turns a gradient into a step."),
        ("steepest descent", "The direction in which the cost falls fastest: minus the gradient."),
        ("update rule", "How a parameter changes in one step: $W \\leftarrow W - \\eta\\,\\partial J/\\partial W$."),
        ("step size", "How far one update moves the parameters; many books use it for the learning rate itself."),
        (
            "first-order approximation",
            "linear approximation",
            "What a function would do if it went on with its present slope.",
        ),
    ),
    *_terms(
        "08",
        ("numerical gradient", "A gradient that is measured by changing each parameter a little, not derived."),
        ("finite differences", "Estimating a derivative from two function values a small step apart."),
        ("central difference", "$(f(x + h) - f(x - h)) / 2h$, the finite difference that looks to both sides."),
        ("truncation error", "What a finite difference is off by because its step is not infinitely small."),
        ("rounding error", "What a result is off by because a computer keeps about 16 digits."),
        ("relative error", "The difference of two numbers, divided by their size."),
        ("unit test", "A small program that checks one function against a known answer."),
        (
            "automatic differentiation",
            "autodiff",
            "Computing derivatives by a program that applies the chain rule to each operation as it is carried out.",
        ),
        (
            "reverse mode",
            "Automatic differentiation from the result back to the inputs; backpropagation is a case of it.",
        ),
    ),
    *_terms(
        "09",
        ("significant digits", "The digits of a number from its first nonzero one on."),
        ("error propagation", "How a rounding error travels through the later steps of a computation."),
    ),
    *_terms(
        "10",
        ("epoch", "One pass of training through all examples."),
        ("iteration", "One update of the parameters."),
        ("mini-batch", "A few examples from which one update is computed."),
        (
            "batch gradient descent",
            "full-batch gradient descent",
            "Gradient descent in which every update looks at all examples.",
        ),
        (
            "stochastic gradient descent",
            "SGD",
            "Gradient descent in which every update looks at one example, or at a mini-batch, chosen at random.",
        ),
        ("convergence", "Settling down: further updates change the cost less and less."),
        ("divergence", "The cost growing without bound because the steps are too large."),
        ("learning curve", "The cost, or the accuracy, drawn over the epochs."),
        ("learning-rate schedule", "A rule by which the learning rate changes during training."),
        ("momentum", "An update that keeps part of the step before it."),
        ("Adam", "An optimizer with momentum that scales every parameter's step by the recent size of its gradient."),
        ("local minimum", "A point that is lower than all points near it."),
        ("saddle point", "A point with gradient 0 from which the cost falls one way and rises another."),
        ("plateau", "A region where the cost is nearly flat."),
        (
            "convex function",
            "A function that never lies above the chord between two of its points: every local minimum "
            "is a global one.",
        ),
        ("loss landscape", "The cost as a surface over the parameters."),
        ("condition number", "The ratio of the largest to the smallest curvature: how long and narrow a valley is."),
        ("curvature", "How fast the slope changes: the second derivative."),
        ("random seed", "The number that fixes a sequence of random numbers, so that a run can be repeated."),
    ),
    *_terms(
        "11",
        ("training set", "The examples from which the parameters are learned."),
        ("test set", "Examples that were kept aside and are used once, to judge the finished network."),
        ("accuracy", "The fraction of examples that are classified correctly."),
        ("confusion matrix", "A table that counts, for every true class, which classes were predicted."),
        ("precision", "Of the examples that were called positive, the fraction that really is."),
        ("recall", "Of the examples that are positive, the fraction that was found."),
        ("class imbalance", "Classes of very different sizes."),
        ("calibration", "Whether predictions made with 80 % confidence are right 80 % of the time."),
        ("baseline", "The result of something simple, which a network has to beat."),
        ("computer vision", "Getting information from images."),
        ("natural language processing", "NLP", "Working with language as people write and speak it."),
        ("speech recognition", "Turning spoken words into text."),
        ("bag of words", "A text described by how often each word occurs in it, whatever their order."),
        ("embedding", "A word, or another object, described by a learned vector."),
        ("out-of-distribution data", "Examples unlike those that the network was trained on."),
        (
            "data augmentation",
            "Making more training examples by changes that keep the label, such as shifting an image.",
        ),
        ("linearly separable", "Two classes that a straight line, or a hyperplane, can separate without a mistake."),
    ),
    *_terms(
        "12",
        ("generalization", "Doing well on examples that were not used in training."),
        ("overfitting", "Fitting the training set, noise included, at the expense of new examples."),
        ("underfitting", "Not even fitting the training set."),
        ("generalization gap", "The difference between the loss on new examples and the loss on the training set."),
        (
            "bias–variance trade-off",
            "Simple models miss the pattern, flexible ones follow the noise: less of one error "
            "often means more of the other.",
        ),
        ("capacity", "How complicated a function a model is able to represent."),
        ("validation set", "Examples kept out of training, on which settings are chosen."),
        ("cross-validation", "Splitting the examples several times, so that each serves once for validation."),
        (
            "regularization",
            "Whatever is done to make a network generalize better, often at the cost of the training loss.",
        ),
        ("L2 regularization", "weight decay", "Penalizing large weights by the sum of their squares."),
        ("L1 regularization", "Penalizing large weights by the sum of their absolute values."),
        ("dropout", "Switching units off at random during training."),
        ("early stopping", "Keeping the parameters of the epoch with the lowest validation loss."),
        ("hyperparameter search", "Trying several settings and choosing among them on the validation set."),
        ("data leakage", "Information about the test examples that finds its way into training."),
        ("standardization", "Shifting and scaling each feature to mean 0 and standard deviation 1."),
    ),
    *_terms(
        "13",
        ("exploding gradient", "A gradient that grows from layer to layer on its way back."),
        ("weight initialization", "Choosing the weights with which training starts."),
        ("Xavier initialization", "Glorot initialization", "Weights with a variance of $2 / (h_{l-1} + h_l)$."),
        ("He initialization", "Kaiming initialization", "Weights with a variance of $2 / h_{l-1}$, made for ReLU."),
        ("fan-in", "The number of inputs of a unit: $h_{l-1}$, the columns of $W^{(l)}$."),
        ("fan-out", "The number of units that one input of a layer feeds: $h_l$, the rows of $W^{(l)}$."),
        ("symmetry breaking", "Starting with different weights, because units that start alike stay alike."),
        ("gradient clipping", "Shortening a gradient that is longer than a limit."),
        (
            "batch normalization",
            "Giving each unit's weighted sums mean 0 and variance 1 within a mini-batch, then "
            "scaling and shifting them by learned numbers.",
        ),
        ("residual connection", "skip connection", "Adding the input of a block of layers to its output."),
    ),
    *_terms(
        "14",
        ("floating-point operation", "FLOP", "One addition or multiplication of two floating-point numbers."),
        (
            "computational complexity",
            "O-notation",
            "How the work grows with the size of the task, up to a constant factor.",
        ),
        (
            "memory",
            "What a computation has to keep at the same time; training keeps the activations of the forward pass.",
        ),
        ("caching", "Keeping a result in order not to compute it twice."),
        ("BLAS", "The library of matrix operations to which NumPy passes its products."),
        ("GPU", "A processor with thousands of simple cores that does many multiplications at once."),
        ("single precision", "float32", "A number in 32 bits, with about 7 digits."),
        ("double precision", "float64", "A number in 64 bits, with about 16 digits."),
        ("data parallelism", "Splitting the examples of a batch over several processors."),
        ("all-reduce", "Adding up the gradients of all processors and giving each of them the sum."),
    ),
    *_terms(
        "15",
        ("debugging", "Finding the cause of a mistake in a program, and fixing it."),
        ("gradient accumulation", "Adding up the gradients of several batches before one update."),
        ("regression test", "A test that keeps a mistake, once fixed, from coming back."),
        ("reproducibility", "Getting the same numbers again from the same program with the same seed."),
    ),
    *_terms(
        "16",
        ("convolutional network", "CNN", "A network whose layers slide the same few weights over an image."),
        ("recurrent network", "RNN", "A network that reads a sequence step by step and passes a state along."),
        ("transformer", "A network for sequences that is built from attention and fully connected layers."),
        ("attention", "Weighting all parts of an input by how much they matter to one another."),
    ),
)
