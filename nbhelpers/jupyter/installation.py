"""Is everything in place that the notebooks need? A table that says so, or says what is wrong and how to mend it.

What the browser can show cannot be asked from here: that is what the first explorer of notebook 00 is for.
"""

import sys
from importlib import metadata

from nbhelpers import worked_example
from nbhelpers.tables import Table

IN_BROWSER = sys.platform == "emscripten"  # the website: Python runs in the page, and nothing was installed
_MEND = "run `uv sync` in the project's folder, then restart the kernel"
_MEND_IN_BROWSER = (
    "reload the page. If that does not help, open it in a private window: the browser may have kept an old part of it"
)
_KEPT_IN_BROWSER = (
    " Python runs in this browser, and your work is kept in it and nowhere else: download what you want to keep."
)


def check():
    """Return a table of what the notebooks need: each part, what is required, and whether it is in place.

    Versions are told only where they do not fit, so that two machines that are in order show the same table.

    Returns
    -------
    Table
        The closing sentence is the verdict.

    Examples
    --------
    >>> check().closing
    'Everything is in place.'
    """
    rows = [_python_row(), *map(_package_row, _requirements()), _maths_row()]
    wrong = [part for part, _, state in rows if state != "in place"]
    return Table(["part", "needed", "state"], rows, _verdict(wrong, IN_BROWSER))


def _verdict(wrong, in_browser):
    if not wrong:
        return "Everything is in place." + _KEPT_IN_BROWSER * in_browser
    return f"Not in place: {', '.join(wrong)}. To fix it, {_MEND_IN_BROWSER if in_browser else _MEND}."


def _python_row(version=sys.version_info):
    found = ".".join(map(str, version[:3]))
    return ["Python", ">=3.11", "in place" if tuple(version[:2]) >= (3, 11) else f"this kernel runs {found}"]


def _requirements():
    """Return what the package asks for on this system, in the order of the names."""
    from packaging.requirements import Requirement  # comes with matplotlib; only this check needs it

    asked = map(Requirement, metadata.requires("nbhelpers") or [])
    return sorted((r for r in asked if not r.marker or r.marker.evaluate({"extra": ""})), key=lambda r: r.name)


def _package_row(requirement):
    needed = ", ".join(sorted(map(str, requirement.specifier), reverse=True))
    try:
        found = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return [requirement.name, needed, "missing"]
    fits = requirement.specifier.contains(found, prereleases=True)
    return [requirement.name, needed, "in place" if fits else f"found {found}"]


def _maths_row():
    prediction = worked_example.network().predict(worked_example.X).item()
    state = "in place" if round(prediction, 4) == 0.7765 else f"predicts {prediction}"
    return ["the worked example", "prediction 0.7765", state]
