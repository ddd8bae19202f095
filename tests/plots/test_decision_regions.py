"""Decision regions: colors, boundary and markers agree with probabilities that are known by heart."""

import io

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from nbhelpers import Network, datasets, style
from nbhelpers.plots.decision_regions import draw_decision_regions
from nbhelpers.plots.kit.regions import as_line, zero_segments
from nbhelpers.plots.style import PALETTE

LIMITS = (-2, 4, -1, 1)
X = np.array([[-1, 0, 3, 1], [0.5, -0.5, 0, 0.9]])


@pytest.fixture
def ax():
    with style.context():
        return style.new_figure(400, 400).add_axes((0.1, 0.1, 0.8, 0.8))


def planes(grid, *normals):
    """Probabilities of classes whose scores are planes a x1 + b x2 + c: the boundaries are straight."""
    scores = np.array([a * grid[0] + b * grid[1] + c for a, b, c in normals])
    return np.exp(scores) / np.exp(scores).sum(axis=0)


def colors(regions):
    return np.asarray(regions.image.get_array())[..., :3] / 255


def sigmoid_of(scores):
    return 1 / (1 + np.exp(-scores))


def test_the_boundary_of_two_classes_is_where_the_probability_is_one_half(ax):
    regions = draw_decision_regions(ax, X, [0, 0, 1, 1], limits=LIMITS)
    regions.update(sigmoid_of(3 * regions.grid[:1] + 6 * regions.grid[1:] - 2))
    x, y = regions.boundary.get_data()
    assert np.isfinite(x).sum() > 50
    np.testing.assert_allclose((3 * x + 6 * y)[~np.isnan(x)], 2, atol=1e-9)


def test_the_boundaries_of_three_classes_lie_between_the_two_most_probable(ax):
    regions = draw_decision_regions(ax, X, [0, 1, 2, 2], limits=LIMITS)
    normals = (1, 0, 0), (0, 2, 0), (-1, 0, 0.5)
    regions.update(planes(regions.grid, *normals))
    x, y = (part[~np.isnan(part)] for part in regions.boundary.get_data())
    scores = np.sort([a * x + b * y + c for a, b, c in normals], axis=0)
    away = scores[-1] - scores[0] > 0.3  # near the place where all three meet the pieces are cut short
    assert away.sum() > 50
    np.testing.assert_allclose(scores[-1][away], scores[-2][away], atol=1e-9)


def test_a_color_is_that_of_the_most_probable_class_and_pale_where_another_is_near(ax):
    regions = draw_decision_regions(ax, X, [0, 0, 1, 1], limits=LIMITS)
    P = np.full((1, 3600), 1e-9)
    P[0, 0], P[0, 59], P[0, -1] = 0.5, 0.75, 1 - 1e-9  # lower left, lower right, upper right
    regions.update(P)
    shown = colors(regions)
    np.testing.assert_allclose(shown[0, 0], 1)
    full = {name: 1 - (1 - np.array(to_rgb(PALETTE[name]))) * 0.45 for name in ("first", "second")}
    np.testing.assert_allclose(shown[1, 1], full["first"], atol=0.003)
    np.testing.assert_allclose(shown[-1, -1], full["second"], atol=0.003)
    np.testing.assert_allclose(shown[0, -1], (1 + full["second"]) / 2, atol=0.003)


def test_what_is_drawn_has_the_colors_of_the_grid_at_its_places(ax):
    regions = draw_decision_regions(ax, X[:, :0], [], limits=(0, 1, 0, 1), side=5)
    regions.update(0.3 * regions.grid[:1] + 0.1 * regions.grid[1:])  # from class 0 for sure, at the lower left
    figure = ax.figure
    figure.canvas.draw()
    red = np.asarray(figure.canvas.buffer_rgba())[::-1, :, 0] / 255  # none is in the first class; from the bottom up
    left, low, right, high = (round(edge) for edge in ax.bbox.extents)
    x, y = (np.linspace(0, 1, end - begin) for begin, end in ((left, right), (low, high)))
    wanted = 1 - 0.45 * (1 - 0.6 * x[None] - 0.2 * y[:, None])
    np.testing.assert_allclose(red[low:high, left:right][2:-2, 2:-2], wanted[2:-2, 2:-2], atol=0.006)


