"""All mistakes of the museum by name, and by family: the part of the pass that they are in."""

from nbhelpers.mistakes import cost, dropout, forward, hidden, output, parameters, training, update
from nbhelpers.mistakes.mistake import Mistake


def _mistakes_in(module):
    return {name: mistake for name, mistake in vars(module).items() if isinstance(mistake, Mistake)}


FAMILIES = {
    module.__name__.rpartition(".")[2]: _mistakes_in(module)
    for module in (forward, output, hidden, parameters, update, training, dropout, cost)
}

MISTAKES = {name: mistake for family in FAMILIES.values() for name, mistake in family.items()}
