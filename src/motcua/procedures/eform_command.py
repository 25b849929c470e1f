"""``motcua forms adopt``: the questions of older offerings become form versions."""

import argparse
import sys

from django.utils.translation import gettext

from motcua.base.command import FINDINGS, FINE, Command, say
from motcua.procedures.actions.adopting import adopt_questions


def run(_options: argparse.Namespace) -> int:
    """Adopt; exit 1 when procedures were left alone because their offerings ask different things."""
    adopted, left = adopt_questions(actor="")
    say(gettext("Đã chuyển %(count)s bộ câu hỏi thành biểu mẫu.") % {"count": len(adopted)})
    for code in left:
        sys.stdout.write(gettext("%(code)s: các đơn vị hỏi khác nhau, để nguyên.") % {"code": code} + "\n")
    return FINDINGS if left else FINE


FORMS_ADOPT = Command("forms adopt", "Chuyển câu hỏi của nơi giải quyết thành biểu mẫu", run, needs_database=True)
