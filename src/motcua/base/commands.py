"""Commands of the ground floor."""

import argparse

from django.utils.translation import gettext

from motcua.base.command import Command, print_json, say
from motcua.base.facts.sealing import seal_pending, verify

WORDS = {"altered": "bị sửa", "removed": "bị xóa", "slipped in": "bị chèn thêm"}


def _json_flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def verify_facts(options: argparse.Namespace) -> int:
    """Walk the hash chain; exit 1 and name the first fact that is not as it was sealed."""
    found = verify()
    broken = found.broken
    if options.json:
        print_json(
            {
                "sealed": found.sealed,
                "unsealed": found.unsealed,
                "head": found.head,
                "broken": {"fact": broken.fact_id, "what": broken.what} if broken else None,
            }
        )
    elif broken:
        say(
            gettext("Chuỗi sự kiện hỏng tại sự kiện số %(id)s: %(what)s.")
            % {"id": broken.fact_id, "what": WORDS[broken.what]}
        )
    else:
        say(
            gettext("Chuỗi nguyên vẹn: %(sealed)s sự kiện đã niêm phong, %(unsealed)s đang chờ. Dấu: %(head)s")
            % {"sealed": found.sealed, "unsealed": found.unsealed, "head": found.head}
        )
    return 1 if broken else 0


def seal_facts(_options: argparse.Namespace) -> int:
    """Seal all facts now instead of waiting for the worker."""
    sealed = 0
    while batch := seal_pending():
        sealed += batch
    say(gettext("Đã niêm phong %(count)s sự kiện.") % {"count": sealed})
    return 0


COMMANDS = [
    Command("facts verify", "Kiểm tra chuỗi sự kiện, nêu sự kiện đầu tiên bị sửa", verify_facts, _json_flag, True),
    Command("facts seal", "Niêm phong ngay các sự kiện đang chờ", seal_facts, needs_database=True),
]
