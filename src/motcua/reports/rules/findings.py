"""What the checker says: a rule, a place, words a person can act on."""

from dataclasses import dataclass
from typing import Any

from motcua.reports.rules.catalogue import data_file

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Where:
    """A place in a report; ``line`` counts from 1 in the file (in the sheet, for a workbook)."""

    appendix: int | None = None
    row: str | None = None
    line: int | None = None


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

    def as_dict(self) -> dict[str, Any]:
        """Return the finding in the shape of ``motcua report check --json``."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "where": {"appendix": self.where.appendix, "row": self.where.row, "line": self.where.line},
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
    if where.row is not None:
        filled.setdefault("place", f"Phụ lục {where.appendix}, dòng {where.row}")
    return Finding(
        rule=rule,
        severity=severity or case_data.get("severity") or entry.get("severity", "error"),
        where=where,
        words=case_data["words"],
        fill=tuple((key, str(value)) for key, value in filled.items()),
        found=shown,
        expected=expected,
    )
