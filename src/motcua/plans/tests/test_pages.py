"""The pages and the API, for the right people and for others."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.plans.actions import following
from motcua.plans.actions.approving import approve
from motcua.plans.actions.correcting import check_task
from motcua.plans.actions.intake import read_intake
from motcua.plans.factories import ROWS, plan_text
from motcua.plans.models import Intake, Plan, PlanTarget
from motcua.reading.reader import read

pytestmark = pytest.mark.django_db
OFFICIALS = ("control", "office", "head", "specialist", "partner", "commune", "outsider")


def _status(client, account, address):
    client.logout()
    if account is not None:
        client.force_login(account)
    answer = client.get(address)
    return _taken(answer).status_code


def _taken(answer):
    """Read a file's answer to its end, which closes the file."""
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return answer


def test_draft_opens_to_those_who_review_it_and_to_nobody_else(client, world, draft):
    for name in ("plan", "review"):
        address = reverse(f"plans:{name}", args=[draft.code])
        seen = {who for who in (*OFFICIALS, "citizen") if _status(client, getattr(world, who), address) == 200}
        assert seen == {"control"}
    assert _status(client, None, reverse("plans:plan", args=[draft.code])) == 404
    assert _status(client, None, reverse("plans:review", args=[draft.code])) == 302


def test_published_plan_opens_to_everybody_and_its_tasks_to_officials(client, world, plan):
    task = reverse("plans:task", args=[world.row(plan, "2").code])
    for who in (None, world.citizen, *(getattr(world, name) for name in OFFICIALS)):
        assert _status(client, who, reverse("plans:plan", args=[plan.code])) == 200
        assert _status(client, who, reverse("plans:public")) == 200
    assert {name for name in (*OFFICIALS, "citizen") if _status(client, getattr(world, name), task) == 200} == set(
        OFFICIALS
    )


def test_pages_of_officials_open(client, world, plan):
    client.force_login(world.control)
    target = PlanTarget.objects.get()
    for address in (
        reverse("plans:plans"),
        reverse("plans:plan", args=[plan.code]) + "?status=open_late&unit=T.01&section=khong-co&nam=2026",
        reverse("plans:tasks"),
        reverse("plans:tasks") + "?nhom=cho-xac-nhan&status=open_late&page=99",
        reverse("plans:counted") + "?so=tasks.total&don-vi=T&den=2026-06-30&assigner=province",
        reverse("plans:bind", args=[plan.code, target.code]),
        reverse("plans:source_file", args=[plan.code]),
        reverse("plans:export", args=[plan.code, "csv"]),
        reverse("plans:export", args=[plan.code, "xlsx"]),
    ):
        assert _taken(client.get(address)).status_code == 200, address


@pytest.mark.parametrize(
    "address",
    ["?so=khong", "?so=tasks.total&don-vi=KHONG", "?so=tasks.total&don-vi=T&den=99", "?so=tasks.total&don-vi=%00"],
)
def test_unreadable_count_is_not_found_or_today(client, world, plan, address):
    client.force_login(world.control)
    assert client.get(reverse("plans:counted") + address).status_code in (200, 404)


def _upload(client, content):
    return client.post(reverse("plans:plans"), {"file": SimpleUploadedFile("kh.txt", content)})


def test_upload_leads_to_its_reading_and_then_to_review(client, world):
    client.force_login(world.control)
    answer = _upload(client, plan_text())
    kept = Intake.objects.get()
    assert answer.url == reverse("plans:intake", args=[kept.code])
    waiting = client.get(answer.url).content.decode()
    assert "every 2s" in waiting and 'http-equiv="refresh"' in waiting
    read_intake(kept.code, read=read)
    done = client.get(answer.url).content.decode()
    assert "every 2s" not in done and reverse("plans:review", args=[Plan.objects.get().code]) in done


def test_unread_upload_says_why_and_is_listed_until_it_is_dropped(client, world):
    client.force_login(world.control)
    page = _upload(client, "Lời.".encode()).url
    kept = Intake.objects.get()
    read_intake(kept.code, read=read)
    assert "Không thấy nhiệm vụ nào" in client.get(page).content.decode()
    assert "kh.txt" in client.get(reverse("plans:plans")).content.decode()
    client.post(reverse("plans:intake_again", args=[kept.code]))
    kept.refresh_from_db()
    assert kept.state == "waiting"
    read_intake(kept.code, read=read)
    drop = reverse("plans:intake_drop", args=[kept.code])
    assert "Bỏ tệp" in client.get(drop).content.decode()
    client.post(drop)
    assert client.get(page).status_code == 404
    assert page not in client.get(reverse("plans:plans")).content.decode()


def test_upload_of_another_person_is_not_found(client, world):
    kept = world.take()
    assert _status(client, world.office, reverse("plans:intake", args=[kept.code])) == 404


def _act(client, plan, verb, row="", **data):
    return client.post(reverse("plans:review_act", args=[plan.code, verb]), {"dong": row, **data})


