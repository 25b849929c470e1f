"""Uploading and reading a document."""

from contextlib import suppress
from dataclasses import replace

import pytest

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.plans.actions import intake as intakes
from motcua.plans.factories import ROWS, plan_text
from motcua.plans.models import Plan, PlanTarget
from motcua.plans.rules.reader import read_plan


def test_rows_are_what_the_reader_read(world):
    read = read_plan(plan_text(), "x.txt")
    plan = world.read()
    assert [
        (task.short_code, task.text, task.lead, task.coordinating, task.deadline_kind, task.due_on, task.line_start)
        for task in plan.tasks.order_by("position")
    ] == [
        (each.id, each.text, each.lead, each.coordinating, each.deadline.kind, each.deadline.due_on, each.line_start)
        for each in read.tasks
    ]
    assert plan.lines == plan_text().decode().splitlines()
    assert [(each.value, each.unit) for each in PlanTarget.objects.all()] == [(50, "%")]


def test_plan_belongs_to_its_issuer_and_is_a_draft(world, draft):
    assert (draft.code, draft.unit.code, draft.holder.code, draft.state, draft.assigner, draft.year) == (
        "KH-12-KH-UBND-2026", "T", "T", "draft", "province", 2026,
    )  # fmt: skip


def test_names_become_units_and_the_unknown_stays_open(world, draft):
    leads = {
        task.number: sorted(part.unit.code for part in task.assignments.filter(is_lead=True))
        for task in draft.tasks.all()
    }
    assert leads == {"1": ["T.00"], "2": ["T.01", "T.02"], "3": [], "4": ["T.02"]}
    assert world.row(draft, "3").unresolved == ["Báo Thử Nghiệm"]


def test_document_of_the_same_number_gets_another_code(world, draft):
    assert world.read(plan_text(ROWS[:2])).code == f"{draft.code}-2"


def test_reading_is_a_fact_without_text(world, draft):
    fact = Fact.objects.get(verb="plan.read")
    assert (fact.subject, fact.actor, fact.data["tasks"]) == (draft.code, world.control.code, len(ROWS))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"\x00\x01\x02"),
        ("a.txt", "Chỉ có lời, không có bảng.".encode()),
        ("a.txt", "K\xd5 ho\xa1ch".encode("latin-1")),
        ("a.pdf", b"%PDF-1.4 not really"),
        ("a.docx", b"PK\x03\x04 not really"),
        ("a.exe", b"MZ"),
        ("a.txt", b""),
        ("a.xlsx", b"PK\x03\x04"),
    ],
)
def test_unreadable_file_writes_no_plan(world, name, content):
    with suppress(Refused):  # at the door already
        assert world.take(content or b"\n", name=name).state == "failed"
    assert Plan.objects.count() == 0


def test_file_that_is_too_large_is_refused(world, monkeypatch):
    monkeypatch.setattr(intakes, "POLICY", replace(intakes.POLICY, most_bytes=10))
    with pytest.raises(Refused, match="quá lớn"):
        world.read()


def test_hostile_texts_are_kept_as_text(world):
    rows = [
        (
            "1",
            "<script>alert(1)</script> làm việc {{ x }}",
            "Văn phòng UBND tỉnh",
            "",
            "=cmd|' /C calc'!A0",
            "31/12/2026",
        )
    ]
    plan = world.read(plan_text(rows))
    assert plan.tasks.get().text == "<script>alert(1)</script> làm việc {{ x }}"
