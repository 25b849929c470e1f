"""Keeping files."""
