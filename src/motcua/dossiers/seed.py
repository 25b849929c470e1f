"""The demonstration's dossiers: a realistic year up to now, finished and running ones."""

from collections.abc import Callable

from motcua.base.clock import today
from motcua.dossiers.actions.simulating import simulate
from motcua.dossiers.models import Dossier

SEED = 766


def load(*, progress: Callable[[str, int, int], None], dossiers: int) -> None:
    """Simulate ``dossiers`` of the current year; does nothing when there are dossiers, or none are wanted."""
    if dossiers > 0 and not Dossier.objects.exists():
        simulate(dossiers=dossiers, year=today().year, seed=SEED, progress=progress)
