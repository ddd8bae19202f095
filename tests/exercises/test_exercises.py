"""Questions say what they ask, understand what is typed, and tell apart what can be told apart."""

import decimal
import fractions
import json
import re

import numpy as np
import pytest

from nbhelpers import exercises, mistakes, worked_example
from nbhelpers.exercises.answers import digits, fitted, read
from nbhelpers.exercises.catalog import TASKS
from nbhelpers.exercises.catalog.trying import _LINES
from nbhelpers.exercises.drawn_questions import Choice, Trial
from nbhelpers.exercises.pass_questions import Computing
from nbhelpers.exercises.verdict import Candidates, judge

each_question = pytest.mark.parametrize("name", exercises.QUESTIONS)
each_seed = pytest.mark.parametrize("seed", [None, 0, 7])

COMPUTING = {name: task for name, task in TASKS.items() if isinstance(task, Computing)}
WHOLE = {name: task for name, task in TASKS.items() if name not in COMPUTING and task.exact}
CHOICES = [name for name in WHOLE if WHOLE[name].kind is Choice]
TRIALS = [name for name in WHOLE if WHOLE[name].kind is Trial]

STATUSES = {"correct", "rounded", "not attempted", "wrong shape", "known mistake", "incorrect"}


def _plain(right):
    """A right answer as it is written."""
    if isinstance(right, str):
        return right
    return int(right) if right.ndim == 0 else tuple(int(n) for n in right.ravel())


def ask(name, seed=None):
    return exercises.QUESTIONS[name](seed=seed)


# --- what is asked --------------------------------------------------------------------------------------------------


def test_every_formula_has_a_question():
    for i in range(1, 22):
        assert exercises.for_row(f"F{i:02}"), f"F{i:02}"


@pytest.mark.parametrize("row", ["T05", "T07", "T08", "T09", "T10", "T11", "T12", "T13", "T14"])
def test_every_topic_of_training_has_a_question(row):
    assert exercises.for_row(row)


@each_question
@each_seed
def test_a_question_says_what_it_asks(name, seed):
    question = ask(name, seed)
    assert question.title in question.statement
    assert question.statement == ask(name, seed).statement
    assert repr(question) == question.statement == question._repr_markdown_()
    assert question.statement.count("$$") % 2 == 0
    assert question.statement.replace("$$", "").count("$") % 2 == 0


@each_question
def test_another_seed_asks_something_else(name):
    """Enough versions for a class of thirty, whose sheets take a few seeds more."""
    seeds, least = (range(12), 12) if name in COMPUTING else (range(1, 62), 43)
    assert len({str(ask(name, seed).statement) for seed in seeds}) >= least


@pytest.mark.parametrize("name", [name for name, task in COMPUTING.items() if task.in_lecture])
def test_without_a_seed_it_is_the_example_of_the_lecture(name):
    setting = COMPUTING[name].setting(None)
    assert (setting.X == worked_example.X).all()
    assert (setting.network.W[1] == worked_example.network().W[1]).all()
    assert setting.learning_rate == 0.5


def test_the_answers_of_the_lecture():
    for name, label in [("first_sums", "Z1"), ("first_activations", "A1"), ("output_delta", "dZ2"),
                        ("hidden_slope", "slope1"), ("error_sent_back", "dA1"), ("hidden_delta", "dZ1"),
                        ("hidden_weights", "dW1"), ("hidden_bias", "db1")]:  # fmt: skip
        printed = worked_example.PRINTED[label].value
        assert ask(name).check(printed), name
    assert ask("predictions").check(0.77651974).status == "correct"
    assert ask("binary_cost").check(0.25293321).status == "correct"
    assert ask("cost_after_a_step").check(0.20628465).status == "correct"
    assert ask("one_weight").check(-0.00320190).status == "correct"


@pytest.mark.parametrize("name", COMPUTING)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_numbers_are_nice(name, seed):
    setting = COMPUTING[name].setting(seed)
    for matrix in (setting.X, *setting.network.parameters.values()):
        np.testing.assert_array_equal(matrix, matrix.round(1))
        assert (matrix != 0).all()


@pytest.mark.parametrize("name", COMPUTING)
def test_what_is_given_is_enough_and_can_be_computed_with(name):
    question = ask(name, 5)
    assert all(isinstance(array, np.ndarray) for array in question.given.values())
    for array in question.given.values():
        for number in array.ravel():
            assert f"{number:.6g}" in question.statement, "as precise as the answer needs"


