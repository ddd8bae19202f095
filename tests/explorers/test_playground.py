"""The playground: picture, words and line of text agree with the run, and say exactly one run."""

import re
import sys
from itertools import pairwise

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw, assert_inside, texts_of
from driving import buttons, coarse, press, say

from nbhelpers import datasets, style
from nbhelpers.explorers import playground
from nbhelpers.explorers.playground.run import TrainingRun
from nbhelpers.explorers.playground.text import CHOICES, EXAMPLE, UNITS, as_text
from nbhelpers.explorers.playground.words import in_names_of_controls
from nbhelpers.numbers_as_text import short
from nbhelpers.plots.playground.panels import NETWORK

module = sys.modules["nbhelpers.explorers.playground.lesson"]  # its name means the function
RUN = (
    "xor noise=0.1 share=0.75 inputs=x1,x2 hidden=6-4 relu lr=0.05 batch=32 adam he l2=0.01 l1=0 dropout=0.1 seed=5 "
    "steps=33"
)
WRONG = (
    "moons noise=0.2 share=0.75 inputs=x1,x2 hidden=8 relu lr=50 batch=all descent he l2=0 l1=0 dropout=0 seed=0 "
    "steps=0"
)


@pytest.fixture(scope="module")
def kept():
    explorer = playground()
    yield explorer
    explorer.close()


@pytest.fixture
def explorer(kept):
    kept.reset()
    kept.ratio = 0.25  # quick, where it does not hang on the pixels
    return kept


def paste(explorer, text):
    say(explorer, kind="press", **place_of(explorer, "run"), text=text)


def place_of(explorer, entry):
    """Where a line of text stands, as the page says it."""
    for group, (_, controls) in enumerate(explorer.groups):
        for place, (_, look) in enumerate(controls):
            if look["kind"] == "entry" and look["description"] == entry:
                return {"group": group, "place": place}
    raise LookupError(entry)


def beat(explorer):
    """What the page says an interval after the last beat was answered."""
    explorer._handle_custom_msg({"kind": "beat"}, [])


def play(explorer):
    explorer.lesson.player.click()


def button(explorer, name):
    buttons(explorer)[name].click()


def assert_agrees(explorer):
    """Picture, words and alternative text are those of the state alone."""
    state, panels, picture = explorer.state, explorer.lesson.panels, explorer
    run = TrainingRun(state)
    run.go_to(state["steps"])
    look = run.look()
    now = look.now
    assert picture.error == ""
    assert explorer.lesson.field.text == as_text(state)
    for number in (now.cost, now.validation_cost):
        assert short(number) in explorer.words
        assert explorer.words in picture.alt
    shares = [int(share) for share in re.findall(r"\((\d+) of \d+ right", explorer.words)]
    parts = [(run.training, now.accuracy), (run.held_out, now.validation_accuracy)]
    assert shares == [round(data.d * share) for data, share in parts if share is not None]
    ends = panels.ends.get_xydata()
    np.testing.assert_allclose(ends[:, 0], now.steps / run.updates)
    costs = [cost for cost in (now.cost, now.validation_cost) if cost <= panels.curves.ax.get_ylim()[1]]
    np.testing.assert_allclose(ends[:, 1], costs)
    assert_bars_agree(panels, now)
    assert_thumbnails_agree(panels, run, look.network)
    if state["look at"] == "output" and run.training.classes and not state["rounded"]:
        assert_regions_agree(panels.plane.regions, run, look.network)


def assert_bars_agree(panels, now):
    low, high = panels.gradients.ax.get_xlim()
    ends = [path.vertices[:, 0].max() for path in panels.gradients.bars.get_paths()]
    np.testing.assert_allclose(ends, np.clip(now.gradient_norm, low, high))
    words = [text.get_text() for text in panels.gradients.words if text.get_text()]
    assert words == [short(size) for size in now.gradient_norm]
    middle = panels.activations.marks.get_xdata()[::3]
    np.testing.assert_allclose(middle, now.activation_mean)


