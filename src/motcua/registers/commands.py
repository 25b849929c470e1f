"""What registers offer to the command line."""

import argparse
import json
from pathlib import Path

from django.utils.translation import gettext

from motcua.base.command import BAD_INPUT, FINDINGS, FINE, Command, print_json, say
from motcua.registers.rules.definition_checks import problems


def load(_options: argparse.Namespace) -> int:
    """Publish the shipped definitions that are not there yet."""
    # Late: models stand behind it, and the check below needs no database.
    from motcua.registers.actions.shipping import take_in_shipped

    say(gettext("Đã nhận %(count)s phiên bản sổ.") % {"count": take_in_shipped()})
    return FINE


def check(options: argparse.Namespace) -> int:
    """Print what is wrong with a definition; 0 where nothing is, 1 otherwise."""
    try:
        content = json.loads(Path(options.file).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        say(gettext("Không đọc được tệp %(file)s: %(words)s") % {"file": options.file, "words": error})
        return BAD_INPUT
    found = [words for data in (content if isinstance(content, list) else [content]) for words in problems(data)]
    if options.json:
        print_json(found)
    else:
        say("\n".join(found) or gettext("Định nghĩa đúng."))
    return FINDINGS if found else FINE


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="tệp JSON định nghĩa một sổ")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


COMMANDS = [
    Command("registers load", "nhận các sổ đi kèm Motcua chưa có trong cơ sở dữ liệu", load, needs_database=True),
    Command("registers check", "kiểm tra tệp định nghĩa một sổ", check, _arguments),
]
