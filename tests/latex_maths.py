"""Computes what LaTeX says, with matrices: to see that an equation that is shown is the one that holds."""

import re

import numpy as np

_TOKEN = re.compile(
    r"\\(?:frac|dfrac|odot|cdot|sum_j|sum_\{k=1\}\^\{d\}|mathbf\{1\}|,|max|log|tanh)|\\(?:left|right)[()\[\]]"
    r"|\d+\.?\d*|[-+^{}(),e\[\]]"
)
_WHERE = re.compile(r"(.*?) ?\\text\{ where \} ?(.*?) ?(?:\\gt|>) ?0 ?,? ?\\text\{,? ?else \} ?(.*)")
_FUNCTIONS = {r"\log": np.log, r"\tanh": np.tanh, r"\max": np.maximum}


def computed(latex, known):
    """Return the value of a right side.

    Parameters
    ----------
    latex : str
    known : dict
        Each symbol → a number, an array, a function; or, for what stands behind a sum over j, a `PerIndex`.
    """
    if case := _WHERE.fullmatch(latex):
        above, on, below = (computed(part, known) for part in case.groups())
        return np.where(on > 0, above, below)
    reader = _Reader(_tokens(latex, known), known)
    value = reader.sum()
    assert not reader.tokens, f"left over in {latex!r}: {reader.tokens}"
    return value


class PerIndex(list):
    """The values of a symbol for j = 1, 2, …"""


def _tokens(text, known):
    symbols, tokens, position = sorted(known, key=len, reverse=True), [], 0
    while position < len(text):
        symbol = next((s for s in symbols if text.startswith(s, position)), None)
        match = symbol or ((m := _TOKEN.match(text, position)) and m[0])
        if not match:
            assert text[position] == " ", f"cannot read {text[position:]!r}"
            position += 1
            continue
        tokens += [] if match == r"\," else [re.sub(r"\\(?:left|right)", "", match) if symbol is None else match]
        position += len(match)
    return tokens


class _Reader:
    def __init__(self, tokens, known):
        self.tokens, self.known, self.j = tokens, known, None

    @property
    def next(self):
        return self.tokens[0] if self.tokens else None

    def take(self, *expected):
        assert not expected or self.next in expected, (expected, self.tokens)
        return self.tokens.pop(0)

    def sum(self):
        sign = self.take() if self.next == "-" else "+"
        value = self.product() if sign == "+" else -self.product()
        while self.next in ("+", "-"):
            value = value + self.product() if self.take() == "+" else value - self.product()
        return value

    def product(self):
        value = self.power()
        while self.next not in (None, "+", "-", ")", "]", "}", ","):
            sign = self.take() if self.next in (r"\odot", r"\cdot") else ""
            if self.next == r"\mathbf{1}":
                self.take()
                return value.sum(axis=1, keepdims=True)
            other = self.power()
            is_matrices = not sign and np.ndim(value) == np.ndim(other) == 2
            value = value @ other if is_matrices else value * other
        return value

    def power(self):
        if self.next == "e":
            self.take()
            self.take("^")
            return np.exp(self.group())
        base = self.atom()
        while self.next == "^":
            self.take()
            exponent = self.take() if self.next == "T" else self.group()
            base = base.T if isinstance(exponent, str) else base**exponent
        return base

    def group(self):
        return self.between("{", "}") if self.next == "{" else self.atom()

    def between(self, start, end):
        self.take(start)
        value = self.sum()
        self.take(end)
        return value

    def atom(self):
        if self.next in ("(", "["):
            return self.between(self.next, {"(": ")", "[": "]"}[self.next])
        token = self.take()
        if token in (r"\frac", r"\dfrac"):
            above = self.group()
            return above / self.group()
        if token == r"\sum_j":
            return self.over_j()
        value = self.known.get(token, _FUNCTIONS.get(token))
        if isinstance(value, PerIndex):
            return value[self.j]
        return self.applied(value) if callable(value) else float(token) if value is None else value

    def over_j(self):
        count = max(len(value) for value in self.known.values() if isinstance(value, PerIndex))
        start, total = list(self.tokens), 0
        for self.j in range(count):
            self.tokens = list(start)
            total = total + self.product()
        self.j = None
        return total

    def applied(self, function):
        if self.next != "(":
            return function(self.atom())
        self.take("(")
        arguments = [self.sum()]
        while self.next == ",":
            self.take()
            arguments.append(self.sum())
        self.take(")")
        return function(*arguments)
