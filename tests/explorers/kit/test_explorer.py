"""The machinery of all explorers, on a small one: a point that two controls move."""

import contextlib
import gc
import importlib
import io
import json
import threading
import tracemalloc
import weakref

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances as widgets
from matplotlib import _pylab_helpers
from PIL import Image

from nbhelpers import style
from nbhelpers.explorers.kit.controls import Button, DropDown, NumberSlider, Player
from nbhelpers.explorers.kit.explorer import Explorer, Group, Handle, Lesson, Seen

MODULE = importlib.import_module("nbhelpers.explorers.kit.explorer")


class Point(Lesson):
    """An explorer of a point, and all that a test asks about it."""

    def __init__(self, **options):
        self.figure = style.new_figure(200, 100)
        ax = self.figure.add_axes((0, 0, 1, 1), xlim=(-2, 2), ylim=(-2, 2))
        (self.dot,) = ax.plot([0], [0], "o")
        self.redraws = 0
        self.sliders = {name: NumberSlider(name, value) for name, value in (("x", 0.5), ("y", 0.2))}
        self.shape = DropDown("shape", ["o", "s"])
        self.controls, self.moving = {**self.sliders, "shape": self.shape}, [self.dot]
        for name, option in options.items():
            setattr(self, name, option)
        self.explorer = Explorer(self)

    def redraw(self, values):
        self.redraws += 1
        self.dot.set_data([values["x"]], [values["y"]])
        self.dot.set_marker(values["shape"])
        if values["x"] > 1.5:
            raise ValueError("x is too large for this lesson")
        return Seen(f"x = {values['x']}, y = {values['y']}", f"a point at {values['x']}, {values['y']}")


@pytest.fixture
def point():
    return Point()


@pytest.fixture
def messages(point, monkeypatch):
    """The states that the picture sends to the page, message by message."""
    sent = []
    picture = point.explorer
    monkeypatch.setattr(picture, "_send", lambda message, buffers=None: sent.append((message, buffers)))
    return sent


def pixels(explorer):
    return np.asarray(Image.open(io.BytesIO(explorer.png)).convert("RGB"))


def test_a_move_is_one_redraw_and_one_message(point, messages):
    point.redraws = 0
    point.sliders["x"].value = 1.0
    assert point.redraws == 1
    ((message, buffers),) = messages
    assert message["method"] == "update"
    assert set(message["state"]) == {"alt", "words", "state_text"}
    assert message["buffer_paths"] == [["png"]]
    assert len(buffers) == 1
    assert point.explorer.words == "x = 1.0, y = 0.2"
    assert point.explorer.alt == "a point at 1.0, 0.2"


def test_a_move_changes_the_picture_and_moving_back_restores_it(point):
    before = pixels(point.explorer)
    point.sliders["y"].value = -1
    assert (pixels(point.explorer) != before).any()
    point.sliders["y"].value = 0.2
    np.testing.assert_array_equal(pixels(point.explorer), before)


def test_reset_puts_every_control_back_with_one_redraw(point):
    start = pixels(point.explorer)
    point.sliders["x"].value, point.sliders["y"].value, point.shape.value = 1, -1.234, "s"
    point.redraws = 0
    point.explorer.reset_button.click()
    assert point.explorer.state == {"x": 0.5, "y": 0.2, "shape": "o"}
    assert point.redraws == 1
    np.testing.assert_array_equal(pixels(point.explorer), start)


def test_many_moves_in_a_batch_are_one_redraw(point):
    point.redraws = 0
    with point.explorer.batch():
        point.sliders["x"].value = 1
        with point.explorer.batch():
            point.sliders["y"].value = 1
    assert point.redraws == 1


def test_a_control_can_set_others_before_the_redraw():
    point = Point(follow={"shape": lambda shape: setattr(point.sliders["x"], "value", -1.5)})
    point.redraws = 0
    point.shape.value = "s"
    assert point.redraws == 1
    assert point.explorer.state == {"x": -1.5, "y": 0.2, "shape": "s"}


# --- errors -----------------------------------------------------------------------------------------------------------


