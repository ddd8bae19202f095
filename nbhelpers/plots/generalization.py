"""A fit beside its training: points, true curve and fitted curve on the left; the costs over the epochs on the right.

Of the right panel the curves are those of ``training_curves.py``. Added here are the epoch that is looked at, what the
true curve would cost, and the part of the training in which the validation cost has risen again.
"""

import numpy as np

from nbhelpers.plots.kit.clipping import ClippedCurve
from nbhelpers.plots.kit.fast_text import add_quick_text
from nbhelpers.plots.kit.panel import add_panel, set_heading
from nbhelpers.plots.kit.panel import points as in_points
from nbhelpers.plots.style import PALETTE
from nbhelpers.plots.training_curves import draw_training_curves

SIZE = (980, 400)  # of the figure that the panels need, in CSS pixels
CURVES = (536, 352)  # left and width of the right panel
_FIT = (48, 412)


class FitPanel:
    """The artists of the points and the curves through them.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `show_points` and `update` set.
    training, validation : matplotlib.lines.Line2D
        Discs and small rings.
    true : matplotlib.lines.Line2D
        A dashed curve.
    fit : nbhelpers.plots.kit.clipping.ClippedCurve
    """

    def __init__(self, ax):
        self.ax = ax
        (self.true,) = ax.plot([], [], color=PALETTE["ink"], lw=in_points(1.6), ls=(0, (5, 3)), zorder=3)
        self.validation = self._marks(6, "none", PALETTE["negative"], 2.8)
        self.training = self._marks(10, PALETTE["second"], PALETTE["ink"], 5)
        self.fit = ClippedCurve(ax, color=PALETTE["first"], ls="-", lw=in_points(2.8), zorder=6)
        self.moving = [self.true, self.validation, self.training, *self.fit.moving]
        self._add_key()

    def _marks(self, pixels, fill, edge, zorder):
        look = {"ms": in_points(pixels), "mfc": fill, "mec": edge, "mew": in_points(1.2), "zorder": zorder}
        return self.ax.plot([], [], ls="none", marker="o", clip_on=False, **look)[0]

    def _add_key(self):
        handles = [self.training, self.validation, self.true, self.fit.line]
        names = ["training", "validation", "true curve", "the network"]
        place = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2, "borderpad": 0}
        look = {"ncols": 4, "handlelength": 1.8, "handletextpad": 0.4, "columnspacing": 1.1}
        self.ax.legend(handles, names, fontsize=in_points(12), **place, **look)

    def show_points(self, training, validation, true):
        """Show other points, each as (x, y) of shape (2, d), and another true curve, shape (2, k)."""
        low, high = self.ax.get_ylim()
        for line, (x, y) in zip((self.training, self.validation), (training, validation), strict=True):
            line.set_data(x, np.where((y > low) & (y < high), y, np.nan))
        self.true.set_data(*true)

    def update(self, x, y):
        """Show another fitted curve; both of shape (k,)."""
        self.fit.update(x, y)


class CostsPanel:
    """The artists of the costs of one run, with the epoch that is looked at.

    Attributes
    ----------
    moving : list of matplotlib.artist.Artist
        What `show_run` and `update` set.
    curves : nbhelpers.plots.training_curves.TrainingCurves
    floor : matplotlib.lines.Line2D
        What the true curve costs on the validation points.
    region : matplotlib.patches.Rectangle
        From the best epoch to the end, if the run is overfitted.
    cursor : matplotlib.lines.Line2D
        At the epoch that is looked at.
    places : list of matplotlib.lines.Line2D
        Training cost (a disc) and validation cost (a square) at that epoch.
    """

    def __init__(self, ax, epochs, low, high):
        self.ax, self._epochs = ax, epochs
        self.curves = draw_training_curves(ax, epochs, low, high, "log")
        set_heading(ax, "Costs over the epochs")
        self.region = ax.axvspan(0, 1, color=PALETTE["negative"], alpha=0.13, lw=0, zorder=2.6)
        look = {"size": in_points(12), "color": PALETTE["ink"], "ha": "center", "transform": ax.get_xaxis_transform()}
        self.region_name = add_quick_text(ax, 0, 0.95, zorder=6, **look)
        self.floor = ax.axhline(1, color=PALETTE["ink"], lw=in_points(1.2), ls=(0, (5, 3)), zorder=2.7)
        self.cursor = ax.axvline(0, color=PALETTE["ink"], lw=in_points(1.6), zorder=5)
        self.places = [self._place(marker, color) for marker, color in zip("os", ("first", "negative"), strict=True)]
        own = [self.region, self.region_name, self.floor, self.cursor, *self.places]
        self.moving = [*self.curves.moving, *own]

    def _place(self, marker, color):
        look = {"ms": in_points(9), "mfc": PALETTE[color], "mec": PALETTE["ink"], "mew": in_points(1.2), "zorder": 6}
        return self.ax.plot([], [], ls="none", marker=marker, clip_on=False, **look)[0]

    def show_run(self, training, validation, penalty, best_epoch, floor, is_overfitted):
        """Show another run.

        Parameters
        ----------
        training, validation, penalty : array_like, shape (epochs + 1,)
            The penalty may be None.
        best_epoch : int
        floor : float
        is_overfitted : bool
        """
        self._costs = np.clip([training, validation], *self.ax.get_ylim())
        self.curves.update(np.arange(len(training)), training, validation, penalty, best_epoch)
        self.floor.set_ydata([floor, floor])
        self.floor.set_visible(floor > self.ax.get_ylim()[0])
        self.region.set(x=best_epoch, width=self._epochs - best_epoch, visible=is_overfitted)
        self.region_name.set(x=(best_epoch + self._epochs) / 2, text="overfitting" if is_overfitted else "")

    def update(self, epoch):
        """Look at another epoch."""
        self.cursor.set_xdata([epoch, epoch])
        for place, costs in zip(self.places, self._costs, strict=True):
            place.set_data([epoch], [costs[epoch]])


def draw_generalization(figure, epochs, x_end, y_end, costs):
    """Draw both panels, still empty.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Of the size `SIZE`.
    epochs : int
        Where the scale of the epochs ends.
    x_end, y_end : float
        Of the left panel; it goes as far to the other side of 0.
    costs : tuple of float
        The range of the costs, on a logarithmic scale.

    Returns
    -------
    FitPanel, CostsPanel
    """
    left = add_panel(figure, *_FIT, "The fit", "x")
    left.set(xlim=(-x_end, x_end), ylim=(-y_end, y_end), ylabel="y")
    return FitPanel(left), CostsPanel(add_panel(figure, *CURVES, "", "epoch"), epochs, *costs)
