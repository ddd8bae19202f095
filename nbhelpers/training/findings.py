"""When a training goes wrong: what, where and why, and the setting that would help.

Each finding is read off the records of a training; nothing is measured here. The thresholds stand at the top, each with
its reason.
"""

from dataclasses import dataclass, field

import numpy as np

DIVERGED = 100  # times the cost at the start, or of a constant guess: no step that helps goes there
MANY = 0.5  # of the units of a layer dead, or of its values saturated: it has lost half of what it could say
STUCK = 0.5  # of the cost of a constant guess: a network above it has learned little
FADED = 1e-3  # the backward signal of the first layer against that of the last: a thousandth reaches it
ROUNDING = 1e-9  # of the largest weight: rows that differ by less differ by rounding alone
STILL = 0.1  # of the weights: what all steps together, each as long as the last, could have changed
LEVEL = 1e-3  # of the cost of a constant guess: a gradient that small promises nothing in any direction
NO_GAIN = 0.01  # of the cost: what has fallen by less in the whole run has not fallen

LARGE = 20.0  # an input; standardized ones stay below 5 or so, pixels from 0 to 255 do not

ORDER = ("not finite", "diverged", "dead", "exploding", "vanishing", "symmetric", "saturated", "no gain")


@dataclass(frozen=True)
class Finding:
    """Something that went wrong in a training, or is about to.

    Attributes
    ----------
    kind : str
        "not finite", "diverged", "dead", "exploding", "vanishing", "symmetric", "saturated" or "no gain".
    layer : int or None
        Where; None if everywhere.
    step : int
        The update at which it was first recorded; of "symmetric" and "no gain", which are judged over the whole run,
        the latest.
    message : str
        What, where, why, and the setting that would help.
    """

    kind: str
    layer: int | None
    step: int
    message: str = field(repr=False)

    def __str__(self):
        return self.message


class Findings(tuple):
    """A tuple of `Finding`, shown as a list of sentences: a notebook breaks their lines between words."""

    __slots__ = ()

    def __repr__(self):
        return "\n".join(f"- {finding}" for finding in self) or "No findings."

    _repr_markdown_ = __repr__


def findings(trainer):
    """Return what is wrong at the latest record of a `Trainer`, the worst first: `Findings`."""
    found = [*_stopped(trainer), *_in_layers(trainer), *_along_the_layers(trainer), *_alike(trainer)]
    found = found or _without_gain(trainer)
    return Findings(sorted(found, key=lambda finding: ORDER.index(finding.kind)))


# --- what stops a training --------------------------------------------------------------------------------------------


def not_finite(name, layer, trainer):
    """Say that a number became nan or infinite: in which array of which layer, and what would help."""
    kind = {"Z": "the weighted sums", "A": "the activations"}.get(name, f"the gradient {name}")
    message = (
        f"step {trainer.steps + 1}, layer {layer}: {kind} became too large for a float, so that nothing after it is a "
        f"number. The steps are too large for this cost: {_smaller_rate(trainer)} {_kept(trainer)}"
    )
    return Finding("not finite", layer, trainer.steps + 1, message)


def diverged(record, trainer):
    """Say that the cost has left the range in which anything is learned, and what would help."""
    message = (
        f"step {record.steps}: the cost has grown from {trainer.records[0].total:.3g} to {record.total:.3g}. Each step "
        f"goes past the valley and ends higher on its other side: {_smaller_rate(trainer)} {_kept(trainer)}"
    )
    return Finding("diverged", None, record.steps, message)


def _smaller_rate(trainer):
    """What would make the steps shorter: the scale of the inputs where that is what makes them long, else the rate."""
    if trainer.largest_input > LARGE:
        return _scale(trainer)
    rate = trainer.records[-1].learning_rate
    return f"try a learning rate of {_plain(rate / 10)} instead of {_plain(rate)}."


def _scale(trainer):
    largest = f"{trainer.largest_input:.4g}"
    return f"the inputs go up to {largest}, and sums and gradients grow with them: scale them first, X / {largest}."


