"""What a module keeps about the subjects of another one, offered in its ``beside.py``; neither module knows the other.

BESIDE = [Beside("dossier", _("Mở vụ việc"), begin, about)]
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from motcua.base.modules import offered


@dataclass(frozen=True)
class Beside:
    """One kind of thing that is kept about subjects of ``kind``.

    ``begin`` takes an account and returns the address at which a new one is begun, to which the subject's code is
    appended; "" where the account begins none. ``about`` takes (account, code) and returns (title, address) of what is
    kept about a subject, as far as the account sees it; it is asked only of accounts that may begin one.
    """

    kind: str
    label: str | Promise
    begin: Callable[[Any], str]
    about: Callable[[Any, str], list[tuple[str, str]]]


@dataclass(frozen=True)
class Begun:
    """A way to begin something about one subject, with what is kept of it already."""

    label: str
    address: str
    kept: list[tuple[str, str]]


def _of(kind: str) -> list[Beside]:
    return [each for module in offered("beside") for each in getattr(module, "BESIDE", ()) if each.kind == kind]


def beginnings(kind: str, account: Any) -> list[tuple[str, str]]:
    """Return (label, address) of what the account may begin about subjects of ``kind``; their code is appended."""
    return [(str(each.label), address) for each in _of(kind) if (address := each.begin(account))]


def beside(kind: str, account: Any, code: str) -> list[Begun]:
    """Return what the account may begin about one subject, each with what is kept already."""
    return [
        Begun(str(each.label), address + code, each.about(account, code))
        for each in _of(kind)
        if (address := each.begin(account))
    ]
