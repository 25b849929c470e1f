"""A round of reports: opened for all who owe, sent, added up with who is missing and late, returned cell by cell."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.indicators.registry import measures
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account
from motcua.organizations.states import COMMUNE, DEPARTMENT
from motcua.reports.actions.narrating import narrate
from motcua.reports.actions.rounds import consolidate, open_round, set_sending_day
from motcua.reports.actions.sending import accept, acknowledge, return_cells, submit
from motcua.reports.actions.writing import Entry, fill, open_report, set_lines
from motcua.reports.consolidation import parts_of
from motcua.reports.forms_in_use import own_lines
from motcua.reports.measures import MEASURES
from motcua.reports.models import Receipt, Report, ReportCell, ReportVersion
from motcua.reports.obligations import dissolved_units, duties, send_by
from motcua.reports.queries import checked
from motcua.reports.rules.checking import check_report
from motcua.reports.rules.periods import ReportPeriod
from motcua.reports.rules.report_reading import read_report

pytestmark = pytest.mark.django_db
PERIOD = ReportPeriod.parse("2026Q3")


@pytest.fixture
def sent(cast, report):
    fill(report.code, {(1, "2.1"): Entry("12"), (1, "2.2"): Entry("10")}, actor=cast.specialist)
    submit(report.code, actor=cast.leader)
    return report


def _reload(account):
    return Account.objects.get(pk=account.pk)


def test_round_opens_every_report_that_is_owed_once(cast):
    assert open_round("cchc", PERIOD, actor=cast.control) == 4
    assert open_round("cchc", PERIOD, actor=cast.control) == 0
    assert set(Report.objects.values_list("unit__code", flat=True)) == {"P", "P.1", "P.2", "P.3"}


def test_round_is_not_opened_by_a_specialist(cast):
    with pytest.raises(Refused, match="kiểm soát"):
        open_round("cchc", PERIOD, actor=cast.specialist)


@pytest.mark.parametrize(("regime", "period", "words"), [
    ("cchc", "2026Q2", "2026H1"), ("kstt", "2025Q4", "thay thế"), ("resolution-131", "2026", "không có báo cáo"),
])  # fmt: skip
def test_report_for_the_wrong_period_is_refused_and_the_right_one_named(cast, regime, period, words):
    with pytest.raises(Refused, match=words):
        open_report(unit=cast.unit, period=ReportPeriod.parse(period), regime=regime, actor=cast.specialist)
    assert not Report.objects.exists()


def test_board_tells_sent_from_missing(cast, sent):
    states = {duty.unit.code: duty.state for duty in duties("cchc", PERIOD, [cast.top])}
    late = today() > date(2026, 9, 20)
    assert states == {
        "P": "overdue" if late else "not_opened", "P.1": "overdue" if late else "not_opened",
        "P.2": "sent_late" if late else "sent", "P.3": "overdue" if late else "not_opened",
    }  # fmt: skip


def test_sending_day_of_the_province_replaces_the_regimes_from_its_day_on(cast):
    set_sending_day("kstt", level=COMMUNE, day=18, valid_from=date(2026, 7, 1), source="QĐ 1", actor=cast.control)
    assert send_by("kstt", PERIOD, COMMUNE) == date(2026, 9, 18)
    assert send_by("kstt", ReportPeriod.parse("2026Q1"), COMMUNE) == date(2026, 3, 16)
    assert send_by("kstt", PERIOD, DEPARTMENT) == date(2026, 9, 18)
    with pytest.raises(Refused, match="ngày làm việc"):
        set_sending_day("kstt", level="", day=14, valid_from=date(2026, 7, 1), source="QĐ 1", actor=cast.control)


def test_unit_dissolved_in_the_window_is_named(cast):
    gone = establish(code="P.4", name="Sở Cũ", kind=DEPARTMENT, parent=cast.top, valid_from=date(2024, 1, 1), actor="")
    gone.valid_to = date(2026, 8, 1)
    gone.save(update_fields=["valid_to"])
    assert [(unit.code, heirs) for unit, heirs in dissolved_units("cchc", PERIOD, [cast.top])] == [("P.4", [])]
    assert "P.4" not in {duty.unit.code for duty in duties("cchc", PERIOD, [cast.top])}


def test_sending_keeps_a_version_and_asks_receivers_for_a_receipt(cast, sent):
    version = ReportVersion.objects.get(report=sent)
    assert (version.number, version.cells["1"]["2.1"], version.cells["1"]["2"][:4]) == (1, "12", "83,3")
    assert list(Receipt.objects.values_list("unit__code", flat=True)) == ["P"]
    acknowledge(sent.code, actor=cast.control)
    assert Receipt.objects.filter(received_at__isnull=True).count() == 0
    with pytest.raises(Refused, match="không chờ"):
        acknowledge(sent.code, actor=cast.control)


def test_returned_cell_must_be_answered_before_sending_again(cast, sent):
    return_cells(sent.code, {(1, "2.1"): "Kế hoạch có 13 nhiệm vụ"}, actor=cast.control)
    with pytest.raises(Refused, match="1-2.1"):
        submit(sent.code, actor=cast.leader)
    fill(sent.code, {(1, "2.1"): Entry("13")}, actor=cast.specialist)
    submit(sent.code, actor=cast.leader)
    assert [each.cells["1"]["2.1"] for each in sent.versions.order_by("number")] == ["12", "13"]


@pytest.mark.parametrize("cells", [{}, {(1, "99"): "sai"}, {(9, "1"): "sai"}, {(1, "2.1"): " "}])
def test_return_without_a_cell_or_words_is_refused(cast, sent, cells):
    with pytest.raises(Refused):
        return_cells(sent.code, cells, actor=cast.control)


def test_accepted_report_is_reopened_with_trace(cast, sent):
    accept(sent.code, actor=cast.control)
    return_cells(sent.code, {(1, "2.1"): "Xem lại"}, actor=cast.control)
    assert Fact.objects.filter(subject=sent.code, verb="report.cells_returned").count() == 1
    assert Report.objects.get(pk=sent.pk).is_open


def test_consolidation_adds_what_was_sent_and_names_who_is_missing(cast, sent):
    whole = open_report(unit=cast.top, period=PERIOD, regime="cchc", actor=cast.control)
    found = consolidate(whole.code, actor=cast.control)
    assert found.sums[1, "2.1"] == "12"
    assert found.missing == ["Sở Khác", "Văn phòng UBND tỉnh"]
    assert whole.cells.get(appendix=1, row="2.1").summed == "12"
    assert not whole.cells.filter(appendix=1, row="2").exclude(summed="").exists()  # a share is not added
    fill(whole.code, {(1, "2.1"): Entry("20")}, actor=cast.control)
    cell = whole.cells.get(appendix=1, row="2.1")
    assert (cell.value, cell.summed, cell.differs_from_sum) == ("20", "12", True)


def test_lines_are_added_by_what_they_are_called_and_not_by_their_number(cast):
    below = open_report(unit=cast.unit, period=PERIOD, regime="kstt", actor=cast.specialist)
    set_lines(below.code, 6, ["Đất đai", "Hộ tịch", "Lâm nghiệp"], actor=cast.specialist)
    numbers = {line.name: line.code for line in own_lines(Report.objects.get(pk=below.pk))[6]}
    entries = {"Đất đai": "4", "Hộ tịch": "5", "Lâm nghiệp": "7"}
    fill(
        below.code,
        {(6, f"{numbers[name]}.{column}"): Entry(n) for name, n in entries.items() for column in ("4", "8")},
        actor=cast.specialist,
    )
    submit(below.code, actor=cast.leader)
    whole = open_report(unit=cast.top, period=PERIOD, regime="kstt", actor=cast.control)
    assert consolidate(whole.code, actor=cast.control).sums[6, "1.8"] == "16"  # one line for everything takes all
    set_lines(whole.code, 6, ["HỘ  TỊCH", "Đất đai"], actor=cast.control)
    found = consolidate(whole.code, actor=cast.control)
    ours = {line.name: line.code for line in own_lines(Report.objects.get(pk=whole.pk))[6]}
    assert (found.sums[6, f"{ours['HỘ  TỊCH']}.8"], found.sums[6, f"{ours['Đất đai']}.8"]) == ("5", "4")
    assert found.unplaced == ["Sở Thử: Lâm nghiệp (Biểu số II.06a/VPCP/KSTT)"]
    parts = parts_of(Report.objects.get(pk=whole.pk), 6, f"{ours['Đất đai']}.8")
    assert {part.child.name: part.value for part in parts} == {"Sở Thử": "4"}


def test_lines_by_field_measure_by_field_and_keep_their_values(cast):
    found = open_report(unit=cast.unit, period=PERIOD, regime="kstt", actor=cast.specialist)
    set_lines(found.code, 6, ["Đất đai", "Hộ tịch"], actor=cast.specialist)
    fill(found.code, {(6, "2.8"): Entry("4"), (6, "3.8"): Entry("5")}, actor=cast.specialist)
    set_lines(found.code, 6, ["Hộ tịch", "Giáo dục"], actor=cast.specialist)
    found.refresh_from_db()
    sheet = next(each for each in checked(found).sheets if each.form.appendix == 6)
    assert [line.row.name for line, _cells in sheet.lines] == ["Hộ tịch", "Giáo dục", "Tổng số"]
    assert {row.row.code: row.shown for row in sheet.rows}["T.8"] == "5"
    assert ReportCell.objects.get(report=found, appendix=6, row="3.4").lineage["where"] == {
        "channel": "online", "field": "Hộ tịch",
    }  # fmt: skip


def test_received_is_what_is_resolved_and_what_runs_in_every_line(cast):
    found = open_report(unit=cast.unit, period=PERIOD, regime="kstt", actor=cast.specialist)
    fill(found.code, {(6, "1.4"): Entry("10"), (6, "1.8"): Entry("3")}, actor=cast.specialist)
    wrong = [(each.rule, each.where.row) for each in checked(found).findings if each.severity == "error"]
    assert wrong == [("R8.4", "1.3"), ("R8.4", "T.3")]


def test_numbers_of_the_words_follow_their_cells(cast, report):
    fill(report.code, {(1, "2.1"): Entry("12"), (1, "2.2"): Entry("10")}, actor=cast.specialist)
    narrate(report.code, "# I. KẾT QUẢ\nĐã hoàn thành {PL1-2.2} nhiệm vụ; còn 7 đoàn.", actor=cast.specialist)
    from motcua.reports.rendering.official import render

    report.refresh_from_db()
    text = read_report(render(checked(report), "docx"), "a.docx")
    assert any("Đã hoàn thành 10 nhiệm vụ" in line.text for line in text.narrative)


@pytest.mark.parametrize("regime", ["cchc", "kstt", "resolution-131"])
@pytest.mark.parametrize("file_format", ["docx", "xlsx", "pdf", "csv", "json"])
def test_report_of_every_regime_is_exported(client, cast, regime, file_format):
    found = open_report(unit=cast.unit, period=PERIOD, regime=regime, actor=cast.specialist)
    client.force_login(cast.specialist)
    answer = client.get(reverse("reports:export", args=[found.code, file_format]))
    assert answer.status_code == 200
    if file_format in ("docx", "xlsx"):
        findings = check_report(read_report(answer.content, f"a.{file_format}"))
        assert [each.as_dict() for each in findings if each.severity == "error"] == []


@pytest.fixture
def officer(client, cast):
    client.force_login(_reload(cast.control))
    return client


def test_pages_of_a_round_open(officer, cast, sent):
    return_cells(sent.code, {(1, "2.1"): "Xem lại"}, actor=cast.control)
    whole = open_report(unit=cast.top, period=PERIOD, regime="cchc", actor=cast.control)
    consolidate(whole.code, actor=cast.control)
    table = open_report(unit=cast.unit, period=PERIOD, regime="kstt", actor=cast.specialist)
    for name, args in [
        ("board", []), ("report", [sent.code]), ("report", [whole.code]), ("sheet", [sent.code, 1]),
        ("sheet", [table.code, 6]), ("sheet", [table.code, 16]), ("version", [sent.code, 1]),
        ("narrative", [whole.code]), ("cell", [whole.code, 1, "2.1"]), ("cell", [table.code, 6, "1.4"]),
    ]:  # fmt: skip
        assert officer.get(reverse(f"reports:{name}", args=args)).status_code == 200, name
    assert officer.get(reverse("reports:cell", args=[whole.code, 1, "99"])).status_code == 404
    answer = officer.get(reverse("reports:board"), {"regime": "cchc", "period": "2026Q2"})
    assert answer.status_code == 422 and "2026H1" in answer.content.decode()


def test_outsider_sees_neither_cell_nor_words(client, cast, sent):
    client.force_login(cast.outsider)
    for name, args in [("cell", [sent.code, 1, "2.1"]), ("narrative", [sent.code]), ("version", [sent.code, 1])]:
        assert client.get(reverse(f"reports:{name}", args=args)).status_code == 404
    assert client.post(reverse("reports:open_round")).status_code == 404


def test_receiver_sees_what_was_sent_to_it(client, cast, sent):
    Receipt.objects.create(report=sent, version=1, unit=cast.outsider.posts_now[0].unit, sent_at=sent.opened_at)
    client.force_login(cast.outsider)
    assert client.get(reverse("reports:report", args=[sent.code])).status_code == 200
    assert client.post(reverse("reports:act", args=[sent.code, "da-nhan"])).status_code == 302


def test_live_check_names_the_text_in_a_number_cell_and_keeps_nothing(client, cast, report):
    client.force_login(cast.specialist)
    answer = client.post(
        reverse("reports:live_check", args=[report.code, 1]),
        {"row": ["2.1", "2.2", "3.1"], "v:2.1": "12", "v:2.2": "10", "v:3.1": "9 phòng ban"},
    ).json()
    assert answer["computed"]["2"].startswith("83,3")
    assert [each["severity"] for each in answer["rows"]["3.1"]] == ["error"]
    assert not report.cells.filter(is_typed=True).exists()


def test_cells_are_returned_and_lines_set_from_the_pages(client, cast, sent):
    client.force_login(_reload(cast.control))
    page = reverse("reports:return_cells", args=[sent.code, 1])
    assert client.post(page, {"w:2.1": "", "w:2.2": ""}).status_code == 409
    assert client.post(page, {"w:2.1": "Xem lại"}).status_code == 302
    table = open_report(unit=cast.unit, period=PERIOD, regime="kstt", actor=cast.specialist)
    page = reverse("reports:lines", args=[table.code, 6])
    assert client.post(page, {"lines": "Đất đai\nĐất đai"}).status_code == 409
    assert client.post(page, {"lines": "Đất đai\n\nHộ tịch"}).status_code == 302


def test_board_opens_the_round_and_sets_a_sending_day(officer):
    chosen = {"regime": "kstt", "period": "2026Q3"}
    assert officer.post(reverse("reports:open_round"), chosen).status_code == 302
    day = {**chosen, "level": "commune", "day": "17", "valid_from": "01/07/2026", "source": "Công văn 12/VP-KSTT"}
    assert officer.post(reverse("reports:sending_day"), day).status_code == 302
    assert officer.post(reverse("reports:sending_day"), {**day, "day": "3"}).status_code == 422


def test_words_written_at_once_are_not_lost(client, cast, report):
    client.force_login(cast.specialist)
    page = reverse("reports:narrative", args=[report.code])
    seen = "2026-01-01T00:00:00+07:00"
    assert client.post(page, {"text": "Một", "seen": seen}).status_code == 302
    answer = client.post(page, {"text": "Hai, 15 đoàn", "seen": seen})
    assert answer.status_code == 422 and "Hai, 15 đoàn" in answer.content.decode()


@pytest.mark.parametrize(
    ("day", "late", "due"),
    [(date(2026, 9, 1), 0, 0), (date(2026, 9, 12), 0, 1), (date(2026, 9, 20), 0, 1), (date(2026, 9, 30), 1, 0)],
)
def test_unsent_reports_stand_as_due_and_then_as_late(cast, report, day, late, due):
    unit = report.unit
    assert send_by("cchc", PERIOD, unit.kind) == date(2026, 9, 20)
    assert [measure.count(unit, day) for measure in MEASURES] == [late, due]
    assert (
        measures()["reports.late"]
        .link("reports.late", unit.code, day, day)
        .endswith(f"?so=reports.late&don-vi={unit.code}")
    )


def test_sent_report_is_neither_due_nor_late(sent):
    assert [measure.count(sent.unit, date(2026, 12, 1)) for measure in MEASURES] == [0, 0]


def test_number_of_late_reports_opens_them(client, cast, report):
    client.force_login(cast.specialist)
    address = reverse("reports:reports")
    counted = MEASURES[0].count(report.unit, today())
    page = client.get(address, {"so": "reports.late", "don-vi": report.unit.code}).content.decode()
    assert (reverse("reports:report", args=[report.code]) in page) is bool(counted)
    assert "Báo cáo quá hạn chưa gửi" in page
    nothing = client.get(address, {"so": "reports.late", "don-vi": "khong-co"}).content.decode()
    assert reverse("reports:report", args=[report.code]) not in nothing
