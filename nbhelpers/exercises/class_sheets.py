"""Sheets for a class: the same questions for all, everybody's own numbers, no two alike.

The seeds come from a secret that is drawn once and stands in the teacher's key alone. Without it nobody can compute
from a name which numbers somebody has, or from the numbers whose they are.
"""

import contextlib
import hashlib
import hmac
import json
import re
import secrets
from pathlib import Path

from nbhelpers.exercises.catalog import TASKS
from nbhelpers.exercises.question import Question, checked_seed
from nbhelpers.tables import Table

_TRIES = 400
_NEXT_PAGE = '<div style="break-after: page"></div>'
_ROOM = '<div style="height: 45mm; break-inside: avoid; border-bottom: 1px solid #999"></div>'


def sheets(names, questions, seed=0, folder="sheets"):
    """Write a notebook and a page to print for every student, and a key for the teacher.

    Parameters
    ----------
    names : list of str
        The students: names or numbers. Who is added later leaves the sheets of the others as they are.
    questions : list of str
        Names in `nbhelpers.exercises.QUESTIONS`.
    seed : int
        Another seed, other numbers. The secret in the key belongs to them as well.
    folder : str or Path
        ``students/`` in it is to be handed out. ``key/`` stays with the teacher: ``key.json``, which
        `nbhelpers.exercises.collect` needs, ``key.html`` with all solutions, and ``to_print.html`` with all sheets,
        each begun on a new page. A notebook that is there is kept.

    Returns
    -------
    Table
        Each student with the number of the sheet and the file.

    Raises
    ------
    ValueError
        Where names or questions are missing, doubled or unknown, where a question has too few different versions for
        the class, or where the folder holds other sheets. Nothing is written then.
    """
    names, questions, seed = _checked(names, "students"), _checked(questions, "questions"), checked_seed(seed) or 0
    if unknown := [name for name in questions if name not in TASKS]:
        raise ValueError(f"no question is called {unknown[0]!r}; exercises.QUESTIONS lists them")
    folder = Path(folder)
    key = _begun(folder / "key" / "key.json", questions, seed)
    known = [student["name"] for student in key["students"].values()]
    key["students"] = _students([*known, *(name for name in names if name not in known)], key)
    _write(folder, key)
    rows = [[student["name"], sheet, student["file"]] for sheet, student in key["students"].items()]
    return Table(["student", "sheet", "file"], rows, f"{len(rows)} sheets in {folder / 'students'}")


def asked(student, key):
    """Return the questions on a student's sheet."""
    return [Question(TASKS[name], seed) for name, seed in zip(key["questions"], student["seeds"], strict=True)]


def _checked(names, what):
    if isinstance(names, str) or not all(isinstance(name, str) and name.strip() for name in names) or not len(names):
        raise ValueError(f"the {what} are {names!r}, expected a list of names")
    names = [" ".join(name.split()) for name in names]
    if doubled := [name for i, name in enumerate(names) if name in names[:i]]:
        raise ValueError(f"{doubled[0]!r} is there twice among the {what}")
    return names


def _begun(path, questions, seed):
    """Return the key that is there, or a new one with a secret of its own."""
    if not path.exists():
        return {"secret": secrets.token_hex(16), "seed": seed, "questions": questions, "students": {}}
    key = json.loads(path.read_text(encoding="utf-8"))
    if (key["questions"], key["seed"]) != (questions, seed):
        raise ValueError(f"{path} belongs to sheets with other questions or another seed: choose another folder")
    return key


def _students(names, key):
    taken, files, students = set(), set(), {}
    for name in names:
        seeds = [_seed(name, place, question, key, taken) for place, question in enumerate(key["questions"])]
        file = stem = re.sub(r"\W+", "_", name).strip("_") or "student"
        while file.lower() in files:
            file = f"{stem}_{len(files)}"
        files.add(file.lower())
        students[f"s{_hash(key, name, 'sheet'):010d}"] = {"name": name, "file": f"{file}.ipynb", "seeds": seeds}
    return students


def _seed(name, place, question, key, taken):
    for attempt in range(_TRIES):
        seed = _hash(key, name, key["seed"], place, attempt)
        statement = str(Question(TASKS[question], seed).statement)
        if (question, statement) not in taken:
            taken.add((question, statement))
            return seed
    count = sum(each == question for each, _ in taken)
    raise ValueError(f"{question!r} has too few different versions: {count} were found, and more students are named")


