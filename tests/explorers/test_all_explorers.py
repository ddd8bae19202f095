"""What every explorer owes its readers, whichever it is: it is found by walking over `nbhelpers.explorers.__all__`."""

import contextlib
import gc
import inspect
import io
import json
import re
import tracemalloc
import weakref

import numpy as np
import pytest
from any_input import SHORT, bounded, messages
from drawn import assert_frame_is_full_redraw
from driving import coarse, say
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import _pylab_helpers
from matplotlib.legend import Legend
from matplotlib.text import Text
from PIL import Image

from nbhelpers import Layer, Network, explorers, style
from nbhelpers.explorers.kit.explorer import Explorer
from nbhelpers.explorers.kit.small_room import fitted
from nbhelpers.plots.kit.fast_text import QuickText
from nbhelpers.plots.kit.panel import FIXED_SIZE

NAMES = [name for name in explorers.__all__ if name != "Explorer"]
MOVES = 250
every_explorer = pytest.mark.parametrize("name", NAMES)


def made(name):
    """The explorer without arguments, in coarse pixels: what is tested here does not hang on them."""
    return coarse(getattr(explorers, name)())


@pytest.fixture(scope="module", params=NAMES)
def explorer(request):
    """One per module and kind, back at its start before each test."""
    explorer = made(request.param)
    yield explorer
    explorer.close()


@pytest.fixture(autouse=True)
def _no_figure_is_left():
    yield
    assert not _pylab_helpers.Gcf.figs


def a_value(control, rng):
    """A value that a control can have, at random."""
    if hasattr(control, "options"):
        return control.options[rng.integers(len(control.options))]
    if isinstance(control.value, bool):
        return bool(rng.integers(2))
    low, high = control.min, control.max
    if control.kind == "log":
        return float(min(max(10 ** rng.uniform(np.log10(low), np.log10(high)), low), high))
    if isinstance(control.value, int):
        return int(rng.integers(low, high + 1))
    return float(rng.choice([low, high, rng.uniform(low, high)]))


def has_range(control):
    """Not so a text, which belongs to the test of its own explorer."""
    return hasattr(control, "min") or isinstance(control.value, bool)


def move(explorer, rng):
    """Move one control at random: mostly one that moves in a drag, now and then one that shows something else."""
    choices = [name for name, control in explorer.controls.items() if getattr(control, "options", ())]
    numbers = [name for name, control in explorer.controls.items() if name not in choices and has_range(control)]
    names = choices if not numbers or (choices and rng.random() < 0.08) else numbers
    control = explorer.controls[str(rng.choice(names))]
    control.value = a_value(control, rng)


def pixels(explorer):
    return np.asarray(Image.open(io.BytesIO(explorer.png)))


def assert_says_something(explorer):
    picture = explorer
    assert picture.error == ""
    assert len(picture.words) > 10
    assert len(picture.alt) > 20
    assert "None" not in picture.words + picture.alt
    assert json.loads(picture.state_text) == explorer.state


# --- one at a time ----------------------------------------------------------------------------------------------------


