"""What the state of an explorer says, put together without its help."""

import numpy as np


def network_of(explorer, network):
    """The network with the numbers of the controls, put together by their names."""
    parameters = {name: np.array(value) for name, value in network.parameters.items()}
    x = np.zeros((network.sizes[0], 1))
    for name, value in explorer.state.items():
        if name.startswith("x"):
            x[int(name[1:]) - 1] = value
        elif name[0] in "Wb":  # the others are no numbers of the network
            block, subscripts = name.rstrip("]").split("[")
            j, i = (int(part) - 1 for part in f"{subscripts},1".split(",")[:2])
            parameters[block][j, i] = value
    return network.with_parameters(**parameters), x
