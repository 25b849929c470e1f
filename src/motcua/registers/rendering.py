"""Entries as files: CSV and XLSX for people, JSON for machines; and the empty sheet that an import fills."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from motcua.documents.rendering.description import Column, Table
from motcua.documents.rendering.description import Row as SheetRow
from motcua.documents.rendering.list_file import list_file
from motcua.registers.listing import Row
from motcua.registers.models import RegisterVersion
from motcua.registers.rules.definitions import Field
from motcua.registers.rules.shapes import DATE, FIELD_TYPES, FILES, LONG_TEXT

_WIDE, _USUAL = 40, 18


def as_file(version: RegisterVersion, rows: Sequence[Row], file_format: str) -> bytes:
    """Return entries as "csv" or "xlsx"; numbers stay numbers, what the reader may not see is blank."""
    fields = version.definition.fields
    head = [gettext("Mã"), gettext("Đơn vị"), *(heading(field) for field in fields), gettext("Trạng thái")]
    lines = [
        [
            row.entry.code,
            row.entry.unit.name,
            *(_cell(row, field, cell.text) for field, cell in zip(fields, row.cells, strict=True)),
            row.entry.state_label,
        ]
        for row in rows
    ]
    widths = [16, 30, *(_WIDE if field.type == LONG_TEXT else _USUAL for field in fields), 18]
    return list_file(head, lines, widths, file_format, title=version.register.title, sheet=version.register.code)


def _cell(row: Row, field: Field, text: str) -> Any:
    value = row.entry.values.get(field.code)
    return value if field.is_numeric and value is not None and text else text


def heading(field: Field) -> str:
    """Return a column's heading."""
    return f"{field.name} ({field.unit})" if field.unit else field.name


def as_data(version: RegisterVersion, rows: Sequence[Row]) -> dict[str, Any]:
    """Return entries as JSON: values as they are kept, without what the reader may not see."""
    return {
        "register": version.register.code,
        "title": version.register.title,
        "fields": [{"code": field.code, "name": field.name, "type": field.type} for field in version.definition.fields],
        "entries": [
            {
                "code": row.entry.code,
                "unit": row.entry.unit.code,
                "unit_name": row.entry.unit.name,
                "on": row.entry.on.isoformat(),
                "state": row.entry.state,
                "values": {
                    cell.field.code: row.entry.values[cell.field.code]
                    for cell in row.cells
                    if cell.text and cell.field.code in row.entry.values and cell.field.type != FILES
                },
            }
            for row in rows
        ],
    }


def template_sheet(version: RegisterVersion) -> bytes:
    """Return the empty sheet of an import, and beside it what each column takes."""
    # Late: the library weighs 20 MB, and few requests need it.
    from motcua.documents.rendering.sheets import Sheet, to_xlsx

    fields = [field for field in version.definition.fields if field.is_typed]
    head = SheetRow(tuple([*(field.name for field in fields), gettext("Trạng thái")]), bold=True)
    data = Table(columns=tuple(Column(_USUAL) for _ in head.cells), header=(head,), rows=())
    told = (gettext("Cột"), gettext("Kiểu"), gettext("Bắt buộc"), gettext("Ghi thế nào"))
    lines = tuple(
        SheetRow((field.name, str(FIELD_TYPES[field.type]), gettext("có") if field.required else "", _how(field)))
        for field in fields
    )
    states = "; ".join(state.name for state in version.definition.states)
    lines += (SheetRow((gettext("Trạng thái"), "", "", gettext("Để trống: trạng thái đầu. Hoặc: %s") % states)),)
    guide = Table(
        columns=(Column(30), Column(20), Column(12), Column(60)), header=(SheetRow(told, bold=True),), rows=lines
    )
    sheets = [Sheet(gettext("Số liệu"), data), Sheet(gettext("Hướng dẫn"), guide)]
    return to_xlsx(sheets, title=version.register.title)


def _how(field: Field) -> str:
    told = [field.help]
    if field.options:
        told.append("; ".join(option.name for option in field.options))
    if field.is_many:
        told.append(gettext("Nhiều giá trị cách nhau bằng dấu chấm phẩy."))
    if field.type == DATE:
        told.append(gettext("Ví dụ 09/02/2026."))
    return " ".join(each for each in told if each)
