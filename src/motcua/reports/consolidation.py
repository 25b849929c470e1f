"""What the units below have sent for a report: sums by row, who is missing, who was late, and the parts of a sum."""

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.base.clock import VIETNAM
from motcua.reports.forms_in_use import forms_for, own_lines, under_lines
from motcua.reports.models import Report, ReportVersion
from motcua.reports.obligations import owing_units, send_by
from motcua.reports.rules.consolidating import Sent, sums_of


@dataclass(frozen=True)
class Child:
    """A version of a unit below that went into a sum."""

    unit: str
    name: str
    report: str
    version: int


@dataclass(frozen=True)
class Gathered:
    """Sums by (appendix, row), the versions they came from, names of units that sent nothing and that sent late.

    ``unplaced`` names lines with numbers that no line of the report takes: "Sở Y: Đất đai (Biểu II.06a)".
    """

    sums: dict[tuple[int, str], str]
    children: list[Child]
    missing: list[str]
    late: list[str]
    unplaced: list[str]


def gathered(report: Report) -> Gathered:
    """Return what the units right below have sent for the report's period: of each its latest version.

    A report that was returned counts with the version that was sent; what has never been sent is missing.
    """
    period = report.report_period
    units = [
        unit
        for unit in owing_units(report.regime, period, [report.unit])
        if unit.parent_id == report.unit_id  # units further below are in their own parents' sums
    ]
    versions = (
        ReportVersion.objects.filter(report__regime=report.regime, report__period=report.period, report__unit__in=units)
        .select_related("report")
        .order_by("report", "number")
    )
    last = {version.report.unit_id: version for version in versions}
    first = {version.report.unit_id: version for version in reversed(versions)}
    due = {kind: send_by(report.regime, period, kind) for kind in {unit.kind for unit in units}}
    late = []
    for unit in units:
        due_on, sent = due[unit.kind], first.get(unit.pk)
        if sent is not None and due_on is not None and sent.at.astimezone(VIETNAM).date() > due_on:
            late.append(unit.name)
    forms, ours = forms_for(report), own_lines(report)
    parts: list[Sent] = []
    unplaced: list[str] = []
    for unit in units:
        if unit.pk in last:
            layers, left = under_lines(last[unit.pk], ours, unit.code)
            parts += layers
            unplaced += [f"{unit.name}: {line} ({forms[number].name})" for number, line in left]
    return Gathered(
        sums=sums_of(parts, forms),
        children=[
            Child(unit.code, unit.name, last[unit.pk].report.code, last[unit.pk].number)
            for unit in units
            if unit.pk in last
        ],
        missing=[unit.name for unit in units if unit.pk not in last],
        late=late,
        unplaced=unplaced,
    )


@dataclass(frozen=True)
class Part:
    """What one unit below put into a sum."""

    child: Child
    value: str


def parts_of(report: Report, appendix: int, row: str) -> Iterator[Part]:
    """Yield the parts of a kept sum, from the very versions that were added."""
    children = [
        Child(each["unit"], each["name"], each["report"], each["version"])
        for each in report.consolidation.get("children", ())
    ]
    versions = {
        (version.report.code, version.number): version
        for version in ReportVersion.objects.filter(
            report__code__in=[child.report for child in children]
        ).select_related("report")
    }
    ours, form = own_lines(report), {appendix: forms_for(report)[appendix]}
    for child in children:
        version = versions.get((child.report, child.version))
        layers = under_lines(version, ours, child.unit)[0] if version else []
        yield Part(child, sums_of(layers, form).get((appendix, row), ""))
