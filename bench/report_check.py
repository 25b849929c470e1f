"""How well reports are checked: planted errors by rule, report 415/BC-VP, time of a live check.

Every planted error stands alone in an invented report that is otherwise right, so whatever else speaks is a
false alarm. The planted errors were written beside the checker: they show that rules fire exactly, not how
many kinds of errors real reports hold; report 415/BC-VP is the only real one. V17 needs an earlier report and
is not planted here.
"""

import statistics
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any

from reports.judge import measure
from reports.writers import FORMATS

from motcua.reports.rules.catalogue import demonstration_report, forms_of
from motcua.reports.rules.checking import check, check_report
from motcua.reports.rules.context import Context
from motcua.reports.rules.report_reading import read_report
from motcua.reports.tests.drafts import clean_draft
from motcua.reports.tests.planted import PLANTS
from motcua.reports.tests.test_report_415 import FURTHER, KNOWN

DEFAULT_SEEDS = 10
SEEDS_PER_SHAPE = 1  # some 200 reports, each read in a process of its own: about two minutes


def arguments(parser: ArgumentParser) -> None:
    """Declare the bench's own words."""
    parser.add_argument("--seeds", type=int, default=DEFAULT_SEEDS, help="số báo cáo giả lập cho mỗi loại lỗi")


def run(options: Namespace | Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return recall and precision by rule, findings on report 415/BC-VP and CPU time of a live check.

    ``options`` may carry ``seeds``: how many invented reports every error is planted into.
    """
    given = vars(options) if isinstance(options, Namespace) else dict(options or {})
    seeds = int(given.get("seeds") or DEFAULT_SEEDS)
    planted = _planted(seeds)
    known = _report_415()
    live = _live_check_ms()
    shapes = measure(FORMATS, range(min(seeds, SEEDS_PER_SHAPE)))
    total = planted["total"]
    return {
        "planted": planted,
        "report_415": known,
        "live_check_cpu_ms": live,
        "shapes": shapes,
        "summary": [
            f"{total['planted']} planted errors of {len(PLANTS)} kinds under {len(planted['rules'])} rules: "
            f"recall {total['recall']:.3f}, precision {total['precision']:.3f}; "
            f"{planted['clean']['false_alarms']} false alarms on {planted['clean']['reports']} right reports",
            f"report 415/BC-VP: {known['known_found']} of {known['known']} listed inconsistencies found, "
            f"{known['findings']} findings, {known['unexpected']} outside the hand-checked list",
            _shapes_summary(shapes),
            f"live check of a full report (177 rows and text): {live} ms of CPU, median of five",
        ],
    }


def _shapes_summary(shapes: Mapping[str, Any]) -> str:
    by_rule = [count for key, count in shapes["counts"].items() if not key.startswith("in ")]
    planted, found, named, spoken = (
        sum(count[key] for count in by_rule) for key in ("planted", "found", "named", "spoken")
    )
    return (
        f"reports of five other families in {', '.join(FORMATS)} (ours): {found} of {planted} planted errors "
        f"found (recall {found / planted:.3f}); {named} of {spoken} loud findings name them "
        f"(precision {named / spoken:.3f}); "
        f"{len(shapes['alarms'])} false alarms on {sum(shapes['clean'].values())} right reports"
    )


def _planted(seeds: int) -> dict[str, Any]:
    planted, found, spoken = Counter(), Counter(), Counter()
    clean_alarms = sum(len(_findings(clean_draft(Random(seed)))) for seed in range(seeds))
    for plant in PLANTS:
        for seed in range(seeds):
            draft = clean_draft(Random(seed))
            plant.change(draft, Random(seed))
            findings = _findings(draft)
            places = {(finding.rule, finding.where.appendix, finding.where.row) for finding in findings}
            planted[plant.rule] += 1
            found[plant.rule] += (plant.rule, plant.appendix, plant.row) in places
            # One error may be said at several places by its own rule; another rule's word is a false alarm.
            spoken.update({rule for rule, _, _ in places})
    rules = {
        rule: {
            "planted": planted[rule],
            "recall": round(found[rule] / planted[rule], 4),
            "precision": round(found[rule] / spoken[rule], 4) if spoken[rule] else None,
        }
        for rule in sorted(planted)
    }
    total = {
        "planted": planted.total(),
        "recall": found.total() / planted.total(),
        "precision": found.total() / spoken.total(),
    }
    return {"rules": rules, "total": total, "clean": {"reports": seeds, "false_alarms": clean_alarms}}


def _findings(draft: Any) -> list[Any]:
    return check_report(read_report(draft.text().encode(), "report.txt"))


def _report_415() -> dict[str, Any]:
    findings = check_report(read_report(demonstration_report(), "415-BC-VP.txt"))
    places = Counter((f.rule, f.where.appendix, f.where.row, f.where.line) for f in findings)
    listed = Counter(sum(KNOWN.values(), []) + FURTHER)
    return {
        "known": len(KNOWN),
        "known_found": sum(all(place in places for place in expected) for expected in KNOWN.values()),
        "findings": places.total(),
        "unexpected": (places - listed).total(),
        "by_rule": dict(sorted(Counter(f.rule for f in findings).items())),
    }


def _live_check_ms() -> float:
    reading = read_report(demonstration_report(), "415-BC-VP.txt")
    context = Context(
        reporter=reading.reporter,
        period=reading.period,
        report_date=reading.dated,
        narrative=reading.narrative,
        is_final=False,
    )
    forms = list(forms_of("cchc", None).values())
    times = []
    for _ in range(5):
        start = time.process_time()
        check(reading.appendices, forms, context)
        times.append((time.process_time() - start) * 1000)
    return round(statistics.median(times), 1)