def _kept(trainer):
    return f"The parameters of step {trainer.kept_record.steps} are kept."


def _stopped(trainer):
    return [trainer.failure] if trainer.failure else []


# --- what a layer shows -----------------------------------------------------------------------------------------------


def _in_layers(trainer):
    for l, activation in enumerate(trainer.activations[:-1], start=1):
        latest = trainer.records[-1]
        if latest.dead[l - 1] >= MANY:
            yield _dead(l, activation.title, trainer)
        if latest.saturated[l - 1] >= MANY and _is_stuck(trainer):
            yield _saturated(l, activation.name, trainer)


def _dead(l, title, trainer):
    since, share = _since(trainer, lambda record: record.dead[l - 1] >= MANY), trainer.records[-1].dead[l - 1]
    if since == 0:
        help_ = _begin("he", trainer)
    elif held := _what_holds(trainer):
        help_ = f"First train without {_listed(held)}. If they die all the same, the step is too large: "
        help_ += _smaller_rate(trainer)
    else:
        help_ = f"Their weights were thrown there by too large a step: {_smaller_rate(trainer)}"
    message = (
        f"layer {l}: {share:.0%} of its {title} units give 0 for every training example ({_when(since)}). "
        f"Where a {title} gives 0 its slope is 0 too, so these units get no gradient and stay dead. {help_}"
    )
    return Finding("dead", l, since, message)


def _saturated(l, name, trainer):
    since = _since(trainer, lambda record: record.saturated[l - 1] >= MANY)
    share = trainer.records[-1].saturated[l - 1]
    too_large = f"The steps have made the weights too large: {_smaller_rate(trainer)}"
    help_ = _begin("xavier", trainer) if since == 0 else too_large + " Or use l2=0.01." * (not trainer.options.l2)
    message = (
        f"layer {l}: {share:.0%} of its {name} values lie where the curve is flat ({_when(since)}): the slope is below "
        f"5 % of the steepest, and so little gradient comes through. {help_}"
    )
    return Finding("saturated", l, since, message)


def _begin(scheme, trainer):
    if trainer.largest_input > LARGE:
        return _sentence(_scale(trainer))
    smaller = 'smaller weights (scheme="xavier")' if scheme == "xavier" else f'scheme="{scheme}"'
    return f"Begin with {smaller} and standardized inputs."


def _sentence(words):
    return words[0].upper() + words[1:]


# --- what happens from layer to layer ---------------------------------------------------------------------------------


def _along_the_layers(trainer):
    ratio, is_dead = _first_to_last(trainer.records[-1]), max(trainer.records[-1].dead[:-1], default=0) >= MANY
    if ratio < FADED and _is_stuck(trainer) and not (ratio == 0 and is_dead):  # that is said of the dead units
        yield _vanishing(ratio, trainer)
    elif ratio > 1 / FADED:
        yield _exploding(ratio, trainer)


def _first_to_last(record):
    first, last = record.signal[0], record.signal[-1]
    return first / last if 0 < last < np.inf and first < np.inf else 1.0


def _vanishing(ratio, trainer):
    since = _since(trainer, lambda record: _first_to_last(record) < FADED)
    if ratio == 0:
        reach = "no gradient at all reaches layer 1: a factor on the way is 0, as with weights of zero"
        help_ = 'Begin with random weights (scheme="xavier" or "he").'
    else:
        reach = f"the backward signal in layer 1 is {ratio:.0e} of that in layer {len(trainer.activations)}"
        help_ = _against_fading(trainer)
    message = f"layer 1: {reach} ({_when(since)}), so that the first layers hardly learn. {help_}"
    return Finding("vanishing", 1, since, message)


