"""Drawing a line in the picture of an explorer: what the page tells, and what becomes of it."""

from nbhelpers import style
from nbhelpers.explorers.kit.controls import NumberSlider
from nbhelpers.explorers.kit.explorer import Explorer, Lesson, Seen

BOX = (10, 20, 100, 50)


class Trail(Lesson):
    """An explorer of how far a line has gone to the right."""

    def __init__(self, **options):
        self.figure = style.new_figure(200, 100)
        (self.line,) = self.figure.add_axes((0, 0, 1, 1)).plot([0, 1], [0, 0])
        self.slider, self.lines = NumberSlider("x", 0, 0, 150), []
        self.controls, self.moving = {"x": self.slider}, [self.line]
        for name, option in options.items():
            setattr(self, name, option)
        self.explorer = Explorer(self)

    def redraw(self, values):
        self.line.set_xdata([0, values["x"]])
        return Seen(f"x = {values['x']}", f"a line to {values['x']}")

    def drawn(self, points):
        self.lines.append(points)
        self.slider.value = points[-1][0]


def drag(explorer, *points):
    explorer._handle_custom_msg({"kind": "drag", "points": [list(point) for point in points]}, [])


def test_a_line_sets_controls_with_one_redraw():
    calls = []
    trail = Trail(dragged=calls.append, drag_box=BOX)
    redraws = []
    trail.explorer.observe(lambda change: redraws.append(change), "png")
    drag(trail.explorer, (20, 30), (40, 30), (60, 35))
    assert calls == [[(20, 30), (40, 30), (60, 35)]]
    assert redraws == []  # nothing has changed
    trail.explorer.close()


def test_what_a_line_sets_is_seen():
    trail = Trail(dragged=lambda points: trail.drawn(points), drag_box=BOX)
    before = trail.explorer.png
    drag(trail.explorer, (20, 30), (60, 35))
    assert trail.explorer.state == {"x": 60}
    assert trail.explorer.png != before
    assert trail.explorer.alt == "a line to 60.0"
    trail.explorer.close()


def test_a_line_that_will_not_do_moves_nothing_and_is_answered_in_place():
    trail = Trail(dragged=lambda points: trail.drawn(points), drag_box=BOX)
    drag(trail.explorer, (20, 30), (160, 35))
    assert trail.explorer.state == {"x": 0}
    assert "lies outside" in trail.explorer.error
    trail.explorer.close()


def test_the_page_is_told_where_a_line_can_begin():
    trail = Trail(dragged=print, drag_box=BOX)
    assert trail.explorer.listens["drag_box"] == list(BOX)
    trail.explorer.close()


def test_without_dragged_no_line_is_told_or_taken():
    trail = Trail(drag_box=BOX)
    assert trail.explorer.listens["drag_box"] == []
    drag(trail.explorer, (20, 30), (60, 35))
    assert (trail.explorer.state, trail.explorer.error) == ({"x": 0}, "")
    trail.explorer.close()


def test_after_closing_nothing_is_taken():
    calls = []
    trail = Trail(dragged=calls.append, drag_box=BOX)
    trail.explorer.close()
    drag(trail.explorer, (20, 30), (60, 35))
    assert calls == []
