"""What nobody should send: it is refused with words, never a broken page."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.base.refusal import Refused
from motcua.registers.measures import MEASURES
from motcua.registers.models import Entry
from motcua.registers.narrowing import rows_where
from motcua.registers.rules.definition_checks import problems
from motcua.registers.rules.definition_text import from_lines
from motcua.registers.rules.definitions import definition_from
from motcua.registers.rules.values import read_values
from motcua.registers.sheet_reading import read_rows
from motcua.registers.tests.definitions import DIALOGUES, PORTAL, changed

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
TALKS = definition_from(DIALOGUES)


@given(st.sampled_from(sorted(PORTAL)), json_values)
def test_any_part_of_a_definition_may_be_nonsense(part, nonsense):
    found = problems(changed(PORTAL, **{part: nonsense}))
    assert all(isinstance(each, str) for each in found)


KEYS = ["code", "id",
        "name", "type", "kind", "from", "to", "asks", "options", "where", "of", "check", "previous", "words",
        "required_in", "min", "formula", "part", "same", "dated", "by", "severity"]  # fmt: skip


@given(
    st.sampled_from(["fields", "states", "moves", "checks", "measures"]),
    st.dictionaries(st.sampled_from(KEYS), json_values),
)
def test_any_row_of_a_definition_may_be_nonsense(part, row):
    base = {"code": "x", "id": "x", "name": "X", "words": "x"}
    assert problems(changed(DIALOGUES, **{part: [*DIALOGUES[part], {**base, **row}]})) is not None


@given(st.dictionaries(st.sampled_from([*TALKS.by_code, "gone"]), json_values))
def test_any_value_may_be_nonsense(values):
    read_values(TALKS, values)


@given(st.text(max_size=60))
def test_any_line_may_be_nonsense(line):
    for part in ("fields", "moves", "checks", "measures", "states"):
        try:
            from_lines({part: line})
        except Refused as refusal:
            assert refusal.field == part


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([*TALKS.by_code, "state", "kind", "a__b"]), st.text(
    st.characters(blacklist_characters="\0", blacklist_categories=("Cs",)), max_size=12))  # fmt: skip
def test_any_condition_may_be_nonsense(name, text):
    assert Entry.objects.filter(rows_where(TALKS, [(name, text)], date(2026, 1, 1))).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["x__regex:(", "a:b", "", ":", "x__contains:1", "Á:1"])
def test_a_narrowing_is_no_lookup(text):
    assert Entry.objects.filter(MEASURES[0].narrowings["field"](text)).count() == 0


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\xff\xfe\x00", b"", b'a,b\n"c'])
def test_broken_sheets_are_refused(as_, cast, talks, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = as_(cast.keeper).post(
        reverse("registers:import", args=["talks"]), {"unit": "P.1", "file": SimpleUploadedFile("so.xlsx", content)}
    )
    assert sent.status_code == 422


def test_csv_is_read_with_either_separator():
    rows = [[1, ["Ngày", "Chủ đề"]], [2, ["5/3/2026", "Một"]]]
    assert read_rows("Ngày;Chủ đề\n5/3/2026;Một\n".encode(), "a.csv") == rows
    assert read_rows("\ufeffNgày,Chủ đề\n5/3/2026,Một\n".encode(), "a.csv") == rows


@pytest.mark.parametrize(
    "query", ["tu=31/2/2026", "tu=99999-1-1", "don-vi=%00", "trang-thai=nothing", "so=nothing", "after=%00", "q=%00",
              "f-with-whom=x", "format=json&tu=x"],
)  # fmt: skip
def test_addresses_may_be_nonsense(as_, cast, talk, query):
    assert as_(cast.chief).get(f"{reverse('registers:entries', args=['talks'])}?{query}").status_code in (200, 422)


@pytest.mark.parametrize("query", ["q=%00", "unit=%00", "state=%00", "measure=nothing", "after=x", "first=x"])
def test_the_api_refuses_nonsense(client, cast, talk, query):
    client.force_login(cast.keeper)
    assert client.get(f"/api/v1/registers/talks/entries?{query}").status_code in (200, 404, 409, 422)
