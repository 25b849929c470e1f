"""Pages and API of the work on tasks: giving, turns, later days, bindings, lists, statistics, urging, reports."""

import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from motcua.base.clock import today
from motcua.base.facts.delivering import deliver_due
from motcua.base.models import Fact
from motcua.notifications.models import Notice
from motcua.plans.actions import following
from motcua.plans.actions.approving import approve
from motcua.plans.actions.evidence import Evidence
from motcua.plans.actions.recurring import make_turns, open_turn
from motcua.plans.actions.urging import urge
from motcua.plans.factories import plan_text
from motcua.plans.models import Assignment, Occurrence, Plan, Task, Urging
from motcua.plans.queries import standing
from motcua.plans.queries.plan_report import quarters_of, report_of
from motcua.plans.queries.statistics import BY_GROUP, BY_PLAN, BY_QUARTER, BY_SOURCE, BY_UNIT, merits, statistics
from motcua.plans.task_status import COUNTED

LINK = Evidence(link="https://example.org/ket-qua")
ROWS = [
    ("1", "Rà soát thủ tục hành chính của tỉnh", "Văn phòng UBND tỉnh", "Sở Thử Nghiệm", "Báo cáo", "31/3/2026"),
    ("2", "Số hóa hồ sơ tiếp nhận", "Sở Thử Nghiệm; Sở Phối Hợp", "", "Hồ sơ", "Tháng 10/2026"),
    ("3", "Báo cáo kiểm soát thủ tục", "Sở Thử Nghiệm", "", "Báo cáo", "Hằng quý"),
    ("4", "Trả lời phản ánh của người dân", "Sở Thử Nghiệm", "", "Trả lời", "Trong 05 ngày làm việc kể từ khi nhận"),
    ("5", "Tuyên truyền trên báo và đài", "Sở Phối Hợp", "", "Tin bài", "Thường xuyên"),
]  # fmt: skip


@pytest.fixture
def plan(world):
    made = approve(world.read(plan_text(ROWS)).code, actor=world.control)
    Plan.objects.filter(pk=made.pk).update(approved_at="2026-01-10T08:00:00+07:00")
    made.refresh_from_db()
    make_turns(date(2026, 8, 1))
    return made


def post(client, task, act, **data):
    return client.post(reverse("plans:act", args=[task.code, act]), data)


def api(client, method, address, data=None):
    return client.generic(method, f"/api/v1{address}", json.dumps(data or {}), content_type="application/json")


def done(world, task, unit, who, day=date(2026, 3, 1), grade=""):
    following.report_completion(
        task.code, unit=world.units[unit], on_day=day, note="", evidence=LINK, actor=getattr(world, who)
    )
    following.accept(task.code, unit=world.units[unit], actor=world.control, grade=grade)


def test_task_is_given_shared_and_taken_over_its_page(client, world, plan):
    task = world.row(plan, "2")
    client.force_login(world.control)
    assert "Sở Phối Hợp" in client.get(reverse("plans:give", args=[task.code])).content.decode()
    assert post(client, task, "giao-don-vi", unit="T.10", role="help", share="").status_code == 302
    assert post(client, task, "giao-don-vi", unit="T.01", role="lead", share="101").status_code == 422
    assert post(client, task, "giao-don-vi", unit="T.01", role="lead", share="60").status_code == 302
    assert post(client, task, "nguon", assigner="government", assigned_in="NQ 1/NQ-CP").status_code == 302
    assert post(client, task, "bo-giao", unit="T.10").status_code == 302
    client.force_login(world.head)
    assert post(client, task, "nguoi", unit="T.01", person=world.specialist.code).status_code == 302
    assert post(client, task, "nguoi", unit="T.01", person=world.partner.code).status_code == 422
    assert post(client, task, "giao-don-vi", unit="T.10", role="lead").status_code == 422
    part = Assignment.objects.get(task=task, unit=world.units["T.01"])
    assert (part.share, part.person, task.assignments.count()) == (60, world.specialist, 2)
    assert "Chính phủ" in client.get(reverse("plans:task", args=[task.code])).content.decode()


