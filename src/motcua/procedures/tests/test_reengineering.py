"""Redesigns: the cost model of DOMAIN 6.3 with its test vector, the record, its pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account
from motcua.organizations.states import CONTROL_OFFICER, OFFICE
from motcua.procedures.actions.reengineering import record_reengineering
from motcua.procedures.models import Procedure, Reengineering
from motcua.procedures.models.reengineering import counting
from motcua.procedures.rules.compliance_cost import Activity, saving, total

CODE = "2.000635"
NUMBERS = {
    "steps_before": 9, "steps_after": 5, "papers_before": 4, "papers_after": 1, "limit_before": 10, "limit_after": 3
}  # fmt: skip
BEFORE = [Activity("Đi nộp hồ sơ", service_cost=1_024_000, subjects=3228)]
AFTER = [Activity("Nộp trực tuyến", service_cost=231_000, subjects=3228)]


@pytest.fixture
def officer(db):
    unit = establish(code="T.00", name="Văn phòng", kind=OFFICE, parent=None, valid_from=date(2020, 1, 1), actor="")
    account = open_account(username="kiemsoat", full_name="Người Thử", password=None, actor="")
    give_post(account, unit=unit, role=CONTROL_OFFICER, valid_from=date(2020, 1, 1), actor="")
    Procedure.objects.create(code=CODE)
    return Account.objects.get(pk=account.pk)


def written(officer, **changes):
    asked = {
        "decision_number": "15/QĐ-UBND", "decided_on": date(2026, 2, 1), "summary": "Bỏ bản giấy",
        "limit_unit": "working_day", "numbers": NUMBERS, "before": BEFORE, "after": AFTER, "actor": officer,
        "iso_reference": "QT-07",
    }  # fmt: skip
    return record_reengineering(CODE, **asked | changes)


def test_test_vector_of_the_cost_model():
    found = saving(BEFORE, AFTER)
    assert (found.one, found.yearly) == (793_000, 2_559_804_000)
    assert round(found.ratio * 100, 2) == 77.44


def test_work_services_and_fees_make_the_cost_and_nothing_is_rounded_on_the_way():
    one = Activity("Chuẩn bị", Decimal("1.25"), 33_333, 10_000, 5_000, Decimal("0.5"), 3)
    assert one.cost == Decimal("56666.25")
    assert saving([one], []).yearly_before == 84_999  # 84999.375
    assert total([saving([one], []), saving([one], [one])]) == pytest.approx(0.5)
    assert (saving([], []).ratio, total([])) == (None, None)


def test_redesign_is_recorded_once_for_a_decision(officer):
    record = written(officer)
    assert (record.saving.yearly, record.before) == (2_559_804_000, BEFORE)
    fact = Fact.objects.get(verb="procedure.reengineered")
    assert fact.data == {"decision": "15/QĐ-UBND", "steps_before": 9, "steps_after": 5, "saved": 2_559_804_000}
    with pytest.raises(Refused, match="đã được ghi"):
        written(officer)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"decision_number": " "}, "Cần ghi số quyết định"),
        ({"summary": ""}, "Cần ghi nội dung"),
        ({"decided_on": date(2999, 1, 1)}, "tương lai"),
        ({"limit_unit": "century"}, "Đơn vị thời hạn"),
        ({"numbers": NUMBERS | {"steps_after": -1}}, "từ 0 đến"),
    ],
)
def test_wrong_redesign_is_refused(officer, changes, words):
    with pytest.raises(Refused, match=words):
        written(officer, **changes)
    assert not Reengineering.objects.exists()


def test_only_control_officers_write(officer):
    with pytest.raises(Refused, match="Chỉ cán bộ kiểm soát"):
        written(open_account(username="khac", full_name="Người Khác", password=None, actor=""))
    assert Client().get(reverse("procedures:reengineering_new")).status_code == 302


def test_form_writes_what_the_pages_show(officer):
    client = Client()
    client.force_login(officer)
    address = reverse("procedures:reengineering_new")
    assert client.get(address + f"?thu-tuc={CODE}").status_code == 200
    sent = {
        "procedure": CODE, "decision_number": "16/QĐ-UBND", "decided_on": "01/02/2026", "summary": "Rút gọn",
        "limit_unit": "working_day", **NUMBERS,
        "truoc-TOTAL_FORMS": 6, "truoc-INITIAL_FORMS": 0, "truoc-0-name": "Đi lại", "truoc-0-hours": "2,5",
        "truoc-0-income_per_hour": "40.000", "truoc-0-subjects": "100",
        "sau-TOTAL_FORMS": 6, "sau-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post(address, sent | {"procedure": "9.999999"}).status_code == 422
    answer = client.post(address, sent)
    assert answer.status_code == 302
    record = Reengineering.objects.get()
    assert (record.saving.yearly_before, record.saving.yearly_after) == (10_000_000, 0)
    page = Client().get(answer.url).content.decode()
    assert "10.000.000" in page
    listed = Client().get(reverse("procedures:reengineerings")).content.decode()
    assert "9 → 5" in listed


def test_correction_takes_the_place_and_keeps_what_was_written(officer):
    old = written(officer)
    new = written(officer, numbers=NUMBERS | {"steps_after": 6}, corrects=old.pk)
    old.refresh_from_db()
    assert (old.replaced_by, old.steps_after) == (new, 5)
    assert list(counting()) == [new]
    with pytest.raises(Refused, match="đã được sửa"):
        written(officer, corrects=old.pk)
    assert Fact.objects.get(verb="procedure.redesign_corrected").data == {"old": old.pk, "new": new.pk}


def test_correction_on_the_page_begins_with_what_was_written(officer):
    old = written(officer)
    client = Client()
    client.force_login(officer)
    address = reverse("procedures:reengineering_correct", args=[old.pk])
    page = client.get(address).content.decode()
    assert "15/QĐ-UBND" in page
    assert "Đi nộp hồ sơ" in page
    sent = {
        "procedure": CODE, "decision_number": "15/QĐ-UBND", "decided_on": "01/02/2026", "summary": "Bỏ bản giấy",
        "limit_unit": "working_day", **NUMBERS, "papers_after": 2, "truoc-TOTAL_FORMS": 6, "truoc-INITIAL_FORMS": 1,
        "truoc-0-name": "Đi nộp hồ sơ", "truoc-0-service_cost": "1.000.000", "sau-TOTAL_FORMS": 6,
        "sau-INITIAL_FORMS": 1, "sau-0-name": "", "sau-0-service_cost": "",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert [(one.papers_after, one.after) for one in counting()] == [(2, [])]
    shown = Client().get(reverse("procedures:reengineering", args=[old.pk])).content.decode()
    assert "Bản ghi này đã được sửa" in shown
    assert client.get(address).status_code == 404


def test_redesigns_over_the_api(officer, client):
    told = {
        "procedure": CODE, "decision_number": "17/QĐ-UBND", "decided_on": "2026-02-01", "summary": "Rút gọn",
        "limit_unit": "working_day", **NUMBERS, "before": [{"name": "Đi lại", "service_cost": 1000, "subjects": 10}],
    }  # fmt: skip
    address = "/api/v1/redesigns"
    assert client.post(address, told, content_type="application/json").status_code in (401, 404)
    client.force_login(officer)
    made = client.post(address, told, content_type="application/json")
    assert (made.status_code, made.json()["saved_yearly"]) == (201, 10_000)
    assert client.post(address, told, content_type="application/json").status_code == 409
    number = made.json()["number"]
    again = client.post(f"{address}/{number}/correct", told | {"steps_after": 4}, content_type="application/json")
    assert again.json()["steps_after"] == 4
    assert [one["number"] for one in Client().get(address).json()] == [again.json()["number"]]
    assert Client().get(f"{address}/{number}").json()["replaced_by"] == again.json()["number"]
