"""A form as PDF/A-2b with tags (PDF/UA-1): blank, to be filled in by hand, or with answers."""

import json
import threading
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

import typst
from django.utils.translation import gettext, override

from motcua.documents.rendering.printable import FONTS, for_print
from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.conditions import asked_in_item, asked_parts
from motcua.procedures.rules.eforms.form import Condition, Eform, Field
from motcua.procedures.rules.eforms.showing import PlaceWords, words_of

_TEMPLATES = Path(__file__).parent
_BLANK_ROWS = 3  # of a group that nobody filled in
_turn = threading.Lock()  # the compiler refuses to be entered twice

APPLICANT_TITLES: dict[str, Callable[[], str]] = {
    "name": lambda: gettext("Họ và tên người nộp"),
    "identity_number": lambda: gettext("Số định danh cá nhân hoặc mã số thuế"),
    "phone": lambda: gettext("Số điện thoại"),
    "email": lambda: gettext("Thư điện tử"),
    "address": lambda: gettext("Địa chỉ"),
}


def eform_pdf(
    form: Eform,
    *,
    procedure: str,
    footer: str,
    day: date,
    place_words: PlaceWords,
    answers: Mapping[str, Any] | None = None,
    applicant: Mapping[str, str] | None = None,
) -> bytes:
    """Return the form as PDF.

    Without ``answers`` it is blank: every part stands, with the condition on which it is to be filled in. ``applicant``
    maps parts of ``form.applicant`` to values. ``footer`` names procedure, version and dossier; ``day`` is the file's
    date (of publication or filing), so that the same form gives the same bytes. The document is Vietnamese whatever
    language the reader's pages have.
    """
    with override("vi"):
        data = _data(form, procedure, footer, day, place_words, answers, applicant or {})
    with _turn:
        pdf = _compiler().compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["a-2b", "ua-1"],
        )
    return cast(bytes, pdf)


def _data(
    form: Eform,
    procedure: str,
    footer: str,
    day: date,
    place_words: PlaceWords,
    answers: Mapping[str, Any] | None,
    applicant: Mapping[str, str],
) -> dict[str, Any]:
    parts = _blank_parts(form) if answers is None else _filled_parts(form, answers, place_words)
    return {
        "nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "day": [day.year, day.month, day.day],
        "title": for_print(form.title),
        "procedure": for_print(procedure) if procedure != form.title else "",
        "addressed": gettext("Kính gửi:"),
        "addressee": for_print(form.addressee),
        "parts": _applicant(form, applicant) + parts,
        "pledge": for_print(form.pledge),
        "place_day": gettext("…………, ngày …… tháng …… năm ……"),
        "signer": gettext("Người khai"),
        "sign_note": gettext("(Ký, ghi rõ họ tên)"),
        "name": for_print(applicant.get("name", "")),
        "footer": for_print(footer),
    }


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(str(_TEMPLATES / "eform.typ"), root=str(_TEMPLATES), font_paths=fonts)


def _applicant(form: Eform, applicant: Mapping[str, str]) -> list[dict[str, Any]]:
    rows = [_row(APPLICANT_TITLES[name](), applicant.get(name, "")) for name in form.applicant]
    return [_part(gettext("Người nộp"), rows)] if rows else []


def _blank_parts(form: Eform) -> list[dict[str, Any]]:
    fields = {field.name: field for field in form.fields}
    found = []
    for part in form.parts:
        rows = [_blank_row(field, fields) for field in part.fields if field.kind != forms.GROUP]
        grids = [_grid(field, [], _no_place) for field in part.fields if field.kind == forms.GROUP]
        note = "\n".join(text for text in (part.hint, _condition_words(part.when, fields)) if text)
        found.append(_part(part.title, rows, grids, note))
    return found


def _no_place(_address: Mapping[str, Any]) -> str:
    return ""


def _blank_row(field: Field, fields: Mapping[str, Field]) -> dict[str, Any]:
    condition = _condition_words(field.when, fields)
    title = f"{field.title} ({condition})" if condition else field.title
    choices = list(field.choices) or ([gettext("Có")] if field.kind == forms.CONFIRM else [])
    lines = {forms.LONG_TEXT: 4, forms.ADDRESS: 2}.get(field.kind, 1)
    return _row(title, "", choices=[(choice, False) for choice in choices], lines=lines)


def _condition_words(conditions: tuple[Condition, ...], fields: Mapping[str, Field]) -> str:
    """Return the condition for who fills in by hand: ``nếu “Trường hợp” là “Cải hoán”``."""
    words = []
    for one in conditions:
        title = fields[one.field].title if one.field in fields else one.field
        values = ", ".join(gettext("Có") if value is True else str(value) for value in one.values)
        pattern = (
            gettext("nếu “%(field)s” không là “%(values)s”")
            if one.negated
            else gettext("nếu “%(field)s” là “%(values)s”")
        )
        words.append(pattern % {"field": title, "values": values})
    return "; ".join(words)


def _filled_parts(form: Eform, answers: Mapping[str, Any], place_words: PlaceWords) -> list[dict[str, Any]]:
    found = []
    for part, fields in asked_parts(form, answers):
        rows, grids = [], []
        for field in fields:
            value = answers.get(field.name)
            if field.kind == forms.GROUP:
                grids += [_grid(field, value, place_words, answers)] if isinstance(value, list) and value else []
            elif field.kind in forms.WITH_CHOICES:
                given = value if isinstance(value, list) else [value]
                rows.append(_row(field.title, "", choices=[(choice, choice in given) for choice in field.choices]))
            else:
                rows.append(_row(field.title, words_of(field, value, place_words) or "–"))
        if rows or grids:
            found.append(_part(part.title, rows, grids))
    return found


def _grid(
    group: Field, items: list[Any], place_words: PlaceWords, above: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    rows = [[_cell(group, field, item, above or {}, place_words) for field in group.fields] for item in items]
    blank = [["" for _field in group.fields] for _row in range(max(_BLANK_ROWS, group.fewest or 0))]
    return {
        "title": for_print(group.title),
        "head": [for_print(field.title) for field in group.fields],
        "rows": rows or blank,
    }


def _cell(group: Field, field: Field, item: Any, above: Mapping[str, Any], place_words: PlaceWords) -> str:
    if not isinstance(item, dict) or field not in asked_in_item(group, item, above):
        return ""
    return for_print(words_of(field, item.get(field.name), place_words), longest_word=14)


def _part(
    title: str, rows: list[dict[str, Any]], grids: list[dict[str, Any]] | None = None, note: str = ""
) -> dict[str, Any]:
    return {"title": for_print(title), "rows": rows, "grids": grids or [], "note": for_print(note)}


def _row(title: str, text: str, *, choices: list[tuple[str, bool]] | None = None, lines: int = 1) -> dict[str, Any]:
    return {
        "title": for_print(title),
        "text": for_print(text),
        "choices": [{"text": for_print(choice), "ticked": ticked} for choice, ticked in choices or []],
        "lines": lines,
    }
