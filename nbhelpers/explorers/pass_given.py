"""The pass that an explorer begins with: what was given, or else the worked example."""

from nbhelpers import worked_example
from nbhelpers.arrays import as_matrix


def pass_given(network, X, Y):
    """Return network, X and Y of a pass, those of the worked example where nothing is given.

    Raises
    ------
    ValueError
        If only one of X and Y is given, none for another network, or if they do not fit.
    """
    if (X is None) != (Y is None) or (X is None and network is not None):
        raise ValueError("X and Y are needed, both, for a network or for examples of your own")
    network = worked_example.network() if network is None else network
    X, Y = (worked_example.X, worked_example.Y) if X is None else (as_matrix(X, "X"), Y)
    network.cost(X, Y)  # says what does not fit, before anything is drawn
    return network, X, network.loss.labels(Y)
