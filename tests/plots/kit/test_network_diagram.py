"""The diagram: what it shows is what it was given, nothing overlaps, nothing is cut off."""

import itertools

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from sample_networks import sample

from nbhelpers import linear, relu, sigmoid, softmax, squared_error, style, tanh, worked_example
from nbhelpers.plots import draw_network
from nbhelpers.plots.kit.fast_text import QuickText
from nbhelpers.plots.kit.network_diagram import LINE, MAX_LAYERS, MAX_UNITS, network_layout, size_for
from nbhelpers.plots.style import PALETTE, PIXELS_PER_INCH

SIZES = [[1, 1], [2, 2, 1], [3, 4, 2], [6, 8, 6], [8, 1], [1, 8], [2, 3, 4, 5, 3, 2], [8] * (MAX_LAYERS + 1)]


def drawn(network, X, marked=None):
    figure = style.new_figure(*size_for(network.sizes))
    forward = network.forward(X)
    names = [layer.activation.name for layer in network.layers]
    ax = figure.add_axes((0, 0, 1, 1))
    return draw_network(ax, network.W, network.b, forward.Z, forward.A, names, marked), forward


def example(sizes, scale=1.0, seed=0):
    network, X, _ = sample(sizes, tanh, linear, squared_error, d=1, seed=seed)
    network = network.with_parameters(**{name: scale * value for name, value in network.parameters.items()})
    return network, scale * X


def texts(artists):
    return [text.get_text() for text in artists]


def test_the_worked_example_shows_its_numbers():
    diagram, _ = drawn(worked_example.network(), worked_example.X)
    assert texts(diagram.values[0]) == ["x₁ = 0.50", "x₂ = 0.20"]
    assert texts(diagram.values[1]) == ["z⁽¹⁾₁ = 0.430\na⁽¹⁾₁ = 0.606", "z⁽¹⁾₂ = 1.420\na⁽¹⁾₂ = 0.805"]
    assert texts(diagram.values[2]) == ["z = 1.245\nŷ = 0.777"]
    assert texts(diagram.weights[1]) == ["0.10", "0.40", "0.80", "0.60"]
    assert texts(diagram.weights[2]) == ["0.30", "0.70"]
    assert texts(diagram.biases[1]) == ["b⁽¹⁾₁ = 0.30", "b⁽¹⁾₂ = 0.90"]
    captions = texts(diagram.units.axes.texts)
    assert {"input X", "hidden layer 1", "output Ŷ"} <= set(captions)
    assert captions.count("sigmoid") == 2


def test_update_shows_other_numbers_and_none_is_blank():
    network = worked_example.network()
    diagram, _ = drawn(network, worked_example.X)
    forward = network.forward([[2.0], [-1.0]])
    diagram.update(network.W, network.b, [None, forward.Z[1], None], [forward.A[0], None, None])
    assert texts(diagram.values[0]) == ["x₁ = 2.00", "x₂ = −1.00"]
    assert texts(diagram.values[1]) == ["z⁽¹⁾₁ = 0.100\n ", "z⁽¹⁾₂ = 1.900\n "]
    assert texts(diagram.values[2]) == [" \n "]


def test_sign_is_shown_by_hue_and_dash_and_size_by_width():
    network, x = example([3, 4, 2])
    diagram, _ = drawn(network, x)
    for l in (1, 2):
        weights = network.W[l].ravel()
        edges = diagram.edges[l]
        hue = [to_rgba(PALETTE["positive" if w > 0 else "negative"]) for w in weights]
        np.testing.assert_allclose(edges.get_colors(), hue)
        assert [dash[1] is None for dash in edges.get_linestyles()] == list(weights > 0)
        widths = np.array(edges.get_linewidths())
        np.testing.assert_array_equal(np.argsort(widths), np.argsort(abs(weights)))
        assert widths.max() <= 7


def test_a_weight_of_zero_is_a_thin_gray_line():
    network = worked_example.network().with_parameters(W2=np.zeros((1, 2)))
    edges = drawn(network, worked_example.X)[0].edges[2]
    np.testing.assert_allclose(edges.get_colors(), [to_rgba(PALETTE["neutral"])] * 2)
    assert max(edges.get_linewidths()) < 1