def assert_thumbnails_agree(panels, run, network):
    """Each unit has its little plane, blue where it is above the middle of its range; each weight its edge."""
    picture = panels.network
    assert [len(centers) for centers in picture.centers] == run.sizes
    if network is None:
        assert picture.thumbnails.colors == []
        return
    A = network.forward(run.inputs(panels.grid)).A
    assert [len(layer) for layer in picture.thumbnails.colors] == run.sizes
    for l, (values, colors) in enumerate(zip(A, picture.thumbnails.colors, strict=True)):
        if l == network.L and run.training.task == "classes":
            continue  # a hue for each class
        f = network.layers[l - 1].activation.name if l else "linear"
        values = values.reshape(-1, 60, 60)[:, 1::3, 1::3] - 0.5 * (f == "sigmoid")
        largest = np.abs(values).max(axis=(1, 2), keepdims=True) + 1e-9
        if f in ("sigmoid", "tanh") or l == network.L:
            largest = panels.plane.limit if f == "linear" else 1.0
        clear = np.abs(values) > 0.1 * largest
        bluer = colors[..., 2].astype(int) - colors[..., 0]
        assert (np.sign(bluer)[clear] == np.sign(values)[clear]).all()
    weights = np.concatenate([W.ravel() for W in network.W[1:]])
    assert [len(edges.get_segments()) for edges in picture.edges] == [(weights > 0).sum(), (weights < 0).sum()]
    widths = picture.edges[0].get_linewidths()
    order = np.argsort(weights[weights > 0])
    assert (np.diff(np.array(widths)[order]) >= 0).all()


def assert_regions_agree(regions, run, network):
    if network is None:
        return
    P = network.predict(run.inputs(regions.grid))
    P = np.concatenate([1 - P, P]) if len(P) == 1 else P
    first, second = np.sort(P, axis=0)[[-1, -2]]
    paleness = 1 - np.asarray(regions.image.get_array())[..., :3].min(axis=2).ravel() / 255
    assert (paleness[first - second > 0.5] > 0.15).all()
    assert (paleness[first - second < 0.02] < 0.02).all()


# --- at the start -----------------------------------------------------------------------------------------------------


def test_it_begins_before_the_first_step(explorer):
    assert explorer.words.startswith("Before the first step: cost 0.7")
    assert explorer.lesson.field.text == (
        "moons noise=0.2 share=0.75 inputs=x1,x2 hidden=8-8 tanh lr=0.3 batch=16 descent xavier l2=0 l1=0 dropout=0 "
        "seed=0 steps=0"
    )
    assert explorer.alt.startswith(
        "A 2-8-8-1 network with tanh, given x₁, x₂, each unit a small plane. Decision regions"
    )
    assert_agrees(explorer)


def test_it_begins_with_the_run_that_is_passed_in():
    explorer = playground(RUN)
    assert explorer.lesson.field.text == RUN
    assert explorer.words.startswith("Step 33, epoch 6.6: ")
    button(explorer, "To start")
    explorer.reset()
    assert explorer.lesson.field.text == RUN
    assert_agrees(explorer)
    explorer.close()


@pytest.mark.parametrize("run", ["", RUN.replace("noise=0.1", "noise=0.9"), RUN.replace("=33", "=50001")])
def test_a_wrong_beginning_is_said(run):
    with pytest.raises(ValueError, match=r"says nothing|noise goes from 0 to 0\.5|steps goes from 0 to 50000"):
        playground(run)


def test_a_part_of_a_run_is_enough_and_the_rest_is_as_usual():
    usual = playground()
    explorer = playground("xor lr=0.05")
    assert explorer.state == {**usual.state, "data": "xor", "η": 0.05}
    explorer.lesson.field.enter("relu hidden=3")
    given = {"activation": "relu", "layers": 1, "units 1": 3, "weight": "W2[1,1]"}
    assert explorer.state == {**usual.state, "data": "xor", "η": 0.05, **given}
    with pytest.raises(ValueError, match=r"noise goes from 0 to 0\.5"):
        explorer.act(explorer.lesson._take_text, "circles noise=7")
    assert explorer.state["data"] == "xor"
    for each in (usual, explorer):
        each.close()


# --- moving -----------------------------------------------------------------------------------------------------------


