"""Where a number comes from: ``why`` and ``worked_solution``, and the formulas that they write out and evaluate.

From below: an expression tree (``expressions.py``) and two ways to write it (``notation.py``); the names of the numbers
of a pass (``names.py``); the one table of its steps, with everything that is known of each (``steps.py``), and the
sentences in it (``meanings.py``); the numbers, exact or as by hand (``pass_numbers.py``); the lines of an equation
(``lines.py``); the finite difference beside a gradient (``differences.py``). On top, ``why.py`` tells one number,
``solution.py`` a whole pass, which can be walked forwards and backwards.
"""
