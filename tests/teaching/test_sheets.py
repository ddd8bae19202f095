"""The commands that make sheets and collect them."""

import json

import pytest
import sheets

from nbhelpers import exercises


def test_from_a_list_of_names_to_results(tmp_path, capsys):
    (tmp_path / "names.txt").write_text("\ufeffAda\n\nBo\n", "utf-8")
    out = tmp_path / "class"
    sheets.main(["make", str(tmp_path / "names.txt"), "F17", "hidden_slope", "--out", str(out)])
    key = json.loads((out / "key/key.json").read_text("utf-8"))
    assert [student["name"] for student in key["students"].values()] == ["Ada", "Bo"]
    assert key["questions"][-1] == "hidden_slope"
    assert "hidden_delta" in key["questions"]
    sheets.main(["collect", str(out / "students"), "--out", str(tmp_path / "results")])
    assert "No answer was wrong." in capsys.readouterr().out
    assert len(json.loads((tmp_path / "results/results.json").read_text("utf-8"))["files"]) == 2
    page = (tmp_path / "results/results.html").read_text("utf-8")
    assert 'alt="How many of 2 students made each mistake.' in page
    assert "<table" in page
    assert "\nBo,hidden_slope," in (tmp_path / "results/results.csv").read_text("utf-8")


def test_what_is_wrong_is_said_in_a_sentence(tmp_path):
    with pytest.raises(SystemExit, match="is not a folder"):
        sheets.main(["collect", str(tmp_path / "nowhere")])


def test_the_heading_of_a_cell_is_named_and_not_its_id():
    told = sheets._with_headings("04_loss.ipynb, cell mean")
    assert told == "04_loss, “Take the mean over the examples”"


def test_the_questions_are_listed_with_what_they_are_about(capsys):
    sheets.main(["questions"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(exercises.QUESTIONS) + 1
    assert any(line.split(maxsplit=2) == ["hidden_slope", "F18", "The slope of the hidden layer"] for line in lines)
