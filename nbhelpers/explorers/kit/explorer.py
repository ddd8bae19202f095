"""What all explorers share: native controls, one picture and one line of words in a single widget.

A `Lesson` says what an explorer is about: its controls, a figure, the artists that move in it, and a function that sets
them from the values of the controls and says in words what is seen. `Explorer` does the rest: one redraw per move,
Reset, typed numbers, a state to keep and restore, errors in place, points that can be moved, large letters, and a
picture with its words where no kernel runs. Whatever changes in a frame travels in one message.
"""

import contextlib
import json
import math
import pathlib
import weakref
from typing import NamedTuple

import anywidget
import traitlets
from IPython import get_ipython

from nbhelpers.explorers.kit.blit import Blit
from nbhelpers.explorers.kit.controls import Button, Entry, said
from nbhelpers.explorers.kit.png import Encoder, encoded
from nbhelpers.plots import style

_HERE = pathlib.Path(__file__).parent
_RATIOS = 0.25, 4.0  # pixels of the picture per CSS pixel
_STATIC_RATIO = 2.0  # a picture without a kernel can not ask for another resolution
_ROOM = 160, 1600  # CSS pixels a side of a panel that fills its room
MOST_TEXT = 50_000  # characters that the page may send
MOST_POINTS = 500  # corners of a line in one message


class Seen(NamedTuple):
    """What a redraw says: `words` below the picture, and `alt`, the picture in words for those who do not see it.

    Where `is_unfinished`, the same values are redrawn again and again until the work is done: between two steps the
    page is alive. `region` is the one of the lesson's regions that has what is spoken of.
    """

    words: str
    alt: str
    is_unfinished: bool = False
    region: str = ""


class Group(NamedTuple):
    """Controls and buttons that stand together, below a heading."""

    heading: str
    controls: list


class Handle(NamedTuple):
    """A point of the picture that can be moved: with the mouse, a finger, and the arrow keys.

    Attributes
    ----------
    about : str
        What moving it does; its accessible name.
    axes : matplotlib.axes.Axes
    place : callable
        ``place()`` returns where the point is now, (x, y) in data coordinates, or None where there is none.
    move : callable
        ``move(x, y)`` sets controls so that the point comes as near to that place as it can.
    step : tuple of float
        How far an arrow key moves it, to the side and up, in data coordinates.
    """

    about: str
    axes: object
    place: object
    move: object
    step: tuple = (0.05, 0.05)


class Lesson:
    """What is in an explorer. A subclass sets `controls`, `figure` and `moving`, writes `redraw`, and what else it has.

    Attributes
    ----------
    controls : dict of str to Control
        By name. They make up the state, and what sets others comes before these.
    figure : matplotlib.figure.Figure
        As `nbhelpers.plots.style.new_figure` makes it.
    moving : list of matplotlib.artist.Artist
        The artists that `redraw` sets. All others are drawn once; see `redraw_ground`.
    groups : list of Group
        What stands on the page; by default all controls in one group.
    pinned : bool
        For many controls: the first group is always seen, of the others one at a time.
    follow : dict of str to callable
        ``follow[name](value)`` is called when the control of that name has moved, to set others, before the redraw.
    keys : dict of str to callable
        ``keys["ArrowRight"]()`` is called, to set controls, when that key is pressed while the picture has the focus.
        Named as in a browser: ``"Home"``, ``"Enter"``, ``" "``.
    keys_help : str
        What the keys do, in words: also the accessible name of the picture that takes them.
    player : Player
        Goes on by itself; it stands in one of the groups.
    handles : list of Handle
        Points that can be moved.
    clicked : callable
        ``clicked(x, y)`` is called for a click in the picture, to set controls; x and y are CSS pixels of the figure,
        as it was laid out, from its upper left corner.
    dragged : callable
        ``dragged(points)`` is called, to set controls, while a line is drawn with the button of the mouse held down:
        the corners (x, y) that came since the last call, with the last one of that call in front. Measured as a click
        is; a drag is not followed by a click.
    drag_box : tuple of float
        Where such a line can begin: left, top, width and height.
    panel_names : list of str
        What the panels are called where one at a time fills the room.
    regions : dict of str to tuple of float
        Of a figure that is one page: by name, places that can be gone to where it is larger than the room; from the
        left and from the top, as `clicked` measures it.
    live_only, stored_only : list of matplotlib.artist.Artist
        What is seen only while a kernel runs, because it hangs on the last digit of a float and so on the machine, and
        what stands for it in the picture that is stored.
    """

    controls, figure, moving = {}, None, ()
    groups, pinned = None, False
    follow, keys, keys_help, player, handles = {}, {}, "", None, ()
    clicked, dragged, drag_box = None, None, ()
    panel_names, regions = (), {}
    live_only, stored_only = (), ()
    is_ground_old = False

    @property
    def values(self):
        """The values of the controls by name."""
        return {name: control.value for name, control in self.controls.items()}

    def redraw(self, values):
        """Set the artists from the values of the controls by name, on which alone it depends, and return `Seen`."""
        raise NotImplementedError

    def redraw_ground(self):
        """Let the next frame draw also what does not move: something there has changed."""
        self.is_ground_old = True


