"""The house's own rules, for what import-linter cannot see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.site.modules import MODULES

ROOT = Path(__file__).parents[2]
FLOORS = [
    {"base"},
    {"ui"},
    {"organizations"},
    {"workflow", "documents", "notifications", "payments", "reading"},
    {"procedures", "indicators"},
    {"dossiers", "petitions", "plans", "reports", "queues", "reviews", "registers", "assessments"},
    {"integrations"},
    {"site"},
]
JUNK_DRAWERS = {"utils", "util", "common", "helpers", "helper", "core", "misc", "shared"}
WRITING = {"create", "bulk_create", "bulk_update", "update", "update_or_create", "get_or_create", "save", "delete"}
# Rooms that may write: actions; the ground's own facts; sign-in, which counts failures.
WRITERS = re.compile(r"/(actions|migrations|tests|facts|gateways)/|/(seed|factories)\.py$")
VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


def _code_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.py")):
        if "/tests/" not in str(path) and "/migrations/" not in str(path):
            yield path


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _floor(label: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if label in floor)


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, here)
        else:
            yield here, entry


def test_every_page_says_who_may_open_it():
    silent = [
        address
        for address, pattern in _patterns(get_resolver())
        if not address.startswith("api/v1/") and not hasattr(pattern.callback, "guard")
    ]
    assert silent == []


def test_every_api_operation_says_who_may_open_it():
    from motcua.site.api import api

    silent = [
        f"{sorted(operation.methods)} {path}"
        for _prefix, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        if not hasattr(operation.view_func, "guard")
    ]
    assert silent == []


def test_foreign_keys_point_down():
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("motcua.")
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model._meta.label.split(".")[0] != "auth"
        if (ours := model._meta.app_label) != (theirs := field.related_model._meta.app_label)
        if theirs in set().union(*FLOORS) and _floor(theirs) >= _floor(ours)
    ]
    assert upward == []


def test_only_actions_write():
    writes = []
    for path in _code_files():
        if WRITERS.search(f"/{_name(path)}"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING):
                continue
            target = ast.unparse(node.func.value)
            if "objects" in target or node.func.attr in {"bulk_create", "bulk_update", "update_or_create"}:
                writes.append(f"{_name(path)}:{node.lineno} {target[:60]}.{node.func.attr}")
    assert writes == []


def test_rules_are_pure():
    impure = []
    for path in _code_files():
        if "/rules/" not in f"/{_name(path)}":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            impure += [
                f"{_name(path)}: {name}"
                for name in names
                # Words are translated wherever they are made; nothing else of Django is pure.
                if name.startswith("django") and not name.startswith("django.utils.translation")
            ]
    assert impure == []


def test_nothing_is_a_junk_drawer():
    assert [_name(path) for path in ROOT.rglob("*") if path.stem in JUNK_DRAWERS and "static" not in path.parts] == []


def test_every_module_is_a_room_on_a_floor():
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert folders - set().union(*FLOORS) == set()
    assert [f"motcua.{name}" for name in folders if f"motcua.{name}" not in MODULES and name != "integrations"] == []


def test_files_stay_readable():
    long = {
        _name(path): lines
        for path in _code_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_signals_and_no_save_overrides():
    found = []
    for path in _code_files():
        source = path.read_text(encoding="utf-8")
        if "django.db.models.signals" in source or "django.dispatch" in source:
            found.append(f"{_name(path)}: signal")
        for node in ast.walk(ast.parse(source)):
            is_model = isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(base) for base in node.bases)
            if is_model and any(isinstance(item, ast.FunctionDef) and item.name == "save" for item in node.body):
                found.append(f"{_name(path)}: {node.name}.save")
    assert found == []


def test_nothing_is_loaded_from_elsewhere():
    elsewhere = re.compile(r"""(?:src|href)=["'](?:https?:)?//|url\(["']?https?://|@import""")
    found = [
        _name(path)
        for pattern in ("*.html", "*.css")
        for path in ROOT.rglob(pattern)
        if "/tests/" not in str(path) and elsewhere.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


# The gallery is for developers; the sheet carries the national motto, which is not translated.
NOT_TRANSLATED = {"gallery.html", "sheet.html"}
TEMPLATES = [path for path in sorted(ROOT.rglob("templates/**/*.html")) if path.name not in NOT_TRANSLATED]


@pytest.mark.parametrize("template", TEMPLATES, ids=_name)
def test_words_in_templates_can_be_translated(template):
    source = template.read_text(encoding="utf-8")
    for tags in (
        r"{% comment %}.*?{% endcomment %}",
        r"{% blocktrans.*?{% endblocktrans\w* %}",
        r"{%.*?%}",
        r"{{.*?}}",
        r"{#.*?#}",
        r"<!--.*?-->",
    ):
        source = re.sub(tags, "", source, flags=re.DOTALL)
    source = source.replace("Tiếng Việt", "").replace("Một cửa", "")  # names stay as they are
    assert [line.strip() for line in source.splitlines() if VIETNAMESE.search(line)] == []
