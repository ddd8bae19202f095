"""The formula sheet: every formula of the lecture, its line of NumPy, its shapes, and a check that runs that line.

    from nbhelpers import formula_sheet
    formula_sheet.check("forward")                                  # a group, see GROUPS
    formula_sheet.check("F19")                                      # a formula
    formula_sheet.check("F19", "dW[l] = dZ[l].T @ A[l-1]")          # a line of your own in its place

The formulas stand in ``rows.py``, the names that their code may use in ``names.py``, how they are judged in
``checking.py``.
"""

from nbhelpers.formula_sheet.checking import check, holds
from nbhelpers.formula_sheet.rows import GROUPS, ROWS, Row

__all__ = ["GROUPS", "ROWS", "Row", "check", "holds"]
