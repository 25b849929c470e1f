"""Forms that the province makes itself: drafted from an Excel template, tried, published as a version."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import fold, nfc
from motcua.organizations.models import Account
from motcua.organizations.states import CONTROL_OFFICER
from motcua.reports.events import FORM_MADE, FORM_PUBLISHED
from motcua.reports.forms_in_use import OWN
from motcua.reports.models import OwnForm
from motcua.reports.rules.form_making import made_form, recognised
from motcua.reports.rules.periods import regime_rules

FIRST_APPENDIX = 100  # shipped forms have the numbers below


@transaction.atomic
def draft_form(title: str, *, regime: str, lines: Sequence[Sequence[str]], actor: Account) -> OwnForm:
    """Make a draft out of the lines of a template.

    Raises:
        Refused: the actor is no control officer, there is no title, no such regime, or no rows are recognised.
    """
    _check_may(actor)
    title = nfc(title).strip()
    if not title or len(title) > 300:
        raise Refused(gettext("Cần tên biểu (tối đa 300 ký tự)."), field="title")
    regime_rules(regime)
    rows = "\n".join(recognised(lines))
    highest = OwnForm.objects.aggregate(highest=Max("appendix"))["highest"]
    appendix = max(FIRST_APPENDIX, (highest or 0) + 1)
    code = f"{OWN}{appendix}-{re.sub(r'[^a-z0-9]+', '-', fold(title))[:24].strip('-')}"
    return _write(OwnForm(code=code, regime=regime, appendix=appendix), title, today(), rows, "", actor)


@transaction.atomic
def write_form(pk: int, *, title: str, valid_from: date, rows: str, rules: str, actor: Account) -> OwnForm:
    """Write a draft anew.

    Raises:
        Refused: it is published, another version begins on that day, or rows and rules make no sound form.
    """
    _check_may(actor)
    form = OwnForm.objects.select_for_update().get(pk=pk)
    if form.published_at:
        raise Refused(gettext("Phiên bản đã ban hành không sửa được; hãy soạn phiên bản mới."))
    if OwnForm.objects.filter(code=form.code, valid_from=valid_from).exclude(pk=pk).exists():
        raise Refused(gettext("Biểu đã có phiên bản từ ngày này."), field="valid_from")
    return _write(form, nfc(title).strip(), valid_from, nfc(rows), nfc(rules), actor)


@transaction.atomic
def next_version(pk: int, *, valid_from: date, actor: Account) -> OwnForm:
    """Make a draft of the next version out of a published one; reports keep the version they were opened with.

    Raises:
        Refused: it is a draft itself, or a version begins on that day or later.
    """
    _check_may(actor)
    form = OwnForm.objects.select_for_update().get(pk=pk)
    if form.published_at is None:
        raise Refused(gettext("Bản này còn là bản soạn."))
    if OwnForm.objects.filter(code=form.code, valid_from__gte=valid_from).exists():
        raise Refused(gettext("Biểu đã có phiên bản từ ngày này."), field="valid_from")
    new = OwnForm(code=form.code, regime=form.regime, appendix=form.appendix)
    return _write(new, form.title, valid_from, form.data["typed"]["rows"], form.data["typed"]["rules"], actor)


@transaction.atomic
def publish_form(pk: int, *, actor: Account) -> OwnForm:
    """Publish a draft: reports whose window opens on its first day or later hold it.

    Raises:
        Refused: it is published already.
    """
    _check_may(actor)
    form = OwnForm.objects.select_for_update().get(pk=pk)
    if form.published_at:
        raise Refused(gettext("Phiên bản đã ban hành không sửa được; hãy soạn phiên bản mới."))
    form.published_at = now()
    form.save(update_fields=["published_at"])
    record(FORM_PUBLISHED, subject=form.code, actor=actor.code, unit="", valid_from=form.valid_from.isoformat())
    return form


def _check_may(actor: Account) -> None:
    if not actor.has_role(CONTROL_OFFICER):
        raise Refused(gettext("Chỉ cán bộ kiểm soát lập được biểu mẫu."))


def _write(form: OwnForm, title: str, valid_from: date, rows: str, rules: str, actor: Account) -> OwnForm:
    if not title or len(title) > 300:
        raise Refused(gettext("Cần tên biểu (tối đa 300 ký tự)."), field="title")
    data: dict[str, Any]
    data, made = made_form(
        code=form.code,
        appendix=form.appendix,
        title=title,
        regime=form.regime,
        valid_from=valid_from.isoformat(),
        rows=rows,
        rules=rules,
    )
    data["typed"] = {"rows": rows, "rules": rules}
    form.title, form.valid_from, form.data = title, valid_from, data
    form.made_at, form.made_by = now(), actor.code
    form.save()
    record(FORM_MADE, subject=form.code, actor=actor.code, unit="", rows=len(made.rows))
    return form
