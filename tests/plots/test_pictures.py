"""Pictures in one line show what they are given, with words that a screen reader reads."""

from base64 import b64decode

import numpy as np
import pytest
from matplotlib.image import AxesImage
from matplotlib.text import Text

from nbhelpers import datasets, worked_example
from nbhelpers.plots import pictures
from nbhelpers.plots.kit.fast_text import QuickTexts
from nbhelpers.plots.kit.kept import Kept


def shown(picture):
    """Return the words of a picture, and its width and height as the notebook shows it."""
    data, about = picture._repr_mimebundle_()
    assert b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert about["image/png"]["alt"] == data["text/plain"]
    return data["text/plain"], about["image/png"]["width"], about["image/png"]["height"]


def texts(picture):
    return [text.get_text() for ax in picture.figure.axes for text in ax.texts]


def test_a_network_is_drawn_with_its_prediction():
    network, X, _ = worked_example.wide()
    alt, width, _ = shown(pictures.network(network, X))
    assert alt == "A 3-4-2 network as circles in columns, joined by lines. It predicts 0.756, 0.627."
    assert width == 840


def test_a_unit_and_a_layer_are_told_by_their_numbers():
    alt, *_ = shown(pictures.unit([0.5, 0.2], [0.8, 0.6], 0.9))
    assert alt.startswith("A unit from left to right: x₁ = 0.50,")
    assert "z = 1.420, a = 0.805" in alt
    network, *_ = worked_example.wide()
    assert "row 2 of W: 0.80, 0.60, 0.30." in shown(pictures.layer(network.W[1], network.b[1], unit=2))[0]


def test_each_row_of_digits_has_its_captions():
    X = datasets.digits().X[:, :3]
    picture = pictures.digits(X, {"before": ["7", "8", "9"], "after": ["0", "1", "2"]})
    assert shown(picture)[0].endswith("before: 7, 8, 9; after: 0, 1, 2.")
    assert texts(picture).count("before") == 1
    parts = [part for kept in picture.figure.findobj(Kept) for part in kept.children]
    assert [part.texts for part in parts if isinstance(part, QuickTexts)] == [["7", "8", "9"], ["0", "1", "2"]]
    inks = [part.get_array() for part in parts if isinstance(part, AxesImage)]
    assert all(np.array_equal(ink, X[:, k % 3].reshape(8, 8)) for k, ink in enumerate(inks))
    assert len(inks) == 6


def test_regions_stand_side_by_side_with_their_words():
    data = datasets.moons(20, rng=0)
    network = worked_example.network()
    picture = pictures.regions({"before": network, "after": network}, data, alt="two maps")
    assert shown(picture)[0] == "two maps"
    assert [ax.get_title(loc="left") for ax in picture.figure.axes] == ["before", "after"]


def test_four_regions_have_room_for_their_words_and_the_key():
    training, held_out = datasets.moons(20, rng=0).split(0.25, rng=0)
    four = dict.fromkeys(["epoch 0", "epoch 10", "epoch 40", "epoch 200"], worked_example.network())
    figure = pictures.regions(four, training, alt="four maps", held_out=held_out).figure
    figure.canvas.draw()
    titles = [text for ax in figure.axes for text in ax.findobj(Text) if text.get_text() in four]
    (key,) = [ax.get_legend() for ax in figure.axes if ax.get_legend()]
    boxes = [part.get_window_extent() for part in (*titles, key, figure.axes[0].yaxis.label)]
    assert all((figure.bbox.min <= box.min).all() and (box.max <= figure.bbox.max).all() for box in boxes)
    assert not any(box.overlaps(other) for k, box in enumerate(boxes) for other in boxes[:k])


def test_curves_and_bands_are_drawn_as_they_are_given():
    band = np.array([[3.0, 2, 1], [2, 1, 0.5], [4, 3, 2]])
    picture = pictures.curves([0, 1, 2], {"one": [1, 2, 3], "band": band}, alt="a curve and a band", heading="J")
    drawn = [line.get_ydata()[:3].tolist() for line in picture.figure.axes[0].lines]
    assert [1, 2, 3] in drawn
    assert [3, 2, 1] in drawn


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="alt is empty"):
        pictures.curves([0, 1], {"one": [1, 2]}, alt=" ")
