"""Adding up the reports of a hundred communes, and checking a report while somebody types.

A province with a hundred communes in a PostgreSQL of the bench's own. Each commune has sent the control forms, which
hold over a thousand numbers that add up. ``consolidate`` is the whole action: who owes, what was sent, sums, who is
missing, cells written, one fact. ``live_check`` is what the server does for one keystroke's answer.
Seconds are of the clock, because somebody waits for them; CPU stands beside.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from _house import own_house
from django.utils import timezone

from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import COMMUNE, CONTROL_OFFICER, PROVINCE
from motcua.reports.actions.rounds import consolidate, open_round
from motcua.reports.actions.writing import set_lines
from motcua.reports.forms_in_use import forms_for, kept_forms, lines_in
from motcua.reports.models import Report, ReportCell, ReportVersion
from motcua.reports.queries import checked
from motcua.reports.rules.consolidating import summable_rows
from motcua.reports.rules.periods import ReportPeriod

COMMUNES, FIELDS = 100, 27
PERIOD, REGIME = ReportPeriod.parse("2026Q3"), "kstt"
ROUNDS = 5
CONSOLIDATED_WITHIN, CHECKED_WITHIN = 1.0, 0.3  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--communes", type=int, default=COMMUNES)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Build the province, add it up and check its report."""
    with own_house() as house:
        house.prepare()
        house.point_django_here()
        report, actor, cells = _province(options.communes)
        added = _timed(lambda: consolidate(report.code, actor=actor))
        sums = report.cells.filter(appendix=6, row="2.8").values_list("summed", flat=True).first()
        check = _timed(lambda: checked(Report.objects.get(pk=report.pk)))
        reform = _reform_report(report.unit, actor)
        check_reform = _timed(lambda: checked(Report.objects.get(pk=reform.pk)))
    right = sums == str(sum(range(options.communes)))
    figures = {
        "communes": options.communes,
        "cells_of_each": cells,
        "consolidate_seconds": added[0],
        "consolidate_cpu_seconds": added[1],
        "live_check_seconds": check[0],
        "live_check_cpu_seconds": check[1],
        "live_check_reform_seconds": check_reform[0],
        "sums_are_right": right,
    }
    met = right and added[0] <= CONSOLIDATED_WITHIN and max(check[0], check_reform[0]) <= CHECKED_WITHIN
    return {
        **figures,
        "met": met,
        "summary": [
            f"{options.communes} communes x {cells} cells added up in {added[0]:.2f} s ({added[1]:.2f} s of CPU here)",
            f"a live check of that report {1000 * check[0]:.0f} ms ({1000 * check[1]:.0f} ms of CPU here), "
            f"of a reform report {1000 * check_reform[0]:.0f} ms ({1000 * check_reform[1]:.0f} ms)",
            "sums are right" if right else "SUMS ARE WRONG",
        ],
    }


def _province(communes: int) -> tuple[Report, Account, int]:
    since = PERIOD.window(REGIME).first
    top = establish(code="BENCH", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=since, actor="")
    for number in range(communes):
        establish(code=f"BENCH.{number}", name=f"Xã Thử {number}", kind=COMMUNE, parent=top, valid_from=since, actor="")
    account = open_account(username="bench", full_name="Bench", password=None, actor="")
    give_post(account, unit=top, role=CONTROL_OFFICER, valid_from=since, actor="")
    actor = Account.objects.get(pk=account.pk)
    open_round(REGIME, PERIOD, actor=actor)
    report = Report.objects.get(unit=top)
    set_lines(report.code, 6, [f"Lĩnh vực {number}" for number in range(FIELDS)], actor=actor)
    report.refresh_from_db()
    forms = forms_for(report)
    rows = {str(number): summable_rows(form) for number, form in forms.items()}
    kept = kept_forms(forms.values(), {number: lines_in(report, number) for number in forms})
    sent = []
    for number, other in enumerate(Report.objects.filter(unit__parent=top).order_by("unit__code")):
        other.forms = kept
        other.save(update_fields=["forms"])
        values = {appendix: dict.fromkeys(codes, str(number)) for appendix, codes in rows.items()}
        lines = {appendix: entry["lines"] for appendix, entry in kept.items()}
        sent.append(ReportVersion(report=other, number=1, at=timezone.now(), by=actor.code, cells=values, lines=lines))
    ReportVersion.objects.bulk_create(sent)
    return report, actor, sum(len(codes) for codes in rows.values())


def _reform_report(unit: Unit, actor: Account) -> Report:
    """Return a report of the seven appendices with every number typed."""
    open_round("cchc", PERIOD, actor=actor)
    report = Report.objects.get(unit=unit, regime="cchc")
    ReportCell.objects.bulk_create(
        ReportCell(report=report, appendix=number, row=code, typed="4", is_typed=True, changed_at=timezone.now())
        for number, form in forms_for(report).items()
        for code in summable_rows(form)
    )
    return report


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return seconds and CPU seconds of this process, the medians of rounds."""
    seconds, cpu = [], []
    for _round in range(ROUNDS):
        began, began_cpu = time.perf_counter(), time.process_time()
        work()
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - began_cpu)
    return statistics.median(seconds), statistics.median(cpu)
