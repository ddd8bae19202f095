"""What a training is told: its options, checked before anything is computed."""

from dataclasses import dataclass
from numbers import Real

import numpy as np

from nbhelpers.checks import require_whole
from nbhelpers.training.optimizers import adam, as_optimizer, gradient_descent, momentum
from nbhelpers.training.schedules import as_schedule, constant, cosine, step_decay


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of `train` and `Trainer`; each is described there."""

    learning_rate: float | constant | step_decay | cosine = 0.1
    epochs: int = 100
    batch_size: int | None = None
    optimizer: str | gradient_descent | momentum | adam = "gradient descent"
    l2: float = 0.0
    l1: float = 0.0
    dropout: float = 0.0
    frozen: tuple = ()
    validation: tuple | None = None
    patience: int | None = None
    record_every: int = 1
    record_on: int | None = 1000
    rng: np.random.Generator | int | None = None

    def __post_init__(self):
        self._set(learning_rate=as_schedule(self.learning_rate), optimizer=as_optimizer(self.optimizer))
        self._set(rng=np.random.default_rng(self.rng))
        require_whole("epochs", self.epochs, 0)
        require_whole("record_every", self.record_every, 1)
        for name in ("batch_size", "patience", "record_on"):
            if getattr(self, name) is not None:
                require_whole(name, getattr(self, name), 1)
        _require_number("l2", self.l2, np.inf)
        _require_number("l1", self.l1, np.inf)
        _require_number("dropout", self.dropout, 1)
        self._require_validation()
        if isinstance(self.frozen, str):
            self._set(frozen=(self.frozen,))

    def _set(self, **values):
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def _require_validation(self):
        if self.validation is None:
            if self.patience is not None:
                raise ValueError("patience needs validation=(X, Y): early stopping goes by the validation cost")
        elif not isinstance(self.validation, tuple | list) or len(self.validation) != 2:
            raise ValueError("validation is not a pair, expected (X_validation, Y_validation)")


def _require_number(name, value, end):
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 <= value < end:
        words = "a finite number that is at least 0" if end == np.inf else f"a number from 0 to below {end}"
        raise ValueError(f"{name} is {value!r}, expected {words}")
