"""Every mistake of the museum is found by its check, in the blocks that its record says, and hides where it says."""

import inspect
import itertools

import numpy as np
import pytest

from nbhelpers import Layer, Network, check_gradients, mistakes, worked_example
from nbhelpers.mistakes.mistake import BLOCKS, CHECKS, NEEDS
from nbhelpers.mistakes.specimens import HIDING_PLACES, SPECIMENS
from nbhelpers.mistakes.steps import RIGHT, WrongNetwork
from nbhelpers.training import Trainer

MISTAKES = list(mistakes.MISTAKES.values())
each_mistake = pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
each_specimen = pytest.mark.parametrize("specimen", SPECIMENS.values(), ids=SPECIMENS)

REQUIRED = """slope_missing slope_twice slope_at_A relu_mask_always_true softmax_element_by_element softmax_twice
one_over_d_missing one_over_d_twice one_over_d_in_dW_too two_from_squared_error half_missing transpose_of_A_missing
transpose_of_W_missing A_of_the_wrong_layer update_with_plus W_updated_first bias_never_trained
bias_stepped_once_per_input bias_times_input bias_summed_over_units gradients_accumulated labels_off_by_one
log_of_the_wrong_thing examples_in_rows all_zeros learning_rate_divided_by_d slope_applied_again cost_summed
slope_of_the_next_layer dropout_scaled_forward_only dropout_never_scaled dropout_scaled_twice
slope_formula_fed_with_z activation_for_slope slope_of_the_error slope_with_wrong_sign slope_without_error
error_sent_back_before_slope error_not_sent_through_W output_slope_missing_in_own_step output_slope_at_prediction
relu_mask_of_the_gradient bias_not_summed flat_bias_gradient weight_for_input input_left_out only_last_example
path_sum_not_reset divided_by_all_entries softmax_over_everything labels_broadcast class_numbers_for_one_hot
W_replaced_by_step inputs_not_scaled penalty_missing penalty_on_biases"""


def failing(report):
    return tuple(block.name for block in report.blocks if not block)


def blocks(rule, network):
    return tuple(name for name in network.parameters if BLOCKS[rule](name, network.L))


def test_everything_that_has_to_be_there_is_there():
    assert not set(REQUIRED.split()) - set(mistakes.MISTAKES)


@each_specimen
def test_the_sizes_of_a_specimen_all_differ(specimen):
    network, X, Y = specimen()
    sizes = [*network.sizes, X.shape[1]]
    assert len(set(sizes)) == len(sizes)
    assert Y.shape == (network.sizes[-1], X.shape[1])


@each_specimen
@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_the_right_network_passes_every_check(specimen, check):
    report = check(*specimen())
    assert report, report


ELSEWHERE = {"unmatched": "output_dZ"}  # the other way into the backward pass
MATCHED_STEPS = [
    (specimen, step) for specimen in SPECIMENS for step in RIGHT if step != ELSEWHERE.get(specimen, "output_dA")
]


@pytest.mark.parametrize(("specimen", "step"), MATCHED_STEPS)
def test_a_network_in_which_every_step_is_right_is_the_network(specimen, step):
    network, X, Y = SPECIMENS[specimen]()
    same = WrongNetwork(network, step, RIGHT[step])
    for _ in range(2):
        expected = network.backward(network.forward(X), Y)
        found = same.backward(same.forward(X), Y)
        for letter in ("dZ", "dA", "dW", "db"):
            for a, b in zip(getattr(expected, letter)[1:], getattr(found, letter)[1:], strict=True):
                np.testing.assert_allclose(b, a, rtol=1e-13, atol=1e-16)
        assert same.cost(X, Y) == pytest.approx(network.cost(X, Y), rel=1e-13)
        network, same = network.updated(expected, 0.5), same.updated(found, 0.5)
    for name, value in network.parameters.items():
        np.testing.assert_allclose(same.parameters[name], value, rtol=1e-13, atol=1e-16)


