"""Pages of what a field names: dossiers, tasks and entries. A module that is switched off has no page."""

from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from motcua.registers.models import Entry, Register
from motcua.registers.rules.definitions import Field
from motcua.registers.rules.shapes import DOSSIER, ENTRY, LINK, TASK

_PAGES = {DOSSIER: "dossiers:dossier", TASK: "plans:task"}


def page_of_value(field: Field, value: str) -> str:
    """Return the address of what a value names, "" where it names nothing that has a page."""
    if field.type == LINK:
        return value
    if field.type == ENTRY:
        return reverse("registers:entry", args=[field.register, value])
    try:
        return reverse(_PAGES[field.type], args=[quote(value, safe="")]) if field.type in _PAGES else ""
    except NoReverseMatch:
        return ""


def page_of_entry(entry: Entry) -> str:
    """Return the address of an entry's page."""
    return reverse("registers:entry", args=[entry.register.code, entry.code])


def page_of_board(register: Register) -> str:
    """Return the address of a register's board of completeness."""
    return reverse("registers:board", args=[register.code])