def test_what_is_given_can_be_changed_without_harm():
    question = ask("hidden_delta", 5)
    before = question.statement
    question.given["W2"][:] = 0
    assert question.statement == before


def _sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def _slope(Z):
    return _sigmoid(Z) * (1 - _sigmoid(Z))


def _softmax(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=0)


def _backward(X, Y, W1, b1, W2, b2):
    A1 = _sigmoid(W1 @ X + b1)
    dZ2 = (_sigmoid(W2 @ A1 + b2) - Y) / X.shape[1]
    dZ1 = W2.T @ dZ2 * A1 * (1 - A1)
    return dZ1 @ X.T, dZ1 @ np.ones((X.shape[1], 1)), dZ2 @ A1.T, dZ2 @ np.ones((X.shape[1], 1))


def _cost_after(eta, X, Y, W1, b1, W2, b2):
    steps = _backward(X, Y, W1, b1, W2, b2)
    W1, b1, W2, b2 = (theta - eta * step for theta, step in zip((W1, b1, W2, b2), steps, strict=True))
    Y_hat = _sigmoid(W2 @ _sigmoid(W1 @ X + b1) + b2)
    return -np.mean(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat))


# The formulas once more, from nothing but what is given, in the order in which it is given; eta comes first.
BY_HAND = {
    "first_sums": lambda eta, X, W, b: W @ X + b,
    "first_activations": lambda eta, Z: _sigmoid(Z),
    "second_sums": lambda eta, X, W1, b1, W2, b2: W2 @ _sigmoid(W1 @ X + b1) + b2,
    "predictions": lambda eta, X, W1, b1, W2, b2: _sigmoid(W2 @ _sigmoid(W1 @ X + b1) + b2),
    "deep_sums": lambda eta, X, W1, b1, W2, b2, W3, b3: W3 @ np.maximum(W2 @ np.tanh(W1 @ X + b1) + b2, 0) + b3,
    "relu_values": lambda eta, Z: np.maximum(Z, 0),
    "tanh_values": lambda eta, Z: np.tanh(Z),
    "softmax_values": lambda eta, Z: _softmax(Z),
    "linear_values": lambda eta, A, W, b: W @ A + b,
    "binary_cost": lambda eta, P, Y: -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P)),
    "categorical_cost": lambda eta, P, Y: -(Y * np.log(P)).sum() / Y.shape[1],
    "squared_cost": lambda eta, P, Y: ((P - Y) ** 2).sum() / 2 / Y.shape[1],
    "losses": lambda eta, P, Y: -np.log(np.where(Y == 1, P, 1 - P))[0],
    "one_weight": lambda eta, dA, Z, X: dA[0, 0] * _slope(Z)[0, 0] * X[1, 0],
    "output_delta": lambda eta, P, Y: (P - Y) / Y.shape[1],
    "output_delta_softmax": lambda eta, P, Y: (P - Y) / Y.shape[1],
    "output_delta_linear": lambda eta, P, Y: (P - Y) / Y.shape[1],
    "output_delta_unmatched": lambda eta, Z, Y: (_sigmoid(Z) - Y) * _slope(Z) / Y.shape[1],
    "softmax_jacobian": lambda eta, P: np.diag(P[:, 0]) - P @ P.T,
    "error_sent_back": lambda eta, W, dZ: W.T @ dZ,
    "hidden_slope": lambda eta, Z: _slope(Z),
    "tanh_slope": lambda eta, Z: 1 - np.tanh(Z) ** 2,
    "relu_slope": lambda eta, Z: Z > 0,
    "hidden_delta": lambda eta, W, dZ, Z: W.T @ dZ * _slope(Z),
    "output_weights": lambda eta, dZ, A: dZ @ A.T,
    "hidden_weights": lambda eta, dZ, X: dZ @ X.T,
    "hidden_bias": lambda eta, dZ, X: dZ.sum(axis=1),
    "updated_weights": lambda eta, W, dW: W - eta * dW,
    "updated_bias": lambda eta, W, b, db: b - eta * db,
    "updated_hidden_weights": lambda eta, X, W1, W2, dZ2, Z1, A1: W1 - eta * (W2.T @ dZ2 * _slope(Z1)) @ X.T,
    "all_the_way": lambda eta, *given: _backward(*given)[0],
    "cost_after_a_step": _cost_after,
}


