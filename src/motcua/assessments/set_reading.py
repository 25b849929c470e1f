"""What was typed or uploaded as a set of criteria, read with what only the database knows: measures and units."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.assessments.measuring import check_measure
from motcua.assessments.rules.criteria import Tree, tree_of
from motcua.assessments.rules.set_making import (
    Fault,
    Line,
    bands_of,
    criteria_of,
    lines_of_sheet,
    lines_of_text,
    text_of,
    tie_breakers_of,
)
from motcua.assessments.rules.template_file import workbook_rows
from motcua.base.refusal import Refused
from motcua.base.text import nfc
from motcua.organizations.queries import unit_at
from motcua.reading.limited import call_limited

LARGEST = 5 * 1024 * 1024
MOST_DECIMALS = 3


@dataclass(frozen=True)
class Typed:
    """A set as it was typed: lines of criteria, bands, tie breakers, decimals."""

    lines: str
    bands: str = ""
    tie_breakers: str = ""
    decimals: int = 2


@dataclass(frozen=True)
class SetReading:
    """What was read: a definition, and what is wrong with it."""

    definition: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)

    @property
    def tree(self) -> Tree | None:
        return None if self.faults else tree_of(self.definition)


def read_typed(typed: Typed) -> SetReading:
    """Return the reading of typed text."""
    return _read(lines_of_text(nfc(typed.lines)), typed)


def read_template(content: bytes, filename: str) -> tuple[SetReading, str]:
    """Return the reading of a workbook, and its lines as text to be changed in the browser.

    Raises:
        Refused: it is no workbook, too large, or has no row with the heads "Mã" and "Tiêu chí".
    """
    if len(content) > LARGEST:
        raise Refused("Tệp quá lớn: tối đa 5 MB.", field="file")
    if not content.startswith(b"PK"):
        raise Refused(f"Tệp {filename} không phải tệp Excel (.xlsx).", field="file")
    rows = call_limited(workbook_rows, content, filename)
    lines = lines_of_sheet((number, cells) for number, cells in rows)
    if lines is None:
        raise Refused("Không thấy dòng tiêu đề có cột “Mã” và “Tiêu chí”.", field="file")
    return _read(lines, Typed(text_of(lines))), text_of(lines)


def _read(lines: Sequence[Line], typed: Typed) -> SetReading:
    criteria, faults = criteria_of(lines)
    by_number = {line.cells.get("code", "").strip("."): line.number for line in lines}
    for each in criteria:
        faults += _unknown(each, by_number.get(each["code"], 0))
    bands, wrong_bands = bands_of(nfc(typed.bands))
    breakers, wrong_breakers = tie_breakers_of(typed.tie_breakers, criteria)
    definition = {
        "criteria": criteria,
        "decimals": min(max(typed.decimals, 0), MOST_DECIMALS),
        "bands": bands,
        "tie_breakers": breakers,
        "typed": {"lines": text_of(lines), "bands": nfc(typed.bands), "tie_breakers": typed.tie_breakers},
    }
    faults += wrong_bands
    if criteria or not faults:
        faults += wrong_breakers
    return SetReading(definition, sorted(faults, key=lambda fault: fault.line))


def _unknown(criterion: dict[str, Any], line: int) -> list[Fault]:
    """Return the faults of a measure that nobody offers and a unit that does not exist."""
    found = []
    for column, check in (("measure", check_measure), ("verifier", unit_at)):
        told = criterion.get(column, "")
        try:
            if told:
                check(told)
        except Refused as refusal:
            found.append(Fault(line, column, refusal.message))
    return found
