"""The data files beside these rules: form versions, words of the rules, reporters, windows, text bindings."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from motcua.base.refusal import Refused
from motcua.reports.rules.forms import Form, form_from
from motcua.reports.rules.matrix_forms import Line, expanded

_DATA = files("motcua.reports") / "data"


@cache
def data_file(name: str) -> Any:
    """Return the parsed JSON of ``reports/data/<name>.json``."""
    return json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))


@cache
def form_data() -> tuple[dict[str, Any], ...]:
    """Return the data of every shipped form version, by code and then by first day."""
    files_of = [entry for entry in (_DATA / "forms").iterdir() if entry.name.endswith(".json")]
    found = [json.loads(entry.read_text(encoding="utf-8")) for entry in files_of]
    return tuple(sorted(found, key=lambda data: (data["code"], data["valid_from"])))


@cache
def form_versions() -> tuple[Form, ...]:
    """Return every shipped form version, by code and then by first day; of a form of lines, its total line."""
    return tuple(form_from(expanded(data)) for data in form_data())


@lru_cache(maxsize=256)
def form_version(code: str, valid_from: str, lines: tuple[Line, ...] = ()) -> Form:
    """Return the shipped version of form ``code`` that began on ``valid_from``, with the lines of one report.

    Raises:
        Refused: there is none.
    """
    for data in form_data():
        if (data["code"], data["valid_from"]) == (code, valid_from):
            return form_from(expanded(data, lines))
    raise Refused(f"Không có biểu mẫu {code} từ ngày {valid_from}.")


def form_on(code: str, day: date) -> Form:
    """Return the version of form ``code`` in force on ``day``. Raises Refused where there is none."""
    for form in reversed(form_versions()):
        if form.code == code and form.valid_from <= day and (form.valid_to is None or day <= form.valid_to):
            return form
    raise Refused(f"Không có biểu mẫu {code} hiệu lực ngày {day:%d/%m/%Y}.")


def forms_of(regime: str, day: date | None) -> dict[int, Form]:
    """Return the forms of a regime in force on ``day`` (the newest ones without a day), by appendix."""
    found: dict[int, Form] = {}
    for form in form_versions():
        in_force = day is None or (form.valid_from <= day and (form.valid_to is None or day <= form.valid_to))
        if form.regime == regime and in_force:
            found[form.appendix] = form
    return found


@cache
def lapsed_rows(mark: str) -> frozenset[str]:
    """Return the codes of the rows that ended in the shipped forms called ``mark``: print jumps over them."""
    rows = [row for form in form_versions() if form.mark == mark for row in form.rows.values()]
    return frozenset(row.code for row in rows if row.valid_to is not None)


def reporter_groups(kind: str | None) -> frozenset[str] | None:
    """Return the reporter groups (A, S, V, H of DOMAIN 8.3) of a kind of unit; None if it is unknown."""
    kinds: Mapping[str, Any] = data_file("reporters")["kinds"]
    return frozenset(kinds[kind]["groups"]) if kind is not None and kind in kinds else None


def demonstration_report() -> bytes:
    """Return report 415/BC-VP of the Office of Hà Giang's People's Committee, Q1/2023, as text."""
    return (_DATA / "demonstration" / "report-415-bc-vp-ha-giang-2023q1.txt").read_bytes()
