"""What a class handed in: who answered what, which mistakes were made, and what to explain again.

The notebooks are read as data. Each verdict in them carries the record of its question; the key says which questions
are whose. What was typed as a number is judged again here, so that nobody's output is taken on trust.
"""

import ast
import csv
import html
import io
import json
import re
import tempfile
import time
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from nbhelpers.exercises.catalog import TASKS
from nbhelpers.exercises.class_sheets import asked
from nbhelpers.exercises.plain_lines import only_computes
from nbhelpers.exercises.verdict import KNOWN, MARKS, RECORD
from nbhelpers.tables import Table

TAUGHT = {
    **{"F01": "01_layers_and_shapes#layers", "F02": "03_forward_pass#z1", "F03": "03_forward_pass#z1"},
    **{"F04": "03_forward_pass#z2", "F05": "03_forward_pass#any-depth", "F06": "03_forward_pass#z2"},
    **{"F07": "02_activations#values", "F08": "02_activations#values", "F09": "02_activations#values"},
    **{"F10": "02_activations#softmax", "F11": "02_activations#linear-layers", "F12": "04_loss#bce"},
    **{"F13": "04_loss#classes", "F14": "04_loss#mean", "F15": "06_backward_hidden_layers#paths"},
    **{"F16": "05_backward_output_layer#collapse", "F17": "06_backward_hidden_layers#matrix"},
    **{"F18": "02_activations#slope", "F19": "07_gradients_and_update#dW-lead"},
    **{"F20": "07_gradients_and_update#one-over-d", "F21": "07_gradients_and_update#step-lead"},
    **{"T01": "13_deep_networks#deep", "T02": "01_layers_and_shapes#tasks", "T03": "01_layers_and_shapes#structure"},
    **{"T04": "02_activations#linear-layers", "T05": "05_backward_output_layer#meaning"},
    **{"T06": "05_backward_output_layer#meaning", "T07": "10_cycle_of_learning#loop"},
    **{"T08": "12_generalize#simple-lead", "T09": "12_generalize#l2-lead", "T10": "12_generalize#split-lead"},
    **{"T11": "13_deep_networks#train-lead", "T12": "13_deep_networks#train-lead"},
    **{"T13": "14_efficiency#loops-lead", "T14": "11_classify#question"},
}
"""Where a formula or a topic is explained: the notebook, and the cell in it."""

_NOTHING = {"status": "not attempted", "mistakes": [], "together": False, "credit": 0.0, "answer": ""}
LARGEST = 64 * 2**20
"""A file with more bytes is not read. A notebook full of pictures has a tenth of that."""

SHOWN = 12
"""So many files of a kind are named below the table; `Collected.files` has them all."""

LONGEST = 20_000
"""Nobody types an answer with more characters."""

_NO_WORK = re.compile(r"\._.*|\.DS_Store|Thumbs\.db|desktop\.ini")  # what systems put beside files
_SCALAR = re.compile(r"\b(?:np\.)?(?:float|int)\d+\(([^()]*)\)|\b(?:array|tuple|list)\(([^()]*)\)")