def test_buttons_and_keys_make_steps_and_epochs(explorer):
    button(explorer, "Step")
    assert explorer.words.startswith("Step 1, epoch 0.1: ")
    assert_agrees(explorer)
    press(explorer, "ArrowRight", "PageDown")
    assert explorer.state["steps"] == 10
    button(explorer, "Epoch")
    assert explorer.words.startswith("Step 20, epoch 2: ")
    assert_agrees(explorer)
    press(explorer, "Home")
    assert explorer.state["steps"] == 0
    assert_agrees(explorer)


def test_every_control_over_its_ends_and_middle(explorer):
    for name, control in explorer.lesson.controls.items():
        if control.kind in ("", "select") and name in ("own", "edits", "steps", "look at", "weight"):
            continue
        explorer.reset()
        explorer.state = {"layers": 4 if name in UNITS else 2}
        for value in values_of(control):
            control.value = value
            explorer.state = {"steps": 7}
            assert explorer.state[name] == value
            assert_agrees(explorer)


def values_of(control):
    if hasattr(control, "options"):
        return control.options
    if isinstance(control.value, bool):
        return False, True
    if control.kind == "log":
        return control.min, 1.0, control.max
    middle = (control.min + control.max) / 2
    return control.min, type(control.value)(middle), control.max


def test_a_change_begins_again_from_the_seed(explorer):
    explorer.state = {"steps": 25}
    explorer.controls["noise"].value = 0.3
    assert explorer.state["steps"] == 0
    explorer.state = {"steps": 25}
    explorer.controls["optimizer"].value = "adam"
    assert explorer.words.startswith("Before the first step")
    assert_agrees(explorer)


def test_random_moves(explorer):
    rng = np.random.default_rng(0)
    names, artists = [name for name in explorer.controls if name not in ("own", "edits", "steps")], []
    for k in range(100):  # 500 without steps are made in test_all_explorers.py
        control = explorer.controls[names[rng.integers(len(names))]]
        values = values_of(control)
        control.value = values[rng.integers(len(values))]
        if k % 2 == 0:
            explorer.state = {"steps": int(rng.integers(12))}
        assert explorer.error == ""
        if k % 10 == 0:
            assert_agrees(explorer)
            artists.append(len(explorer.figure.findobj()))
    assert max(artists) < artists[0] + 60


def test_units_of_layers_that_are_not_there_can_not_be_moved(explorer):
    for layers in (0, 3, 4, 2):
        explorer.controls["layers"].value = layers
        disabled = [explorer.controls[f"units {l}"].disabled for l in (1, 2, 3, 4)]
        assert disabled == [l > layers for l in (1, 2, 3, 4)]
        names = [text.get_text() for text in explorer.lesson.panels.gradients.names if text.get_text()]
        assert names == [*(f"layer {l}" for l in range(1, layers + 1)), "output"]


# --- playing ----------------------------------------------------------------------------------------------------------


def test_it_plays_an_epoch_a_frame_and_goes_on_after_a_change(explorer):
    play(explorer)
    assert explorer.lesson.field.text.endswith("seed=0 steps=…")
    beat(explorer)
    assert explorer.state["steps"] == 10
    beat(explorer)
    assert explorer.state["steps"] == 20
    explorer.controls["seed"].value = 3
    assert explorer.playing
    assert explorer.state["steps"] == 0
    assert explorer.lesson.field.text.endswith("seed=3 steps=…")
    beat(explorer)
    play(explorer)
    assert not explorer.playing
    assert explorer.lesson.field.text.endswith("seed=3 steps=10")
    assert_agrees(explorer)


@pytest.mark.parametrize(
    ("pace", "first", "second"), [("1 step", 14, 15), ("3 epochs", 40, 70), ("30 epochs", 310, 610)]
)
def test_so_much_is_trained_in_a_frame_whatever_the_machine(explorer, pace, first, second):
    explorer.state = {"a frame": pace, "steps": 13}
    play(explorer)
    for steps in (first, second):
        beat(explorer)
        assert explorer.state["steps"] == steps
    play(explorer)


def test_a_frame_of_many_updates_is_cut_short(explorer):
    explorer.state = {"a frame": "30 epochs", "batch": "1"}
    play(explorer)
    beat(explorer)
    assert explorer.state["steps"] == module.MOST_WORK // 3
    play(explorer)