class Explorer(anywidget.AnyWidget):
    """Controls, and a picture that follows them.

    Parameters
    ----------
    lesson : Lesson

    Attributes
    ----------
    lesson : Lesson
        None after `close`.
    controls : dict of str to Control
        Each has a `value` that can be set and observed.
    png : bytes
        The picture.
    alt, words : str
        What it shows: for those who do not see it, and for everybody.
    error : str
        What went wrong, shown below the picture; empty if nothing did.
    state_text : str
        A text from which the state can be restored.
    width, height : int
        Of the picture, in CSS pixels.
    ratio : float
        Pixels of the picture per CSS pixel, from 0.25 to 4. The page sets it: 2 on a sharp screen, more under zoom.
    room : list of float
        Width and height that one panel is to fill, in CSS pixels; empty for the whole picture. The page sets it.
    panel : int
        Which one that is.
    large : bool
        Letters for the last row.
    playing : bool
        Whether it goes on by itself.
    reset_button : Button
    """

    # as texts: anywidget would hold on to each explorer for the sake of a file that may change
    _esm = (_HERE / "explorer.js").read_text(encoding="utf-8")
    _css = (_HERE / "explorer.css").read_text(encoding="utf-8")

    png = traitlets.Bytes().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    state_text = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    height = traitlets.Int().tag(sync=True)
    ratio = traitlets.Float(1.0).tag(sync=True)
    room = traitlets.List(traitlets.Float()).tag(sync=True)
    panel = traitlets.Int().tag(sync=True)
    panel_names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    regions = traitlets.List().tag(sync=True)  # of a page: the places of its regions, in CSS pixels
    large = traitlets.Bool().tag(sync=True)
    listens = traitlets.Dict().tag(sync=True)  # what is done in the picture: clickable, keys, keys_help, drag_box
    handles = traitlets.List().tag(sync=True)  # of each: the share from the left, from the top, what it is
    groups = traitlets.List().tag(sync=True)  # what stands on the page: headings, and the looks of controls
    pinned = traitlets.Bool().tag(sync=True)  # whether the first of them is always seen, of the others one at a time
    playing = traitlets.Bool().tag(sync=True)
    beats = traitlets.Int().tag(sync=True)
    interval = traitlets.Int(900).tag(sync=True)
    unfinished = traitlets.Bool().tag(sync=True)
    answered = traitlets.List().tag(sync=True)  # who sent the message that was answered last, and its number

    def __init__(self, lesson):
        self.lesson, self.controls = lesson, dict(lesson.controls)
        self._blit, self._encoder = Blit(lesson.figure, lesson.moving), Encoder()
        self._names = {id(control): name for name, control in self.controls.items()}
        self._depth, self._is_putting_back, self._looks_are_old, self._kept = 0, False, True, {}
        self._shown, self._start, self._region = None, self.state, ""
        self.reset_button = Button("Reset", self.reset, "Set every control back to its start")
        lesson_groups = [Group("", list(self.controls.values()))] if lesson.groups is None else lesson.groups
        self._groups = [*lesson_groups, Group("", [self.reset_button])]
        super().__init__(**self._first_traits())
        self._wire()
        with style.DRAWING:
            self._show()
        self.on_msg(self._on_message)
        _close_earlier(self)

    def _first_traits(self):
        lesson, player = self.lesson, self.lesson.player
        keys = [*lesson.keys, *([" "] if player else [])]
        clickable, box = lesson.clicked is not None, self._scaled(lesson.drag_box if lesson.dragged else ())
        listens = {"clickable": clickable, "keys": keys, "keys_help": lesson.keys_help, "drag_box": box}
        count, regions = len(self._blit.panels), lesson.regions if not self._blit.panels else {}
        names = [*lesson.panel_names, *(f"panel {k + 1}" for k in range(len(lesson.panel_names), count))][:count]
        size = {"width": self._blit.width, "height": self._blit.height, "large": style.in_use() == "projector"}
        return {
            "listens": listens,
            "pinned": lesson.pinned,
            "panel_names": names or list(regions),
            "regions": [self._scaled(place) for place in regions.values()],
            "interval": player.interval if player else 900,
            **size,
        }

    def _scaled(self, lengths):
        return [length * self.figure.dpi / style.PIXELS_PER_INCH for length in lengths]

    def _wire(self):
        for control in self.controls.values():
            control.observe(self._on_change)
        for button in self._buttons():
            button.observe(self._on_button)
        if self.lesson.player:
            self.observe(lambda change: self.lesson.player.show(change["new"]), "playing")

    def _buttons(self):
        player = [self.lesson.player] if self.lesson.player else []
        placed = [each for group in self._groups for each in group.controls if isinstance(each, Button)]
        return list({id(button): button for button in (*player, *placed)}.values())

    @property
    def figure(self):
        """The figure, or None after `close`."""
        return self._blit and self._blit.figure

    # --- the state ------------------------------------------------------------------------------------------------

    @property
    def state(self):
        """The values of the controls by name. Some or all of them can be set; what will not do changes nothing.

        Raises
        ------
        ValueError
            When set: a name that is no control, or a value that the control can not hold or that cannot be shown.
        """
        return self.lesson.values if self.lesson else {}

    @state.setter
    def state(self, values):
        self._change(self._place, values)

    def reset(self):
        """Put every control back to where it was at the start."""
        self.playing = False
        self.state = self._start

    def act(self, action, *arguments):
        """Let ``action(*arguments)`` move controls, with one redraw at the end, and return what it returns.

        If it fails, no control has moved, and the error is said in place and raised. What plays by itself is paused.
        """
        self.playing = False
        return self._change(action, *arguments)

    def _place(self, values):
        unknown = [name for name in values if name not in self.controls]
        if unknown:
            raise ValueError(f"there is no control {said(unknown[0])}; choose from {', '.join(self.controls)}")
        for name in (name for name in self.controls if name in values):  # in their order: some of them set others
            self.controls[name].value = values[name]

    # --- a change -------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def batch(self):
        """Inside the ``with`` block controls can be moved without a redraw; at its end follows a single one."""
        with style.DRAWING:
            yield from self._batch()

    def _batch(self):
        self._depth += 1
        try:
            yield
            if self._depth == 1:
                self._show()
        except Exception as error:
            if self._depth == 1:
                self._put_back(error)
            raise
        finally:
            self._depth -= 1

    def _change(self, action, *arguments):
        with self.batch():
            return action(*arguments)

    def _on_change(self, change):
        """A control has moved, or looks different."""
        if self._is_putting_back or self.lesson is None:
            return
        if change["name"] != "value":
            self._looks_are_old = True
        name = self._names[id(change["owner"])]
        with self.batch():
            if change["name"] == "value" and name in self.lesson.follow:
                self.lesson.follow[name](change["new"])

    def _on_button(self, change):
        button = change["owner"]
        if change["name"] != "clicks":
            self._looks_are_old = True
            if self._depth == 0:
                self._send_looks()
        elif button is self.lesson.player:
            self.playing = not self.playing
        elif button is self.reset_button:
            self.reset()
        else:
            self.act(button.action, *button.arguments)

    def _show(self):
        """Redraw, unless nothing has changed, and send the frame with its words in one message."""
        values = self.state
        if values == self._shown and not self.unfinished:
            self.error = ""
            self._send_looks()
            return
        seen = self.lesson.redraw(values)
        while seen.is_unfinished and not self._is_answering:
            seen = self.lesson.redraw(values)
        self._shown = values
        if self._looks_are_old or values.keys() != self._kept.keys():
            self._kept = {name: control.trait_values() for name, control in self.controls.items()}
        with self.hold_sync():
            self.png = self._frame(self.ratio)
            self.words, self.alt, self.error, self.unfinished = seen.words, seen.alt, "", seen.is_unfinished
            self.state_text = json.dumps(values, ensure_ascii=False)
            if seen.region != self._region:  # who looks elsewhere meanwhile is left alone
                self._region, self.panel = seen.region, self.panel_names.index(seen.region)
            self._send_looks()

    def _put_back(self, error):
        """Let all be as it was before a change that failed, and say why below the picture."""
        self.playing = False
        if self._shown is None:
            return  # there is nothing yet to go back to
        self._is_putting_back = True
        try:
            for name, traits in self._kept.items():
                control = self.controls[name]
                with control.hold_trait_notifications():
                    for trait, value in {**traits, "value": self._shown[name]}.items():
                        setattr(control, trait, value)
            self.unfinished = False
            with contextlib.suppress(Exception):
                self.unfinished = self.lesson.redraw(self._shown).is_unfinished
        finally:
            self._is_putting_back = False
        self.error = f"{error}" if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"

    def _send_looks(self):
        if self._looks_are_old:
            names = self._names
            self.groups = [
                [group.heading, [[names.get(id(each), ""), each.look] for each in group.controls if not each.hidden]]
                for group in self._groups
            ]
            self._looks_are_old = False

    # --- pixels ---------------------------------------------------------------------------------------------------

    def _frame(self, ratio):
        if self.lesson.is_ground_old:
            self._blit.redraw_ground()
            self.lesson.is_ground_old = False
        pixels = self._blit.frame(ratio)
        self.handles = [self._handle_look(handle) for handle in self.lesson.handles]
        return self._encoder.encoded(pixels)

    def _handle_look(self, handle):
        place = handle.place() if self._blit.is_shown(handle.axes) and handle.axes.get_visible() else None
        if place is None or not all(map(math.isfinite, place)):
            return []
        across, down = self._blit.share_of(handle.axes, *place)
        return [round(across, 5), round(down, 5), handle.about] if 0 <= across <= 1 and 0 <= down <= 1 else []

    @traitlets.validate("ratio")
    def _clamped(self, proposal):
        return min(max(proposal["value"], _RATIOS[0]), _RATIOS[1])

    @traitlets.validate("room")
    def _room_or_none(self, proposal):
        room = proposal["value"]
        fits = len(room) == 2 and all(_ROOM[0] <= length <= _ROOM[1] for length in room)
        return room if fits and self._blit.panels else []

    @traitlets.validate("panel")
    def _one_that_is_there(self, proposal):
        return min(max(proposal["value"], 0), max(0, len(self.panel_names) - 1))

    @traitlets.observe("ratio", "room", "panel")
    def _draw_anew(self, change):
        if not self.png or self.lesson is None or (change["name"] == "panel" and not self.room):
            return  # nothing was shown yet, or nothing is any more, or nothing of it changes
        with style.DRAWING, self.hold_sync():
            if change["name"] != "ratio":
                self._blit.fill(self.panel if self.room else None, *self.room)
                self.lesson.redraw(self._shown)  # words keep their distance in pixels
                self.width, self.height = self._blit.width, self._blit.height
            self.png = self._frame(self.ratio)

    # --- messages from the page -----------------------------------------------------------------------------------

    _is_answering = False

    def _handle_msg(self, msg):
        """Whatever comes from the page is answered one by one: it may come in another thread than the cells run in."""
        with style.DRAWING:
            super()._handle_msg(msg)

    def _on_message(self, _, content, buffers):
        """What was moved, pressed, typed, or done in the picture: answered in one message, whatever comes of it."""
        if self.lesson is None or not isinstance(content, dict):
            return
        take = _KINDS.get(content.get("kind")) if isinstance(content.get("kind"), str) else None
        self._is_answering = True
        try:
            with self.hold_sync():
                try:
                    if take:
                        take(self, content)
                except ValueError as error:
                    self.error = str(error)
                finally:
                    self.answered = [_short(content.get("from")), content.get("number", 0)]
        finally:
            self._is_answering = False

    def _moved(self, content):
        self._change(self._place, {_short(content["name"]): content["value"]})

    def _typed(self, content):
        text = _text(content)
        try:
            number = float(text.replace("−", "-"))
        except ValueError:
            raise ValueError(f"“{said(text.strip())[1:-1]}” is not a number. Write it as 0.25 or 1e-3") from None
        self._change(self._place, {_short(content["name"]): number})

    def _put_in(self, content):
        try:
            state = json.loads(_text(content))
        except (ValueError, RecursionError):
            state = None
        if not isinstance(state, dict):
            raise ValueError('This is not a state: a state looks like {"x1": 0.5, "x2": 0.2}')
        self.playing = False
        self._change(self._place, state)

    def _pressed(self, content):
        group, place = (_whole(content[key]) for key in ("group", "place"))
        button = [each for each in self._groups[group].controls if not each.hidden][place]
        if isinstance(button, Entry):
            button.enter(_text(content))
        elif isinstance(button, Button):
            button.click()

    def _clicked(self, content):
        if self.lesson.clicked:
            self.act(self.lesson.clicked, *self._place_in(content["x"], content["y"]))

    def _dragged(self, content):
        points = content["points"]
        if not isinstance(points, list) or len(points) > MOST_POINTS:
            raise ValueError(f"a line has at most {MOST_POINTS} corners at a time")
        if self.lesson.dragged and points:
            self.act(self.lesson.dragged, [self._place_in(x, y) for x, y in points])

    def _place_in(self, x, y):
        """Where in the figure, as it was laid out; what lies outside is taken to its border."""
        x, y = (min(max(_number(value), 0.0), float(end)) for value, end in ((x, self.width), (y, self.height)))
        return self._blit.design_place(x, y)

    def _key(self, content):
        key = content["key"]
        if key == " " and self.lesson.player:
            self.playing = not self.playing
        elif key in self.lesson.keys:
            self.act(self.lesson.keys[key])

    def _handle(self, content):
        """A point was dragged to shares of the picture, or an arrow key has moved it by steps."""
        handle = self.lesson.handles[_whole(content["handle"])]
        if "right" in content:
            x, y = handle.place()
            target = x + _number(content["right"]) * handle.step[0], y + _number(content["up"]) * handle.step[1]
        else:
            across, down = (min(max(_number(content[key]), 0.0), 1.0) for key in ("x", "y"))
            box = self.figure.bbox
            target = handle.axes.transData.inverted().transform((across * box.width, (1 - down) * box.height))
        self.act(handle.move, *map(float, target))

    def _beat(self, _):
        """A step of what plays by itself; an error or the end stops it."""
        if self.playing:
            goes_on = False
            try:
                goes_on = bool(self._change(self.lesson.player.advance))
            finally:
                self.beats += 1
                self.playing = goes_on

    def _more(self, _):
        """The next step of work that is too long for a frame."""
        try:
            self._change(lambda: None)
        finally:
            self.beats += 1

    # --- where no kernel runs -------------------------------------------------------------------------------------

    def _repr_mimebundle_(self, **kwargs):
        data = super()._repr_mimebundle_(**kwargs) or {}
        if isinstance(data, tuple):
            data = data[0]
        with style.DRAWING:
            filled = (self.panel, *self.room) if self.room else None
            self._blit.fill()
            about = {"alt": self.alt, "width": self._blit.width, "height": self._blit.height}
            with self._as_stored():
                data = {**data, "text/plain": self.alt, "image/png": encoded(self._blit.picture(_STATIC_RATIO))}
            if filled:
                self._blit.fill(*filled)
            self._blit.frame(self.ratio)  # the large pixels are let go, and the first move need not draw all
        return data, {"image/png": about}

    @contextlib.contextmanager
    def _as_stored(self):
        """Let the picture be the one that is the same on every machine."""
        self._show_stored(True)
        try:
            yield
        finally:
            self._show_stored(False)

    def _show_stored(self, is_stored):
        for artists, is_visible in ((self.lesson.live_only, not is_stored), (self.lesson.stored_only, is_stored)):
            for artist in artists:
                artist.set_visible(is_visible)
        if self.lesson.live_only or self.lesson.stored_only:
            self._blit.redraw_ground()

    def close(self):
        """Take the explorer off the page and let its figure go; a second time, as when it is forgotten, do nothing."""
        if getattr(self, "lesson", None) is not None:
            with style.DRAWING:  # not in the middle of an answer to the page
                self._let_go()

    def _let_go(self):
        for each in (*self.controls.values(), *self._buttons()):
            each.unobserve_all()
        self.unobserve_all()
        self.layout.close()
        super().close()
        self.lesson = self._blit = self._encoder = self._shown = None
        self._groups, self.controls, self._names, self._kept, self._start = [], {}, {}, {}, {}
        self.reset_button = None


