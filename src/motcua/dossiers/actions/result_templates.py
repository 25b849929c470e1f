"""Templates of results: set from a day on, changed while nothing was drafted with it, ended, taken back."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from motcua.base.clock import VIETNAM, now
from motcua.base.facts import Event, record
from motcua.base.refusal import Refused
from motcua.base.text import fold, squash
from motcua.dossiers.actions.results import UPLOADED
from motcua.dossiers.events import (
    TEMPLATE_CHANGED,
    TEMPLATE_ENDED,
    TEMPLATE_REOPENED,
    TEMPLATE_SET,
    TEMPLATE_WITHDRAWN,
)
from motcua.dossiers.models import OwnResultTemplate
from motcua.dossiers.queries.result_templates import Version, template_listed, used, version_of, versions
from motcua.dossiers.rules.result_templates import ResultTemplate, row_of
from motcua.dossiers.rules.template_faults import faults_of
from motcua.dossiers.template_words import BOXES, told
from motcua.organizations.models import Account
from motcua.procedures.models import Procedure

LONGEST_SOURCE = 300
MOST_PROCEDURES = 2000


@transaction.atomic
def set_template(
    template: ResultTemplate, *, source: str, actor: Account, at: datetime | None = None
) -> OwnResultTemplate:
    """Set a version of a template from its ``valid_from`` on, today at the earliest.

    With code "" it is a template of its own, and its code is made of its name; with the code of another (also a shipped
    one) it takes that one's place from the day on.

    Raises:
        Refused: the template is at fault (its box is the ``field``), no source, a day gone by, or one begins that day.
    """
    set_at = at or now()
    _check_day(template, set_at)
    code = template.code
    if code:
        _known(code, set_at)
    else:
        code = _code_for(template.name)
    clean = _checked(replace(template, code=code))
    source = _checked_source(source)
    if any((each.template.code, each.template.valid_from) == (code, clean.valid_from) for each in versions()):
        raise _taken(clean.valid_from)
    try:
        with transaction.atomic():
            row = OwnResultTemplate.objects.create(
                code=code, valid_from=clean.valid_from, description=_description(clean), source=source,
                set_by=actor.code, set_at=set_at,
            )  # fmt: skip
    except IntegrityError as twice:  # set by two people at once
        raise _taken(clean.valid_from) from twice
    _record(TEMPLATE_SET, row, actor, set_at)
    return row


@transaction.atomic
def change_template(
    code: str, valid_from: date, template: ResultTemplate, *, source: str, actor: Account, at: datetime | None = None
) -> OwnResultTemplate:
    """Write the version of ``valid_from`` anew while nothing was drafted with it; its first day stays.

    Raises:
        Refused: no such version of the province's own, drafted with already, at fault, or no source.
    """
    changed_at = at or now()
    row = _unused(code, valid_from)
    clean = _checked(replace(template, code=code, valid_from=valid_from, valid_to=None))
    row.description, row.source = _description(clean), _checked_source(source)
    row.set_by, row.set_at = actor.code, changed_at
    row.save(update_fields=["description", "source", "set_by", "set_at"])
    _record(TEMPLATE_CHANGED, row, actor, changed_at)
    return row


@transaction.atomic
def end_template(code: str, *, on: date, actor: Account, at: datetime | None = None) -> OwnResultTemplate:
    """Offer the version in force for the last time on ``on``, today at the earliest; drafts made with it stay.

    Raises:
        Refused: none is in force, the day is past, or it ends by then or is followed by then anyway.
    """
    ended_at = at or now()
    version = _in_force(code, ended_at)
    if on < _day(ended_at):
        raise Refused(gettext("Chỉ thôi dùng từ hôm nay trở đi."), field="on")
    if version.template.valid_to is not None and version.template.valid_to <= on:
        raise Refused(gettext("Mẫu này đã thôi dùng trước ngày đó."), field="on")
    row = _row(version, actor, ended_at)
    row.valid_to = on
    row.save(update_fields=["valid_to"])
    _record(TEMPLATE_ENDED, row, actor, ended_at, valid_to=on.isoformat())
    return row


@transaction.atomic
def reopen_template(code: str, *, actor: Account, at: datetime | None = None) -> OwnResultTemplate:
    """Offer the version that was ended again, from today on without an end.

    Raises:
        Refused: the newest version that has begun has no end.
    """
    opened_at = at or now()
    _known(code, opened_at)
    begun = OwnResultTemplate.objects.select_for_update(of=("self",)).filter(code=code, valid_from__lte=_day(opened_at))
    row = begun.first()
    if row is None or row.valid_to is None:
        raise Refused(gettext("Mẫu này không có ngày thôi dùng."))
    row.valid_to = None
    row.save(update_fields=["valid_to"])
    _record(TEMPLATE_REOPENED, row, actor, opened_at)
    return row


@transaction.atomic
def withdraw_template(code: str, valid_from: date, *, actor: Account, at: datetime | None = None) -> None:
    """Take back a version with which nothing was drafted; what it took the place of is offered again.

    Raises:
        Refused: no such version of the province's own, or drafted with already.
    """
    row = _unused(code, valid_from)
    _record(TEMPLATE_WITHDRAWN, row, actor, at or now())
    row.delete()


def is_taken_back(version: Version, drafts: Mapping[date, int]) -> bool:
    """Whether ``version`` may still be changed or taken back, as ``drafts`` (by first day) were made."""
    return version.own is not None and not version.is_shipped and not drafts.get(version.template.valid_from)


def _checked(template: ResultTemplate) -> ResultTemplate:
    for fault in faults_of(template):
        place = fault.place
        raise Refused(f"{BOXES.get(place, place)}: {told(fault)}", field=place)
    codes = set(template.procedures)
    if len(codes) > MOST_PROCEDURES:
        raise Refused(gettext("Nhiều thủ tục quá."), field="procedures")
    missing = codes - set(Procedure.objects.filter(code__in=codes).values_list("code", flat=True))
    if missing:
        raise Refused(gettext("Không có thủ tục mang mã “%(code)s”.") % {"code": min(missing)[:20]}, field="procedures")
    return template


def _checked_source(source: str) -> str:
    clean = squash(source.replace("\0", " "))
    if not clean or len(clean) > LONGEST_SOURCE:
        raise Refused(
            gettext("Cần ghi căn cứ ban hành mẫu, tối đa %(most)s ký tự.") % {"most": LONGEST_SOURCE}, field="source"
        )
    return clean


def _check_day(template: ResultTemplate, at: datetime) -> None:
    if template.valid_from < _day(at):
        raise Refused(
            gettext("Bản mới dùng từ hôm nay trở đi: kết quả những ngày qua đã soạn theo bản cũ."), field="valid_from"
        )


def _description(template: ResultTemplate) -> dict[str, Any]:
    row = row_of(template)
    return {key: value for key, value in row.items() if key not in ("code", "valid_from", "valid_to")}


def _code_for(name: str) -> str:
    """Return a code that no template has, in the letters of ``name``."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:36].strip("-") or "mau"
    taken = {each.template.code for each in versions()} | {UPLOADED, "moi"}
    return next(
        code for number in range(1, 1000) if (code := plain if number == 1 else f"{plain}-{number}") not in taken
    )


