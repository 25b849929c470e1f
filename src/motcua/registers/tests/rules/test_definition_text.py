"""Definitions as lines: what is written out is read back the same; what cannot be read is quoted."""

import pytest

from motcua.base.refusal import Refused
from motcua.registers.definition_forms import DefinitionForm
from motcua.registers.rules.definition_text import PARTS, from_lines, to_lines
from motcua.registers.rules.definitions import definition_from
from motcua.registers.shipped import newest_shipped
from motcua.registers.tests.definitions import CASES, DIALOGUES, PORTAL

ALL = [definition_from(data) for data in (DIALOGUES, PORTAL, CASES)] + newest_shipped()


@pytest.mark.parametrize("definition", ALL, ids=lambda each: each.code)
def test_every_definition_survives_its_lines(definition):
    read = definition_from({**definition.data, **from_lines(to_lines(definition.data))})
    assert [getattr(read, part) for part in PARTS] == [getattr(definition, part) for part in PARTS]


@pytest.mark.parametrize("definition", ALL, ids=lambda each: each.code)
def test_every_definition_survives_its_form(definition):
    shown = DefinitionForm.of(definition.data)
    form = DefinitionForm({name: value for name, value in shown.items() if value not in (None, False)})
    assert form.is_valid(), form.errors
    written = definition_from(form.written(definition.data))
    for name in ("title", "fields", "states", "moves", "checks", "measures", "expected", "due", "closed_by", "units",
                 "public", "confidential", "dated_by", "titled_by", "prefix"):  # fmt: skip
        assert getattr(written, name) == getattr(definition, name), name


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("fields", "code | name"), ("fields", "a | b | text | shape round"), ("moves", "a | b | open to done"),
        ("checks", "a | [x] = [y]"), ("states", "open"), ("fields", "a | b | number | min=few"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_quoted(part, line):
    with pytest.raises(Refused) as refused:
        from_lines({part: line})
    assert refused.value.field == part and line in refused.value.message
