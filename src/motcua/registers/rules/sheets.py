"""Which column of a sheet is which field, and the values of its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.base.text import fold, squash
from motcua.registers.rules.definitions import Definition, Field

STATE = "state"
_STATE_HEADS = {"state", "trang thai"}
_SKIPPED = {"tt", "stt", "so tt", "so thu tu", "ma", "don vi", ""}
_UNIT = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True)
class Heads:
    """The columns of a sheet: place -> field code or ``STATE``; ``line`` of the sheet where they stand."""

    line: int
    places: dict[int, str]


def heads_of(rows: Sequence[Sequence[object]], definition: Definition) -> Heads:
    """Return the heads: the first line that names the field which dates entries and at least one more.

    Raises:
        Refused: there is no such line, or a head names no field or one that another head names too.
    """
    names = _names(definition)
    for number, cells in rows:
        assert isinstance(number, int) and isinstance(cells, list)
        found = {at: names.get(_key(cell), "") for at, cell in enumerate(cells)}
        known = [code for code in found.values() if code]
        if definition.dated_by not in known or len(known) < 2:
            continue
        for at, code in found.items():
            if not code and _key(cells[at]) not in _SKIPPED:
                raise Refused(gettext("Cột “%(name)s” không có trong sổ.") % {"name": cells[at][:60]}, field="file")
        twice = {code for code in known if known.count(code) > 1}
        if twice:
            raise Refused(gettext("Có hai cột cùng tên “%(name)s”.") % {"name": min(twice)}, field="file")
        return Heads(number, {at: code for at, code in found.items() if code})
    dated = definition.by_code[definition.dated_by].name
    raise Refused(
        gettext("Không thấy dòng tiêu đề có cột “%(name)s” và các cột của sổ. Hãy dùng tệp mẫu.") % {"name": dated},
        field="file",
    )


def _names(definition: Definition) -> dict[str, str]:
    """Return what heads may be called: the field's name or code, with or without its unit of measure."""
    typed: list[Field] = [field for field in definition.fields if field.is_typed]
    found = {head: STATE for head in _STATE_HEADS}
    for field in typed:
        found[_key(field.code)] = found[_key(field.name)] = field.code
    return found


def _key(text: object) -> str:
    return fold(squash(_UNIT.sub("", str(text).strip(" *:"))))


def values_under(heads: Heads, rows: Sequence[Sequence[object]]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows below the heads as (line of the sheet, {field: text})."""
    found = []
    for number, cells in rows:
        assert isinstance(number, int) and isinstance(cells, list)
        if number <= heads.line:
            continue
        values = {code: str(cells[at]) for at, code in heads.places.items() if at < len(cells) and cells[at]}
        if values:
            found.append((number, values))
    return found


def state_named(definition: Definition, text: str) -> str:
    """Return the state of a code or name. Raises Refused where there is none."""
    wanted = _key(text)
    for state in definition.states:
        if wanted in (_key(state.code), _key(state.name)):
            return state.code
    raise Refused(gettext("Không có trạng thái “%(text)s”.") % {"text": text[:60]}, field=STATE)
