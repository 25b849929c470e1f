"""The trays that modules put before heads and leaders, read for one account."""

from dataclasses import dataclass
from typing import Any

from motcua.base.desk import Tray, TrayPage
from motcua.base.modules import offered

FEW, MANY = 10, 200  # lines of a tray beside others, and alone


@dataclass(frozen=True)
class TrayShown:
    """A tray with what it holds for the account."""

    tray: Tray
    page: TrayPage


def trays() -> list[Tray]:
    """Return the trays that modules declare, in their order."""
    found = [tray for module in offered("desk") for tray in getattr(module, "TRAYS", ())]
    return sorted(found, key=lambda tray: tray.order)


def read_trays(account: Any, *, wanted: str = "") -> list[TrayShown]:
    """Return the trays that open to ``account``; the one ``wanted`` at length, the others with their first lines."""
    return [
        TrayShown(tray, tray.read(account, MANY if tray.code == wanted else FEW))
        for tray in trays()
        if tray.opens_to(account)
    ]
