"""What the teacher's notes say about each cell of a notebook, as HTML for the speaker's view."""

from lesson.notes import FOLDER, notes

from nbhelpers.jupyter.html_page import markdown2html


def notes_by_cell(number):
    """Return the notes on the notebook with this number by cell id; {} where it has none yet."""
    if not (FOLDER / f"{number}.md").exists():
        return {}
    return {cell: markdown2html(text) for cell, text in notes(number).cells.items()}