def test_what_was_played_is_what_its_text_says(explorer):
    explorer.state = {"batch": "1", "layers": 4}
    play(explorer)
    for _ in range(4):
        beat(explorer)
    play(explorer)
    png, text = explorer.png, explorer.lesson.field.text
    assert explorer.state["steps"] > 0
    explorer.reset()
    paste(explorer, text)
    assert explorer.png == png
    assert_agrees(explorer)


@pytest.mark.parametrize("run", [WRONG, WRONG.replace("batch=all", "batch=1").replace("relu", "linear")])
def test_it_stops_where_the_training_goes_wrong_and_says_so(explorer, run):
    paste(explorer, run)
    play(explorer)
    for _ in range(60):
        beat(explorer)
        if not explorer.playing:
            break
    assert not explorer.playing
    finding = explorer.lesson._run.trainer.findings[0]
    assert finding.kind in ("diverged", "not finite")
    assert (
        finding.message[1:].replace("a learning rate of", "η =").replace("e+0", "e").replace("e+", "e")
        in explorer.words
    )
    assert "try η = " in explorer.words
    assert "all panels show the last good one" in explorer.words
    assert_agrees(explorer)
    png, text = explorer.png, explorer.lesson.field.text
    explorer.reset()
    paste(explorer, text)
    assert explorer.png == png
    play(explorer)
    beat(explorer)  # from the end it begins again
    assert explorer.state["steps"] == 0
    play(explorer)


def test_a_step_to_numbers_too_large_for_a_float_is_said(explorer):
    paste(explorer, "moons noise=0.2 hidden=5-3 linear lr=10 batch=1 descent xavier l2=0.01 dropout=0 seed=3 steps=0")
    explorer.state = {"steps": 1000}
    last = explorer.lesson._run.steps
    assert explorer.words.startswith(
        f"Stopped at step {last}; all panels show the last good one. Before the first step: cost "
    )
    explorer.state = {"steps": last - 1}
    assert explorer.words.startswith(f"Step {last - 1}, epoch 0.1: the weights are so large now")
    assert explorer.lesson.panels.plane.regions.boundary.get_xdata() == []
    button(explorer, "Step")
    assert "became too large for a float" in explorer.words
    assert_agrees(explorer)


def test_it_stops_at_the_last_step(explorer, monkeypatch):
    monkeypatch.setattr(module, "MOST_STEPS", 203)
    explorer.state = {"steps": 200}
    play(explorer)
    beat(explorer)
    assert explorer.state["steps"] == 203
    assert not explorer.playing
    button(explorer, "Step")
    assert explorer.state["steps"] == 203


def test_findings_are_told_in_the_words_of_the_training(explorer):
    explorer.state = {"weights": "zeros", "steps": 20}
    worst, *others = explorer.lesson._run.trainer.findings
    assert "(weights: xavier or he)" in explorer.words
    assert "It says the same everywhere, 0.500." in explorer.words
    assert worst.message[1:40] in explorer.words
    assert f"Also: {others[0].kind} (layer {others[0].layer})" in explorer.words
    explorer.state = {"weights": "xavier", "L2": 0.05, "steps": 20}
    assert "With the penalty of " in explorer.words
    explorer.state = {"L2": 0.0, "data": "circles", "η": 1.0, "steps": 2000}
    best = min(explorer.lesson._run.look().records, key=lambda record: record.validation_cost)
    assert f"The validation cost was lowest, {short(best.validation_cost)}, at epoch {best.epochs}." in explorer.words


