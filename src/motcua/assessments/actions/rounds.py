"""A round of assessment: opened for many units, its days changed, units added, left out and taken back in."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from motcua.assessments.access import may_manage
from motcua.assessments.actions.locking import locked
from motcua.assessments.actions.measures import take_measures
from motcua.assessments.events import DAYS_CHANGED, LEFT_OUT, ROUND_OPENED, TAKEN_BACK_IN, UNIT_ADDED
from motcua.assessments.models import Assessment, CriteriaSetVersion, Round, Score
from motcua.assessments.states import LEFT_OUT as OUT
from motcua.assessments.states import OPEN
from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.organizations.models import Account, Unit

LONGEST_REASON = 1000


@dataclass(frozen=True)
class Days:
    """The last days of self-scoring, verifying, explaining and publishing."""

    self_score_by: date
    verify_by: date
    explain_by: date
    publish_by: date

    def check(self) -> None:
        """Raise Refused, naming the field, where they are not in order."""
        fields = list(asdict(self).items())
        for (_before, earlier), (name, later) in zip(fields, fields[1:], strict=False):
            if later < earlier:
                raise Refused(gettext("Các thời hạn phải theo thứ tự."), field=name)


@transaction.atomic
def open_round(
    version: CriteriaSetVersion,
    *,
    title: str,
    period: IndexPeriod,
    days: Days,
    units: Iterable[Unit],
    actor: Account,
) -> Round:
    """Open a round for units and measure what measures answer.

    Raises:
        Refused: the version is a draft or assesses no such unit, the actor does not manage its unit, no unit is named,
            a unit stands elsewhere, the days are not in order or the first is over.
    """
    asked = list(dict.fromkeys(units))
    title = squash(nfc(title))
    if not may_manage(actor, version.set.unit):
        raise Refused(gettext("Bạn không mở được đợt đánh giá của %(unit)s.") % {"unit": version.set.unit.name})
    if version.published_at is None:
        raise Refused(gettext("Bộ tiêu chí chưa ban hành."), field="version")
    if not title or len(title) > 300:
        raise Refused(gettext("Cần tên đợt đánh giá (tối đa 300 ký tự)."), field="title")
    if not asked:
        raise Refused(gettext("Chọn ít nhất một đơn vị được đánh giá."), field="units")
    days.check()
    if days.self_score_by < today():
        raise Refused(gettext("Hạn tự chấm đã qua."), field="self_score_by")
    for unit in asked:
        _check_unit(version, unit)
    made = Round.objects.create(
        code=_next_code(version.set.unit),
        version=version,
        unit=version.set.unit,
        title=title,
        period=period.code,
        opened_at=now(),
        opened_by=actor.code,
        **asdict(days),
    )
    _begin(made, asked)
    record(
        ROUND_OPENED,
        subject=made.code,
        actor=actor.code,
        unit=made.unit.code,
        period=made.period,
        units=len(asked),
        set=version.set.code,
    )
    return made


def _check_unit(version: CriteriaSetVersion, unit: Unit) -> None:
    if unit.kind not in version.unit_kinds:
        raise Refused(gettext("Bộ tiêu chí không dùng để đánh giá %(unit)s.") % {"unit": unit.name}, field="units")
    if not unit.path.startswith(version.set.unit.path) or unit.pk == version.set.unit_id:
        words = gettext("%(unit)s không thuộc %(holder)s.")
        raise Refused(words % {"unit": unit.name, "holder": version.set.unit.name}, field="units")


def _begin(made: Round, units: Sequence[Unit]) -> None:
    begun = Assessment.objects.bulk_create(Assessment(round=made, unit=unit) for unit in units)
    scores = [Score(assessment=each, criterion=leaf.code) for each in begun for leaf in made.tree.leaves]
    take_measures(made, {each.pk: each.unit for each in begun}, scores)
    Score.objects.bulk_create(scores, batch_size=2000)


def _next_code(unit: Unit) -> str:
    """Return the year's next code; the province is locked so that two that open at once get two numbers."""
    province = unit
    while province.parent is not None:
        province = province.parent
    Unit.objects.select_for_update(of=("self",)).get(pk=province.pk)
    year = today().year
    taken = Round.objects.filter(code__startswith=f"DG-{year}-").values_list("code", flat=True)
    return f"DG-{year}-{max((int(code.rpartition('-')[2]) for code in taken), default=0) + 1}"


