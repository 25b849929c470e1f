"""Slips of a dossier on paper."""
