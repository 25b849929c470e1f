"""The quarterly report of a plan in the layout of Decree 30/2020 (C017). Its words are Vietnamese on any screen."""

from motcua.documents.rendering.description import (
    Annex,
    Block,
    Column,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Row,
    SectionRow,
    Table,
)
from motcua.plans.queries.plan_report import PlanReport
from motcua.plans.rendering.letterhead import letterhead_of
from motcua.plans.rules.times.periods import period_in_words
from motcua.plans.task_status import COUNTED, ROUTINE, UNDATED

# The report's own words: gettext would turn them into the reader's language.
_STATES = {
    "done_on_time": "Hoàn thành đúng hạn",
    "done_late": "Hoàn thành quá hạn",
    "open_in_time": "Đang trong hạn",
    "open_late": "Quá hạn",
    "routine": "Thường xuyên",
    "routine_done": "Thường xuyên, đã xong",
    "undated": "Chưa có hạn",
    "done_undated": "Hoàn thành, không có hạn",
}
_COLUMNS = (
    ("TT", Column(0.9, "center")),
    ("Nhiệm vụ", Column(6.5)),
    ("Chủ trì", Column(3.2)),
    ("Thời hạn", Column(2.2, "center")),
    ("Hoàn thành", Column(2, "center")),
    ("Tình trạng", Column(2.6)),
)


def plan_report(report: PlanReport, proposals: str = "") -> OfficialDocument:
    """Return the report; ``proposals`` are the sender's own paragraphs, one a line."""
    plan = report.plan
    head = letterhead_of(plan.holder)
    period = period_in_words(report.quarter)
    return OfficialDocument(
        superior=head.superior,
        agency=head.agency,
        place=head.place,
        day=None,
        number=" ",
        kind="Báo cáo",
        subject=f"Kết quả thực hiện {plan.name} {period}",
        blocks=(
            Paragraph(
                f"{' '.join(head.agency)} báo cáo kết quả thực hiện {plan.name} ({plan.title}) {period}, "
                f"số liệu tính đến hết ngày {report.day:%d/%m/%Y} như sau:"
            ),
            *_results(report),
            *_late(report),
            *_proposals(report, proposals),
        ),
        signatures=(head.signature,),
        recipients=("Như trên", "Lưu: VT"),
        annexes=(
            Annex(
                "Tình trạng các nhiệm vụ", (_table(report),), "Phụ lục", f"(Kèm theo Báo cáo {period})", landscape=True
            ),
        ),
    )


def _results(report: PlanReport) -> list[Block]:
    counts = report.counts
    rate = "" if report.rate is None else f", đạt {_percent(report.rate)}"
    lines = [f"{_STATES[code]}: {counts[code]} nhiệm vụ" for code in COUNTED]
    lines += [f"{_STATES[code]}: {counts[code]} nhiệm vụ" for code in _STATES if code not in COUNTED and counts[code]]
    blocks: list[Block] = [
        Heading("I. KẾT QUẢ THỰC HIỆN"),
        Paragraph(f"Kế hoạch có {len(report.rows)} nhiệm vụ; đã hoàn thành {report.done} nhiệm vụ{rate}. Trong đó:"),
        NumberedList(tuple(lines), marker="-"),
    ]
    if report.turns:
        told = ", ".join(f"{_STATES[code].lower()} {report.turns[code]}" for code in COUNTED if report.turns[code])
        blocks.append(
            Paragraph(f"Các nhiệm vụ định kỳ đã đến {sum(report.turns.values())} kỳ của các đơn vị chủ trì: {told}.")
        )
    return blocks


def _late(report: PlanReport) -> list[Block]:
    blocks: list[Block] = [Heading("II. NHIỆM VỤ QUÁ HẠN VÀ NGUYÊN NHÂN")]
    if not report.late:
        return [*blocks, Paragraph("Không có nhiệm vụ quá hạn.")]
    items = []
    for each in report.late:
        due = f"hạn {each.row.task.due_on:%d/%m/%Y}" if each.row.task.due_on else ""
        reason = f" {each.unit}: {each.reason}" if each.reason else " Đơn vị chủ trì chưa báo cáo nguyên nhân."
        items.append(f"{each.row.task.text} ({due}, quá hạn {each.row.status.days_late} ngày).{reason}")
    return [*blocks, NumberedList(tuple(items), marker="{}.")]


def _proposals(report: PlanReport, proposals: str) -> list[Block]:
    blocks: list[Block] = [Heading("III. ĐỀ XUẤT, KIẾN NGHỊ")]
    own = [line.strip() for line in proposals.splitlines() if line.strip()]
    asked = [
        f"Xem xét gia hạn đến ngày {each.new_due_on:%d/%m/%Y} cho {each.unit.name}: {each.task.text} ({each.reason})"
        for each in report.asked
    ]
    if not own and not asked:
        return [*blocks, Paragraph("Không có.")]
    return [*blocks, NumberedList(tuple(own + asked), marker="{}.")]


def _table(report: PlanReport) -> Table:
    rows: list[Row | SectionRow] = []
    section = ""
    for number, row in enumerate(report.rows, start=1):
        task = row.task
        if task.section and task.section != section:
            section = task.section
            rows.append(SectionRow(section))
        done_on = task.done_on if task.done_on and task.done_on <= report.day else None
        state = _STATES[row.status.code]
        if row.status.days_late:
            state += f" ({row.status.days_late} ngày)"
        due = (
            f"{task.due_on:%d/%m/%Y}"
            if task.due_on and row.status.code not in (ROUTINE, UNDATED)
            else task.deadline_text
        )
        rows.append(Row((str(number), task.text, task.lead_text, due, f"{done_on:%d/%m/%Y}" if done_on else "", state)))
    return Table(
        tuple(column for _, column in _COLUMNS), (Row(tuple(title for title, _ in _COLUMNS), bold=True),), tuple(rows)
    )


def _percent(rate: float) -> str:
    return f"{rate:.2f}".replace(".", ",").removesuffix(",00") + "%"
