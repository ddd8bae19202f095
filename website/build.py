"""Build the course as a website: ``uv run --group website python website/build.py`` writes ``dist/website``.

Pages to read, which need no script, and ``live/``, where every notebook runs in the browser. Everything is in the
folder: put it on any web server, under any path, or serve it in a classroom with
``python -m http.server --directory dist/website``.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fetch import Unavailable, fetch
from live import build_live
from outside import asks_outside
from site_pages import build_pages

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "dist" / ".website"  # what was fetched and compiled; may be deleted at any time


class Stages:
    """A line for each stage of the build, with its time."""

    def __init__(self):
        self._begin = time.monotonic()

    def __call__(self, what):
        """Print what begins now."""
        print(f"{time.monotonic() - self._begin:6.1f} s  {what}", flush=True)


def build(out, cache=CACHE, say=print):
    """Build the whole site into the folder `out`, which is emptied first.

    Raises
    ------
    fetch.Unavailable
        If npm, Node or the package indexes are not there.
    ValueError
        If a page asks for anything outside of the site, or a file is not what it should be.
    """
    say("Fetching what is not in the cache, and checking every file")
    fetched = fetch(cache)
    shutil.rmtree(out, ignore_errors=True)
    with tempfile.TemporaryDirectory() as scratch:
        say("Building the package")
        own = _wheel(Path(scratch) / "wheel")
        say("Writing the pages")
        build_pages(out, ROOT, fetched)
        say("Bringing the notebooks to life")
        build_live(out / "live", Path(scratch) / "lite", ROOT / "notebooks", fetched, cache, own)
    say("Looking for anything that points outside")
    found = asks_outside(out)
    if found:
        raise ValueError("the site asks others:\n" + "\n".join(found))
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    say(f"Done: {size / 1e6:.0f} MB in {out}")


def _wheel(folder):
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the package could not be built:\n{done.stderr[-2000:]}")
    (wheel,) = folder.glob("*.whl")
    return wheel


def main():
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Build the course as a website.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist" / "website", help="default: dist/website")
    options = parser.parse_args()
    try:
        build(options.out.resolve(), say=Stages())
    except Unavailable as error:
        sys.exit(f"The website cannot be built here. {error}")


if __name__ == "__main__":
    main()
