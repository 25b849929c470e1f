"""Reports: form versions filled, checked and sent up the tree of units.

Start at ``rules``: forms as data, the safe arithmetic over their rows and the checker (DOMAIN 8).
"""
