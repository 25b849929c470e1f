"""``motcua decision read FILE``: a decision as kinds, number, date, issuer and the procedures it lists. No database."""

import argparse
import sys
from pathlib import Path

from motcua.base.command import BAD_INPUT, FINDINGS, FINE, Command, print_json, say
from motcua.base.refusal import Refused
from motcua.procedures.publishing_states import CHANGE_LABELS, DECISION_KINDS
from motcua.procedures.rules.decisions.reader import read_decision
from motcua.procedures.rules.decisions.values import DecisionReading
from motcua.reading.limited import understand_limited


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and ``--json``."""
    parser.add_argument("file", metavar="FILE", help="quyết định dạng DOCX, PDF (chữ hoặc ảnh quét), HTML, TXT")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Print the reading; exit 0 fine, 1 when something is missing or contradicts itself, 2 for bad input."""
    try:
        _, reading = understand_limited(read_decision, DecisionReading, options.file, Path(options.file).name)
    except Refused as refusal:
        say(refusal.message)
        return BAD_INPUT
    if options.json:
        print_json(reading.as_json())
    else:
        sys.stdout.write("\n".join(_lines(reading)) + "\n")
    return FINDINGS if reading.warnings else FINE


def _lines(reading: DecisionReading) -> list[str]:
    head = [
        f"{reading.number or '?'} {reading.date or '?'} {reading.issuer or '?'}",
        reading.title or "?",
        "; ".join(str(DECISION_KINDS[kind]) for kind in reading.kinds) or "?",
    ]
    rows = [f"{one.code or '?':10} {CHANGE_LABELS[one.change]}: {one.name or '?'}" for one in reading.procedures]
    return [*head, *rows, *(f"! {doubt.message}" for doubt in reading.warnings)]


DECISION_READ = Command("decision read", "Đọc quyết định công bố thủ tục hành chính", run, arguments)
