"""Templates of results as dated data: what is asked of the official, and text with fields that are filled by name.

A field is ``{name}``: of ``KNOWN`` (the dossier gives it) or of the template's own ``asks``. A value is put in as plain
text; braces in it mean nothing. DOMAIN R4.15 asks for reasons in writing where a dossier is not eligible.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
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
FIELD = re.compile(r"\{(\w+)\}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


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


def in_force(templates: Iterable[ResultTemplate], procedure: str, day: date) -> list[ResultTemplate]:
    """Return the templates for ``procedure`` on ``day``: its own first, then those for any.

    Of one code the version that began last decides, also where it has ended: what it took the place of stays closed.
    """
    newest: dict[str, ResultTemplate] = {}
    for each in templates:
        if each.valid_from <= day and (each.code not in newest or newest[each.code].valid_from < each.valid_from):
            newest[each.code] = each
    return sorted((each for each in newest.values() if each.fits(procedure, day)), key=lambda each: not each.procedures)


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
        return FIELD.sub(lambda found: every[found[1]], text)

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


@cache
def _file() -> Any:
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def shipped_templates() -> tuple[ResultTemplate, ...]:
    """Return every template of the file."""
    return tuple(template_from(row) for row in _file()["templates"])


def shipped_source() -> str:
    """Return where the templates of the file come from."""
    return str(_file()["source"])


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


def row_of(template: ResultTemplate) -> dict[str, Any]:
    """Return ``template`` as a row of the file: ``template_from`` of it is the template again."""
    return {
        "code": template.code,
        "name": template.name,
        "kind": template.kind,
        "subject": template.subject,
        "symbol": template.symbol,
        "valid_from": template.valid_from.isoformat(),
        "valid_to": template.valid_to.isoformat() if template.valid_to else None,
        "procedures": list(template.procedures),
        "is_favourable": template.is_favourable,
        "asks": [asdict(ask) for ask in template.asks],
        "legal_bases": template.legal_bases,
        "addressees": list(template.addressees),
        "body": [dict(part) for part in template.body],
        "recipients": list(template.recipients),
    }