@dataclass(frozen=True, repr=False)
class Collected:
    """What came back from a class.

    Attributes
    ----------
    files : list of dict
        Each file with ``file``, ``state`` and ``student``: ``"sheet"``, ``"renamed"``, ``"doubled"`` (more than one
        file of the same sheet: the best answer of all counts), ``"foreign"``, ``"broken"``, ``"too large"`` or
        ``"stopped"`` (its run did not end, and what was saved counts); a sheet that did not come back is ``"missing"``.
    answers : list of dict
        For each student and question the best answer: ``status``, ``mistake``, ``credit``, ``tries``, ``hints``,
        ``solution`` (whether it was shown), the ``answer`` as text, and whether it was ``checked`` again here. ``last``
        is the status of the last answer, and ``mistakes`` lists those of every try.
    """

    files: list
    answers: list

    @property
    def students(self):
        """Their names, in the order of the key."""
        return list(dict.fromkeys(answer["student"] for answer in self.answers))

    def table(self):
        """Students × questions, each with its verdict and mistake."""
        questions = list(dict.fromkeys(answer["question"] for answer in self.answers))
        rows = []
        for student in self.students:
            own = {answer["question"]: answer for answer in self.answers if answer["student"] == student}
            told = [f"{MARKS[a['status']]} {a['mistake'] or a['status']}" for a in own.values()]
            rows.append([student, *told, f"{sum(a['credit'] for a in own.values()):g}"])
        return Table(["student", *questions, "points"], rows, "; ".join(self._odd()) or "All sheets came back.")

    def _odd(self):
        """Say which files are in each state but the usual one; a hub's folder has hundreds that are no sheets."""
        states = dict.fromkeys(file["state"] for file in self.files if file["state"] != "sheet")
        for state in states:
            names = [file["file"] or file["student"] for file in self.files if file["state"] == state]
            shown = names if state == "missing" else names[:SHOWN]
            more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
            yield f"{state}: {', '.join(shown)}{more}"

    def mistake_counts(self):
        """Each mistake's title with the number of students who made it, in any try, the most frequent first."""
        return [(KNOWN[name].title, count) for name, count in self._mistakes()]

    def mistakes(self):
        """The same as bars with words, and what to say. `nbhelpers.plots.pictures.class_mistakes` draws it."""
        return Table(
            ["mistake", "students", "", "what to say"],
            [[KNOWN[name].title, str(count), "█" * count, KNOWN[name].mend] for name, count in self._mistakes()],
            "" if self._mistakes() else "No mistake with a name was made.",
        )

    def explain(self):
        """What to explain again: the questions that most answered wrong, and the cells that explain them."""
        rows = []
        wrong = Counter(a["question"] for a in self.answers if not a["credit"] and a["status"] != "not attempted")
        for question, count in wrong.most_common():
            places = dict.fromkeys(TAUGHT[row] for row in TASKS[question].rows)
            cells = ", ".join(f"{notebook}.ipynb, cell {cell}" for notebook, cell in (p.split("#") for p in places))
            rows.append([TASKS[question].title, f"{count} wrong", cells])
        return Table(["question", "answers", "where it is explained"], rows, "" if rows else "No answer was wrong.")

    def csv(self):
        """The answers as comma-separated values."""
        text = io.StringIO()
        plain = [{**answer, "mistakes": " ".join(answer["mistakes"])} for answer in self.answers]
        writer = csv.DictWriter(text, plain[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: _no_formula(v) if isinstance(v, str) else v for k, v in row.items()} for row in plain)
        return text.getvalue()

    def json(self):
        """Everything as JSON."""
        return json.dumps({"files": self.files, "answers": self.answers}, indent=1, ensure_ascii=False)

    def _mistakes(self):
        made = {(a["student"], name) for a in self.answers for name in a["mistakes"]}
        return Counter(name for _, name in sorted(made)).most_common()

    def __repr__(self):
        return "\n\n".join(repr(table) for table in (self.table(), self.mistakes(), self.explain()))

    def _repr_markdown_(self):
        table = self.table()
        rows = [[_no_markup(student), *row] for student, *row in table.rows]
        tables = Table(table.header, rows, _no_markup(table.closing)), self.mistakes(), self.explain()
        return "\n\n".join(table._repr_markdown_() for table in tables)


def _no_formula(text):
    """A cell of a spreadsheet that begins like a formula would be run: an apostrophe makes it text."""
    number = re.fullmatch(r"[+-]?[\d.]+(e[+-]?\d+)?", text)
    return text if number else re.sub(r"^(?=[=+@\-＝＋＠－\s])", "'", text)


