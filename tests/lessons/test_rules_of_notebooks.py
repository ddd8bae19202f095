"""The rules of every notebook: guesses that are not spoiled, times that are computed, slides, places to stop."""

import re

import frame
import nbformat
import pytest
from learner_copy import learner_copy, main
from lesson.roles import (
    exercise_cells,
    has_tag,
    is_behind_guess,
    is_exercise,
    is_explorer,
    is_guess,
    notebook_paths,
    read,
)
from lesson.times import LONG, sentence, stretches, times
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

every_notebook = pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.stem)


def asked(cell):
    """Return what stands in a cell from its question on; the answer to an earlier one may stand before it."""
    return cell.source.partition("**Guess first")[2]


def guesses(path):
    """Yield each cell that asks for a guess, the code cells behind it, and the text after these (or None)."""
    cells = read(path).cells
    for number, cell in enumerate(cells):
        if is_guess(cell):
            behind = []
            for after in cells[number + 1 :]:
                if after.cell_type != "code":
                    break
                behind.append(after)
            yield cell, behind, next(iter(cells[number + 1 + len(behind) :]), None)


# Guesses


@every_notebook
def test_a_cell_is_tagged_as_a_guess_where_it_asks_for_one(path):
    for cell in read(path).cells:
        assert is_guess(cell) == ("**Guess first" in cell.source), cell.id


@every_notebook
def test_the_answer_to_a_guess_is_folded(path):
    for cell, behind, after in guesses(path):
        if "<details>" not in asked(cell):
            assert behind, f"{cell.id}: nothing answers it"
            assert after.source.startswith("<details>"), f"{after.id}: the answer to {cell.id} lies open"


@every_notebook
def test_what_is_shown_behind_a_guess_is_folded(path):
    for cell, behind, _ in guesses(path):
        for shown in behind:
            assert is_behind_guess(shown) or is_explorer(shown), f"{shown.id} gives the answer to {cell.id} away"


@every_notebook
def test_nothing_is_folded_without_a_guess_in_its_section(path):
    asked_here = False
    for cell in read(path).cells:
        asked_here &= not re.search(r"^## ", cell.source, re.MULTILINE)
        asked_here |= is_guess(cell)
        assert asked_here or not is_behind_guess(cell), cell.id


@every_notebook
def test_folds_are_closed_and_their_markdown_is_read(path):
    for cell in read(path).cells:
        assert cell.source.count("<details>") == cell.source.count("</details>"), cell.id
        # an empty line after the summary and before the end: without them Markdown stays raw
        assert cell.source.count("<details>") == len(
            re.findall(r"<details><summary>[^<\n]+</summary>\n\n.+?\n\n</details>", cell.source, re.DOTALL)
        ), cell.id


# Times


@every_notebook
def test_the_title_says_how_long_it_takes(path):
    notebook = read(path)
    assert sentence(notebook) in notebook.cells[0].source, "run: uv run python teaching/frame.py"


@every_notebook
def test_the_list_of_notebooks_says_how_long_it_takes(path):
    text = frame.README.read_text(encoding="utf-8")
    assert frame.with_times(text, path, read(path)) == text, "run: uv run python teaching/frame.py"


@every_notebook
def test_every_exercise_is_timed(path):
    notebook = read(path)
    timed = [cell for cell in notebook.cells if is_exercise(cell)]
    assert timed
    assert [cell.id for cell in timed] == [cell.id for cell in exercise_cells(notebook) if is_exercise(cell)]
    for cell in timed:
        assert 0.5 <= cell.metadata.nbhelpers.minutes <= 20, cell.id
    # each exercise begins with its number in bold
    numbers = [
        n for cell in exercise_cells(notebook) for n in re.findall(r"^\*\*(\d+)\.\*\*", cell.source, re.MULTILINE)
    ]
    assert numbers == [str(k + 1) for k in range(len(timed))]


@every_notebook
def test_a_long_page_has_a_marked_place_to_stop(path):
    notebook = read(path)
    for cell in notebook.cells:
        assert has_tag(cell, "stop") == ("**A good place to stop.**" in cell.source), cell.id
    assert max(stretches(notebook)) <= LONG


# Slides and folds


