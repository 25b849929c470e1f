"""Sets of criteria: drafted from a template or typed, written anew, published, followed by a next version."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from motcua.assessments.access import may_manage
from motcua.assessments.actions.frozen import canonical
from motcua.assessments.events import SET_MADE, SET_PUBLISHED
from motcua.assessments.models import CriteriaSet, CriteriaSetVersion
from motcua.assessments.set_reading import Typed, read_typed
from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import fold, nfc, squash
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import UNIT_KINDS

MOST_FAULTS_TOLD = 20


@transaction.atomic
def draft_set(
    *,
    title: str,
    unit: Unit,
    typed: Typed,
    unit_kinds: Sequence[str],
    valid_from: date,
    source: str,
    actor: Account,
    basis: str = "",
    code: str = "",
) -> CriteriaSetVersion:
    """Make a set with its first version, a draft. ``code``: made from the title where none is given.

    Raises:
        Refused: the actor does not manage the unit, something is missing, or a line has a fault (every one is told).
    """
    _check_may(actor, unit)
    title, basis = _words(title, "title"), _words(basis, "basis", is_needed=False)
    code = code or _free_code(title)
    made = CriteriaSet.objects.create(code=code, title=title, unit=unit, basis=basis)
    version = CriteriaSetVersion(set=made, number=1)
    return _write(version, typed, unit_kinds, valid_from, source, actor)


def _free_code(title: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", fold(title))[:30].strip("-") or "bo-tieu-chi"
    taken = set(CriteriaSet.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(each for number in range(1, len(taken) + 2) if (each := f"{base}-{number}") not in taken)


@transaction.atomic
def write_version(
    pk: int,
    *,
    typed: Typed,
    unit_kinds: Sequence[str],
    valid_from: date,
    source: str,
    actor: Account,
) -> CriteriaSetVersion:
    """Write a draft anew.

    Raises:
        Refused: it is published, or what ``draft_set`` refuses.
    """
    version = _locked(pk)
    _check_may(actor, version.set.unit)
    if version.published_at:
        raise Refused(gettext("Phiên bản đã ban hành không sửa được; hãy soạn phiên bản mới."))
    return _write(version, typed, unit_kinds, valid_from, source, actor)


@transaction.atomic
def next_version(pk: int, *, valid_from: date, actor: Account) -> CriteriaSetVersion:
    """Make a draft of the next version; rounds keep the version they were opened with.

    Raises:
        Refused: this one is a draft, it is not the newest, or the next would begin no later than it.
    """
    version = _locked(pk)
    _check_may(actor, version.set.unit)
    newest = version.set.versions.order_by("-number").first()
    if version.published_at is None or newest != version:
        raise Refused(gettext("Bộ tiêu chí còn bản đang soạn hoặc có phiên bản mới hơn."))
    if valid_from <= version.valid_from:
        raise Refused(gettext("Phiên bản mới phải áp dụng sau ngày áp dụng của phiên bản này."), field="valid_from")
    told = version.definition["typed"]
    typed = Typed(told["lines"], told["bands"], told["tie_breakers"], version.tree.decimals)
    made = CriteriaSetVersion(set=version.set, number=version.number + 1)
    return _write(made, typed, version.unit_kinds, valid_from, version.source, actor)


@transaction.atomic
def publish_version(pk: int, *, actor: Account) -> CriteriaSetVersion:
    """Publish a draft: rounds may be opened with it, nothing of it changes any more.

    Raises:
        Refused: it is published already, or a line has a fault by now (a unit that ended, a measure that went).
    """
    version = _locked(pk)
    _check_may(actor, version.set.unit)
    if version.published_at:
        raise Refused(gettext("Phiên bản đã ban hành không sửa được; hãy soạn phiên bản mới."))
    told = version.definition["typed"]
    _checked(Typed(told["lines"], told["bands"], told["tie_breakers"], version.tree.decimals))
    version.published_at = now()
    version.save(update_fields=["published_at"])
    digest = hashlib.sha256(canonical(version.definition)).hexdigest()
    unit = version.set.unit.code
    record(SET_PUBLISHED, subject=version.set.code, actor=actor.code, unit=unit, number=version.number, digest=digest)
    return version


def _locked(pk: int) -> CriteriaSetVersion:
    rows = CriteriaSetVersion.objects.select_for_update(of=("self", "set")).select_related("set__unit__parent")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Refused(gettext("Không có phiên bản bộ tiêu chí này."))
    return found


def _check_may(actor: Account, unit: Unit) -> None:
    if not may_manage(actor, unit):
        raise Refused(gettext("Bạn không lập được bộ tiêu chí của %(unit)s.") % {"unit": unit.name}, field="unit")


def _words(text: str, field: str, *, is_needed: bool = True) -> str:
    kept = squash(nfc(text))
    if len(kept) > 300 or "\0" in kept or (is_needed and not kept):
        raise Refused(gettext("Cần nội dung này (tối đa 300 ký tự)."), field=field)
    return kept


def _write(
    version: CriteriaSetVersion,
    typed: Typed,
    unit_kinds: Sequence[str],
    valid_from: date,
    source: str,
    actor: Account,
) -> CriteriaSetVersion:
    if not unit_kinds or not set(unit_kinds) <= UNIT_KINDS.keys():
        raise Refused(gettext("Chọn ít nhất một loại đơn vị được đánh giá."), field="unit_kinds")
    version.definition = _checked(typed)
    version.unit_kinds, version.valid_from, version.source = list(unit_kinds), valid_from, _words(source, "source")
    version.made_at, version.made_by = now(), actor.code
    version.save()
    record(
        SET_MADE,
        subject=version.set.code,
        actor=actor.code,
        unit=version.set.unit.code,
        number=version.number,
        criteria=len(version.definition["criteria"]),
    )
    return version


def _checked(typed: Typed) -> dict[str, object]:
    read = read_typed(typed)
    if read.faults:
        told = "\n".join(str(fault) for fault in read.faults[:MOST_FAULTS_TOLD])
        raise Refused(told, field="lines")
    return read.definition
