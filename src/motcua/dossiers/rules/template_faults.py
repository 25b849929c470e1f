"""What is wrong with a template of results, each fault at its place: which box, which line of it, which name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.dossiers.rules.result_templates import FIELD, KNOWN, ResultTemplate

MOST_ASKS, MOST_PARTS, MOST_LETTERS, MOST_ANSWER, MOST_ROWS, MOST_LINES = 20, 100, 3000, 10_000, 20, 30
LONGEST = {"name": 120, "kind": 80, "subject": 300, "symbol": 20}
# Names under which a form sends what is no answer.
RESERVED = frozenset({"mau", "lam", "csrfmiddlewaretoken"})
PARTS = frozenset({"paragraph", "heading", "items", "paragraphs"})
WHOLE = frozenset({"if", "unless", "items", "paragraphs"})  # of a part: their value is a name, no text
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SYMBOL = re.compile(r"[A-ZĐa-zđ0-9./-]{1,20}")
_BRACES = re.compile(r"[{}]")


@dataclass(frozen=True)
class Fault:
    """One fault: ``place`` is the box, ``line`` counts from 1 (0: the box as a whole), ``name`` what it is about."""

    code: str
    place: str
    line: int = 0
    name: str = ""


def faults_of(template: ResultTemplate) -> list[Fault]:
    """Return the faults of a template in the order of its boxes."""
    return [*_heading_faults(template), *_ask_faults(template), *_text_faults(template), *_body_faults(template)]


def _heading_faults(template: ResultTemplate) -> Iterator[Fault]:
    for place, most in LONGEST.items():
        if len(getattr(template, place)) > most:
            yield Fault("too_long", place, name=str(most))
    if not template.name:
        yield Fault("missing", "name")
    if not _SYMBOL.fullmatch(template.symbol):
        yield Fault("bad_symbol", "symbol")
    if template.valid_to is not None and template.valid_to < template.valid_from:
        yield Fault("ends_early", "valid_to")
    if not template.kind and not template.addressees:
        yield Fault("no_addressee", "addressees")


def _ask_faults(template: ResultTemplate) -> Iterator[Fault]:
    names = [ask.name for ask in template.asks]
    used = {name for _place, _line, name in _names(template)}
    if len(names) > MOST_ASKS:
        yield Fault("too_many", "asks", name=str(MOST_ASKS))
    for line, ask in enumerate(template.asks, start=1):
        if not _NAME.fullmatch(ask.name) or ask.name in RESERVED:
            yield Fault("bad_name", "asks", line, ask.name)
        elif ask.name in KNOWN:
            yield Fault("known_name", "asks", line, ask.name)
        elif ask.name in names[: line - 1]:
            yield Fault("asked_twice", "asks", line, ask.name)
        elif ask.name not in used:
            yield Fault("not_used", "asks", line, ask.name)
        if not ask.label or len(ask.label) > 120:
            yield Fault("bad_label", "asks", line, ask.name)
        if not (1 <= ask.most <= MOST_ANSWER and 1 <= ask.rows <= MOST_ROWS):
            yield Fault("bad_size", "asks", line, ask.name)


def _text_faults(template: ResultTemplate) -> Iterator[Fault]:
    known = KNOWN | {ask.name for ask in template.asks}
    for place, line, name in _names(template):
        if name not in known:
            yield Fault("unknown_field", place, line, name)
    for place, line, text in _texts(template):
        # A brace that is left over would be printed as it stands: {tên người nộp}, {a.
        if _BRACES.search(FIELD.sub("", text)):
            yield Fault("loose_brace", place, line)
        if len(text) > MOST_LETTERS:
            yield Fault("too_long", place, line, str(MOST_LETTERS))
    for place in ("addressees", "recipients"):
        if len(getattr(template, place)) > MOST_LINES:
            yield Fault("too_many", place, name=str(MOST_LINES))


def _body_faults(template: ResultTemplate) -> Iterator[Fault]:
    if not template.body:
        yield Fault("missing", "body")
    if len(template.body) > MOST_PARTS:
        yield Fault("too_many", "body", name=str(MOST_PARTS))
    for line, part in enumerate(template.body, start=1):
        if len(PARTS & set(part)) != 1 or set(part) - PARTS - {"if", "unless"}:
            yield Fault("no_part", "body", line)


def _names(template: ResultTemplate) -> Iterator[tuple[str, int, str]]:
    """Yield every name that the template uses, with box and line."""
    for place, line, text in _texts(template):
        yield from ((place, line, name) for name in FIELD.findall(text))
    if template.legal_bases:
        yield "legal_bases", 0, template.legal_bases
    for line, part in enumerate(template.body, start=1):
        yield from (("body", line, value) for key, value in part.items() if key in WHOLE)


def _texts(template: ResultTemplate) -> Iterator[tuple[str, int, str]]:
    """Yield every text with places in it, with box and line."""
    yield "subject", 0, template.subject
    for place in ("addressees", "recipients"):
        yield from ((place, line, text) for line, text in enumerate(getattr(template, place), start=1))
    for line, part in enumerate(template.body, start=1):
        yield from (("body", line, value) for key, value in part.items() if key not in WHOLE)
