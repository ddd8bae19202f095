"""The diagram of a whole pass: what it shows is what it was given, blank where nothing is known; nothing overlaps."""

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from nbhelpers import style
from nbhelpers.plots.backprop import backprop_layout, draw_backprop, height_for
from nbhelpers.plots.kit.network_diagram import MAX_LAYERS, MAX_UNITS
from nbhelpers.plots.kit.panel import as_page
from nbhelpers.plots.style import PALETTE

WIDTH = 976
SIZES = [[1, 1], [2, 2, 1], [3, 4, 2], [6, 8, 6], [8, 1], [2, 3, 4, 2], [8] * (MAX_LAYERS + 1)]
GIVEN = {
    "X": [0.5, 0.2],
    "Y": [1.0],
    "W1": [[0.1, 0.4], [0.8, -0.6]],
    "b1": [0.3, 0.9],
    "W2": [[0.3, 0.7]],
    "b2": [0.5],
}


def drawn(sizes):
    figure = style.new_figure(1000, height_for(sizes) + 20)
    ax = figure.add_axes((0, 0, 1, 1))
    as_page(ax)
    return draw_backprop(ax, sizes, ["tanh"] * (len(sizes) - 1), 12, 10, WIDTH)


@pytest.fixture
def diagram():
    return drawn([2, 2, 1])


def ground(diagram, address):
    place = list(diagram.numbers.boxes).index(address)
    return tuple(diagram.numbers.cells.get_facecolor()[place])


def test_what_is_not_known_is_blank(diagram):
    diagram.update(GIVEN)
    written = {address: text for address, text in diagram.numbers.written.items() if text}
    assert written.pop(("X", 0)) == "x₁ 0.50"
    assert written.pop(("Y", 0)) == "y 1.00"
    assert written.pop(("W1", 1, 1)) == "−0.60"
    assert written.pop(("b1", 1)) == "b 0.90"
    assert {address[0] for address in written} == {"X", "W1", "W2", "b1", "b2"}
    assert ground(diagram, ("Z1", 0)) == to_rgba(PALETTE["panel"])


def test_values_and_gradients_are_shown_with_their_names(diagram):
    known = {**GIVEN, "Z1": [0.43, 1.42], "Y_hat": [0.77652], "slope1": [0.2388, 0.1568], "dZ2": [-0.22348]}
    diagram.update({**known, "dW2": [[-0.1354, -0.18]], "J": 0.25293}, "dW2", ("dW2", 0, 1), [("dZ2", 0), ("A1", 1)])
    written = diagram.numbers.written
    assert written["Z1", 1] == "z 1.420"
    assert written["Y_hat", 0] == "ŷ 0.777"
    assert written["slope1", 0] == "f′ 0.239"
    assert written["dZ2", 0] == "dz −0.2235"
    assert written["dW2", 0, 1] == "−0.1800"
    assert written["J",] == "0.253"


def test_what_was_just_computed_told_and_used_is_marked_in_three_ways(diagram):
    known = {**GIVEN, "A1": [0.6, 0.8], "dZ2": [-0.2], "dW2": [[-0.1, -0.2]]}
    diagram.update(known, "dW2", ("dW2", 0, 1), [("dZ2", 0), ("A1", 1), ("slope9", 0)])
    assert ground(diagram, ("dW2", 0, 0)) == ground(diagram, ("dW2", 0, 1)) == to_rgba(PALETTE["highlight"])
    assert ground(diagram, ("dZ2", 0)) != to_rgba(PALETTE["highlight"])
    (mark,) = diagram.numbers.marks.get_paths()
    left, top, width, height = diagram.numbers.boxes["dW2", 0, 1]
    np.testing.assert_allclose(mark.get_extents().extents, (left, top, left + width, top + height))
    assert len(diagram.numbers.sources.get_paths()) == 2
    assert diagram.numbers.sources.get_linestyles() != diagram.numbers.marks.get_linestyles()
    assert sorted(diagram.halos.get_linewidths()) == [7, 13]
    diagram.update(known, "W2", ("W2", 0, 1), [("dW2", 0, 1)])
    assert sorted(diagram.halos.get_linewidths()) == [7, 13]