def _hash(key, *parts):
    digest = hmac.new(bytes.fromhex(key["secret"]), json.dumps(parts).encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % 10**10


def _write(folder, key):
    # The key comes first: where the disk is full in the middle, the same call goes on with the same sheets.
    pages = {"key/key.json": json.dumps(key, indent=1, ensure_ascii=False)}
    for sheet, student in key["students"].items():
        name = student["file"].removesuffix(".ipynb")
        pages[f"students/{name}.ipynb"] = json.dumps(_notebook(sheet, student, key), indent=1, ensure_ascii=False)
        pages[f"students/{name}.html"] = _page(name, _of(_on_paper(sheet, student, key)))
    # nbgrader wants one notebook that stands for all; only its cells for the points go into what was handed in.
    anybody = {"name": "anybody", "seeds": [1] * len(key["questions"])}
    pages["key/source/sheet/sheet.ipynb"] = json.dumps(_notebook("of nobody", anybody, key), indent=1)
    pages["key/key.html"] = _page("Answer key", _solved(key))
    pages["key/to_print.html"] = _page("Sheets to print", _all_on_paper(key))
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".ipynb" or not path.exists():
            _put(path, text)


def _put(path, text):
    """Write the whole file or nothing: what was there stays where the disk is full."""
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        words = f"{error.strerror}, and the sheets are not complete: make room, and call sheets(…) again"
        raise OSError(error.errno, words, str(path)) from None


def _heading(sheet, student):
    return f"# Exercises: {student['name']}\n\nSheet {sheet}"


def _notebook(sheet, student, key):
    """The notebook of a student: for each question its text, a cell that makes it, and one for the answer."""
    help_ = (
        "Replace the three dots with your answer, and run the cell. `q1.hint()` in a cell of its own helps, "
        "`q1.given` has the matrices. Your answers and hints are saved in this notebook, and the best one counts. "
        "Save it, and hand it in."
    )
    cells = [
        _cell("markdown", f"{_heading(sheet, student)}\n\n{help_}", "begin"),
        _cell("code", "from nbhelpers import exercises", "import"),
    ]
    for number, question in enumerate(asked(student, key), start=1):
        made = f"q{number} = exercises.{question.name}(seed={question.seed})"
        cells.append(_cell("markdown", f"## {number}\n\n{question.statement}", f"question-{number}"))
        cells.append(_cell("code", made, f"make-{number}"))
        cells.append(_cell("code", f"q{number}.check(...)", f"answer-{number}"))
        cells.append(_graded(number))
    return _of(cells)


def _graded(number):
    """A cell that shows the credit, a number from 0 to 1, which nbgrader takes as the points."""
    grade = {"grade": True, "solution": False, "locked": True, "task": False, "schema_version": 3, "points": 1}
    cell = _cell("code", f"q{number}.best.credit", f"credit-{number}")
    cell["metadata"]["nbgrader"] = {**grade, "grade_id": cell["id"], "cell_type": "code"}
    return cell


def _on_paper(sheet, student, key):
    cells = [_cell("markdown", _heading(sheet, student), "begin")]
    for number, question in enumerate(asked(student, key), start=1):
        cells.append(_cell("markdown", f"## {number}\n\n{question.statement}\n\n{_ROOM}", f"question-{number}"))
    return cells


def _all_on_paper(key):
    cells = []
    for sheet, student in key["students"].items():
        if cells:
            cells.append(_cell("markdown", _NEXT_PAGE, f"before-{sheet}"))
        cells += [{**cell, "id": f"{sheet}-{cell['id']}"} for cell in _on_paper(sheet, student, key)]
    return _of(cells)


def _solved(key):
    cells = []
    for sheet, student in key["students"].items():
        parts = [_heading(sheet, student)]
        for number, question in enumerate(asked(student, key), start=1):
            parts.append(f"## {number}\n\n{question.statement}\n\n### Solution\n\n{question.solution()}")
        cells.append(_cell("markdown", "\n\n".join(parts), sheet))
    return _of(cells)


def _cell(kind, source, name):
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source, **code}


def _of(cells):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _page(title, notebook):
    from nbconvert import get_exporter
    from nbformat import from_dict

    node = from_dict(notebook)
    node.metadata.title = title
    return get_exporter("nbhelpers")().from_notebook_node(node)[0]
