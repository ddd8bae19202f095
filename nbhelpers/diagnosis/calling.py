"""Running a learner's function: on copies, its printing caught, its variables watched, its error told in shapes."""

import contextlib
import copy
import inspect
import io
import linecache
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from nbhelpers.diagnosis.structure import Leaf, is_array, leaves

_X = {"x", "xs", "input", "inputs", "data", "features", "featureset", "a0"}
_X |= {"xtrain", "xbatch", "batch", "images", "samples"}
_Y = {"y", "ys", "t", "target", "targets", "label", "labels", "ytrue", "ytrain", "ybatch", "truth", "expected"}
_RATE = {"lr", "eta", "learningrate", "alpha", "rate", "step", "stepsize"}


@dataclass
class Run:
    """What happened when a learner's function was called.

    Attributes
    ----------
    returned : object
    params : object
        The copy of the parameters that it was given, as it left them.
    changed : tuple of str
        What it changed of what it was given.
    printed : str
    error : str
        Why it ended, in the words of shapes; "" where it did not fail.
    variables : list of Leaf
        The arrays in the variables of that of its functions that had the most of them.
    """

    returned: object = None
    params: object = None
    changed: tuple = ()
    printed: str = ""
    error: str = ""
    variables: list = field(default_factory=list)


def run(function, params, X, Y, learning_rate=None):
    """Call a learner's function on copies and return a `Run`; never raises what the function raises."""
    if getattr(function, "__self__", None) is params and params is not None:
        params = copy.deepcopy(params)
        function = getattr(params, function.__name__)
    else:
        params = copy.deepcopy(params)
    X, Y = copy.deepcopy(X), copy.deepcopy(Y)
    before = [leaf.array.copy() for leaf in leaves(params)], np.array(X, float), np.array(Y, float)
    arguments, keywords = _arguments(function, params, X, Y, learning_rate)
    watched, result = _Watch(function), Run(params=params)
    with quiet() as printed:
        try:
            with watched:
                result.returned = _all_of(function(*arguments, **keywords))
        except Exception as error:  # whatever a learner's code raises is told, not raised
            result.error, frames = _told(error, watched.file)
            watched.frames += frames
    result.printed, result.variables = printed.getvalue(), watched.variables()
    result.changed = tuple(_changed(before, params, X, Y))
    return result


@contextlib.contextmanager
def quiet():
    """Catch what is printed, in the file that is given, and let nothing warn."""
    printed = io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        yield printed


class Positional:
    """A function of two arguments that is called in their order, whatever it calls them."""

    def __init__(self, function):
        self.function, self.__code__ = function, getattr(function, "__code__", None)

    def __call__(self, X, Y):
        """Call it."""
        return self.function(X, Y)


def _all_of(returned):
    """Return what a generator yields, or an array of objects holds, as a list."""
    holds_objects = isinstance(returned, np.ndarray) and returned.dtype == object
    return list(returned) if holds_objects or isinstance(returned, Iterator) else returned


def _changed(before, params, X, Y):
    arrays, X_before, Y_before = before
    after = leaves(params)
    if len(after) == len(arrays):
        for old, leaf in zip(arrays, after, strict=True):
            if old.shape != leaf.array.shape or not np.array_equal(old, leaf.array, equal_nan=True):
                yield leaf.name
    for name, old, new in (("X", X_before, X), ("Y", Y_before, Y)):
        if old.shape != np.shape(new) or not np.array_equal(old, np.array(new, float)):
            yield name


def _arguments(function, params, X, Y, learning_rate):
    """Return the positional and the keyword arguments that a signature asks for."""
    try:
        wanted = [p for p in inspect.signature(function).parameters.values() if p.kind is not p.VAR_POSITIONAL]
    except (TypeError, ValueError):
        return (params, X, Y), {}
    spread = any(p.kind is p.VAR_KEYWORD for p in wanted)
    named = [p for p in wanted if p.kind is not p.VAR_KEYWORD]
    rates = [p.name for p in named if role(p.name) == "rate"]
    required = [p.name for p in named if p.default is p.empty and p.name not in rates]
    has_params = spread or getattr(function, "__self__", None) is params
    values = _data(required, X, Y) if has_params else _data_and_params(required, params, X, Y)
    if learning_rate is not None:
        values |= dict.fromkeys(rates, learning_rate)
    first = [p.name for p in named if p.kind is p.POSITIONAL_ONLY and p.name in values]
    keywords = {name: value for name, value in values.items() if name not in first}
    return [values[name] for name in first], keywords | (
        {leaf.name: leaf.value for leaf in leaves(params)} if spread else {}
    )


