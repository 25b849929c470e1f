"""Fees asked and paid. Knows no dossier: a fee holds the subject's code.

Life of a fee: asked -> paid | cancelled. Start at ``models.Fee``.
"""
