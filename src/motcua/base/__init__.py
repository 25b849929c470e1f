"""Ground floor: facts, guards, money, clock and text. Knows no word of the domain.

Start at ``facts``: every action of the house ends by recording one.
"""
