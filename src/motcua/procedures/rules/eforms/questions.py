"""The flat questions of older offerings, read as a form: so there is one engine for both."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.form import Eform, Field, Part

_KINDS = {"text": forms.TEXT, "date": forms.DATE, "number": forms.NUMBER, "choice": forms.CHOICE}
PART = "declaration"


def from_questions(questions: Sequence[Mapping[str, Any]], title: str, part_title: str) -> Eform:
    """Return the form that asks ``questions`` (``{"name", "label", "type", "required", "choices"?, "hint"?}``)."""
    fields = tuple(_field(question) for question in questions)
    return Eform(title=title, parts=(Part(PART, part_title, fields),) if fields else ())


def _field(question: Mapping[str, Any]) -> Field:
    kind = _KINDS.get(question.get("type", "text"), forms.TEXT)
    return Field(
        name=question["name"],
        title=question.get("label") or question["name"],
        kind=kind,
        required=bool(question.get("required")),
        hint=question.get("hint", ""),
        choices=tuple(question.get("choices", ())) if kind == forms.CHOICE else (),
        longest=forms.LONGEST_LONG_TEXT if kind == forms.TEXT else 0,
    )