@pytest.mark.parametrize("name", COMPUTING)
@each_seed
def test_the_formula_by_hand_from_what_is_given_is_right(name, seed):
    question = ask(name, seed)
    learning_rate = COMPUTING[name].setting(seed).learning_rate
    answer = BY_HAND[name](learning_rate, *question.given.values())
    assert question.check(answer).status == "correct"
    if "_new" in COMPUTING[name].wanted:
        assert rf"$\eta = {learning_rate:g}$" in question.statement


# --- what is typed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        [0.43, 1.42],
        (0.43, 1.42),
        [[0.43], [1.42]],
        np.array([0.43, 1.42]),
        np.array([[0.43], [1.42]], dtype=np.float32),
        [fractions.Fraction(43, 100), fractions.Fraction(142, 100)],
        [decimal.Decimal("0.43"), decimal.Decimal("1.42")],
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_a_column_may_be_typed_in_many_ways(answer):
    assert ask("first_sums").check(answer).status == "correct"


@pytest.mark.parametrize("answer", [1.245498990, [1.245498990], [[1.245498990]], np.float64(1.245498990)], ids=repr)
def test_a_single_number_may_be_typed_in_many_ways(answer):
    assert ask("second_sums").check(answer).status == "correct"


def test_a_flat_list_for_a_matrix_is_ambiguous():
    right = COMPUTING["hidden_weights"].right(3)
    assert ask("hidden_weights", 3).check(right.ravel()).status == "wrong shape"


@pytest.mark.parametrize(("shape", "array", "fits"), [
    ((2, 1), [1, 2], True), ((1, 2), [1, 2], True), ((2, 2), [1, 2, 3, 4], False), ((), [1], True), ((1, 1), 1, True),
    ((3,), [1, 2, 3], True), ((3,), [[1], [2], [3]], True), ((3,), [[1, 2, 3]], True),
    ((2, 1), 1, False), ((2, 1), [[[1], [2]]], False),
])  # fmt: skip
def test_what_fits_a_shape(shape, array, fits):
    assert (fitted(np.array(array, float), shape) is not None) is fits


# --- what is said ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMPUTING)
def test_no_message_gives_a_value_away(name):
    question = ask(name, 4)
    right = COMPUTING[name].right(4)
    verdicts = [question.check(right + 1.0), question.check(right * 1.004), question.check(np.ones((7, 7)))]
    verdicts += [question.check(answer) for answer in COMPUTING[name].wrong(4).values()]
    for verdict in verdicts:
        assert not re.search(r"\d\.\d", verdict.message), verdict.message


def test_the_slip_of_the_lecture_is_told_as_what_it_is():
    verdict = ask("second_sums").check(1.244)
    assert verdict.status == "rounded"
    assert "A slip" in verdict.message


@pytest.mark.parametrize(("found", "expected", "hold"), [
    (0.43, 0.43, 15), (1.244, 1.24549899, 3), (0.776, 0.77651974, 2), (0.777, 0.77651974, 3), (-0.224, -0.22348026, 2),
    (99.96, 100.0, 4), (1, -1, 0),
])  # fmt: skip
def test_digits_that_hold(found, expected, hold):
    assert digits(np.array(found), np.array(expected)) == hold


def test_a_known_mistake_is_named_and_explained():
    verdict = ask("hidden_delta").check([-0.0672, -0.1568])
    assert verdict.status == "known mistake"
    assert verdict.mistake == "slope_missing"
    assert verdict.mistakes == ("slope_missing",)
    assert mistakes.slope_missing.mend in verdict.message


def test_right_or_rounded_is_true_and_everything_else_is_false():
    question = ask("first_sums")
    assert question.check([0.43, 1.42])
    assert question.check([0.432, 1.42])
    assert not question.check([0.5, 1.42])
    assert not question.check(...)


def test_relu_slopes_may_be_booleans():
    task = COMPUTING["relu_slope"]
    assert task.judge(3, task.right(3) > 0).status == "correct"


# --- reading --------------------------------------------------------------------------------------------------------


def test_the_step_against_the_slope():
    question = ask("which_way_does_it_move")
    assert question.check("it becomes larger").status == "correct"
    assert question.check("it becomes smaller").mistake == "update_with_plus"


# --- hints and solutions --------------------------------------------------------------------------------------------


@each_question
@each_seed
def test_hints_go_step_by_step_and_then_stay(name, seed):
    question = ask(name, seed)
    count = int(re.search(r"of (\d)", question.hint()).group(1))
    hints = [question.hint() for _ in range(count + 1)]
    assert len(set(hints)) == count - 1
    assert hints[-1] == hints[-2] == hints[-3]
    assert count >= 2 or name in TRIALS


