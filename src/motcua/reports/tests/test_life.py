"""A report from opening to acceptance: measured, typed beside the measure, refused while it contradicts itself."""

import pytest

from motcua.base.clock import now
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.reports.actions.sending import accept, send_back, submit
from motcua.reports.actions.writing import Entry, fill, measure_again, open_report
from motcua.reports.models import Report
from motcua.reports.queries import checked
from motcua.reports.rules.periods import ReportPeriod

pytestmark = pytest.mark.django_db
PERIOD = ReportPeriod.parse("2026Q3")


def _row(report, appendix, code):
    sheets = {sheet.form.appendix: sheet for sheet in checked(report).sheets}
    return next(row for row in sheets[appendix].rows if row.row.code == code)


def test_opening_measures_what_modules_offer(report):
    row = _row(report, 3, "3.1.1")
    assert (row.shown, row.cell.origin, row.cell.lineage["measure"]) == ("0", "measured", "dossiers.resolved")


def test_ratio_of_nothing_is_said_not_to_have_occurred(report):
    assert _row(report, 3, "3.1").shown == "không phát sinh"


def test_opening_twice_is_one_report(report, cast):
    again = open_report(unit=cast.unit, period=PERIOD, regime="cchc", actor=cast.leader)
    assert (again.pk, Report.objects.count()) == (report.pk, 1)


def test_future_period_is_refused(cast):
    with pytest.raises(Refused, match="chưa thể lập"):
        open_report(unit=cast.unit, period=ReportPeriod.parse("2099Q1"), regime="cchc", actor=cast.specialist)


def test_outsider_may_not_open(cast):
    with pytest.raises(Refused):
        open_report(unit=cast.unit, period=PERIOD, regime="cchc", actor=cast.outsider)


def test_typed_value_stands_beside_the_measured_one(report, cast):
    fill(report.code, {(3, "3.1.1"): Entry("7", reason="Thử")}, actor=cast.specialist)
    cell = report.cells.get(appendix=3, row="3.1.1")
    assert (cell.value, cell.measured, cell.is_override, cell.reason) == ("7", "0", True, "Thử")


def test_typing_the_measured_value_again_undoes_the_override(report, cast):
    fill(report.code, {(3, "3.1.1"): Entry("7")}, actor=cast.specialist)
    fill(report.code, {(3, "3.1.1"): Entry("0")}, actor=cast.specialist)
    assert report.cells.get(appendix=3, row="3.1.1").origin == "measured"


def test_ten_of_twelve_is_eighty_three_per_cent(report, cast):
    fill(report.code, {(1, "2.1"): Entry("12"), (1, "2.2"): Entry("10")}, actor=cast.specialist)
    assert _row(report, 1, "2").shown == "83,3"
    fill(report.code, {(1, "2"): Entry("100")}, actor=cast.specialist)
    findings = [found for found in checked(report).findings if found.where.row == "2"]
    assert [(found.rule, found.severity) for found in findings] == [("V03", "error")]


def test_contradicting_report_is_not_sent(report, cast):
    fill(report.code, {(1, "2.1"): Entry("12"), (1, "2.2"): Entry("10"), (1, "2"): Entry("100")}, actor=cast.specialist)
    with pytest.raises(Refused, match="lỗi số liệu"):
        submit(report.code, actor=cast.leader)


def test_somebody_elses_later_change_is_not_overwritten(report, cast):
    seen = now()
    fill(report.code, {(1, "2.1"): Entry("12")}, actor=cast.leader)
    with pytest.raises(Refused, match="dòng 2.1 vừa được người khác sửa"):
        fill(report.code, {(1, "2.1"): Entry("13", seen_at=seen)}, actor=cast.specialist)
    assert report.cells.get(appendix=1, row="2.1").value == "12"


def test_filling_is_all_or_nothing(report, cast):
    with pytest.raises(Refused, match="không có dòng nhập"):
        fill(report.code, {(1, "2.1"): Entry("12"), (1, "99"): Entry("1")}, actor=cast.specialist)
    assert not report.cells.filter(appendix=1, row="2.1", is_typed=True).exists()


@pytest.mark.parametrize("value", ["x" * 5000, "a\0b"])
def test_hostile_value_is_refused(report, cast, value):
    with pytest.raises(Refused, match="2.1"):
        fill(report.code, {(1, "2.1"): Entry(value)}, actor=cast.specialist)


def test_report_is_sent_returned_and_accepted(report, cast):
    fill(report.code, {(1, "2.1"): Entry("12"), (1, "2.2"): Entry("10")}, actor=cast.specialist)
    with pytest.raises(Refused):
        submit(report.code, actor=cast.specialist)
    assert submit(report.code, actor=cast.leader).state == "submitted"
    with pytest.raises(Refused, match="không sửa được"):
        fill(report.code, {(1, "2.1"): Entry("13")}, actor=cast.specialist)
    with pytest.raises(Refused):
        accept(report.code, actor=cast.leader)
    assert send_back(report.code, reason="Thiếu dòng 7", actor=cast.control).state == "returned"
    submit(report.code, actor=cast.leader)
    assert accept(report.code, actor=cast.control).state == "accepted"
    verbs = list(Fact.objects.filter(subject=report.code).order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "report.opened", "report.prefilled", "report.filled", "report.submitted", "report.returned",
        "report.submitted", "report.accepted",
    ]  # fmt: skip


def test_measuring_again_keeps_what_was_typed(report, cast):
    fill(report.code, {(3, "3.1.1"): Entry("7")}, actor=cast.specialist)
    measure_again(report.code, actor=cast.specialist)
    assert report.cells.get(appendix=3, row="3.1.1").value == "7"
