"""Plans: a document that sets tasks and targets, read, reviewed, approved, assigned and followed to its end.

The reading stands in ``rules`` (pure, no database): start at ``rules.reader.read_plan``.
"""
