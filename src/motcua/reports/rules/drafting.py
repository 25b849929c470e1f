"""The words of a report as far as its data say them: sentences whose numbers stay bound to cells.

What no cell tells is named in brackets, so that nobody takes a silence for a nought; what only people can judge
(assessment, plans, proposals) is left to them with a word on what belongs there. Sentences are data
(``reports/data/drafts.json``).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.reports.rules.catalogue import data_file
from motcua.reports.rules.figures import is_blank, read_figure, says_nothing_occurred
from motcua.reports.rules.forms import Form, Row
from motcua.reports.rules.values import Cell, Values

_PLACE = re.compile(r"(\d+)-(.+)")
LEFT_OPEN = re.compile(r"^\[(?:Chưa có số liệu|Đơn vị viết)[^\]]*\]$", re.MULTILINE)
NO_CELL = Cell()


@dataclass(frozen=True)
class Missing:
    """A row that a sentence needs and that has no value: its form's name, its code and name."""

    appendix: int
    row: str
    name: str


@dataclass(frozen=True)
class Draft:
    """``text`` with bound places (``{PL1-7.1}``), a heading on each line that begins with #."""

    text: str
    missing: tuple[Missing, ...]


def has_draft(regime: str) -> bool:
    """Say whether words are written down for reports under ``regime``."""
    return regime in data_file("drafts")


def drafted(
    regime: str, values: Values, forms: Mapping[int, Form], groups: frozenset[str] | None = None
) -> Draft | None:
    """Return the words that ``values`` say under ``regime``, or None where no draft is written for it.

    ``groups``: the reporter's groups; a row of others is neither told nor missed. A form the report does not hold is
    passed over in silence.
    """
    sections = data_file("drafts").get(regime)
    if sections is None:
        return None
    lines: list[str] = []
    missed: list[Missing] = []
    for section in sections:
        told, missing = _section(section, values, forms, groups)
        lines += [f"# {section['heading']}", *told]
        if missing:
            names = "; ".join(f"{_short(each.name)} (PL{each.appendix}-{each.row})" for each in missing)
            lines.append(f"[Chưa có số liệu: {names}.]")
        if "own" in section:
            lines.append(f"[Đơn vị viết: {section['own']}]")
        missed += missing
    return Draft("\n".join(_filled(lines)), tuple(missed))


def _section(
    section: Mapping[str, Any], values: Values, forms: Mapping[int, Form], groups: frozenset[str] | None
) -> tuple[list[str], list[Missing]]:
    told: list[str] = []
    missing: list[Missing] = []
    for sentence in section["sentences"]:
        rows = [_row(place, forms) for place in sentence["rows"]]
        if any(row is None or row[1].applies_to(groups) is False for row in rows):
            continue
        known = [(number, row) for found in rows if found is not None for number, row in (found,)]
        said, lacking = _said(sentence, known, values)
        told += [said] if said else []
        missing += lacking
    return ([" ".join(told)] if told else []), missing


def _said(sentence: Mapping[str, Any], rows: list[tuple[int, Row]], values: Values) -> tuple[str, list[Missing]]:
    """Return the sentence, the one for nought, or "" with the rows that have no value."""
    cells = [values.get(number, {}).get(row.code, NO_CELL).value for number, row in rows]
    first = read_figure(cells[0], is_percent=rows[0][1].kind == "percent")
    if (first is not None and first.value == 0) or says_nothing_occurred(cells[0]):
        return sentence["none"], []
    lacking = [
        Missing(number, row.code, row.name)
        for (number, row), value in zip(rows, cells, strict=True)
        if is_blank(value) or (row.kind in ("number", "percent") and read_figure(value) is None)
    ]
    return ("", lacking) if lacking else (sentence["say"], [])


def _row(place: str, forms: Mapping[int, Form]) -> tuple[int, Row] | None:
    match = _PLACE.fullmatch(place)
    assert match is not None, place
    form = forms.get(int(match[1]))
    return (form.appendix, form.rows[match[2]]) if form and match[2] in form.rows else None


def _short(name: str) -> str:
    name = re.sub(r"\s*\([^)]*\)", "", name).strip(" .")
    return name if len(name) <= 90 else name[:90].rstrip() + "…"


def _filled(lines: list[str]) -> Iterator[str]:
    """Yield the lines without headings under which nothing stands and which head no further heading."""
    for at, line in enumerate(lines):
        is_top = bool(re.match(r"# [IVX]+\.", line))
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if line.startswith("#") and (not following or (following.startswith("#") and not is_top)):
            continue
        yield line
