"""The playground: its controls and its picture, the run that is shown, that run as a line of text, and as words."""

from nbhelpers.explorers.playground.lesson import playground

__all__ = ["playground"]
