"""What a form version is: rows with their types, formulas and reporters, and the relations between rows.

Forms are data files (``reports/data/forms``); ``form_from`` turns one into objects and refuses a file that
contradicts itself. DOMAIN 8.3-8.10.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.base.refusal import Refused
from motcua.reports.rules.expressions import (
    Comparison,
    Expression,
    Reference,
    divides,
    parse,
    parse_comparison,
    references,
)

KINDS = frozenset({"group", "number", "percent", "text", "enum"})


@dataclass(frozen=True)
class Measure:
    """The measure a row is prefilled from.

    ``span``: ``period`` (the report's window), ``year`` (from the year's first window day), ``closing_day``
    (state at the end of the window). ``unit``: the line's own unit where it is not the reporter's. ``whole``: what the
    number is a share of, in a row of per cent. ``codes``: in a row of codes, (least number, code) by number.
    """

    code: str
    where: tuple[tuple[str, str], ...] = ()
    span: str = "period"
    unit: str = ""
    whole: "Measure | None" = None
    codes: tuple[tuple[int, str], ...] = ()

    def code_for(self, number: int) -> str:
        """Return the code that a row of codes shows for a number: that of the last least number it reaches."""
        return next((code for least, code in reversed(self.codes) if number >= least), "")


@dataclass(frozen=True)
class Row:
    """One line of a form. ``reporters`` None: the form does not say who fills the row."""

    code: str
    name: str
    unit: str
    kind: str
    number: str
    formula: Expression | None = None
    options: tuple[tuple[str, str], ...] = ()
    reporters: frozenset[str] | None = None
    is_optional: bool = False
    is_cumulative: bool = False
    is_whole: bool = True
    accepted_units: tuple[str, ...] = ()
    measure: Measure | None = None
    valid_to: date | None = None
    label: str = ""
    note: str = ""
    source_name: str = ""
    source: str = ""

    @property
    def added(self) -> tuple[str, ...]:
        """The rows whose sum this row is by its formula; none where it is another kind of formula, or typed."""
        if self.formula is None or divides(self.formula):
            return ()
        return tuple(reference.row for reference in references(self.formula))

    def applies_to(self, groups: frozenset[str] | None) -> bool | None:
        """Say whether a unit in ``groups`` fills this row; None where the form or the unit is silent."""
        if self.reporters is None or groups is None:
            return None
        return bool(self.reporters & groups)


@dataclass(frozen=True)
class Relation:
    """A rule between rows. ``note_words`` finds a further addend in the note of ``note_row``."""

    rule: str
    check: Comparison
    text: str
    severity: str | None = None
    note_row: str = ""
    note_words: str = ""

    @property
    def subject(self) -> Reference | None:
        """The row whose value is held against the others: the left side, where it is a single row."""
        return self.check.left if isinstance(self.check.left, Reference) else None


@dataclass(frozen=True)
class Form:
    """One version of a form; ``appendix`` is the number by which other forms' rules refer to it."""

    code: str
    appendix: int
    title: str
    regime: str
    valid_from: date
    valid_to: date | None
    source: str
    columns: tuple[tuple[str, str], ...]
    rows: Mapping[str, Row]
    relations: tuple[Relation, ...] = ()
    derivation_order: tuple[str, ...] = field(default=())
    mark: str = ""  # how it is called where that is no number of an appendix: "Biểu số II.06a/VPCP/KSTT"
    cells: tuple[tuple[str, str], ...] = ()  # columns of a form of lines by columns (rules.matrix_forms)
    # How such a column is headed in print, below a head its neighbours share: {"8": ("Đã giải quyết", "Trước hạn")}
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What the form is called: "Phụ lục 3", "Biểu số II.06a/VPCP/KSTT"."""
        return self.mark or f"Phụ lục {self.appendix}"

    def rows_on(self, day: date | None) -> dict[str, Row]:
        """Return the rows in force on ``day``: district rows end with the district level on 30/6/2025."""
        return {
            code: row for code, row in self.rows.items() if day is None or row.valid_to is None or day <= row.valid_to
        }


def form_from(data: Mapping[str, Any]) -> Form:
    """Return the form version in ``data`` (shape of the files in ``reports/data/forms``).

    Raises:
        Refused: a key is missing, a kind is unknown, a formula names no row or runs in a circle.
    """
    try:
        rows = {str(row["code"]): _row(row) for row in data["rows"]}
        form = Form(
            code=data["code"],
            appendix=data["appendix"],
            title=data["title"],
            regime=data["regime"],
            valid_from=date.fromisoformat(data["valid_from"]),
            valid_to=_day(data.get("valid_to")),
            source=data["source"],
            columns=tuple((column["code"], column["name"]) for column in data["columns"]),
            rows=rows,
            relations=tuple(_relation(entry, rows) for entry in data["relations"]),
            derivation_order=_derivation_order(rows),
            mark=data.get("mark", ""),
            cells=tuple((column["code"], column["name"]) for column in data.get("cells", ())),
            heads={column["code"]: tuple(column["head"]) for column in data.get("cells", ()) if "head" in column},
        )
    except KeyError as missing:
        raise Refused(f"Biểu mẫu {data.get('code', '')} thiếu {missing}.") from missing
    if len(rows) != len(data["rows"]):
        raise Refused(f"Biểu mẫu {form.code} có hai dòng cùng mã.")
    _check_references(form)
    return form


def _row(data: Mapping[str, Any]) -> Row:
    if data["kind"] not in KINDS:
        raise Refused(f"Dòng {data['code']}: không có kiểu “{data['kind']}”.")
    reporters = data.get("reporters")
    return Row(
        code=str(data["code"]),
        name=data["name"],
        unit=data["unit"],
        kind=data["kind"],
        number=data.get("printed", data["code"]),
        formula=parse(data["formula"]) if "formula" in data else None,
        options=tuple((option["code"], option["name"]) for option in data.get("options", ())),
        reporters=frozenset(reporters) if reporters is not None else None,
        is_optional=data.get("optional", False),
        is_cumulative=data.get("cumulative", False),
        is_whole=data.get("whole", True),
        accepted_units=tuple(data.get("accepted_units", ())),
        measure=_measure_of(data),
        valid_to=_day(data.get("valid_to")),
        label=data.get("label", ""),
        note=data.get("note", ""),
        source_name=data.get("source_name", ""),
        source=data.get("source", ""),
    )


def _measure_of(row: Mapping[str, Any]) -> Measure | None:
    """Return what a row is prefilled from. Raises Refused where the row could not show it."""
    if "measure" not in row:
        return None
    found = _measure(row["measure"])
    options = [option["code"] for option in row.get("options", ())]
    least = [number for number, _ in found.codes]
    fits = {
        "percent": found.whole is not None and not found.codes,
        "enum": bool(found.codes) and found.whole is None,
        "number": found.whole is None and not found.codes,
    }
    if not fits.get(row["kind"], False) or least != sorted(set(least)) or {c for _, c in found.codes} - {*options}:
        raise Refused(f"Dòng {row['code']}: số đo “{found.code}” không ra được giá trị của dòng.")
    return found


def _measure(data: Mapping[str, Any]) -> Measure:
    return Measure(
        code=data["code"],
        where=tuple(sorted(data.get("where", {}).items())),
        span=data.get("span", "period"),
        unit=data.get("unit", ""),
        whole=_measure(data["whole"]) if "whole" in data else None,
        codes=tuple((each["from"], each["code"]) for each in data.get("codes", ())),
    )


def _relation(data: Mapping[str, Any], rows: Mapping[str, Row]) -> Relation:
    if "formula_of" in data:
        row = rows[data["formula_of"]]
        if row.formula is None:
            raise Refused(f"Dòng {row.code} không có công thức.")
        check, text = Comparison("=", Reference(row.code), row.formula), f"[{row.code}]"
    else:
        check, text = parse_comparison(data["check"]), data["check"]
    note = data.get("note_term", {})
    return Relation(data["rule"], check, text, data.get("severity"), note.get("row", ""), note.get("words", ""))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _derivation_order(rows: Mapping[str, Row]) -> tuple[str, ...]:
    """Return the computed rows, each after the computed rows it reads."""
    order: dict[str, None] = {}
    entered: set[str] = set()

    def visit(code: str) -> None:
        row = rows.get(code)
        if row is None or row.formula is None or code in order:
            return
        if code in entered:
            raise Refused(f"Công thức của dòng {code} quay vòng về chính nó.")
        entered.add(code)
        for reference in references(row.formula):
            if reference.appendix is None:
                visit(reference.row)
        order[code] = None

    for code in rows:
        visit(code)
    return tuple(order)


def _check_references(form: Form) -> None:
    expressions: list[Expression | Comparison] = [row.formula for row in form.rows.values() if row.formula]
    expressions += [relation.check for relation in form.relations]
    for expression in expressions:
        for reference in references(expression):
            if reference.appendix is None and reference.row not in form.rows:
                raise Refused(f"Biểu mẫu {form.code}: công thức nhắc dòng {reference.row} không có.")
