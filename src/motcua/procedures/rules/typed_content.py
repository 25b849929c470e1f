"""The parts of a procedure as an officer types them, lines with bars, and back to rows of the catalogue. Pure."""

from typing import Any

from motcua.base.text import squash
from motcua.procedures.rules.cells import LEVELS, UNITS, Parts

TEXTS = (
    "field", "type", "issuing_agency", "competent_agency", "coordinating_agency", "reception_address", "steps",
    "conditions",
)  # fmt: skip
LISTS = ("subjects", "executing_agencies", "legal_refs")
_COLUMN_OF = {"type": "kind", "legal_refs": "legal_references"}


def row_of(typed: dict[str, Any]) -> dict[str, Any]:
    """Return what was typed as a row of the catalogue, without code, name and source.

    ``levels`` are words of ``LEVELS``; ``channels`` lines "method | limit | unit | fee in đồng | note", ``papers``
    lines "case | name | form | originals | copies", ``results`` and the other lists one item a line.
    """
    return {
        **{name: typed.get(name, "") for name in TEXTS},
        **{name: _lines(typed.get(name, "")) for name in LISTS},
        "levels": list(typed.get("levels", [])),
        "channels": [_channel(cells) for cells in _cells(typed.get("channels", ""), 5)],
        "components": [_paper(cells) for cells in _cells(typed.get("papers", ""), 5)],
        "results": [{"name": line, "code": ""} for line in _lines(typed.get("results", ""))],
    }


def typed_of(parts: Parts) -> dict[str, Any]:
    """Return parts as they would be typed."""
    columns = parts.columns
    units = {code: words for words, code in UNITS.items()}
    levels = {code: words for words, code in LEVELS.items()}
    return {
        **{name: columns.get(_COLUMN_OF.get(name, name), "") for name in TEXTS},
        **{name: "\n".join(columns.get(_COLUMN_OF.get(name, name), [])) for name in LISTS},
        "levels": [levels[level] for level in columns.get("levels", [])],
        "channels": "\n".join(
            _line(
                one.method,
                f"{one.limit_value.normalize():f}" if one.limit_value is not None else "",
                units.get(one.limit_unit, ""),
                "" if one.fee is None else str(one.fee),
                one.note,
            )
            for one in parts.channels
        ),
        "papers": "\n".join(
            _line(one.case, one.name, one.form, str(one.originals), str(one.copies)) for one in parts.papers
        ),
        "results": "\n".join(squash(name) for name, _ in parts.results),
    }


def _line(*cells: str) -> str:
    return " | ".join(squash(cell).replace("|", "/") for cell in cells)


def _lines(text: str) -> list[str]:
    return [squash(line) for line in text.splitlines() if line.strip()]


def _cells(text: str, most: int) -> list[list[str]]:
    lines = [[cell.strip() for cell in line.split("|", most - 1)] for line in text.splitlines() if line.strip()]
    return [cells + [""] * (most - len(cells)) for cells in lines]


def _channel(cells: list[str]) -> dict[str, Any]:
    method, limit, unit, fee, note = cells
    digits = fee.replace(".", "").replace(",", "")
    if digits.isascii() and digits.isdigit():
        fee = "Miễn phí" if int(digits) == 0 else f"{int(digits):,} đồng"
    return {"method": method, "time_value": _number(limit), "time_unit": unit, "fee": fee, "note": note}


def _number(text: str) -> float | str | None:
    """Return the number; what is none stays as it is, so that the check of cells names it."""
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def _paper(cells: list[str]) -> dict[str, Any]:
    case, name, form, originals, copies = cells
    return {
        "case": case, "name": name, "form": form, "originals": _count(originals), "copies": _count(copies),
    }  # fmt: skip


def _count(text: str) -> int | str:
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else text
