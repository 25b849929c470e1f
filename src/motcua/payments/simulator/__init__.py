"""A payment gateway to try ours against: a program that speaks HTTP, takes no money and forgets all when it ends.

``motcua payment simulate --port N`` runs it; ``bank`` is what it remembers, ``program`` what it answers.
"""
