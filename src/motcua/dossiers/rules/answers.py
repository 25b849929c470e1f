"""Answers to the questions of a procedure's electronic form."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.base.refusal import Refused
from motcua.dossiers.rules.wording import lines

LONGEST = 2000


def checked_answers(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers that the form asks for, as text (numbers with a point, days as YYYY-MM-DD).

    ``questions`` are ``{"name", "label", "type": text|number|date|choice, "required", "choices"?}``.

    Raises:
        Refused: a required answer is missing, an answer is of the wrong type, or a question is not in the form.
    """
    known = {question["name"]: question for question in questions}
    for name in answers:
        if name not in known:
            raise Refused(f"Biểu mẫu không có mục “{str(name)[:80]}”.", field="answers")
    given = {name: _checked(question, answers.get(name)) for name, question in known.items()}
    return {name: answer for name, answer in given.items() if answer}


def _checked(question: Mapping[str, Any], answer: Any) -> str:
    name, label = question["name"], question.get("label") or question["name"]
    if isinstance(answer, dict | list):
        raise Refused(f"Mục “{label}” phải là một giá trị đơn.", field=name)
    text = lines(
        "" if answer is None else str(answer),
        field=name,
        label=label,
        longest=LONGEST,
        required=bool(question.get("required")),
    )
    if not text:
        return ""
    kind = question.get("type", "text")
    if kind == "number":
        return _number(text, name, label)
    if kind == "date":
        return _day(text, name, label)
    if kind == "choice" and text not in question["choices"]:
        raise Refused(f"Mục “{label}” phải chọn một trong các giá trị đã cho.", field=name)
    return text


def _number(text: str, name: str, label: str) -> str:
    try:
        number = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refused(f"Mục “{label}” phải là một số.", field=name)
    return f"{number:f}"


def _day(text: str, name: str, label: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Refused(f"Mục “{label}” phải là một ngày, viết dạng 2026-01-31.", field=name) from error
