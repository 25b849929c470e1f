"""``motcua procedures national FILE…``: take over the national set, tell where the province's catalogue differs."""

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.base.command import BAD_INPUT, FINDINGS, FINE, Command, print_json, say
from motcua.base.refusal import Refused
from motcua.procedures.actions.national import import_national_set
from motcua.procedures.publication_queries import national_differences


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the files and ``--json``."""
    parser.add_argument("files", metavar="FILE", nargs="*", help="tệp Excel của Cổng Dịch vụ công quốc gia, hoặc JSONL")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Import every file, then print the differences; exit 0 where there is none, 1 with some, 2 for bad input."""
    imported = []
    try:
        for name in options.files:
            done = import_national_set(path=Path(name), actor="", seen_on=today())
            imported.append({"file": Path(name).name, **vars(done)})
            say(gettext("%(file)s: %(rows)s thủ tục, %(changed)s mới hoặc thay đổi.") % imported[-1])
    except Refused as refusal:
        say(refusal.message)
        return BAD_INPUT
    found = national_differences(today())
    if options.json:
        print_json({"imported": imported, "differences": [vars(one) for one in found]})
    else:
        for one in found:
            sys.stdout.write(f"{one.code}  {one.reason}  {', '.join(one.parts)}\n")
    return FINDINGS if found else FINE


NATIONAL = Command("procedures national", "Nạp bộ thủ tục quốc gia và đối chiếu", run, arguments, needs_database=True)