def test_an_error_is_shown_raised_and_gone_after_the_next_good_move(point):
    good = pixels(point.explorer)
    with pytest.raises(ValueError, match="too large"):
        point.sliders["x"].value = 1.6
    picture = point.explorer
    assert picture.error == "x is too large for this lesson"
    np.testing.assert_array_equal(pixels(point.explorer), good)
    assert point.dot.get_xdata() == [0.5], "the artists show the last good state"
    picture.ratio = 2.0
    assert picture.error, "a sharper picture is no answer to an error"
    assert point.explorer.state["x"] == 0.5
    point.sliders["x"].value = 0.4
    assert picture.error == ""


def test_the_error_is_also_gone_after_reset(point):
    with pytest.raises(ValueError, match="too large"):
        point.sliders["x"].value = 1.6
    point.explorer.reset()
    assert point.explorer.error == ""


# --- state ------------------------------------------------------------------------------------------------------------


def test_the_state_goes_round(point):
    point.sliders["x"].value = 0.1 + 0.2
    point.shape.value = "s"
    kept, text = point.explorer.state, point.explorer.state_text
    assert json.loads(text) == kept == {"x": 0.1 + 0.2, "y": 0.2, "shape": "s"}
    other = Point()
    say(other, kind="state", text=text)
    assert other.explorer.state == kept
    np.testing.assert_array_equal(pixels(other.explorer), pixels(point.explorer))


def test_a_part_of_the_state_can_be_set_with_one_redraw(point):
    point.redraws = 0
    point.explorer.state = {"y": -1, "x": 1}
    assert point.explorer.state == {"x": 1, "y": -1, "shape": "o"}
    assert point.redraws == 1


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"x": 1, "z": 0}, "there is no control 'z'; choose from x, y, shape"),
        ({"x": 1, "y": 7}, "y goes from −2 to 2; 7 lies outside"),
        ({"x": 1, "y": "2"}, "y needs a number; '2' is none"),
        ({"x": 1, "shape": "nonsense"}, "shape cannot be 'nonsense'"),
    ],
)
def test_a_wrong_state_changes_nothing(point, state, message):
    before = point.explorer.state
    with pytest.raises(ValueError, match=message):
        point.explorer.state = state
    assert point.explorer.state == before
    say(point, kind="state", text=json.dumps(state))
    assert message in point.explorer.error
    assert point.explorer.state == before


@pytest.mark.parametrize("text", ["", "x = 1", "[1, 2]", "{", "null"])
def test_a_text_that_is_no_state_is_answered_in_place(point, text):
    say(point, kind="state", text=text)
    assert point.explorer.error.startswith("This is not a state")
    assert point.explorer.state == {"x": 0.5, "y": 0.2, "shape": "o"}


def say(point, **content):
    """What the page sends."""
    point.explorer._handle_custom_msg(content, [])


@pytest.mark.parametrize(("text", "number"), [("0.333", 0.333), (" −1.5 ", -1.5), ("1e-3", 0.001), ("2", 2.0)])
def test_a_typed_number_is_taken_as_it_is(point, text, number):
    say(point, kind="typed", name="x", text=text) if number < 1.5 else say(point, kind="typed", name="y", text=text)
    assert number in (point.sliders["x"].value, point.sliders["y"].value)
    assert point.explorer.error == ""


@pytest.mark.parametrize(
    ("text", "message"), [("abc", "“abc” is not a number"), ("9", "9 lies outside"), ("nan", "needs a number")]
)
def test_what_can_not_be_taken_is_answered_in_place_and_the_answer_goes(point, text, message):
    say(point, kind="typed", name="x", text=text)
    assert message in point.explorer.error
    assert point.sliders["x"].value == 0.5
    say(point, kind="typed", name="x", text="0.5")
    assert point.explorer.error == ""


# --- actions ----------------------------------------------------------------------------------------------------------


def put(point, x, y):
    point.sliders["x"].value = x / 100
    point.sliders["y"].value = y / 100


def test_a_click_in_the_picture_moves_controls_with_one_redraw():
    point = Point(clicked=lambda x, y: put(point, x, y))
    assert point.explorer.listens["clickable"]
    point.redraws = 0
    say(point, kind="click", x=120, y=50)
    assert (point.sliders["x"].value, point.sliders["y"].value) == (1.2, 0.5)
    assert point.redraws == 1


