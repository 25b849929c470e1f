"""The unit's side: scoring itself, sending, explaining, agreeing."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext

from motcua.assessments.access import may_score, may_send
from motcua.assessments.actions.locking import locked, scores_of
from motcua.assessments.events import AGREED, EXPLAINED, SCORED, SENT
from motcua.assessments.models import Assessment, Score
from motcua.assessments.points import self_points, self_total
from motcua.assessments.rules.criteria import CHOICE, REQUIRED, VALUED, Criterion
from motcua.assessments.states import EXPLAINED as EXPLAINED_STATE
from motcua.assessments.states import OPEN, SELF_SCORED, VERIFIED
from motcua.base.clock import now
from motcua.base.facts import record
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.models import Account

LONGEST_NOTE = 2000
MOST_VALUE = Decimal(10) ** 13
MOST_TOLD = 12  # criteria named in one refusal
_SCORED_FIELDS = [
    "self_choice", "self_value", "is_not_applicable", "note", "self_points", "scored_at", "scored_by",
    # What was sent back and changed is judged anew.
    "verified_at", "verified_points", "verified_not_applicable",
]  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """What a unit says of a criterion. ``value`` None: the measured one counts, where there is one.

    ``seen``: the score's ``stamp`` on the page that this was typed on; None: whoever writes asked for no page.
    """

    choice: str = ""
    value: Decimal | None = None
    is_not_applicable: bool = False
    note: str = ""
    seen: str | None = None


@transaction.atomic
def score(code: str, unit_code: str, entries: Mapping[str, Entry], *, actor: Account) -> Assessment:
    """Keep what the unit says of some criteria, all or nothing.

    Raises:
        Refused: the actor does not work in the unit, it has sent already, or an entry does not fit its criterion or
            would undo what somebody else said since the page was opened (named as the field).
    """
    assessment = locked(code, unit_code)
    _check_may_score(actor, assessment)
    if assessment.state != OPEN:
        raise Refused(
            gettext("Đã gửi điểm tự chấm, không sửa được nữa.") if assessment.sent_at else _not_now(assessment)
        )
    tree, kept, changed = assessment.round.tree, scores_of(assessment), []
    for criterion_code, entry in entries.items():
        criterion = tree.by_code.get(criterion_code)
        if criterion is None or not criterion.is_self_scored:
            raise Refused(
                gettext("Đơn vị không tự chấm tiêu chí “%(code)s”.") % {"code": criterion_code[:40]},
                field=criterion_code[:40],
            )
        row = kept[criterion_code]
        before = (row.self_choice, row.self_value, row.is_not_applicable, row.note)
        _take(criterion, row, entry)
        if before != (row.self_choice, row.self_value, row.is_not_applicable, row.note):
            if entry.seen is not None and entry.seen != row.stamp:
                words = gettext("%(code)s: vừa được chấm lại từ một trang khác. Xem lại; lưu lần nữa là thay điểm đó.")
                raise Refused(words % {"code": criterion_code}, field=criterion_code)
            row.self_points = self_points(criterion, row, tree.decimals)
            row.scored_at, row.scored_by = now(), actor.code
            row.verified_at, row.verified_points, row.verified_not_applicable = None, None, False
            changed.append(row)
    if changed:
        Score.objects.bulk_update(changed, _SCORED_FIELDS)
        record(SCORED, subject=assessment.code, actor=actor.code, unit=assessment.unit.code, criteria=len(changed))
    return assessment


def _not_now(assessment: Assessment) -> str:
    return gettext("Đang ở trạng thái “%(state)s”, không tự chấm được.") % {"state": assessment.state_label}


def _check_may_score(actor: Account, assessment: Assessment) -> None:
    if not may_score(actor, assessment.unit):
        raise Refused(gettext("Bạn không tự chấm điểm cho %(unit)s.") % {"unit": assessment.unit.name})


def _take(criterion: Criterion, row: Score, entry: Entry) -> None:
    """Write an entry into its score. Raises Refused, naming the criterion."""
    name = criterion.code
    note = nfc(entry.note).strip()
    if len(note) > LONGEST_NOTE or "\0" in note:
        raise Refused(gettext("%(code)s: nội dung quá dài hoặc có ký tự không dùng được.") % {"code": name}, field=name)
    if entry.choice and entry.choice not in {level.code for level in criterion.levels}:
        raise Refused(gettext("%(code)s: không có mức này.") % {"code": name}, field=name)
    if entry.value is not None and not 0 <= entry.value < MOST_VALUE:
        raise Refused(gettext("%(code)s: số phải từ 0 trở lên.") % {"code": name}, field=name)
    if entry.is_not_applicable and not criterion.may_not_apply:
        raise Refused(gettext("%(code)s: tiêu chí này áp dụng cho mọi đơn vị.") % {"code": name}, field=name)
    if entry.is_not_applicable and not note and not row.lineage.get("is_nothing"):
        raise Refused(gettext("%(code)s: ghi rõ vì sao không áp dụng.") % {"code": name}, field=name)
    value = None if entry.value is None else entry.value.quantize(Decimal("0.0001"))
    if value is not None and value == row.measured:
        value = None  # typing the measured number again takes an override back
    if value is not None and row.measured is not None and not note and not entry.is_not_applicable:
        raise Refused(gettext("%(code)s: ghi rõ vì sao số nhập khác số đo.") % {"code": name}, field=name)
    row.self_choice = entry.choice if criterion.way == CHOICE else ""
    row.self_value = value if criterion.way in VALUED else None
    row.is_not_applicable, row.note = entry.is_not_applicable, note


def unready(assessment: Assessment) -> list[tuple[str, str]]:
    """Return what keeps an assessment from being sent: the code of a criterion, and why."""
    kept = {each.criterion: each for each in assessment.scores.prefetch_related("evidence")}
    found = []
    for criterion in assessment.round.tree.leaves:
        row = kept[criterion.code]
        if not criterion.is_self_scored:
            continue
        if not row.is_answered:
            found.append((criterion.code, gettext("chưa chấm")))
        elif _lacks_evidence(criterion, row):
            found.append((criterion.code, gettext("thiếu minh chứng")))
    return found


def _lacks_evidence(criterion: Criterion, row: Score) -> bool:
    """Evidence is owed for points that are claimed, not for none; a measured number is its own evidence."""
    is_measured = row.measured is not None and row.self_value is None
    claims = row.self_points is not None and row.self_points > 0
    return criterion.evidence == REQUIRED and claims and not is_measured and not row.evidence.all()


@transaction.atomic
def send(code: str, unit_code: str, *, actor: Account) -> Assessment:
    """Send what the unit scored to those who verify it.

    Raises:
        Refused: the actor is no head of the unit, a criterion is not scored or lacks its evidence (they are named).
    """
    assessment = locked(code, unit_code)
    if not may_send(actor, assessment.unit):
        raise Refused(gettext("Chỉ lãnh đạo %(unit)s gửi được điểm tự chấm.") % {"unit": assessment.unit.name})
    assessment.enter(SELF_SCORED)
    if open_ones := unready(assessment):
        told = "; ".join(f"{each} {why}" for each, why in open_ones[:MOST_TOLD])
        more = gettext(" và %(count)s tiêu chí khác") % {"count": len(open_ones) - MOST_TOLD}
        raise Refused(
            gettext("Chưa gửi được: %(what)s.") % {"what": told + (more if len(open_ones) > MOST_TOLD else "")}
        )
    assessment.sent_at, assessment.reason = now(), ""
    assessment.first_sent_at = assessment.first_sent_at or assessment.sent_at
    assessment.save(update_fields=["state", "sent_at", "first_sent_at", "reason"])
    points = self_total(assessment.round.tree, assessment.scores.all()).points
    record(SENT, subject=assessment.code, actor=actor.code, unit=assessment.unit.code, points=str(points))
    return assessment


@transaction.atomic
def explain(code: str, unit_code: str, words: Mapping[str, str], *, actor: Account) -> Assessment:
    """Explain, by criterion, what the unit thinks was judged wrongly; the verifiers answer each.

    Raises:
        Refused: the actor is no head of the unit, nothing is explained, or there is nothing to explain now.
    """
    assessment = locked(code, unit_code)
    if not may_send(actor, assessment.unit):
        raise Refused(gettext("Chỉ lãnh đạo %(unit)s gửi được giải trình.") % {"unit": assessment.unit.name})
    assessment.enter(EXPLAINED_STATE)
    told = {criterion: nfc(text).strip() for criterion, text in words.items() if text.strip()}
    kept = scores_of(assessment)
    if not told or not told.keys() <= kept.keys():
        raise Refused(gettext("Ghi giải trình cho ít nhất một tiêu chí."), field="words")
    for criterion, text in told.items():
        if len(text) > LONGEST_NOTE or "\0" in text:
            raise Refused(
                gettext("%(code)s: nội dung quá dài hoặc có ký tự không dùng được.") % {"code": criterion},
                field=criterion,
            )
        kept[criterion].explanation, kept[criterion].explained_at = text, now()
    Score.objects.bulk_update([kept[each] for each in told], ["explanation", "explained_at"])
    assessment.agreed_at = None
    assessment.save(update_fields=["state", "agreed_at"])
    record(EXPLAINED, subject=assessment.code, actor=actor.code, unit=assessment.unit.code, criteria=len(told))
    return assessment


@transaction.atomic
def agree(code: str, unit_code: str, *, actor: Account) -> Assessment:
    """Agree with what was recognised: the result may be closed before the day for explanations is over.

    Raises:
        Refused: the actor is no head of the unit, or nothing waits for its word.
    """
    assessment = locked(code, unit_code)
    if not may_send(actor, assessment.unit):
        raise Refused(gettext("Chỉ lãnh đạo %(unit)s đồng ý được.") % {"unit": assessment.unit.name})
    if assessment.state != VERIFIED or assessment.agreed_at:
        raise Refused(gettext("Không có kết quả thẩm định nào chờ ý kiến của đơn vị."))
    assessment.agreed_at = now()
    assessment.save(update_fields=["agreed_at"])
    record(AGREED, subject=assessment.code, actor=actor.code, unit=assessment.unit.code)
    return assessment