def _data_and_params(names, params, X, Y):
    """Return {name: value} of parameters (whole or one by one), X and Y: by their names, or else in that order."""
    flat = leaves(params)
    own = [name for name in names if name.lower() in {leaf.name.lower() for leaf in flat}]
    if len(own) == len(flat) > 1:
        return _one_by_one(own, flat) | _data([name for name in names if name not in own], X, Y)
    others = [name for name in names if role(name) is None]
    if len(others) == len(flat) > 1:
        return _one_by_one(others, flat) | _data([name for name in names if name not in others], X, Y)
    if _tell_the_data(names):
        return dict.fromkeys(others, params) | _data([name for name in names if name not in others], X, Y)
    return dict(zip(names, (params, X, Y), strict=False))


def _one_by_one(names, flat):
    by_name = {leaf.name.lower(): leaf.value for leaf in flat}
    if all(name.lower() in by_name for name in names):
        return {name: by_name[name.lower()] for name in names}
    return {name: leaf.value for name, leaf in zip(names, flat, strict=True)}


def _data(names, X, Y):
    if _tell_the_data(names):
        return {name: {"X": X, "Y": Y}[role(name)] for name in names if role(name)}
    return dict(zip(names, (X, Y), strict=False))


def _tell_the_data(names):
    roles = [role(name) for name in names]
    return roles.count("X") == 1 and roles.count("Y") == 1


def role(name):
    """Return what an argument of a function is by its name: "X", "Y", "rate", or None."""
    words = name.lower().strip("_").split("_")
    for kind, known in (("X", _X), ("Y", _Y), ("rate", _RATE)):
        if "".join(words) in known or (len(words) > 1 and len(words[-1]) > 1 and words[-1] in known - {"step", "rate"}):
            return kind
    return None


def own_learning_rate(function):
    """Return the learning rate that stands as a default in a function's signature, or None."""
    try:
        wanted = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    rates = [p.default for p in wanted if role(p.name) == "rate" and isinstance(p.default, int | float)]
    return rates[0] if rates else None


class _Watch:
    """Keeps the variables of every function of the learner's file when it returns."""

    def __init__(self, function):
        code = getattr(getattr(function, "__func__", function), "__code__", None)
        self.file = code.co_filename if code else None
        self.frames = []

    def __enter__(self):
        self.before = sys.getprofile()
        sys.setprofile(self._see)

    def __exit__(self, *error):
        sys.setprofile(self.before)

    def _see(self, frame, event, argument):
        if event == "return" and frame.f_code.co_filename == self.file and len(self.frames) < 200:
            self.frames.append(dict(frame.f_locals))

    def variables(self):
        """The arrays of the function that had the most: names of a small helper would mean nothing in it."""
        every = [[leaf for name, value in frame.items() for leaf in _arrays(name, value)] for frame in self.frames]
        return max(reversed(every), key=len, default=[])


def _arrays(name, value):
    """Yield the arrays in a variable: itself, or what a list, a dictionary or an object holds, as an expression."""
    if is_array(value):
        yield Leaf((("key", name),), value)
    elif isinstance(value, dict):
        yield from (Leaf((("key", f"{name}[{key!r}]"),), part) for key, part in value.items() if is_array(part))
    elif hasattr(value, "_fields"):
        yield from (Leaf((("key", f"{name}.{key}"),), part) for key, part in value._asdict().items() if is_array(part))
    elif isinstance(value, list | tuple):
        yield from (Leaf((("key", f"{name}[{i}]"),), part) for i, part in enumerate(value) if is_array(part))
    elif hasattr(value, "__dict__") and type(value).__module__ not in ("builtins", "numpy"):
        for key, part in vars(value).items():
            yield from _arrays(f"{name}.{key}", part)


def _told(error, file):
    """Return an error in words, with its line and the shapes of what stands in it, and the variables there."""
    frames, line = [], ""
    step = error.__traceback__
    while step is not None:
        frame = step.tb_frame
        if frame.f_code.co_filename == file:
            frames.append(dict(frame.f_locals))
            line = linecache.getline(file, step.tb_lineno).strip()
        step = step.tb_next
    text = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no message'}"
    if line and frames:
        shapes = _shapes(line, frames[-1])
        text = f"`{line}` fails{f', where {shapes}' if shapes else ''} ({text})"
    return text, frames


def _shapes(line, variables):
    names = dict.fromkeys(re.findall(r"[A-Za-z_][A-Za-z_0-9]*(?:\[[^\[\]]+\])*", line))
    found = []
    for name in names:
        base, _, index = name.partition("[")
        value = variables.get(base)
        if index and value is not None:
            with contextlib.suppress(Exception):
                value = value[_literal(index.rstrip("]"), variables)]
        if isinstance(value, np.ndarray):
            found.append(f"{name} is {value.shape}")
        elif isinstance(value, list | tuple) and value and all(isinstance(part, np.ndarray) for part in value):
            found.append(f"{name} holds {' and '.join(str(part.shape) for part in value)}")
    return ", ".join(found)


def _literal(index, variables):
    index = index.strip()
    return index.strip("'\"") if index[0] in "'\"" else int(index) if index.lstrip("-").isdigit() else variables[index]
