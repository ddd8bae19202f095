"""Whole pictures in one line of a notebook, each with the words that stand for it.

    from nbhelpers.plots import pictures

    pictures.regions({"before": network, "after": history.network}, data, alt="…")

What is drawn comes from the ``draw_…`` functions beside this file; here are only the figure around it and its place.
"""

from base64 import b64encode

import numpy as np

from nbhelpers.numbers_as_text import exact_if_short, short
from nbhelpers.plots import style
from nbhelpers.plots.cost_growth import SIZE as GROWTH_SIZE
from nbhelpers.plots.cost_growth import draw_cost_growth, growth_in_words
from nbhelpers.plots.decision_regions import draw_decision_regions
from nbhelpers.plots.digits import DigitStrip, strip_height
from nbhelpers.plots.drawings.class_mistakes import WIDTH, draw_class_mistakes, height_for
from nbhelpers.plots.drawings.layer_diagram import draw_layer_diagram, layer_size
from nbhelpers.plots.drawings.unit_diagram import SIZE as UNIT_SIZE
from nbhelpers.plots.drawings.unit_diagram import draw_unit_diagram
from nbhelpers.plots.generalization import FitPanel
from nbhelpers.plots.kit.network_diagram import draw_network, size_for
from nbhelpers.plots.kit.panel import as_page
from nbhelpers.plots.kit.pixel_grid import draw_count_table
from nbhelpers.plots.training_curves import draw_bands


class Picture:
    """A figure with its alternative text, which a notebook shows as the value of a cell.

    Parameters
    ----------
    figure : nbhelpers.plots.style.NotebookFigure
    alt : str
        What is to be seen, in words.

    Raises
    ------
    ValueError
        Without words.
    """

    def __init__(self, figure, alt):
        if not alt.strip():
            raise ValueError("a picture needs words that say what is to be seen: alt is empty")
        self.figure, self.alt = figure, alt

    def _repr_mimebundle_(self, **kwargs):
        png, about = self.figure._repr_png_()
        return {"text/plain": self.alt, "image/png": b64encode(png).decode()}, {"image/png": {"alt": self.alt, **about}}


def unit(x, w, b, activation="sigmoid"):
    """Draw one unit from left to right: inputs, weights and bias, the sum, the activation function.

    Parameters
    ----------
    x, w : array_like, shape (n,)
        The inputs and their weights, at most 4.
    b : float
    activation : Activation or str
    """
    figure = style.new_figure(*UNIT_SIZE)
    with style.context():
        texts = draw_unit_diagram(_page(figure), x, w, b, activation)
    numbers = ", ".join(" ".join(text.get_text().split()) for text in texts.values())
    return Picture(figure, f"A unit from left to right: {numbers}.")


def layer(W, b, unit, l=1):
    """Draw a layer beside its W and b; the lines into one unit and its row of W are marked.

    Parameters
    ----------
    W : array_like, shape (h, n)
    b : array_like, shape (h, 1)
    unit : int
        Counted from 1.
    l : int
        The number of the layer.
    """
    figure = style.new_figure(*layer_size(W))
    with style.context():
        draw_layer_diagram(_page(figure), W, b, unit, l)
    row = ", ".join(exact_if_short(weight) for weight in np.asarray(W)[unit - 1])
    alt = f"Layer {l} as circles and lines beside its matrix W. The lines into unit {unit} are row {unit} of W: {row}."
    return Picture(figure, alt)


def network(network, X, alt=""):
    """Draw a small network with the numbers that its first example gives.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n, d)
    alt : str
        Without it, the picture is described by its numbers.
    """
    forward = network.forward(np.asarray(X)[:, :1])
    figure = style.new_figure(*size_for(network.sizes))
    names = [layer.activation.name for layer in network.layers]
    with style.context():
        draw_network(_page(figure), network.W, network.b, forward.Z, forward.A, names)
    values = ", ".join(short(value) for value in forward.Y_hat.ravel())
    sizes = "-".join(map(str, network.sizes))
    return Picture(figure, alt or f"A {sizes} network as circles in columns, joined by lines. It predicts {values}.")


def digits(X, rows, alt=""):
    """Draw handwritten digits in rows, each row with a heading and a caption below each digit.

    Parameters
    ----------
    X : array_like, shape (64, k)
        Ink from 0 to 1, a column per digit.
    rows : dict of str to list of str
        By heading: a caption for each digit. Every row shows the same digits.
    """
    pitch, space = 72, 30
    height = strip_height(1, pitch) + space
    figure = style.new_figure(X.shape[1] * pitch + 36, len(rows) * height + 6)
    with style.context():
        ax = _page(figure)
        for k, (heading, captions) in enumerate(rows.items()):
            ax.text(18, k * height + 16, heading, va="center", size="large", color=style.PALETTE["ink"])
            DigitStrip(ax, 1, X.shape[1], 18, k * height + space, pitch).update(X, captions)
    said = "; ".join(f"{heading}: {', '.join(captions)}" for heading, captions in rows.items())
    return Picture(figure, alt or f"The same {X.shape[1]} handwritten digits in each row. {said}.")


