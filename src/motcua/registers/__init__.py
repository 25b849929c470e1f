"""Registers that units keep: dialogues, meetings, initiatives, findings, cases, classes. One engine, many definitions.

What a register holds is data: fields, states, moves, checks and measures of a dated version (``rules.definitions``),
shipped in ``data/*.json`` or made by an officer. Life of an entry: kept -> (amended, moved) -> done, or void; every
change is appended as a version. Start at ``rules.definitions``, then ``actions/``.
"""
