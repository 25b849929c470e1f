"""How well planted errors are found and right reports left alone, by rule, family and format."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from random import Random
from typing import Any

from motcua.reports.report_files import read_report_file
from motcua.reports.rules.checking import check_report
from motcua.reports.rules.findings import Finding
from reports.families import FAMILIES, make
from reports.pieces import Plant, Report
from reports.plants import PLANTS
from reports.writers import write

LOUD = ("error", "warning")


def findings_of(report: Report, kind: str) -> list[Finding]:
    """Return what the checker says aloud of a report written in a format."""
    reading = read_report_file(write(report, kind), f"report.{kind}")
    return [found for found in check_report(reading) if found.severity in LOUD]


def spoiled(plant: Plant, family: str, seed: int) -> Report | None:
    """Return a report with one error, None where this one has nothing of the kind."""
    report = make(family, seed)
    plant.change(report, Random(seed))
    return report if report.is_possible else None


def is_named(plant: Plant, report: Report, found: Finding) -> bool:
    """Say whether a finding names the planted error: its rule, and its row where it is in a table."""
    if found.rule not in plant.rules:
        return False
    row = found.where.row or ""
    return not report.planted or row == report.planted or row.split(".")[-1:] == report.planted.split(".")[-1:] or (
        row.endswith(f".{report.planted}") or report.planted.startswith(f"{row}.")
    )  # fmt: skip


def measure(kinds: Iterable[str], seeds: Iterable[int]) -> dict[str, Any]:
    """Return false alarms on right reports and recall and precision on spoiled ones."""
    kinds, seeds = list(kinds), list(seeds)
    clean: Counter[str] = Counter()
    alarms: list[str] = []
    for family in FAMILIES:
        for seed in seeds:
            for kind in kinds:
                clean[kind] += 1
                alarms += [
                    f"{family} {seed} {kind}: {found.rule} {found.message}"
                    for found in findings_of(make(family, seed), kind)
                ]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    missed: list[str] = []
    for plant in PLANTS:
        for seed in seeds:
            for family in FAMILIES if plant.family == "*" else (plant.family,):
                kind = kinds[(seed + len(plant.name)) % len(kinds)] if plant.family == "*" else None
                for one in [kind] if kind else kinds:
                    report = spoiled(plant, family, seed)
                    if report is None:
                        continue
                    found = findings_of(report, one)
                    hits = [entry for entry in found if is_named(plant, report, entry)]
                    key = "/".join(sorted(plant.rules))
                    counts[key]["planted"] += 1
                    counts[key]["found"] += bool(hits)
                    counts[key]["named"] += len(hits)
                    counts[key]["spoken"] += len(found)
                    counts[f"in {one}"]["planted"] += 1
                    counts[f"in {one}"]["found"] += bool(hits)
                    if not hits:
                        missed.append(
                            f"{plant.name} in {family} {seed} {one}: {[(f.rule, f.where.row) for f in found]}"
                        )
    return {"clean": dict(clean), "alarms": alarms, "counts": {key: dict(value) for key, value in counts.items()},
            "missed": missed}  # fmt: skip
