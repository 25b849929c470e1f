"""Plans: a document that sets tasks and targets, read, reviewed, approved, assigned and followed to its end.

The reading stands in ``rules`` (pure, no database): start at ``rules.reader.read_plan``. The life: ``states``, then
``actions`` in order: intake and opening (uploaded, read), drafting (by hand), deriving (from the plan above),
correcting and reshaping (review), approving, amending (the next version), assigning, following (progress, completion,
extension), binding (targets to indicators), carrying (the next year). Where a task stands is ``task_status``, pure.
"""
