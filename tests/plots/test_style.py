"""One palette, two presets, and nothing changed behind anyone's back."""

import contextlib
import io
import subprocess
import sys
import threading

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from PIL import Image

from nbhelpers import style
from nbhelpers.plots.style import PALETTE


@pytest.fixture(autouse=True)
def as_before():
    with matplotlib.rc_context(), style.context():
        yield


def test_importing_changes_no_setting():
    code = """
import sys, matplotlib
settings = lambda: {name: matplotlib.rcParams[name] for name in matplotlib.rcParams if name != "backend"}
before = settings()
import nbhelpers.plots.style, nbhelpers.plots, nbhelpers.explorers
assert settings() == before
assert "matplotlib.pyplot" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_use_changes_the_figures_made_afterwards():
    before = style.new_figure(400, 300)
    style.use("projector")
    after = style.new_figure(400, 300)
    assert style.in_use() == "projector"
    assert after.dpi == pytest.approx(1.3 * before.dpi)
    assert before.dpi == 96
    assert matplotlib.rcParams["lines.linewidth"] == style.PRESETS["projector"]["lines.linewidth"]


def test_context_puts_everything_back_also_after_an_error():
    before = dict(matplotlib.rcParams)
    with contextlib.suppress(ZeroDivisionError), style.context("projector"):
        assert style.in_use() == "projector"
        raise ZeroDivisionError
    assert style.in_use() == "screen"
    assert dict(matplotlib.rcParams) == before


def test_nobody_draws_while_the_settings_of_matplotlib_are_others():
    """A kernel may answer an explorer in another thread than the one that runs a cell."""
    got = []

    def try_to_draw():
        got.append(style.DRAWING.acquire(blocking=False))
        if got[0]:
            style.DRAWING.release()

    with style.context("projector"):
        other = threading.Thread(target=try_to_draw)
        other.start()
        other.join()
    assert got == [False]


def test_a_new_figure_has_an_agg_canvas_and_a_light_ground_and_its_size_in_css_pixels():
    figure = style.new_figure(480, 240)
    assert isinstance(figure.canvas, FigureCanvasAgg)
    figure.canvas.draw()
    assert np.asarray(figure.canvas.buffer_rgba()).shape == (240, 480, 4)
    assert luminance(figure.get_facecolor()[:3]) > 0.9


def test_a_notebook_shows_a_figure_sharp_and_at_its_size_with_the_same_bytes():
    figure = style.new_figure(480, 240)
    figure.text(0.5, 0.5, "z")
    png, about = figure._repr_png_()
    assert about == {"width": 480, "height": 240}
    assert Image.open(io.BytesIO(png)).size == (960, 480)
    assert b"matplotlib" not in png.lower()
    assert figure._repr_png_()[0] == png


def test_an_unknown_preset_is_refused_with_the_names():
    with pytest.raises(ValueError, match=r"'poster' is not a preset; choose from screen, projector"):
        style.use("poster")


def test_mixed_goes_from_one_color_to_the_other():
    assert style.mixed("positive", 1) == pytest.approx(to_rgb(PALETTE["positive"]))
    assert style.mixed("positive", 0) == pytest.approx(to_rgb(PALETTE["ground"]))


# --- can everybody see it? --------------------------------------------------------------------------------------------

# Machado, Oliveira and Fernandes 2009, complete loss of one kind of cone, in linear RGB
COLOR_BLIND = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(rgb):
    rgb = np.asarray(rgb)
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def luminance(color):
    return linear(to_rgb(color)) @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    dark, light = sorted([luminance(PALETTE[one]), luminance(PALETTE[other])])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["ink", "neutral"])
@pytest.mark.parametrize("ground", ["ground", "panel"])
def test_text_has_enough_contrast(name, ground):
    assert contrast(name, ground) >= 4.5


def test_text_can_be_read_on_a_highlight_and_on_the_strongest_tint():
    assert contrast("ink", "highlight") >= 4.5
    for hue in ("positive", "negative"):
        assert (luminance(style.mixed(hue, 0.45)) + 0.05) / (luminance(PALETTE["ink"]) + 0.05) >= 4.5


@pytest.mark.parametrize("name", ["positive", "negative", "neutral", "right"])
def test_lines_have_enough_contrast(name):
    assert contrast(name, "ground") >= 3


def lab(color, matrix):
    """CIE L*a*b* of a color as it is seen with one kind of cone missing."""
    seen = np.clip(np.array(matrix) @ linear(to_rgb(PALETTE[color])), 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ seen / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("matrix", [np.eye(3), *COLOR_BLIND.values()], ids=["all cones", *COLOR_BLIND])
@pytest.mark.parametrize(
    "pair", [("positive", "negative"), ("right", "negative"), ("first", "second"), ("second", "fifth")], ids="-".join
)
def test_colors_differ_for_everybody(matrix, pair):
    one, other = (lab(name, matrix) for name in pair)
    assert np.linalg.norm(one - other) > 20  # 2 can just be told apart side by side