# --- what is seen -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "words", "never"),
    [
        (
            "hidden=8-8-8-8 tanh xavier dropout=0.8 l2=0.1 batch=all steps=100",
            "First train without dropout = 0.8 and L2 = 0.1: they hold the network back.",
            "xavier",
        ),
        (
            "hidden=8-8-8-8 tanh xavier dropout=0.8 l2=0.1 l1=0.01 batch=all steps=100",
            "First train without dropout = 0.8, L2 = 0.1 and L1 = 0.01: they hold the network back.",
            "and L2",
        ),
        ("hidden=8-8-8-8 tanh xavier l1=0.1 lr=0.03 batch=all steps=300", "L1 = 0.1: it holds", "they hold"),
        (
            "blobs hidden=16-16-16-16 relu he dropout=0.8 l2=0.1 lr=0.01 adam steps=200",
            "First train without dropout = 0.8 and L2 = 0.1. If they die all the same, the step is too large: try η = ",
            "thrown",
        ),
        ("hidden=8-8-8-8 tanh normal lr=0.1 steps=0", "weights: xavier", "scheme"),
        ("hidden=16 relu he lr=30 batch=all steps=3 seed=1", "η", "learning rate"),
    ],
)
def test_advice_looks_at_the_settings_and_uses_the_names_of_the_controls(explorer, run, words, never):
    paste(explorer, run)
    assert explorer.lesson._run.look().findings
    assert words in explorer.words
    assert never not in explorer.words


def test_it_is_not_advised_to_set_what_is_set():
    dead = 'layer 1: 60% of its ReLU units give 0. Begin with scheme="he" and standardized inputs.'
    words = in_names_of_controls(dead, {"activation": "relu", "weights": "he"})
    assert words.endswith("give 0. The weights begin as is best: use fewer layers, or a smaller η.")
    assert in_names_of_controls(dead, {"activation": "relu", "weights": "zeros"}).endswith(
        "Begin with weights: he and standardized inputs."
    )


def test_numbers_in_advice_are_written_as_in_the_picture():
    said = in_names_of_controls("the signal is 6e-07 of 1.73e+06", {"activation": "tanh", "weights": "he"})
    assert said == "the signal is 6e−7 of 1.73e6"


def test_the_picture_says_which_color_is_above_0_and_no_weight_covers_it(explorer):
    """Also on a phone, where the name of the last weight of a large layer takes most of the line."""
    paste(explorer, "hidden=16-16 steps=3")
    explorer.state, explorer.ratio = {"look at": "a⁽²⁾₁₆", "weight": "W2[16,16]"}, 1.0
    picture = explorer.lesson.panels.network
    key = [text for text in picture.ax.texts if text.get_text() in ("blue +", "orange −")]
    assert len(key) == 2
    for room in ([], [350.0, 300.0], [282.0, 227.0]):
        explorer.room = room
        plate = picture._plate.get_window_extent()
        left, right = (text.get_window_extent() for text in key)
        assert 0 <= left.x0 < left.x1 < plate.x0
        assert plate.x1 < right.x0 < right.x1 <= explorer.figure.bbox.width
    explorer.room, explorer.ratio = [], 0.25
    positive, negative = picture.thumbnails.colors[0][0][10, [-1, 0], :3].astype(
        int
    )  # of x₁: at the right, at the left
    assert positive[2] > positive[0]
    assert negative[0] > negative[2]


def test_the_names_of_layers_do_not_run_into_each_other(explorer):
    paste(explorer, "hidden=3-3-3-3")
    captions = explorer.lesson.panels.network._captions
    explorer.ratio = 1.0
    for room, names in (
        ([], "inputs layer 1 layer 2 layer 3 layer 4 output"),
        ([300.0, 227.0], "inputs 1 2 3 4 output"),
    ):
        explorer.room = room
        assert " ".join(text.get_text() for text in captions) == names
        boxes = [text.get_window_extent() for text in captions]
        assert all(one.x1 + 3 < other.x0 for one, other in pairwise(boxes))
    explorer.room, explorer.ratio = [], 0.25


def test_after_divergence_every_panel_shows_the_same_network(explorer):
    paste(explorer, WRONG.replace("steps=0", "steps=60"))
    run = explorer.lesson._run
    look = run.look()
    assert run.is_over
    assert look.now.steps < look.records[-1].steps
    start = TrainingRun({**explorer.state, "steps": 0})
    start.go_to(look.now.steps)
    assert repr(start.look().now) == repr(look.now)
    for name, value in start.look().network.parameters.items():
        np.testing.assert_array_equal(look.network.parameters[name], value)
    assert_agrees(explorer)


