"""Arithmetic of ratios and targets; nothing else."""
