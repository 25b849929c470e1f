"""``motcua bench NAME``: runs what is measured in the checkout's ``bench/`` folder."""

import argparse
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import django

from motcua.base.command import FINE, print_json, require_database, say
from motcua.base.refusal import Refused
from motcua.site.checkout import checkout


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="TÊN", help="tên hạng mục; bỏ trống để xem danh sách")
    parser.add_argument("--json", action="store_true", help="in số liệu dạng JSON")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…", help="tham số riêng của hạng mục")


def run(options: argparse.Namespace) -> int:
    """Load ``bench/NAME.py`` and print what its ``run(options)`` returns: a dict of figures, ``summary`` being lines.

    The module may set NEEDS_DATABASE, and define ``arguments(parser)`` for words of its own.
    """
    folder = checkout("bench") / "bench"
    names = sorted(file.stem for file in folder.glob("[a-z]*.py"))
    if options.name not in names:
        listed = ", ".join(names) or "(chưa có hạng mục nào)"
        raise Refused(f"bench: {options.name or 'thiếu tên hạng mục'}; các hạng mục hiện có: {listed}.")
    options = _own_words(options)
    module = _load(folder, options.name)
    if hasattr(module, "arguments"):
        parser = argparse.ArgumentParser(prog=f"motcua bench {options.name}")
        module.arguments(parser)
        parser.parse_args(options.words, namespace=options)
    elif options.words:
        raise Refused(f"bench {options.name}: không nhận tham số {' '.join(options.words)}.")
    if getattr(module, "NEEDS_DATABASE", False):
        require_database()
    figures = module.run(options)
    if options.json:
        print_json(figures)
    else:
        say("\n".join(figures["summary"]))
    return FINE


def _own_words(options: argparse.Namespace) -> argparse.Namespace:
    """Take a ``--json`` that stands among the words of the bench."""
    words = [word for word in options.words if word != "--json"]
    return argparse.Namespace(name=options.name, words=words, json=options.json or len(words) < len(options.words))


def _load(folder: Path, name: str) -> ModuleType:
    django.setup()
    sys.path.insert(0, str(folder))  # a bench may import its neighbours
    spec = spec_from_file_location(f"bench_{name}", folder / f"{name}.py")
    if spec is None or spec.loader is None:
        raise Refused(f"bench: không đọc được {name}.py.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
