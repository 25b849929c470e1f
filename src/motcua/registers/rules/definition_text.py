"""A definition as lines that an officer types in a browser, and back. One thing a line, its parts between bars:

fields     code | name | type | required | personal | private | unit=người | options=a: Một; b: Hai | help=…
           formula=[x] - [y] | register=… | every=month | min=0 | max=10 | required_in=done, late
states     code | name | open, done or void
moves      code | name | from, from > to | keeper or checker | asks=field, field | destroys
checks     id | [closing] >= [opening] | error or warning | words | same=site
measures   code | name | count, sum, standing, units or ratio | where=state: done; level: a / b | of=…
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import squash
from motcua.registers.rules.shapes import BY_KEEPER, ERROR, OPEN

PARTS = ("fields", "states", "moves", "checks", "measures")
_FLAGS = {"required": ("required", True), "personal": ("personal", True), "private": ("public", False)}
_LISTS = frozenset({"required_in", "asks", "same"})
_NUMBERS = frozenset({"min", "max"})
_OR = " / "  # in conditions, where a bar would end the part
_NAMED = re.compile(r"([a-z_]+)\s*=\s*(.*)", re.DOTALL)


def to_lines(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the lines of every part of a definition."""
    say: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "fields": _field_line, "states": _state_line, "moves": _move_line, "checks": _check_line,
        "measures": _measure_line,
    }  # fmt: skip
    return {part: "\n".join(say[part](row) for row in data.get(part) or ()) for part in PARTS}


def _line(parts: Iterable[Any], row: Mapping[str, Any], names: Iterable[str]) -> str:
    told = [str(part).replace("|", "/").replace("\n", " ") for part in parts]
    for flag, (name, value) in _FLAGS.items():
        if row.get(name) is value:
            told.append(flag)
    for name in names:
        if (said := row.get(name)) not in (None, "", [], {}):
            told.append(f"{name}={_said(name, said)}")
    return " | ".join(told)


def _said(name: str, value: Any) -> str:
    if name == "options":
        return "; ".join(f"{each['code']}: {each['name']}" for each in value).replace("|", "/")
    if name == "where":
        return "; ".join(f"{key}: {text}" for key, text in value.items()).replace("|", _OR)
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return text.replace("|", "/").replace("\n", " ")


def _field_line(row: Mapping[str, Any]) -> str:
    names = ("required_in", "unit", "min", "max", "register", "every", "formula", "options", "help")
    return _line((row["code"], row["name"], row["type"]), row, names)


def _state_line(row: Mapping[str, Any]) -> str:
    return _line((row["code"], row["name"], row.get("kind", OPEN)), {}, ())


def _move_line(row: Mapping[str, Any]) -> str:
    way = f"{', '.join(row['from'])} > {row['to']}"
    line = _line((row["code"], row["name"], way, row.get("by", BY_KEEPER)), row, ("asks",))
    return f"{line} | destroys" if row.get("destroys") else line


def _check_line(row: Mapping[str, Any]) -> str:
    text = row.get("check") or row.get("previous")
    return _line((row["id"], text, row.get("severity", ERROR), row["words"]), row, ("same",))


def _measure_line(row: Mapping[str, Any]) -> str:
    return _line((row["code"], row["name"], row["kind"]), row, ("where", "of", "dated", "part", "whole"))


def from_lines(lines: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Return the parts of a definition that the lines say; what they mean is checked afterwards.

    Raises:
        Refused: a line has too few parts, or a part that is none; it is quoted, ``field`` names the part.
    """
    read: dict[str, Callable[[list[str]], dict[str, Any]]] = {
        "fields": _field_of, "states": _state_of, "moves": _move_of, "checks": _check_of, "measures": _measure_of,
    }  # fmt: skip
    found: dict[str, list[dict[str, Any]]] = {}
    for part in PARTS:
        found[part] = []
        for line in filter(str.strip, lines.get(part, "").splitlines()):
            try:
                found[part].append(read[part]([squash(each) for each in line.split("|")]))
            except (ValueError, IndexError) as error:
                words = gettext("Dòng “%(line)s” không đọc được.") % {"line": line.strip()[:80]}
                raise Refused(words, field=part) from error
    return found


def _field_of(parts: list[str]) -> dict[str, Any]:
    code, name, kind, *more = parts
    return {"code": code, "name": name, "type": kind, **_extras(more)}


def _state_of(parts: list[str]) -> dict[str, Any]:
    code, name, *kind = parts
    return {"code": code, "name": name, "kind": kind[0] if kind else OPEN}


def _move_of(parts: list[str]) -> dict[str, Any]:
    code, name, way, *more = parts
    origins, arrow, to = way.partition(">")
    if not arrow:
        raise ValueError(way)
    by = more.pop(0) if more and more[0] in ("keeper", "checker") else BY_KEEPER
    destroys = "destroys" in more
    extras = _extras([each for each in more if each != "destroys"])
    return {"code": code, "name": name, "from": _listed(origins), "to": to.strip(), "by": by, **extras} | (
        {"destroys": True} if destroys else {}
    )


def _check_of(parts: list[str]) -> dict[str, Any]:
    code, text, severity, words, *more = parts
    kind = "previous" if "previous" in text else "check"
    return {"id": code, kind: text, "severity": severity, "words": words, **_extras(more)}


def _measure_of(parts: list[str]) -> dict[str, Any]:
    code, name, kind, *more = parts
    return {"code": code, "name": name, "kind": kind, **_extras(more)}


def _extras(parts: Iterable[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in filter(None, parts):
        if part in _FLAGS:
            name, value = _FLAGS[part]
            found[name] = value
            continue
        named = _NAMED.fullmatch(part)
        if named is None:
            raise ValueError(part)
        found[named[1]] = _meant(named[1], named[2].strip())
    return found


def _meant(name: str, text: str) -> Any:
    if name in _LISTS:
        return _listed(text)
    if name in _NUMBERS:
        number = float(text.replace(",", "."))
        return int(number) if number.is_integer() else number
    if name == "options":
        pairs = [each.partition(":") for each in text.split(";") if each.strip()]
        return [{"code": code.strip(), "name": (words if colon else code).strip()} for code, colon, words in pairs]
    if name == "where":
        pairs = [each.partition(":") for each in text.split(";") if each.strip()]
        return {key.strip(): value.strip().replace(_OR, "|") for key, _colon, value in pairs}
    return text


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]
