"""The panel that tells how a matrix is computed; equations in mathtext; the timeline; names to go to."""

import numpy as np
import pytest
import stories

from nbhelpers import style
from nbhelpers.derivation.solution import worked_solution
from nbhelpers.plots.kit.fast_text import add_quick_math, as_mathtext
from nbhelpers.plots.kit.panel import as_page
from nbhelpers.plots.kit.story_panel import HEIGHT, draw_story_panel, told_in_rows
from nbhelpers.plots.kit.timeline import draw_timeline
from nbhelpers.plots.why import draw_number_trail


@pytest.fixture
def page():
    figure = style.new_figure(1000, 300)
    ax = figure.add_axes((0, 0, 1, 1))
    as_page(ax)
    return ax


def ink(ax):
    """How much is drawn on the page."""
    ax.figure.canvas.draw()
    return int((np.asarray(ax.figure.canvas.buffer_rgba())[..., :3] < 128).any(axis=2).sum())


@pytest.mark.parametrize("name", stories.NAMES)
def test_every_rule_of_a_pass_can_be_drawn(page, name):
    equation = add_quick_math(page, 20, 40, size=12)
    nothing = ink(page)
    for rule in {step.rule for step in worked_solution(*stories.case(name)) if step.rule}:
        equation.show(rule)
        assert ink(page) > nothing + 20, rule
    equation.show("")
    assert ink(page) == nothing


def test_braces_that_mathtext_does_not_know_are_written_in_another_way():
    latex = r"-\underbrace{\left(a_{1} + \underbrace{b}_{2}\right)}_{6 \text{ terms}}"
    assert as_mathtext(latex) == r"-\left(a_{1} + b\;\;[2]\right)\;\;[6 \text{ terms}]"
    with pytest.raises(ValueError, match="not closed"):
        as_mathtext(r"\underbrace{a")


@pytest.mark.parametrize("name", stories.NAMES)
def test_entries_are_told_in_full_and_in_rows_that_fit(page, name):
    panel = draw_story_panel(page, 12, 10, 976, "")
    for step in worked_solution(*stories.case(name), digits=4):
        for story in step.stories[:3]:
            panel.update(story.rule, story.code, "", story.name, story.text_lines, "")
            rows = [line.get_text() for line in panel.lines]
            assert max(map(len, rows)) <= 123
            told = "".join("".join(rows).split())
            for sign, text in story.text_lines:
                text = "".join(text.split()).replace("**2", "²").replace("*", "·").replace("-", "−")
                assert sign + text in told, story.name


def test_rows_are_cut_where_there_are_too_many(page):
    panel = draw_story_panel(page, 12, 10, 976, "")
    panel.update("", "", "", "Z1", [("=", " + ".join(["123456789"] * 100)), ("=", "1")], "a check")
    assert panel.lines[-1].get_text().endswith(" …")
    assert panel.check.get_text() == "a check"
    assert HEIGHT > 150


def test_what_is_not_told_has_no_label(page):
    panel = draw_story_panel(page, 12, 10, 976, "")
    panel.update("", "", "", "X[1,1]", [("=", "0.5 (given)")], "")
    assert [label for label, text in panel.labels.items() if text.get_text()] == ["numbers"]
    panel.update(r"\frac{a}{b}", "a / b", "(1, 1)", "Z1", [("=", "0.5")], "the same")
    assert [text.get_text() for text in panel.labels.values()] == ["equation", "NumPy", "shapes", "numbers", "check"]
    assert panel.equation.get_text() == r"$\dfrac{a}{b}$"


def test_equals_signs_stand_below_each_other():
    rows = told_in_rows("Z1[2,1]", [("=", "a * b"), ("=", "2 * -3"), ("=", "-6")], 80)
    assert rows == ["Z1[2,1] = a · b", "        = 2 · −3 = −6"]
    assert told_in_rows("X[1,1]", [("=", "0.5 (given)")], 80) == ["X[1,1] = 0.5 (given)"]


# --- timeline ---------------------------------------------------------------------------------------------------------


def test_the_timeline_marks_the_stage_and_finds_it_again(page):
    timeline = draw_timeline(page, [("given", "X"), ("forward", "Z1"), ("forward", "A1"), ("back", "dZ1")], 12, 8, 976)
    timeline.update(2)
    assert timeline.names.texts == ["X", "Z1", "A1", "dZ1"]
    (mark,) = timeline.mark.get_paths()
    x, y = mark.get_extents().extents.reshape(2, 2).mean(axis=0)
    assert timeline.stage_at(x, y) == 2
    assert timeline.stage_at(x, 200) is None


def test_where_there_are_many_stages_only_the_one_that_is_seen_has_its_name(page):
    timeline = draw_timeline(page, [("all", f"dW{k}") for k in range(70)], 12, 8, 976)
    timeline.update(30)
    assert [name for name in timeline.names.texts if name] == ["dW30"]
    assert timeline.mark.get_paths()[0].get_extents().width > 25


# --- trail ------------------------------------------------------------------------------------------------------------


def test_sources_and_stations_are_found_where_they_stand(page):
    trail = draw_number_trail(page, 500, 10, 488)
    trail.update(["dZ1[1,1]", "X[2,1]"], ["J", "Y_hat[1,1]"], "dW1[1,2]")
    assert [trail.source_at(*middle(box)) for _, box, _ in trail.sources] == ["dZ1[1,1]", "X[2,1]"]
    stations = [(trail.station_at(*middle(box)), text) for key, box, text in trail.trail if key is not None]
    assert stations == [(0, "J"), (1, "Y_hat[1,1]"), (2, "dW1[1,2]")]
    assert trail.source_at(3, 3) is None
    assert trail.station_at(3, 3) is None


@pytest.mark.parametrize("count", [0, 1, 5, 9, 10, 40])
def test_many_names_stay_on_the_page_and_the_rest_is_counted(page, count):
    trail = draw_number_trail(page, 500, 10, 488)
    names = [f"jacobian2[{k},1,1]" for k in range(count)]
    trail.update(names, names, "J")
    shown = [name for name, _, _ in trail.sources if name]
    rest = [text for name, _, text in trail.sources if name is None]
    if count:
        assert rest == ([f"and {count - len(shown)} more"] if len(shown) < count else [])
    else:
        assert rest == ["nothing: it is given"]
    for _, (left, top, width, height), _ in [*trail.sources, *trail.trail]:
        assert left >= 500
        assert left + width <= 988
        assert top + height <= 100
    assert trail.trail[-1][2] == "J"


def middle(box):
    return box[0] + box[2] / 2, box[1] + box[3] / 2
