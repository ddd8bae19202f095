"""Where a number comes from: ``why`` and ``worked_solution``, and the formulas that they write out and evaluate.

From below: an expression tree (``expressions.py``) and two ways to write it (``pens.py``); the numbers of a pass,
exact or as by hand (``figures.py``), and their names (``entries.py``); a formula for each kind of number
(``formulas.py``), for whole matrices (``rules.py``) and for their shapes (``shapes.py``); the lines of an equation
(``lines.py``); the sentence that says what a number means (``meanings.py``); the finite difference beside a gradient
(``differences.py``). On top, ``why.py`` tells one number, ``solution.py`` a whole pass, and ``walk.py`` goes through it
forwards and backwards.
"""
