"""Routes of steps, and the runs of subjects along them. Knows no subject: a run holds its code, title and link.

Life of a run: started -> (moved to the next step | paused <-> resumed)* -> closed. Start at ``models.Run``.
"""
