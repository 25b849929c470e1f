"""What the checker says: a rule, a place, words a person can act on."""

from dataclasses import dataclass, replace
from typing import Any

from motcua.reports.rules.catalogue import data_file

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Where:
    """A place in a report; ``line`` counts from 1 in the file (in the sheet, for a workbook).

    ``table`` and ``column`` name a table without a number of its own and a column, where the row alone is not enough.
    """

    appendix: int | None = None
    row: str | None = None
    line: int | None = None
    table: str | None = None
    column: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the place in the shape of ``--json``: table and column only where they say something."""
        place: dict[str, Any] = {"appendix": self.appendix, "row": self.row, "line": self.line}
        return place | {key: text for key, text in (("table", self.table), ("column", self.column)) if text}

    @property
    def words(self) -> str:
        """The place as a message names it: "Phụ lục 1, dòng 2.1, cột Kỳ này"."""
        table = f"Phụ lục {self.appendix}" if self.appendix is not None and not self.table else self.table or ""
        row = f"dòng {self.row}" if self.row else ""
        column = f"cột “{self.column}”" if self.column else ""
        return ", ".join(part for part in (table, row, column) if part)


@dataclass(frozen=True)
class Finding:
    """One inconsistency. ``words`` is the Vietnamese template (a msgid), ``fill`` what goes into it."""

    rule: str
    severity: str
    where: Where
    words: str
    fill: tuple[tuple[str, str], ...] = ()
    found: str | None = None
    expected: str | int | float | None = None

    @property
    def message(self) -> str:
        return self.words.format(**dict(self.fill))

    def at(self, where: Where) -> "Finding":
        """Return the same finding at a place named otherwise, its words included."""
        fill = tuple((key, where.words if key == "place" else value) for key, value in self.fill)
        return replace(self, where=where, fill=fill)

    def as_dict(self) -> dict[str, Any]:
        """Return the finding in the shape of ``motcua report check --json``."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "where": self.where.as_dict(),
            "message": self.message,
            "found": self.found,
            "expected": self.expected,
        }


def finding(
    rule: str,
    case: str,
    where: Where,
    *,
    found: object = None,
    expected: str | int | float | None = None,
    severity: str | None = None,
    **fill: object,
) -> Finding:
    """Return a finding with the words and severity that ``reports/data/rules.json`` gives the case."""
    words = data_file("rules")
    entry = words["rules"][rule]
    case_data = entry.get("cases", {}).get(case) or words["cases"][case]
    shown = None if found is None else str(found)
    filled = {"rule": rule, "found": shown or "", "expected": "" if expected is None else expected, **fill}
    if where.row is not None or where.table is not None:
        filled.setdefault("place", where.words)
    return Finding(
        rule=rule,
        severity=severity or case_data.get("severity") or entry.get("severity", "error"),
        where=where,
        words=case_data["words"],
        fill=tuple((key, str(value)) for key, value in filled.items()),
        found=shown,
        expected=expected,
    )
