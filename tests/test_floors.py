"""Folders are floors: the core, what learns, what teaches, plots, explorers; imports run downwards only."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "nbhelpers"
ROOF = PACKAGE / "__init__.py"  # it brings the floors together, and loads the upper two when they are asked for
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

FLOORS = [  # from the lowest; a folder may import from its own floor and from those below
    {""},  # the core: the files in the root
    {"training", "datasets", "experiments"},
    {"derivation", "mistakes", "diagnosis", "exercises", "formula_sheet"},
    {"plots"},
    {"explorers"},
]
BESIDE = {"jupyter"}  # the face alone imports from it
THIRD_PARTY = {
    **{name: {"numpy"} for name in set().union(*FLOORS[:3])},
    "plots": {"numpy", "matplotlib", "PIL"},
    "explorers": {"numpy", "matplotlib", "PIL", "ipywidgets", "anywidget", "traitlets", "IPython"},
    # packaging comes with matplotlib; the others are loaded by nbconvert alone, which brings jinja2
    "jupyter": {"packaging", "nbconvert", "latex2mathml", "jinja2", "traitlets"},
}
OF_ONE_MODULE = {
    "jupyter.jupyter_server_config": {"jupyter_server"},  # which alone runs it
    "exercises.class_sheets": {"nbconvert", "nbformat"},  # pages to print
    "exercises.class_results": {"nbconvert", "nbformat"},  # a fresh kernel
    "other_libraries": {"sklearn", "torch"},  # loaded only when a network is given to one of them
    "training.trainer": {"tqdm"},  # a progress bar, loaded when it is asked for
    "training.ensembles": {"joblib"},  # runs side by side, on one machine or on many
    "training.threads": {"threadpoolctl"},  # products that are too small to be shared
}


def modules():
    return sorted(path for path in PACKAGE.rglob("*.py") if path != ROOF)


def folder(name):
    """Return the folder of a module from its name below nbhelpers: "plots" of "plots.kit.ticks", "" of "network"."""
    first = name.partition(".")[0]
    return first if (PACKAGE / first).is_dir() else ""


def floor(name):
    """Return how many floors lie below a module; of what stands beside the floors, the number of them all."""
    return next((k for k, folders in enumerate(FLOORS) if folder(name) in folders), len(FLOORS))


def imports(tree, name):
    """Yield the full name of everything that the module `name` imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = name.split(".")[: -node.level] if node.level else []
            source = ".".join([*parents, *filter(None, [node.module])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def wrong_import(importer, imported):
    """Return what is wrong when the module `importer` of nbhelpers imports the name `imported`, or None."""
    package, _, rest = imported.partition(".")
    if package in sys.stdlib_module_names:
        return None
    if package != "nbhelpers":
        allowed = THIRD_PARTY[folder(importer)] | OF_ONE_MODULE.get(importer, set())
        return None if package in allowed else f"{folder(importer) or 'the core'} may not import {package}"
    if not is_module(rest.split(".")[0]):
        return f"{imported}: import it from the module that defines it"
    if floor(rest) > floor(importer):
        return f"{folder(importer) or 'the core'} may not import {imported}, from {folder(rest)} above it"
    return None


def is_module(name):
    return (PACKAGE / f"{name}.py").exists() or (PACKAGE / name).is_dir()


def wrong_imports(source, name):
    found = (wrong_import(name, imported) for imported in imports(ast.parse(source), f"nbhelpers.{name}"))
    return [why for why in found if why]


def module_name(path):
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def test_every_folder_has_its_floor_and_room():
    folders = {path for path in PACKAGE.rglob("*") if path.is_dir() and path.name != "__pycache__"}
    assert {path.name for path in folders if path.parent == PACKAGE} | {""} == set().union(*FLOORS, BESIDE)
    assert len(list(PACKAGE.glob("*.py"))) <= 14
    assert not {path for path in folders if sum(file.is_file() for file in path.iterdir()) > 25}


@pytest.mark.parametrize("path", modules(), ids=module_name)
def test_imports_run_downwards_only(path):
    assert not wrong_imports(path.read_text(encoding="utf-8"), module_name(path))


@pytest.mark.parametrize(
    ("name", "source", "allowed"),
    [
        ("network", "import numpy as np\nfrom nbhelpers.activations import sigmoid", True),
        ("network", "from .losses import Loss", True),
        ("network", "import matplotlib", False),
        ("network", "from nbhelpers import why", False),
        ("network", "from . import plots", False),
        ("network", "from nbhelpers import sigmoid", False),
        ("network", "def draw():\n    import nbhelpers.explorers.kit.explorer", False),
        ("derivation.why", "from nbhelpers.network import Network", True),
        ("derivation.why", "from nbhelpers.plots.style import PALETTE", False),
        ("plots.curves", "from matplotlib.lines import Line2D\nfrom nbhelpers.plots.style import PALETTE", True),
        ("plots.curves", "from . import network\nfrom ..derivation.why import why", True),
        ("plots.curves", "from ipywidgets import FloatSlider", False),
        ("plots.curves", "from ..explorers.kit.explorer import Explorer", False),
        ("explorers.forward", "import anywidget\nfrom ..plots import curves\nfrom .kit.explorer import Explorer", True),
        ("explorers.forward", "import scipy", False),
    ],
)
def test_an_upward_import_is_seen(name, source, allowed):
    assert (not wrong_imports(source, name)) == allowed


@pytest.mark.parametrize("what", ["nbhelpers", "nbhelpers.explorers"])
def test_an_import_loads_neither_plots_nor_widgets(what):
    code = f"import sys, {what}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert {"nbhelpers", "numpy"} <= loaded
    assert not loaded & {"matplotlib", "PIL", "ipywidgets", "anywidget", "traitlets", "IPython", "joblib"}


@pytest.mark.parametrize("first", ["why", "playground.text", "playground"])
def test_the_name_of_an_explorer_means_the_function_whatever_is_imported_first(first):
    name = first.partition(".")[0]
    code = f"import nbhelpers.explorers.{first}; from nbhelpers import explorers; print(explorers.{name}.__name__)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == [name]


# What is used nowhere

FORBIDDEN = {
    "pyplot": "pyplot keeps figures open; use matplotlib.figure.Figure",
    "pylab": "pylab is pyplot; use matplotlib.figure.Figure",
    "Output": "an Output widget hides errors and stalls nbclient; redraw one picture",
    "interact": "it draws into an Output widget",
    "interactive": "it draws into an Output widget",
    "interactive_output": "it draws into an Output widget",
}


def forbidden(source):
    """Return the forbidden names that a piece of Python uses, by whatever way they are reached."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            dotted = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
            names |= {part for name in dotted for part in name.split(".")}
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
    return {name: why for name, why in FORBIDDEN.items() if name in names}


def code_of(path):
    """Return the Python of a module, or of all code cells of a notebook."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    cells = json.loads(text)["cells"]
    code = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return "\n".join(source for source in "\n".join(code).splitlines() if not source.startswith("%"))


@pytest.mark.parametrize("path", [ROOF, *modules(), *NOTEBOOKS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_neither_pyplot_nor_output_widgets_are_used(path):
    assert not forbidden(code_of(path))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import matplotlib.pyplot as plt", {"pyplot"}),
        ("from matplotlib import pyplot", {"pyplot"}),
        ("from matplotlib.pyplot import figure", {"pyplot"}),
        ("import matplotlib\nmatplotlib.pyplot.figure()", {"pyplot"}),
        ("from ipywidgets import Output", {"Output"}),
        ("import ipywidgets as w\nw.Output()", {"Output"}),
        ("from ipywidgets import interact", {"interact"}),
        ("from matplotlib.figure import Figure\noutput = {'Output': 1}", set()),
    ],
)
def test_a_forbidden_name_is_seen(source, names):
    assert set(forbidden(source)) == names


# --- what `?` shows ---------------------------------------------------------------------------------------------------


def docstrings(tree):
    """The docstrings of a module, of its classes and of its functions."""
    documented = ast.Module, ast.ClassDef, ast.FunctionDef
    return [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, documented)]


def markup(text):
    """What a notebook would show as it stands when a learner asks for a name with `?`: roles and directives."""
    return re.findall(r":\w+:`|\.\. \w+::", text)


def test_help_shows_formulas_as_they_are_read():
    shown = {module_name(path): docstrings(ast.parse(path.read_text(encoding="utf-8"))) for path in modules()}
    assert {name: found for name, texts in shown.items() if (found := markup("\n".join(texts)))} == {}
    assert markup("with the slope :math:`a (1 - a)`, or\n\n.. math:: x") == [":math:`", ".. math::"]
