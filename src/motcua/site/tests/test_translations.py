"""Every word on the screen has its English; no catalogue is stale."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
MODULES = sorted(path.parent for path in ROOT.glob("*/__init__.py"))
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURALS = {"ngettext", "ngettext_lazy"}


def _calls(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in CALLS | PLURALS and node.args and isinstance(node.args[0], ast.Constant):
            found.add(node.args[0].value)
    return found


def _in_template(source: str) -> set[str]:
    """Django turns a template into what xgettext reads; we read the same."""
    python = templatize(source)
    pattern = r"""(?:gettext|ngettext)\(\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|'{3}.*?'{3}|"{3}.*?"{3})"""
    return {ast.literal_eval(match) for match in re.findall(pattern, python, flags=re.DOTALL)}


def messages_of(module: Path) -> set[str]:
    """Return every Vietnamese message that ``module`` shows."""
    found: set[str] = set()
    for path in module.rglob("*.py"):
        if "tests" not in path.parts:
            found |= _calls(path.read_text(encoding="utf-8"))
    for path in module.rglob("templates/**/*.html"):
        found |= _in_template(path.read_text(encoding="utf-8"))
    return {message for message in found if message.strip()}


def catalogue_of(module: Path) -> Path:
    return module / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_message_has_its_english(module):
    messages = messages_of(module)
    translated = set()
    if catalogue_of(module).exists():
        with catalogue_of(module).open("rb") as file:
            for entry in read_po(file, locale="en"):
                first = entry.id[0] if isinstance(entry.id, tuple) else entry.id
                texts = entry.string if isinstance(entry.string, tuple) else (entry.string,)
                if first and all(texts) and not entry.fuzzy:
                    translated.add(first)
    assert sorted(messages - translated) == []


@pytest.mark.parametrize("module", [m for m in MODULES if catalogue_of(m).exists()], ids=lambda path: path.name)
def test_compiled_catalogue_is_up_to_date(module):
    with catalogue_of(module).open("rb") as file:
        written = {_flat(entry.id): _flat(entry.string) for entry in read_po(file, locale="en") if entry.id}
    compiled = read_mo(io.BytesIO(catalogue_of(module).with_suffix(".mo").read_bytes()))
    assert {_flat(entry.id): _flat(entry.string) for entry in compiled if entry.id} == written


def _flat(text):
    """A message with plural forms is a list here and a tuple there."""
    return text if isinstance(text, str) else tuple(text)
