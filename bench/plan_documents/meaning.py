"""The short words of the markup for deadlines and agencies, written out."""

import re
import unicodedata
from typing import Any


class Unclear(ValueError):
    """A source says something that the markup does not know."""


def deadline(words: str) -> dict[str, Any]:
    """Return the typed deadline of words such as ``period 2026-01-01 2026-03-31 latest 2026-04-15``."""
    kind, *rest = words.split()
    found: dict[str, Any] = {"kind": kind}
    if "latest" in rest:
        found["latest"] = rest[rest.index("latest") + 1]
        rest = rest[: rest.index("latest")]
    if kind in {"date", "before"}:
        found[kind] = rest[0]
    elif kind in {"period", "ongoing"} and rest:
        found["start"], found["end"] = rest
    elif kind == "recurring":
        found["every"] = rest[0]
        if len(rest) > 1:
            found["day"] = int(rest[1])
    elif kind == "event" and rest:
        found["within"] = {"number": int(rest[0]), "unit": " ".join(rest[1:])}
    elif kind not in {"external", "unspecified", "ongoing", "event"}:
        raise Unclear(f"deadline: {words}")
    for name in ("date", "before", "start", "end", "latest"):
        if name in found and not re.fullmatch(r"\d{4}-\d\d-\d\d", found[name]):
            raise Unclear(f"deadline day: {words}")
    return found


def shown(text: str) -> str:
    """Return a text as printed: marks and ends of agencies taken off."""
    return re.sub(r"\{[A-Z]:(.*?)\}", r"\1", text).replace("~", "")


def plain(text: str) -> str:
    """Return a text as in the answer: as printed, without footnote marks, white space collapsed, NFC."""
    text = re.sub(r"\[\^\w+\]", "", shown(text))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def marks(text: str) -> dict[str, str]:
    """Return what the marks of a paragraph or cell hold: {"T": …, "L": …}."""
    return dict(re.findall(r"\{([A-Z]):(.*?)\}", text))


def agencies(raw: str, splits: dict[str, list[str]]) -> list[str]:
    """Return the names in a cell: as the source's ``split`` lines say, else at ``~``, else at semicolons."""
    known = splits.get(plain(raw))
    if known is not None:
        return known
    parts = raw.split("~") if "~" in raw else re.split(r"[;\n]", raw)
    names = []
    for part in parts:
        name = re.sub(r"^(và|cùng)\s+", "", plain(part).strip(" ,;.-"))
        if name:
            names.append(name)
    return names
