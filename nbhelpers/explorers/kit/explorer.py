"""What all explorers share: controls, one picture, one line of words, and the machinery between them.

An explorer brings a figure, the artists that move in it, its controls, and a function that sets the artists from the
values of the controls and says in words what is seen. `Explorer` does the rest: one redraw per move, Reset, typed
numbers, a state to keep and restore, errors in place, and a picture with its words where no kernel runs.
"""

import contextlib
import json
from typing import NamedTuple

import ipywidgets

from nbhelpers.explorers.kit.controls import place, read
from nbhelpers.explorers.kit.picture import Picture


class Seen(NamedTuple):
    """What a redraw says: `words` below the picture, and `alt`, the picture in words for those who do not see it."""

    words: str
    alt: str


class Explorer(ipywidgets.VBox):
    """Controls, and a picture that follows them.

    Parameters
    ----------
    controls : dict of str to widget
        By name; the name is also the label. Anything with a ``value`` that can be observed will do: widgets, or
        `nbhelpers.explorers.kit.controls.Number`.
    figure : matplotlib.figure.Figure
        As `nbhelpers.plots.style.new_figure` makes it.
    moving : list of matplotlib.artist.Artist
        The artists that `redraw` sets. All others are drawn once.
    redraw : callable
        ``redraw(values)`` takes the values of the controls by name, sets the artists and returns `Seen`. It must depend
        on nothing but the values.
    arranged : list of ipywidgets.Widget, optional
        How the controls stand on the page, side by side; by default all in one column. See `column`.
    follow : dict of str to callable, optional
        ``follow[name](value)`` is called when the control of that name has moved, to set others, before the redraw.
    clicked : callable, optional
        ``clicked(x, y)`` is called for a click in the picture, to set controls; x and y are CSS pixels of the figure's
        full size, from its upper left corner.
    dragged : callable, optional
        ``dragged(points)`` is called, to set controls, while a line is drawn with the button of the mouse held down:
        the corners (x, y) that came since the last call, with the last one of that call in front. Measured as a click
        is; a drag is not followed by a click.
    drag_box : tuple of float, optional
        Where a drag can begin: left, top, width and height on the figure's full size.
    keys : dict of str to callable, optional
        ``keys["ArrowRight"]()`` is called, to set controls, when that key is pressed while the picture has the focus.
        Named as in a browser: ``"Home"``, ``"Enter"``, ``" "``.
    keys_help : str, optional
        What the keys do, in words: also the accessible name of the picture that takes them.
    buttons : dict of ipywidgets.Button to callable, optional
        What each button does; it sets controls as well.
    player : nbhelpers.explorers.kit.player.Player, optional
        Goes on by itself, from the press of a button (or of the space key) until the next one.

    Attributes
    ----------
    controls : dict of str to widget
    picture : nbhelpers.explorers.kit.picture.Picture
    reset_button : ipywidgets.Button
    """

    def __init__(
        self,
        controls,
        figure,
        moving,
        redraw,
        arranged=None,
        follow=None,
        clicked=None,
        dragged=None,
        drag_box=(),
        keys=None,
        keys_help="",
        buttons=None,
        player=None,
    ):
        self.controls, self._redraw, self._follow = dict(controls), redraw, dict(follow or {})
        self._batches, self._shown = 0, None
        self._start = self.state
        self._clicked, self._dragged = clicked, dragged
        self._keys, self._player = dict(keys or {}), player
        names = [*self._keys, *([" "] if player else [])]
        self.picture = Picture(figure, moving, clicked is not None, names, keys_help, drag_box if dragged else ())
        self.reset_button = ipywidgets.Button(description="Reset", tooltip="Put every control back to its start")
        self.reset_button.on_click(lambda _: self.reset())
        arranged = [column("", self.controls.values())] if arranged is None else arranged
        super().__init__([_side_by_side(arranged, self.reset_button), self.picture])
        self.add_class("nbh-explorer")
        self._names = {id(control): name for name, control in self.controls.items()}
        for control in self.controls.values():
            control.observe(self._on_move, "value")
        self.picture.on_msg(self._on_message)
        self._wire(buttons or {})
        self._show()

    def _wire(self, buttons):
        for button, action in buttons.items():
            button.on_click(lambda _, action=action: self.act(action))
        if self._player:
            self._player.button.on_click(lambda _: self._toggle_playing())
            self.picture.observe(lambda change: self._player.show(change["new"]), "playing")

    # --- the state ------------------------------------------------------------------------------------------------

    @property
    def state(self):
        """The values of the controls by name. Some or all of them can be set; a wrong one changes nothing.

        Raises
        ------
        ValueError
            When set: a name that is no control, or a value that the control can not hold.
        """
        return {name: read(control) for name, control in self.controls.items()}

    @state.setter
    def state(self, values):
        unknown = [name for name in values if name not in self.controls]
        if unknown:
            raise ValueError(f"there is no control {unknown[0]!r}; there are {', '.join(self.controls)}")
        with self.batch():
            self._place_all_or_nothing(values)

    @property
    def words(self):
        """What the explorer says now."""
        return self.picture.words

    def reset(self):
        """Put every control back to where it was at the start."""
        self.picture.playing = False
        self.state = self._start

    def act(self, action, *arguments):
        """Let ``action(*arguments)`` move controls, with one redraw at the end, and return what it returns.

        If it fails, no control has moved and the error is said in place; any other than a ValueError is raised as well.
        What plays by itself is paused.
        """
        self.picture.playing = False
        return self._act(action, *arguments)

    @contextlib.contextmanager
    def batch(self):
        """Inside the ``with`` block controls can be moved without a redraw; at its end follows a single one."""
        self._batches += 1
        try:
            yield
        finally:
            self._batches -= 1
        if self._batches == 0:
            self._show()

    def _place_all_or_nothing(self, values):
        before = self.state
        try:
            self._place(values)
        except ValueError:
            self._place(before)
            raise

    def _place(self, values):
        # in the order of the controls, because some of them set others
        for name in (name for name in self.controls if name in values):
            place(name, self.controls[name], values[name])

    # --- a move ---------------------------------------------------------------------------------------------------

    def _on_move(self, change):
        name = self._names[id(change["owner"])]
        if name in self._follow and read(change["owner"]) != (self._shown or {}).get(name):
            with self.batch():
                self._follow[name](change["new"])
        elif self._batches == 0 and self.state != self._shown:
            self._show()

    def _show(self):
        values = self.state
        try:
            seen = self._redraw(values)
        except Exception as error:
            self._show_error(error)
            raise
        self._shown = values
        self.picture.show(seen.words, seen.alt, json.dumps(values, ensure_ascii=False))

    def _show_error(self, error):
        """Say it below the picture of the last good values, and let the artists show these again."""
        self.picture.error = _told(error)
        if self._shown is not None:
            with contextlib.suppress(Exception):
                self._redraw(self._shown)
            self._shown = {}

    # --- actions --------------------------------------------------------------------------------------------------

    def _act(self, action, *arguments):
        before, answer, failure = self.state, None, None
        with self.batch():
            try:
                answer = action(*arguments)
            except Exception as error:
                failure = error
                self._place(before)
        if failure is not None:
            self.picture.error = _told(failure)
            if not isinstance(failure, ValueError):
                raise failure
        return answer

    def _toggle_playing(self):
        self.picture.playing = not self.picture.playing

    def _play_on(self):
        """A step of what plays by itself; an error or the end stops it."""
        goes_on = False
        with self.picture.hold_sync():  # the frame and the answer to the beat in one message
            try:
                goes_on = bool(self._act(self._player.advance))
            finally:
                self.picture.beats += 1
                self.picture.playing = goes_on

    # --- messages from the page -----------------------------------------------------------------------------------

    def _on_message(self, _, content, buffers):
        """What was done in the picture or typed beside a slider."""
        kind = content["kind"]
        if kind == "click" and self._clicked:
            self.act(self._clicked, content["x"], content["y"])
        elif kind == "drag" and self._dragged:
            self.act(self._dragged, content["points"])
        elif kind == "key" and content["key"] == " " and self._player:
            self._toggle_playing()
        elif kind == "key" and content["key"] in self._keys:
            self.act(self._keys[content["key"]])
        elif kind == "beat" and self.picture.playing:
            self._play_on()
        elif kind in ("typed", "state"):
            self._take(content)

    def _take(self, content):
        """A number that was typed beside a slider, or a state that was put back: told in place if it will not do."""
        try:
            self.state = _values_in(content)
        except ValueError as error:
            self.picture.error = str(error)

    # --- where no kernel runs -------------------------------------------------------------------------------------

    def _repr_mimebundle_(self, **kwargs):
        data = super()._repr_mimebundle_(**kwargs) or {}
        picture = self.picture
        data = {**data, "text/plain": picture.alt, "image/png": picture.static_png()}
        about = {"alt": picture.alt, "width": picture.width, "height": picture.height}
        return data, {"image/png": about}

    def close(self):
        """Take the explorer off the page and let its figure go; a second time, as when it is forgotten, do nothing."""
        if self._redraw is None:
            return
        for control in self.controls.values():
            control.unobserve(self._on_move, "value")
        for widget in _all_widgets(self):
            if widget is not self:
                widget.close()
        super().close()
        self._redraw = self._clicked = self._dragged = self._player = None
        self._keys = {}


