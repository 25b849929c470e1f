"""An urging letter in the layout of Decree 30/2020: number and day are left for the clerk (C004).

The words of official documents are Vietnamese whatever language the screen has.
"""

from collections.abc import Sequence
from datetime import date

from motcua.documents.rendering.description import Column, OfficialDocument, Paragraph, Row, Table
from motcua.organizations.models import Unit
from motcua.plans.queries.urging import UrgedTask
from motcua.plans.rendering.letterhead import letterhead_of

_COLUMNS = (
    ("TT", Column(0.8, "center")),
    ("Nhiệm vụ", Column(6)),
    ("Văn bản giao", Column(3)),
    ("Hạn", Column(1.8, "center")),
    ("Quá hạn (ngày)", Column(1.4, "center")),
)


def urging_letter(holder: Unit, unit: Unit, tasks: Sequence[UrgedTask], *, plan: str, day: date) -> OfficialDocument:
    """Return the letter of ``holder`` to ``unit`` about ``tasks`` as they stand on ``day``; ``plan`` "": of all."""
    head = letterhead_of(holder)
    late = sum(each.days_late > 0 for each in tasks)
    soon = len(tasks) - late
    counts = [f"{late:02} nhiệm vụ quá hạn chưa hoàn thành"] if late else []
    counts += [f"{soon:02} nhiệm vụ sắp đến hạn"] if soon else []
    of_plan = f" theo {plan}" if plan else ""
    return OfficialDocument(
        superior=head.superior,
        agency=head.agency,
        place=head.place,
        day=None,
        number=" ",
        subject="đôn đốc thực hiện nhiệm vụ được giao",
        addressees=(unit.name,),
        blocks=(
            Paragraph(
                f"Qua theo dõi việc thực hiện nhiệm vụ{of_plan}, tính đến hết ngày {day:%d/%m/%Y}, "
                f"{unit.name} còn {' và '.join(counts)}, cụ thể như sau:"
            ),
            _table(tasks),
            Paragraph(
                f"{' '.join(head.agency)} đề nghị {unit.name} khẩn trương hoàn thành các nhiệm vụ nêu trên, báo cáo "
                "kết quả kèm minh chứng trên hệ thống. Trường hợp có khó khăn, vướng mắc, đề nghị nêu rõ lý do và "
                "thời hạn đề nghị gia hạn để xem xét, quyết định."
            ),
        ),
        signatures=(head.signature,),
        recipients=("Như trên", "Lưu: VT"),
    )


def _table(tasks: Sequence[UrgedTask]) -> Table:
    rows = [
        Row(
            (
                str(number),
                each.text + (f" ({each.turn})" if each.turn else ""),
                each.assigned_in,
                f"{each.due_on:%d/%m/%Y}",
                str(each.days_late) if each.days_late else "",
            )
        )
        for number, each in enumerate(tasks, start=1)
    ]
    return Table(
        tuple(column for _, column in _COLUMNS), (Row(tuple(title for title, _ in _COLUMNS), bold=True),), tuple(rows)
    )
