"""Invented plans for tests: tables written as lines with bars, in the shapes that writers of plans give them."""

from motcua.plans.rules.reader import understand
from motcua.plans.rules.values import PlanReading
from motcua.reading.blocks import Cell, Document, Paragraph, Place, Row, Table

UP = "^"  # a cell merged with the one above
HEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH ĐÔI BỜ",
    "Số: 12/KH-UBND",
    "Đôi Bờ, ngày 05 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Cải cách thủ tục hành chính năm 2026",
)


def plan(*blocks: str | list[str]) -> PlanReading:
    """Return the reading of a plan: a text is a paragraph, a list is a table of rows "a|b|c", "//" parts of a cell."""
    lines: list[str] = []
    made: list[Paragraph | Table] = []
    for block in (*HEAD, *blocks):
        if isinstance(block, str):
            lines.append(block)
            made.append(Paragraph(block, Place(len(lines), len(lines))))
        else:
            made.append(table_of(block, lines))
    return understand(Document(tuple(made), tuple(lines)))


def table_of(rows: list[str], lines: list[str]) -> Table:
    width = max(row.count("|") + 1 for row in rows)
    made = []
    for row in rows:
        texts = row.split("|")
        cells = []
        for column, text in enumerate(texts):
            parts = []
            for piece in text.split("//"):
                lines.append(piece)
                parts.append((len(lines), "" if piece == UP else piece))
            cells.append(Cell(tuple(parts), column if len(texts) == width else None, text == UP))
        made.append(Row(tuple(cells)))
    return Table(tuple(made), width)


def told(reading: PlanReading, *fields: str) -> list[tuple[str, ...]]:
    """Return of each task the fields asked for as texts; ``path`` is the last heading, ``due`` the last day."""
    return [tuple(_field(task, name) for name in fields) for task in reading.tasks]


def _field(task, name: str) -> str:
    if name == "path":
        return task.section_path[-1] if task.section_path else ""
    if name == "due":
        return str(task.deadline.due_on or task.deadline.kind)
    value = getattr(task, name)
    return "; ".join(value) if isinstance(value, list) else value