def _locked_round(code: str, actor: Account) -> Round:
    rows = Round.objects.select_for_update(of=("self",)).select_related("version__set__unit", "unit__parent")
    found = rows.filter(code=code).first()
    if found is None or not may_manage(actor, found.unit):
        raise Refused(gettext("Bạn không điều hành đợt đánh giá này."))
    return found


@transaction.atomic
def change_days(code: str, *, days: Days, actor: Account) -> Round:
    """Move the last days of a round, for everybody alike.

    Raises:
        Refused: they are not in order, or the actor does not manage the round.
    """
    found = _locked_round(code, actor)
    days.check()
    told = asdict(days)
    for name, day in told.items():
        setattr(found, name, day)
    found.save(update_fields=list(told))
    facts = {name: day.isoformat() for name, day in told.items()}
    record(DAYS_CHANGED, subject=code, actor=actor.code, unit=found.unit.code, **facts)
    return found


@transaction.atomic
def add_units(code: str, *, units: Sequence[Unit], actor: Account) -> int:
    """Take further units into a round; return how many were new.

    Raises:
        Refused: the set assesses no such unit, or the result is published.
    """
    found = _locked_round(code, actor)
    if found.publications.exists():
        raise Refused(gettext("Đợt đánh giá đã công bố, không thêm được đơn vị."))
    there = set(found.assessments.values_list("unit", flat=True))
    fresh = [unit for unit in dict.fromkeys(units) if unit.pk not in there]
    for unit in fresh:
        _check_unit(found.version, unit)
        record(UNIT_ADDED, subject=code, actor=actor.code, unit=found.unit.code, to=unit.code)
    _begin(found, fresh)
    return len(fresh)


@transaction.atomic
def leave_out(code: str, unit_code: str, *, reason: str, actor: Account) -> Assessment:
    """Take a unit out of a round: it was merged, or has nothing to be assessed. What it scored is kept.

    Raises:
        Refused: no reason, or its result is closed already.
    """
    assessment = locked(code, unit_code)
    _check_manages(actor, assessment)
    assessment.enter(OUT)
    assessment.reason = reason_of(reason)
    assessment.save(update_fields=["state", "reason"])
    record(LEFT_OUT, subject=assessment.code, actor=actor.code, unit=assessment.unit.code)
    return assessment


@transaction.atomic
def take_back_in(code: str, unit_code: str, *, actor: Account) -> Assessment:
    """Take a unit back into a round: it scores itself again from where it was. Raises Refused: it was never out."""
    assessment = locked(code, unit_code)
    _check_manages(actor, assessment)
    if assessment.state != OUT:
        raise Refused(gettext("%(unit)s đang trong đợt đánh giá.") % {"unit": assessment.unit.name})
    assessment.enter(OPEN)
    assessment.reason = ""
    assessment.save(update_fields=["state", "reason"])
    record(TAKEN_BACK_IN, subject=assessment.code, actor=actor.code, unit=assessment.unit.code)
    return assessment


def _check_manages(actor: Account, assessment: Assessment) -> None:
    if not may_manage(actor, assessment.round.unit):
        raise Refused(gettext("Bạn không điều hành đợt đánh giá này."))


def reason_of(text: str) -> str:
    """Return a reason in NFC, trimmed.

    Raises:
        Refused: there is none, it is too long, or holds a character that nothing keeps.
    """
    kept = nfc(text).strip()
    if not kept:
        raise Refused(gettext("Ghi rõ lý do."), field="reason")
    if len(kept) > LONGEST_REASON or "\0" in kept:
        raise Refused(gettext("Lý do quá dài hoặc có ký tự không dùng được."), field="reason")
    return kept
