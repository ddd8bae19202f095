"""The network that reads digits: what it says of digits that it was not trained on, computed here anew."""

import time

import numpy as np
import pytest

from nbhelpers import datasets, softmax, tanh
from nbhelpers.experiments import drawn_digits
from nbhelpers.experiments.digit_classifier import CLASSES, UNITS, digit_reader

PI = np.pi


def arc(x, y, width, height, begin, end):
    turns = np.linspace(begin, end, 17) * PI
    return [(x + width * np.cos(turn), y + height * np.sin(turn)) for turn in turns]


# The ten digits in plain strokes, as somebody would draw them: right and down, in cells.
STROKES = {
    0: [arc(4, 4, 1.8, 3.1, 0, 2)],
    1: [[(3, 2), (4.2, 0.8), (4.2, 7.3)]],
    2: [[*arc(4, 2.5, 1.8, 1.7, -1, 0.1), (2.2, 7.2), (6, 7.2)]],
    3: [arc(3.7, 2.4, 1.8, 1.6, -0.9, 0.5) + arc(3.7, 5.6, 2, 1.6, -0.5, 0.9)],
    4: [[(4.6, 0.8), (1.9, 4.8), (6.2, 4.8)], [(4.6, 3), (4.6, 7.3)]],
    5: [[(5.8, 0.9), (2.4, 0.9), (2.3, 3.6), *arc(3.9, 5.2, 1.9, 1.9, -0.7, 0.8)]],
    6: [[(4.8, 0.8), *arc(4, 5.3, 1.7, 1.9, -0.95, -2.95)]],
    7: [[(2, 0.9), (6, 0.9), (3.6, 7.3)], [(2.6, 4), (5.5, 4)]],
    8: [arc(4, 2.4, 1.5, 1.6, 0.5, 2.5) + arc(4, 5.7, 1.7, 1.6, -0.5, 1.5)],
    9: [[*arc(4, 2.6, 1.7, 1.8, 0, 2), (5.6, 5), (5, 7.2)]],
}


def drawn(digit):
    ink = np.zeros((8, 8), dtype=int)
    for line in STROKES[digit]:
        ink = drawn_digits.with_line(ink, line)
    return ink


@pytest.fixture(scope="module")
def reader():
    return digit_reader()


def test_it_is_made_once_and_quickly(reader):
    datasets.digits()  # reading the file is not part of it
    digit_reader.cache_clear()
    begin = time.process_time()
    again = digit_reader()
    assert time.process_time() - begin < 3  # about 0.5 s where nothing else runs
    assert digit_reader() is again
    np.testing.assert_array_equal(again.network.W[1], reader.network.W[1])


def test_it_was_not_trained_on_what_it_is_asked(reader):
    training, held_out = datasets.digits().split(share=0.25, rng=0)
    ours = {column.tobytes() for column in reader.held_out.X.T}
    assert ours == {column.tobytes() for column in held_out.X.T}
    assert not ours & {column.tobytes() for column in training.X.T}


def test_it_reads_at_least_96_percent_right(reader):
    A = tanh(reader.network.W[1] @ reader.held_out.X + reader.network.b[1])
    Y_hat = softmax(reader.network.W[2] @ A + reader.network.b[2])
    np.testing.assert_allclose(reader.probabilities, Y_hat, rtol=1e-12)
    is_right = Y_hat.argmax(axis=0) == reader.held_out.labels
    assert reader.right == is_right.sum() == reader.confusion.trace()
    assert reader.right / reader.held_out.d >= 0.96
    assert reader.confusion.sum() == reader.held_out.d
    assert not is_right[: (~is_right).sum()].any()


@pytest.mark.parametrize("i", [0, 5, 200, -1])
def test_a_reading_is_a_forward_pass_of_one_digit(reader, i):
    reading = reader.reading(reader.ink(i))
    np.testing.assert_allclose(reading.probabilities, reader.probabilities[:, i], rtol=1e-9)
    assert reading.said == reader.said[i] == reading.ranking[0]
    assert reading.activations.shape == reading.sums.shape == (UNITS,)
    np.testing.assert_allclose(reading.activations, np.tanh(reading.sums))


@pytest.mark.parametrize("unit", [0, 17, 31])
def test_the_shares_add_up_to_the_sum_of_a_unit(reader, unit):
    ink = reader.ink(3)
    raised, lowered, bias = reader.shares_of_sum(ink, unit)
    assert raised >= 0 >= lowered
    assert bias == reader.network.b[1][unit, 0]
    assert raised + lowered + bias == pytest.approx(reader.reading(ink).sums[unit])


def test_the_digits_of_a_cell_of_the_table_are_found_one_after_the_other(reader):
    real, said = np.argwhere(reader.confusion - np.diag(reader.confusion.diagonal()) > 1)[0]
    found = [reader.next_with(real, said, -1)]
    for _ in range(reader.confusion[real, said]):
        found.append(reader.next_with(real, said, found[-1]))
    assert len(set(found)) == reader.confusion[real, said]
    assert found[-1] == found[0]
    assert all((reader.held_out.labels[i], reader.said[i]) == (real, said) for i in found)
    empty_real, empty_said = np.argwhere(reader.confusion == 0)[0]
    assert reader.next_with(empty_real, empty_said, -1) is None


def test_most_digits_that_are_drawn_with_the_pen_are_read_right(reader):
    said = [reader.reading(drawn(digit)).said for digit in range(CLASSES)]
    assert sum(np.equal(said, range(CLASSES))) >= 9, said