def test_random_moves_say_something_and_raise_nothing(explorer):
    rng = np.random.default_rng(0)
    said, pictures, artists = set(), set(), []
    for k in range(MOVES):
        move(explorer, rng)
        assert_says_something(explorer)
        said.add(explorer.alt)
        pictures.add(hash(explorer.png))
        if k in (MOVES // 5, MOVES - 1):
            artists.append(count_artists(explorer))
    assert min(len(said), len(pictures)) > 20
    assert artists[1] < artists[0] + 100  # another choice may show more, but moves do not pile up


def test_a_frame_is_a_full_redraw(explorer):
    rng = np.random.default_rng(3)
    for _ in range(5):
        for _ in range(3):
            move(explorer, rng)
        assert_frame_is_full_redraw(explorer)


# width and height, and pixels per CSS pixel
ROOMS = [(320.0, 240.0, 1.0), (487.0, 333.0, 1.5), (282.0, 227.0, 2.0), (375.0, 301.0, 1.37)]


def test_a_frame_in_a_room_is_a_full_redraw(explorer):
    """Boxes that end between two pixels leave nothing behind: each panel, in rooms of odd sizes, on any screen."""
    rng = np.random.default_rng(4)
    for k, (*room, explorer.ratio) in enumerate(ROOMS):
        explorer.panel, explorer.room = k % max(1, len(explorer._blit.panels)), room
        for _ in range(2):
            move(explorer, rng)
        assert_frame_is_full_redraw(explorer)
    explorer.room, explorer.ratio = [], 0.25


def test_one_panel_fills_a_room_and_afterwards_all_is_as_it_was(explorer):
    explorer.reset()
    explorer.ratio = 1.0
    size, shown, states = (explorer.width, explorer.height), pixels(explorer), set()
    panels, places = explorer._blit.panels, places_of_axes(explorer)
    for k, panel in enumerate(panels):
        is_scrolled = any(ax.get_label() == FIXED_SIZE for ax in panel)
        for room in ([320.0, 240.0], [282.0, 227.0]):
            explorer.panel, explorer.room = k, room
            assert (explorer.width, explorer.height) == tuple(room) or is_scrolled
            with fitted(explorer.figure, panel):
                assert not cut_off(explorer.figure, panel)
        states.add(explorer.png)
    assert len(states) == len(panels)
    explorer.panel, explorer.room = 0, []
    assert (explorer.width, explorer.height) == size
    assert places_of_axes(explorer) == places  # to the last digit: turned letters are not the same pixels otherwise
    np.testing.assert_array_equal(pixels(explorer), shown)
    explorer.ratio = 0.25


LARGE = {name: float(re.search(rf"const {name} = ([\d.]+);", Explorer._esm)[1]) for name in ("LARGE", "LARGE_PAGE")}
HALF_A_SCREEN = [440.0, 225.0]  # what one panel has at 1280 x 720, with LARGE screen pixels each


def test_large_letters_are_24_pixels_high(explorer):
    """Whatever is read: words, keys, and the names of ticks, also of those that only a small room has."""
    explorer.reset()
    explorer.ratio, panels = 1.0, explorer._blit.panels
    for k, axes in enumerate(panels or [explorer.figure.axes]):
        explorer.panel, explorer.room = k, HALF_A_SCREEN if panels else []
        with explorer._blit.only_what_is_shown():
            drawn = [*(ax for ax in axes if ax.get_visible()), *explorer.figure.artists, *explorer.figure.legends]
            texts = {text for artist in drawn for text in artist.findobj(Text)}
            seen = [text for text in texts if text.get_visible() and text.get_text().strip()]
            scale = LARGE["LARGE" if panels else "LARGE_PAGE"] * 96 / 72
            assert seen or not panels
            assert not {text.get_text() for text in seen if scale * text.get_fontsize() < 24 - 1e-6}
    explorer.panel, explorer.room, explorer.ratio = 0, [], 0.25


def places_of_axes(explorer):
    return [ax.get_position().bounds for ax in explorer.figure.axes]


def cut_off(figure, panel):
    """Words and keys that reach out of the picture, or keys that lie on a heading."""
    axes = [ax for ax in panel if ax.get_visible()]
    words = [text for ax in axes for text in (*ax.texts, ax.title, *ax.get_children(), ax.xaxis.label, ax.yaxis.label)]
    words = [text for text in words if isinstance(text, Text) and text.get_visible() and text.get_text().strip()]
    boxes = {text.get_text(): text.get_window_extent() for text in words if not isinstance(text, QuickText)}
    boxes |= {label: box for ax in axes for label, box in names_of_ticks(ax).items()}
    keys = {
        str(key): key.get_window_extent()
        for key in figure.findobj(Legend)
        if key.get_visible() and key.axes in (None, *axes)
    }
    headings = [boxes[ax.get_title("left")] for ax in axes if ax.get_title("left").strip()]
    assert not [name for name, box in keys.items() if any(box.overlaps(heading) for heading in headings)]
    return [
        name for name, box in (boxes | keys).items() if box.x0 < -1 or box.x1 > figure.bbox.width + 1 or box.y0 < -1
    ]


def names_of_ticks(ax):
    """Those at the left and at the right that are drawn, and where."""
    low, high = ax.get_ylim()
    ticks = [tick for tick in ax.yaxis.get_major_ticks() if low <= tick.get_loc() <= high]
    texts = [text for tick in ticks for text in (tick.label1, tick.label2) if text.get_visible() and text.get_text()]
    return {text.get_text(): text.get_window_extent() for text in texts}


def test_the_regions_of_a_page_lie_on_it(explorer):
    for left, top in explorer.regions:
        assert 0 <= left < explorer.width
        assert 0 <= top < explorer.height
    assert len(explorer.panel_names) == max(len(explorer.regions), len(explorer._blit.panels)) > 1


def count_artists(explorer):
    return len(explorer.figure.findobj())


def test_the_same_moves_again_leave_nothing_in_memory(explorer):
    def moves():
        rng = np.random.default_rng(6)
        explorer.reset()
        for _ in range(25):
            move(explorer, rng)
        explorer.reset()
        gc.collect()

    moves()
    moves()
    tracemalloc.start()
    try:
        moves()
        before = tracemalloc.get_traced_memory()[0]
        moves()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 250_000  # in 50 moves; 500 are to stay within 5 MB


def test_the_state_goes_round(explorer):
    rng = np.random.default_rng(1)
    for _ in range(4):
        explorer.reset()
        for _ in range(5):
            move(explorer, rng)
        kept, words, shown = explorer.state, explorer.words, pixels(explorer)
        text = explorer.state_text
        for _ in range(5):
            move(explorer, rng)
        explorer._handle_custom_msg({"kind": "state", "text": text}, [])
        assert explorer.error == ""
        assert (explorer.state, explorer.words) == (kept, words)
        np.testing.assert_array_equal(pixels(explorer), shown)


def test_reset_returns_to_the_first_words_and_pixels(explorer):
    explorer.reset()
    first, words, shown = explorer.state, explorer.words, pixels(explorer)
    rng = np.random.default_rng(2)
    for _ in range(20):
        move(explorer, rng)
    explorer.reset_button.click()
    assert (explorer.state, explorer.words) == (first, words)
    np.testing.assert_array_equal(pixels(explorer), shown)


def test_a_wrong_state_changes_nothing(explorer):
    rng = np.random.default_rng(3)
    for _ in range(5):
        move(explorer, rng)
    before, words = explorer.state, explorer.words
    movable = {name: control for name, control in explorer.controls.items() if has_range(control)}
    last = list(movable)[-1]
    values = {name: a_value(control, rng) for name, control in movable.items()}
    with pytest.raises(ValueError, match=r"\w"):
        explorer.state = {**values, last: "nonsense"}
    assert (explorer.state, explorer.words) == (before, words)


@settings(max_examples=settings().max_examples // 12)  # each is several pictures
@given(st.data())
def test_a_message_of_a_page_never_breaks_an_explorer(explorer, data):
    for message in data.draw(st.lists(messages(explorer), min_size=1, max_size=4)):
        # an error that is not answered in place: no page sends that, and the kernel writes it down
        with bounded(), contextlib.suppress(KeyError, IndexError, TypeError, AttributeError):
            say(explorer, **message)
        assert explorer.answered == [message["from"][:200], message["number"]]
        assert len(explorer.error) < SHORT
    picture, state = explorer.png, explorer.state
    assert json.loads(explorer.state_text) == state
    explorer.reset()
    explorer.state = state
    assert explorer.png == picture


def test_every_control_has_a_name_to_be_heard(explorer):
    for name, control in explorer.controls.items():
        assert control.description, name
        assert control.tooltip, name
    points = [look[2] for look in explorer.handles if look]
    assert len(set(points)) == len(points)


def test_the_static_twin(explorer):
    data, about = explorer._repr_mimebundle_()
    assert data["text/plain"] == about["image/png"]["alt"] == explorer.alt
    picture = explorer
    assert Image.open(io.BytesIO(data["image/png"])).size == (2 * picture.width, 2 * picture.height)
    assert (about["image/png"]["width"], about["image/png"]["height"]) == (picture.width, picture.height)
    assert picture.width <= 1000


# --- several ----------------------------------------------------------------------------------------------------------


@every_explorer
def test_two_at_once_are_independent(name):
    one, other = made(name), made(name)
    kept, shown = other.state, other.png
    rng = np.random.default_rng(4)
    for _ in range(10):
        move(one, rng)
    assert (other.state, other.png) == (kept, shown)
    one.close()
    move(other, rng)
    assert_says_something(other)
    other.close()


@every_explorer
def test_it_is_an_explorer_and_larger_on_a_projector(name):
    with style.context("projector"):
        large = made(name)
    small = made(name)
    assert isinstance(small, Explorer)
    assert large.width == pytest.approx(1.3 * small.width, abs=1)
    assert large.words == small.words
    rng = np.random.default_rng(5)
    for _ in range(10):  # outside of the preset that it was made in
        move(large, rng)
        assert_says_something(large)
    large.close()
    small.close()


@every_explorer
def test_closing_leaves_nothing_behind(name):
    explorer = made(name)
    held = [weakref.ref(each) for each in (explorer, explorer.lesson, explorer.figure)]
    rng = np.random.default_rng(7)
    for _ in range(3):
        move(explorer, rng)
    explorer.close()
    explorer.close()  # as ipywidgets does when what was closed is forgotten
    del explorer
    gc.collect()
    assert [reference() for reference in held] == [None] * 3


# --- networks of other people -----------------------------------------------------------------------------------------

TAKE_A_NETWORK = [name for name in NAMES if "network" in inspect.signature(getattr(explorers, name)).parameters]
X, CLASSES = np.random.default_rng(0).normal(size=(3, 20)), np.arange(20) % 3


def from_sklearn():
    sklearn = pytest.importorskip("sklearn.neural_network")
    mlp = sklearn.MLPClassifier((4,), activation="tanh", random_state=0)
    return Network.from_sklearn(mlp.partial_fit(X.T, CLASSES, classes=[0, 1, 2])), np.eye(3)[:, CLASSES[:3]]


def from_torch():
    torch = pytest.importorskip("torch", reason="PyTorch is a peer, not a dependency")
    torch.manual_seed(0)
    block = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh())
    module = torch.nn.Sequential(block, torch.nn.Dropout(), torch.nn.Linear(4, 3))  # float32, and ends in logits
    return Network.from_torch(module, output="softmax"), np.eye(3)[:, CLASSES[:3]]


def in_float32_without_bias_and_with_another_cost():
    W1, W2 = (np.random.default_rng(1).normal(size=shape).astype(np.float32) for shape in ((4, 3), (1, 4)))
    layers = [Layer(W1, None, "tanh"), Layer(W2, None, "sigmoid")]
    return Network(layers, "binary_cross_entropy").with_cost("sum", l2=0.3), np.array([[1.0, 0.0, 1.0]])


def test_many_explorers_take_a_network():
    assert {"backprop", "chain", "descent", "forward", "gradient_check", "nudge", "why"} <= set(TAKE_A_NETWORK)


@pytest.mark.parametrize("given", [from_sklearn, from_torch, in_float32_without_bias_and_with_another_cost])
@pytest.mark.parametrize("name", TAKE_A_NETWORK)
def test_an_explorer_takes_the_network_of_someone_else(name, given):
    network, Y = given()
    make, known = getattr(explorers, name), {"network": network, "X": X[:, :3], "Y": Y}
    explorer = coarse(make(**{key: known[key] for key in inspect.signature(make).parameters if key in known}))
    assert explorer.words
    assert not explorer.error
    assert "nan" not in explorer.words
    if name in ("forward", "chain"):
        assert any(key.startswith("b1[") for key in explorer.lesson.places) is (
            given is not in_float32_without_bias_and_with_another_cost
        )
    explorer.close()
