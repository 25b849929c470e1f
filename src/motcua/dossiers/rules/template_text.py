"""The body of a template as one writes it in a box: a line is a part, what is in square brackets steers it.

# QUYẾT ĐỊNH:                                   a heading in the middle
Điều 1. {decision}                              a paragraph
[khi có: until] Có giá trị đến {until}.         printed where that was answered
[khi không có: until] Không thời hạn.           printed where it was not
[danh sách: terms]                              each line of that answer as a numbered item
[các đoạn: content]                             each line of that answer as a paragraph
"""

import re
from collections.abc import Iterable, Mapping

from motcua.base.text import fold, nfc

_STEERED = re.compile(r"^\[\s*([^:\[\]]+?)\s*:\s*([^\[\]]*?)\s*\]\s*(.*)$")
CONDITIONS = {"if": "khi có", "unless": "khi không có"}
LISTS = {"items": "danh sách", "paragraphs": "các đoạn"}
# People type these words with and without marks.
_BY_WORD = {fold(word): key for key, word in (CONDITIONS | LISTS).items()}


def body_from(text: str) -> tuple[list[dict[str, str]], list[int]]:
    """Return the parts that ``text`` describes, and the number (from 1) of the line of each.

    What cannot be read becomes a part of no known kind, ``{"unknown": line}``: ``template_faults`` finds it.
    """
    parts, lines = [], []
    for number, line in enumerate(nfc(text).splitlines(), start=1):
        if line.strip():
            parts.append(_part(line.strip()))
            lines.append(number)
    return parts, lines


def _part(line: str) -> dict[str, str]:
    part: dict[str, str] = {}
    rest = line
    while (found := _STEERED.match(rest)) is not None:
        key = _BY_WORD.get(fold(found[1]))
        if key is None or key in part:
            return {"unknown": line}
        part[key], rest = found[2], found[3]
        if key in LISTS:
            return part if not rest else {"unknown": line}
    if rest.startswith("["):
        return {"unknown": line}
    if rest.startswith("#"):
        return part | {"heading": rest.lstrip("#").strip()}
    return part | {"paragraph": rest}


def text_of(body: Iterable[Mapping[str, str]]) -> str:
    """Return the parts as one writes them; ``body_from`` of it gives the parts again."""
    return "\n".join(_line(part) for part in body)


def _line(part: Mapping[str, str]) -> str:
    steering = [f"[{word}: {part[key]}]" for key, word in (CONDITIONS | LISTS).items() if key in part]
    text = f"# {part['heading']}" if "heading" in part else part.get("paragraph", "")
    return " ".join([*steering, text] if text else steering)
