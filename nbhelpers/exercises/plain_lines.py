"""Whether a line of NumPy that somebody else wrote only computes: then it can be tried without running foreign code.

What is allowed is listed, everything else is not: functions of NumPy that the formula sheet may need, a few attributes
of arrays, and neither numbers nor arrays that grow without end.
"""

import ast

LONGEST = 300
_FUNCTIONS = {
    *("exp", "log", "sqrt", "square", "abs", "tanh", "maximum", "minimum", "where", "sum", "mean", "dot", "matmul"),
    *("multiply", "divide", "add", "subtract", "transpose", "reshape", "diag", "outer", "ones", "zeros", "eye"),
    *("ones_like", "zeros_like", "clip"),
}
_OF_ARRAYS = {"T", "shape", "size", "sum", "mean", "dot", "reshape", "transpose", "ravel", "flatten", "max", "min"}
_FILLED = {"ones", "zeros", "eye"}
_GROWING = {"outer", "diag", "reshape", "ravel", "flatten"}  # each can square the number of entries
_MOST_GROWING = 2  # the Jacobian of softmax has a diagonal and an outer product
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
        parts = list(ast.walk(ast.parse(text.strip())))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    grows = sum(isinstance(part, ast.Attribute) and part.attr in _GROWING for part in parts)
    own = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    return grows <= _MOST_GROWING and all(_is_plain(part, own) for part in parts)


def _is_plain(part, own):
    if isinstance(part, ast.Call):
        return _is_known(part.func) and (_name(part.func) not in _FILLED or _is_small(part, own))
    if isinstance(part, ast.Attribute):
        return part.attr in (_FUNCTIONS if _is_numpy(part.value) else _OF_ARRAYS)
    if isinstance(part, ast.Constant):
        return isinstance(part.value, bool | float) or (isinstance(part.value, int) and abs(part.value) <= 10)
    if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Pow | ast.Mult):  # neither towers nor huge numbers
        below = list(ast.walk(part))
        towers = isinstance(part.op, ast.Pow) and sum(isinstance(each, ast.Pow) for each in below) > 1
        return any(isinstance(each, ast.Name) for each in below) and not towers
    return isinstance(part, (ast.Name, ast.Subscript, ast.BinOp, *_PARTS))


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
        or isinstance(part, (ast.Attribute, ast.Subscript, ast.Load))
        for part in shape
    )


def _name(function):
    return function.attr if isinstance(function, ast.Attribute) else ""


def _is_numpy(value):
    return isinstance(value, ast.Name) and value.id == "np"