def column(heading, widgets):
    """Return widgets below each other, under a heading (or none), as a column of an explorer's controls."""
    title = [ipywidgets.Label(heading).add_class("nbh-heading")] if heading else []
    return ipywidgets.VBox([*title, *widgets]).add_class("nbh-column")


def _side_by_side(columns, button):
    """The columns with the button below the shortest one, or at the end where all are equally short."""
    lengths = [len(column.children) for column in columns]
    shortest = columns[lengths.index(min(lengths))]
    if min(lengths) < max(lengths):
        shortest.children = [*shortest.children, button]
        return ipywidgets.HBox(columns).add_class("nbh-controls")
    return ipywidgets.HBox([*columns, button]).add_class("nbh-controls")


def _told(error):
    return f"{error}" if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"


def _values_in(message):
    if message["kind"] == "typed":
        return {message["name"]: _number_in(message["text"])}
    return _state_in(message["text"])


def _number_in(text):
    try:
        return float(text.replace("−", "-"))
    except ValueError:
        raise ValueError(f"“{text.strip()}” is not a number. Write it as 0.25 or 1e-3") from None


def _state_in(text):
    try:
        state = json.loads(text)
    except ValueError:
        state = None
    if not isinstance(state, dict):
        raise ValueError('This is no state: a state looks like {"x1": 0.5, "x2": 0.2}')
    return state


def _all_widgets(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _all_widgets(child)
