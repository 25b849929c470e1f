"""Kinds of message, declared by modules in their ``message_kinds.py``; an account chooses channels for each kind."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.base.guard import signed_in
from motcua.base.modules import offered
from motcua.notifications.states import EMAIL


@dataclass(frozen=True)
class Kind:
    """One kind: its code, the words of the preferences page, who is asked about it, channels used unless unwanted."""

    code: str
    label: str | Promise
    hint: str | Promise = ""
    opens_to: Callable[[Any], bool] = signed_in
    usual: frozenset[str] = field(default=frozenset({EMAIL}))


GENERAL = Kind("general", _("Thông báo khác"), _("Những gì không thuộc các loại trên."))
CODE = Kind("code", _("Mã xác nhận"))  # never a matter of preference


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind that modules declare, by code, the general one last."""
    found = {kind.code: kind for module in offered("message_kinds") for kind in module.KINDS}
    return found | {GENERAL.code: GENERAL}


def kinds_for(account: Any) -> list[Kind]:
    """Return the kinds that ``account`` is asked about."""
    return [kind for kind in kinds().values() if kind.opens_to(account)]
