"""The catalogue: what the province offers, under which rules, in dated versions.

Life of a version: drafted -> published (never edited again) -> superseded. A dossier keeps the version it was filed
under. Start at ``models.ProcedureVersion`` and ``queries``.
"""
