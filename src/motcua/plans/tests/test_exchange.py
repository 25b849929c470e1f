"""A plan out of the house and back: sheets compared before they change anything, documents, calendars, open data."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from motcua.base.models import Fact
from motcua.documents.rendering.pdf import to_pdf
from motcua.documents.rendering.word import to_docx
from motcua.plans.actions.approving import approve
from motcua.plans.actions.assigning import name_person
from motcua.plans.actions.correcting import check_task
from motcua.plans.actions.undoing import undo
from motcua.plans.rendering.official import plan_document
from motcua.plans.rules.reader import understand
from motcua.plans.rules.relating.task_sheet import compare, read_json, read_sheet
from motcua.plans.seed import DATA
from motcua.plans.tests.gold import shared
from motcua.reading.reader import read

pytestmark = pytest.mark.django_db
FIELDS = ("number", "text", "product", "lead_text", "coordinating_text", "deadline_text", "section_path")
LONG = {"number": 40, "text": 8000, "product": 100, "lead_text": 100, "coordinating_text": 100, "deadline_text": 500}


def real_documents():
    """Return the five seeds, which stand beside the checkout, and two made documents of other shapes."""
    beside, made = shared(), Path(__file__).resolve().parents[4] / "bench" / "plan_documents" / "dev"
    seeds = sorted((beside / "seeds").glob("*.txt")) if beside else []
    return seeds + [made / name for name in ("d05_de_an_06.xlsx", "d02_kiem_soat_so.html") if (made / name).is_file()]


def fetch(client, plan, file_format, query=""):
    return client.get(reverse("plans:export", args=[plan.code, file_format]) + query)


def rows_of(tasks):
    return [tuple(getattr(task, name) for name in FIELDS) for task in tasks]


def read_again(content, name):
    """Return the rows that our own reader finds in a document."""
    found = understand(read(content, name)).tasks
    return [
        (
            task.number, task.text, task.product, task.lead_raw or "; ".join(task.lead),
            task.coordinating_raw or "; ".join(task.coordinating), task.deadline_text, task.section_path,
        )
        for task in found
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["ha_tinh_2022.txt", "thach_chau_2023.txt", None])
@pytest.mark.parametrize(("file_format", "render"), [("docx", to_docx), ("pdf", to_pdf)])
def test_document_reads_back_to_the_same_rows(world, source, file_format, render):
    plan = world.read((DATA / source).read_bytes() if source else b"")
    tasks = list(plan.tasks.order_by("position"))
    document = plan_document(plan, tasks)
    assert read_again(render(document), f"x.{file_format}") == rows_of(tasks)


@pytest.mark.parametrize("source", real_documents(), ids=lambda source: source.stem)
def test_every_document_at_hand_comes_back(world, source):
    plan = world.read(source.read_bytes(), name=source.name)
    tasks = list(plan.tasks.order_by("position"))
    wanted, document = rows_of(tasks), plan_document(plan, tasks)
    assert read_again(to_docx(document), "x.docx") == wanted
    assert read_again(to_pdf(document), "x.pdf") == wanted


def edited(content, change):
    """Return the workbook with ``change`` called on its sheet and the row number of its headings."""
    book = load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    head = next(row for row in range(1, 20) if page.cell(row, 2).value == "Mã")
    change(page, head)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(client, plan, content, name="sua.xlsx"):
    return client.post(reverse("plans:import", args=[plan.code]), {"file": SimpleUploadedFile(name, content)})


def test_unchanged_sheet_changes_nothing(client, world, draft):
    client.force_login(world.control)
    for file_format in ("xlsx", "json"):
        answer = send(client, draft, fetch(client, draft, file_format).content, f"a.{file_format}")
        assert "giống hệt" in answer.content.decode()


def test_edited_sheet_is_shown_then_put_in_then_undone(client, world, draft):
    client.force_login(world.control)
    rows = {task.short_code: task.position for task in draft.tasks.all()}

    def change(page, head):
        by_code = {page.cell(row, 2).value: row for row in range(head + 1, page.max_row + 1)}
        page.cell(by_code["1"], 4).value = "Ban hành kế hoạch rà soát, bản sửa"
        page.cell(by_code["4"], 9).value = date(2026, 9, 30)
        page.delete_rows(by_code["3"])
        page.append([None, None, "5", "Việc thêm trong bảng tính", "", "Sở Thử Nghiệm", "", "30/6/2026"])

    sheet = edited(fetch(client, draft, "xlsx").content, change)
    before = list(draft.tasks.order_by("position").values_list("text", "due_on", "is_dropped"))
    page = send(client, draft, sheet)
    shown = page.content.decode()
    assert "bản sửa" in shown and "Việc thêm trong bảng tính" in shown and page.status_code == 200
    assert list(draft.tasks.order_by("position").values_list("text", "due_on", "is_dropped")) == before
    told = page.context["told"]
    answer = client.post(reverse("plans:import", args=[draft.code]), {"told": told, "bo": "1"})
    assert answer.url == reverse("plans:review", args=[draft.code])
    assert world.row(draft, "1").text == "Ban hành kế hoạch rà soát, bản sửa"
    assert world.row(draft, "4").due_on == date(2026, 9, 30)
    assert world.row(draft, "5").due_on == date(2026, 6, 30)
    assert draft.tasks.filter(is_dropped=True).count() == 1
    assert Fact.objects.get(verb="plan.rows_imported").data == {"changed": 2, "added": 1, "dropped": 1}
    undo(draft.code, actor=world.control)
    assert list(draft.tasks.order_by("position").values_list("text", "due_on", "is_dropped")) == before
    assert {task.short_code: task.position for task in draft.tasks.all()} == rows


def test_difference_that_is_old_or_forged_is_not_put_in(client, world, draft):
    client.force_login(world.control)
    sheet = edited(fetch(client, draft, "xlsx").content, lambda page, head: page.cell(head + 1, 4, "Khác"))
    told = send(client, draft, sheet).context["told"]
    check_task(world.row(draft, "1").code, actor=world.control)
    address = reverse("plans:import", args=[draft.code])
    assert client.post(address, {"told": told}).url == address
    assert not draft.tasks.filter(text="Khác").exists()
    assert client.post(address, {"told": told + "x"}).status_code == 404


def test_every_wrong_cell_is_named(client, world, draft):
    client.force_login(world.control)

    def change(page, head):
        page.cell(head + 1, 2).value = "KHONG-CO"
        page.cell(head + 2, 4).value = None
        page.cell(head + 3, 9).value = "ngày mai"

    answer = send(client, draft, edited(fetch(client, draft, "xlsx").content, change))
    assert answer.status_code == 422 and len(answer.context["errors"]) == 3
    assert {each.cell[0] for each in answer.context["errors"]} == {"B", "D", "I"}
    assert "KHONG-CO" in answer.content.decode() and answer.context["told"] == ""


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"{}", b'{"tasks": 1}', b"[" * 100_000])
def test_file_that_is_no_sheet_is_an_error_not_a_fall(content):
    assert read_sheet(content).errors and read_json(content).errors


def test_repeated_code_and_long_text_are_errors():
    tasks = [{"code": "1", "text": "a"}, {"code": "1", "text": "b"}, {"code": "2", "text": "x" * 8001}]
    rows = [(code, dict.fromkeys(LONG, ""), None) for code in ("1", "2")]
    found = compare(read_json(json.dumps({"tasks": tasks}).encode()), rows, LONG)
    assert [each.cell for each in found.errors] == ["tasks[1].code", "tasks[2].text"]


def test_export_of_the_page_keeps_its_filter(client, world, plan):
    client.force_login(world.control)
    told = json.loads(fetch(client, plan, "json", "?q=so hoa").content)
    assert [task["code"] for task in told["tasks"]] == ["2"]
    events = Calendar.from_ical(fetch(client, plan, "ics").content).events
    assert {str(event["dtstart"].dt) for event in events} == {
        task.due_on.isoformat() for task in plan.tasks.filter(due_on__isnull=False).exclude(deadline_kind="ongoing")
    }
    for file_format in ("docx", "pdf"):
        assert fetch(client, plan, file_format).status_code == 200
    assert fetch(client, plan, "exe").status_code == 404


def test_calendar_opens_by_its_token_alone_and_shows_the_units_tasks(client, world, plan):
    client.force_login(world.specialist)
    page = client.post(reverse("plans:calendar"))
    address = page.context["address"]
    client.logout()
    feed = client.get(address)
    events = Calendar.from_ical(feed.content).events
    assert feed["Content-Type"].startswith("text/calendar") and len(events) == 2
    assert not Calendar.from_ical(client.get(f"{address}?cua=toi").content).events
    name_person(world.row(plan, "2").code, unit=world.units["T.01"], person=world.specialist, actor=world.head)
    assert len(Calendar.from_ical(client.get(f"{address}?cua=toi").content).events) == 1
    client.force_login(world.specialist)
    client.post(reverse("plans:calendar"))
    client.logout()
    assert client.get(address).status_code == 404
    assert client.get(reverse("plans:calendar_feed", args=["x" * 50])).status_code == 404


def test_progress_of_a_published_plan_is_public_and_names_nobody(client, world, draft):
    addresses = [
        reverse("plans:progress", args=[draft.code]),
        *(reverse("plans:open_data", args=[draft.code, each]) for each in ("json", "csv")),
    ]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    check_task(world.row(draft, "3").code, actor=world.control)
    approve(draft.code, actor=world.control)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200 and "Người Thử" not in answer.content.decode()
    told = json.loads(client.get(addresses[1]).content)
    assert [task["code"] for task in told["tasks"]] == ["1", "2", "3", "4"]
    assert client.get(reverse("plans:open_data", args=[draft.code, "xml"])).status_code == 404


@pytest.mark.parametrize("view", ["bang", "cot", "lich", "cay", "khong-co"])
def test_every_view_shows_the_same_tasks_to_everybody(client, world, plan, view):
    for account in (None, world.control):
        client.logout()
        if account:
            client.force_login(account)
        page = client.get(reverse("plans:plan", args=[plan.code]) + f"?xem={view}&thang=2026-12&q=số hóa")
        assert page.status_code == 200 and "Số hóa tối thiểu 50%" in page.content.decode()
        assert "Ban hành kế hoạch rà soát" not in page.content.decode()


@pytest.mark.parametrize("month", ["2026-13", "9999-01", "x", "2026-1", "1990-01", "2089-12", "٢٠٢٦-٠١"])
def test_any_month_is_answered(client, plan, month):
    assert client.get(reverse("plans:plan", args=[plan.code]), {"xem": "lich", "thang": month}).status_code == 200
