"""A form out of a template: rows recognised, rules read, contradictions named; published and reported."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from motcua.base.refusal import Refused
from motcua.reports.actions.own_forms import draft_form, next_version, publish_form, write_form
from motcua.reports.actions.writing import Entry, fill, open_report
from motcua.reports.forms_in_use import newer_forms
from motcua.reports.models import OwnForm, Report
from motcua.reports.queries import checked
from motcua.reports.rules.form_making import made_form, recognised
from motcua.reports.rules.periods import ReportPeriod

LINES = [
    ["SỞ THỬ"], ["", "Biểu thử"], ["TT", "Nội dung", "Đơn vị tính", "Số liệu"], ["(1)", "(2)", "(3)", "(4)"],
    ["I", "Hồ sơ", "", ""], ["I.1", "Tiếp nhận", "Hồ sơ", ""], ["I.2", "Đúng hạn", "Hồ sơ", ""],
    ["II", "Tỷ lệ đúng hạn", "%", ""], ["Ghi chú: tính đến ngày chốt"],
]  # fmt: skip
ROWS = [
    "I | Hồ sơ |  | group", "I.1 | Tiếp nhận | Hồ sơ | number", "I.2 | Đúng hạn | Hồ sơ | number",
    "II | Tỷ lệ đúng hạn | % | percent",
]  # fmt: skip
RULES = "[II] := [I.2] / [I.1] * 100\n[I.2] <= [I.1]"


def made(rows=ROWS, rules=RULES):
    return made_form(
        code="own-100", appendix=100, title="Thử", regime="decree-09", valid_from="2026-01-01",
        rows="\n".join(rows), rules=rules,
    )[1]  # fmt: skip


def test_rows_of_a_template_are_recognised():
    assert recognised(LINES) == ROWS


@pytest.mark.parametrize("lines", [[], [["a", "b"]], [["TT", "Nội dung"]], [["TT", "Nội dung"], ["", "x"]]])
def test_template_without_a_table_is_refused(lines):
    with pytest.raises(Refused, match="dòng"):
        recognised(lines)


def test_rules_make_formulas_and_relations():
    form = made()
    assert form.rows["II"].formula is not None
    assert [relation.rule for relation in form.relations] == ["K02", "K02"]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("[I.2] < [I.1]\n[I.1] <= [I.2]", "trái với"),
        ("[I.2] = [I.1]\n[I.2] != [I.1]", "trái với"),
        ("[I.2] <= [9]", "9"),
        ("[II] := [II] + 1", "quay vòng"),
        ("[II] := [I.1]\n[II] := [I.2]", "đã có công thức"),
        ("[I] := [I.1]", "không phải dòng số"),
        ("[I.1] + [I.2]", "so sánh"),
        ("__import__('os')", "ký tự lạ"),
    ],
)
def test_rule_that_cannot_stand_is_refused_and_quoted(rules, words):
    with pytest.raises(Refused, match=words):
        made(rules=rules)


def test_rules_that_narrow_each_other_stand():
    assert len(made(rules="[I.2] <= [I.1]\n[I.2] != [I.1]").relations) == 2


@pytest.mark.parametrize(
    "row", ["I.1 | Tiếp nhận | Hồ sơ", "I.1 | x | y | picture", " | a | b | number", "I.1 |  | b | number"]
)
def test_row_that_cannot_be_read_is_quoted(row):
    with pytest.raises(Refused, match="phải có dạng"):
        made(rows=[row], rules="")


def _published(actor, valid_from=date(2026, 1, 1)):
    own = draft_form("Biểu thử", regime="decree-09", lines=LINES, actor=actor)
    write_form(own.pk, title="Biểu thử", valid_from=valid_from, rows="\n".join(ROWS), rules=RULES, actor=actor)
    return publish_form(own.pk, actor=actor)


@pytest.mark.django_db
def test_published_form_is_reported_and_its_rules_hold(cast):
    own = _published(cast.control)
    report = open_report(unit=cast.unit, period=ReportPeriod.parse("2026Q3"), regime="decree-09", actor=cast.specialist)
    fill(report.code, {(own.appendix, "I.1"): Entry("4"), (own.appendix, "I.2"): Entry("5")}, actor=cast.specialist)
    seen = checked(report)
    assert [(each.rule, each.where.row) for each in seen.errors] == [("K02", "I.2")]
    assert {row.row.code: row.shown for row in seen.sheets[0].rows}["II"] == "125"


@pytest.mark.django_db
def test_version_within_the_period_leaves_the_open_report_as_it_is(cast):
    own = _published(cast.control)
    report = open_report(unit=cast.unit, period=ReportPeriod.parse("2026Q3"), regime="decree-09", actor=cast.specialist)
    fill(report.code, {(own.appendix, "I.1"): Entry("4")}, actor=cast.specialist)
    newer = next_version(own.pk, valid_from=date(2026, 8, 1), actor=cast.control)
    write_form(newer.pk, title="Biểu thử", valid_from=date(2026, 8, 1), rows=ROWS[2], rules="", actor=cast.control)
    publish_form(newer.pk, actor=cast.control)
    assert [(old.valid_from, new.valid_from) for old, new in newer_forms(report)] == [
        (date(2026, 1, 1), date(2026, 8, 1))
    ]
    assert {row.row.code: row.shown for row in checked(report).sheets[0].rows}["I.1"] == "4"
    later = open_report(unit=cast.unit, period=ReportPeriod.parse("2026M10"), regime="decree-09", actor=cast.specialist)
    assert list(checked(later).sheets[0].form.rows) == ["I.2"]
    with pytest.raises(Refused, match="đã ban hành"):
        write_form(own.pk, title="x", valid_from=date(2026, 1, 1), rows=ROWS[2], rules="", actor=cast.control)


@pytest.mark.django_db
def test_officer_makes_a_form_from_a_workbook_on_the_pages(client, cast):
    book, kept = Workbook(), BytesIO()
    for line in LINES:
        book.active.append(line)
    book.save(kept)
    client.force_login(cast.control)
    upload = SimpleUploadedFile("bieu.xlsx", kept.getvalue())
    data = {"title": "Biểu thử", "regime": "decree-09", "file": upload}
    assert client.post(reverse("reports:own_forms"), data).status_code == 302
    own = OwnForm.objects.get()
    assert own.data["typed"]["rows"] == "\n".join(ROWS)
    page = reverse("reports:own_form", args=[own.pk])
    written = {"title": "Biểu thử", "valid_from": "01/01/2026", "rows": "\n".join(ROWS), "rules": RULES}
    assert client.post(page, {**written, "rules": "[I.2] <= [9]"}).status_code == 422
    assert client.post(page, written).status_code == 302
    tried = client.post(page, {"try": "1", "t:I.1": "4", "t:I.2": "5"}).content.decode()
    assert "125" in tried and "K02" in tried
    assert client.post(reverse("reports:own_form_act", args=[own.pk, "ban-hanh"])).status_code == 302
    assert client.get(page).status_code == 200
    again = {"valid_from": "01/12/2026"}
    assert client.post(reverse("reports:own_form_act", args=[own.pk, "phien-ban"]), again).status_code == 302
    assert OwnForm.objects.count() == 2
    assert client.get(reverse("reports:own_forms")).status_code == 200
    assert not Report.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"x", b"PK\x03\x04hong", b""])
def test_file_that_is_no_workbook_is_an_error_in_place(client, cast, content):
    client.force_login(cast.control)
    data = {"title": "A", "regime": "cchc", "file": SimpleUploadedFile("a.xlsx", content)}
    assert client.post(reverse("reports:own_forms"), data).status_code == 422


@pytest.mark.django_db
def test_specialist_makes_no_forms(client, cast):
    client.force_login(cast.specialist)
    assert client.get(reverse("reports:own_forms")).status_code == 404
    with pytest.raises(Refused, match="kiểm soát"):
        draft_form("Biểu", regime="cchc", lines=LINES, actor=cast.specialist)
