"""A list of grades as a document (proposal or notice), with the rewards that are proposed, and as a table."""

from motcua.assessments.grading_models import GradedPost, GradeList
from motcua.assessments.grading_sources import in_words
from motcua.assessments.rendering.official import DOCUMENTS, annex, document, to_document
from motcua.assessments.states import APPROVED
from motcua.base.clock import VIETNAM
from motcua.documents.rendering.description import Annex, OfficialDocument
from motcua.documents.rendering.list_file import csv_text

HEAD = ("TT", "Đơn vị", "Người đứng đầu", "Tỷ lệ điểm (%)", "Mức đề xuất", "Mức xếp loại", "Lý do")
WIDTHS = (1.0, 5.0, 3.4, 1.8, 3.4, 3.4, 5.0)
PERSON = HEAD.index("Người đứng đầu")  # no column of the list of units
REWARD_HEAD, REWARD_WIDTHS = ("TT", "Tập thể, cá nhân", "Thành tích", "Hình thức đề nghị"), (1.0, 5.5, 4.0, 4.5)


def grade_file(found: GradeList, file_format: str) -> bytes:
    """Return a list as ``pdf``, ``docx``, ``xlsx`` or ``csv``."""
    rows = list(found.grades.select_related("unit", "head").order_by("-share", "unit__code", "head"))
    if file_format in DOCUMENTS:
        return to_document(_document(found, rows), file_format)
    return csv_text(HEAD, [_line(found, row, number) for number, row in enumerate(rows, start=1)]).encode()


def _line(found: GradeList, row: GradedPost, number: int) -> list[str]:
    rules = found.scheme.scheme
    share = "" if row.share is None else f"{row.share:.2f}".replace(".", ",")
    return [
        str(number),
        row.unit.name,
        row.head.full_name if row.head else "",
        share,
        rules.name(row.proposed),
        rules.name(row.grade),
        row.override_reason or in_words(row.reasons),
    ]


def _document(found: GradeList, rows: list[GradedPost]) -> OfficialDocument:
    units = [row for row in rows if row.head_id is None]
    heads = [row for row in rows if row.head_id]
    is_approved = found.state == APPROVED
    period = found.period_label
    subject = f"Kết quả xếp loại mức độ hoàn thành nhiệm vụ {period}"
    if not is_approved:
        subject = f"Về việc đề nghị xếp loại mức độ hoàn thành nhiệm vụ {period}"
    return document(
        found.unit,
        kind="Thông báo" if is_approved else "Tờ trình",
        subject=subject,
        paragraphs=[
            f"Xếp loại theo {found.scheme.title} (nguồn: {found.scheme.source}), "
            f"từ kết quả đã công bố {found.made_from}.",
            f"Có {len(units)} đơn vị và {len(heads)} người đứng đầu; danh sách tại phụ lục kèm theo.",
        ],
        annexes=_annexes(found, units, heads),
        day=found.approved_at.astimezone(VIETNAM).date() if found.approved_at else None,
    )


def _annexes(found: GradeList, units: list[GradedPost], heads: list[GradedPost]) -> list[Annex]:
    made = []
    for label, title, rows in (
        ("Phụ lục I", "Xếp loại đơn vị", units),
        ("Phụ lục II", "Xếp loại người đứng đầu", heads),
    ):
        if rows:
            lines = [_line(found, row, number) for number, row in enumerate(rows, start=1)]
            shown = [at for at in range(len(HEAD)) if rows is heads or at != PERSON]
            columns = [[line[at] for at in shown] for line in (HEAD, *lines)]
            made.append(annex(label, title, columns[0], [WIDTHS[at] for at in shown], columns[1:]))
    rewards = [row for row in (*units, *heads) if row.reward]
    if rewards:
        rules = found.scheme.scheme
        lines = [
            [
                str(number),
                f"{row.head.full_name}, {row.unit.name}" if row.head else row.unit.name,
                rules.name(row.grade),
                row.reward,
            ]
            for number, row in enumerate(rewards, start=1)
        ]
        made.append(annex("Phụ lục III", "Đề nghị khen thưởng", REWARD_HEAD, REWARD_WIDTHS, lines))
    return made