@each_specimen
def test_dropout_by_the_right_steps_is_that_of_training(specimen):
    network, X, Y = specimen()
    trainer = Trainer(network, X, Y, learning_rate=0.5, dropout=0.4, rng=7)
    trainer.step()
    mask = np.random.default_rng(7).random((4, 5)) >= 0.4
    own = WrongNetwork(network, "passed_on", RIGHT["passed_on"]).with_dropout(0.4, [None, mask, None])
    after = own.updated(own.backward(own.forward(X), Y), 0.5)
    for name, value in trainer.network.parameters.items():
        np.testing.assert_allclose(after.parameters[name], value, rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(own.with_dropout(0.4).predict(X), network.predict(X))


@pytest.mark.parametrize(("name", "rows"), [
    ("dropout_scaled_forward_only", ("dW1", "db1")),
    ("dropout_never_scaled", ("J in training", "dW1", "db1", "dW2", "db2")),
    ("dropout_scaled_twice", ("Y_hat in evaluation",)),
])  # fmt: skip
def test_the_dropout_check_says_where_it_is_wrong(name, rows):
    assert mistakes.MISTAKES[name].examine().failing == rows
    network, X, Y = mistakes.MISTAKES[name].specimen()
    assert mistakes.check_dropout(mistakes.MISTAKES[name].network(network), X, Y, dropout=0.0)


@each_mistake
def test_its_check_rejects_it(mistake):
    report = mistake.examine()
    assert not report, report


@each_mistake
@pytest.mark.parametrize("specimen", SPECIMENS)
def test_its_check_rejects_it_wherever_it_applies(mistake, specimen):
    network, X, Y = SPECIMENS[specimen]()
    if not mistake.applies_to(network):
        with pytest.raises(ValueError, match="cannot occur"):
            mistake.network(network)
    else:
        place = {"numbers": "ReLU hidden layers"}.get(specimen, specimen)
        hides = place in mistake.hiding_places
        assert bool(mistake.examine(network, X, Y)) is hides


@each_mistake
def test_the_gradient_check_rejects_exactly_the_blocks_that_the_record_says(mistake):
    network, X, Y = mistake.specimen()
    wrong = mistake.network(network)
    if mistake.refused:
        with pytest.raises(ValueError, match=r"mismatch|broadcast|needs 3 rows"):
            check_gradients(wrong, X, Y)
    else:
        assert failing(check_gradients(wrong, X, Y)) == mistake.failing_blocks(network)


@each_mistake
def test_the_update_check_rejects_exactly_the_blocks_that_the_record_says(mistake):
    network, X, Y = mistake.specimen()
    wrong = mistake.network(network)
    if mistake.cost == "no step":
        with pytest.raises(ValueError, match=r"mismatch|broadcast|needs 3 rows|expected one column|dW|db|shape"):
            mistakes.check_update(wrong, X, Y)
    else:
        assert mistakes.check_update(wrong, X, Y).failing == blocks(mistake.update_blocks, network)


@each_mistake
def test_the_cost_check_rejects_only_mistakes_of_the_cost(mistake):
    network, X, Y = mistake.specimen()
    wrong = mistake.network(network)
    found_by_cost = mistake.check == "cost" or mistake.step in ("predictions", "activations", "weighted_sums")
    if mistake.step == "inputs" and mistake.refused:
        with pytest.raises(ValueError, match="needs 3 rows"):
            mistakes.check_cost(wrong, X, Y)
    else:
        assert bool(mistakes.check_cost(wrong, X, Y)) is not found_by_cost


@each_mistake
def test_only_those_that_need_it_are_found_by_a_later_check(mistake):
    network, X, Y = mistake.specimen()
    if mistake.check in ("second step", "units", "dropout"):
        wrong = mistake.network(network)
        assert check_gradients(wrong, X, Y)
        assert mistakes.check_update(wrong, X, Y)


@each_mistake
def test_the_worked_example_hides_exactly_those_that_the_record_says(mistake):
    assert mistake.hidden_in_worked_example is (mistake.in_worked_example() != "seen")


def test_some_mistakes_occur_in_the_worked_example_without_being_seen():
    unseen = {mistake.name for mistake in MISTAKES if mistake.in_worked_example() == "not seen"}
    assert {"one_over_d_missing", "W_reshaped", "A_reshaped", "log_of_the_wrong_thing"} <= unseen


NOT_ONE_HOT = {"one output", "all labels 1"}


@each_mistake
def test_it_hides_exactly_where_the_record_says(mistake):
    network = mistake.specimen()[0]
    impossible = NOT_ONE_HOT if repr(network.loss) == "categorical_cross_entropy" else set()
    places = {place: HIDING_PLACES[place](*mistake.specimen())[0] for place in set(HIDING_PLACES) - impossible}
    found = {place for place, network in places.items() if mistake.applies_to(network) and mistake.hides_at(place)}
    assert found == set(mistake.hiding_places)


@pytest.mark.parametrize("name", ["transpose_of_W_missing", "transpose_of_A_missing", "dW_turned_over",
                                  "A_of_the_wrong_layer", "slope_of_the_next_layer"])  # fmt: skip
def test_a_square_network_hides_wrong_shapes_but_not_wrong_numbers(name):
    rng = np.random.default_rng(4)
    network = Network.initialize([3, 3, 3], ["sigmoid", "sigmoid"], "binary_cross_entropy", rng=rng)
    X, Y = rng.normal(size=(3, 3)), np.eye(3)
    wrong = mistakes.MISTAKES[name].network(network)
    assert mistakes.check_shapes(wrong, X, Y)
    assert not check_gradients(wrong, X, Y)


def test_a_symmetric_W_hides_the_missing_transpose_even_from_the_gradient_check():
    network = Network.initialize([3, 2, 2], ["sigmoid", "sigmoid"], "binary_cross_entropy", rng=1)
    network = network.with_parameters(W2=[[0.3, 0.7], [0.7, -0.2]])
    X, Y = [[0.5, 0.1, 0.4], [0.2, -0.4, 0.7], [0.3, 0.9, -0.2]], [[1, 0, 1], [0, 1, 1]]
    assert check_gradients(mistakes.transpose_of_W_missing.network(network), X, Y)


def test_two_mistakes_of_sign_cancel():
    network, X, Y = mistakes.difference_turned_round.specimen()
    wrong = mistakes.difference_turned_round.network(network)
    gradients = wrong.backward(wrong.forward(X), Y)
    right = network.updated(network.backward(network.forward(X), Y), 0.5)
    np.testing.assert_allclose(network.W[1] + 0.5 * gradients.dW[1], right.W[1], rtol=1e-14)


def test_softmax_twice_is_never_sure():
    network, X, _ = mistakes.softmax_twice.specimen()
    sure = network.with_parameters(W2=1000 * network.W[2])
    limit = np.e / (np.e + network.sizes[-1] - 1)
    assert sure.predict(X).max() > 0.999
    assert mistakes.softmax_twice.network(sure).predict(X).max() <= limit + 1e-12


@each_mistake
def test_the_cost_does_what_the_record_says(mistake):
    assert mistakes.outcome(mistake) == mistake.cost


@each_mistake
def test_it_has_the_same_layers_and_survives_new_parameters(mistake):
    network, _, _ = mistake.specimen()
    wrong = mistake.network(network)
    assert isinstance(wrong, Network)
    assert wrong.sizes == network.sizes
    assert type(wrong.with_parameters(b1=network.b[1] + 1)) is type(wrong)
    if mistake.step != "start":
        assert all((wrong.parameters[name] == value).all() for name, value in network.parameters.items())


def signature(mistake, specimen):
    """All that a mistake does to cost, gradients, steps and dropout, in a row; None where it is refused."""
    network, X, Y = SPECIMENS[specimen]()
    if not mistake.applies_to(network) or specimen in mistake.hiding_places:
        return None
    wrong, numbers = mistake.network(network), []
    try:
        for _ in range(2):
            gradients = wrong.backward(wrong.forward(X), Y)
            numbers += [wrong.cost(X, Y), *np.concatenate([g.ravel() for g in gradients.by_parameter.values()])]
            wrong = wrong.updated(gradients, 0.5)
            numbers += list(np.concatenate([value.ravel() for value in wrong.parameters.values()]))
    except ValueError:
        return None if len(numbers) < 2 else np.array(numbers)
    return np.array([*numbers, *dropout_numbers(mistake.network(network), X, Y)])


def dropout_numbers(wrong, X, Y):
    """What a mistake does to a step of training with dropout, and to the evaluation after it."""
    training = wrong.with_dropout(0.4, [None, np.arange(20).reshape(4, 5) % 3 > 0, None])
    gradients = training.backward(training.forward(X), Y).by_parameter.values()
    numbers = [training.forward(X).A[1], *gradients, wrong.with_dropout(0.4).predict(X)]
    return np.concatenate([array.ravel() for array in numbers])


@pytest.mark.parametrize("specimen", SPECIMENS)
def test_no_two_mistakes_are_the_same(specimen):
    signatures = {mistake.name: signature(mistake, specimen) for mistake in MISTAKES}
    signatures = {name: numbers for name, numbers in signatures.items() if numbers is not None}
    for (a, first), (b, second) in itertools.combinations(signatures.items(), 2):
        same = first.shape == second.shape and np.allclose(first, second, rtol=1e-9, atol=1e-12)
        assert not same or "slope" in a + b, f"{a} and {b}"


@each_mistake
def test_the_record_is_complete(mistake):
    for words in (mistake.title, mistake.what, mistake.symptom, mistake.hides, mistake.mend):
        assert words.strip() == words
        assert len(words) > 3
    assert mistake.what.endswith(".")
    assert mistake.rows
    assert all(row in {f"F{i:02}" for i in range(1, 22)} for row in mistake.rows)
    assert set(mistake.needs) <= set(NEEDS)
    assert set(mistake.hiding_places) <= set(HIDING_PLACES)
    assert mistake.cost in ("falls", "rises", "stands still", "no step")
    assert mistakes.MISTAKES[mistake.name] is mistake
    assert getattr(mistakes, mistake.name) is mistake


@each_mistake
def test_the_code_that_is_shown_is_the_code_that_runs(mistake):
    for shown, function in ((mistake.wrong_code, mistake.wrong), (mistake.right_code, mistake.right)):
        last = shown.splitlines()[-1].split(" = ", 1)[1]
        assert f"{last}\n" in inspect.getsource(function)
    assert mistake.wrong_code != mistake.right_code or mistake.step == "output_dZ"
    assert mistake.wrong_code in mistake._repr_markdown_()
    assert mistake.right_code.splitlines()[0] in repr(mistake)


def test_the_table_has_a_row_for_each():
    text = repr(mistakes.table())
    assert all(name in text for name in mistakes.MISTAKES)


def test_applicable_lists_what_can_occur():
    names = set(mistakes.applicable(worked_example.network()))
    assert "slope_missing" in names
    assert "softmax_twice" not in names


def test_a_name_that_is_no_mistake_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no mistake called 'sloppy'"):
        mistakes.sloppy  # noqa: B018


def test_a_forward_difference_with_a_tiny_step_is_a_bad_check():
    network, h = worked_example.network(), 1e-10
    moved = network.with_parameters(b2=network.b[2] + h)
    X, Y = worked_example.X, worked_example.Y
    forward_difference = (moved.cost(X, Y) - network.cost(X, Y)) / h
    exact = network.backward(network.forward(X), Y).db[2].item()
    assert abs(forward_difference / exact - 1) > 1e-7


def test_a_wrong_network_is_updated_by_its_own_gradients_alone():
    network, X, Y = mistakes.update_with_plus.specimen()
    wrong = mistakes.update_with_plus.network(network)
    with pytest.raises(TypeError, match="its own backward"):
        wrong.updated(network.backward(network.forward(X), Y), 0.5)
    with pytest.raises(ValueError, match="learning rate"):
        wrong.updated(wrong.backward(wrong.forward(X), Y), -1)


def test_what_the_museum_shows_cannot_be_changed():
    _, X, Y = mistakes.slope_missing.specimen()
    for matrix in (X, Y):
        with pytest.raises(ValueError, match="read-only"):
            matrix[0, 0] = 9


def test_a_softmax_hidden_layer_is_refused_with_a_sentence():
    network = Network.initialize([3, 4, 2], ["softmax", "sigmoid"], "binary_cross_entropy", rng=0)
    with pytest.raises(ValueError, match="element-wise hidden layers"):
        mistakes.one_over_d_missing.network(network)


@pytest.mark.parametrize(("name", "words"), [
    ("slope_missing", "In `dZ[l]`: how the cost changes with the weighted sums of layer l."),
    ("one_over_d_missing", "In `dZ[L]`: how the cost changes with the weighted sums of layer L."),
    ("transpose_of_A_missing", "In `dW[l]`: the gradient for the weights of layer l."),
    ("softmax_twice", "In `Y_hat`: the predictions."),
    ("bias_averaged", "In `db[l]`: the gradient for the biases of layer l."),
])  # fmt: skip
def test_it_is_said_what_its_step_computes(name, words):
    assert f"**Where.** {words}\n\n" in mistakes.MISTAKES[name]._repr_markdown_()


def test_a_mistake_of_dropout_has_no_step_of_the_pass():
    assert mistakes.MISTAKES["dropout_never_scaled"].where == ""
    assert "**Where.**" not in mistakes.MISTAKES["dropout_never_scaled"]._repr_markdown_()


@pytest.mark.parametrize("cost", ["mean", "sum", "mean of all entries"])
@pytest.mark.parametrize("bias", [True, False])
def test_the_checks_are_right_about_any_cost_and_layers_without_bias(cost, bias):
    network, X, Y = SPECIMENS["yes or no"]()
    layers = [Layer(layer.W, layer.b if bias else None, layer.activation) for layer in network.layers]
    network = Network(layers, network.loss).with_cost(cost, l2=0.3)
    assert mistakes.examine(network, X, Y)
    wrong = mistakes.slope_missing.network(network)
    found = mistakes.examine(wrong, X, Y).failing
    assert found["gradients"] == (("W1", "b1") if bias else ("W1",))
    assert not found["cost"]


@pytest.mark.parametrize("cost", ["mean", "sum", "mean of all entries"])
def test_a_network_that_fits_perfectly_passes_every_check(cost):
    for seed in range(10):
        rng = np.random.default_rng(seed)
        layers = [
            Layer(rng.normal(size=(4, 3)), rng.normal(size=4), "tanh"),
            Layer(10**seed * rng.normal(size=(2, 4)), rng.normal(size=2), "linear"),
        ]
        network, X = Network(layers, "squared_error").with_cost(cost), rng.normal(size=(3, 5))
        evidence = mistakes.examine(network, X, network.predict(X))
        assert evidence, evidence
