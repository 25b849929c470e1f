"""A realistic year, pure: what units of which kind do is read from published counts; one life is planned at a time.

``calibration`` reads the counts; ``filing_times`` says when people file; ``lives`` plans what happens to one dossier.
The writing is in ``actions/simulating``.
"""

from random import Random


class Chance(Random):
    """The simulation's dice: the same seed gives the same year. Nothing here keeps a secret."""