def test_both_costs_stand_side_by_side_in_proportion(diagram):
    diagram.update({**GIVEN, "J": 0.4})
    assert len(diagram.bars.get_paths()) == 1
    assert diagram.change.get_text() == ""
    diagram.update({**GIVEN, "J": 0.4, "J_new": 0.1})
    before, after = (path.get_extents().height for path in diagram.bars.get_paths())
    assert after / before == pytest.approx(0.25)
    assert diagram.change.get_text() == "↓ falls by\n0.3000"
    diagram.update({**GIVEN, "J": 0.1, "J_new": 0.4})
    assert diagram.change.get_text() == "↑ rises by\n0.3000"


def test_a_place_has_an_address(diagram):
    left, top, width, height = diagram.numbers.boxes["dW1", 1, 0]
    assert diagram.numbers.address_at(left + width / 2, top + height / 2) == ("dW1", 1, 0)
    assert diagram.numbers.address_at(1, 1) is None


def numbers_of(sizes, scale):
    rng = np.random.default_rng(0)
    known = {"X": rng.normal(size=sizes[0]), "Y": rng.normal(size=sizes[-1]), "J": 1.0, "J_new": 2.0}
    for l in range(1, len(sizes)):
        activation = "Y_hat" if l == len(sizes) - 1 else f"A{l}"
        for label in (f"Z{l}", activation, f"slope{l}", f"b{l}", f"dZ{l}", f"d{activation}", f"db{l}"):
            known[label] = rng.normal(size=sizes[l])
        known |= {label: rng.normal(size=(sizes[l], sizes[l - 1])) for label in (f"W{l}", f"dW{l}")}
    return {label: -abs(np.asarray(value)) * scale for label, value in known.items()}


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_boxes_do_not_overlap_and_stand_on_the_page(sizes):
    layout = backprop_layout(sizes, 12, 10, WIDTH)
    for left, top, width, height in layout.boxes.values():
        assert left >= 12 - 1e-9
        assert left + width <= 12 + WIDTH
        assert top >= 10
        assert top + height <= 10 + height_for(sizes) - 20
    for (one, a), (other, b) in itertools.combinations(layout.boxes.items(), 2):
        apart = (
            a[0] + a[2] <= b[0] + 0.5
            or b[0] + b[2] <= a[0] + 0.5
            or a[1] + a[3] <= b[1] + 0.5
            or b[1] + b[3] <= a[1] + 0.5
        )
        assert apart, (one, other)


@pytest.mark.parametrize("scale", [1, 1e-6, 1e5])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_numbers_nearly_fit_into_their_boxes(sizes, scale):
    diagram = drawn(sizes)
    diagram.update(numbers_of(sizes, scale))
    size = 10 if diagram.layout.is_narrow else 11
    for address, text in diagram.numbers.written.items():
        assert 0.6 * size * len(text) <= diagram.numbers.boxes[address][2] + 4, (address, text)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_every_number_has_a_box_but_for_weights_where_there_is_no_room(sizes):
    boxes = backprop_layout(sizes, 12, 10, WIDTH).boxes
    labels = {address[0] for address in boxes}
    for l in range(1, len(sizes)):
        assert {f"Z{l}", f"dZ{l}", f"b{l}", f"db{l}"} <= labels
    if len(sizes) <= 3 and max(sizes) <= 4:
        assert {"W1", "dW1"} <= labels


def test_the_limits_are_named():
    with pytest.raises(ValueError, match="layer 1 has 9 units: a diagram has room for 8"):
        height_for([2, MAX_UNITS + 1, 1])


def test_the_words_of_the_key_end_before_the_next_sign():
    figure = style.new_figure(1000, height_for([2, 2, 1]) + 20)
    ax = figure.add_axes((0, 0, 1, 1))
    as_page(ax)
    draw_backprop(ax, [2, 2, 1], ["tanh"] * 2, 12, 10, WIDTH)
    y = next(text.get_position()[1] for text in ax.texts if text.get_text() == "just computed")
    key = [text.get_window_extent() for text in ax.texts if text.get_position()[1] == y]
    assert len(key) == 4
    assert all(words.x1 < after.x0 - 27 for words, after in itertools.pairwise(key[:3]))  # a sign stands before each
    assert key[2].x1 < key[3].x0
    assert key[3].x1 < WIDTH
