"""Tests of the package by the Python and the packages that the site gives to a browser, in Node: the maths, exercises,
`diagnose`, plots and explorers. They take a few seconds; of the slow ones there are some, and all run on the desktop.
"""

import io
import subprocess
import sysconfig
import tarfile
import zipfile
from pathlib import Path

SCRIPT = Path(__file__).with_name("pytest_in_node.mjs")
TESTS = SCRIPT.parents[1]
HERE_TOO = [
    "test_network.py",
    "exercises/test_exercises_training.py",
    "diagnosis/test_diagnose.py::test_every_style_is_read_in_the_right_convention",
    "diagnosis/test_diagnose.py::test_a_slope_alone",
    "diagnosis/test_diagnose.py::test_an_update_alone",
    "plots/test_why.py",
    "explorers/test_forward.py",
]
SLOW = [
    "exercises/test_exercises_training.py::test_slips_and_mistakes_have_different_names_and_every_slip_is_used",
    "explorers/test_forward.py::test_random_moves",
]


def test_the_package_is_right_under_the_browsers_python(site):
    runtime = site / "live" / "static" / "pyodide"
    installed = sysconfig.get_path("purelib")
    command = ["node", SCRIPT, runtime, TESTS, installed, *HERE_TOO, *(f"--deselect={name}" for name in SLOW)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]


UNPACK = """const [unpacker, archive] = process.argv.slice(1);
const { decompress } = await import(unpacker);
process.stdout.write(decompress((await import("node:fs")).readFileSync(archive)));"""


def unpacked(runtime, name):
    """What is in an archive of the site, as its own page unpacks it."""
    unpacker, archive = (runtime / "fzstd.mjs").as_uri(), runtime / f"{name}.zst"
    command = ["node", "--input-type=module", "--eval", UNPACK, unpacker, archive]
    return io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)


def test_nothing_is_left_for_a_visitor_to_compile(site):
    runtime = site / "live" / "static" / "pyodide"
    names = set()
    for archive in ("packages.tar", "nbhelpers.tar"):
        with tarfile.open(fileobj=unpacked(runtime, archive)) as packages:
            names |= set(packages.getnames())
    with zipfile.ZipFile(unpacked(runtime, "python_stdlib.zip")) as library:
        assert {"typing.pyc", "email/message.pyc"} <= set(library.namelist())
        names |= set(library.namelist())
    sources = [Path(name) for name in names if name.endswith(".py")]
    compiled = {str(path.parent / "__pycache__" / f"{path.stem}.cpython-314.pyc") for path in sources}
    assert compiled <= names
    assert all(path.parts[0] == "nbhelpers" for path in sources)