def _known(code: str, at: datetime) -> None:
    if template_listed(code, _day(at)) is None:
        raise Refused(gettext("Không có mẫu kết quả “%(code)s”.") % {"code": code[:40]}, field="code")


def _in_force(code: str, at: datetime) -> Version:
    listed = template_listed(code, _day(at))
    if listed is None or listed.now is None:
        raise Refused(gettext("Mẫu kết quả này không đang được dùng."))
    return listed.now


def _row(version: Version, actor: Account, at: datetime) -> OwnResultTemplate:
    """Return the row of a version, locked; a shipped one gets a row with its own text."""
    template = version.template
    if version.own is None:
        values = {"description": _description(template), "source": version.source[:LONGEST_SOURCE],
                  "set_by": actor.code, "set_at": at}  # fmt: skip
        OwnResultTemplate.objects.get_or_create(code=template.code, valid_from=template.valid_from, defaults=values)
    rows = OwnResultTemplate.objects.select_for_update(of=("self",))
    return rows.get(code=template.code, valid_from=template.valid_from)


def _unused(code: str, valid_from: date) -> OwnResultTemplate:
    rows = OwnResultTemplate.objects.select_for_update(of=("self",))
    row = rows.filter(code=code.replace("\0", ""), valid_from=valid_from).first()
    if row is None:
        raise Refused(gettext("Không có bản mẫu này của tỉnh."))
    if not is_taken_back(version_of(row.code, valid_from), used(row.code)):
        raise Refused(gettext("Bản mẫu này đã được dùng: hãy ban hành bản mới từ một ngày."))
    return row


def _taken(day: date) -> Refused:
    return Refused(
        gettext("Đã có bản mẫu từ %(day)s: chọn ngày khác.") % {"day": f"{day:%d/%m/%Y}"}, field="valid_from"
    )


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()


def _record(event: Event, row: OwnResultTemplate, actor: Account, at: datetime, **data: Any) -> None:
    record(
        event, subject=row.code, actor=actor.code, unit="", at=at, valid_from=row.valid_from.isoformat(), **data
    )  # fmt: skip