def regions(networks, data, alt, held_out=None):
    """Draw what each of some networks says of every place in the plane, side by side.

    Parameters
    ----------
    networks : dict of str to Network
        By the words above its panel.
    data : Dataset
        The examples; `held_out` ones are drawn hollow.
    """
    above, below, left, gap, right = 56, 46, 66, 50, 14  # pixels: two lines of words; the scales
    many = len(networks)
    width = (960 - left - gap * (many - 1) - right) / many
    side = min(0.9 * width, 280)
    height = side + above + below
    figure = style.new_figure(960, height)
    with style.context():
        for k, (words, one) in enumerate(networks.items()):
            ax = figure.add_axes(((left + k * (width + gap)) / 960, below / height, width / 960, side / height))
            draw_decision_regions(ax, data, held_out=held_out, predict=one.predict)
            ax.set_title(words, loc="left")
            ax.get_legend().set_bbox_to_anchor((0, 1 + 24 / side))
            if k:
                ax.get_legend().remove()
                ax.set_ylabel("")
    return Picture(figure, alt)


def curves(x, lines, alt, *, heading="cost", xlabel="epoch", scale="linear"):
    """Draw one curve, or one band, for each entry over the same x.

    Parameters
    ----------
    x : array_like, shape (k,)
    lines : dict of str to array_like
        By label: shape (k,) for a curve; shape (3, k), the middle, the low and the high end, for a band.
    heading, xlabel, scale : str
        `scale` is ``"linear"`` or ``"log"``.
    """
    figure = style.new_figure(760, 340)
    three = {label: y if np.ndim(y) == 2 else (y, y, y) for label, y in lines.items()}
    bands = {label: (np.asarray(x), *map(np.asarray, y)) for label, y in three.items()}
    with style.context():
        ax = figure.add_axes((0.08, 0.16, 0.74, 0.7))
        draw_bands(ax, bands, scale=scale, heading=heading, xlabel=xlabel)
    return Picture(figure, alt)


def fits(training, held_out, x, curves, alt):
    """Draw curves through points side by side, each beside the same examples.

    Parameters
    ----------
    training, held_out : Dataset
        With one feature and one output; `held_out` ones are drawn hollow.
    x : array_like, shape (k,)
    curves : dict of str to array_like, shape (k,)
        By the words below its panel.
    """
    figure = style.new_figure(960, 280)
    with style.context():
        for k, (words, y) in enumerate(curves.items()):
            place = ((k + 0.13) / len(curves), 0.17, 0.86 / len(curves), 0.68)
            panel = FitPanel(figure.add_axes(place, xlim=(-3.3, 3.3), ylim=(-1.8, 1.8), xlabel=words))
            panel.ax.get_legend().set_visible(k == 0)
            panel.show_points(*((points.X[0], points.Y[0]) for points in (training, held_out)), (x, np.sin(x)))
            panel.update(x, y)
    return Picture(figure, alt)


def counts(confusion, names, alt):
    """Draw a confusion matrix, its diagonal in one color and all mistakes in another.

    Parameters
    ----------
    confusion : array_like, shape (m, m)
        Really i, said to be j.
    names : list of str
        Of the classes.
    """
    figure = style.new_figure(60 + 50 * len(names), 70 + 26 * len(names))
    with style.context():
        draw_count_table(_page(figure), confusion, names, 60, 50, (44, 26), size=12)
    return Picture(figure, alt)


def cost_growth(sweeps, counts, times=None):
    """Draw how the cost of an epoch grows with each size: counted as lines and, where measured, times as squares.

    Parameters
    ----------
    sweeps : list of nbhelpers.experiments.epoch_cost.Sweep
    counts, times : list of array_like
        One for each sweep.
    """
    figure = style.new_figure(*GROWTH_SIZE)
    with style.context():
        draw_cost_growth(figure, sweeps, counts, times)
    return Picture(figure, growth_in_words(sweeps, counts, times))


def class_mistakes(found):
    """Draw how many students of a class made each mistake, the most frequent first.

    Parameters
    ----------
    found : nbhelpers.exercises.class_results.Collected
        What `nbhelpers.exercises.collect` returned.
    """
    counted, students = found.mistake_counts(), len(found.students)
    titles, counts = zip(*counted or [("No mistake with a name was made.", 0)], strict=True)
    figure = style.new_figure(WIDTH, height_for(len(titles)))
    with style.context():
        draw_class_mistakes(_page(figure), titles, counts, students)
    said = "; ".join(f"{title}: {count}" for title, count in zip(titles, counts, strict=True))
    return Picture(figure, f"How many of {students} students made each mistake. {said}.")


def _page(figure):
    ax = figure.add_axes((0, 0, 1, 1))
    as_page(ax)
    return ax
