"""Plans: a document that sets tasks and targets, read, reviewed, approved, assigned and followed to its end.

The reading stands in ``rules`` (pure, no database): start at ``rules.reader.read_plan``. The life: ``states``, then
``actions`` in order: opening (upload, read), correcting and reshaping (review), approving, assigning, following
(progress, completion, extension), binding (targets to indicators). Where a task stands is ``task_status``, pure.
"""