def test_turn_travels_over_the_page_of_its_task(client, world, plan):
    task = world.row(plan, "3")
    client.force_login(world.specialist)
    page = client.get(reverse("plans:task", args=[task.code])).content.decode()
    assert "quý II/2026" in page and "Quá hạn" in page
    told = {"unit": "T.01", "on_day": "30/06/2026", "link": "https://example.org", "turn": "2026-Q2"}
    assert post(client, task, "hoan-thanh", **told).status_code == 302
    assert post(client, task, "hoan-thanh", **told).status_code == 422
    client.force_login(world.control)
    assert "quý II/2026" in client.get(reverse("plans:task", args=[task.code])).content.decode()
    assert "Sở Thử Nghiệm" in client.get(reverse("plans:tasks") + "?nhom=cho-xac-nhan").content.decode()
    assert post(client, task, "xac-nhan", unit="T.01", turn="2026-Q2", grade="bad").status_code == 422
    assert post(client, task, "xac-nhan", unit="T.01", turn="2026-Q2", grade="good").status_code == 302
    assert Occurrence.objects.get(key="2026-Q2").grade == "good"


def test_event_cycle_and_past_turns_have_forms(client, world, plan):
    client.force_login(world.specialist)
    task = world.row(plan, "4")
    assert post(client, task, "phat-sinh", unit="T.01", starts_on="05/03/2026", note="Phiếu 7").status_code == 302
    assert post(client, task, "phat-sinh", unit="T.01", starts_on="05/03/2026").status_code == 422
    client.force_login(world.control)
    assert post(client, world.row(plan, "5"), "chu-ky", every="quarter", day="18").status_code == 302
    assert post(client, world.row(plan, "5"), "ky-da-qua").status_code == 302
    assert post(client, world.row(plan, "1"), "chu-ky", every="quarter").status_code == 422
    assert Occurrence.objects.filter(assignment__task=world.row(plan, "5"), key="2026-Q1").exists()


def test_later_day_is_asked_and_answered_over_the_pages(client, world, plan):
    task = world.row(plan, "2")
    client.force_login(world.specialist)
    assert post(client, task, "xin-gia-han", unit="T.01", new_due_on="1/1/2026", reason="x").status_code == 422
    assert post(client, task, "xin-gia-han", unit="T.01", new_due_on="15/12/2026", reason="Chờ").status_code == 302
    client.force_login(world.control)
    assert "15/12/2026" in client.get(reverse("plans:tasks") + "?nhom=gia-han").content.decode()
    assert post(client, task, "khong-gia-han", unit="T.01", answer="").status_code == 422
    assert post(client, task, "dong-y-gia-han", unit="T.01", due_on="10/12/2026").status_code == 302
    assert Task.objects.get(pk=task.pk).due_on == date(2026, 12, 10)


def test_fact_completes_a_task_and_is_shown_as_evidence(client, world, plan):
    task = world.row(plan, "1")
    client.force_login(world.control)
    assert post(client, task, "su-kien", unit="T.00", verb="report.accepted", subject="").status_code == 302
    assert post(client, task, "su-kien", unit="T.00", verb="la.la", subject="").status_code == 422
    assert "Duyệt báo cáo" in client.get(reverse("plans:task", args=[task.code])).content.decode()
    from motcua.plans.subscribers import complete_what_waits_for_it

    fact = Fact.objects.create(
        at="2026-03-02T09:00:00+07:00", actor="", verb="report.accepted", subject="BC-9", unit="T.00", data={}
    )
    fact.refresh_from_db()
    complete_what_waits_for_it(fact)
    assert "report.accepted BC-9" in client.get(reverse("plans:task", args=[task.code])).content.decode()
    assert Task.objects.get(pk=task.pk).done_on == date(2026, 3, 2)


