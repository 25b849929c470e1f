"""Outsiders of the catalogue: the trees of units that addresses are chosen from."""
