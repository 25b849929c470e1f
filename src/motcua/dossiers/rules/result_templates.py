"""Templates of results as dated data: what is asked of the official, and text with fields that are filled by name.

A field is ``{name}``: of ``KNOWN`` (the dossier gives it) or of the template's own ``asks``. A value is put in as plain
text; braces in it mean nothing. DOMAIN R4.15 asks for reasons in writing where a dossier is not eligible.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from motcua.base.refusal import Refused
from motcua.base.text import nfc

FILE = Path(__file__).parent.parent / "data" / "result_templates.json"
# What the dossier gives to any template.
KNOWN = frozenset(
    {"applicant_name", "applicant_identity", "applicant_address", "dossier_code", "procedure_name", "procedure_code",
     "received_day", "unit_name", "request_text"}
)  # fmt: skip
_FIELD = re.compile(r"\{(\w+)\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_PARTS = {"paragraph", "heading", "items", "paragraphs"}


@dataclass(frozen=True)
class Ask:
    """One thing that the official writes; ``most`` letters, ``rows`` of its box."""

    name: str
    label: str
    most: int
    rows: int
    is_required: bool


@dataclass(frozen=True)
class ResultTemplate:
    """One template from ``valid_from`` on; ``body`` are its parts as in the file, ``procedures`` codes ([] is any)."""

    code: str
    name: str
    kind: str
    subject: str
    symbol: str
    valid_from: date
    valid_to: date | None
    procedures: tuple[str, ...]
    is_favourable: bool
    asks: tuple[Ask, ...]
    legal_bases: str  # name of the ask whose lines they are; "" is none
    addressees: tuple[str, ...]
    body: tuple[Mapping[str, str], ...]
    recipients: tuple[str, ...]

    def fits(self, procedure: str, day: date) -> bool:
        """Whether it may be used for ``procedure`` on ``day``."""
        is_in_force = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return is_in_force and (not self.procedures or procedure in self.procedures)


@dataclass(frozen=True)
class Part:
    """A piece of the filled text."""

    kind: Literal["paragraph", "heading", "items"]
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Filled:
    """A template with its fields filled."""

    kind: str
    subject: str
    legal_bases: tuple[str, ...]
    addressees: tuple[str, ...]
    parts: tuple[Part, ...]
    recipients: tuple[str, ...]


def templates_for(procedure: str, day: date) -> list[ResultTemplate]:
    """Return the templates for ``procedure`` on ``day``: its own first, then those for any."""
    found = [each for each in all_templates() if each.fits(procedure, day)]
    return sorted(found, key=lambda each: not each.procedures)


def template_of(code: str, valid_from: date) -> ResultTemplate:
    """Return the version of a template that a draft was made with.

    Raises:
        LookupError: there is none.
    """
    for each in all_templates():
        if (each.code, each.valid_from) == (code, valid_from):
            return each
    raise LookupError(f"No template {code} of {valid_from}")


def checked_values(template: ResultTemplate, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed, clean, by ask.

    Raises:
        Refused: an ask is missing though required, or too long; its name is the ``field``.
    """
    values = {}
    for ask in template.asks:
        value = _CONTROL.sub(" ", nfc(str(typed.get(ask.name, ""))).replace("\r\n", "\n").replace("\r", "\n")).strip()
        if ask.is_required and not value:
            raise Refused(f"Cần ghi “{ask.label}”.", field=ask.name)
        if len(value) > ask.most:
            raise Refused(f"Mục “{ask.label}” dài {len(value)} ký tự, tối đa {ask.most}.", field=ask.name)
        values[ask.name] = value
    return values


def filled(template: ResultTemplate, known: Mapping[str, str], values: Mapping[str, str]) -> Filled:
    """Return the text of ``template`` with what the dossier gives and what was typed."""
    every = {name: "" for name in KNOWN} | dict(known) | {ask.name: values.get(ask.name, "") for ask in template.asks}

    def fill(text: str) -> str:
        return _FIELD.sub(lambda found: every[found[1]], text)

    parts = []
    for part in template.body:
        if "if" in part and not every[part["if"]] or "unless" in part and every[part["unless"]]:
            continue
        parts += _parts(part, fill, every)
    return Filled(
        kind=template.kind,
        subject=fill(template.subject),
        legal_bases=_lines(every[template.legal_bases]) if template.legal_bases else (),
        addressees=tuple(fill(each) for each in template.addressees),
        parts=tuple(parts),
        recipients=tuple(fill(each) for each in template.recipients),
    )


def _parts(part: Mapping[str, str], fill: Any, every: Mapping[str, str]) -> list[Part]:
    if "items" in part:
        return [Part("items", items=_lines(every[part["items"]]))]
    if "paragraphs" in part:
        return [Part("paragraph", line) for line in _lines(every[part["paragraphs"]])]
    if "heading" in part:
        return [Part("heading", fill(part["heading"]))]
    return [Part("paragraph", fill(part["paragraph"]))]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def faults_of(template: ResultTemplate) -> list[str]:
    """Return what is wrong with a template: unknown or unused fields, parts that nobody knows, days out of order."""
    faults = []
    asked = [ask.name for ask in template.asks]
    used = set(_used(template))
    faults += [f"unknown field {name}" for name in sorted(used - KNOWN - set(asked))]
    faults += [f"asked but never used: {name}" for name in asked if name not in used]
    faults += [f"asked under a name that the dossier gives: {name}" for name in asked if name in KNOWN]
    faults += [f"asked twice: {name}" for name in sorted({name for name in asked if asked.count(name) > 1})]
    faults += [f"no such part: {sorted(part)}" for part in template.body if len(_PARTS & set(part)) != 1]
    if template.valid_to is not None and template.valid_to < template.valid_from:
        faults.append("ends before it begins")
    if not template.kind and not template.addressees:
        faults.append("a letter without addressee")
    return faults


def _used(template: ResultTemplate) -> Iterator[str]:
    for text in (template.subject, *template.addressees, *template.recipients):
        yield from _FIELD.findall(text)
    if template.legal_bases:
        yield template.legal_bases
    for part in template.body:
        for name, value in part.items():
            yield from [value] if name in ("if", "unless", "items", "paragraphs") else _FIELD.findall(value)


@cache
def all_templates() -> tuple[ResultTemplate, ...]:
    """Return every template of the file."""
    return tuple(template_from(row) for row in json.loads(FILE.read_text(encoding="utf-8"))["templates"])


def template_from(row: Mapping[str, Any]) -> ResultTemplate:
    """Return the template that a row of the file describes."""
    return ResultTemplate(
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        subject=row.get("subject", ""),
        symbol=row["symbol"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        procedures=tuple(row["procedures"]),
        is_favourable=row["is_favourable"],
        asks=tuple(Ask(**ask) for ask in row["asks"]),
        legal_bases=row.get("legal_bases", ""),
        addressees=tuple(row.get("addressees", ())),
        body=tuple(row["body"]),
        recipients=tuple(row["recipients"]),
    )
