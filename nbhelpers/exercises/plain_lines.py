"""Whether a line of NumPy that somebody else wrote only computes: then it can be tried without running foreign code.

What is allowed is listed, everything else is not: functions of NumPy that the formula sheet may need, a few attributes
of arrays, and neither numbers nor arrays that grow without end.
"""

import ast

LONGEST = 300
_MOST_LINES = 3  # what grows in one line grows on in the next
_FUNCTIONS = {
    *("exp", "log", "sqrt", "square", "abs", "tanh", "maximum", "minimum", "where", "sum", "mean", "dot", "matmul"),
    *("multiply", "divide", "add", "subtract", "transpose", "reshape", "diag", "outer", "ones", "zeros", "eye"),
    *("ones_like", "zeros_like", "clip"),
}
_OF_ARRAYS = {"T", "shape", "size", "sum", "mean", "dot", "reshape", "transpose", "ravel", "flatten", "max", "min"}
_FILLED = {"ones", "zeros", "eye"}
_GROWING = {"outer", "diag", "reshape", "ravel", "flatten"}  # each can square the number of entries
_MOST_GROWING = 2  # the Jacobian of softmax has a diagonal and an outer product
_BY_LAYER = {"f", "W", "b", "W_new", "b_new", "Z", "A", "slope", "dZ", "dA", "dW", "db"}
_OF_THE_SHEET = {"sigmoid", "normal_cdf", "normal_density"}
_PARTS = (
    *(ast.Module, ast.Assign, ast.Expression, ast.Tuple, ast.List, ast.Slice, ast.keyword, ast.Load, ast.Store),
    *(ast.UnaryOp, ast.USub, ast.UAdd, ast.Compare, ast.Gt, ast.GtE, ast.Lt, ast.LtE),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult, ast.Pow),
)


def only_computes(text):
    """Tell whether a text is lines of NumPy as the formula sheet has them, and nothing else.

    Examples
    --------
    >>> only_computes("dZ[l] = (W[l+1].T @ dZ[l+1]) * slope[l]")
    True
    >>> only_computes("dZ[l] = open('grades').read()")
    False
    """
    if len(text) > LONGEST:
        return False
    try:
        lines = ast.parse(text.strip())
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    parts = list(ast.walk(lines))
    grows = sum(isinstance(part, ast.Attribute) and part.attr in _GROWING for part in parts)
    own = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    is_short = len(lines.body) <= _MOST_LINES and grows <= _MOST_GROWING
    stand_alone = (_stands_alone(part, above) for above in parts for part in ast.iter_child_nodes(above))
    return is_short and all(_is_plain(part, own) for part in parts) and all(stand_alone)


def _is_plain(part, own):
    if isinstance(part, ast.Call):
        if _name(part.func) == "where" and len(part.args) != 3:
            return False  # a tuple of indices
        return _is_known(part.func) and (_name(part.func) not in _FILLED or _is_small(part, own))
    if isinstance(part, ast.Attribute):
        return part.attr in (_FUNCTIONS if _is_numpy(part.value) else _OF_ARRAYS)
    if isinstance(part, ast.Constant):
        return isinstance(part.value, bool | float) or (isinstance(part.value, int) and abs(part.value) <= 10)
    if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow | ast.Mult):  # neither towers nor huge numbers
        below = list(ast.walk(part))
        return any(isinstance(each, ast.Name) for each in below) and not _is_tower(part, below)
    return isinstance(part, (ast.Name, ast.Subscript, ast.BinOp, *_PARTS))


def _is_tower(part, below):
    is_number = not any(isinstance(each, ast.Name) for each in ast.walk(part.right))
    return isinstance(part.op, ast.Pow) and (sum(isinstance(each, ast.Pow) for each in below) > 1 or not is_number)


def _stands_alone(part, above):
    """Whether what has a length, a shape or the layers, stands where nothing repeats it: times 10**9 it fills a memory.

    `above` is what `part` is a part of.
    """
    given = isinstance(above, ast.Call | ast.keyword)
    one_of_it = isinstance(above, ast.Subscript) and part is above.value and not isinstance(above.slice, ast.Slice)
    if isinstance(part, ast.Name) and part.id in _BY_LAYER:
        return one_of_it
    if isinstance(part, ast.Attribute) and part.attr == "shape":
        taken_apart = isinstance(above, ast.Assign) and all(isinstance(each, ast.Tuple) for each in above.targets)
        return given or one_of_it or taken_apart
    if isinstance(part, ast.Tuple | ast.List):
        return given or isinstance(part.ctx, ast.Store) or part is getattr(above, "slice", None)
    return True


def _is_known(function):
    """A function of NumPy, a method of an array, an activation of the sheet, or ``f[l]``."""
    if isinstance(function, ast.Subscript):
        return isinstance(function.value, ast.Name) and function.value.id == "f"
    return isinstance(function, ast.Attribute) or (isinstance(function, ast.Name) and function.id in _OF_THE_SHEET)


def _is_small(call, own):
    """Whether what is filled has at most two axes, as long as those of the sheet's arrays: (d, 1), not (10**9, 9)."""
    shape = [part for given in (*call.args, *(each.value for each in call.keywords)) for part in ast.walk(given)]
    return all(
        (isinstance(part, ast.Constant) and part.value in (0, 1))
        or (isinstance(part, ast.Name) and part.id not in own)
        or (isinstance(part, ast.Tuple) and len(part.elts) <= 2)
        or (isinstance(part, ast.Attribute) and part.attr == "shape")
        or isinstance(part, (ast.Subscript, ast.Load))
        for part in shape
    )


def _name(function):
    return function.attr if isinstance(function, ast.Attribute) else ""


def _is_numpy(value):
    return isinstance(value, ast.Name) and value.id == "np"
