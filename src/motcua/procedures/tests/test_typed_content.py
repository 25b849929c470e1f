"""Parts typed by an officer: lines with bars, checked like an import, published with the decision."""

from datetime import date

import pytest

from motcua.base.refusal import Refused
from motcua.procedures.actions.deciding import confirm_decision, write_content
from motcua.procedures.actions.publishing import publish_due
from motcua.procedures.factories import make_office
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.publication_queries import parts_in
from motcua.procedures.queries import version_at
from motcua.procedures.rules.cells import parts_of
from motcua.procedures.rules.typed_content import row_of, typed_of
from motcua.procedures.tests.publishing import taken_in

NEW = "1.099001"
TYPED = {
    "field": "Thử", "type": "", "issuing_agency": "UBND tỉnh Thử", "levels": ["Cấp tỉnh"], "subjects": "Công dân",
    "executing_agencies": "Sở Thử", "steps": "Bước 1\nBước 2", "conditions": "", "results": "Giấy phép",
    "channels": "Trực tiếp | 5 | Ngày làm việc | 10.000 | ghi chú | thêm\nTrực tuyến | | | 0",
    "papers": " | Tờ khai | Mẫu 01 | 1 | 0\nTrường hợp A | Bản sao | | | 2", "legal_refs": "Nghị quyết 1",
}  # fmt: skip
HEAD = {"code": NEW, "name": "Thủ tục của tỉnh", "source": "UBND"}


def test_typed_lines_become_parts():
    parts = parts_of({**row_of(TYPED), **HEAD})
    assert [(one.method, one.limit_value, one.limit_unit, one.fee) for one in parts.channels] == [
        ("Trực tiếp", 5, "working_day", 10_000), ("Trực tuyến", None, "", 0),
    ]  # fmt: skip
    assert "ghi chú | thêm" in parts.channels[0].note
    assert [(one.case, one.name, one.form, one.originals, one.copies) for one in parts.papers] == [
        ("", "Tờ khai", "Mẫu 01", 1, 0), ("Trường hợp A", "Bản sao", "", 0, 2),
    ]  # fmt: skip
    assert (parts.columns["levels"], parts.results) == (["province"], (("Giấy phép", ""),))


def test_typing_again_what_is_shown_changes_nothing():
    typed = {**TYPED, "channels": "Trực tiếp | 5 | Ngày làm việc | 10000 |"}
    once = parts_of({**row_of(typed), **HEAD})
    again = parts_of({**row_of(typed_of(once)), **HEAD})
    assert (again.papers, again.results, again.columns) == (once.papers, once.results, once.columns)
    assert [one.fee for one in again.channels] == [one.fee for one in once.channels]


@pytest.fixture
def control(some_procedures, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_office().people["control"]


@pytest.mark.django_db
def test_procedure_of_the_province_is_published_with_what_was_typed(client, control):
    decision = taken_in(control, new=[(NEW, "Thủ tục của tỉnh")])
    client.force_login(control)
    address = f"/cong-bo/quyet-dinh/{decision.code}/dong/1"
    assert client.get(address).status_code == 200
    assert client.post(address, {**TYPED, "steps": ""}).status_code == 422
    assert client.post(address, {**TYPED, "channels": "Bay | 5"}).status_code == 422
    assert client.post(address, TYPED).status_code == 302
    confirm_decision(decision.code, actor=control)
    publish_due(date(2026, 4, 1))
    made = parts_in(version_at(NEW, date(2026, 4, 1)))
    assert (made.columns["name"], made.columns["decision_number"]) == ("Thủ tục của tỉnh", "15/QĐ-UBND")
    assert made.columns["steps"] == "Bước 1\nBước 2"
    assert len(made.papers) == 2
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_amendment_begins_from_the_version_in_force(client, control):
    decision = taken_in(control, amended=[("1.001193", "Đăng ký khai sinh")])
    client.force_login(control)
    old = ProcedureVersion.objects.get(procedure__code="1.001193")
    page = client.get(f"/cong-bo/quyet-dinh/{decision.code}/dong/1").content.decode()
    assert old.field in page
    assert "Trực tuyến | 1" in page or "Trực tiếp |" in page


@pytest.mark.django_db
def test_wrong_part_is_named(control):
    decision = taken_in(control, new=[(NEW, "Thủ tục của tỉnh")])
    with pytest.raises(Refused, match="Dòng 1, trường “levels”: không có cấp thực hiện “Cấp trời”"):
        write_content(decision.code, 1, actor=control, content={**row_of(TYPED), "levels": ["Cấp trời"]})