@every_notebook
def test_every_cell_says_what_it_is_on_a_slide(path):
    kinds = {"slide", "subslide", "fragment", "notes", "skip"}  # no "-": jupyterlab-slideshow would hide the cell
    cells = read(path).cells
    assert cells[0].metadata.slideshow.slide_type == "slide"
    for cell in cells:
        assert "slideshow" not in cell.metadata or cell.metadata.slideshow.slide_type in kinds, cell.id


@every_notebook
def test_the_frame_is_up_to_date(path):
    notebook, before = read(path), read(path)
    frame.dress(notebook)
    assert notebook == before, "run: uv run python teaching/frame.py"


# The machinery itself


def page():
    """Return a small notebook: 300 words, a formula, an explorer, a guess with its answer, an exercise of 4 minutes."""
    tags = {"tags": ["behind-guess"]}
    return new_notebook(
        cells=[
            new_markdown_cell("# 99 Title\n\n**Time.** soon", id="title"),
            new_markdown_cell("word " * 298 + "[one](link.md) <!-- not read --> `two`\n\n$$z = 1$$", id="text"),
            new_code_cell("explorers.loss()", id="explorer"),
            new_markdown_cell("**Guess first.** What?", id="guess", metadata={"tags": ["guess"]}),
            new_code_cell("7", id="answer", metadata=tags, outputs=[new_output("stream", text="7")], execution_count=2),
            new_markdown_cell("<details><summary>Answer</summary>\n\nSeven.\n\n</details>", id="seen"),
            new_markdown_cell("## On your own\n\n**1.** " + "word " * 900, id="exercise-lead"),
            new_code_cell(
                "q1", id="exercise", metadata={"tags": ["exercise"], "nbhelpers": nbformat.NotebookNode(minutes=4)}
            ),
            new_code_cell("q1.check(...)", id="check"),
            new_markdown_cell("## Summary", id="summary"),
        ]
    )


def test_times_are_computed_from_the_page():
    notebook = page()
    # 300 words, a formula, an explorer and a cell: 2 + 0.5 + 3 + 0.5 minutes, and a few words; then 4 more
    assert [round(minutes, 1) for minutes in stretches(notebook)] == [10.1]
    assert times(notebook) == (10, 15)
    notebook.cells[5].metadata["tags"] = ["stop"]
    assert [round(minutes, 1) for minutes in stretches(notebook)] == [6.1, 4.0]


def test_the_frame_is_written_and_an_authors_slide_type_stays():
    notebook = page()
    notebook.cells[1].metadata["slideshow"] = nbformat.NotebookNode(slide_type="notes")
    frame.dress(notebook)
    assert notebook.cells[0].source == "# 99 Title\n\n**Time.** 10 minutes to read, 15 with the exercises."
    notebook.cells[2].metadata["slideshow"] = nbformat.NotebookNode(slide_type="-")
    frame.dress(notebook)
    kinds = {cell.id: cell.metadata.slideshow.slide_type for cell in notebook.cells if "slideshow" in cell.metadata}
    assert kinds == {
        "title": "slide", "text": "notes", "guess": "subslide", "answer": "fragment",
        "seen": "fragment", "exercise-lead": "slide", "exercise": "subslide", "check": "skip", "summary": "slide",
    }  # fmt: skip
    assert [cell.id for cell in notebook.cells if "jupyter" in cell.metadata] == ["answer"]
    nbformat.validate(notebook)


def test_a_learners_copy_shows_nothing_behind_a_guess_and_leaves_the_notebook_alone():
    notebook = page()
    frame.dress(notebook)
    copied = learner_copy(notebook)
    assert notebook.cells[4].outputs
    assert copied.cells[4].outputs == []
    assert copied.cells[4].execution_count is None
    assert "jupyter" not in copied.cells[4].metadata
    assert [a.source for a in copied.cells] == [b.source for b in notebook.cells]
    nbformat.validate(copied)


def test_copies_are_written_into_a_folder(tmp_path, capsys):
    main(["00", "--to", str(tmp_path / "class")])
    assert [path.name for path in (tmp_path / "class").iterdir()] == ["00_start_here.ipynb"]
    assert capsys.readouterr().out.endswith("00_start_here.ipynb\n")