def listed(client, query=""):
    answer = client.get(reverse("plans:tasks") + query)
    assert answer.status_code == 200
    return [(row.part.task.short_code, row.turn.key if row.turn else "") for row in answer.context["rows"]]


def test_list_is_filtered_by_the_database(client, world, plan):
    client.force_login(world.specialist)
    assert sorted(listed(client)) == [("2", ""), ("3", ""), ("4", "")]
    assert sorted(listed(client, "?nhom=tat-ca")) == [("1", ""), ("2", ""), ("3", ""), ("4", "")]
    assert listed(client, "?nhom=tat-ca&status=open_late")[0] == ("1", "")
    assert listed(client, "?q=so+hoa+HO+SO") == [("2", "")]
    assert listed(client, "?han=qua-han") == listed(client, "?status=open_late")
    assert listed(client, "?nguon=government") == []
    assert listed(client, f"?ke_hoach={plan.code}&don_vi=T.01&status=routine") == [("3", "")]
    assert ("3", "2026-Q1") in listed(client, "?nhom=ky")
    assert listed(client, "?nhom=cua-toi") == []
    assert listed(client, "?nhom=khong-co&status=khong-co&q=%00") == listed(client)


def test_leader_of_the_province_sees_the_work_below_apart_from_its_own(client, world, plan):
    client.force_login(world.office)
    assert listed(client) == [("1", "")]
    assert listed(client, "?nhom=cap-duoi") == []


def test_list_is_exported_as_it_is_filtered(client, world, plan):
    client.force_login(world.specialist)
    answer = client.get(reverse("plans:export_tasks", args=["xlsx"]) + "?q=so+hoa")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert "Số hóa hồ sơ tiếp nhận" in [cell.value for row in sheet.iter_rows() for cell in row]
    assert (
        "Báo cáo kiểm soát"
        not in client.get(reverse("plans:export_tasks", args=["csv"]) + "?q=so+hoa").content.decode()
    )
    assert client.get(reverse("plans:export_tasks", args=["exe"])).status_code == 404


def many(world, plan, count):
    """Add tasks to the plan by hundreds: what a department of a large province has."""
    model = world.row(plan, "2")
    unit = world.units["T.01"]
    known = plan.tasks.count()
    tasks = Task.objects.bulk_create(
        Task(
            plan=plan, code=f"{plan.code}.m{number}", position=number, text=f"Việc số {number}", deadline_kind="date",
            due_on=date(2026, 1, 1) + timedelta(days=number % 365), changed_at=model.changed_at,
        )
        for number in range(known, known + count)
    )  # fmt: skip
    Assignment.objects.bulk_create(
        Assignment(task=task, unit=unit, is_lead=True, origin="chosen", done_on=task.due_on if n % 3 == 0 else None)
        for n, task in enumerate(tasks)
    )


