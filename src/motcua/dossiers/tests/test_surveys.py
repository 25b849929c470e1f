"""The survey: its forms, answering once by account or code, scores, and what the public does not see."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.http import Http404

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import handling, payment, returning, surveying
from motcua.dossiers.factories import MONDAY
from motcua.dossiers.measures import MEASURES
from motcua.dossiers.models import Dossier, SurveyAnswer, SurveyInvitation, SurveyTry
from motcua.dossiers.queries.surveys import answers_in, comments_in, official_scores, public_scores, unit_scores
from motcua.dossiers.rules.result_rules import result_rules_on
from motcua.dossiers.rules.survey import (
    all_forms,
    checked_marks,
    faults_of,
    score_of,
    score_of_counts,
    survey_form_on,
    total_of,
)
from motcua.dossiers.states import BY_ACCOUNT, BY_CODE

HOUR = timedelta(hours=1)
FORM = all_forms()[-1]
BEST = {"1": 2, "3": 2, "4": 2, "7": 2}
FIRST, AFTER = date(2026, 3, 1), date(2026, 4, 1)


def returned(world, *, online=True, late=False):
    """Return the code of a dossier that went its whole way."""
    dossier = world.file() if online else world.file_at_counter()
    code = dossier.code
    if online:
        from_counter(world, code)
    if Dossier.objects.get(code=code).state == "received":
        handling.forward(code, actor=world.counter, at=MONDAY + 2 * HOUR)
    at = MONDAY + (24 * 12 * HOUR if late else 5 * HOUR)
    handling.propose(code, actor=world.specialist, result_text="Được", at=at)
    handling.propose(code, actor=world.head, at=at)
    handling.approve(code, actor=world.leader, at=at)
    payment.take_payment(code, method="cash", reference="", actor=world.counter, at=at)
    returning.return_result(code, method="in_person", actor=world.counter, at=at + HOUR)
    return code


def from_counter(world, code):
    from motcua.dossiers.actions import reception  # noqa: PLC0415

    reception.receive(code, actor=world.counter, at=MONDAY + HOUR)


def answer(world, code, marks=None, **more):
    at = more.pop("at", MONDAY + 24 * 14 * HOUR)
    return surveying.answer_as_applicant(code, marks=marks or BEST, actor=world.citizen, at=at, **more)


@pytest.mark.parametrize("form", all_forms(), ids=lambda each: each.code)
def test_shipped_forms_are_without_fault(form):
    assert faults_of(form) == []
    assert [each.number for each in form.asked] == [1, 3, 4, 7]
    assert form.source and form.valid_from == date(2018, 11, 23)


def test_days_without_a_form_are_said():
    assert survey_form_on(date(2026, 3, 2)) == FORM
    with pytest.raises(LookupError):
        survey_form_on(date(2018, 11, 22))


@pytest.mark.parametrize("marks", [{}, BEST | {"3": 3}, BEST | {"7": "x"}, BEST | {"1": ""}])
def test_every_question_is_answered_with_one_of_its_answers(marks):
    with pytest.raises(Refused):
        checked_marks(FORM, marks)
    assert checked_marks(FORM, {**{each: str(value) for each, value in BEST.items()}, "2": 2}) == BEST


def test_scores_are_means_half_up_and_a_missing_one_is_no_zero():
    first, second = FORM.criteria[0], FORM.criteria[1]
    assert score_of(first, [2, 2, 1, 0]).points == Decimal("1.3")  # 1.25
    assert score_of(first, []).points is None
    assert score_of_counts(second, {2: 3, 0: 1}).points == Decimal("1.5")
    total = total_of(FORM, [score_of(first, [2]), score_of(second, [])])
    assert (total.points, total.most, total.band) == (Decimal("2.0"), 2, "")
    whole = total_of(FORM, [score_of(each, [2]) for each in FORM.criteria])
    assert (whole.points, whole.most, whole.band) == (Decimal("18.0"), 18, "Xuất sắc")
    assert total_of(FORM, [score_of(each, [1]) for each in FORM.criteria]).band == "Khá"


def test_applicant_answers_once_and_that_is_the_rating_too(world):
    code = returned(world)
    answer(world, code, is_satisfied=True, comment="Tốt")
    dossier = Dossier.objects.get(code=code)
    assert dossier.is_satisfied is True
    found = SurveyAnswer.objects.get()
    assert (found.marks, found.way, found.unit.code, found.form) == (BEST, BY_ACCOUNT, "T.01", "tt01-2018")
    with pytest.raises(Refused, match="đã được trả lời"):
        answer(world, code)
    facts = Fact.objects.filter(subject=code, verb__in=["dossier.rated", "dossier.surveyed"]).order_by("id")
    assert [fact.data for fact in facts] == [{"is_satisfied": True}, {"form": "tt01-2018", "way": "account"}]
    assert "Tốt" not in json.dumps([fact.data for fact in facts])


def test_number_of_sheets_is_not_known_before_the_first(world):
    sheets = next(each for each in MEASURES if each.code == "satisfaction.sheets")
    assert sheets.is_known() is False
    answer(world, returned(world))
    assert (sheets.is_known(), sheets.source.model.objects.filter(unit=world.units["T.01"]).count()) == (True, 1)


def test_earlier_rating_stays(world):
    code = returned(world)
    returning.rate(code, is_satisfied=False, actor=world.citizen)
    answer(world, code, is_satisfied=True)
    assert Dossier.objects.get(code=code).is_satisfied is False


def test_survey_is_the_applicants_and_waits_for_the_return(world):
    code = returned(world)
    with pytest.raises(Http404):
        surveying.answer_as_applicant(code, marks=BEST, actor=world.other_citizen)
    with pytest.raises(Http404):
        surveying.answer_as_applicant("không có", marks=BEST, actor=world.citizen)
    with pytest.raises(Refused, match="chưa trả kết quả"):
        surveying.answer_as_applicant(world.file().code, marks=BEST, actor=world.citizen)


def test_code_answers_once_without_account(world):
    code = returned(world, online=False)
    invitation = SurveyInvitation.objects.get()
    typed = f" {invitation.code[:4].lower()}-{invitation.code[4:8]}-{invitation.code[8:]} "
    at = invitation.made_at + HOUR
    found = surveying.answer_by_code(typed, marks=BEST, is_satisfied=True, place="192.0.2.1", at=at)
    assert (found.dossier.code, found.way) == (code, BY_CODE)
    assert Fact.objects.get(verb="dossier.surveyed").actor == ""
    with pytest.raises(Refused, match="đã được trả lời"):
        surveying.answer_by_code(invitation.code, marks=BEST, at=at)


def test_code_closes_after_its_days(world):
    returned(world)
    invitation = SurveyInvitation.objects.get()
    days = result_rules_on(MONDAY.date()).survey_open_days
    assert invitation.closes_at == invitation.made_at + timedelta(days=days)
    with pytest.raises(Refused, match="hết thời hạn"):
        surveying.open_invitation(invitation.code, place="", at=invitation.closes_at + HOUR)


def test_codes_are_long_and_different(world):
    returned(world), returned(world)
    codes = list(SurveyInvitation.objects.values_list("code", flat=True))
    assert len(set(codes)) == 2 and {len(code) for code in codes} == {12}


def test_guessing_is_stopped_by_place_and_hour_and_keeps_no_address(world):
    returned(world)
    right, at = SurveyInvitation.objects.get().code, MONDAY + 24 * HOUR
    for _try in range(result_rules_on(at.date()).survey_wrong_codes_an_hour):
        with pytest.raises(Refused, match="Không có mã"):
            surveying.open_invitation("SAI", place="192.0.2.1", at=at)
    with pytest.raises(Refused, match="quá nhiều lần"):
        surveying.open_invitation(right, place="192.0.2.1", at=at)
    assert surveying.open_invitation(right, place="192.0.2.2", at=at).code == right
    assert surveying.open_invitation(right, place="192.0.2.1", at=at + HOUR).code == right
    assert "192.0.2" not in SurveyTry.objects.get().place
    assert surveying.forget_tries(before=at + HOUR) == 1


def test_scores_by_unit_take_people_and_the_system_and_say_what_is_missing(world):
    answer(world, returned(world))
    answer(world, returned(world, late=True), marks={"1": 0, "3": 1, "4": 2, "7": 1}, at=MONDAY + 24 * 20 * HOUR)
    rows = unit_scores(answers_in(world.leader, FIRST, AFTER), FORM, FIRST, AFTER)
    assert [(row.unit.code, row.answers) for row in rows] == [("T.01", 2)]
    points = {score.criterion.number: score.points for score in rows[0].scores}
    assert points == {
        1: Decimal("1.0"), 2: Decimal("1.0"), 3: Decimal("1.5"), 4: Decimal("2.0"), 5: None, 6: Decimal("0.0"),
        7: Decimal("1.5"), 8: None, 9: None,
    }  # fmt: skip
    assert (rows[0].total.points, rows[0].total.most, rows[0].total.band) == (Decimal("7.0"), 12, "")


def test_officials_are_judged_by_the_dossiers_they_held(world):
    answer(world, returned(world), comment="Cảm ơn")
    answers = answers_in(world.head, FIRST, AFTER)
    rows = {row.code: row for row in official_scores(answers, FORM)}
    assert set(rows) == {getattr(world, who).code for who in ("counter", "specialist", "head", "leader")}
    assert {row.answers for row in rows.values()} == {1}
    assert [each.text for each in comments_in(answers)] == ["Cảm ơn"]


def test_answers_are_seen_by_who_looks_over_the_unit(world):
    answer(world, returned(world))
    seen = {who: answers_in(getattr(world, who), FIRST, AFTER).count() for who in ("leader", "control", "outsider")}
    assert seen == {"leader": 1, "control": 1, "outsider": 0}
    assert answers_in(world.leader, AFTER, date(2026, 5, 1)).count() == 0


def test_public_sees_no_small_numbers(world):
    least = result_rules_on(FIRST).survey_small_number
    for _number in range(least - 1):
        answer(world, returned(world, online=True))
    assert public_scores(FORM, FIRST, AFTER) == ([], 1)
    answer(world, returned(world))
    shown, left_out = public_scores(FORM, FIRST, AFTER)
    assert [row.answers for row in shown] == [least] and left_out == 0
