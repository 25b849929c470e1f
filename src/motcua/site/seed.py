"""The demonstration province: each module's ``seed.py`` writes its part with the module's own actions."""

from collections.abc import Callable
from typing import Any

from motcua.base.modules import offered

Progress = Callable[[str, int, int], None]


def load_demonstration(*, progress: Progress, dossiers: int) -> None:
    """Load every module's part, lowest floor first. Parts that are there already are left alone.

    ``progress`` is told (what, done, total).
    """
    parts = [module for module in offered("seed") if module.__name__ != __name__]
    for module in parts:
        module.load(progress=progress, dossiers=dossiers)


def sign_ins() -> list[tuple[Any, ...]]:
    """Return (who, user name, password) of the demonstration's people."""
    parts = (module for module in offered("seed") if module.__name__ != __name__)
    return [entry for module in parts for entry in getattr(module, "sign_ins", list)()]