def test_review_page_walks_from_row_to_row(client, world, draft):
    client.force_login(world.control)
    page = client.get(reverse("plans:review", args=[draft.code]) + "?dong=2").content.decode()
    line = world.row(draft, "2").line_start
    assert f'<li id="L{line}" data-line="{line}" data-at="{line}" class="mc-selected">' in page
    assert 'data-key="j"' in page and 'data-key="k"' in page
    only = client.get(reverse("plans:review", args=[draft.code]) + "?loc=can-xem").content.decode()
    assert "Báo Thử Nghiệm" in only and "Ban hành kế hoạch rà soát" not in only.split("mc-rows")[-1]


def test_review_verbs_change_the_plan_and_approve_it(client, world, draft):
    client.force_login(world.control)
    fields = {"text": "Việc đã sửa", "lead_text": "Sở Thử Nghiệm", "deadline_text": "Tháng 6/2026"}
    assert _act(client, draft, "luu", "3", **fields).status_code == 302
    row = draft.tasks.get(code=f"{draft.code}.3")
    assert (row.text, row.due_on) == ("Việc đã sửa", date(2026, 6, 30))
    for verb in ("tra-ve", "xuong", "len", "gop", "bo", "lay-lai", "doi-chieu"):
        assert _act(client, draft, verb, "3").status_code == 302, verb
    assert _act(client, draft, "giao", "2", unit="T.00").status_code == 302
    assert _act(client, draft, "them", "1", text="Việc thêm").status_code == 302
    assert _act(client, draft, "thong-tin", title="Tên mới", year=2026, assigner="province").status_code == 302
    assert _act(client, draft, "duyet").url == reverse("plans:plan", args=[draft.code])


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("luu", {"text": ""}),
        ("luu", {"text": "x", "due_on": "ngày mai"}),
        ("luu", {"text": "x", "seen": "2020-01-01T00:00:00+07:00"}),
        ("tach", {"first": "a", "second": ""}),
        ("giao", {"unit": "KHONG-CO"}),
        ("ghi-nhan", {"key": "bia-dat"}),
        ("thong-tin", {"title": "", "year": "x"}),
        ("duyet", {}),
    ],
)
def test_refused_verb_says_why_and_keeps_the_page(client, world, draft, verb, data):
    client.force_login(world.control)
    assert _act(client, draft, verb, "1", **data).status_code == 422


@pytest.mark.parametrize(("verb", "row"), [("khong-co", "1"), ("luu", "99"), ("luu", ""), ("bo", "\0")])
def test_unknown_verb_or_row_is_not_found(client, world, draft, verb, row):
    client.force_login(world.control)
    assert _act(client, draft, verb, row).status_code == 404


def test_letter_that_nothing_keeps_leads_back_to_the_row(client, world, draft):
    client.force_login(world.control)
    assert _act(client, draft, "doi-chieu", "1", den="a\0b").status_code == 302


def test_outsider_acts_on_nothing(client, world, draft):
    client.force_login(world.outsider)
    assert _act(client, draft, "luu", "1", text="x").status_code == 404


def _task_act(client, task, verb, **data):
    return client.post(reverse("plans:act", args=[task.code, verb]), data)


def test_task_travels_over_its_page(client, world, plan):
    task = world.row(plan, "2")
    client.force_login(world.specialist)
    assert _task_act(client, task, "tien-do", unit="T.01", percent=30, note="Đang làm").status_code == 302
    paper = SimpleUploadedFile("minh-chung.png", _png())
    answer = _task_act(client, task, "hoan-thanh", unit="T.01", on_day="01/03/2026", file=paper)
    assert answer.status_code == 302
    line = task.history.get(kind="completed")
    file = reverse("plans:evidence", args=[task.code, line.pk])
    assert _status(client, world.specialist, file) == 200
    assert _status(client, world.outsider, file) == 404
    client.force_login(world.control)
    assert _task_act(client, task, "tra-lai", unit="T.01", note="").status_code == 422
    assert _task_act(client, task, "xac-nhan", unit="T.01").status_code == 302
    assert _task_act(client, task, "xac-nhan", unit="T.01").status_code == 422
    assert _task_act(client, task, "gia-han", due_on="31/01/2027", note="Quyết định thử").status_code == 302
    page = client.get(reverse("plans:task", args=[task.code])).content.decode()
    assert "Chấp nhận hoàn thành" in page and "31/01/2027" in page


def _png():
    from io import BytesIO

    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "PNG")
    return drawn.getvalue()


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("tien-do", {"unit": "T.01", "percent": "abc"}),
        ("tien-do", {"unit": "T.10", "percent": 5, "note": "x"}),
        ("tien-do", {"unit": "", "percent": 5, "note": "x"}),
        ("hoan-thanh", {"unit": "T.01", "on_day": "1/3/2026"}),
        ("gia-han", {"due_on": "31/12/2026", "note": "x"}),
        ("xac-nhan", {"unit": "T.01"}),
    ],
)
def test_refused_work_says_why(client, world, plan, verb, data):
    client.force_login(world.specialist)
    assert _task_act(client, world.row(plan, "2"), verb, **data).status_code == 422


