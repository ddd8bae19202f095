"""Evaluates what `why` writes: a small parser of its LaTeX, and Python itself for its plain text."""

import math
import re
from statistics import NormalDist

_TOKEN = re.compile(
    r"\s*(\\frac|\\cdot|\\log|\\max|\\tanh|\\Phi|\\varphi|\\mathrm\{\w+\}|\\left\(|\\right\)"
    r"|\\text\{ since \}|\\le|\d+\.?\d*|[-+^{},e>])"
)
_FUNCTIONS = {r"\log": math.log, r"\max": max, r"\tanh": math.tanh}
_FUNCTIONS |= {r"\mathrm{log1p}": math.log1p, r"\mathrm{expm1}": math.expm1}
_FUNCTIONS |= {r"\Phi": NormalDist().cdf, r"\varphi": NormalDist().pdf}


def latex_value(text):
    """Return the value of a line of LaTeX that holds numbers only."""
    reader = _Reader(_tokens(text))
    value = reader.sum()
    if reader.next == r"\text{ since }":
        reader.reason(value)
    assert reader.next is None, f"left over: {reader.tokens}"
    return value


def plain_value(text):
    """Return the value of a line of plain text that holds numbers only."""
    names = {"exp": math.exp, "log": math.log, "max": max, "tanh": math.tanh, "log1p": math.log1p, "expm1": math.expm1}
    names |= {"normal_cdf": NormalDist().cdf, "normal_density": NormalDist().pdf}
    return eval(text, {"__builtins__": {}}, names)


def _tokens(text):
    tokens, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        assert match, f"cannot read {text[position:]!r}"
        tokens.append(match[1])
        position = match.end()
    return tokens


class _Reader:
    def __init__(self, tokens):
        self.tokens = tokens

    @property
    def next(self):
        return self.tokens[0] if self.tokens else None

    def take(self, *expected):
        token = self.tokens.pop(0)
        assert not expected or token in expected, (token, expected)
        return token

    def sum(self):
        value = self.signed_product()
        while self.next in ("+", "-"):
            value += self.product() if self.take() == "+" else -self.product()
        return value

    def signed_product(self):
        if self.next == "-":
            self.take()
            return -self.product()
        return self.product()

    def product(self):
        value = self.power()
        while self.next == r"\cdot":
            self.take()
            assert self.next != "-", "a negative factor needs parentheses"
            value *= self.power()
        return value

    def power(self):
        if self.next == "e":
            self.take()
            return math.exp(self.exponent())
        base = self.atom()
        return base ** self.exponent() if self.next == "^" else base

    def exponent(self):
        self.take("^")
        return self.braced()

    def braced(self):
        self.take("{")
        value = self.sum()
        self.take("}")
        return value

    def atom(self):
        token = self.take()
        if token == r"\frac":
            above = self.braced()
            return above / self.braced()
        if token == r"\left(":
            value = self.sum()
            self.take(r"\right)")
            return value
        if token in _FUNCTIONS:
            return _FUNCTIONS[token](*self.arguments())
        return float(token)

    def arguments(self):
        self.take(r"\left(")
        values = [self.sum()]
        while self.next == ",":
            self.take()
            values.append(self.sum())
        self.take(r"\right)")
        return values

    def reason(self, value):
        """The case that holds is told with its reason: 1 since z > 0, or 0 since z <= 0."""
        self.take()
        z = self.signed_product()
        sign = self.take(">", r"\le")
        assert self.sum() == 0
        assert (z > 0) == (sign == ">")
