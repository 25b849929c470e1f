"""The typed result of reading a decision. ``as_json`` is the contract of ``motcua decision read --json``."""

from dataclasses import dataclass, field
from typing import Any

NEW, MODIFIED, REPLACED, ABOLISHED, LISTED = "new", "amended", "replaced", "abolished", "listed"
CHANGES = (NEW, MODIFIED, REPLACED, ABOLISHED, LISTED)  # listed: named without a change (reception lists, workflows)


@dataclass(frozen=True)
class Doubt:
    """Something a person must look at: a code for programs, words for people, the line it is about."""

    code: str
    message: str
    line: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "line": self.line}


@dataclass(frozen=True)
class NamedProcedure:
    """One procedure that the decision lists. ``code`` is the national code ("1.001122"), "" where none is printed;
    ``local_code`` what is printed, with its suffix; ``section`` the heading above it; ``also_on`` other lines of it."""

    code: str
    name: str
    change: str
    line_start: int
    line_end: int
    local_code: str = ""
    section: str = ""
    also_on: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code or None,
            "name": self.name,
            "change": self.change,
            "local_code": self.local_code or None,
            "section": self.section,
            "source": {"line_start": self.line_start, "line_end": self.line_end},
            "also_on_lines": list(self.also_on),
        }


@dataclass(frozen=True)
class DecisionReading:
    """What a decision says. ``kinds``: of kinds.KINDS; ``date`` and ``valid_from`` ISO; None where not told."""

    kinds: tuple[str, ...]
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    valid_from: str | None
    procedures: tuple[NamedProcedure, ...]
    stated: dict[str, int] = field(default_factory=dict)  # change -> how many the first article says
    warnings: tuple[Doubt, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "kinds": list(self.kinds),
            "number": self.number,
            "date": self.date,
            "issuer": self.issuer,
            "title": self.title,
            "valid_from": self.valid_from,
            "stated": self.stated,
            "procedures": [one.as_json() for one in self.procedures],
            "warnings": [one.as_json() for one in self.warnings],
        }
