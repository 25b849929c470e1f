"""The pages and the API of how plans begin and relate, for the right people and for others."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.plans.actions.amending import amend
from motcua.plans.actions.approving import approve
from motcua.plans.actions.correcting import check_task
from motcua.plans.actions.deriving import derive
from motcua.plans.factories import plan_text
from motcua.plans.models import Plan
from motcua.plans.tests.test_amending import signed_pdf
from motcua.plans.tests.test_carrying import gone
from motcua.plans.tests.test_deriving import ROWS, parent

__all__ = ["gone", "parent"]
pytestmark = pytest.mark.django_db
PDF = "application/pdf"


def _get(client, name, *args, who=None):
    if who is not None:
        client.force_login(who)
    return client.get(reverse(f"plans:{name}", args=args))


def _post(client, name, *args, **data):
    return client.post(reverse(f"plans:{name}", args=args), data)


def _file(client, plan):
    file = SimpleUploadedFile("quyet-dinh.pdf", signed_pdf().read(), PDF)
    return _post(client, "signed", plan.code, file=file)


def test_plan_by_hand_from_its_page_to_approval(client, world):
    assert "Xã Thử Nghiệm" in _get(client, "draft", who=world.control).content.decode()
    told = {"title": "Kế hoạch năm 2027", "year": 2027, "unit": "T"}
    assert _post(client, "draft", **{**told, "year": 1}).status_code == 422
    made = Plan.objects.get(pk=Plan.objects.get(code="KH-T-2027").pk) if _post(client, "draft", **told) else None
    row = {"section": "Nhóm một", "text": "Việc một", "lead_text": "Sở Thử Nghiệm", "deadline_text": "Quý I"}
    assert _post(client, "draft_rows", made.code, **row).status_code == 302
    assert _post(client, "draft_rows", made.code, section="Nhóm hai", text="Việc hai").status_code == 302
    assert _post(client, "draft_rows", made.code, section="Nhóm một", text="Việc một nữa").status_code == 302
    assert _post(client, "draft_rows", made.code, text="").status_code == 422
    assert list(made.tasks.order_by("position").values_list("text", flat=True)) == [
        "Việc một", "Việc một nữa", "Việc hai",
    ]  # fmt: skip
    last = made.tasks.get(text="Việc hai").code.removeprefix(f"{made.code}.")
    for verb in ("len", "xuong", "bo", "lay-lai"):
        assert _post(client, "draft_act", made.code, verb, dong=last).status_code == 302, verb
    assert _post(client, "draft_act", made.code, "xuong", dong=last).status_code == 422
    page = _get(client, "draft_rows", made.code).content.decode()
    assert "Nhóm một" in page and "Sở Thử Nghiệm" in page
    assert _get(client, "plan", made.code).status_code == 200
    assert _get(client, "draft_rows", made.code, who=world.outsider).status_code == 404
    approve(made.code, actor=world.control)
    assert _get(client, "draft_rows", made.code, who=world.control).status_code == 404


def test_draft_is_given_up_after_a_question(client, world, draft):
    assert "không lấy lại được" in _get(client, "draft_drop", draft.code, who=world.control).content.decode()
    assert _post(client, "draft_drop", draft.code).url == reverse("plans:plans")
    assert not Plan.objects.exists()


def test_amendment_from_its_page_to_the_visible_difference(client, world, plan):
    assert _get(client, "amend", plan.code, who=world.outsider).status_code == 404
    client.force_login(world.control)
    assert _post(client, "amend", plan.code, reason="").status_code == 422
    fresh_url = _post(client, "amend", plan.code, reason="Theo Quyết định 15").url
    fresh = Plan.objects.get(version=2)
    assert fresh_url == reverse("plans:review", args=[fresh.code])
    assert "bản sửa đổi chưa duyệt" in _get(client, "plan", plan.code).content.decode()
    assert "Hai bản giống nhau" in _get(client, "changes", fresh.code).content.decode()
    assert _post(client, "signed", fresh.code).status_code == 422
    assert _file(client, fresh).status_code == 302
    approve(fresh.code, actor=world.control)
    assert "đã có bản thay thế" in _get(client, "plan", plan.code, who=world.citizen).content.decode()
    page = _get(client, "plan", fresh.code).content.decode()
    assert reverse("plans:changes", args=[fresh.code]) in page
    signed = _get(client, "signed", fresh.code, who=world.control)
    assert (signed["Content-Type"], b"".join(signed.streaming_content)[:5]) == (PDF, b"%PDF-")
    assert _get(client, "changes", plan.code).status_code == 404


def test_difference_is_shown_word_by_word(client, world, plan):
    fresh = amend(plan.code, reason="x", actor=world.control)
    fresh.tasks.filter(number="2").update(text="Số hóa tối thiểu 60% hồ sơ tiếp nhận tại các cơ quan")
    page = _get(client, "changes", fresh.code, who=world.control).content.decode()
    assert "<del>50%</del>" in page and "<ins>60%</ins>" in page


def test_approval_is_taken_back_after_a_question(client, world, plan):
    assert _get(client, "take_back", plan.code, who=world.specialist).status_code == 404
    assert "trở lại bản soạn" in _get(client, "take_back", plan.code, who=world.control).content.decode()
    assert _post(client, "take_back", plan.code).url == reverse("plans:review", args=[plan.code])
    plan.refresh_from_db()
    assert plan.is_draft


def test_children_are_asked_for_derived_and_sent(client, world, parent):
    assert _get(client, "children", parent.code, who=world.control).status_code == 200
    assert _post(client, "children", parent.code, due_on="x").status_code == 422
    assert _post(client, "children", parent.code, due_on="20/02/2026", lead_days="3").status_code == 302
    client.force_login(world.commune)
    page = _get(client, "children", parent.code).content.decode()
    assert page.count("Lập từ kế hoạch này") == 1 and "20/02/2026" in page
    assert _post(client, "derive", parent.code, unit="T.11").status_code == 422
    made = _post(client, "derive", parent.code, unit="T.10").url
    child = parent.children.get()
    assert made == reverse("plans:draft_rows", args=[child.code])
    client.force_login(world.control)
    approve(child.code, actor=world.control)
    assert reverse("plans:send", args=[child.code]) in _get(client, "plan", child.code).content.decode()
    _post(client, "send", child.code)
    child.refresh_from_db()
    assert child.sent_at is not None
    assert "Đã gửi" in _get(client, "children", parent.code).content.decode()


def test_plan_stands_beside_its_parent_on_a_page_and_in_a_file(client, world, parent):
    child = derive(parent.code, unit=world.units["T.10"], actor=world.commune)
    child.tasks.filter(number="2").update(is_dropped=True)
    page = _get(client, "align", child.code, who=world.commune).content.decode()
    assert "Thiếu nhiệm vụ" in page and "Số hóa hồ sơ" in page
    only = client.get(reverse("plans:align", args=[child.code]) + "?loai=missing").content.decode()
    assert "Ban hành kế hoạch rà soát" not in only
    csv = _get(client, "export_alignment", child.code, "csv").content.decode()
    assert "Thiếu nhiệm vụ" in csv
    assert _get(client, "export_alignment", child.code, "xlsx").content[:2] == b"PK"
    assert _get(client, "export_alignment", parent.code, "csv").status_code == 404
    assert _post(client, "align", child.code, parent="KHONG").status_code == 422
    assert _post(client, "align", child.code, parent=parent.code).status_code == 302
    assert _get(client, "align", child.code, who=world.outsider).status_code == 404


def test_statements_of_the_comparison_do_not_grow_with_rows(client, world):
    counts = []
    for size in (3, 12):
        rows = [(str(n), f"{ROWS[0][1]} số {n}", *ROWS[0][2:]) for n in range(1, size + 1)]
        above = world.read(plan_text(rows, number=f"{size}/KH-UBND"))
        for task in above.tasks.all():
            check_task(task.code, actor=world.control)
        approve(above.code, actor=world.control)
        child = derive(above.code, unit=world.units["T.10"], actor=world.commune)
        client.force_login(world.commune)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert _get(client, "align", child.code).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_readers_say_so_and_the_holder_sees_it(client, world, plan):
    assert "Tôi đã đọc kế hoạch này" in _get(client, "plan", plan.code, who=world.head).content.decode()
    _post(client, "have_read", plan.code)
    assert "Tôi đã đọc kế hoạch này" not in _get(client, "plan", plan.code).content.decode()
    assert _get(client, "readers", plan.code).status_code == 404
    page = _get(client, "readers", plan.code, who=world.control).content.decode()
    assert "Sở Thử Nghiệm: 1/3" in page
    _post(client, "remind_readers", plan.code)
    assert "Tôi đã đọc" not in _get(client, "plan", plan.code, who=world.citizen).content.decode()


def test_closing_asks_with_what_is_open_and_the_rest_goes_on(client, world, plan):
    assert "3 nhiệm vụ" in _get(client, "close", plan.code, who=world.control).content.decode()
    assert "Số hóa" in _get(client, "carry", plan.code).content.decode()
    made = _post(client, "carry", plan.code, viec=["2"]).url
    into = Plan.objects.get(year=2027)
    assert made == reverse("plans:draft_rows", args=[into.code])
    assert _post(client, "carry", plan.code, viec=["2"]).status_code == 422
    assert _post(client, "close", plan.code).status_code == 302
    assert _get(client, "close", plan.code).status_code == 404
    assert _get(client, "carry", plan.code, who=world.outsider).status_code == 404


def test_work_of_a_unit_that_is_no_more_is_handed_over(client, world, plan, gone):
    assert _get(client, "handing_over", who=world.head).status_code in (302, 403, 404)
    assert "Sở Phối Hợp" in _get(client, "handing_over", who=world.control).content.decode()
    assert _post(client, "handing_over", unit=str(gone.pk), to="T.00").status_code == 422
    assert _post(client, "handing_over", unit=str(gone.pk), to="T.01").status_code == 302
    assert "Không có việc nào phải chuyển" in _get(client, "handing_over").content.decode()


def _api(client, method, address, data=None):
    return client.generic(method, f"/api/v1{address}", json.dumps(data or {}), content_type="application/json")


def test_api_drafts_and_corrects_a_plan(client, world):
    client.force_login(world.control)
    made = _api(client, "POST", "/plan-drafts", {"unit": "T", "title": "Kế hoạch", "year": 2027}).json()
    code = made["code"]
    row = _api(client, "POST", f"/plans/{code}/rows", {"text": "Việc", "deadline_text": "Quý I"}).json()
    other = _api(client, "POST", f"/plans/{code}/rows", {"text": "Việc khác"}).json()
    assert row["due_on"] == "2027-03-31"
    assert _api(client, "POST", f"/plan-rows/{other['code']}/move", {"up": True}).status_code == 200
    assert _api(client, "POST", f"/plan-rows/{other['code']}/drop").status_code == 200
    assert _api(client, "POST", f"/plan-rows/{other['code']}/bring-back").status_code == 200
    assert _api(client, "PATCH", f"/plans/{code}", {"year": 2028}).json()["year"] == 2028
    assert client.get(f"/api/v1/plan-rows/{row['code']}").json()["due_on"] == "2028-03-31"
    assert _api(client, "POST", f"/plans/{code}/abandon").status_code == 204


def test_api_relates_plans(client, world, parent):
    client.force_login(world.control)
    code = parent.code
    asked = _api(client, "POST", f"/plans/{code}/children", {"due_on": "2026-02-20"}).json()
    assert asked["children_due_on"] == "2026-02-20"
    child = _api(client, "POST", f"/plans/{code}/derive", {"unit": "T.10"}).json()
    assert (child["parent"], child["counts"]["total"]) == (code, 2)
    assert _api(client, "POST", f"/plans/{child['code']}/parent", {"parent": code}).status_code == 200
    aligned = client.get(f"/api/v1/plans/{child['code']}/alignment").json()
    assert (aligned["matched"], aligned["pairs"][0]["parent"]) == (2, f"{code}.1")
    assert _api(client, "POST", f"/plans/{child['code']}/send").status_code == 409
    _api(client, "POST", f"/plans/{child['code']}/approve")
    assert _api(client, "POST", f"/plans/{child['code']}/send").json()["sent_at"]
    states = {each["unit"]: each["state"] for each in client.get(f"/api/v1/plans/{code}/children").json()}
    assert states["T.10"] in ("sent", "sent_late") and states["T.11"] in ("none", "overdue")
    fresh = _api(client, "POST", f"/plans/{code}/amend", {"reason": "x"}).json()
    assert (fresh["version"], fresh["amends"]) == (2, code)
    assert client.get(f"/api/v1/plans/{fresh['code']}/changes").json() == []
    file = SimpleUploadedFile("a.pdf", signed_pdf().read(), PDF)
    assert client.post(f"/api/v1/plans/{fresh['code']}/signed-file", {"file": file}).json()["is_signed"]
    assert _api(client, "POST", f"/plans/{code}/take-back-approval").status_code == 409
    assert _api(client, "POST", f"/plans/{fresh['code']}/approve").json()["state"] == "approved"
    code = fresh["code"]
    assert _api(client, "POST", f"/plans/{code}/carry-over", {"tasks": ["1"]}).json()["follows"] == code
    assert client.get(f"/api/v1/plans/{code}/readers").json()[0]["read"] == 0
    client.force_login(world.head)
    assert _api(client, "POST", f"/plans/{code}/read").status_code == 204
    assert client.get(f"/api/v1/plans/{code}/readers").status_code == 404
    client.force_login(world.control)
    assert _api(client, "POST", f"/plans/{code}/close").json()["state"] == "closed"


def test_api_hands_over(client, world, plan, gone):
    client.force_login(world.control)
    assert _api(client, "POST", "/plan-handovers", {"unit": "T.01", "to": "T.02"}).status_code == 404
    assert _api(client, "POST", "/plan-handovers", {"unit": "T.02", "to": "T.01"}).json()["parts"] == 3
