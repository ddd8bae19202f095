"""The moving picture of the front page: the lecture's network while one of its weights moves, frame by frame."""

import io

import numpy as np
from PIL import Image

from nbhelpers import Layer, Network, worked_example
from nbhelpers.plots import draw_network, style

WEIGHTS = np.arange(-33, 48, 2) / 10
START = 20  # the lecture's own weight, 0.7
SIZE = (620, 298)  # small, so that its numbers can be read on a phone
KEY = 32  # what the lines mean stands below, too wide for this size; the page says it in words


def write_frames(folder):
    """Write a picture per weight into `folder`; return the weight and the prediction of each."""
    folder.mkdir(parents=True)
    lecture = worked_example.network()
    figure = style.new_figure(SIZE[0], SIZE[1] + KEY)
    with style.context():
        axes = figure.add_axes([0, 0, 1, 1])
        frames = [_frame(figure, axes, lecture, weight, folder / f"{k}.webp") for k, weight in enumerate(WEIGHTS)]
    return frames


def _frame(figure, axes, lecture, weight, path):
    output = lecture.W[2].copy()
    output[0, 1] = weight
    network = Network(
        [Layer(lecture.W[1], lecture.b[1], "sigmoid"), Layer(output, lecture.b[2], "sigmoid")], lecture.loss
    )
    passed = network.forward(worked_example.X)
    axes.clear()
    draw_network(axes, network.W, network.b, passed.Z, passed.A, ["sigmoid", "sigmoid"])
    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=2 * figure.dpi)
    picture = Image.open(drawn).convert("RGB").crop((0, 0, 2 * SIZE[0], 2 * SIZE[1]))
    picture.quantize(64).convert("RGB").save(path, lossless=True, method=4)
    return {"weight": round(float(weight), 1), "prediction": round(passed.Y_hat.item(), 3)}
