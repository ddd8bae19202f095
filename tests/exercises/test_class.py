"""Sheets for a class, and what comes back: notebooks as saved by Jupyter, and files that are anything else."""

import copy
import csv
import errno
import io
import json
import os
import shutil
from pathlib import Path

import nbformat
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbhelpers import exercises, formula_sheet
from nbhelpers.exercises import class_results, class_sheets
from nbhelpers.exercises.class_results import RECORD, TAUGHT, _no_formula
from nbhelpers.exercises.plain_lines import only_computes
from nbhelpers.exercises.question import Question
from nbhelpers.plots import pictures

NAMES = ["Ada Lovelace", "Čeněk", "s-03", "Dora"]
QUESTIONS = ["hidden_slope", "hidden_delta", "what_a_network_takes", "write_a_formula"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sheets") / "class"
    exercises.sheets(NAMES, QUESTIONS, folder=folder)
    return folder


@pytest.fixture
def made(sheets, tmp_path):
    return Path(shutil.copytree(sheets, tmp_path / "class"))


@pytest.fixture
def back(made):
    folder = made / "back"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("whole", [0, 2])
def test_on_a_full_disk_what_was_there_stays_and_the_rest_can_be_made_later(tmp_path, whole, monkeypatch):
    exercises.sheets(["Ada"], QUESTIONS[:1], folder=tmp_path)
    secret, notebook = key_of(tmp_path)["secret"], (tmp_path / "students/Ada.ipynb").read_bytes()
    write_text, left = Path.write_text, iter(range(whole))

    def write_on_a_full_disk(path, text, **options):
        if next(left, None) is None:
            write_text(path, text[: len(text) // 2], **options)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write_text(path, text, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", write_on_a_full_disk)
        with pytest.raises(OSError, match=r"No space left on device, .*: make room"):
            exercises.sheets(["Ada", "Late"], QUESTIONS[:1], folder=tmp_path)
    assert (tmp_path / "students/Ada.ipynb").read_bytes() == notebook
    assert not list(tmp_path.rglob("*.part"))
    exercises.sheets(["Ada", "Late"], QUESTIONS[:1], folder=tmp_path)
    assert key_of(tmp_path)["secret"] == secret
    assert notebook_of(tmp_path, "Late")[1].cells


def key_of(made):
    return json.loads((made / "key/key.json").read_text("utf-8"))


def notebook_of(made, name):
    student = next(s for s in key_of(made)["students"].values() if s["name"] == name)
    return student, nbformat.read(made / "students" / student["file"], as_version=4)


def question_of(student, name):
    return exercises.QUESTIONS[name](seed=student["seeds"][QUESTIONS.index(name)])


def right(question):
    return question._task.candidates(question.seed).right


def wrong(question, mistake):
    return question._task.candidates(question.seed).wrong[mistake]


def put(notebook, number, verdict):
    """Save a verdict in a notebook as Jupyter does."""
    data = {"text/plain": repr(verdict), RECORD: verdict.record}
    cell = next(cell for cell in notebook.cells if cell.id == f"answer-{number}")
    cell.outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)]


def hand_in(back, notebook, file):
    nbformat.write(notebook, back / file)


def test_all_have_the_same_questions_and_nobody_the_same_numbers(made):
    seeds = [seed for student in key_of(made)["students"].values() for seed in student["seeds"]]
    statements = [str(exercises.QUESTIONS[name](s["seeds"][i]).statement)
                  for s in key_of(made)["students"].values() for i, name in enumerate(QUESTIONS)]  # fmt: skip
    assert len(set(statements)) == len(seeds) == len(NAMES) * len(QUESTIONS)
    for name in NAMES:
        student, notebook = notebook_of(made, name)
        nbformat.validate(notebook)
        text = "".join(cell.source for cell in notebook.cells)
        assert all(f"exercises.{q}(seed={s})" in text for q, s in zip(QUESTIONS, student["seeds"], strict=True))
        page = (made / "students" / student["file"]).with_suffix(".html").read_text("utf-8")
        assert name in page
        assert "<math" in page
        assert "Solution" not in page
    assert (made / "key/key.html").read_text("utf-8").count("Solution</h3>") == len(seeds)
    to_print = (made / "key/to_print.html").read_text("utf-8")
    assert [to_print.count(f">Exercises: {name}</h1>") for name in NAMES] == [1] * len(NAMES)
    assert to_print.count("break-after: page") == len(NAMES) - 1
    assert "Solution" not in to_print


def test_the_secret_stands_in_the_key_alone_and_another_gives_other_numbers(made, tmp_path):
    exercises.sheets(NAMES, QUESTIONS, folder=tmp_path / "again")
    one, two = key_of(made), key_of(tmp_path / "again")
    assert not {s for each in one["students"].values() for s in each["seeds"]} & {
        s for each in two["students"].values() for s in each["seeds"]
    }
    holders = [path.name for path in made.rglob("*") if path.is_file() and one["secret"] in path.read_text("utf-8")]
    assert holders == ["key.json"]


def test_who_comes_later_changes_nothing_for_the_others(made):
    before = key_of(made)["students"]
    _, notebook = notebook_of(made, "Dora")
    notebook.cells[0].source += "\n\nmy work"
    nbformat.write(notebook, made / "students/Dora.ipynb")
    exercises.sheets(["Emil"], QUESTIONS, folder=made)
    after = key_of(made)["students"]
    assert {sheet: after[sheet] for sheet in before} == before
    assert len(after) == 5
    assert "my work" in (made / "students/Dora.ipynb").read_text("utf-8")


@pytest.mark.parametrize(
    ("names", "questions", "told"),
    [
        ([], QUESTIONS, "students are"),
        ("Ada", QUESTIONS, "expected a list"),
        (["Ada", " Ada "], QUESTIONS, "there twice among the students"),
        (["Ada"], ["nonsense"], "no question is called 'nonsense'"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(names, questions, told, tmp_path):
    with pytest.raises(ValueError, match=told):
        exercises.sheets(names, questions, folder=tmp_path / "class")
    assert not list(tmp_path.iterdir())


def test_a_question_with_too_few_versions_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(class_sheets, "_TRIES", 0)
    with pytest.raises(ValueError, match="'hidden_slope' has too few different versions: 0"):
        exercises.sheets(["Ada"], ["hidden_slope"], folder=tmp_path / "class")
    assert not list(tmp_path.iterdir())


def test_other_questions_do_not_go_into_a_folder_in_use(made):
    with pytest.raises(ValueError, match="choose another folder"):
        exercises.sheets(NAMES, QUESTIONS[:1], folder=made)


def test_the_best_answer_counts_and_every_mistake_is_kept(made, back):
    student, notebook = notebook_of(made, "Ada Lovelace")
    slope = question_of(student, "hidden_slope")
    slope.check(wrong(slope, "slope_missing"))
    slope.hint()
    slope.check(right(slope).round(3))
    put(notebook, 1, slope.check(wrong(slope, "slope_missing")))
    hand_in(back, notebook, student["file"])
    answer = exercises.collect(back).answers[0]
    assert answer["status"] == "rounded"
    assert answer["credit"] == 0.75
    assert (answer["tries"], answer["hints"]) == (3, 1)
    assert "slope_missing" in answer["mistakes"]  # twins are named as well
    assert (answer["last"], answer["checked"]) == ("known mistake", True)


def test_numbers_are_judged_again_and_a_record_of_other_numbers_does_not_count(made, back):
    student, notebook = notebook_of(made, "Dora")
    slope, delta = question_of(student, "hidden_slope"), exercises.hidden_delta(seed=1)
    verdict = slope.check(wrong(slope, "slope_missing"))
    verdict.record["answers"][0] |= {"status": "correct", "credit": 1.0, "mistakes": []}
    put(notebook, 1, verdict)
    put(notebook, 2, delta.check(right(delta)))
    hand_in(back, notebook, student["file"])
    first, second = (a for a in exercises.collect(back).answers[12:14])
    assert (first["student"], first["status"]) == ("Dora", "known mistake")
    assert "slope_missing" in first["mistake"]
    assert second["status"] == "not attempted"


def test_numbers_that_numpy_wrote_are_read_too(made, back):
    student, notebook = notebook_of(made, "Dora")
    slope = question_of(student, "hidden_slope")
    put(notebook, 1, slope.check([np.float64(x) for x in right(slope).ravel()]))
    assert "np.float64(" in slope.record["answers"][0]["answer"]
    hand_in(back, notebook, student["file"])
    answer = exercises.collect(back).answers[12]
    assert (answer["status"], answer["checked"]) == ("correct", True)


def test_what_cannot_be_read_again_is_said_to_be_taken_on_trust(made, back):
    student, notebook = notebook_of(made, "Dora")
    slope = question_of(student, "hidden_slope")
    verdict = slope.check(right(slope))
    verdict.record["answers"][0]["answer"] = "<lambda>"
    put(notebook, 1, verdict)
    notebook.cells[-1].outputs = [  # and what somebody made up does no harm
        nbformat.v4.new_output("display_data", {RECORD: {**verdict.record, "answers": answers, "hints": "x"}})
        for answers in ([{"status": [], "mistakes": [[1], "nonsense"], "credit": 7}], [1, None], {"a": 1})
    ]
    hand_in(back, notebook, student["file"])
    assert not exercises.collect(back).answers[12]["checked"]


def test_an_answer_counts_where_the_outputs_were_cleared(made, back):
    student, notebook = notebook_of(made, "Dora")
    numbers = right(question_of(student, "hidden_slope")).ravel().tolist()
    next(cell for cell in notebook.cells if cell.id == "answer-1").source = f"q1.check({numbers})"
    hand_in(back, notebook, student["file"])
    assert exercises.collect(back).answers[12]["status"] == "correct"


def test_no_file_is_lost(made, back):
    hand_in(back, notebook_of(made, "Ada Lovelace")[1], "my homework (1).ipynb")
    for name, file in (("Dora", "Dora.ipynb"), ("Dora", "Dora_copy.ipynb")):
        hand_in(back, notebook_of(made, name)[1], file)
    nbformat.write(nbformat.v4.new_notebook(), back / "other.ipynb")
    (back / "half.ipynb").write_text('{"cells": [', "utf-8")
    (back / "odd.ipynb").write_text('{"cells": 7}', "utf-8")
    (back / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    states = {file["file"] or file["student"]: file["state"] for file in exercises.collect(back).files}
    assert states == {
        **{"my homework (1).ipynb": "renamed", "Dora.ipynb": "doubled", "Dora_copy.ipynb": "doubled"},
        **{"other.ipynb": "foreign", "half.ipynb": "broken", "odd.ipynb": "broken", "photo.jpg": "broken"},
        **{"Čeněk": "missing", "s-03": "missing"},
    }


def test_many_files_that_are_no_sheets_are_counted_and_who_is_missing_is_named(made, back):
    for k in range(20):
        (back / f"{k:02}.txt").write_text("", "utf-8")
    broken, missing = exercises.collect(back).table().closing.split("; ")
    assert broken.endswith("10.txt, 11.txt and 8 more")
    assert missing == f"missing: {', '.join(NAMES)}"


def test_mistakes_are_counted_by_student_and_lead_to_a_cell(made, back):
    for name in NAMES[:3]:
        student, notebook = notebook_of(made, name)
        slope = question_of(student, "hidden_slope")
        put(notebook, 1, slope.check(wrong(slope, "slope_missing")))
        hand_in(back, notebook, student["file"])
    found = exercises.collect(back)
    assert found.mistakes().rows[0][1:3] == ["3", "███"]
    assert found.students == NAMES
    title, count = found.mistake_counts()[0]
    assert count == 3
    assert f"How many of 4 students made each mistake. {title}: 3" in pictures.class_mistakes(found).alt
    assert found.explain().rows == [["The slope of the hidden layer", "3 wrong", "02_activations.ipynb, cell slope"]]
    assert len(list(csv.DictReader(io.StringIO(found.csv())))) == len(json.loads(found.json())["answers"]) == 16


def test_a_name_that_looks_like_a_formula_stays_text_in_a_spreadsheet(tmp_path):
    names = ["=1+1", "+1+1", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\uff1d1"]
    exercises.sheets(names, QUESTIONS[:1], folder=tmp_path)
    rows = csv.DictReader(io.StringIO(exercises.collect(tmp_path / "students").csv()))
    assert [row["student"] for row in rows] == [f"'{name}" for name in names]


def test_a_negative_number_stays_a_number_in_a_spreadsheet():
    assert [_no_formula(text) for text in ("-0.5", "+2", "-1e-3", "-[1]")] == ["-0.5", "+2", "-1e-3", "'-[1]"]


HOSTILE = [
    "dZ[l] = open('{}', 'w').write('x')",
    "dZ[open('{}', 'w')] = 1",
    "dZ[l] = [open(name, 'w') for name in ['{}']]",
    "dZ[l] = (lambda: open('{}', 'w'))()",
    "dZ[l] = np.save('{}', W[1])",
    "dZ[l] = W[1].tofile('{}')",
    "dZ[l] = f[l](open('{}', 'w'))",
    "dZ[l] = np.exp.__globals__['open']('{}', 'w')",
    "dZ[l] = exit()",
    "dZ[l] = 9 ** 9 ** 9 ** 9",
    "dZ[l] = ((d ** 9) ** 9) ** 9",
    "dZ[l] = np.ones((10**9, 10**9))",
    "dZ[l] = np.ones((10 * 10 * 10 * 10 * 10, 10 * 10 * 10 * 10 * 10))",
    "dZ[l] = np.ones((10, 10, 10, 10, 10, 10, 10, 10, 10, 10))",
    "dZ[l] = np.ones((10, 10, 10, 10, d) * 3)",
    "k = d * d * d * d * d * d * d * d\ndZ[l] = np.zeros((k, k))",
    "p = np.outer(dZ[l], dZ[l])\np = np.outer(p, p)\np = np.outer(p, p)\ndZ[l] = np.outer(p, p)",
    "dZ[l] = A[l]\np = d ** 9\n" + "p = p ** 9\n" * 20,
    "dZ[l] = A[l]\np = d * d\n" + "p = p * p\n" * 40,
    "dZ[l] = A[l]\np = d ** 9\np = p ** p",
    "dZ[l] = A[l] ** d ** 9",
    "dZ[l] = A[l]\np = (d, d) * d ** 9 * d ** 9",
    "dZ[l] = A[l]\np = [d]\np = p * d ** 9 * d ** 9",
    "dZ[l] = A[l]\np = [d][0:1] * d ** 9 * d ** 9",
    "dZ[l] = A[l]\np = X.shape * d ** 9 * d ** 9",
    "dZ[l] = A[l]\np = X.shape\np = p * d ** 9 * d ** 9",
    "dZ[l] = A[l]\np = X.shape[:] * d ** 9 * d ** 9",
    "dZ[l] = A[l]\np = W * d ** 9 * d ** 9",
    "dZ[l] = A[l]\np = W[1:] * d ** 9 * d ** 9",
    "dZ[l] = A[l]\np = np.where(X > 0) * d ** 9 * d ** 9",
    "dZ[l] = A[l]\np = np.ones((X.size, X.size))\np = np.outer(np.outer(p, p), p)",
    "p = W[1].ravel()\np = np.diag(p).ravel()\np = np.diag(p).ravel()\ndZ[l] = np.diag(p)",
]


def test_a_line_of_code_that_does_more_than_compute_is_not_run(made, back):
    student, notebook = notebook_of(made, "Dora")
    cell = next(cell for cell in notebook.cells if cell.id == "answer-4")
    for k, line in enumerate(HOSTILE):
        line = line.format(made / f"{k}.npy")
        verdict = question_of(student, "write_a_formula").check("dZ[l] = 1")  # as an answer, and in a record
        verdict.record["answers"][0] |= {"answer": repr(line), "status": "incorrect"}
        put(notebook, 4, verdict)
        cell.source = f"q4.check({line!r})"
        hand_in(back, notebook, f"{k}.ipynb")
    answer = exercises.collect(back).answers[15]
    assert not list(made.glob("*.npy"))
    assert (answer["question"], answer["credit"], answer["checked"]) == ("write_a_formula", 0.0, False)


def test_a_line_of_the_sheet_is_judged_again(made, back):
    student, notebook = notebook_of(made, "Dora")
    question = question_of(student, "write_a_formula")
    line = str(question.solution()).split("`")[1]
    next(cell for cell in notebook.cells if cell.id == "answer-4").source = f"q4.check({line!r})"
    hand_in(back, notebook, student["file"])
    assert exercises.collect(back).answers[15]["status"] == "correct"


def test_every_line_of_the_formula_sheet_only_computes():
    rows = [row for group in formula_sheet.GROUPS.values() for row in group if "=" in row.code]
    assert [row.code for row in rows if not only_computes(row.code)] == []
    assert [line for line in HOSTILE if only_computes(line)] == []


def test_code_that_is_hard_to_read_stops_nobody(made, back):
    student, notebook = notebook_of(made, "Dora")
    sources = [
        "q1.check(" + "-" * 500 + "1)",
        "q1" + ".a" * 2000 + ".check(1)",
        "q1.check(0x" + "f" * 9000 + ")",
        "q1.check(" + "[" * 90 + "]" * 90 + ")",
        "q1.check(" + "list(" * 60 + ")" * 60 + ")",
        "q1.check('" + "array(" * 5000 + ")" * 5000 + "')",
        "q1.check('\\d')",
        f"q1.check({right(question_of(student, 'hidden_slope')).ravel().tolist()})",
    ]
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in sources]
    hand_in(back, notebook, student["file"])
    assert exercises.collect(back).answers[12]["status"] == "correct"


def test_odd_names_of_files_and_odd_answers_can_be_shown_and_written(made, back):
    for file in (b"\xff|.ipynb", b"[x](javascript:1) <b>.txt", b"\x1b[2J.txt", b"04_loss.ipynb, cell nowhere.txt"):
        Path(os.fsdecode(os.path.join(os.fsencode(back), file))).write_text("{}", "utf-8")
    student, notebook = notebook_of(made, "Dora")
    slope = question_of(student, "hidden_slope")
    verdict = slope.check(wrong(slope, "slope_missing"))
    verdict.record["answers"][0] |= {"answer": "<\ud800\x1b>", "credit": True, "status": "correct"}
    put(notebook, 1, verdict)
    (back / student["file"]).write_text(json.dumps(notebook), "utf-8")
    for kind in ("__MACOSX/._Dora.ipynb", ".DS_Store"):  # nobody's work
        (back / kind).parent.mkdir(exist_ok=True)
        (back / kind).write_bytes(b"\0")
    (back / "answers of Dora.html").write_text("<p>", "utf-8")
    found = exercises.collect(back)
    assert len([file for file in found.files if file["file"]]) == 6
    for text in (repr(found), found._repr_markdown_(), found.csv(), found.json()):
        text.encode("utf-8")
        assert "\x1b" not in text
    assert "\\[x\\]\\(javascript:1\\) &lt;b&gt;" in found._repr_markdown_()
    assert (found.answers[12]["answer"], found.answers[12]["credit"]) == ("<\ufffd\ufffd>", 1.0)


def test_a_file_that_is_too_large_is_not_read(made, back, monkeypatch):
    monkeypatch.setattr(class_results, "LARGEST", 10)
    hand_in(back, notebook_of(made, "Dora")[1], "Dora.ipynb")
    assert exercises.collect(back).files[0] == {"file": "Dora.ipynb", "state": "too large", "student": ""}


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([RECORD, "[1]"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    """A sheet as it came back, and where its parts are."""
    folder = tmp_path_factory.mktemp("fuzz") / "class"
    exercises.sheets(["Dora"], QUESTIONS, folder=folder)
    student, notebook = notebook_of(folder, "Dora")
    slope = exercises.hidden_slope(seed=student["seeds"][0])
    put(notebook, 1, slope.check(wrong(slope, "slope_missing")))
    return folder, json.loads(nbformat.writes(notebook))


def places(part, path=()):
    """Every place within a notebook, from the whole to its single entries."""
    yield path
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, each in inner:
        yield from places(each, (*path, name))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(data=st.data(), junk=JUNK)
def test_no_notebook_whatever_is_in_it_stops_the_others(handed_in, data, junk):
    folder, notebook = handed_in
    notebook = copy.deepcopy(notebook)
    *path, last = data.draw(st.sampled_from([place for place in places(notebook) if place]))
    part = notebook
    for name in path:
        part = part[name]
    part[last] = junk
    (folder / "back").mkdir(exist_ok=True)
    (folder / "back/any.ipynb").write_text(json.dumps(notebook), "utf-8")
    found = exercises.collect(folder / "back")
    assert [file["file"] for file in found.files if file["file"]] == ["any.ipynb"]
    assert len(found.answers) == len(QUESTIONS)
    for text in (repr(found), found._repr_markdown_(), found.csv(), found.json()):
        text.encode("utf-8")


def test_a_fresh_run_gives_what_jupyter_saves(made, back):
    student, notebook = notebook_of(made, "Dora")
    slope = question_of(student, "hidden_slope")
    cell = next(cell for cell in notebook.cells if cell.id == "answer-1")
    cell.source = f"answer = {right(slope).ravel().tolist()}\nq1.hint()\nq1.check(answer)"
    hand_in(back, notebook, student["file"])
    endless = notebook_of(made, "Čeněk")[1]
    endless.cells.append(nbformat.v4.new_code_cell("while True: pass"))
    hand_in(back, endless, "Čeněk.ipynb")
    assert exercises.collect(back).answers[12]["status"] == "not attempted"
    ran = exercises.collect(back, run=True, timeout=20)
    assert (ran.answers[12]["status"], ran.answers[12]["hints"]) == ("correct", 1)
    assert {each["file"]: each["state"] for each in ran.files}["Čeněk.ipynb"] == "stopped"


def test_without_a_key_it_is_said_where_it_was_looked_for(tmp_path):
    with pytest.raises(ValueError, match=r"no key.json in .*key="):
        exercises.collect(tmp_path)


def test_every_row_of_a_question_has_a_cell_that_explains_it():
    rows = {row for make in exercises.QUESTIONS.values() for row in make(seed=1).rows}
    assert rows <= set(TAUGHT)
    for place in TAUGHT.values():
        name, cell = place.split("#")
        notebook = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))
        assert cell in {each["id"] for each in notebook["cells"]}, place


def test_a_hint_carries_the_record_and_a_statement_does_not():
    question = exercises.hidden_slope(seed=3)
    assert isinstance(question, Question)
    assert question.hint()._repr_mimebundle_()[RECORD]["hints"] == 1
    assert question.statement._repr_mimebundle_() == {}
    assert question.check(...)._repr_mimebundle_() == {}
