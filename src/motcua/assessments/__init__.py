"""Sets of criteria by which units score themselves, are verified, ranked and graded (DOMAIN 12: C104-C106, C130).

Life of an assessment (states.py): open -> self_scored -> verified <-> explained -> verified -> final -> published.
Start at ``rules.criteria`` (a set as data) and ``rules.points`` (its arithmetic), then ``actions/`` by phase: ``sets``,
``rounds``, ``scoring``, ``verifying``, ``publishing``, ``grading``.
"""
