"""Publishing the index of a period: frozen with the counts behind every point; corrected by a further edition only."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.indicators.events import INDEX_PUBLISHED
from motcua.indicators.index_reading import UnitIndex, index_of, indexes_below, level_of
from motcua.indicators.models import PublishedIndex
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.service_index import rounded
from motcua.indicators.score_command import index_version
from motcua.organizations.access import oversees
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import CONTROL_OFFICER, LEADER


def canonical(content: dict[str, Any]) -> bytes:
    """Return the bytes that the digest is taken of: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@transaction.atomic
def publish(unit: Unit, period: IndexPeriod, *, actor: Account, reason: str = "") -> PublishedIndex:
    """Publish the index of a unit and of each unit under it, as it stands now, for a period that is over.

    Raises:
        Refused: the actor may not, the period is not over, nothing changed since the last edition, or a further edition
            has no reason.
    """
    if not oversees(actor, unit, CONTROL_OFFICER, LEADER):
        raise Refused(gettext("Chỉ cán bộ kiểm soát hoặc lãnh đạo của %(unit)s công bố được.") % {"unit": unit.name})
    if period.last >= today():
        raise Refused(gettext("Kỳ %(period)s chưa kết thúc.") % {"period": period.label}, field="period")
    Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # two who publish at once make two editions
    before = PublishedIndex.objects.filter(unit=unit, period=period.code).first()
    reason = nfc(reason).strip()[:500]
    content = content_of(unit, period)
    digest = hashlib.sha256(canonical(content)).hexdigest()
    if before and before.digest == digest:
        raise Refused(gettext("Số liệu không khác lần công bố trước."))
    if before and not reason:
        raise Refused(gettext("Công bố lại phải ghi lý do đính chính."), field="reason")
    made = PublishedIndex.objects.create(
        unit=unit, period=period.code, edition=before.edition + 1 if before else 1, version=index_version()["code"],
        content=content, digest=digest, reason=reason, published_by=actor.code, published_at=now(),
    )  # fmt: skip
    record(
        INDEX_PUBLISHED, subject=made.code, actor=actor.code, unit=unit.code, period=period.code, edition=made.edition,
        digest=digest,
    )  # fmt: skip
    return made


def content_of(unit: Unit, period: IndexPeriod) -> dict[str, Any]:
    """Return what is frozen: {"unit", "period", "first", "last", "version", "units": [{"code", "name", "rows", …}]}.

    The first of the units is ``unit`` itself.
    """
    return {
        "unit": unit.code,
        "period": period.code,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "version": index_version()["code"],
        "units": [_unit(each) for each in (index_of(unit, period), *indexes_below(unit, period))],
    }


def _unit(each: UnitIndex) -> dict[str, Any]:
    scored = each.score.as_json()
    rows = []
    for row in scored["rows"]:
        origin = each.origins[row["code"]]
        kept = {key: row[key] for key in ("row", "code", "name", "group", "max", "numerator", "denominator", "points")}
        rows.append({**kept, "origin": origin.kind, "source": origin.source})
    return {
        "code": each.unit.code,
        "name": each.unit.name,
        "level": level_of(each.unit) or "department",
        "rows": rows,
        "payment": {name: int(number) for name, number in sorted(each.payment.items())},
        "groups": scored["groups"],
        "total": scored["total"],
        "known": float(rounded(each.score.known)),
        "known_max": float(each.score.known_max),
        "band": scored["band"],
    }
