"""The parts of a training in panels: scales in leaps, marks that follow them, horizontal bars; cut at their borders."""

import numpy as np
import pytest

from nbhelpers import style
from nbhelpers.plots.kit.bars import HorizontalBars
from nbhelpers.plots.kit.ticks import MovingTicks
from nbhelpers.plots.playground.panels import SIZE, PlaygroundPanels, leap
from nbhelpers.training import Record


@pytest.fixture
def ax():
    with style.context():
        return style.new_figure(400, 300).add_axes((0.2, 0.2, 0.6, 0.6))


@pytest.fixture(scope="module")
def panels():
    with style.context():
        return PlaygroundPanels(style.new_figure(*SIZE))


def a_record(L, **values):
    """A record of L layers, all ones but for `values`."""
    one = dict.fromkeys(("learning_rate", "cost", "penalty", "validation_cost", "accuracy"), 1.0)
    layers = ("gradient_norm", "signal", "activation_mean", "activation_spread", "dead", "saturated", "update_ratio")
    per_layer = {name: [0.0 if name in ("dead", "saturated") else 1.0] * L for name in layers}
    return Record(**{"epochs": 1, "steps": 1, "validation_accuracy": 1.0, **one, **per_layer, **values})


def show(panels, epochs, training, validation, penalty=None, record=None):
    record = record or a_record(2, cost=training[-1], validation_cost=validation[-1])
    panels.update(epochs, (training, validation, penalty), None, (epochs[-1], record))


# --- scales -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1e-7, 0.3, 0.7, 1, 1.01, 9.9, 640, 1e300])
def test_a_leap_is_a_round_number_that_is_little_larger(number):
    end = leap(number)
    assert number * (1 - 1e-9) <= end <= 1.67 * number
    assert len(f"{end:.12g}".strip("0").replace(".", "").split("e")[0].strip("0")) <= 2


def test_the_scale_leaves_room_for_all_epochs_and_costs(panels):
    show(panels, [0, 1, 2], [0.7, 0.6, 0.5], [0.8, 0.9, 0.95])
    assert (panels.curves.ax.get_xlim()[1], panels.curves.ax.get_ylim()) == (10, (0, 1.5))
    show(panels, [0, 400.5], [0.3, 0.1], [0.3, 0.2])
    assert (panels.curves.ax.get_xlim()[1], panels.curves.ax.get_ylim()) == (500, (0, 0.5))
    np.testing.assert_allclose(panels.ends.get_xydata(), [[400.5, 0.1], [400.5, 0.2]])


def test_a_cost_that_explodes_does_not_set_the_scale(panels):
    show(panels, [0, 1, 2], [0.7, 9, 1e9], [0.7, 9, np.inf], [0, 1e5, 1e300])
    assert panels.curves.ax.get_ylim()[1] == 3


def test_marks_follow_the_scale_and_stay_inside(ax):
    ticks = MovingTicks(ax)
    for right, high in ((10, 1), (2.5e4, 300), (7, 0.05)):
        ax.set(xlim=(-0.01 * right, right), ylim=(0, high))
        ticks.update()
        across = [(text.get_position()[0], text.get_text()) for text in ticks.across if text.get_text()]
        up = [(text.get_position()[1], text.get_text()) for text in ticks.up if text.get_text()]
        assert (across[0], up[0]) == ((0, "0"), (0, "0"))
        for places, end in ((across, right), (up, high)):
            assert 4 <= len(places) <= 9
            assert max(place for place, _ in places) <= end * (1 + 1e-9)
            assert np.ptp(np.diff([place for place, _ in places])) < 1e-9 * end
        inner = sum(0 < place < high for place, _ in up) + sum(place < right for place, _ in across)
        assert len(ticks.lines.get_segments()) == inner


# --- bars -------------------------------------------------------------------------------------------------------------


def test_bars_lie_from_top_to_bottom_and_are_cut_at_the_border(ax):
    bars = HorizontalBars(ax, 4, -2, 2)
    bars.update(["layer 1", "output"], [-0.5, 1], [0.5, 99], ["a", "b"], marks=[0, 1.5])
    boxes = [path.get_extents().extents.tolist() for path in bars.bars.get_paths()]
    assert [(box[0], box[2]) for box in boxes] == [(-0.5, 0.5), (1, 2)]
    places = [ax.transData.transform((0, (box[1] + box[3]) / 2))[1] for box in boxes]
    assert places[0] > places[1]
    assert [text.get_text() for text in bars.names] == ["layer 1", "output", "", ""]
    assert [text.get_text() for text in bars.words] == ["a", "b", "", ""]
    assert bars.marks.get_xdata()[::3].tolist() == [0, 1.5]


def test_what_is_wrong_in_a_layer_stands_beside_its_bar(panels):
    about = {"dead": [0.25, 0.0, 0.0], "saturated": [0.0, 0.625, 0.05], "activation_mean": [1, 1, -0.001]}
    show(panels, [0], [1], [1], record=a_record(3, **about, activation_spread=[1, 1, 250.0]))
    words = [text.get_text() for text in panels.activations.words]
    assert words == ["25% dead", "62% saturated", "0.00 ± 250", "", ""]


def test_gradients_are_on_a_logarithmic_scale_and_0_has_no_bar(panels):
    show(panels, [0], [1], [1], record=a_record(3, gradient_norm=[0.0, 1e-9, 0.01]))
    widths = [np.ptp(path.vertices[:, 0]) for path in panels.gradients.bars.get_paths()]
    assert widths[:2] == [0, 0]
    assert widths[2] > 0
    assert panels.gradients.ax.get_xscale() == "log"
    assert [text.get_text() for text in panels.gradients.words][:3] == ["0", "1.0e−9", "0.010"]
