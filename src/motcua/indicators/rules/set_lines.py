"""The lines of a set of indicators as an officer types them: ``code | name | measure | unit of measure``. Pure."""

import re

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import nfc, squash

MOST_ITEMS = 200
_CODE = re.compile(r"[0-9A-Za-z]{1,6}(?:\.[0-9A-Za-z]{1,4}){0,4}")


def items_of(text: str) -> list[dict[str, str]]:
    """Return the items that lines name; a line of two parts heads a group.

    Raises:
        Refused: a line cannot be read (it is quoted with its number), a code stands twice, or nothing is measured.
    """
    found: list[dict[str, str]] = []
    for number, line in enumerate(nfc(text).splitlines(), start=1):
        if not line.strip():
            continue
        parts = [squash(part) for part in line.split("|")]
        parts += [""] * (4 - len(parts))
        code, name, measure, unit = parts[:4]
        if len(parts) > 4 or not _CODE.fullmatch(code) or not name or len(name) > 300 or len(measure) > 600:
            words = gettext("Dòng %(number)s “%(line)s” phải có dạng: mã | tên | chỉ số hoặc số đo | đơn vị tính.")
            raise Refused(words % {"number": number, "line": line.strip()[:80]}, field="lines")
        if code in {each["code"] for each in found}:
            raise Refused(
                gettext("Dòng %(number)s: mã “%(code)s” đã có.") % {"number": number, "code": code}, field="lines"
            )
        found.append({"code": code, "name": name, "measure": measure, "unit": unit[:40]})
    if len(found) > MOST_ITEMS or not any(each["measure"] for each in found):
        words = gettext("Bộ chỉ số cần từ 1 đến %(most)s dòng, ít nhất một dòng có số đo.")
        raise Refused(words % {"most": MOST_ITEMS}, field="lines")
    return found


def text_of(items: list[dict[str, str]]) -> str:
    """Return items as the text that ``items_of`` reads."""
    return "\n".join(
        " | ".join((each["code"], each["name"], each["measure"], each["unit"])).rstrip(" |") for each in items
    )
