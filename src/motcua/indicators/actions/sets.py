"""Setting up sets of indicators."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash
from motcua.indicators.events import SET_DEFINED
from motcua.indicators.rules.set_lines import items_of
from motcua.indicators.set_models import IndicatorSet
from motcua.indicators.sets import Item, check_measures

FIRST_YEAR = 1900  # the day before a version begins must be a day


@transaction.atomic
def define_set(
    code: str,
    *,
    name: str,
    lines: str,
    source: str,
    valid_from: date,
    actor: str,
    basis: str = "",
    guidance: str = "",
) -> IndicatorSet:
    """Define a set from a day on; the version before it ends the day before. ``actor``: a code.

    Raises:
        Refused: a line cannot be read or nothing answers it, name or source is missing, or there is a version from that
            day or later.
    """
    name, source, basis = squash(nfc(name)), squash(nfc(source)), squash(nfc(basis))
    for field, text, is_needed in (("name", name, True), ("source", source, True), ("basis", basis, False)):
        if len(text) > 300 or "\0" in text or (is_needed and not text):
            raise Refused(gettext("Cần nội dung này (tối đa 300 ký tự)."), field=field)
    items = items_of(lines)
    check_measures(Item(**each) for each in items)
    if valid_from.year < FIRST_YEAR:
        raise Refused(gettext("Ngày áp dụng phải từ năm %(year)s.") % {"year": FIRST_YEAR}, field="valid_from")
    older = IndicatorSet.objects.select_for_update().filter(code=code)
    if older.filter(valid_from__gte=valid_from).exists():
        raise Refused(gettext("Bộ chỉ số “%(code)s” đã có phiên bản từ ngày đó.") % {"code": code}, field="valid_from")
    older.filter(valid_to__isnull=True).update(valid_to=valid_from - timedelta(days=1))
    made = IndicatorSet.objects.create(
        code=code,
        name=name,
        basis=basis,
        guidance=nfc(guidance).strip()[:8000],
        source=source,
        items=items,
        valid_from=valid_from,
    )
    record(SET_DEFINED, subject=code, actor=actor, items=len(items), valid_from=valid_from.isoformat())
    return made
