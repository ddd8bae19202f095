"""The sheets as an assignment of the real nbgrader, of the group `grading`: its grades are those of `collect`."""

import csv
import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest

from nbhelpers import exercises

pytestmark = pytest.mark.skipif(find_spec("nbgrader") is None, reason="needs the group grading")

QUESTIONS = ["hidden_slope", "hidden_delta"]
STUDENTS = ["s-101", "s-102", "s-103"]


def nbgrader(course, *arguments):
    command = [sys.executable, "-m", "nbgrader", *arguments, f"--course={course.name}"]
    config = [f"--CourseDirectory.root={course}", f"--Exchange.root={course.parent / 'exchange'}"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic by name
    environment = {**os.environ, "PATH": path}
    done = subprocess.run([*command, *config], cwd=course, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_grades_are_those_of_collect(tmp_path):
    course = tmp_path / "class" / "key"  # its folder source/ is what nbgrader looks for
    exercises.sheets(STUDENTS, QUESTIONS, folder=course.parent)
    (tmp_path / "class/exchange").mkdir()
    (tmp_path / "class/exchange").chmod(0o777)
    nbgrader(course, "generate_assignment", "sheet", "--create")
    nbgrader(course, "release_assignment", "sheet")

    key = json.loads((course / "key.json").read_text("utf-8"))
    for student in key["students"].values():
        notebook = nbformat.read(tmp_path / "class/students" / student["file"], as_version=4)
        answers = {"s-101": (None, 3), "s-102": (None, None), "s-103": ("wrong", None)}[student["name"]]
        for number, (name, seed, how) in enumerate(zip(QUESTIONS, student["seeds"], answers, strict=True), start=1):
            candidates = exercises.QUESTIONS[name](seed=seed)._task.candidates(seed)
            value = candidates.wrong["slope_missing"] if how == "wrong" else candidates.right
            typed = value.round(how).tolist() if how == 3 else value.tolist()
            next(c for c in notebook.cells if c.id == f"answer-{number}").source = f"q{number}.check({typed})"
        if student["name"] == "s-103":  # who writes the points into the notebook does not get them
            next(c for c in notebook.cells if c.id == "credit-1").source = "1.0"
        place = course / "submitted" / student["name"] / "sheet"
        place.mkdir(parents=True)
        nbformat.write(notebook, place / "sheet.ipynb")

    nbgrader(course, "autograde", "sheet", "--create")
    nbgrader(course, "export", f"--CsvExportPlugin.to={course / 'grades.csv'}")
    rows = csv.DictReader((course / "grades.csv").read_text("utf-8").splitlines())
    grades = {row["student_id"]: float(row["score"]) for row in rows if row["assignment"] == "sheet"}
    collected = dict.fromkeys(STUDENTS, 0.0)
    for answer in exercises.collect(course / "submitted", course / "key.json").answers:
        collected[answer["student"]] += answer["credit"]
    assert grades == collected
    assert grades["s-101"] < grades["s-102"] == 2.0
    assert grades["s-103"] == 1.0
