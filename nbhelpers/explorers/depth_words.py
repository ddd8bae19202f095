"""How a backward signal fares from the last layer to the first: whether it vanishes or explodes, and why."""

import math

import numpy as np

from nbhelpers.numbers_as_text import in_powers, spoken

VANISHED, EXPLODED = 0.01, 100.0  # what is left of the signal from the last layer to the first
_SHARE = 0.25  # of the way on a scale of powers of ten; a factor with a smaller share is not to blame
_PARTED = 4  # measured and predicted differ by such a factor from end to end: worth a sentence
_STEADY = 0.9  # with a smaller factor per layer the signal would vanish in a deeper network
_NAMES = {"weights": "Wᵀ", "slopes": "σ′"}


class Course:
    """The verdict on a signal, in numbers and in words.

    Parameters
    ----------
    found, expected : nbhelpers.experiments.signal_propagation.Signals
        Measured and predicted.
    is_zero : bool
        Whether all weights are 0.

    Attributes
    ----------
    left, expected_left : float
        What the signal of the last layer is multiplied by on its way to the first.
    factors : dict of str to float
        By what the "weights" and the "slopes" of a layer multiply it: the geometric mean over the layers that it
        reaches.
    """

    def __init__(self, found, expected, is_zero=False):
        self._found, self._is_zero, self._steps = found, is_zero, len(found.dZ) - 1
        self.left, self.expected_left = (float(signals.dZ[0] / found.dZ[-1]) for signals in (found, expected))
        slopes = found.slope[:-1] if is_zero else found.by_slopes
        self.factors = {"weights": _mean_factor(found.by_weights), "slopes": _mean_factor(slopes)}

    @property
    def verdict(self):
        """What the signal does."""
        if self.left == 0:
            return "ends"
        return "vanishes" if self.left < VANISHED else "explodes" if self.left > EXPLODED else "arrives"

    @property
    def blamed(self):
        """Which factors make it vanish, explode or stop: a list, empty where it arrives."""
        if self.verdict == "arrives" or self._is_zero:
            return ["weights"] if self._is_zero else []
        if self.verdict == "ends" and not self._found.slope[:-1].all():
            return ["slopes"]
        if self.verdict == "explodes":
            return ["weights"]
        shares = {name: -math.log(factor) for name, factor in self.factors.items() if 0 < factor < 1}
        return [name for name, share in shares.items() if share > _SHARE * sum(shares.values())]

    @property
    def texts(self):
        """What stands beside the panels."""
        factors = {name: f"{_NAMES[name]}  {spoken(factor)}" for name, factor in self.factors.items()}
        does = {"vanishes": "shrinks it", "explodes": "enlarges it", "ends": "stops it"}.get(self.verdict)
        marked = {name: f"{text} {does}" if name in self.blamed else text for name, text in factors.items()}
        ends = {"signal": in_powers(self.left), "expected": f"predicted: {in_powers(self.expected_left)}"}
        return {**ends, "verdict": f"The signal {self.verdict}.", **marked}

    @property
    def words(self):
        """The same in a sentence or two."""
        return " ".join(filter(None, [self._from_to(), self._why(), self._parted()]))

    def _parted(self):
        """That measurement and prediction part, where they do; over many layers small deviations multiply."""
        both = self.left, self.expected_left
        if self.verdict == "ends" or min(both) == 0 or max(both) < _PARTED * min(both):
            return ""
        measured, predicted = (in_powers(left) for left in both)
        return (
            f"Measurement and prediction disagree here: × {measured} against × {predicted} from end to end. The "
            "prediction is the average over all very wide networks; in this one each layer is a little off, and that "
            "multiplies."
        )

    def _from_to(self):
        last, first = in_powers(self._found.dZ[-1]), in_powers(self._found.dZ[0])
        if self.verdict == "ends":
            reached = int(np.argmax(self._found.dZ > 0))
            return f"the signal ends, |δ| is {last} in layer {self._steps + 1} and exactly 0 from layer {reached} down."
        way = {"vanishes": "falls", "explodes": "grows"}.get(self.verdict, "goes")
        mean, expected = (spoken(left ** (1 / self._steps)) for left in (self.left, self.expected_left))
        ends = f"|δ| {way} from {last} in layer {self._steps + 1} to {first} in layer 1"
        return f"the signal {self.verdict}, {ends}, × {mean} per layer (predicted × {expected})."

    def _why(self):
        if self.verdict == "ends":
            return self._why_zero()
        weights, slopes = (f"{_NAMES[name]} × {spoken(factor)}" for name, factor in self.factors.items())
        if self.verdict == "explodes":
            return f"The weights are to blame: {weights} per layer; the slopes, {slopes}, do not make up for it."
        if self.verdict == "vanishes":
            return {
                ("weights",): f"The weights are to blame: {weights} per layer; the slopes {slopes}.",
                ("slopes",): f"The slopes are to blame: {slopes} per layer; the weights {weights}.",
            }.get(tuple(self.blamed), f"Both are to blame: the weights, {weights}, and the slopes, {slopes} per layer.")
        return f"Per layer {weights} and {slopes}: {self._further()}."

    def _why_zero(self):
        if self._is_zero:
            return "The weights are to blame: Wᵀ = 0, and 0 times anything is 0."
        if self.blamed == ["slopes"]:
            return "The slopes are to blame: where the ReLUs are off, σ′ = 0, and nothing gets through."
        return "It is smaller there than the smallest number that a float can hold."

    def _further(self):
        mean = self.left ** (1 / self._steps)
        if mean < _STEADY:
            return "with more layers like these it would vanish"
        return "with more layers like these it would explode" if mean > 1 / _STEADY else "they balance each other"


def _mean_factor(factors):
    """The geometric mean of those that are positive; 0 if there are none."""
    positive = factors[np.nan_to_num(factors) > 0]
    return float(np.exp(np.log(positive).mean())) if positive.size else 0.0
