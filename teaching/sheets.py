"""Make sheets for a class, and read what came back.

uv run --group teaching python teaching/sheets.py make names.txt hidden_slope hidden_delta --out dist/sheets
uv run --group teaching python teaching/sheets.py collect dist/returned --key dist/sheets/key/key.json
"""

import argparse
import sys
from pathlib import Path

from nbhelpers import exercises


def main(arguments=None):
    """Make the sheets, or write ``results.csv``, ``results.json`` and ``results.md`` into the folder of the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="write a notebook and a page for each student, and the key")
    make.add_argument("names", type=Path, help="a text file with a student in each line")
    make.add_argument("questions", nargs="+", help="names of questions, or rows such as F16 for all about them")
    make.add_argument("--seed", type=int, default=0)
    make.add_argument("--out", type=Path, default=Path("dist/sheets"))
    collect = commands.add_parser("collect", help="read the notebooks that came back")
    collect.add_argument("folder", type=Path)
    collect.add_argument("--key", type=Path)
    collect.add_argument("--run", action="store_true", help="run the students' code here first, in fresh kernels")
    collect.add_argument("--out", type=Path, default=Path("dist/results"))
    given = parser.parse_args(arguments)
    try:
        _make(given) if given.command == "make" else _collect(given)
    except (ValueError, OSError) as error:
        sys.exit(str(error))


def _make(given):
    names = [line for line in given.names.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    questions = [name for each in given.questions for name in exercises.for_row(each) or [each]]
    print(exercises.sheets(names, list(dict.fromkeys(questions)), given.seed, given.out))


def _collect(given):
    found = exercises.collect(given.folder, given.key, given.run)
    given.out.mkdir(parents=True, exist_ok=True)
    for kind, text in (("csv", found.csv()), ("json", found.json()), ("md", found._repr_markdown_())):
        (given.out / f"results.{kind}").write_text(text + "\n" * (kind != "csv"), encoding="utf-8")
    print(found)


if __name__ == "__main__":
    main()
