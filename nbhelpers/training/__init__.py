"""The cycle of learning: `train` a network, follow it step by step, repeat it over many seeds.

The training records and never draws. Its passes are those of ``network.py`` on kept memory, equal to 1e-12.
"""

from nbhelpers.training.ensembles import band, ensemble, split_gradient
from nbhelpers.training.findings import Finding
from nbhelpers.training.measures import accuracy
from nbhelpers.training.optimizers import OPTIMIZERS, adam, gradient_descent, momentum
from nbhelpers.training.records import History, Record
from nbhelpers.training.schedules import constant, cosine, step_decay
from nbhelpers.training.trainer import Trainer, train

__all__ = [
    "OPTIMIZERS",
    "Finding",
    "History",
    "Record",
    "Trainer",
    "accuracy",
    "adam",
    "band",
    "constant",
    "cosine",
    "ensemble",
    "gradient_descent",
    "momentum",
    "split_gradient",
    "step_decay",
    "train",
]
