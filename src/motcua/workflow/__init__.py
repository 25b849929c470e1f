"""Routes of steps, and the runs of subjects along them. Knows no subject: a run holds its code, title and link.

Life of a run: started -> (moved to the next step | forked | waiting at a join | paused <-> resumed)* -> closed. Start
at ``models.Run`` and ``actions.runs``.
Life of a route: drafted (table or BPMN drawing) -> published -> ended by the next version. Start at ``rules.steps`` and
``actions.drafts``; the whole is told in docs/route.md.
"""