def test_a_unit_is_looked_at_large(explorer):
    explorer.state = {"data": "blobs", "x₁x₂": True, "steps": 50}
    regions, heading = explorer.lesson.panels.plane.regions, explorer.lesson.panels.plane.ax
    network, run = explorer.lesson._network, explorer.lesson._run
    forward = network.forward(run.inputs(regions.grid))
    for name, l, j in (("a⁽²⁾₃", 2, 2), ("x₁x₂", 0, 2), ("ŷ₂", 3, 1)):
        explorer.controls["look at"].value = name
        assert heading.get_title("left") == f"{name} over the plane"
        values = forward.A[l][j] - (0.5 if l == 3 else 0)
        pixels = np.asarray(regions.image.get_array())[..., :3].astype(int).reshape(-1, 3)
        clear = np.abs(values) > 0.05 * np.abs(values).max()
        assert (np.sign(pixels[:, 2] - pixels[:, 0])[clear] == np.sign(values)[clear]).all()
        assert f"{name} over the plane" in explorer.alt
        assert_agrees(explorer)
    assert explorer.controls["weight"].options == [*(f"W3[2,{i}]" for i in range(1, 9)), "b3[2]"]
    explorer.controls["layers"].value = 1
    assert explorer.state["look at"] == "ŷ₂"  # still there
    explorer.controls["data"].value = "moons"
    assert explorer.state["look at"] == "output"


def test_a_click_on_a_unit_or_an_edge_looks_at_it(explorer):
    picture = explorer.lesson.panels.network
    left, top, *_ = NETWORK
    for l, j, name in ((1, 4, "a⁽¹⁾₅"), (0, 1, "x₂"), (3, 0, "output")):
        x, y = picture.centers[l][j] + [left, top]
        say(explorer, kind="click", x=float(x), y=float(y))
        assert explorer.state["look at"] == name
    assert explorer.state["weight"] == "W3[1,1]"
    begin, end = picture.centers[0][0], picture.centers[1][0]
    x, y = 0.4 * begin + 0.6 * end + [left, top]
    say(explorer, kind="click", x=float(x), y=float(y))
    assert (explorer.state["look at"], explorer.state["weight"]) == ("a⁽¹⁾₁", "W1[1,1]")
    assert picture.value.get_text() == f"W1[1,1] = {short(explorer.lesson.marked)}"
    say(explorer, kind="click", x=700.0, y=200.0)
    assert explorer.state["weight"] == "W1[1,1]"


def test_held_out_points_can_be_hidden_and_the_output_rounded(explorer):
    regions = explorer.lesson.panels.plane.regions
    assert sum(len(line.get_xdata()) for line in regions.held_out) == 50
    explorer.controls["held out"].value = False
    assert sum(len(line.get_xdata()) for line in regions.held_out) == 0
    assert [text.get_text() for text in regions.ax.get_legend().get_texts()] == ["upper", "lower"]
    assert_frame_is_full_redraw(explorer)
    assert len(np.unique(np.asarray(regions.image.get_array()).reshape(-1, 4), axis=0)) > 50
    explorer.controls["rounded"].value = True
    assert len(np.unique(np.asarray(regions.image.get_array()).reshape(-1, 4), axis=0)) == 2
    explorer.state = {"data": "blobs", "steps": 30}
    assert len(np.unique(np.asarray(regions.image.get_array()).reshape(-1, 4), axis=0)) <= 3


def test_a_regression_shows_heights(explorer):
    explorer.state = {"data": "hills", "noise": 0.0, "training": 0.5, "steps": 40}
    panels, run = explorer.lesson.panels, explorer.lesson._run
    counts = [len(artist.get_offsets()) for artist in panels.plane.heights]
    y = [run.training.Y[0], run.held_out.Y[0]]
    assert counts == [(y[0] >= 0).sum(), (y[0] < 0).sum(), (y[1] >= 0).sum(), (y[1] < 0).sum()]
    assert "right" not in explorer.words
    assert "Predicted heights" in explorer.alt
    Y_hat = explorer.lesson._network.predict(run.inputs(panels.grid))[0]
    pixels = np.asarray(panels.plane.regions.image.get_array())[..., :3].astype(int).reshape(-1, 3)
    clear = np.abs(Y_hat) > 0.1
    assert (np.sign(pixels[:, 2] - pixels[:, 0])[clear] == np.sign(Y_hat)[clear]).all()
    assert_agrees(explorer)
    assert_frame_is_full_redraw(explorer)


