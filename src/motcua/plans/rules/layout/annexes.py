"""Captions of annexes and lists: where each begins, its number and its title."""

import re
from dataclasses import dataclass
from itertools import takewhile

from motcua.base.text import squash
from motcua.plans.rules.layout.roman import value_of
from motcua.reading.blocks import Block, Paragraph
from motcua.reading.casing import Casing

_ANNEX = re.compile(
    r"^(?:phụ lục|biểu|phụ biểu)(?:\s+(?:số\s*)?(?P<number>[IVXivx]{1,5}|\d{1,2}))?\s*[:.\-–]?\s*(?P<rest>.*)$", re.I
)
_LIST = re.compile(r"^(DANH MỤC|BẢNG PHÂN CÔNG|PHÂN CÔNG|BIỂU PHÂN CÔNG|NHIỆM VỤ)\b")
_END = re.compile(r"^\((?:kèm|ban hành)", re.I)


@dataclass(frozen=True)
class Annex:
    """``code`` heads the task ids: "PL1", "PL", or empty for a list without the word annex."""

    code: str
    title: str
    line: int


def annex_of(blocks: list[Block], casing: Casing) -> Annex | None:
    """Return the last annex caption among the paragraphs given (those between two tables), or None."""
    texts = [block for block in blocks if isinstance(block, Paragraph)]
    for at in range(len(texts) - 1, -1, -1):
        text = texts[at].text.strip(" *_")
        found = _ANNEX.match(text)
        # A sentence that begins "Phụ lục Danh mục các nhiệm vụ …" in the body is no caption.
        if found and (not found.group("rest") or found.group("rest").isupper() or len(text) < 60 or "(Kèm" in text):
            return _annex(found, texts, at, casing)
        headed = any(_is_annex(one.text) or _LIST.match(one.text) for one in texts[max(0, at - 3) : at])
        if _LIST.match(text) and text.isupper() and not headed:
            # A long title goes on in capitals on the lines below; a short one may go on in small letters.
            below = takewhile(lambda one: one.text.isupper(), texts[at + 1 :])
            title = " ".join([text, *(one.text for one in below)]) if len(text) > 20 else f"{text} {_title(texts, at)}"
            return Annex("", casing.sentence(title), texts[at].line_start)
    return None


def _is_annex(text: str) -> bool:
    found = _ANNEX.match(text.strip(" *_"))
    return bool(found) and len(text) < 60


def _annex(found: re.Match[str], texts: list[Paragraph], at: int, casing: Casing) -> Annex:
    number = found.group("number")
    word = found.group(0).split()[0].capitalize() + " lục" if found.group(0).lower().startswith("phụ lục") else "Biểu"
    rest = squash(re.sub(r"\(Kèm.*$", "", found.group("rest"), flags=re.I)).strip(" *")
    if number is None:
        return Annex("PL", casing.sentence(f"{word}. {rest}") if rest else word, texts[at].line_start)
    value = int(number) if number.isdigit() else value_of(number.upper()) or 0
    title = casing.sentence(rest or _title(texts, at))
    shown = f"{word} {number.upper()}"
    return Annex(f"PL{value}", f"{shown}. {title}" if title else shown, texts[at].line_start)


def _title(texts: list[Paragraph], at: int) -> str:
    pieces: list[str] = []
    for block in texts[at + 1 :]:
        if _END.match(block.text) or not block.text.isupper() and pieces:
            break
        pieces.append(block.text)
    return squash(" ".join(pieces))
