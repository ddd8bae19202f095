"""What the playground says about a run at one step: costs, how many examples are right, the training's own words."""

from nbhelpers.numbers_as_text import listed, short

_RISEN = 1.1  # the held-out cost has risen if it is so many times its lowest

_TOO_LARGE = (
    "the weights are so large now that the cost is too large for a float. Make one more step, and the training says "
    "what went wrong."
)


def best_of(records):
    """Return the record with the lowest validation cost if that cost has risen since, and else None."""
    best = min(records, key=lambda record: record.validation_cost)
    return best if records[-1].validation_cost > _RISEN * best.validation_cost else None


def in_words(run, look):
    """Return the words below the picture.

    Parameters
    ----------
    run : nbhelpers.explorers.playground.run.TrainingRun
    look : nbhelpers.explorers.playground.run.Look
    """
    if look.network is None:
        return f"{_step(run, run.steps)}: {_TOO_LARGE}"
    now = look.now
    seen = _part(now.cost, now.accuracy, run.training, "training")
    unseen = _part(now.validation_cost, now.validation_accuracy, run.held_out, "validation")
    stopped = [f"Stopped at step {run.steps:,}."] if run.is_over else []
    said = f"{_step(run, now.steps)}: cost {seen}, and {unseen}."
    hint = [] if run.steps else ["Press Play."]
    return " ".join([*stopped, said, *_penalty(now), *_risen(run, look), *_wrong(look), *hint])


def as_alt(run, look, values, words):
    """Return the picture in words: what is drawn, what `in_words` says, and the numbers of the bars."""
    sizes, now = "-".join(map(str, run.sizes)), look.now
    hidden = f" with {values['activation']}" if values["layers"] else ""
    ranges = zip(now.activation_mean, now.activation_spread, strict=True)
    activations = ", ".join(f"{short(mean, 2)} ± {short(spread, 2)}" for mean, spread in ranges)
    return (
        f"Decision regions of a {sizes} network{hidden} on {run.training.name}, the costs up to now, and bars per "
        f"layer. {words} Size of the gradient from layer 1 on: {listed(now.gradient_norm)}; activations: {activations}."
    )


def _step(run, steps):
    if not steps:
        return "Before the first step"
    epoch = f"{steps / run.updates:,.1f}".removesuffix(".0")
    return f"Step {steps:,}, epoch {epoch}"


def _part(cost, share, data, name):
    return f"{short(cost)} on the {name} points ({round(share * data.d)} of {data.d} right)"


def _penalty(now):
    return [f"With the penalty of {short(now.penalty)} it is {short(now.total)}."] if now.penalty else []


def _risen(run, look):
    best = best_of(look.records)
    if best is None or look.findings:
        return []
    return [f"The validation cost was lowest, {short(best.validation_cost)}, at epoch {best.steps // run.updates}."]


def _wrong(look):
    """The worst finding in the training's own words, and what the others are about."""
    if not look.findings:
        return []
    worst, *others = look.findings
    also = ", ".join(_about(finding) for finding in others)
    return [_as_sentence(worst.message), *([f"Also: {also}."] if also else [])]


def _about(finding):
    return finding.kind if finding.layer is None else f"{finding.kind} (layer {finding.layer})"


def _as_sentence(text):
    return text[0].upper() + text[1:]