# --- weights by hand, and points of one's own -------------------------------------------------------------------------


def enter(explorer, entry, text):
    say(explorer, kind="press", **place_of(explorer, entry), text=text)


def test_a_weight_is_set_by_hand(explorer):
    explorer.state = {"steps": 20, "look at": "a⁽¹⁾₂", "weight": "W1[2,1]"}
    before = explorer.lesson._network.W[1][1, 0]
    assert explorer.lesson.value_field.text == f"{before:.6g}".replace("-", "−")
    enter(explorer, "set to", "−1.5")
    assert explorer.lesson._network.W[1][1, 0] == -1.5
    assert explorer.lesson.value_field.text == "−1.5"
    assert "W1[2,1] = −1.5 at step 20 was set by hand." in explorer.words
    button(explorer, "+0.1")
    assert explorer.lesson._network.W[1][1, 0] == -1.4
    assert_agrees(explorer)
    explorer.state = {"weight": "b1[2]"}
    enter(explorer, "set to", "2")
    button(explorer, "Epoch")
    text, png, words = explorer.lesson.field.text, explorer.png, explorer.words
    assert " set=20:W1[2,1]=-1.4;20:b1[2]=2 steps=30" in text
    assert "the last of 2 that were set by hand" in words
    look = {name: explorer.state[name] for name in ("look at", "weight")}
    explorer.reset()
    paste(explorer, text)
    explorer.state = look
    assert (explorer.png, explorer.words) == (png, words)
    button(explorer, "To start")
    assert explorer.state["edits"] == ""
    assert " set=" not in explorer.lesson.field.text


@pytest.mark.parametrize(
    ("text", "words"),
    [("much", "a weight needs a number"), ("1e9", "a weight can be set from −100 to 100"), ("", "number")],
)
def test_a_weight_that_can_not_be_set_changes_nothing(explorer, text, words):
    explorer.state = {"steps": 20}
    before, png = explorer.state, explorer.png
    enter(explorer, "set to", text)
    assert words in explorer.error
    assert (explorer.state, explorer.png) == (before, png)
    explorer.controls["look at"].value = "x₁"
    assert "weight" not in [name for _, controls in explorer.groups for name, _ in controls]
    enter(explorer, "set to", "1")
    assert "an input has no weight of its own" in explorer.error


def test_no_weight_is_set_where_the_training_has_stopped(explorer):
    paste(explorer, WRONG.replace("steps=0", "steps=60"))
    enter(explorer, "set to", "1")
    assert "the training has stopped" in explorer.error
    assert explorer.state["edits"] == ""


POINTS = "x1,x2,y " + " ".join(f"{k % 7},{k % 5},{int(k % 7 > k % 5)}" for k in range(40))


def test_points_are_pasted(explorer):
    assert "own" not in explorer.controls["data"].options
    enter(explorer, "points", POINTS)
    assert explorer.error == ""
    assert (explorer.state["data"], explorer.controls["data"].options[-1]) == ("own", "own")
    assert explorer.controls["noise"].disabled
    assert explorer.lesson._run.training.d == 30
    assert explorer.lesson.field.text.startswith("own noise=0.2 share=0.75 ")
    explorer.state = {"steps": 30}
    assert_agrees(explorer)
    state, png = explorer.state, explorer.png
    explorer.reset()
    assert "own" not in explorer.controls["data"].options
    explorer.state = state
    assert explorer.png == png
    enter(explorer, "points", "1 2 3 4")
    assert "4 numbers make no points" in explorer.error
    assert (explorer.state, explorer.png) == (state, png)
    enter(explorer, "points", "1 " * 30_000)
    assert "only a text of at most" in explorer.error


def test_it_begins_with_data_of_ones_own():
    X = np.random.default_rng(0).normal(size=(2, 60))
    explorer = playground("hidden=3 steps=20", data=(X, X[0] - 2 * X[1]))
    assert (explorer.state["data"], explorer.lesson._run.training.task) == ("own", "regression")
    assert_agrees(explorer)
    explorer.controls["seed"].value = 5
    explorer.reset()
    assert explorer.state["data"] == "own"
    explorer.close()
    iris = playground(data=datasets.moons(50))
    assert iris.lesson._run.training.classes == ("0", "1")
    iris.close()
    with pytest.raises(ValueError, match=r"X is \(3, 60\), expected \(2, d\)"):
        playground(data=(np.ones((3, 60)), X[0]))


