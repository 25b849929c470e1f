"""The demonstration province: each module's ``seed.py`` writes its part with the module's own actions."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from motcua.base.facts import record
from motcua.base.models import Fact
from motcua.base.modules import offered
from motcua.site.events import DEMONSTRATION_LOADED

HOUSE = "house"
Progress = Callable[[str, int, int], None]


def load_demonstration(*, progress: Progress, dossiers: int) -> None:
    """Load every module's part, lowest floor first; what was loaded whole before is not looked at again.

    A load that was broken off goes on where it stopped: each part leaves alone what is there already.

    ``progress`` is told (what, done, total).
    """
    if Fact.objects.filter(subject=HOUSE, verb=DEMONSTRATION_LOADED.verb).exists():
        return
    parts = [module for module in offered("seed") if module.__name__ != __name__]
    for module in parts:
        module.load(progress=progress, dossiers=dossiers)
    with transaction.atomic():
        record(DEMONSTRATION_LOADED, subject=HOUSE, actor="", dossiers=dossiers)


def sign_ins() -> list[tuple[Any, ...]]:
    """Return (who, user name, password) of the demonstration's people."""
    parts = (module for module in offered("seed") if module.__name__ != __name__)
    return [entry for module in parts for entry in getattr(module, "sign_ins", list)()]
