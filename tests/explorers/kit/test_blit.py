"""Drawing moving artists on a kept background gives the same pixels as drawing everything."""

import numpy as np
import pytest
from drawn import redrawn
from sample_networks import sample

from nbhelpers import relu, softmax, style
from nbhelpers.explorers.kit.blit import Blit
from nbhelpers.plots import draw_network
from nbhelpers.plots.kit.network_diagram import size_for


def network_picture():
    network, X, _ = sample([3, 4, 2], relu, softmax, d=1)
    figure = style.new_figure(*size_for(network.sizes))
    forward = network.forward(X)
    diagram = draw_network(figure.add_axes((0, 0, 1, 1)), network.W, network.b, forward.Z, forward.A)

    def move(seed):
        network, X, _ = sample([3, 4, 2], relu, softmax, d=1, seed=seed)
        forward = network.forward(X)
        diagram.update(network.W, network.b, forward.Z, forward.A, ("W", 1, seed % 4, seed % 3))

    return figure, diagram.moving, move


def curve_picture():
    figure = style.new_figure(300, 200)
    ax = figure.add_subplot(xlim=(0, 1), ylim=(-1, 1), title="a curve")
    (line,) = ax.plot([0, 1], [0, 1], zorder=4)  # above the frame, as moving artists are
    words = figure.text(0.5, 0.5, "0", zorder=5)

    def move(seed):
        line.set_ydata([-seed / 10, seed / 10])
        words.set_text(str(seed))

    return figure, [words, line], move


@pytest.mark.parametrize("picture", [network_picture, curve_picture])
@pytest.mark.parametrize("ratio", [1, 1.5, 2])
def test_a_blitted_frame_is_a_full_redraw(picture, ratio):
    figure, moving, move = picture()
    blit = Blit(figure, moving)
    blit.frame(ratio)
    for seed in range(5):
        move(seed)
        frame = blit.frame(ratio).copy()
        np.testing.assert_array_equal(frame, redrawn(figure, moving))
        np.testing.assert_array_equal(frame, blit.picture(ratio))


def test_frames_differ_after_a_move_and_agree_after_moving_back():
    figure, moving, move = network_picture()
    blit = Blit(figure, moving)
    frames = []
    for seed in (1, 2, 1):
        move(seed)
        frames.append(blit.frame().copy())
    assert (frames[0] != frames[1]).any()
    np.testing.assert_array_equal(frames[0], frames[2])


def test_the_ratio_scales_the_pixels_and_not_the_size():
    figure, moving, _ = network_picture()
    blit = Blit(figure, moving)
    width, height = size_for([3, 4, 2])
    assert (blit.width, blit.height) == (width, height)
    for ratio in (1, 2, 1.25, 0.7, 1 / 3, 1):
        rows, columns, _ = blit.frame(ratio).shape
        assert columns == pytest.approx(width * ratio, abs=1)
        assert rows == pytest.approx(height * ratio, abs=1)
    assert (blit.width, blit.height) == (width, height)


def test_every_width_on_a_page_can_be_had():
    figure, moving, _ = curve_picture()
    blit = Blit(figure, moving)
    for columns in (299, 300, 301, 547, 640):
        assert blit.frame(columns / 300).shape[1] == columns


def test_what_stays_is_redrawn_on_demand():
    figure, moving, _ = curve_picture()
    blit = Blit(figure, moving)
    before = blit.frame().copy()
    figure.axes[0].set_title("another")
    np.testing.assert_array_equal(blit.frame(), before)
    blit.redraw_ground()
    assert (blit.frame() != before).any()


def test_the_projector_has_a_larger_picture():
    with style.context("projector"):
        figure = style.new_figure(300, 200)
    assert Blit(figure, []).width == 390
