"""A learner's own code, diagnosed: which mistake is in it, where, and which line mends it.

    from nbhelpers import diagnose, diagnose_slope, diagnose_cost, diagnose_update
    diagnose(backward, params, X, Y, activations=["tanh", "sigmoid"], loss="binary_cross_entropy")

`diagnose` reads parameters and gradients in whatever they are kept (``structure.py``, ``conventions.py``), calls the
function on copies (``calling.py``), and goes through the backward pass with the museum's right and wrong steps until
its numbers
are the learner's (``search.py``), for each cost that it may belong to (``costs.py``). What has no name is related to
the
right quantity (``relations.py``). The line that mends it is written in the learner's own names (``lines.py``).
"""

from nbhelpers.diagnosis.backward_pass import diagnose
from nbhelpers.diagnosis.small_functions import diagnose_cost, diagnose_slope, diagnose_update
from nbhelpers.diagnosis.verdict import Diagnosis

__all__ = ["Diagnosis", "diagnose", "diagnose_cost", "diagnose_slope", "diagnose_update"]
