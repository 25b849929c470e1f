"""``motcua plan read FILE``: a plan document as tasks, targets and doubts. Needs no database."""

import argparse
import sys
from pathlib import Path

from motcua.base.command import BAD_INPUT, FINDINGS, FINE, Command, print_json, say
from motcua.base.refusal import Refused
from motcua.plans.plan_files import read_plan_file
from motcua.plans.rules.listing import listing


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file and ``--json``."""
    parser.add_argument("file", metavar="FILE", help="tệp DOCX, PDF (chữ hoặc ảnh quét), HTML, TXT, XLSX, DOC, ODT")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Print the reading; exit 0 fine, 1 when the document lost something or contradicts itself, 2 for bad input."""
    try:
        _, plan = read_plan_file(options.file, Path(options.file).name, on_progress=_tell)
    except Refused as refusal:
        say(refusal.message)
        return BAD_INPUT
    if options.json:
        print_json(plan.as_json())
    else:
        sys.stdout.write("\n".join(listing(plan)) + "\n")
    return FINDINGS if plan.has_losses else FINE


def _tell(page: int, pages: int) -> None:
    if sys.stderr.isatty():
        say(f"trang {page}/{pages}")


PLAN_READ = Command("plan read", "Đọc văn bản kế hoạch thành nhiệm vụ và chỉ tiêu", run, arguments)
