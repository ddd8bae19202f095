"""Drawings that stay as they are, for a text or to be printed: a unit, a layer with its matrix, a blank network."""
