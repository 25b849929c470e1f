"""Grades of units and their heads: schemes set, grades proposed from what was published, changed, approved."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from motcua.assessments.access import may_manage, may_publish
from motcua.assessments.actions.rounds import reason_of
from motcua.assessments.events import GRADE_CHANGED, GRADES_APPROVED, GRADES_PROPOSED, SCHEME_SET
from motcua.assessments.grading_models import BY_INDEX, BY_ROUND, GradedPost, GradeList, GradeScheme
from motcua.assessments.grading_sources import Source, cases_of, heads_of
from motcua.assessments.measuring import check_measure
from motcua.assessments.rules.grading import Scheme, exceeded, proposals, scheme_of
from motcua.assessments.states import APPROVED, PROPOSED
from motcua.base.clock import now, today
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash
from motcua.organizations.models import Account, Unit

LONGEST_REWARD = 200
FIRST_YEAR = 1900  # the day before a version begins must be a day


@transaction.atomic
def set_scheme(
    code: str,
    *,
    title: str,
    basis: str,
    definition: Mapping[str, Any],
    source: str,
    valid_from: date,
    actor: str,
) -> GradeScheme:
    """Set how totals become grades from a day on; the version before it ends the day before. ``actor``: a code.

    Raises:
        Refused: it grades nothing, a bar or limit names a grade or a measure that does not exist, or there is a version
            from that day or later.
    """
    scheme = _understood(definition)
    if basis not in (BY_ROUND, BY_INDEX):
        raise Refused(gettext("Xếp loại theo đợt đánh giá (round) hoặc theo chỉ số 766 (index)."), field="basis")
    known = {grade.code for grade in scheme.grades}
    named = {bar.not_above for bar in scheme.bars} | {limit.grade for limit in scheme.limits}
    named |= {limit.of for limit in scheme.limits if limit.of} | {grade for grade, _words in scheme.rewards}
    if len(known) < 2 or not named <= known or scheme.grades[-1].at_least > 0:
        raise Refused(gettext("Cách xếp loại cần ít nhất hai mức, mức thấp nhất từ 0, và chỉ nhắc đến các mức đó."))
    for bar in scheme.bars:
        check_measure(bar.measure)
    if valid_from.year < FIRST_YEAR:
        raise Refused(gettext("Ngày áp dụng phải từ năm %(year)s.") % {"year": FIRST_YEAR}, field="valid_from")
    older = GradeScheme.objects.select_for_update().filter(code=code)
    if older.filter(valid_from__gte=valid_from).exists():
        raise Refused(gettext("Đã có cách xếp loại từ ngày đó."), field="valid_from")
    older.filter(valid_to__isnull=True).update(valid_to=valid_from - timedelta(days=1))
    made = GradeScheme.objects.create(
        code=code, title=title, basis=basis, definition=dict(definition), source=source, valid_from=valid_from
    )
    record(SCHEME_SET, subject=code, actor=actor, valid_from=valid_from.isoformat())
    return made


def _understood(definition: Mapping[str, Any]) -> Scheme:
    """Return the scheme that a definition describes. Raises Refused: it describes none."""
    try:
        return scheme_of(definition)
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        words = gettext("Cách xếp loại thiếu hoặc sai ở “%(where)s”.")
        raise Refused(words % {"where": str(error)[:80]}, field="definition") from error


@transaction.atomic
def propose(scheme: GradeScheme, source: Source, *, actor: Account) -> GradeList:
    """Propose the grades of the units that a publication names, and of those who led them.

    A head is graded like the unit: the scheme knows nothing else of a person, and what is known is added by hand, with
    the reason.

    Raises:
        Refused: the actor does not manage the unit, or the same publication has an approved list.
    """
    if not may_manage(actor, source.unit):
        raise Refused(gettext("Bạn không xếp loại được đơn vị của %(unit)s.") % {"unit": source.unit.name})
    Unit.objects.select_for_update(of=("self",)).get(pk=source.unit.pk)  # two who propose at once get two numbers
    before = GradeList.objects.filter(scheme=scheme, made_from=source.name)
    if before.filter(state=APPROVED).exists():
        raise Refused(gettext("Kết quả này đã được xếp loại và phê duyệt."))
    before.delete()  # a proposal that nobody approved is made anew
    units = list(Unit.objects.filter(code__in=source.shares, valid_from__lte=source.period.last).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=source.period.last)
    ).order_by("code"))  # fmt: skip
    rules = scheme.scheme
    full = gettext("tỷ lệ tối đa không còn chỗ cho “%(grade)s”")
    found = proposals(rules, cases_of(scheme, source, units), full)
    heads = heads_of(units, source.period)
    made = GradeList.objects.create(
        code=_next_code(),
        scheme=scheme,
        unit=source.unit,
        period=source.period.code,
        made_from=source.name,
        made_at=now(),
        made_by=actor.code,
    )
    rows: list[GradedPost] = []
    for unit in units:
        given = found[unit.code]
        led_by = [heads[unit.pk]] if unit.pk in heads else []
        for head in (None, *led_by):
            rows.append(
                GradedPost(
                    grade_list=made,
                    unit=unit,
                    head=head,
                    share=source.shares[unit.code],
                    proposed=given.grade,
                    grade=given.grade,
                    reasons=list(given.reasons),
                    reward=rules.reward(given.grade) if given.grade else "",
                )
            )
    GradedPost.objects.bulk_create(rows)
    holder = made.unit.code
    record(GRADES_PROPOSED, subject=made.code, actor=actor.code, unit=holder, made_from=source.name, units=len(units))
    return made


def _next_code() -> str:
    year = today().year
    taken = GradeList.objects.filter(code__startswith=f"XL-{year}-").values_list("code", flat=True)
    return f"XL-{year}-{max((int(code.rpartition('-')[2]) for code in taken), default=0) + 1}"


def _locked(code: str) -> GradeList:
    rows = GradeList.objects.select_for_update(of=("self",)).select_related("scheme", "unit__parent")
    found = rows.filter(code=code).first()
    if found is None:
        raise Refused(gettext("Không có danh sách xếp loại này."))
    if found.state != PROPOSED:
        raise Refused(gettext("Danh sách đã phê duyệt, không sửa được nữa."))
    return found


@transaction.atomic
def change_grade(
    code: str, pk: int, *, grade: str, reason: str, reward: str | None = None, actor: Account
) -> GradedPost:
    """Give a unit or head another grade than proposed, with the reason; or take the proposal again, with none.

    ``reward`` None: what the scheme proposes for the grade.

    Raises:
        Refused: the actor does not manage the list, it is approved, there is no such grade, or no reason.
    """
    found = _locked(code)
    if not may_manage(actor, found.unit):
        raise Refused(gettext("Bạn không sửa được danh sách xếp loại này."))
    row = found.grades.select_related("unit").filter(pk=pk).first()
    rules = found.scheme.scheme
    if row is None or grade not in {each.code for each in rules.grades}:
        raise Refused(gettext("Không có mức xếp loại này."), field="grade")
    row.override_reason = "" if grade == row.proposed else reason_of(reason)
    row.grade = grade
    row.reward = rules.reward(grade) if reward is None else squash(nfc(reward))
    if len(row.reward) > LONGEST_REWARD or "\0" in row.reward:
        raise Refused(gettext("Nội dung quá dài hoặc có ký tự không dùng được."), field="reward")
    row.decided_at, row.decided_by = now(), actor.code
    row.save(update_fields=["override_reason", "grade", "reward", "decided_at", "decided_by"])
    unit, is_head = found.unit.code, row.head_id is not None
    record(GRADE_CHANGED, subject=code, actor=actor.code, unit=unit, of=row.unit.code, is_head=is_head, grade=grade)
    return row


def obstacles(found: GradeList) -> list[str]:
    """Return what keeps a list from being approved: a row without grade, limits that are broken, heads above units."""
    rules = found.scheme.scheme
    rows = list(found.grades.select_related("unit"))
    told = [gettext("%(unit)s chưa được xếp loại.") % {"unit": row.unit.name} for row in rows if not row.grade]
    of_units = {row.unit_id: row.grade for row in rows if row.head_id is None}
    for kind, grades in (
        (gettext("đơn vị"), list(of_units.values())),
        (gettext("người đứng đầu"), [row.grade for row in rows if row.head_id]),
    ):
        for limit, count, room in exceeded(rules, grades):
            words = gettext("%(count)s %(kind)s xếp loại “%(grade)s”, nhiều nhất được %(room)s.")
            told.append(words % {"count": count, "kind": kind, "grade": rules.name(limit.grade), "room": room})
    for row in rows:
        unit_grade = of_units.get(row.unit_id, "")
        if row.head_id and row.grade and unit_grade and rules.place(row.grade) < rules.place(unit_grade):
            told.append(gettext("Người đứng đầu %(unit)s được xếp cao hơn đơn vị.") % {"unit": row.unit.name})
    return told


@transaction.atomic
def approve(code: str, *, actor: Account) -> GradeList:
    """Approve a list: it changes no more.

    Raises:
        Refused: the actor may not, or something keeps it from being approved (``obstacles``).
    """
    found = _locked(code)
    if not may_publish(actor, found.unit):
        raise Refused(gettext("Bạn không phê duyệt được danh sách này."))
    if told := obstacles(found):
        raise Refused(" ".join(told))
    found.state, found.approved_at, found.approved_by = APPROVED, now(), actor.code
    found.save(update_fields=["state", "approved_at", "approved_by"])
    record(GRADES_APPROVED, subject=code, actor=actor.code, unit=found.unit.code, grades=found.grades.count())
    return found