def test_a_click_that_will_not_do_moves_nothing_and_is_answered_in_place():
    point = Point(clicked=lambda x, y: put(point, x, y))
    say(point, kind="click", x=200, y=90)
    assert point.explorer.error == "x is too large for this lesson"
    assert point.explorer.state == {"x": 0.5, "y": 0.2, "shape": "o"}
    say(point, kind="click", x=120, y=90)
    assert point.explorer.error == ""


def test_an_action_that_breaks_is_answered_in_place_and_raised():
    point = Point(keys={"Enter": lambda: 1 / 0})
    with pytest.raises(ZeroDivisionError):
        point.explorer.act(lambda: 1 / 0)
    say(point, kind="key", key="Enter")  # where ipywidgets catches what is raised
    assert point.explorer.error == "ZeroDivisionError: division by zero"


def test_a_picture_that_listens_to_nothing_says_so(point):
    assert point.explorer.listens == {"clickable": False, "keys": [], "keys_help": "", "drag_box": []}


@pytest.fixture
def playing():
    """Something that plays from y = 0 to y = 1 in four steps."""

    def advance():
        y = point.sliders["y"].value
        point.sliders["y"].value = 0 if y == 1 else y + 0.25
        return point.sliders["y"].value < 1

    point = Point(player=Player(advance))
    point.sliders["y"].value = 0
    return point


def test_nothing_plays_until_it_is_asked_to_and_it_stops_at_the_end(playing):
    picture, y = playing.explorer, playing.sliders["y"]
    say(playing, kind="beat")
    assert (picture.playing, y.value, playing.player.description) == (False, 0, "Play")
    playing.player.click()
    assert (picture.playing, y.value, playing.player.description) == (True, 0, "Pause")
    for _ in range(10):
        say(playing, kind="beat")
    assert (picture.playing, y.value, playing.player.description) == (False, 1, "Play")
    say(playing, kind="key", key=" ")
    say(playing, kind="beat")
    assert (picture.playing, y.value) == (True, 0)


def test_a_beat_is_answered_with_its_frame_in_one_message_and_other_frames_answer_none(playing, monkeypatch):
    picture, sent = playing.explorer, []
    playing.player.click()
    monkeypatch.setattr(picture, "send_state", lambda key=None: sent.append(set(key)))
    say(playing, kind="beat")
    assert len(sent) == 1
    assert {"png", "beats"} <= sent[0]
    assert picture.beats == 1
    playing.sliders["x"].value = 0.3  # a slider that is moved while it plays
    assert picture.beats == 1


@pytest.mark.parametrize("pause", ["button", "space", "reset", "action"])
def test_what_plays_is_paused(playing, pause):
    explorer = playing.explorer
    playing.player.click()
    say(playing, kind="beat")
    if pause == "button":
        playing.player.click()
    elif pause == "space":
        say(playing, kind="key", key=" ")
    elif pause == "reset":
        explorer.reset()
    else:
        explorer.act(lambda: None)
    assert not explorer.playing
    assert playing.player.description == "Play"


def test_an_error_stops_what_plays():
    point = Point(player=Player(lambda: 1 / 0))
    say(point, kind="key", key=" ")
    say(point, kind="beat")
    assert not point.explorer.playing
    assert point.explorer.error == "ZeroDivisionError: division by zero"


# --- sharpness --------------------------------------------------------------------------------------------------------


def test_the_ratio_gives_more_pixels_and_the_same_size(point):
    picture = point.explorer
    assert pixels(point.explorer).shape == (100, 200, 3)
    picture.ratio = 2.0
    assert pixels(point.explorer).shape == (200, 400, 3)
    point.sliders["x"].value = 1
    assert pixels(point.explorer).shape == (200, 400, 3)
    assert (picture.width, picture.height) == (200, 100)


@pytest.mark.parametrize(("asked", "got"), [(99, 4.0), (0.01, 0.25), (1.5, 1.5)])
def test_the_ratio_has_limits(point, asked, got):
    point.explorer.ratio = asked
    assert point.explorer.ratio == got


# --- where no kernel runs ---------------------------------------------------------------------------------------------