_KINDS = {
    "move": Explorer._moved,
    "typed": Explorer._typed,
    "state": Explorer._put_in,
    "press": Explorer._pressed,
    "click": Explorer._clicked,
    "drag": Explorer._dragged,
    "key": Explorer._key,
    "handle": Explorer._handle,
    "beat": Explorer._beat,
    "more": Explorer._more,
}


# --- what the page may send -------------------------------------------------------------------------------------------


def _number(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= 1e9:
        raise ValueError(f"a place in the picture needs numbers; {said(value)} is none")
    return float(value)


def _whole(value):
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"{said(value)} is not a place")
    return value


def _text(content):
    text = content["text"]
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        raise ValueError(f"only a text of at most {MOST_TEXT:,} characters will do")
    return text


def _short(name):
    return str(name)[:200] if isinstance(name, (str, int, float)) else ""


# --- a cell that is run again -----------------------------------------------------------------------------------------

_made = {}  # by cell: the run of it, and weak references to the explorers that it has made


def _close_earlier(explorer):
    """Close what the same cell made when it was run before."""
    cell, run = _running_cell()
    if cell is None:
        return
    last_run, made = _made.get(cell, (None, []))
    if run != last_run:
        for old in filter(None, (reference() for reference in made)):
            old.close()
        made = []
    _made[cell] = run, [*made, weakref.ref(explorer)]


def _running_cell():
    """Which cell runs, as the front end calls it, and which run of it this is; None where nothing says so."""
    try:
        parent = get_ipython().kernel.get_parent("shell")
        return parent["metadata"]["cellId"], parent["header"]["msg_id"]
    except (AttributeError, KeyError, TypeError, LookupError):
        return None, None
