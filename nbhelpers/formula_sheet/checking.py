"""Run the lines of the sheet, and compare what they give with the package and with central differences."""

import ast
import re
from dataclasses import dataclass, replace

import numpy as np

from nbhelpers.formula_sheet.names import INDICES, passes
from nbhelpers.formula_sheet.names import names as names_of
from nbhelpers.formula_sheet.rows import BEYOND, GROUPS, ROWS
from nbhelpers.numbers_as_text import superscript
from nbhelpers.tables import Table

PACKAGE, DIFFERENCES = 1e-12, 1e-6
"""The largest relative errors that pass: against the package, and against central differences."""


@dataclass(frozen=True)
class Compared:
    """How a line came off on some networks: the largest relative error, or what else is wrong with it.

    Attributes
    ----------
    error : float
        Relative to the largest entry of a matrix; nan where nothing was compared.
    tolerance : float
    remark : str
        A wrong shape, or the error that the line raised.
    """

    error: float
    tolerance: float
    remark: str = ""

    def __bool__(self):
        return not self.remark and not self.error > self.tolerance

    def __str__(self):
        if self.remark:
            return f"**wrong**: {self.remark}"
        if np.isnan(self.error):
            return "no\u00a0derivative"
        bound = f"10{superscript(round(np.log10(self.tolerance)))}"
        return f"right,\u00a0<\u00a0{bound}" if self else f"**wrong**, {self.error:.2g}"


@dataclass(frozen=True, repr=False)
class Checked:
    """Rows of the sheet that were run; true where every comparison of every row is right.

    Attributes
    ----------
    results : tuple
        (row, on 3-4-2, on 2-2-1, against differences) for each.
    """

    results: tuple

    def __bool__(self):
        return not self.failing

    @property
    def failing(self):
        """The names of the rows that are wrong."""
        return tuple(row.name for row, *compared in self.results if not all(compared))

    @property
    def remark(self):
        """What is wrong with the first row that is, in words; "" where all are right."""
        for row, *compared in self.results:
            wrong = next((one for one in compared if not one), None)
            if wrong is not None:
                remark = wrong.remark or "The numbers differ"
                return _where_it_holds(row) or f"{remark[0].upper()}{remark[1:]}."
        return ""

    @property
    def table(self):
        """Formula, code, shapes, where it is taught, and how each comparison came off."""
        closing = f"Wrong: {', '.join(self.failing)}." if self.failing else ""
        if len(self.results) == 1 and self.failing:
            closing = " ".join(filter(None, [closing, _where_it_holds(self.results[0][0])]))
        return Table(_HEADER, [[*_told(row), *map(str, compared)] for row, *compared in self.results], closing)

    def __repr__(self):
        return repr(self.table)

    def _repr_markdown_(self):
        return self.table._repr_markdown_()


_HEADER = ["", "formula", "NumPy", "shape", "in", "3-4-2, d = 5", "2-2-1", "differences"]


def _told(row):
    formula, shapes = (_lines(latex.split("; "), "$") for latex in (row.latex, row.shapes))
    taught = f"[{row.taught[:2]}]({row.taught}.ipynb)"
    return [row.name, formula, _lines(row.code.splitlines(), "`"), shapes, taught]


def _lines(lines, mark):
    return "<br>".join(f"{mark}{line}{mark}" for line in lines)


def check(which, code=None):
    """Run the lines of a group, or of one formula, and compare what they give.

    Parameters
    ----------
    which : str
        A name in `GROUPS` or in `ROWS`, or a row of the lecture's list: ``"forward"``, ``"F18 tanh"``, ``"F18"``.
    code : str, optional
        A line of your own, in place of the sheet's; for a single formula.

    Returns
    -------
    Checked
        True where every row is right.

    Raises
    ------
    ValueError
        If there is no such group or formula; or if a line of your own is to replace several.

    Examples
    --------
    >>> bool(check("F19")), bool(check("F19", "dW[l] = dZ[l].T @ A[l-1]"))
    (True, False)
    """
    listed = (*ROWS.values(), *GROUPS[BEYOND])
    rows = GROUPS.get(which) or tuple(row for row in listed if which in (row.name, row.row))
    if not rows:
        raise ValueError(f"the sheet has no {which!r}; its groups are {', '.join(GROUPS)}, its rows F01 to F21")
    if code is not None and len(rows) > 1:
        names = ", ".join(row.name for row in rows)
        raise ValueError(f"a line of your own replaces a single formula, but {which!r} has {len(rows)}: {names}")
    return Checked(tuple(_checked(row if code is None else replace(row, code=code)) for row in rows))