def test_each_class_has_its_marker_and_what_is_held_out_is_hollow(ax):
    held_out = np.array([[0.5], [0.5]]), [2]
    regions = draw_decision_regions(ax, X, [[0, 1, 2, 1]], held_out=held_out, classes=("a", "b", "c"))
    shown = [line.get_xydata().tolist() for line in regions.training]
    assert shown[:3] == [[[-1, 0.5]], [[0, -0.5], [1, 0.9]], [[3, 0]]]
    assert len({line.get_marker() for line in regions.training}) == 5
    hollow = regions.held_out[2]
    assert hollow.get_xydata().tolist() == [[0.5, 0.5]]
    assert hollow.get_marker() == regions.training[2].get_marker()
    assert hollow.get_markerfacecolor() == PALETTE["ground"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a", "b", "c", "hollow: held out"]


def test_a_dataset_and_a_network_in_one_call(ax):
    training, held_out = datasets.standardized(*datasets.blobs(60, rng=0).split(rng=0))
    network = Network.initialize([2, 4, 3], ["tanh", "softmax"], "categorical_cross_entropy", rng=0)
    regions = draw_decision_regions(ax, training, held_out=held_out, predict=network.predict)
    left, right, low, high = *ax.get_xlim(), *ax.get_ylim()
    assert regions.grid[:, 0].tolist() == [left, low]
    assert regions.grid[:, -1].tolist() == [right, high]
    assert sum(len(line.get_xdata()) for line in regions.training) == 45
    everything = np.concatenate([training.X, held_out.X], axis=1)
    assert (everything > [[left], [low]]).all()
    assert (everything < [[right], [high]]).all()
    assert np.ptp(colors(regions)) > 0.1


def test_the_noise_of_floats_is_no_boundary(ax):
    regions = draw_decision_regions(ax, X, [0, 1, 2, 2], limits=LIMITS)
    regions.update(1 / 3 + 1e-16 * np.random.default_rng(0).standard_normal((3, 3600)))
    assert len(regions.boundary.get_xdata()) == 0


def test_cleared_regions_are_blank(ax):
    regions = draw_decision_regions(ax, X, [0, 0, 1, 1])
    regions.update(sigmoid_of(regions.grid[:1]))
    regions.clear()
    assert colors(regions).min() == 1
    assert len(regions.boundary.get_xdata()) == 0


def test_another_backend_draws_it_as_well(ax):
    draw_decision_regions(ax, X, [0, 0, 1, 1], predict=lambda grid: sigmoid_of(grid[:1]))
    ax.figure.savefig(file := io.BytesIO(), format="svg")
    assert b"<image" in file.getvalue()


@pytest.mark.parametrize(
    ("X", "labels", "message"),
    [
        (np.ones((3, 4)), [0, 0, 1, 1], r"X is \(3, 4\); decision regions need two features"),
        (X, [0, 1], r"X is \(2, 4\), but there are 2 labels"),
        (X, None, "needs labels"),
        (X, [0, 1, 2, 5], "there are 6 classes; at most 5"),
    ],
)
def test_what_can_not_be_drawn_is_said(ax, X, labels, message):
    with pytest.raises(ValueError, match=message):
        draw_decision_regions(ax, X, labels)


def test_predictions_that_do_not_fit_are_said(ax):
    regions = draw_decision_regions(ax, X, [0, 1, 2, 2])
    with pytest.raises(ValueError, match=r"the predictions are \(1, 3600\), expected \(3, 3600\)"):
        regions.update(np.full((1, 3600), 0.5))


# --- the boundary -----------------------------------------------------------------------------------------------------


def test_a_circle_is_found_in_one_closed_line():
    g = np.linspace(-2, 2, 41)
    pieces = zero_segments(g, g, g[None] ** 2 + g[:, None] ** 2 - 1.317**2)
    np.testing.assert_allclose(np.hypot(*np.moveaxis(pieces, 2, 0)), 1.317, atol=0.003)
    lengths = np.hypot(*np.moveaxis(np.diff(pieces, axis=1), 2, 0)).sum()
    assert lengths == pytest.approx(2 * np.pi * 1.317, rel=1e-3)
    ends, counts = np.unique(pieces.reshape(-1, 2).round(9), axis=0, return_counts=True)
    assert len(ends) == len(pieces)
    assert (counts == 2).all()


def test_a_saddle_has_two_pieces_and_a_flat_field_none():
    assert len(zero_segments([0, 1], [0, 1], [[1, -1], [-1, 1]])) == 2
    assert len(zero_segments([0, 1], [0, 1], np.ones((2, 2)))) == 0


@pytest.mark.parametrize("error", [1e-17, -1e-17])
def test_what_another_processor_rounds_to_the_other_side_of_0_is_no_other_boundary(error):
    g = np.linspace(-1, 1, 5)
    z = g[None] + g[:, None]
    np.testing.assert_array_equal(zero_segments(g, g, z + error), zero_segments(g, g, z))


def test_pieces_become_one_line_with_gaps():
    x, y = as_line(np.array([[[0, 1], [2, 3]], [[4, 5], [6, 7]]]))
    np.testing.assert_array_equal(x, [0, 2, np.nan, 4, 6, np.nan])
    np.testing.assert_array_equal(y, [1, 3, np.nan, 5, 7, np.nan])
