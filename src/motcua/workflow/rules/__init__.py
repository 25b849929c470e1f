"""Arithmetic of steps: no Django here."""
