"""Cases of conduct about a dossier: begun from its page by those who keep the confidential register (C124)."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.base.beside import Beside
from motcua.organizations.states import LEADER
from motcua.registers.access import entries_for
from motcua.registers.models import Entry, Register, Trust
from motcua.registers.rules.shapes import VOID

CONDUCT = "conduct"  # the shipped register


def _is_trusted(account: Any) -> bool:
    if not account.is_authenticated or not account.is_official:
        return False
    if any(post.role == LEADER for post in account.posts_now):
        return Register.objects.filter(code=CONDUCT).exists()
    return Trust.objects.filter(register__code=CONDUCT, account=account, ended_at__isnull=True).exists()


def _begin(account: Any) -> str:
    if not _is_trusted(account):
        return ""
    return f"{reverse('registers:keep', args=[CONDUCT])}?{urlencode({'origin': 'dossier'})}&dossier="


def _about(account: Any, code: str) -> list[tuple[str, str]]:
    register = Register.objects.get(code=CONDUCT)
    found = entries_for(account, register).filter(values__dossier=code).exclude(state_kind=VOID).order_by("-on", "-pk")
    return [(_words(each), reverse("registers:entry", args=[CONDUCT, each.code])) for each in found]


def _words(entry: Entry) -> str:
    return f"{entry.code}: {entry.state_label}"


BESIDE = [Beside("dossier", _("Mở vụ việc về hồ sơ này"), _begin, _about)]
