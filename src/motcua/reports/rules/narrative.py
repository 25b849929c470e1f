"""The running text against the appendices (DOMAIN V14, V20) and against itself."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from motcua.reports.rules.catalogue import data_file
from motcua.reports.rules.context import Sheet
from motcua.reports.rules.figures import is_blank, plain_number, read_figure, vietnamese
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.lines import Line
from motcua.reports.rules.sentences import sentence_findings
from motcua.reports.rules.told_lists import list_findings

_QUOTE = 90
_SHORTEST_PARAGRAPH = 40  # letters: what is shorter is a heading


def narrative_findings(sheet: Sheet) -> Iterator[Finding]:
    """Yield where the text and the appendices say different things, and sums in the text that are wrong."""
    rules = data_file("narrative")
    results = results_part(sheet.context.narrative)
    for binding in rules["bindings"]:
        yield from _check_binding(sheet, results, binding)
    yield from _check_scope(sheet, rules["scope"])
    if sheet.context.is_printed:
        yield from _check_vocabulary(sheet, results, rules["vocabulary"])
    before = ""
    for line in sheet.context.narrative:
        yield from sentence_findings(line, before)
        before = line.text if len(line.text) > _SHORTEST_PARAGRAPH else before
    yield from list_findings(sheet.context.narrative)


def results_part(narrative: tuple[Line, ...]) -> list[Line]:
    """Return the lines before the plans for the next period: what is planned is no result."""
    outlook = data_file("narrative")["outlook"]
    kept: list[Line] = []
    for line in narrative:
        if _pattern(outlook).match(line.text):
            break
        kept.append(line)
    return kept


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _check_binding(sheet: Sheet, lines: list[Line], binding: Mapping[str, Any]) -> Iterator[Finding]:
    appendix, row = binding["appendix"], binding["row"]
    if appendix not in sheet.values:
        return
    paragraph = _pattern(binding["paragraph"])
    selected = [line for line in lines if paragraph.search(line.text)]
    if "count" in binding:
        yield from _check_count(sheet, selected, binding)
        return
    for line in selected:
        match = _pattern(binding["figure"]).search(line.text)
        said = read_figure(match[1].rstrip(".")) if match else None
        if match is None or said is None:
            continue
        if row is None:
            where = Where(appendix, None, line.number)
            found = plain_number(said.value)
            yield finding(binding["rule"], "no_row", where, found=found, name=binding["name"], appendix=appendix)
            return
        written = sheet.figure(appendix, row)
        fill: dict[str, Any] = {"text_line": line.number, "quote": _quote(match[0])}
        if written is not None and written.value != said.value:
            yield _differs(sheet, binding, plain_number(said.value), fill)
        elif written is not None and binding.get("wanted") and binding["wanted"] not in match[0]:
            yield finding(
                binding["rule"],
                "qualifier",
                sheet.where(appendix, row),
                found=sheet.cell(appendix, row).value,
                wanted=binding["wanted"],
                **fill,
            )
        return


def _check_count(sheet: Sheet, lines: list[Line], binding: Mapping[str, Any]) -> Iterator[Finding]:
    """Check a row against the number of times the text names such a case, which is the least it can be."""
    written = sheet.figure(binding["appendix"], binding["row"])
    named = [(line, match) for line in lines for match in _pattern(binding["count"]).finditer(line.text)]
    if written is not None and written.value < len(named):
        line, match = named[0]
        yield _differs(sheet, binding, len(named), {"text_line": line.number, "quote": _quote(match[0])})


def _differs(sheet: Sheet, binding: Mapping[str, Any], expected: int | float, fill: Mapping[str, Any]) -> Finding:
    appendix, row = binding["appendix"], binding["row"]
    return finding(
        binding["rule"],
        binding.get("case", "differs"),
        sheet.where(appendix, row),
        found=sheet.cell(appendix, row).value,
        expected=expected,
        **fill,
    )


def _check_scope(sheet: Sheet, rule: Mapping[str, Any]) -> Iterator[Finding]:
    own = sheet.figure(*rule["own"])
    if own is None or own.value == 0 or sheet.context.reporter in (None, "province"):
        return
    for appendix, row in rule["rows"]:
        figure, cell = sheet.figure(appendix, row), sheet.cell(appendix, row)
        if figure is not None and figure.value > rule["times"] * own.value and is_blank(cell.note):
            where = sheet.where(appendix, row)
            yield finding("M08", "scope", where, found=cell.value, own=vietnamese(own.value))


def _check_vocabulary(sheet: Sheet, lines: list[Line], rule: Mapping[str, Any]) -> Iterator[Finding]:
    line = next((line for line in lines if _pattern(rule["text"]).search(line.text)), None)
    if line is None:
        return
    cells = [(appendix, row, sheet.cell(appendix, row)) for appendix, row in rule["rows"]]
    if any(_pattern(rule["explained"]).search(cell.note) for _, _, cell in cells):
        return
    for appendix, row, cell in cells:
        if _pattern(rule["printed"]).search(cell.name or ""):
            yield finding("M09", "levels", sheet.where(appendix, row), text_line=line.number)


def _quote(text: str) -> str:
    return text if len(text) <= _QUOTE else text[:_QUOTE].rstrip() + "…"