def _against_fading(trainer):
    """What would help: first the settings that hold a network back, and nothing that it has already."""
    if trainer.largest_input > LARGE:
        return _sentence(_scale(trainer))
    if held := _what_holds(trainer):
        return f"First train without {_listed(held)}: {'they hold' if len(held) > 1 else 'it holds'} the network back."
    own = {"relu": "he", "tanh": "xavier"}.get(trainer.activations[0].name)
    return (
        f'Begin with scheme="{own}", unless it is set already; or use fewer layers.'
        if own
        else 'Use relu with scheme="he", or tanh with scheme="xavier"; or fewer layers.'
    )


def _what_holds(trainer):
    """The settings that hold a network back."""
    values = {name: getattr(trainer.options, name) for name in ("dropout", "l2", "l1")}
    return [f"{name}={_plain(value)}" for name, value in values.items() if value]


def _listed(parts):
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _exploding(ratio, trainer):
    since = _since(trainer, lambda record: _first_to_last(record) > 1 / FADED)
    message = (
        f"layer 1: the backward signal is {ratio:.0e} times that in layer {len(trainer.activations)} ({_when(since)}): "
        f'each layer on the way back makes it larger. Begin with smaller weights (scheme="he" for relu, "xavier" for '
        f"tanh and sigmoid)."
    )
    return Finding("exploding", 1, since, message)


def _alike(trainer):
    if trainer.failure:
        return
    W = trainer.W
    for l in range(1, len(trainer.activations)):
        if len(W[l]) > 1 and _has_equal_rows(W[l]) and _has_equal_rows(W[l + 1].T):
            message = (
                f"layer {l}: its {len(W[l])} units have the same weights, in and out. They compute the same and "
                f"get the same gradient, so they stay alike, worth a single unit. Begin with random weights "
                f'(scheme="xavier" or "he").'
            )
            yield Finding("symmetric", l, trainer.records[-1].steps, message)


def _has_equal_rows(matrix):
    return np.ptp(matrix, axis=0).max() <= ROUNDING * np.abs(matrix).max()


# --- what the cost shows ----------------------------------------------------------------------------------------------


def _without_gain(trainer):
    first, latest = trainer.records[0], trainer.records[-1]
    if not latest.steps or not _is_stuck(trainer) or latest.total < (1 - NO_GAIN) * first.total:
        return []
    message = (
        f"the cost has not fallen: {first.total:.3g} at the start, {latest.total:.3g} after {latest.steps} steps. "
        f"{_gain(trainer)}"
    )
    return [Finding("no gain", None, latest.steps, message)]


def _gain(trainer):
    first, latest = trainer.records[0], trainer.records[-1]
    rate, step = latest.learning_rate, np.nanmax([0.0, *latest.update_ratio])
    if any(record.total > (1 + NO_GAIN) * first.total for record in trainer.records):
        return f"It has risen on the way: {_smaller_rate(trainer)}"
    if trainer.largest_input > LARGE:
        return _sentence(_scale(trainer))
    if max(latest.gradient_norm) < LEVEL * trainer.scale:
        return (
            f"The gradient is close to 0, its largest part {max(latest.gradient_norm):.0e}: the cost is level here. "
            f"Try more hidden units, features that tell the examples apart, or other initial weights."
        )
    if step * latest.steps < STILL:
        return (
            f"The weights hardly move, the last step changed them by {step:.0e} of their size: raise the learning "
            f"rate, for instance from {_plain(rate)} to {_plain(rate * 10)}."
        )
    return "The weights move, but the cost stays level: try more epochs, or another learning rate."


def _is_stuck(trainer):
    return trainer.records[-1].cost > STUCK * trainer.scale


def _since(trainer, is_so):
    """Return the step of the record from which on it has been so."""
    since = trainer.records[-1].steps
    for record in reversed(trainer.records):
        if not is_so(record):
            break
        since = record.steps
    return since


def _plain(number):
    """Return a setting as a learner would type it: ``0.0001``, ``100``, ``1e+150``."""
    if not 1e-9 < number < 1e9:
        return f"{number:.2g}"
    return np.format_float_positional(number, precision=2, fractional=False, trim="-")


def _when(step):
    return "from the start" if step == 0 else f"since step {step}"
