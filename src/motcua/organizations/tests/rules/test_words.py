"""Rules cannot translate; every word of theirs that an edge may show has its English all the same."""

import ast
from pathlib import Path

from babel.messages.pofile import read_po

from motcua.organizations import rules
from motcua.organizations.rules.ledger import REASONS
from motcua.organizations.rules.pauses import WAITING_FOR_PAYMENT, WAITING_FOR_SUPPLEMENT
from motcua.organizations.rules.time_limits import UNIT_LABELS

FOLDER = Path(rules.__file__).parent
REFUSALS = {"CalendarRefused", "BeyondCalendar", "_refused"}


def _translated():
    catalogue = FOLDER.parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as file:
        return {entry.id for entry in read_po(file, locale="en") if entry.string}


def _refusals():
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in REFUSALS:
                    yield node.args[0].value


def test_every_reason_and_unit_has_its_english():
    words = {*REASONS, *UNIT_LABELS.values(), WAITING_FOR_SUPPLEMENT, WAITING_FOR_PAYMENT}
    assert words - _translated() == set()


def test_every_refusal_has_its_english():
    refusals = set(_refusals())
    assert len(refusals) > 15
    assert refusals - _translated() == set()
