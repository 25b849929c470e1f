"""What is measured: ratios of counts that modules offer, per unit and month, and the targets set for them.

Life of an indicator: defined (version) -> target (unit or level, period) -> observed. Observations are computed when
they are asked for, from the rows themselves, so each opens what made it. Start at ``queries.observe``.
"""
