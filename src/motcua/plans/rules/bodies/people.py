"""Persons named in a cell beside their role: "Ông Nguyễn Văn A - Phó Giám đốc Sở". Names are personal data."""

import re

from motcua.base.text import squash

_ADDRESS = r"(?:[Ôô]ng|[Bb]à|[Đđ]/[Cc]|[Đđ]ồng chí|Đ\.c)\.?:?"
_WORD = r"[A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ][^\W\d_A-ZĐ]*"
_TITLE = r"(?!Phó|Trưởng|Giám|Chủ|Chánh|Bí|Ủy|Chi|Cục|Vụ|Công|Chuyên)"
_PERSON = re.compile(rf"(?<![^\W_]){_ADDRESS}\s*{_TITLE}{_WORD}(?:\s+{_TITLE}{_WORD}){{1,5}}")
_BETWEEN = re.compile(r"^\s*(?:[-–,:]|\()\s*")


def take_people(text: str) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` without the persons it addresses ("Ông", "Bà", "Đồng chí"), roles left, and the persons."""
    people: list[str] = []
    rest, at = "", 0
    for found in _PERSON.finditer(text):
        people.append(squash(found.group()))
        rest += text[at : found.start()]
        at = found.end()
        if between := _BETWEEN.match(text[at:]):
            at += between.end()
            close = text.find(")", at)
            if between.group().strip() == "(" and close >= 0:
                rest += text[at:close] + ";"
                at = close + 1
    return (rest + text[at:] if people else text), tuple(people)
