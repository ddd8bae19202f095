"""The explorer of the beginnings: picture, words and alternative text agree with passes and trainings made here."""

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw, panels_of, texts_of
from driving import coarse

from nbhelpers import explorers
from nbhelpers.experiments.initial_weights import BEGINNINGS, Start, moons, recorded_epochs, trained
from nbhelpers.explorers.initialization import RUNS
from nbhelpers.numbers_as_text import in_powers

NOTHING = "Nothing is trained yet: press Play."


@pytest.fixture(scope="module")
def kept():
    return coarse(explorers.initialization())


def spreads_by_hand(state, beginning):
    """Standard deviations of A and dW, by hand from the arrays of the passes."""
    X, Y = moons()[0].X, moons()[0].Y
    network = Start(beginning, state["activation"], state["depth"], state["width"]).network(state["seed"])
    forward = network.forward(X)
    return (
        np.array([A.std() for A in forward.A[1:-1]]),
        np.array([dW.std() for dW in network.backward(forward, Y).dW[1:]]),
    )


def assert_agrees(explorer):
    state, panels = explorer.state, panels_of(explorer)
    for k, beginning in enumerate(BEGINNINGS):
        for panel, sizes in zip((panels.activations, panels.gradients), spreads_by_hand(state, beginning), strict=True):
            shown = panel.lines[k].get_ydata()
            np.testing.assert_allclose(10.0 ** shown[sizes > 0], sizes[sizes > 0])
            assert np.isnan(shown[sizes == 0]).all()
            if beginning == state["begin"]:
                assert len(panel.bars.get_path().to_polygons()) == np.sum(sizes > 0)
                assert len(panel.zeros.get_xdata()) == np.sum(sizes == 0)
                assert f"{in_powers(sizes[0])} in layer 1" in explorer.words
                assert f"{in_powers(sizes[-1])} in layer {len(sizes)}" in explorer.words
    assert explorer.words in explorer.alt
    assert (NOTHING in explorer.words) == (state["trained"] == "no network")


def middle(panels, k):
    return panels.costs.bands[k].curve.line.get_xydata()


def test_it_begins_untrained(explorer):
    assert "6 layers of 16 units, tanh, Xavier: the activations have a spread of 0.302 in layer 1" in explorer.words
    assert NOTHING in explorer.words
    assert any("Press Play" in text for text in texts_of(explorer.figure))
    assert_agrees(explorer)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
def test_every_beginning_with_every_activation(explorer, activation):
    for beginning in BEGINNINGS:
        explorer.state = {"activation": activation, "begin": beginning}
        assert_agrees(explorer)


def test_every_slider_over_its_ends_and_middle(explorer):
    for name, values in {"depth": (2, 3, 12), "width": (2, 17, 32), "seed": (0, 10, 19), "η": (0.01, 1.0)}.items():
        for value in values:
            explorer.state = {name: value}
            assert_agrees(explorer)
        explorer.reset()


def test_the_cost_of_one_network_is_that_of_its_training(explorer):
    explorer.state = {"depth": 3, "width": 5, "trained": "1 network"}
    panels = panels_of(explorer)
    for k, beginning in enumerate(BEGINNINGS):
        history = trained(np.random.default_rng(0), Start(beginning, "tanh", 3, 5), 0.1)
        shown = middle(panels, k)
        assert shown[-2].tolist() == [60, pytest.approx(history.validation_cost[-1])]
        assert in_powers(history.validation_cost[-1]) in explorer.words
    assert "Press Play" not in str(texts_of(explorer.figure))


def test_a_band_holds_the_middle_of_the_runs_and_is_that_of_the_chosen_beginning(explorer):
    explorer.state = {"depth": 2, "width": 4, "trained": "5 networks", "begin": "He"}
    start, panels, k = Start("He", "tanh", 2, 4), panels_of(explorer), list(BEGINNINGS).index("He")
    runs = np.array([trained(np.random.default_rng(seed), start, 0.1).validation_cost for seed in range(5)])
    low, mid, high = np.percentile(runs, [10, 50, 90], axis=0)
    ends = [in_powers(each[-1]) for each in (mid, low, high)]
    assert f"the median of 5: He {ends[0]} (80 % from {ends[1]} to {ends[2]})" in explorer.words
    area = panels.costs.bands[k].area.get_xy()
    np.testing.assert_allclose(area[: len(recorded_epochs()), 1], np.clip(low, *panels.costs.bands[k].ax.get_ylim()))
    assert [band.area.get_visible() for band in panels.costs.bands] == [name == "He" for name in BEGINNINGS]
    explorer.state = {"begin": "zeros"}
    assert panels.costs.bands[0].area.get_visible()
    assert not panels.costs.bands[k].area.get_visible()


def test_playing_trains_more_and_more_and_another_setting_begins_anew(explorer):
    explorer.state = {"depth": 2, "width": 2}
    seen = []
    explorer.playing = True
    while explorer.playing:
        explorer._handle_custom_msg({"kind": "beat"}, [])
        seen.append(explorer.state["trained"])
    assert seen == list(RUNS)[1:]
    explorer.controls["seed"].value = 5  # of the network at the left alone
    assert explorer.state["trained"] == "20 networks"
    for name, value in {"width": 3, "depth": 3, "activation": "relu", "η": 0.5}.items():
        explorer.state = {"trained": "1 network"}
        explorer.controls[name].value = value
        assert explorer.state["trained"] == "no network"
        assert NOTHING in explorer.words


def test_a_state_with_trainings_can_be_put_back(explorer):
    explorer.state = {"depth": 2, "width": 3, "trained": "5 networks"}
    state, words = explorer.state, explorer.words
    explorer.reset()
    explorer.state = state
    assert (explorer.state, explorer.words) == (state, words)


def test_saturation_is_said(explorer):
    explorer.state = {"begin": "too large"}
    assert "of them saturated" in explorer.words
    explorer.state = {"begin": "Xavier"}
    assert "saturated" not in explorer.words


def test_costs_that_run_away_leave_through_the_top(explorer):
    explorer.state = {"activation": "relu", "begin": "too large", "trained": "5 networks"}
    band = panels_of(explorer).costs.bands[2]
    assert band.area.get_xy()[:, 1].max() == band.ax.get_ylim()[1]


def test_a_blitted_frame_is_a_full_redraw():
    explorer = explorers.initialization()
    for state in ({}, {"begin": "zeros", "depth": 2, "trained": "5 networks"}, {"begin": "too large", "depth": 12}):
        explorer.reset()
        explorer.state = state
        assert_frame_is_full_redraw(explorer)
    explorer.close()