# --- the line of text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", [RUN, EXAMPLE, WRONG.replace("steps=0", "steps=70"), EXAMPLE.replace("8-8", "none")])
def test_a_pasted_run_is_the_same_picture_to_the_last_byte(explorer, run):
    other = coarse(playground())
    other.controls["seed"].value = 9
    paste(explorer, run)
    assert explorer.lesson.field.text == run
    paste(other, explorer.lesson.field.text)
    assert (other.png, other.words) == (explorer.png, explorer.words)
    assert_agrees(explorer)
    other.close()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("xor", "or", "“or” is not part of a run"),
        ("noise=0.1", "noise=0.6", "noise goes from 0 to 0.5; 0.6 lies outside"),
        ("hidden=6-4", "hidden=6-99", "units 2 goes from 1 to 16; 99 lies outside"),
        ("batch=32", "batch=33", "batch cannot be '33'"),
        ("steps=33", "steps=99999", "steps goes from 0 to 50000; 99999 lies outside"),
        ("share=0.75", "share=1", "training goes from 0.1 to 0.9; 1 lies outside"),
        ("steps=33", "set=3:W9[1,1]=1", "set=3:W9[1,1]=1: a 2-6-4-1 network has no W9[1,1]"),
        ("xor", "own", "this run is about points of someone's own, and there are none here"),
    ],
)
def test_a_wrong_text_changes_nothing_and_says_why(explorer, old, new, message):
    explorer.state = {"steps": 5, "seed": 4}
    before, png, words = explorer.state, explorer.png, explorer.words
    paste(explorer, RUN.replace(old, new))
    assert message in explorer.error
    assert (explorer.state, explorer.png, explorer.words) == (before, png, words)
    paste(explorer, RUN)
    assert explorer.error == ""
    assert_agrees(explorer)


def test_a_long_run_is_made_in_steps_between_which_the_page_is_alive(explorer):
    run = RUN.replace("steps=33", "steps=700")
    seen = []
    explorer._handle_custom_msg({"kind": "press", **place_of(explorer, "run"), "text": run}, [])
    while explorer.unfinished:
        assert explorer.words.startswith("On the way to step 700. Step ")
        seen.append(explorer.lesson._run.steps)
        explorer._handle_custom_msg({"kind": "more"}, [])
    assert seen == [300, 600]
    assert explorer.lesson.field.text == run
    assert_agrees(explorer)
    explorer._handle_custom_msg({"kind": "key", "key": "Home"}, [])
    assert (explorer.state["steps"], explorer.unfinished) == (0, False)


def test_words_in_another_order_are_put_right(explorer):
    paste(explorer, "  ".join(reversed(RUN.split())))
    assert explorer.lesson.field.text == RUN
    assert_agrees(explorer)


# --- the picture ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", CHOICES["data"])
def test_a_frame_is_a_full_redraw(explorer, data):
    explorer.ratio = 1.0
    for values in ({"data": data, "layers": 4}, {"steps": 90}, {"layers": 1, "L2": 0.02, "steps": 11}):
        explorer.state = values
        assert_frame_is_full_redraw(explorer)


@pytest.mark.parametrize("run", [RUN, WRONG.replace("steps=0", "steps=9"), RUN.replace("relu", "sigmoid")])
def test_no_words_are_cut_off(explorer, run):
    explorer.ratio = 1.0
    paste(explorer, run.replace("6-4", "6-4-3-2").replace("he", "normal"))
    panels = explorer.lesson.panels
    artists = [*panels.gradients.words, *panels.activations.words, *panels.curves.names.moving, *panels.ticks.across]
    assert_inside(explorer.figure, [artist for artist in artists if artist.get_text()])


def test_on_a_projector_it_says_the_same():
    with style.context("projector"):
        large = playground(RUN)
    small = playground(RUN)
    assert large.width > 1.25 * small.width
    assert texts_of(large.figure) == texts_of(small.figure)
    large.close()
    small.close()