def test_hostile_text_is_shown_as_text_and_exported_harmless(client, world):
    rows = [("1", "<script>alert(1)</script> và việc khác", "Văn phòng UBND tỉnh", "", "=1+1", "31/12/2026")]
    plan = world.read(plan_text(rows))
    client.force_login(world.control)
    page = client.get(reverse("plans:review", args=[plan.code]) + "?dong=1").content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page
    approve(plan.code, actor=world.control)
    assert "'=1+1" in client.get(reverse("plans:export", args=[plan.code, "csv"])).content.decode()


@pytest.mark.parametrize("page", ["plan", "tasks", "review"])
def test_number_of_statements_does_not_grow_with_rows(client, world, page):
    client.force_login(world.control if page != "tasks" else world.partner)
    counts = []
    for size in (1, 3):
        rows = [
            (str(n), f"Nhiệm vụ thử số {n} của kế hoạch", "Sở Phối Hợp", "Sở Thử Nghiệm", "Báo cáo", "31/12/2026")
            for n in range(1, size + 1)
        ]
        plan = world.read(plan_text(rows, number=f"{size}/KH-UBND"))
        if page != "review":
            approve(plan.code, actor=world.control)
        address = reverse(f"plans:{page}", args=[] if page == "tasks" else [plan.code])
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def _api(client, method, address, data=None):
    return client.generic(method, f"/api/v1{address}", json.dumps(data or {}), content_type="application/json")


def test_api_walks_a_plan_from_upload_to_acceptance(client, world):
    client.force_login(world.control)
    answer = client.post("/api/v1/plans", {"file": SimpleUploadedFile("kh.txt", plan_text())})
    kept = answer.json()
    assert (answer.status_code, kept["state"], kept["plan"]) == (202, "waiting", None)
    assert _api(client, "POST", f"/intakes/{kept['code']}/drop").status_code == 409
    read_intake(kept["code"], read=read)
    code = client.get(f"/api/v1/intakes/{kept['code']}").json()["plan"]
    assert [each["code"] for each in client.get("/api/v1/intakes").json()] == [kept["code"]]
    assert client.get(f"/api/v1/plans/{code}").json()["counts"]["total"] == len(ROWS)
    assert _api(client, "POST", f"/plans/{code}/approve").status_code == 409
    row = _api(client, "PATCH", f"/plan-rows/{code}.3", {"lead_text": "Sở Thử Nghiệm"}).json()
    assert (row["unresolved"], row["is_edited"]) == ([], True)
    stale = {"text": "x", "seen": "2020-01-01T00:00:00+07:00"}
    assert _api(client, "PATCH", f"/plan-rows/{code}.3", stale).status_code == 409
    assert _api(client, "POST", f"/plans/{code}/approve").json()["state"] == "approved"
    client.force_login(world.specialist)
    done = {"unit": "T.01", "on_day": "2026-03-01", "link": "https://example.org/x"}
    assert _api(client, "POST", f"/tasks/{code}.2/completion", done).status_code == 200
    assert _api(client, "POST", f"/tasks/{code}.2/accept", {"unit": "T.01"}).status_code == 409
    client.force_login(world.control)
    assert _api(client, "POST", f"/tasks/{code}.2/accept", {"unit": "T.01"}).status_code == 200
    listed = client.get(f"/api/v1/plans/{code}/tasks?unit=T.01").json()
    assert [each["code"] for each in listed] == [f"{code}.2", f"{code}.3"]
    client.force_login(world.outsider)
    assert _api(client, "PATCH", f"/plan-rows/{code}.3", {"text": "x"}).status_code == 404


def test_api_hides_drafts_from_outsiders(client, world, draft):
    client.force_login(world.outsider)
    for address in (
        f"/plans/{draft.code}",
        f"/plans/{draft.code}/tasks",
        f"/plan-rows/{draft.code}.1",
        f"/tasks/{draft.code}.1",
    ):
        assert client.get(f"/api/v1{address}").status_code == 404
    assert client.get("/api/v1/plans").json() == []


def test_acceptance_waits_on_the_page_of_who_accepts(client, world, draft):
    check_task(world.row(draft, "3").code, actor=world.control)
    approve(draft.code, actor=world.control)
    following.report_completion(
        world.row(draft, "2").code, unit=world.units["T.01"], on_day=date(2026, 3, 1), note="",
        evidence=following.Evidence(link="https://example.org"), actor=world.specialist,
    )  # fmt: skip
    address = reverse("plans:tasks") + "?nhom=cho-xac-nhan"
    client.force_login(world.control)
    assert "Sở Thử Nghiệm" in client.get(address).content.decode()
    client.force_login(world.outsider)
    assert "Sở Thử Nghiệm" not in client.get(address).content.decode()
