"""The year's list of merits as a table for a spreadsheet (C008)."""

from collections.abc import Iterable

from django.utils.translation import gettext

from motcua.documents.rendering.description import Value
from motcua.documents.rendering.list_file import list_file
from motcua.plans.queries.statistics import Merit
from motcua.plans.states import GRADES

_WIDTHS = (6, 10, 30, 30, 10, 10, 10, *(10 for _ in GRADES), 50)


def merit_list(units: Iterable[Merit], people: Iterable[Merit], year: int, file_format: str) -> bytes:
    """Return units, then people, as "csv" or "xlsx": what was done, on time, by grade, and the tasks that show it."""
    head = [
        gettext("TT"), gettext("Loại"), gettext("Tên"), gettext("Đơn vị"), gettext("Hoàn thành"), gettext("Đúng hạn"),
        gettext("Tỷ lệ (%)"), *(str(words) for words in GRADES.values()), gettext("Nhiệm vụ làm căn cứ"),
    ]  # fmt: skip
    kinds = ((gettext("Tập thể"), units), (gettext("Cá nhân"), people))
    lines = [
        _line(number, kind, merit) for kind, found in kinds for number, merit in enumerate(found, start=1)
    ]  # fmt: skip
    title = gettext("Đề xuất khen thưởng năm %(year)s") % {"year": year}
    return list_file(head, lines, _WIDTHS, file_format, title=title)


def _line(number: int, kind: str, merit: Merit) -> list[Value]:
    rate = round(100 * merit.on_time / merit.done, 2) if merit.done else ""
    grades: list[Value] = [merit.grades[grade] for grade in GRADES]
    return [
        number, kind, merit.name, merit.unit, merit.done, merit.on_time, rate, *grades,
        ", ".join(sorted(set(merit.tasks))),
    ]  # fmt: skip