@pytest.mark.parametrize("scale", [1e-12, 1e-6, 1, 1e5, 1e12])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_nothing_is_cut_off_or_overlaps_whatever_the_numbers(sizes, scale):
    network, x = example(sizes, scale)
    network = network.with_parameters(b1=-abs(network.b[1]))
    diagram, _ = drawn(network, x)
    figure = diagram.units.axes.figure
    figure.canvas.draw()
    boxes = {text: box_of(text) for text in shown_texts(diagram)}
    for text, (left, low, right, high) in boxes.items():
        assert min(left, low) >= 0, text.get_text()
        assert right <= figure.bbox.width, text.get_text()
        assert high <= figure.bbox.height, text.get_text()
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        overlap = a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        assert not overlap, (one.get_text(), other.get_text())


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_words_of_the_key_keep_their_distance(sizes):
    diagram, _ = drawn(*example(sizes))
    axes = diagram.units.axes
    lowest = max(text.get_position()[1] for text in axes.texts)  # a page counts from its top
    key = sorted(tuple(box_of(text)[::2]) for text in axes.texts if text.get_position()[1] == lowest)
    scale = axes.figure.dpi / PIXELS_PER_INCH
    assert len(key) == 5
    assert min(right[0] - left[1] for left, right in itertools.pairwise(key)) >= 10 * scale


def shown_texts(diagram):
    axes = diagram.units.axes
    moving = [artist for artist in axes.get_children() if isinstance(artist, QuickText)]
    return [text for text in {*axes.texts, *moving} if text.get_text().strip() and text.get_visible()]


def box_of(text):
    """Left, lower, right and upper border of the letters. The middle of a QuickText is its position."""
    box = text.get_window_extent()
    if not isinstance(text, QuickText):
        return box.extents
    x, y = text.get_transform().transform(text.get_position())
    height = 10 * len(text.get_text().split("\n"))
    return x - box.width / 2, y - height / 2, x + box.width / 2, y + height / 2


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_values_fit_into_their_units(sizes):
    network, x = example(sizes, -7.891)
    diagram, _ = drawn(network, x)
    diagram.units.axes.figure.canvas.draw()
    for text in itertools.chain(*diagram.values):
        left, low, right, high = box_of(text)
        assert np.hypot(right - left, high - low) <= 0.95 * 2 * diagram.layout.radius, text.get_text()


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_layout_keeps_its_distances(sizes):
    layout = network_layout(sizes, *size_for(sizes))
    for l, centers in enumerate(layout.centers):
        assert len(centers) == sizes[l]
        assert np.diff(centers[:, 1]).min(initial=np.inf) >= 2 * layout.radius + 12  # a bias between two units
        if l and layout.label_at[l] is not None:
            places = np.sort(layout.on_edges(l)[:, 1])
            assert np.diff(places).min(initial=np.inf) >= LINE
    middles = layout.centers[0].mean(axis=0)[1], layout.centers[-1].mean(axis=0)[1]
    assert middles[0] == pytest.approx(middles[1])


def test_edges_run_from_rim_to_rim():
    layout = network_layout([2, 2, 1], *size_for([2, 2, 1]))
    start, end = layout.edges(1)[2]  # from x1 to the second unit
    assert np.linalg.norm(start - layout.centers[0][0]) == pytest.approx(layout.radius)
    assert np.linalg.norm(end - layout.centers[1][1]) == pytest.approx(layout.radius)


def test_numbers_on_edges_are_left_out_where_there_is_no_room_but_for_the_one_that_is_marked():
    network, x = example([6, 8, 6])
    diagram, forward = drawn(network, x)
    assert diagram.weights[1] == []
    assert not diagram.mark.get_visible()
    diagram.update(network.W, network.b, forward.Z, forward.A, ("W", 1, 2, 4))
    assert diagram.mark.get_visible()
    assert float(diagram.mark.get_text().replace("−", "-")) == pytest.approx(network.W[1][2, 4], abs=0.005)


def test_a_mark_moves_and_goes():
    network = worked_example.network()
    diagram, forward = drawn(network, worked_example.X, ("b", 1, 1))
    assert diagram.mark.get_text() == "b⁽¹⁾₂ = 0.90"
    diagram.update(network.W, network.b, forward.Z, forward.A, ("x", 0))
    assert not diagram.mark.get_visible()
    diagram.update(network.W, network.b, forward.Z, forward.A, ("W", 2, 0, 1))
    assert diagram.mark.get_text() == "0.70"
    diagram.update(network.W, network.b, forward.Z, forward.A)
    assert not diagram.mark.get_visible()


@pytest.mark.parametrize("activation", [relu, sigmoid, softmax])
def test_activations_are_named(activation):
    network, X, _ = sample([2, 3, 2], activation, linear, squared_error, d=1)
    diagram, _ = drawn(network, X)
    assert activation.name in texts(diagram.units.axes.texts)


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ([2, MAX_UNITS + 1, 1], "layer 1 has 9 units: a diagram has room for 8"),
        ([MAX_UNITS + 1, 1], "the input has 9 units: a diagram has room for 8"),
        ([1] * (MAX_LAYERS + 2), "the network has 7 layers: a diagram has room for 6"),
    ],
)
def test_a_network_that_is_too_large_is_refused_with_the_limit(sizes, message):
    with pytest.raises(ValueError, match=message):
        size_for(sizes)
    with pytest.raises(ValueError, match=message):
        network_layout(sizes, 1000, 600)