def test_the_static_twin_is_the_picture_and_its_words_beside_the_widget(point):
    data, about = point.explorer._repr_mimebundle_()
    assert data["text/plain"] == "a point at 0.5, 0.2"
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == point.explorer.model_id
    assert about == {"image/png": {"alt": "a point at 0.5, 0.2", "width": 200, "height": 100}}
    assert Image.open(io.BytesIO(data["image/png"])).size == (400, 200)


def test_the_pixels_of_the_static_twin_are_let_go(point):
    renderers, draw = [], point.dot.draw
    point.dot.draw = lambda renderer: (renderers.append(weakref.ref(renderer)), draw(renderer))
    point.explorer._repr_mimebundle_()
    gc.collect()  # the texts hold on to what they were last drawn with
    large, small = (renderer() for renderer in renderers)
    assert large is None
    assert (int(small.width), int(small.height)) == (200, 100)


def test_two_twins_are_the_same_bytes_and_the_live_picture_stays(point):
    before = point.explorer.png
    twins = [Point().explorer._repr_mimebundle_()[0]["image/png"] for _ in range(2)]
    assert twins[0] == twins[1]
    point.sliders["x"].value = 1
    point.sliders["x"].value = 0.5
    assert point.explorer.png == before


# --- housekeeping -----------------------------------------------------------------------------------------------------


def test_two_explorers_know_nothing_of_each_other(point):
    other = Point()
    before = other.explorer.png
    point.sliders["x"].value = -1
    assert other.explorer.png == before
    assert other.explorer.state["x"] == 0.5


def test_no_figure_is_left_with_pyplot(point):
    point.sliders["x"].value = 1
    assert not _pylab_helpers.Gcf.figs


def test_memory_stays_flat(point):
    def move(times):
        for k in range(times):
            point.sliders["x"].value = (k % 30) / 20

    move(60)
    tracemalloc.start()
    move(300)
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert grown < 500_000


def test_closing_twice_is_closing_once(point):
    point.explorer.close()
    point.explorer.close()  # as ipywidgets does when what was closed is forgotten
    assert point.explorer.comm is None


def test_an_error_at_the_start_is_raised():
    class Broken(Lesson):
        figure = style.new_figure(10, 10)

        def redraw(self, values):
            return 1 / 0

    with pytest.raises(ZeroDivisionError):
        Explorer(Broken())


def test_keys_and_buttons_act_and_other_keys_do_not():
    def step():
        point.sliders["x"].value += 0.25

    button = Button("step", step)
    point = Point(keys={"ArrowRight": step}, keys_help="→ step", groups=[Group("moves", [button])])
    assert (point.explorer.listens["keys"], point.explorer.listens["keys_help"]) == (["ArrowRight"], "→ step")
    say(point, kind="key", key="ArrowRight")
    assert point.sliders["x"].value == 0.75
    button.click()
    assert point.sliders["x"].value == 1
    say(point, kind="press", group=0, place=0)
    assert point.sliders["x"].value == 1.25
    say(point, kind="key", key="ArrowLeft")
    say(point, kind="key", key=" ")
    say(point, kind="click", x=1, y=1)
    say(point, kind="beat")
    assert point.sliders["x"].value == 1.25


# --- what the page may send -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        {"kind": "move", "name": "x", "value": 10**400},
        {"kind": "move", "name": "x" * 10**6, "value": 1},
        {"kind": "move", "name": ["x"], "value": 1},
        {"kind": "typed", "name": "x", "text": "9" * 10**6},
        {"kind": "typed", "name": "x", "text": "9" * 40_000},
        {"kind": "typed", "name": "x", "text": 3},
        {"kind": "state", "text": "[" * 40_000},
        {"kind": "state", "text": '{"x": ' + "9" * 400 + "}"},
        {"kind": "state", "text": '{"x": ' + "[" * 10_000 + "]" * 10_000 + "}"},
        {"kind": "click", "x": float("nan"), "y": 0},
        {"kind": "click", "x": "1", "y": 0},
        {"kind": "drag", "points": [[0, 0]] * 200_000},
        {"kind": "drag", "points": [[1e300, 0], [0, 0]]},
        {"kind": "press", "group": -1, "place": 0},
        {"kind": ["move"]},
        {"kind": "nothing"},
        {},
    ],
    ids=lambda content: str(content)[:40],
)
def test_what_will_not_do_changes_nothing_and_is_answered_shortly(content):
    point = Point(clicked=lambda x, y: None, dragged=lambda points: None, drag_box=(0, 0, 9, 9))
    before, shown = point.explorer.state, point.explorer.png
    say(point, **content, **{"from": "page", "number": 7})
    assert (point.explorer.state, point.explorer.png) == (before, shown)
    assert len(point.explorer.error) < 300
    assert point.explorer.answered == ["page", 7], "or the page would wait for ever"


