"""What the playground says about a run at one step: costs, how many examples are right, the training's own words."""

import re

import numpy as np

from nbhelpers.explorers.playground.settings import OUTPUT, unit_names, weight_names
from nbhelpers.numbers_as_text import listed, short

_LEVEL = 1e-6  # what is less is no difference
_RISEN = 1.1  # the held-out cost has risen if it is so many times its lowest
_MOST_TERMS = 9  # of a sum that is read out

_TOO_LARGE = (
    "the weights are so large now that the cost is too large for a float. Make one more step, and the training says "
    "what went wrong."
)


def best_of(records):
    """Return the record with the lowest validation cost if that cost has risen since, and else None."""
    best = min(records, key=lambda record: record.validation_cost)
    return best if records[-1].validation_cost > _RISEN * best.validation_cost else None


def in_words(run, look, values):
    """Return the words below the picture.

    Parameters
    ----------
    run : nbhelpers.explorers.playground.run.TrainingRun
    look : nbhelpers.explorers.playground.run.Look
    values : dict
        The values of the controls by name.
    """
    if look.network is None:
        return f"{_step(run, run.steps)}: {_TOO_LARGE}"
    now = look.now
    seen = _part(now.cost, now.accuracy, run.training, "training")
    unseen = _part(now.validation_cost, now.validation_accuracy, run.held_out, "validation")
    stopped = [f"Stopped at step {run.steps:,}; all panels show the last good one."] if run.is_over else []
    stopped += [f"On the way to step {values['steps']:,}."] if run.steps < values["steps"] and not run.is_over else []
    said = f"{_step(run, now.steps)}: cost {seen}, and {unseen}."
    hint = [] if run.steps or run.edits else ["Press Play."]
    told = [*_penalty(now), *_level(run, look), *_risen(run, look), *_wrong(look, values)]
    words = [*stopped, said, *told, *_set(run), *hint]
    return " ".join(words)


def as_alt(run, look, values, words):
    """Return the picture in words: what is drawn, what `in_words` says, the numbers of the bars and of one unit."""
    sizes, now = "-".join(map(str, run.sizes)), look.now
    hidden = f" with {values['activation']}" if values["layers"] else ""
    ranges = zip(now.activation_mean, now.activation_spread, strict=True)
    activations = ", ".join(f"{short(mean, 2)} ± {short(spread, 2)}" for mean, spread in ranges)
    inputs = ", ".join(run.features) or "nothing"
    large = "Decision regions" if run.training.classes else "Predicted heights"
    plane = large if values["look at"] == OUTPUT else f"{values['look at']} over the plane"
    return (
        f"A {sizes} network{hidden}, given {inputs}, each unit a small plane. {plane}, with {run.training.name}, the "
        f"costs up to now, and bars per layer. {words} Size of the gradient from layer 1 on: "
        f"{listed(now.gradient_norm)}; activations: {activations}.{_weights(look, values)}"
    )


def _weights(look, values):
    """The numbers that go into the unit that is looked at."""
    names = weight_names(values, unit_names(values)[values["look at"]])
    if look.network is None or not names:
        return ""
    terms = [f"{name} = {short(float(look.network.parameters[M][entry]))}" for name, (M, entry) in names.items()]
    more = f" and {len(terms) - _MOST_TERMS} more" if len(terms) > _MOST_TERMS else ""
    return f" Into {values['look at']}: {', '.join(terms[:_MOST_TERMS])}{more}."


def _step(run, steps):
    if not steps:
        return "Before the first step"
    epoch = f"{steps / run.updates:,.1f}".removesuffix(".0")
    return f"Step {steps:,}, epoch {epoch}"


def _part(cost, share, data, name):
    right = "" if share is None else f" ({round(share * data.d)} of {data.d} right)"
    return f"{short(cost)} on the {name} points{right}"


def _penalty(now):
    return [f"With the penalty of {short(now.penalty)} it is {short(now.total)}."] if now.penalty else []


def _level(run, look):
    """Whether the network says the same of all points, so that the plane has one color, or none."""
    Y_hat = look.network.predict(run.inputs(run.training.X))
    if np.ptp(Y_hat, axis=1).max() > _LEVEL:
        return []
    return [f"It says the same everywhere, {', '.join(short(value) for value in Y_hat[:, 0].tolist())}."]


def _risen(run, look):
    best = best_of(look.records)
    if best is None or look.findings:
        return []
    return [f"The validation cost was lowest, {short(best.validation_cost)}, at epoch {best.steps // run.updates}."]


def _set(run):
    made = [edit for edit in run.edits if edit.step <= run.steps]
    if not made:
        return []
    last = made[-1]
    more = f", the last of {len(made)} that were set by hand" if len(made) > 1 else " was set by hand"
    name, _, value = str(last).partition(":")[2].partition("=")
    return [f"{name} = {value.replace('-', '−')} at step {last.step:,}{more}."]


# --- what goes wrong --------------------------------------------------------------------------------------------------


def _wrong(look, values):
    """The worst finding in the training's own words, and what the others are about."""
    if not look.findings:
        return []
    worst, *others = look.findings
    also = ", ".join(_about(finding) for finding in others)
    return [_as_sentence(in_names_of_controls(worst.message, values)), *([f"Also: {also}."] if also else [])]


def in_names_of_controls(message, values):
    """Return a message of the training as it is said here: a setting by the name of its control.

    Examples
    --------
    >>> values = {"weights": "normal", "activation": "tanh"}
    >>> in_names_of_controls('Begin with smaller weights (scheme="xavier") and l2=0.01.', values)
    'Begin with smaller weights (weights: xavier) and L2 = 0.01.'
    """
    message = re.sub(r'"(xavier|he)"', r"\1", message).replace("scheme=", "weights: ")
    message = re.sub(r"\b(l[12])=", lambda found: f"{found[1].upper()} = ", message)
    message = (
        message.replace("dropout=", "dropout = ")
        .replace("a learning rate of", "η =")
        .replace(", unless it is set already;", ",")
    )
    message = re.sub(r"(the|another) learning rate", lambda found: "η" if found[1] == "the" else "another η", message)
    message = re.sub(r"(?<=\d)e\+0*(?=\d)", "e", re.sub(r"(?<=\d)e-0*(?=\d)", "e−", message))
    own = {"relu": "he"}.get(values["activation"], "xavier")
    if values["weights"] == own and re.search(rf"Begin with .*\b{own}\b", message):
        return re.sub(r"Begin with .*", "The weights begin as is best: use fewer layers, or a smaller η.", message)
    return message


def _about(finding):
    return finding.kind if finding.layer is None else f"{finding.kind} (layer {finding.layer})"


def _as_sentence(text):
    return text[0].upper() + text[1:]