@pytest.mark.parametrize("address", ["?nhom=chu-tri", "?nhom=ky", "?nhom=tat-ca&q=so&han=30-ngay"])
def test_number_of_statements_of_the_list_does_not_grow(client, world, plan, address):
    client.force_login(world.specialist)
    counts = []
    for more in (0, 300):
        many(world, plan, more)
        client.get(reverse("plans:tasks") + address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("plans:tasks") + address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("by", [BY_SOURCE, BY_UNIT, BY_PLAN, BY_GROUP, BY_QUARTER])
def test_statistics_add_up_and_each_number_opens_its_tasks(client, world, plan, by):
    open_turn(
        world.row(plan, "4").code, unit=world.units["T.01"], starts_on=date(2026, 3, 5), note="", actor=world.specialist
    )
    done(world, world.row(plan, "2"), "T.01", "specialist")
    province, day = world.units["T"], date(2026, 8, 1)
    rows, total = statistics(province, day, by)
    assert total.total == sum(total.counts[code] for code in COUNTED) == 6  # rows 1, 2, three quarters, one event
    assert sum(row.total for row in rows) == (7 if by == BY_UNIT else 6)  # row 2 stands in the lines of two units
    client.force_login(world.control)
    page = client.get(reverse("plans:statistics") + f"?theo={by}&den=01/08/2026").context
    for row in (*page["rows"], page["total"]):
        assert row["total"] == sum(cell["number"] for cell in row["cells"])
        assert client.get(row["url"]).context["count"] == row["total"]
        for cell in row["cells"]:
            assert client.get(cell["url"]).context["count"] == cell["number"]


def test_rows_7_and_8_keep_their_identities(world, plan):
    from motcua.indicators.queries import count

    Task.objects.filter(pk=world.row(plan, "2").pk).update(assigner="prime_minister")
    province, first, day = world.units["T"], date(2026, 1, 1), date(2026, 8, 1)
    for assigner, total in (("province", 4), ("government", 1)):
        four = [
            count(f"tasks.{code}", province, first, day, assigner=assigner)
            for code in ("done_on_time", "done_late", "open_in_time", "open_late")
        ]
        assert count("tasks.total", province, first, day, assigner=assigner) == sum(four) == total
    assert count("tasks.total", province, first, day, assigner="prime_minister") == 1
    assert {each.assigner for each in standing(province, day)} == {"province", "prime_minister"}


def test_urging_letter_is_written_previewed_numbered_and_heard(client, world, plan):
    client.force_login(world.control)
    address = reverse("plans:urgings")
    page = client.get(address + f"?plan={plan.code}&soon=10&xem=T.01").content.decode()
    assert "Sở Thử Nghiệm" in page and "quý I/2026" in page
    assert client.post(address, {"plan": "", "soon": "7"}).status_code == 422
    answer = client.post(address, {"unit": "T.01", "plan": plan.code, "soon": "7"})
    urging = Urging.objects.get()
    assert answer.url == reverse("plans:urging", args=[urging.code])
    assert urging.late == len(urging.tasks) > 0
    assert "V/v" in letter_text(client, urging) and "Sở Thử Nghiệm" in letter_text(client, urging)
    pdf = client.get(reverse("plans:urging_file", args=[urging.code, "pdf"]))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    client.force_login(world.head)
    assert client.get(answer.url).status_code == 404  # not sent yet
    client.force_login(world.control)
    act = reverse("plans:urging_act", args=[urging.code, "gui"])
    assert client.post(act, {"number": "", "sent_on": "1/1/2026"}).status_code == 422
    assert client.post(act, {"number": "15/VP", "sent_on": f"{today():%d/%m/%Y}"}).status_code == 302
    assert client.post(reverse("plans:urging_act", args=[urging.code, "bo"])).status_code == 422
    while deliver_due():
        pass
    assert Notice.objects.filter(account=world.head, subject=urging.code).count() == 1
    client.force_login(world.head)
    assert client.get(answer.url).status_code == 200
    client.force_login(world.outsider)
    assert client.get(answer.url).status_code == 404


def letter_text(client, urging):
    from docx import Document

    answer = client.get(reverse("plans:urging_file", args=[urging.code, "docx"]))
    document = Document(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_all_late_units_are_urged_at_once_and_a_letter_can_be_dropped(client, world, plan):
    client.force_login(world.control)
    assert client.post(reverse("plans:urgings"), {"all": "1", "plan": "", "soon": "0"}).status_code == 302
    assert {urging.unit.code for urging in Urging.objects.all()} == {"T.00", "T.01", "T.02"}
    assert client.post(reverse("plans:urging_act", args=[Urging.objects.first().code, "bo"])).status_code == 302
    assert Urging.objects.count() == 2


def test_who_accepts_nothing_urges_nobody(client, world, plan):
    client.force_login(world.specialist)
    assert client.get(reverse("plans:urgings")).status_code == 200
    assert client.post(reverse("plans:urgings"), {"all": "1", "soon": "0"}).status_code == 404
    from motcua.base.refusal import Refused

    with pytest.raises(Refused):
        urge(units=[], actor=world.specialist)


def test_report_of_a_quarter_says_what_the_pages_say(client, world, plan):
    done(world, world.row(plan, "1"), "T.00", "office")
    following.report_progress(
        world.row(plan, "2").code, unit=world.units["T.01"], percent=40, note="Thiếu máy quét", actor=world.specialist
    )
    made = report_of(plan, "2026-Q1")
    assert (made.day, made.done, len(made.rows), made.rate) == (date(2026, 3, 31), 1, 5, 20.0)
    assert made.counts["open_in_time"] == 1 and made.turns.total() == 1
    client.force_login(world.control)
    address = reverse("plans:report", args=[plan.code])
    assert "1/5" in client.get(address + "?quy=2026-Q1").content.decode()
    assert client.get(address + "?quy=2031-Q1").status_code == 404
    assert quarters_of(plan)[-1] == "2026-Q1"
    answer = client.post(
        reverse("plans:report_file", args=[plan.code, "docx"]), {"quy": "2026-Q1", "de_xuat": "Bổ sung máy quét"}
    )
    from docx import Document

    document = Document(io.BytesIO(answer.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "đã hoàn thành 1 nhiệm vụ, đạt 20%" in text and "Bổ sung máy quét" in text
    assert client.post(reverse("plans:report_file", args=[plan.code, "pdf"]), {"quy": ""}).content.startswith(b"%PDF")


def test_completion_rate_of_ten_of_twelve(world, plan):
    """PL1-2 of the real report: 83,33 %."""
    plan.tasks.all().update(is_dropped=True)
    model = plan.tasks.first()
    Task.objects.bulk_create(
        Task(
            plan=plan, code=f"{plan.code}.x{n}", position=n, text="Việc", deadline_kind="date", due_on=plan.last_day,
            changed_at=model.changed_at, done_on=date(2026, 2, 1) if n < 10 else None,
        )
        for n in range(12)
    )  # fmt: skip
    assert report_of(plan, "2026-Q1").rate == 83.33


def test_merits_of_a_year_rank_by_grade_and_time(client, world, plan):
    done(world, world.row(plan, "2"), "T.01", "specialist", grade="excellent")
    done(world, world.row(plan, "2"), "T.02", "partner", day=date(2026, 11, 20), grade="poor")
    units, people = merits([world.units["T"].path], 2026)
    assert [(merit.name, merit.done, merit.on_time) for merit in units] == [
        ("Sở Thử Nghiệm", 1, 1),
        ("Sở Phối Hợp", 1, 0),
    ]
    assert people == []
    client.force_login(world.control)
    assert "Sở Phối Hợp" in client.get(reverse("plans:merits") + "?nam=2026").content.decode()
    answer = client.get(reverse("plans:merits_file", args=["xlsx"]) + "?nam=2026")
    cells = [cell.value for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row]
    assert world.row(plan, "2").code in cells
    client.force_login(world.specialist)
    assert client.get(reverse("plans:merits")).status_code == 404


@pytest.mark.parametrize("page", ["statistics", "urgings", "merits"])
def test_pages_of_work_are_closed_to_citizens(client, world, plan, page):
    client.force_login(world.citizen)
    assert client.get(reverse(f"plans:{page}")).status_code == 404


def test_api_walks_the_work_on_a_task(client, world, plan):
    code = world.row(plan, "2").code
    client.force_login(world.control)
    given = api(client, "POST", f"/tasks/{code}/assignments", {"unit": "T.10", "is_lead": False, "share": 10})
    assert [part["unit"] for part in given.json()["parts"]] == ["T.01", "T.02", "T.10"]
    assert len(api(client, "POST", f"/tasks/{code}/unassign", {"unit": "T.10"}).json()["parts"]) == 2
    source = {"assigner": "government", "assigned_in": "NQ 1"}
    assert api(client, "PUT", f"/tasks/{code}/source", source).json()["assigner"] == "government"
    verbs = [each["verb"] for each in client.get("/api/v1/closing-facts").json()]
    assert "report.accepted" in verbs
    binding = {"unit": "T.02", "verb": "report.accepted"}
    assert api(client, "POST", f"/tasks/{code}/bindings", binding).json()["bindings"][0]["unit"] == "T.02"
    assert api(client, "POST", f"/tasks/{code}/unbind", binding).json()["bindings"] == []
    cycle = api(client, "PUT", f"/tasks/{plan.code}.5/cycle", {"every": "month", "day": 20})
    assert cycle.status_code == 200
    client.force_login(world.specialist)
    asked = {"unit": "T.01", "new_due_on": "2026-12-20", "reason": "Chờ"}
    assert api(client, "POST", f"/tasks/{code}/extensions", asked).json()["extensions"][0]["state"] == "asked"
    turn = {"unit": "T.01", "starts_on": "2026-03-05"}
    assert api(client, "POST", f"/tasks/{plan.code}.4/turns", turn).json()["turns"][0]["due_on"] == "2026-03-12"
    client.force_login(world.head)
    person = {"unit": "T.01", "person": world.specialist.code}
    assert api(client, "PUT", f"/tasks/{code}/person", person).json()["parts"][0]["person"] == world.specialist.code
    assert api(client, "PUT", f"/tasks/{code}/person", {"unit": "T.01", "person": "A0"}).status_code == 404
    client.force_login(world.control)
    answered = api(client, "POST", f"/tasks/{code}/extensions/answer", {"unit": "T.01", "is_granted": True})
    assert answered.json()["extensions"][0]["state"] == "granted"
    day = {"due_on": "2026-12-25", "note": "QĐ"}
    assert api(client, "POST", f"/tasks/{code}/last-day", day).json()["due_on"] == "2026-12-25"
    statistics_line = client.get("/api/v1/task-statistics?unit=T&by=source&on_day=2026-08-01").json()[-1]
    assert statistics_line["total"] == sum(statistics_line[code] for code in COUNTED)
    assert client.get("/api/v1/task-statistics?unit=T&by=nonsense").status_code == 404
    written = api(client, "POST", "/urgings", {"units": ["T.01"], "plan": plan.code}).json()
    sent = api(client, "POST", f"/urgings/{written[0]['code']}/sent", {"number": "1/VP", "sent_on": str(today())})
    assert sent.json()["number"] == "1/VP"
    client.force_login(world.specialist)
    assert [each["code"] for each in client.get("/api/v1/urgings").json()] == [written[0]["code"]]
    assert {each["turn"] for each in client.get("/api/v1/work?turns=true").json()} >= {"2026-Q1", "2026-03-05"}
    assert [each["task"] for each in client.get("/api/v1/work?text=so+hoa").json()] == [code]
    assert api(client, "POST", "/urgings", {}).status_code == 404


def test_api_reports_and_gives_back_a_turn(client, world, plan):
    code = world.row(plan, "3").code
    client.force_login(world.specialist)
    told = {"unit": "T.01", "on_day": "2026-03-20", "link": "https://example.org", "turn": "2026-Q1"}
    assert api(client, "POST", f"/tasks/{code}/completion", told).status_code == 200
    client.force_login(world.control)
    back = {"unit": "T.01", "note": "Thiếu", "turn": "2026-Q1"}
    assert api(client, "POST", f"/tasks/{code}/return", back).status_code == 200
    turns = client.get(f"/api/v1/tasks/{code}/work").json()["turns"]
    assert [turn["reported_on"] for turn in turns if turn["key"] == "2026-Q1"] == [None]