@pytest.mark.parametrize("name", COMPUTING)
@each_seed
def test_no_hint_gives_the_answer_away(name, seed):
    right = COMPUTING[name].right(seed)
    given = {f"{number:.6g}" for array in ask(name, seed).given.values() for number in array.ravel()}
    hints = "\n".join(COMPUTING[name].hints(seed))
    answers = {f"{number:.6g}" for number in right.ravel() if len(f"{number:.6g}") > 5} - given
    assert not [answer for answer in answers if re.search(rf"(?<![\d.]){re.escape(answer.lstrip('-'))}(?!\d)", hints)]


@each_question
@each_seed
def test_the_solution_has_the_answer(name, seed):
    task, solution = TASKS[name], ask(name, seed).solution()
    if name in WHOLE:
        assert task.kind is Trial or str(_plain(task.right(seed))) in solution
    else:
        told = np.array([float(number) for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?(?:e-?\d+)?", solution)])
        for number in task.right(seed).ravel():
            assert np.isclose(told, abs(number), rtol=1e-5, atol=0).any()


@each_question
@each_seed
def test_neither_answer_nor_solution_can_be_read_off(name, seed):
    question = ask(name, seed)
    question.check(...)
    question.hint()
    shown = repr(vars(question)) + repr(question.check)
    if name in COMPUTING:
        given = {f"{x:.4g}" for array in question.given.values() for x in array.ravel()}
        answers = {f"{x:.4g}" for x in COMPUTING[name].right(seed).ravel()} - given
        assert not [x for x in answers if len(x) > 4 and x in shown]
    assert "right" not in vars(question)
    assert "solution" not in vars(question)


@pytest.mark.parametrize("seed", [-1, 1.5, "7", True, [1]])
def test_a_seed_that_is_none_is_told(seed):
    with pytest.raises(ValueError, match="expected a whole number from 0 on, or None"):
        exercises.hidden_delta(seed=seed)


def test_a_numpy_integer_is_a_seed():
    assert exercises.hidden_delta(seed=np.int64(7)).statement == exercises.hidden_delta(seed=7).statement


def test_a_question_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no question called 'nonsense'"):
        exercises.nonsense  # noqa: B018


# --- sheets ---------------------------------------------------------------------------------------------------------


def test_a_sheet_is_the_same_for_the_same_seed_and_another_for_another():
    assert exercises.Sheet(seed=3).print() == exercises.Sheet(seed=3).print()
    assert exercises.Sheet(seed=3).print() != exercises.Sheet(seed=4).print()
    names = ("hidden_delta", "output_delta")
    assert exercises.Sheet(*names, seed=3).print() != exercises.Sheet(*names, seed=4).print()


def test_the_same_question_twice_has_other_numbers():
    sheet = exercises.Sheet("hidden_delta", "hidden_delta", seed=3)
    assert sheet[1].statement != sheet[2].statement


def test_the_printed_sheets():
    sheet = exercises.Sheet("hidden_delta", "shape_of_inputs", seed=3, title="Backward")
    questions, solutions = sheet.print(), sheet.print(solutions=True)
    assert questions.startswith("# Backward (sheet 3)")
    assert "Solution" not in questions
    for question in sheet:
        assert question.statement in questions
        assert question.statement in solutions
        assert question.solution() in solutions
        assert question.solution() not in questions


def test_a_sheet_takes_ready_questions():
    question = exercises.hidden_delta()
    assert exercises.Sheet(question)[1] is question


def test_a_sheet_of_everything():
    sheet = exercises.Sheet(*exercises.QUESTIONS, seed=1)
    assert len(sheet) == len(exercises.QUESTIONS)
    assert sheet.print(solutions=True).count("### Solution of") == len(sheet)


def test_what_cannot_be_on_a_sheet_is_told():
    with pytest.raises(ValueError, match="no question is called 'nonsense'"):
        exercises.Sheet("nonsense")
    with pytest.raises(ValueError, match="count is 0"):
        exercises.Sheet(count=0)
    with pytest.raises(IndexError, match="numbers 1 to 1"):
        exercises.Sheet("hidden_delta")[0]


def test_reading_an_answer_leaves_it_alone():
    answer = np.array([[1.0], [2.0]])
    array = read(answer)
    array[:] = 0
    assert (answer == [[1.0], [2.0]]).all()


# --- the verdict ----------------------------------------------------------------------------------------------------


def test_the_known_failures_of_the_first_edition():
    """Each was called right though wrong, or wrong though right."""
    for answer, name in [(0.206161, "slope_at_A"), (0.20672, "slope_twice"), (0.2062, "W_updated_first")]:
        assert name in ask("cost_after_a_step").check(answer).mistakes
    assert not ask("predictions").check(0.7735)
    for seed in range(10):
        given = (question := ask("squared_cost", seed)).given
        assert not question.check(np.mean((given["Y_hat"] - given["Y"]) ** 2))
        assert set(question.last.mistakes) & {"half_missing", "cost_averaged_over_outputs"}
    given = (question := ask("losses", 3)).given
    right = question._task.right(3)
    assert question.check(right[None, :]).status == question.check(right[:, None]).status == "correct"


def test_a_forgotten_learning_rate_shows():
    for seed in range(20):
        n = COMPUTING["updated_weights"].setting(seed)
        assert n.learning_rate != 1
        answer = n.network.W[2] - n.gradients.dW[2]
        assert ask("updated_weights", seed).check(answer).mistake == "learning_rate_forgotten"


def test_each_number_has_its_own_decimals():
    right = np.array([0.6631, 0.7244, 1.22904])
    assert judge([0.6631, 0.7244, 1.229], Candidates(right, {}))
    assert judge([0.663, 0.724, 1.229], Candidates(right, {})).status == "rounded"


def test_what_is_rounded_too_far_is_told_so_and_not_called_wrong():
    for answer in (0.2, 0, 1):
        verdict = judge(answer, Candidates(np.array(0.5768 if answer == 1 else 0.1768), {}))
        assert verdict.status == "incorrect"
        assert verdict.message.startswith("Rounded too far")
    verdict = judge(0.18, Candidates(np.array(0.1768), {}))
    assert verdict.status == "rounded"
    assert "2 digits hold" in verdict.message


def test_the_nearest_is_meant_and_a_tie_goes_to_right():
    candidates = Candidates(np.array(0.431), {"cost_summed": np.array(0.439)})
    assert judge(0.43, candidates)
    assert judge(0.44, candidates).mistake == "cost_summed"
    assert judge(0.435, candidates).status in ("rounded", "incorrect")


def test_a_mistake_comes_before_what_is_rounded():
    candidates = Candidates(np.array(0.2063), {"slope_at_A": np.array(0.2061)}, base=0.25)
    assert judge(0.2061, candidates).mistake == "slope_at_A"


def test_two_mistakes_that_give_the_same_are_both_named():
    wrong = {"one_over_d_missing": np.array(3.0), "update_with_plus": np.array(3.0)}
    verdict = judge(3.0, Candidates(np.array(1.0), wrong))
    assert verdict.mistake == "one_over_d_missing or update_with_plus"
    assert all(mistakes.MISTAKES[name].mend in verdict.message for name in verdict.mistakes)


def test_two_mistakes_at_once_are_both_named():
    given = (question := ask("all_the_way", 11)).given
    X, Y, W1, b1, W2, b2 = (given[name] for name in ("X", "Y", "W1", "b1", "W2", "b2"))
    A1 = 1 / (1 + np.exp(-(W1 @ X + b1)))
    Y_hat = 1 / (1 + np.exp(-(W2 @ A1 + b2)))
    assert question.check(W2.T @ ((Y_hat - Y) / 4) * A1 * (1 - A1) @ X.T).status == "correct"
    verdict = question.check(W2.T @ (Y_hat - Y) @ X.T)
    assert set(verdict.mistakes) == {"one_over_d_missing", "slope_missing"}
    assert verdict.together
    assert " and " in verdict.mistake


@pytest.mark.parametrize(("found", "words"), [
    ([[-1, -2], [-3, -4]], "All signs are flipped"), ([[2, 4], [6, 8]], "by the same factor"),
    ([[1, 3], [2, 4]], "transpose"), ([[3, 4], [1, 2]], "in another order"), ([[1, 2], [5, 6]], "Only row 2 differs"),
    ([[1, 5], [3, 6]], "Only column 2 differs"), ([[1, 2], [3, 9]], "Row 2, column 2 differs; the others are right"),
    ([[1, 9], [9, 4]], "2 of 4 entries differ"), ([[10, 20], [30, 40.9]], "too large"),
])  # fmt: skip
def test_what_has_no_name_is_told_by_how_it_is_related(found, words):
    verdict = judge(found, Candidates(np.array([[1.0, 2.0], [3.0, 4.0]]), {}))
    assert verdict.status == "incorrect"
    assert words in verdict.message


@pytest.mark.parametrize(("found", "words"), [
    (0.9, "too large"), (0.1, "too small"), (-0.3142, "sign"), (3.142, "power of ten"), (-0.8, "wrong sign"),
])  # fmt: skip
def test_a_number_without_a_name_is_told_how_it_is_off(found, words):
    assert words in judge(found, Candidates(np.array(0.3142), {})).message


@each_question
def test_nothing_is_said_twice(name):
    task = TASKS[name]
    right = task.right(2)
    if right is None:
        return
    verdicts = [task.judge(2, right), *[task.judge(2, wrong) for wrong in task.wrong(2).values()]]
    for verdict in verdicts:
        shown = verdict._repr_markdown_().replace("*", "").casefold()
        sentences = [part.strip(" .✓✗≈…") for part in shown.split(". ")]
        assert len(set(sentences)) == len(sentences), shown
        assert shown.count("correct") <= 1


# --- what cannot be read --------------------------------------------------------------------------------------------


class Stubborn:
    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")


class Floating:
    def __float__(self):
        raise RuntimeError("no")


KNOT = []
KNOT.append(KNOT)
UNREADABLE = [
    *(
        None,
        ...,
        [],
        [...],
        [[...], [0.5]],
        (),
        "0.43",
        "",
        b"1",
        [["a", "b"]],
        np.array(["x"]),
        3 + 1j,
        {},
        {1: 2},
        {3},
    ),
    *(range(10**9), print, object(), lambda: 1, Stubborn(), Floating(), [Floating()], KNOT, (KNOT, KNOT), iter([1.0])),
    *(np.zeros((0, 2)), np.zeros((3000, 3000)), [0.5] * 10**6, "1" * 10**7, np.array([1, None], dtype=object)),
    *([[[[[[1.0]]]]]], np.array([KNOT, 1], dtype=object), np.array([object()])),
]


@each_question
@pytest.mark.parametrize("answer", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read_is_no_try_and_never_raises(name, answer):
    question = ask(name)
    if question._task.name in TRIALS + CHOICES and isinstance(answer, str) and answer:
        return
    verdict = question.check(answer)
    assert verdict.status == "not attempted"
    assert verdict.message.endswith(".")
    assert question.tries == 0
    assert question.record["answers"] == []


@pytest.mark.parametrize(
    "odd", [float("nan"), [np.inf, 1], [10**400, 1], [[1], [2, 3]], [[[1]]], np.zeros((2, 2, 2)), True]
)
@pytest.mark.parametrize("name", [*COMPUTING, *TASKS])
def test_odd_numbers_get_a_friendly_sentence(name, odd):
    verdict = ask(name).check(odd)
    assert verdict.status in STATUSES
    assert verdict.message.endswith((".", "?"))
    assert not verdict or np.size(odd) == 1, "a 1 may be right"


def test_shapes_are_told_apart():
    verdict = ask("first_sums").check([[0.43, 1.42]])
    assert (
        verdict.message
        == "This is an array of shape (1, 2), but the answer is an array of shape (2, 1). Is it transposed?"
    )
    assert ask("shape_of_inputs").check((2, 1)).status == "correct"
    assert ask("shape_of_inputs").check((1, 2)).mistake == "examples_as_rows"
    assert ask("shape_of_inputs").check((2, 1.001)).status == "incorrect"
    assert "(2, 3)" in ask("shape_of_inputs").check("(2, 1)").message
    assert ask("number_of_parameters").check(6).mistake == "biases_not_counted"
    dW = COMPUTING["hidden_weights"].right(3)
    assert ask("hidden_weights", 3).check(dW.T).mistake == "dW_turned_over"


# --- choices --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHOICES)
@each_seed
def test_a_choice_is_answered_by_letter_or_by_words(name, seed):
    drawn = TASKS[name].setting(seed)
    right = next(option for option in drawn.options if option.text == drawn.right)
    letter = "abcdefgh"[drawn.options.index(right)]
    ways = [letter, letter.upper(), f"({letter})", f"{letter})", f" {letter}. ", f"{letter}) {right.text}", right.text,
            right.text.upper(), *right.also]  # fmt: skip
    for answer in ways:
        assert ask(name, seed).check(answer).status == "correct", answer
    said = set()
    for option in drawn.options:
        if option is not right:
            verdict = ask(name, seed).check(option.text)
            assert verdict.status in ("known mistake", "incorrect")
            assert len(verdict.message) > 30, "every wrong option has its own sentence"
            said.add(verdict.message)
    question = ask(name, seed)
    assert question.check("z").status == question.check(" ").status == question.check(7).status == "not attempted"
    assert question.tries == 0


# --- what is tried out ----------------------------------------------------------------------------------------------


@each_seed
def test_what_is_tried_out(seed):
    for name in ("change_one_weight", "silence_a_unit"):
        question = ask(name, seed)
        answer = re.search(r"`(\[\[.*?\]\])`", question.solution())[1]
        assert question.check(eval(answer)).status == "correct"
        assert question.check([9.0, 9.0]).status == "incorrect"
        assert question.check([1, 2, 3]).status == "wrong shape"
    line = re.search(r"`(.*)`", ask("write_a_formula", seed).solution())[1]
    assert ask("write_a_formula", seed).check(line.replace(" = ", "=")).status == "correct"
    assert ask("write_a_formula", seed).check(line.partition("=")[2].strip() or "x").status == "incorrect"


def test_a_mistake_that_the_example_hides():
    assert ask("hide_a_mistake").check("db[l] = dZ[l].mean(axis=1, keepdims=True)").status == "correct"
    assert "right on 3-4-2" in ask("hide_a_mistake").check("db[l] = dZ[l].sum(axis=1, keepdims=True)").message


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_mistake_that_a_drawn_network_shows(seed):
    question = ask("hide_a_mistake", seed)
    line = re.search(r"`(.*?)`", question.statement)[1]
    hidden = {
        "J = losses.sum() / d": "J = losses.sum()",
        "dZ[L] = (Y_hat - Y) / d": "dZ[L] = Y_hat - Y",
        "dZ[L] = dY_hat * slope[L]": "dZ[L] = dY_hat * slope[L].mean()",
        "dZ[l] = (W[l+1].T @ dZ[l+1]) * slope[l]": "dZ[l] = (W[l+1].T * dZ[l+1].sum()) * slope[l]",
        "dW[l] = dZ[l] @ A[l-1].T": "dW[l] = dZ[l] @ A[l-1].T / d",
        "db[l] = dZ[l] @ np.ones((d, 1))": "db[l] = dZ[l]",
    }
    sizes = re.search(r"wrong on (\d-\d-\d) with", question.statement)[1]
    assert f"right on {sizes}" in question.check(line).message
    assert question.check(hidden[line]).status == "correct"
    assert "2-2-1 shows it" in question.check(line.replace("= ", "= 2 * ", 1)).message


def test_the_line_of_every_formula_is_right_for_a_layer():
    lines = {}
    for seed in range(400):
        question = ask("write_a_formula", seed)
        lines[re.search(r"Write (.*?)(?: for layer \d)? as a line", question.statement)[1]] = question
    assert set(lines) == {row.name for row in _LINES}
    for question in lines.values():
        line = re.search(r"`(.*)`", question.solution())[1]
        for spaces in (
            line,
            line.replace(" ", ""),
            line.replace("=", "  =  "),
            line.replace("[", "[ ").replace(",", " ,"),
        ):
            assert question.check(spaces).status == "correct", spaces


def test_a_formula_is_asked_for_a_layer():
    asked = {}
    for seed in range(1, 62):
        question = ask("write_a_formula", seed)
        found = re.search(r"Write (.*) for layer (\d) as", question.statement)
        if found:
            asked[found[1]] = (question, int(found[2]))
    question, l = asked["F19"]
    assert question.check(f"dW[{l}] = dZ[{l}] @ A[{l - 1}].T").status == "correct"
    assert question.check(f"dW[{l}] = dZ[{l}] @ A[{l}].T").status == "incorrect"
    assert f"Begin with `dW[{l}] =`" in question.check("dW[l] = dZ[l] @ A[l-1].T").message
    question, l = asked["F18 tanh"]
    assert question.check(f"slope[{l}] = 1 - A[{l}] * A[{l}]").status == "correct"
    assert question.check(f"slope[{l}] = 1 - A[{l - 1}]**2").status == "incorrect"


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_number_that_a_careful_hand_does_not_find_is_a_slip(seed):
    question = ask("rounding_or_slip", seed)
    matrices = re.findall(r"\\begin\{bmatrix\}(.*?)\\end", question.statement)
    X, W1, b1, W2, b2 = (np.array([[float(x) for x in row.split("&")] for row in m.split(r"\\")]) for m in matrices)
    digits = {"three": 3, "four": 4}[re.search("with (three|four) decimals", question.statement)[1]]
    told, name, at = re.search(r"finds `(.*?)` for `(\w+)(.*?)`", question.statement).groups()
    sigmoid = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    careful = {"Z1": (W1 @ X + b1).round(digits)}
    careful["A1"] = sigmoid(careful["Z1"]).round(digits)
    careful["Z2"] = (W2 @ careful["A1"] + b2).round(digits)
    careful["Y_hat"] = sigmoid(careful["Z2"]).round(digits)
    careful["J"] = -np.log(careful["Y_hat"]).round(digits)
    careful["dZ2"] = careful["db2"] = careful["Y_hat"] - 1
    careful["dW2"] = (careful["dZ2"] @ careful["A1"].T).round(digits)
    careful["dA1"] = (W2.T @ careful["dZ2"]).round(digits)
    careful["slope1"] = (careful["A1"] * (1 - careful["A1"])).round(digits)
    careful["dZ1"] = careful["db1"] = (careful["dA1"] * careful["slope1"]).round(digits)
    careful["dW1"] = (careful["dZ1"] @ X.T).round(digits)
    i, j = (int(k) - 1 for k in at[1:-1].split(",")) if at else (0, 0)
    off = abs(float(told) - careful[name][i, j]) * 10**digits
    # A half is rounded up by hand and to the even digit by NumPy: one unit there is no slip.
    assert question.check("rounding" if off < 1.5 else "slip").status == "correct"


def test_the_lectures_slope_is_right_for_sigmoids():
    verdict = ask("write_a_formula").check("dZ[l] = (W[l+1].T @ dZ[l+1]) * A[l] * (1 - A[l])")
    assert "right for sigmoid" in verdict.message
    assert "begin with `dz[l] =`" in ask("write_a_formula").check("(W[l+1].T @ dZ[l+1]) * slope[l]").message.casefold()


# --- what is remembered ---------------------------------------------------------------------------------------------


def test_a_right_answer_stays_right_when_another_is_tried():
    question = ask("hidden_slope")
    question.check([0.239, 0.157])
    question.check([1, 1])
    assert (question.best.status, question.last.status, question.status) == ("rounded", "known mistake", "rounded")


def test_the_record_is_plain_data():
    question = ask("hidden_slope", 4)
    question.check("text")
    question.hint()
    question.check(np.array([1.0, 1.0, 1.0]))
    question.solution()
    question.check(question._task.right(4))
    record = json.loads(json.dumps(question.record))
    assert record == question.record
    assert (record["tries"], record["hints"], record["solution"], record["credit"]) == (2, 1, True, 1.0)
    first, second = record["answers"]
    assert (first["answer"], first["mistakes"], first["hints"]) == ("[1.0, 1.0, 1.0]", ["slope_missing"], 1)
    assert record["best"] == record["last"] == second
    assert second["solution"]


def test_hints_depend_on_the_answer():
    untouched, mistaken, rounded, done = (ask("hidden_delta") for _ in range(4))
    mistaken.check([-0.0672, -0.1568])
    rounded.check([-0.016, -0.025])
    done.check([-0.01600951, -0.02452426])
    hints = {str(question.hint()) for question in (untouched, mistaken, rounded, done)}
    assert len(hints) == 4
    assert "Look at this line again" in mistaken.hint() + "".join(hints)
    assert "already" in done.hint()


def test_the_last_hint_is_the_complete_line():
    question = ask("hidden_delta", 3)
    hints = [question.hint() for _ in range(4)]
    assert "In formulas" in hints[1]
    assert "One entry" in hints[2]
    assert "dZ1 = dA1 * slope1" in hints[3]


def test_progress_counts_what_is_right():
    sheet = exercises.Sheet("shape_of_inputs", "number_of_parameters", seed=3)
    sheet[1].check(TASKS["shape_of_inputs"].right(sheet[1].seed))
    sheet[2].check(1)
    sheet[2].check(2)
    progress = sheet.progress()
    assert [row[1:] for row in progress.rows] == [["correct", "1"], ["incorrect", "2"]]
    assert progress.closing == "1 of 2 right."
    assert repr(sheet) == "Sheet 3: 2 questions  ✓ ✗"
