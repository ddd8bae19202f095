"""What a new machine is given: the packages, the wheel, and files that name no machine of ours."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import rattler
import yaml

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]

NAME_ON_CONDA_FORGE = {"matplotlib": "matplotlib-base", "playwright": "playwright-python"}
NOT_ON_CONDA_FORGE = {"axe-playwright-python"}


def tracked_files(folder="."):
    """Return what git tracks below `folder`, or would if it were added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", folder]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(name for name in listed.split("\0") if name and (ROOT / name).is_file())


# environment.yml


def bounds(requirement):
    """Split a requirement such as "numpy>=2.1,<3" into its name and the set of its bounds; a marker is left out."""
    name, versions = re.fullmatch(r"([A-Za-z0-9_-]+)\s*([^;]*).*", requirement).groups()
    return name, frozenset(versions.replace(" ", "").split(","))


def required():
    """Return the name and bounds of everything in pyproject.toml."""
    project = PROJECT["project"]
    python = "python" + project["requires-python"]
    groups = PROJECT["dependency-groups"]
    lines = [python, *project["dependencies"], *groups["runner"], *groups["style"], *groups["dev"]]
    return dict(bounds(line) for line in lines if isinstance(line, str))


def conda_specs():
    return [spec for spec in CONDA if isinstance(spec, str) and spec != "pip"]


def pip_specs():
    (pip,) = [spec["pip"] for spec in CONDA if isinstance(spec, dict)]
    return pip


@pytest.mark.parametrize("spec", conda_specs())
def test_conda_accepts_the_spec(spec):
    parsed = rattler.MatchSpec(spec, strict=True)
    assert bounds(spec) == (parsed.name.normalized, frozenset(str(parsed.version).split(",")))


def test_environment_yml_has_the_packages_and_bounds_of_pyproject_toml():
    wanted = {
        NAME_ON_CONDA_FORGE.get(name, name): versions
        for name, versions in required().items()
        if name not in NOT_ON_CONDA_FORGE
    }
    assert dict(map(bounds, conda_specs())) == wanted


def test_pip_installs_only_this_package_and_what_conda_forge_lacks():
    assert "pip" in CONDA
    wanted = {name: versions for name, versions in required().items() if name in NOT_ON_CONDA_FORGE}
    *others, this = pip_specs()
    assert this == "-e ."
    assert dict(map(bounds, others)) == wanted


def test_no_package_is_named_twice():
    names = [bounds(spec)[0] for spec in [*conda_specs(), *pip_specs()[:-1]]]
    assert len(names) == len(set(names))


def test_every_package_has_a_lower_bound_and_ends_before_a_major_version():
    for name, versions in required().items():
        if name != "python":
            assert sorted(version[:1] for version in versions) == ["<", ">"], name
            assert any(re.fullmatch(r"<\d+", version) for version in versions), name


# The wheel


def test_the_wheel_holds_every_file_of_the_package(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=600)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    shared = {name for name in names if ".data/data/" in name}
    assert {name.partition("/data/")[2] for name in shared} == {"etc/jupyter/jupyter_server_config.py"}
    assert names - shared == set(tracked_files("nbhelpers"))


# What no file may name

INDEX_HOST = re.compile(
    r"pypi[.]org|pythonhosted[.]org|pypi/simple|conda[.]anaconda[.]org|repo[.]anaconda[.]com|registry[.]npmjs[.]org"
    r"|(?:extra-)?index-url|find-links"
)
MACHINE_PATH = re.compile(r"(?<![\w.~*)/])(?:/(?:work|root|home|Users)/|[A-Za-z]:\\+Users\\)\w")


def named(pattern, text):
    return [match.group() for match in pattern.finditer(text)]


@pytest.mark.parametrize("pattern", [INDEX_HOST, MACHINE_PATH], ids=["index host", "path of a machine"])
def test_no_tracked_file_names_it(pattern):
    guilty = {}
    for name in tracked_files():
        if name != Path(__file__).relative_to(ROOT).as_posix():  # the examples below
            text = (ROOT / name).read_text(encoding="utf-8", errors="ignore")
            guilty[name] = named(pattern, text)
    assert len(guilty) > 10
    assert not {name: found for name, found in guilty.items() if found}


@pytest.mark.parametrize(
    ("pattern", "text", "seen"),
    [
        (INDEX_HOST, "https://pypi.org/simple", True),
        (INDEX_HOST, "uv sync --index-url x", True),
        (INDEX_HOST, "pip install uv", False),
        (MACHINE_PATH, "File /home/ada/lesson.py", True),
        (MACHINE_PATH, '"/work/main/nbhelpers"', True),
        (MACHINE_PATH, r"C:\Users\ada", True),
        (MACHINE_PATH, "../work/x ~/home/x https://example.org/home/x", False),
    ],
)
def test_what_no_file_may_name_is_seen(pattern, text, seen):
    assert bool(named(pattern, text)) == seen


# Continuous integration


def test_the_workflow_tries_every_system_the_oldest_python_and_the_oldest_packages():
    workflow = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8"))
    triggers = workflow[True]  # YAML 1.1 reads the key `on` so
    assert {"push", "pull_request", "schedule"} <= set(triggers)
    matrix = workflow["jobs"]["tests"]["strategy"]["matrix"]
    assert set(matrix["os"]) == {"ubuntu-latest", "macos-latest", "windows-latest"}
    assert ">=" + min(matrix["python"], key=version_key) == PROJECT["project"]["requires-python"]
    assert {combination["resolution"] for combination in matrix["include"]} | set(matrix["resolution"]) == {
        "highest",
        "lowest-direct",
    }


def version_key(version):
    return tuple(map(int, version.split(".")))


# The learner's part and the tests' part


def test_a_learner_is_given_pytest_alone_of_what_tests_need():
    assert PROJECT["tool"]["uv"]["default-groups"] == ["runner"]
    assert [bounds(line)[0] for line in PROJECT["dependency-groups"]["runner"]] == ["pytest"]


def run_in_a_project_that_lacks_a_package(folder, **variables):
    """Run pytest where the package of a test is not installed, with a stand-in for uv that says how it was called."""
    (folder / "conftest.py").write_text((ROOT / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        '[dependency-groups]\ndev = ["no-such-package>=1"]\n[tool.pytest.ini_options]\naddopts = "--of-a-plugin"\n'
    )
    script = "import os, sys\nprint('called', os.environ['VIRTUAL_ENV'], *sys.argv[1:])\nsys.exit(3)"
    (folder / "uv").write_text(f"#!{sys.executable}\n{script}")
    (folder / "uv").chmod(0o755)
    of_this_run = "UV", "NBHELPERS_TESTS_INSTALLED"  # this one may itself have begun again
    environment = {name: value for name, value in os.environ.items() if name not in of_this_run}
    command = [sys.executable, "-m", "pytest", "-k", "a or b"]
    environment |= {"VIRTUAL_ENV": sys.prefix, "PYTEST_ADDOPTS": ""} | variables
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for uv is a script")
def test_uv_run_pytest_installs_the_rest_and_begins_again(tmp_path):
    run = run_in_a_project_that_lacks_a_package(tmp_path, UV=str(tmp_path / "uv"))
    assert run.stdout.split("\n")[0] == f"called {sys.prefix} run --active --group dev pytest -k a or b"
    assert run.returncode == 3


def test_without_uv_it_says_what_is_missing(tmp_path):
    run = run_in_a_project_that_lacks_a_package(tmp_path)
    assert "the tests need no-such-package" in run.stdout + run.stderr
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