def test_a_drag_and_a_click_are_taken_to_the_border_of_the_picture():
    seen = []
    point = Point(clicked=lambda *place: seen.append(place), dragged=seen.extend, drag_box=(0, 0, 9, 9))
    say(point, kind="click", x=-1e6, y=1e6)
    say(point, kind="drag", points=[[1e6, 5], [7, -1e6]])
    assert seen == [(0, 100), (200, 5), (7, 0)]


# --- a failure anywhere -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["state", "control", "follow", "action"])
def test_what_fails_leaves_all_as_it_was(where):
    def breaks(_=None):
        point.sliders["y"].value = -2
        point.sliders["y"].disabled = True
        raise RuntimeError("broken on purpose")

    point = Point(follow={"shape": breaks})
    before, shown = point.explorer.state, pixels(point.explorer)
    with pytest.raises((ValueError, RuntimeError)):
        {
            "state": lambda: setattr(point.explorer, "state", {"y": -1, "x": 1.6}),
            "control": lambda: setattr(point.sliders["x"], "value", 1.6),
            "follow": lambda: setattr(point.shape, "value", "s"),
            "action": lambda: point.explorer.act(breaks),
        }[where]()
    assert point.explorer.state == before
    assert not point.sliders["y"].disabled
    np.testing.assert_array_equal(pixels(point.explorer), shown)
    assert point.explorer.error
    point.sliders["y"].value = 1
    assert (point.explorer.error, point.explorer.state["y"]) == ("", 1)


# --- points that can be moved, and panels -----------------------------------------------------------------------------


@pytest.fixture
def movable():
    def move(x, y):
        for name, value in (("x", x), ("y", y)):
            point.sliders[name].value = point.sliders[name].nearest(value)

    point = Point()
    place = lambda: tuple(slider.value for slider in point.sliders.values())  # noqa: E731
    point.handles = [Handle("the point", point.dot.axes, place, move, (0.1, 0.2))]
    point.explorer.ratio = 2.0
    return point


def test_a_point_is_where_it_is_seen_and_is_moved_by_mouse_and_keys(movable):
    assert movable.explorer.handles == [[0.625, 0.45, "the point"]]
    say(movable, kind="handle", handle=0, x=0.25, y=0.25)
    assert movable.explorer.state == {"x": -1, "y": 1, "shape": "o"}
    assert movable.explorer.handles == [[0.25, 0.25, "the point"]]
    say(movable, kind="handle", handle=0, right=1, up=-1)
    assert movable.explorer.state == {"x": -0.9, "y": 0.8, "shape": "o"}
    say(movable, kind="handle", handle=0, x=99, y=-99)
    assert movable.explorer.error == "x is too large for this lesson"
    assert movable.explorer.state["x"] == -0.9


def test_work_that_is_too_long_for_a_frame_goes_on_in_steps():
    class Slow(Point):
        done = 0

        def redraw(self, values):
            self.done += 1
            return super().redraw(values)._replace(is_unfinished=self.done % 3 != 0)

    slow = Slow()
    assert (slow.done, slow.explorer.unfinished) == (3, False), "without a page it is done at once"
    say(slow, kind="move", name="y", value=1)
    assert (slow.done, slow.explorer.unfinished) == (4, True)
    say(slow, kind="more")
    say(slow, kind="more")
    assert (slow.done, slow.explorer.unfinished) == (6, False)
    say(slow, kind="more")
    assert slow.done == 6


class SlowThenBroken(Point):
    """The second of its steps fails."""

    steps = 0

    def redraw(self, values):
        self.steps += values["y"] == 1
        if self.steps == 2:
            raise RuntimeError("it broke")
        return super().redraw(values)._replace(is_unfinished=self.steps == 1)


