"""Reveal.js from npm, fetched once when slides are made. The slides themselves ask nobody."""

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

VERSION = "6.0.2"
_CACHE = Path(__file__).resolve().parents[1] / "dist" / ".reveal"


def reveal(name):
    """Return the text of a file of reveal.js's ``dist`` folder, such as ``"reveal.css"``."""
    folder = _CACHE / VERSION
    if not folder.exists():
        _fetch(folder)
    return (folder / "package" / "dist" / name).read_text(encoding="utf-8")


def _fetch(folder):
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm was not found: slides need Node.js once, to get reveal.js. Install Node.js, then run this again.")
    parts = folder.with_suffix(".part")
    parts.mkdir(parents=True, exist_ok=True)
    packed = subprocess.run(  # npm checks the archive against the registry's hash
        [npm, "pack", "--silent", f"reveal.js@{VERSION}"], cwd=parts, check=True, capture_output=True, text=True
    )
    with tarfile.open(parts / packed.stdout.split()[-1]) as archive:
        archive.extractall(parts, filter="data")
    parts.rename(folder)
