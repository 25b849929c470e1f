"""Units over time, the people who hold posts in them, delegation, sign-in and the working calendar.

Life of a unit: established -> (renamed | moved) -> merged or split into its successors. Nothing is deleted: what was in
force on a day is asked for by that day. Start at ``models.Unit`` and ``queries``.
"""
