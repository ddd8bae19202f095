"""The playground: picture, words and line of text agree with the run, and say exactly one run."""

import re
import sys

import numpy as np
import pytest
from drawn import assert_frame_is_full_redraw, assert_inside, texts_of
from driving import buttons, press, say

from nbhelpers import style
from nbhelpers.explorers import playground
from nbhelpers.explorers.playground.run import TrainingRun
from nbhelpers.explorers.playground.text import CHOICES, EXAMPLE, as_text
from nbhelpers.numbers_as_text import short

module = sys.modules["nbhelpers.explorers.playground.lesson"]  # its name means the function
RUN = "xor noise=0.1 hidden=6-4 relu lr=0.05 batch=32 adam he l2=0.01 dropout=0.1 seed=5 steps=33"
WRONG = "moons noise=0.2 hidden=8 relu lr=50 batch=all descent he l2=0 dropout=0 seed=0 steps=0"


@pytest.fixture(scope="module")
def kept():
    explorer = playground()
    yield explorer
    explorer.close()


@pytest.fixture
def explorer(kept):
    kept.reset()
    kept.ratio = 1.0
    return kept


def paste(explorer, text):
    place = [name for name, _ in explorer.groups[0][1]].index("", 4)
    say(explorer, kind="press", group=0, place=place, text=text)


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
    assert shares == [round(150 * now.accuracy), round(50 * now.validation_accuracy)]
    ends = panels.ends.get_xydata()
    np.testing.assert_allclose(ends[:, 0], now.steps / run.updates)
    costs = [cost for cost in (now.cost, now.validation_cost) if cost <= panels.curves.ax.get_ylim()[1]]
    np.testing.assert_allclose(ends[:, 1], costs)
    assert_bars_agree(panels, now)
    assert_regions_agree(panels.regions, look.network)


def assert_bars_agree(panels, now):
    low, high = panels.gradients.ax.get_xlim()
    ends = [path.vertices[:, 0].max() for path in panels.gradients.bars.get_paths()]
    np.testing.assert_allclose(ends, np.clip(now.gradient_norm, low, high))
    words = [text.get_text() for text in panels.gradients.words if text.get_text()]
    assert words == [short(size) for size in now.gradient_norm]
    middle = panels.activations.marks.get_xdata()[::3]
    np.testing.assert_allclose(middle, now.activation_mean)


def assert_regions_agree(regions, network):
    if network is None:
        return
    P = network.predict(regions.grid)
    P = np.concatenate([1 - P, P]) if len(P) == 1 else P
    first, second = np.sort(P, axis=0)[[-1, -2]]
    paleness = 1 - np.asarray(regions.image.get_array())[..., :3].min(axis=2).ravel() / 255
    assert (paleness[first - second > 0.5] > 0.15).all()
    assert (paleness[first - second < 0.02] < 0.02).all()


# --- at the start -----------------------------------------------------------------------------------------------------


def test_it_begins_before_the_first_step(explorer):
    assert explorer.words.startswith("Before the first step: cost 0.7")
    assert explorer.lesson.field.text == (
        "moons noise=0.2 hidden=8-8 tanh lr=0.3 batch=16 descent xavier l2=0 dropout=0 seed=0 steps=0"
    )
    assert "Decision regions of a 2-8-8-1 network with tanh on moons" in explorer.alt
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


@pytest.mark.parametrize("run", ["", RUN.replace("noise=0.1", "noise=0.9"), RUN.replace("33", "10001")])
def test_a_wrong_beginning_is_said(run):
    with pytest.raises(ValueError, match=r"says nothing|noise goes from 0 to 0\.5|steps goes from 0 to 10000"):
        playground(run)


