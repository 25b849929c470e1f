"""Tables that only place text: the letterhead (agency left, the State right) and the foot (recipients, signature)."""

from motcua.base.text import fold
from motcua.reading.blocks import Paragraph, Place, Table

_MOST_ROWS = 8
_MOST_FILLED = 3  # cells per row
_HEAD = ("cong hoa xa hoi chu nghia", "doc lap - tu do", "doc lap – tu do", "doc lap tu do", "dang cong san viet nam")
_FOOT = ("noi nhan",)


def unfolded(table: Table) -> list[Paragraph]:
    """Return the lines of a letterhead's or signature's table as paragraphs, column by column; [] for other tables."""
    if len(table.rows) > _MOST_ROWS or not table.rows:
        return []
    filled = [[cell for cell in row.cells if cell.text] for row in table.rows]
    if max(map(len, filled), default=0) > _MOST_FILLED:
        return []
    texts = [fold(cell.text) for cells in filled for cell in cells]
    is_head = any(sign in text for text in texts for sign in _HEAD)
    is_foot = any(text.startswith(sign) for text in texts for sign in _FOOT)
    if not is_head and not is_foot:
        return []
    cells = [cell for row in table.rows for cell in row.cells]
    cells.sort(key=lambda cell: cell.column or 0)  # stable: from top to bottom within a column
    return [Paragraph(text, Place(line, line)) for cell in cells for line, text in cell.parts if text.strip()]
