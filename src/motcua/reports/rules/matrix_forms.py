"""Forms that are printed as a table of lines by columns (II.06a of Circular 01/2020), turned into rows of cells.

A line per field or agency, a column per number: the cell of line 2 in column 7 is row ``2.7`` of an ordinary form, so
that typing, checking and consolidating know one shape only. Line ``T`` is the total of the others. DOMAIN 8.2.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.base.refusal import Refused

TOTAL = "T"
MOST_LINES = 140  # what the sum of a column can hold (rules.expressions)
_COLUMN = re.compile(r"\[([0-9A-Za-z]+)\]")


@dataclass(frozen=True)
class Line:
    """A line of such a form: what it is called, the unit or the field that it counts (both may be unknown)."""

    code: str
    name: str
    unit: str = ""
    field: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"code": self.code, "name": self.name, "unit": self.unit, "field": self.field}


def is_matrix(data: Mapping[str, Any]) -> bool:
    """Say whether a form's data describe lines by columns."""
    return "cells" in data


def line_of(code: str) -> tuple[str, str]:
    """Return line and column of a row's code: ``("2", "7")`` of ``2.7``."""
    line, _, column = code.partition(".")
    return line, column


def expanded(data: Mapping[str, Any], lines: Iterable[Line] = ()) -> dict[str, Any]:
    """Return the data of an ordinary form with a row per line and column; other data come back as they are.

    Raises:
        Refused: there are more lines than a total can add, or two of one code.
    """
    if not is_matrix(data):
        return dict(data)
    own = [*lines]
    if len(own) > MOST_LINES or len({line.code for line in own}) != len(own):
        raise Refused(f"Biểu {data['code']}: tối đa {MOST_LINES} dòng, mỗi dòng một mã.")
    rows: list[dict[str, Any]] = []
    for line in own:
        rows += _line(data, line.code, line.name, line)
    rows += _line(data, TOTAL, "Tổng số", None, [line.code for line in own])
    codes = [*(line.code for line in own), TOTAL]
    relations = [
        {**relation, "check": _COLUMN.sub(rf"[{code}.\1]", relation["check"])}
        for relation in data["line_relations"]
        for code in codes
    ]
    return {**data, "rows": rows, "relations": relations}


def _line(
    data: Mapping[str, Any], code: str, name: str, line: Line | None, summed: Iterable[str] = ()
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"code": code, "name": name, "unit": "", "kind": "group", "printed": code}]
    for column in data["cells"]:
        row = {
            "code": f"{code}.{column['code']}",
            "name": column["name"],
            "unit": column.get("unit", data.get("unit", "")),
            "kind": column.get("kind", "number"),
            "printed": f"{code}.{column['code']}",
            "source": data["source"],
        }
        parts = [f"[{each}.{column['code']}]" for each in summed]
        if parts:
            row["formula"] = " + ".join(parts)
        elif "formula" in column:
            row["formula"] = _COLUMN.sub(rf"[{code}.\1]", column["formula"])
        if "measure" in column and not parts:
            row["measure"] = _measure(column["measure"], line)
        rows.append(row)
    return rows


def _measure(measure: Mapping[str, Any], line: Line | None) -> dict[str, Any]:
    if line is None:
        return dict(measure)
    where = {**measure.get("where", {}), **({"field": line.field} if line.field else {})}
    return {**measure, "where": where, "unit": line.unit}