def test_a_part_of_a_run_is_enough_and_the_rest_is_as_usual():
    usual = playground()
    explorer = playground("xor lr=0.05")
    assert explorer.state == {**usual.state, "data": "xor", "η": 0.05}
    explorer.lesson.field.enter("relu hidden=3")
    assert explorer.state == {**usual.state, "data": "xor", "η": 0.05, "activation": "relu", "layers": 1, "units 1": 3}
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
    for name, control in explorer.lesson.settings.items():
        explorer.reset()
        explorer.state = {"layers": 4}
        for value in values_of(control):
            control.value = value
            explorer.state = {"steps": 7}
            assert explorer.state[name] == value
            assert_agrees(explorer)


def values_of(control):
    if hasattr(control, "options"):
        return control.options
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
    explorer.ratio = 0.25
    rng = np.random.default_rng(0)
    names, artists = list(explorer.lesson.settings), []
    for k in range(150):  # 500 without steps are made in test_all_explorers.py
        control = explorer.controls[names[rng.integers(len(names))]]
        control.value = rng.choice(values_of(control)).item()
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


def test_it_plays_an_epoch_a_frame_at_first_and_goes_on_after_a_change(explorer):
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
    assert finding.message[1:] in explorer.words
    assert "try a learning rate of" in explorer.words
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
    assert explorer.words.startswith(f"Stopped at step {last}. Before the first step: cost ")
    explorer.state = {"steps": last - 1}
    assert explorer.words.startswith(f"Step {last - 1}, epoch 0.1: the weights are so large now")
    assert explorer.lesson.panels.regions.boundary.get_xdata() == []
    button(explorer, "Step")
    assert "became too large for a float" in explorer.words
    assert_agrees(explorer)


def test_it_stops_at_the_last_step(explorer):
    explorer.state = {"steps": module.MOST_STEPS - 3}
    play(explorer)
    beat(explorer)
    assert explorer.state["steps"] == module.MOST_STEPS
    assert not explorer.playing
    button(explorer, "Step")
    assert explorer.state["steps"] == module.MOST_STEPS


def test_findings_are_told_in_the_words_of_the_training(explorer):
    explorer.state = {"weights": "zeros", "steps": 20}
    worst, *others = explorer.lesson._run.trainer.findings
    assert worst.message[1:] in explorer.words
    assert f"Also: {others[0].kind} (layer {others[0].layer})" in explorer.words
    explorer.state = {"weights": "xavier", "L2": 0.05, "steps": 20}
    assert "With the penalty of " in explorer.words
    explorer.state = {"L2": 0.0, "data": "circles", "η": 1.0, "steps": 2000}
    best = min(explorer.lesson._run.look().records, key=lambda record: record.validation_cost)
    assert f"The validation cost was lowest, {short(best.validation_cost)}, at epoch {best.epochs}." in explorer.words


# --- the line of text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("run", [RUN, EXAMPLE, WRONG.replace("steps=0", "steps=70"), EXAMPLE.replace("8-8", "none")])
def test_a_pasted_run_is_the_same_picture_to_the_last_byte(explorer, run):
    other = playground()
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
        ("xor", "or", "“or” is no part of a run"),
        ("noise=0.1", "noise=0.6", "noise goes from 0 to 0.5; 0.6 lies outside"),
        ("hidden=6-4", "hidden=6-99", "units 2 goes from 1 to 16; 99 lies outside"),
        ("batch=32", "batch=33", "batch can not be '33'"),
        ("steps=33", "steps=99999", "steps goes from 0 to 10000; 99999 lies outside"),
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
    place = [name for name, _ in explorer.groups[0][1]].index("", 4)
    seen = []
    explorer._handle_custom_msg({"kind": "press", "group": 0, "place": place, "text": run}, [])
    while explorer.unfinished:
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
    for values in ({"data": data, "layers": 4}, {"steps": 90}, {"layers": 1, "L2": 0.02, "steps": 11}):
        explorer.state = values
        assert_frame_is_full_redraw(explorer)


@pytest.mark.parametrize("run", [RUN, WRONG.replace("steps=0", "steps=9"), RUN.replace("relu", "sigmoid")])
def test_no_words_are_cut_off(explorer, run):
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