def holds(which, code, network, X, Y):
    """Return whether a line in the place of a formula gives what the package gives, on a network of your own.

    Parameters
    ----------
    which : str
        The name of a formula, as in `check`.
    code : str
    network : Network
    X, Y : array_like
        The examples and their labels.

    Examples
    --------
    >>> from nbhelpers import worked_example as w
    >>> line = "dW[l] = (A[l-1] @ dZ[l].T).T"
    >>> holds("F19", line, *w.wide()), holds("F19", "dW[l] = dZ[l].T @ A[l-1]", *w.wide())
    (True, False)
    """
    (row,) = (row for row in (*ROWS.values(), *GROUPS[BEYOND]) if row.name == which)
    known = names_of(network, X, Y)
    return bool(_on_package(replace(row, code=code), [(known, known)]))


def _checked(row):
    wide, small = passes(row.networks)
    return row, _on_package(row, wide), _on_package(row, small), _on_differences(row, wide + small)


def _where_it_holds(row):
    """Say for which activations a line is right, where it is not right for all of them; "" where that says nothing."""
    wide, _ = passes(row.networks)
    of_one = {}
    for known, _ in wide:
        of_one.setdefault(known["f"][1].name, []).append((known, known))
    right = [name for name, networks in of_one.items() if _compared(row, PACKAGE, networks)]
    if len(of_one) < 2 or not 0 < len(right) < len(of_one):
        return ""
    return f"It is right for {' and '.join(right)} alone; for any activation multiply by `slope[l]`."


def _on_package(row, networks):
    compared = _compared(row, PACKAGE, [(known, known) for known, _ in networks])
    nothing = np.isnan(compared.error) and not compared.remark
    return replace(compared, remark="its left side is not the name of a quantity") if nothing else compared


def _on_differences(row, networks):
    return _compared(row, DIFFERENCES, networks)


def _compared(row, tolerance, networks):
    try:
        errors = [error for known, expected in networks for error in _errors(row, known, expected)]
    except (WrongShapeError, NoLineError) as error:
        return Compared(np.nan, tolerance, str(error))
    except ValueError:
        return Compared(np.nan, tolerance, "NumPy refuses the shapes")
    except Exception as error:  # a learner's own line may raise anything; the sheet says what
        return Compared(np.nan, tolerance, f"{type(error).__name__}: {error}")
    return Compared(max(errors, default=np.nan), tolerance)


class WrongShapeError(ValueError):
    """A line gives another shape than it should."""


class NoLineError(ValueError):
    """A line is none of the form ``left = right``."""


def _lines_of(code, row):
    """Yield (left, right) of each line, read as Python reads it: blanks do not matter."""
    left = ROWS[row.name].code.partition("=")[0].strip() if row.name in ROWS else "dZ[l]"
    for statement in ast.parse(code.strip()).body:
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            raise NoLineError(f"begin with `{left} =`")
        yield ast.unparse(statement.targets[0]).strip("()"), ast.unparse(statement.value)


def _errors(row, known, expected):
    """Return the errors of the lines of a row, for every index; of those whose left side is among what is expected."""
    found = []
    for indices in INDICES[row.over](known):
        names = {**known, **indices}
        for left, right in _lines_of(row.code, row):
            value, base = eval(right, names), re.match(r"\w+", left)[0]
            if base not in names:
                names[left] = value
            elif base in expected:
                found.append(_error(value, eval(left, {**names, **expected})))
    return found


def _error(found, expected):
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    if found.shape != expected.shape:
        raise WrongShapeError(f"the shape is {found.shape}, expected {expected.shape}")
    if not np.isfinite(found).all():
        return np.inf
    return float(np.abs(found - expected).max() / max(np.abs(expected).max(), np.finfo(float).tiny))
