"""Make slides of notebooks: one HTML file each, with reveal.js and all pictures inside.

    uv run --group teaching python teaching/slides.py 09          # dist/slides/09_worked_example.html
    uv run --group teaching python teaching/slides.py             # all of them

A file needs no server and no network. Press S for the speaker's notes, F for the full screen, Esc for the overview.
Reveal.js comes from npm when the slides are made (Node.js is needed for that), and is kept in dist/.
"""

import argparse
import sys
from pathlib import Path

from deck import deck

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
LIVE = "../website/live/lab/index.html"


def main():
    """Make the decks that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", help="numbers such as 09, or names; without any, all notebooks")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "slides", help="the folder that they are put into")
    parser.add_argument("--live", default=LIVE, help="address of the course's website in which explorers can be moved")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for path in chosen(given.notebooks):
        target = given.out / f"{path.stem}.html"
        target.write_text(deck(path, given.live), encoding="utf-8")
        print(f"{path.stem}: {target}")


def chosen(names):
    """Return the notebooks that these numbers or names begin; all of them for an empty list."""
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    for name in names:
        if not any(path.stem.startswith(name) for path in paths):
            sys.exit(f"no notebook begins with {name!r}; choose from {', '.join(path.stem[:2] for path in paths)}")
    return [path for path in paths if not names or any(path.stem.startswith(name) for name in names)]


if __name__ == "__main__":
    main()
