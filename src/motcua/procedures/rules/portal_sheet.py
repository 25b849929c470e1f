"""The portal's Excel export of a list of procedures: columns found by their headings, whatever their order. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.base.text import fold, squash
from motcua.procedures.rules.cells import CODE, rejoined

_HEADINGS = {
    "code": ("ma so", "ma tthc", "ma thu tuc", "ma thu tuc hanh chinh", "ma"),
    "name": ("ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh"),
    "issuing_agency": ("co quan ban hanh", "co quan cong bo"),
    "executing_agencies": ("co quan thuc hien",),
    "field": ("linh vuc",),
}
_REACH = 20  # rows in which the headings stand: portals print their letterhead above
_NEEDED = ("code", "name", "issuing_agency", "field")


class BadSheet(ValueError):
    """A sheet that cannot be taken: ``problem`` a key of the importer's words, ``row`` 1-based, ``shown`` the cell."""

    def __init__(self, problem: str, row: int = 0, shown: str = "") -> None:
        super().__init__(f"{problem} {row} {shown}")
        self.problem, self.row, self.shown = problem, row, shown[:80]


@dataclass(frozen=True)
class ListedProcedure:
    """One line of the export."""

    code: str
    name: str
    field: str
    issuing_agency: str
    executing_agencies: tuple[str, ...]


def listed_procedures(rows: Iterable[Sequence[object]]) -> list[ListedProcedure]:
    """Return the lines of a sheet, given as rows of cells.

    Raises:
        BadSheet: no row names the columns, a column is missing, a code is none or stands twice, a name is missing.
    """
    columns: dict[str, int] = {}
    found: dict[str, ListedProcedure] = {}
    first_at: dict[str, int] = {}
    for number, cells in enumerate(rows, start=1):
        texts = [_text(cell) for cell in cells]
        if not columns:
            columns = _columns(texts)
            if not columns and number >= _REACH:
                break
            continue
        if not any(texts):
            continue
        one = _line(texts, columns, number)
        if one.code in found:
            raise BadSheet("code_twice", number, f"{one.code} ({first_at[one.code]})")
        found[one.code], first_at[one.code] = one, number
    if not columns:
        raise BadSheet("no_headings")
    if not found:
        raise BadSheet("no_rows")
    return list(found.values())


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).replace("\x00", "").strip()


def _columns(texts: list[str]) -> dict[str, int]:
    folded = [fold(squash(text)) for text in texts]
    columns = {
        name: next((at for at, text in enumerate(folded) if text in words), -1) for name, words in _HEADINGS.items()
    }
    if columns["code"] < 0 or columns["name"] < 0:
        return {}
    for name in _NEEDED:
        if columns[name] < 0:
            raise BadSheet("column_missing", shown=name)
    return columns


def _line(texts: list[str], columns: dict[str, int], number: int) -> ListedProcedure:
    def cell(name: str) -> str:
        at = columns[name]
        return texts[at] if 0 <= at < len(texts) else ""

    code = cell("code")
    if not CODE.fullmatch(code):
        raise BadSheet("bad_code", number, code)
    if not cell("name"):
        raise BadSheet("no_name", number)
    agencies = rejoined([squash(line)[:500] for line in cell("executing_agencies").splitlines() if line.strip()])
    return ListedProcedure(
        code, squash(cell("name")), squash(cell("field"))[:200], squash(cell("issuing_agency"))[:200], tuple(agencies)
    )
