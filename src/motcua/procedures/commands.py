"""Commands of the catalogue."""

import argparse
import sys

from django.utils.translation import gettext

from motcua.base.command import BAD_INPUT, FINDINGS, FINE, Command, print_json, say
from motcua.procedures.decision_command import DECISION_READ
from motcua.procedures.eform_command import FORMS_ADOPT
from motcua.procedures.explaining import reasons_of
from motcua.procedures.national_command import NATIONAL
from motcua.procedures.queries import catalogue

MOST = 1000


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", help="tên việc cần làm, lĩnh vực, cơ quan hoặc mã thủ tục; không dấu cũng được")
    parser.add_argument("--limit", type=int, default=10, help="số kết quả nhiều nhất")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def search_procedures(options: argparse.Namespace) -> int:
    """Print the procedures found, best first; exit 1 when none is, 2 when nothing was asked."""
    if not options.query.strip():
        say(gettext("Chưa có từ cần tìm."))
        return BAD_INPUT
    if not 1 <= options.limit <= MOST:
        say(gettext("Số kết quả phải từ 1 đến %(most)s.") % {"most": MOST})
        return BAD_INPUT
    index = catalogue()
    if not index.entries:
        say(gettext("Danh mục thủ tục chưa được nạp."))
        return BAD_INPUT
    hits = index.search(options.query)[: options.limit]
    lines = [
        {"code": hit.entry.code, "name": hit.entry.name, "field": hit.entry.field, "score": hit.score, "why": why}
        for hit, why in zip(hits, reasons_of(options.query, hits), strict=True)
    ]
    if options.json:
        print_json(lines)
    elif lines:
        for one in lines:
            sys.stdout.write(f"{one['code']}  {one['name']}  [{one['field']}]\n")
            sys.stdout.write(f"          {one['why']}\n" if one["why"] else "")
    else:
        say(gettext("Không tìm thấy thủ tục nào."))
    return FINE if lines else FINDINGS


COMMANDS = [
    Command("procedures search", "Tìm thủ tục hành chính", search_procedures, _search_arguments, needs_database=True),
    DECISION_READ,
    NATIONAL,
    FORMS_ADOPT,
]