def test_the_page_goes_on_although_a_step_of_long_work_changes_no_pixel(monkeypatch):
    slow, sent = SlowThenBroken(), []
    say(slow, kind="move", name="y", value=1)
    monkeypatch.setattr(slow.explorer, "send_state", lambda key=None: sent.append(set(key)))
    slow.steps = 0  # the next step draws what is there already
    say(slow, kind="more")
    assert "png" not in sent[-1]
    assert "beats" in sent[-1]


def test_long_work_that_fails_is_not_asked_for_again():
    slow = SlowThenBroken()
    say(slow, kind="move", name="y", value=1)
    assert slow.explorer.unfinished
    with contextlib.suppress(RuntimeError):
        say(slow, kind="more")
    assert (slow.explorer.unfinished, slow.explorer.error) == (False, "RuntimeError: it broke")


# --- nothing is left --------------------------------------------------------------------------------------------------


def test_what_comes_in_another_thread_waits_for_the_picture(point, messages, monkeypatch):
    """JupyterLab lets one thread of the kernel run cells, and another one answer what is moved."""
    explorer, is_drawing, may_go_on, overlapped = point.explorer, threading.Event(), threading.Event(), []

    def slow_frame(ratio, frame=explorer._blit.frame):
        overlapped.append(is_drawing.is_set() and not may_go_on.is_set())
        is_drawing.set()
        may_go_on.wait(10)
        return frame(ratio)

    monkeypatch.setattr(explorer._blit, "frame", slow_frame)
    update = {"content": {"data": {"method": "update", "state": {"ratio": 2.0}}}, "buffers": []}
    content = {"kind": "move", "name": "x", "value": 1.0, "from": "a page", "number": 7}
    move = {"content": {"data": {"method": "custom", "content": content}}, "buffers": []}
    threads = [threading.Thread(target=explorer._handle_msg, args=(message,)) for message in (update, move)]
    threads[0].start()
    assert is_drawing.wait(10)
    threads[1].start()
    threads[1].join(0.2)  # it is given time to come in between
    assert overlapped == [False]
    may_go_on.set()
    for thread in threads:
        thread.join(10)
    last = messages[-1][0]["state"]
    assert last["answered"] == ["a page", 7]
    assert last["words"] == "x = 1.0, y = 0.2"
    assert overlapped == [False, False]


def test_closing_waits_for_an_answer_that_is_under_way(point):
    closing = threading.Thread(target=point.explorer.close)
    with style.DRAWING:
        closing.start()
        closing.join(0.2)  # it is given time to come in between
        assert point.explorer.lesson is point
    closing.join(10)
    assert point.explorer.lesson is None


def test_closing_lets_all_go():
    point = Point()
    held = [weakref.ref(each) for each in (point, point.figure, point.explorer, point.shape)]
    point.explorer.close()
    del point
    gc.collect()
    assert [reference() for reference in held] == [None] * 4


def test_a_cell_that_is_run_again_closes_what_it_made_before(monkeypatch):
    run = ["cell", "first run"]
    monkeypatch.setattr(MODULE, "_running_cell", lambda: tuple(run))
    monkeypatch.setattr(MODULE, "_made", {})
    one, two = Point().explorer, Point().explorer
    assert None not in (one.lesson, two.lesson), "both are of the same run"
    run[1] = "second run"
    three = Point().explorer
    assert (one.lesson, two.lesson) == (None, None)
    run[:] = "another cell", "third run"
    Point()
    assert three.lesson


class Empty(Lesson):
    """The least there is: soon made."""

    def __init__(self):
        self.controls, self.figure = {"x": NumberSlider("x", 0.5)}, style.new_figure(40, 20)

    def redraw(self, values):
        return Seen(f"x = {values['x']}", "an empty picture")


def test_two_hundred_runs_of_a_cell_leave_nothing_behind(monkeypatch):
    runs = iter(range(1000))
    monkeypatch.setattr(MODULE, "_running_cell", lambda: ("cell", next(runs)))
    monkeypatch.setattr(MODULE, "_made", {})

    def run(times):
        for _ in range(times):
            Explorer(Empty())
        gc.collect()
        return len(widgets), len(gc.get_objects())

    count, before = run(20)
    count_then, after = run(200)
    assert count_then == count
    assert after - before < 200  # a single one has more