def _no_markup(text):
    """A name as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]()#|$~!])", r"\\\1", html.escape(text, quote=False))


def _clean(text):
    """A text from outside without what no terminal and no file can show."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def collect(folder, key=None, run=False, timeout=120):
    """Read the notebooks that came back from a class.

    Parameters
    ----------
    folder : str or Path
        With the notebooks, also in folders of its own. They are not changed.
    key : str or Path, optional
        The ``key.json`` of `sheets`; unless given, looked for in the folder, its ``key/`` and the one beside it.
    run : bool
        Whether to run each notebook in a fresh kernel first, and read what that gives. This runs the students' code on
        this machine, with your rights: do it only where you would run their programs anyway. Earlier tries and hints
        are in the outputs as they were saved, so both are read.
    timeout : float
        How many seconds the run of one notebook may take.

    Returns
    -------
    Collected
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder")
    places = [Path(key)] if key else [folder / "key.json", folder / "key/key.json", folder.parent / "key/key.json"]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise ValueError(f"no key.json in {', '.join(str(place.parent) for place in places)}: name it with key=…")
    key = json.loads(found.read_text(encoding="utf-8"))
    files, records = [], {sheet: {} for sheet in key["students"]}
    pages = {student["file"].replace(".ipynb", ".html") for student in key["students"].values()}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path != found):
        # Neither a copy that Jupyter keeps for itself nor the page to print is anybody's work.
        if ".ipynb_checkpoints" not in path.parts and path.name not in pages and not _NO_WORK.fullmatch(path.name):
            files.append(
                _read(path, _clean(path.relative_to(folder).as_posix()), key, records, timeout if run else None)
            )
    _mark_doubled(files)
    came = {file["student"] for file in files}
    names = [student["name"] for student in key["students"].values()]
    files.extend({"file": "", "state": "missing", "student": name} for name in names if name not in came)
    return Collected(files, [
        _answer(student["name"], question, records[sheet].get((question.name, question.seed), []))
        for sheet, student in key["students"].items() for question in asked(student, key)
    ])  # fmt: skip


def _read(path, file, key, records, timeout):
    """Add the records in a file to those of its sheet, and return what kind of file it is."""
    try:
        if path.stat().st_size > LARGEST:
            return {"file": file, "state": "too large", "student": ""}
        text = path.read_text(encoding="utf-8-sig")
        notebook = json.loads(text)
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        sources = ["".join(cell["source"]) for cell in cells]
        outputs = [output for cell in cells for output in cell["outputs"]]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {"file": file, "state": "broken", "student": ""}
    sheet = _whose(text, key)
    if sheet is None:
        return {"file": file, "state": "foreign", "student": ""}
    student = key["students"][sheet]
    state = "sheet" if path.name == student["file"] else "renamed"
    if timeout is not None:
        ran = _run(text, timeout)
        state, outputs = (state, outputs + ran) if ran is not None else ("stopped", outputs)
    questions = asked(student, key)
    for record in [*_saved(outputs), *_typed(sources, questions)]:
        records[sheet].setdefault((record["question"], record["seed"]), []).append(record)
    return {"file": file, "state": state, "student": student["name"]}


def _whose(text, key):
    """Return whose sheet a notebook is: by its number, or where that was deleted by the seeds in it."""
    if len(numbers := [sheet for sheet in key["students"] if sheet in text]) == 1:
        return numbers[0]
    held = Counter({sheet: sum(f"seed={seed})" in text for seed in student["seeds"])
                    for sheet, student in key["students"].items()})  # fmt: skip
    (sheet, count), *_ = held.most_common(1)
    return sheet if count else None


def _saved(outputs):
    for output in outputs:
        data = output.get("data") if isinstance(output, dict) else None
        record = data.get(RECORD) if isinstance(data, dict) else None
        kinds = {"answers": list, "question": str, "seed": int}
        if isinstance(record, dict) and all(isinstance(record.get(name), kind) for name, kind in kinds.items()):
            yield record


def _typed(sources, questions):
    """The answers that stand in the cells as numbers, also where the outputs were cleared."""
    for source in sources:
        for number, text in _checks(source):
            if 1 <= number <= len(questions):
                question = questions[number - 1]
                if (judged := _judged(question, text)) and judged["status"] != "not attempted":
                    yield {"question": question.name, "seed": question.seed, "answers": [judged]}


def _checks(source):
    """Return (3, "0.5") for each ``q3.check(0.5)`` in a cell."""
    found = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a student's "\d" is no matter of the teacher's
            for call in ast.walk(ast.parse(source)):
                if isinstance(call, ast.Call) and len(call.args) == 1 and isinstance(call.func, ast.Attribute):
                    number = re.fullmatch(r"q(\d{1,3})\.check", ast.unparse(call.func))
                    found += [(int(number[1]), ast.unparse(call.args[0]))] if number else []
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        pass
    return found


def _judged(question, text):
    """The verdict of the package on an answer that is kept as text; None where it is no number and no text.

    A line of code is tried out by its question. So it is judged only where it computes and does nothing else.
    """
    if len(text) > LONGEST:
        return None
    try:
        while (plain := _SCALAR.sub(lambda found: found[1] or found[2] or "", text)) != text:
            text = plain
        answer = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    if isinstance(answer, str) and "=" in answer and not only_computes(answer):
        return None
    verdict = question._task.judge(question.seed, answer)
    told = {"status": verdict.status, "mistakes": list(verdict.mistakes), "together": verdict.together}
    return {"answer": text, "credit": verdict.credit, **told}


def _answer(student, question, records):
    """The best answer of all records of a question, each judged again where it can be."""
    told = [[_again(question, answer) for answer in r["answers"] if isinstance(answer, dict)] for r in records]
    answers = [answer for each in told for answer in each]
    best = max(answers, key=lambda answer: answer["credit"], default={**_NOTHING, "checked": True})
    longest = max(told, key=len, default=[])
    last = longest[-1] if longest else best
    hints = [record["hints"] for record in records if isinstance(record.get("hints"), int)]
    return {
        **{"student": student, "question": question.name, "seed": question.seed, "status": best["status"]},
        "mistake": (" and " if best["together"] else " or ").join(best["mistakes"]),
        **{"credit": best["credit"], "tries": len(longest), "hints": max(hints, default=0)},
        **{"solution": any(bool(record.get("solution")) for record in records), "answer": _clean(best["answer"])},
        **{"checked": best["checked"], "last": last["status"]},
        "mistakes": sorted({name for answer in answers for name in answer["mistakes"]}),
    }


def _again(question, answer):
    text = answer.get("answer")
    if judged := _judged(question, text) if isinstance(text, str) else None:
        return {**judged, "checked": True}
    mistakes = answer.get("mistakes")
    told = {
        "answer": text if isinstance(text, str) else "",
        "status": next((status for status in MARKS if status == answer.get("status")), "incorrect"),
        "mistakes": [name for name in KNOWN if name in mistakes] if isinstance(mistakes, list) else [],
        "together": answer.get("together") is True,
        "credit": float(answer["credit"]) if answer.get("credit") in (0, 0.75, 1) else 0.0,
    }
    return {**told, "checked": False}


def _mark_doubled(files):
    count = Counter(file["student"] for file in files if file["student"])
    for file in files:
        if count[file["student"]] > 1 and file["state"] in ("sheet", "renamed"):
            file["state"] = "doubled"


def _run(text, timeout):
    """Return the outputs of a fresh run; None where the time is over or the kernel dies."""
    from nbconvert.preprocessors import ExecutePreprocessor
    from nbformat import reads

    end = time.monotonic() + timeout
    left = {"timeout_func": lambda cell: max(1, int(end - time.monotonic())), "allow_errors": True}
    with tempfile.TemporaryDirectory() as empty:
        try:
            node = reads(text, as_version=4)
            ExecutePreprocessor(kernel_name="python3", **left).preprocess(node, {"metadata": {"path": empty}})
        except Exception:  # a run that does not end, a kernel that dies, cells that are no cells
            return None
    return [output for cell in node.cells if cell.cell_type == "code" for output in cell.outputs]
