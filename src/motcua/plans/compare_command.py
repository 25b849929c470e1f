"""``motcua plan compare PARENT CHILD``: a plan beside the plan above it. Needs no database."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from motcua.base.command import BAD_INPUT, FINDINGS, FINE, Command, print_json, say
from motcua.base.refusal import Refused
from motcua.plans.plan_files import read_plan_file
from motcua.plans.rules.relating.alignment import Alignment, PlanSide
from motcua.plans.rules.relating.alignment_findings import KINDS, MUST_LOOK, align
from motcua.plans.rules.relating.alignment_sides import level_of, side_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two files and ``--json``."""
    parser.add_argument("parent", metavar="PARENT", help="kế hoạch cấp trên")
    parser.add_argument("child", metavar="CHILD", help="kế hoạch cấp dưới")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Print the comparison; exit 0 fine, 1 when something must be looked at, 2 for bad input."""
    try:
        above, below = (read_plan_file(Path(name), Path(name).name)[1] for name in (options.parent, options.child))
    except Refused as refusal:
        say(refusal.message)
        return BAD_INPUT
    parent, child = side_of(above, below=level_of(below.document.issuer)), side_of(below)
    found = align(parent, child)
    if options.json:
        print_json({"parent": _told(parent), "child": _told(child), **found.as_json()})
    else:
        sys.stdout.write("\n".join(_listing(parent, child, found)) + "\n")
    return FINDINGS if any(each.kind in MUST_LOOK for each in found.every_finding) else FINE


def _told(side: PlanSide) -> dict[str, object]:
    return {"name": side.name, "title": side.title, "year": side.year, "level": side.level, "rows": len(side.rows)}


def _listing(parent: PlanSide, child: PlanSide, found: Alignment) -> Iterator[str]:
    yield f"{parent.name} ({len(parent.rows)} dòng) ← {child.name} ({len(child.rows)} dòng)"
    yield f"Khớp: {len(found.matched)} dòng"
    counts = Counter(each.kind for each in found.every_finding)
    for kind, label in KINDS.items():
        if counts[kind]:
            yield f"{label}: {counts[kind]}"
    yield ""
    for each in found.findings:
        yield f"  {KINDS[each.kind]}: {each.message}"
    for pair in found.pairs:
        if not pair.findings:
            continue
        above, below = pair.parent.key if pair.parent else "–", pair.child.key if pair.child else "–"
        row = pair.child or pair.parent
        yield f"{above} ← {below}  {row.text[:100] if row else ''}"
        for each in pair.findings:
            yield f"    {KINDS[each.kind]}: {each.message}"


PLAN_COMPARE = Command("plan compare", "So kế hoạch cấp dưới với kế hoạch cấp trên", run, arguments)
