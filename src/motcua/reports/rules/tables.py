"""Findings on a report's tables: those of our forms under the file's own numbers, and all the others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from motcua.reports.rules.cell_units import unit_findings
from motcua.reports.rules.column_rules import column_findings
from motcua.reports.rules.findings import Finding, Where, finding
from motcua.reports.rules.form_matching import FormMatch
from motcua.reports.rules.grid_cells import cell_findings, numbering_findings
from motcua.reports.rules.grid_sheet import GridSheet
from motcua.reports.rules.linear_rules import linear_findings
from motcua.reports.rules.report_reading import ReportReading
from motcua.reports.rules.row_rules import row_findings
from motcua.reports.rules.shares import share_findings
from motcua.reports.rules.values import Printed


def placed(found: Finding, printed: Mapping[int, Printed]) -> Finding:
    """Return a finding on one of our forms at the place the file prints: its own appendix number and row codes."""
    where = found.where
    own = printed.get(where.appendix) if where.appendix is not None else None
    if own is None:
        return found
    row = own.row(where.row) if where.row is not None else None
    is_ours = own.appendix == where.appendix and row == where.row
    if is_ours:
        return found
    label = own.label or None if own.appendix is None else None
    return found.at(replace(where, appendix=own.appendix, row=row, table=label))


def form_findings(matches: Iterable[FormMatch]) -> Iterator[Finding]:
    """Yield what is unlike the form in a table that is one: rows numbered otherwise or renamed, codes twice."""
    for match in matches:
        grid, moved = match.grid, match.printed.rows
        table = grid.label or f"Phụ lục {match.form.appendix}"
        if moved:
            code, printed = next(iter(moved.items()))
            where = Where(grid.appendix, printed, match.rows[code].line)
            count = len(moved)
            yield finding(
                "M06",
                "renumbered",
                where,
                found=printed,
                expected=code,
                count=count,
                table=table,
                title=match.form.title,
            )
        for code in match.renamed:
            row = match.rows[code]
            yield finding(
                "M06",
                "renamed",
                Where(grid.appendix, row.full, row.line),
                found=row.name,
                expected=match.form.rows[code].name,
            )
        yield from (found for found in numbering_findings(GridSheet(grid)) if "other_line" in dict(found.fill))


def grid_findings(reading: ReportReading) -> Iterator[Finding]:
    """Yield what tables that are none of our forms contradict by themselves."""
    for grid in reading.grids:
        sheet = GridSheet(grid)
        sums = list(column_findings(sheet))
        said = {(found.where.line, found.where.column) for found in sums}
        yield from (found for found in linear_findings(sheet) if (found.where.line, found.where.column) not in said)
        yield from chain(
            sums,
            row_findings(sheet),
            share_findings(sheet),
            cell_findings(sheet),
            unit_findings(sheet),
            numbering_findings(sheet),
        )
