"""Finding a plan among many, empty lists, documents that came before, files with macros; the API in the docs."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document

import motcua
from motcua.plans.factories import plan_text

pytestmark = pytest.mark.django_db
PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def docm():
    """Return a Word document with a table of one task and with a part of macros."""
    made, plain, out = Document(), io.BytesIO(), io.BytesIO()
    made.add_paragraph("KẾ HOẠCH")
    table = made.add_table(2, 3)
    for row, texts in enumerate(
        [("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì"), ("1", "Số hóa hồ sơ", "Sở Thử Nghiệm")]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    made.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(PARTS.encode(), WITH_MACROS.encode()) if "Types" in name else content)
        target.writestr("word/vbaProject.bin", b"macros")
    return out.getvalue()


def names_in(page):
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]+)</a>', page.content.decode())


def test_plans_are_found_by_words_year_and_state(client, world, plan):
    world.read(plan_text(number="77/KH-UBND"))
    client.force_login(world.control)
    address = reverse("plans:plans")
    assert len(names_in(client.get(address))) == 2
    assert names_in(client.get(f"{address}?q=ke hoach 77")) == ["Kế hoạch 77/KH-UBND"]
    assert names_in(client.get(f"{address}?q=kiem soat thu tuc&trang_thai=approved")) == [plan.name]
    assert names_in(client.get(f"{address}?nam=2026&trang_thai=draft")) == ["Kế hoạch 77/KH-UBND"]
    assert len(names_in(client.get(f"{address}?nam=mai&trang_thai=x"))) == 2  # what cannot be read narrows nothing


def test_plans_beyond_a_page_stay_reachable(client, world, plan, django_assert_max_num_queries):
    for number in range(60):
        plan.pk, plan.code, plan.number = None, f"KH-X-{number}", f"{number}/KH"
        plan.save(force_insert=True)
    client.force_login(world.control)
    with django_assert_max_num_queries(40):
        assert len(names_in(client.get(reverse("plans:plans")))) == 50
    assert len(names_in(client.get(f"{reverse('plans:plans')}?page=2"))) == 11
    assert len(names_in(client.get(f"{reverse('plans:public')}?page=2"))) == 11


@pytest.mark.parametrize(
    "address",
    [
        "/nhiem-vu/?q=zzz",
        "/nhiem-vu/?nhom=gia-han",
        "/nhiem-vu/thi-dua?nam=2024",
        "/ke-hoach/?q=zzz",
        "/nhiem-vu/don-doc",
    ],
)
def test_empty_list_says_so(client, world, address):
    client.force_login(world.control)
    page = client.get(address).content.decode()
    assert "mc-empty" in page and ">True<" not in re.sub(r"\s+", "", page)


def test_same_document_is_said_not_refused(client, world, draft):
    again = world.take(plan_text() + b"\n")
    client.force_login(world.control)
    for address in (reverse("plans:intake", args=[again.code]), reverse("plans:review", args=[again.plan.code])):
        assert draft.code in client.get(address).content.decode()


def test_macros_are_read_past_and_said(client, world):
    kept = world.take(docm(), name="ke-hoach.docm")
    assert (kept.state, kept.plan.tasks.count()) == ("read", 1)
    client.force_login(world.control)
    assert "macro không được chạy" in client.get(reverse("plans:intake", args=[kept.code])).content.decode()
    file = client.get(reverse("plans:source_file", args=[kept.plan.code]))
    assert file["Content-Disposition"].startswith("attachment")
    file.close()


def test_field_that_is_saved_brings_undo_with_it(client, world, draft):
    client.force_login(world.control)
    row = world.row(draft, "1")
    fields = ("text", "product", "lead_text", "coordinating_text", "number", "deadline_text")
    told = {name: getattr(row, name) for name in fields} | {"dong": "1", "text": "Việc khác"}
    answer = client.post(f"/ke-hoach/{draft.code}/duyet/tu-luu", told, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "Đã lưu" in page and 'id="review-undo" hx-swap-oob="true"' in page and "hoan-tac" in page


def test_docs_name_every_operation():
    root = Path(motcua.__file__).parent
    page = root.parents[1] / "docs" / "plan.md"
    made = {
        name
        for file in (root / "plans" / "api").glob("*.py")
        for name in re.findall(r'operation_id="(\w+)"', file.read_text("utf-8"))
    }
    assert made - set(re.findall(r"`(\w+)`", page.read_text("utf-8"))) == set()
