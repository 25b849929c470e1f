"""Registers, one's own list, the rows behind a number, tracking."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.base.cells import harmless
from motcua.dossiers.actions.handling import approve, forward, propose
from motcua.dossiers.factories import MONDAY
from motcua.dossiers.models import Dossier
from motcua.dossiers.web import export, registers


def _codes(page):
    return [row["dossier"].code for row in page.context["rows"]]


def _own(page):
    return [row["dossier"].code for group in page.context["groups"] for row in group["rows"]]


def _rows(answer):
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def _decided(world, at=MONDAY):
    dossier = world.file_at_counter(at=at)
    forward(dossier.code, actor=world.counter, at=at)
    propose(dossier.code, actor=world.specialist, result_text="Cấp", at=at)
    propose(dossier.code, actor=world.head, at=at)
    return approve(dossier.code, actor=world.leader, at=at)


def test_register_shows_each_reader_their_own(as_, world):
    first, second = world.file(), world.file(unit="T.10")
    register = reverse("dossiers:register")
    assert _codes(as_("specialist").get(register)) == [first.code]
    assert _codes(as_("outsider").get(register)) == [second.code]
    assert set(_codes(as_("control").get(register))) == {first.code, second.code}
    assert as_("citizen").get(register).status_code == 404
    assert set(_own(as_("citizen").get(reverse("dossiers:mine")))) == {first.code, second.code}
    assert _own(as_("other_citizen").get(reverse("dossiers:mine"))) == []


@pytest.mark.parametrize(
    "query, found",
    [
        ({"q": "nguyen van thu"}, 1),
        ({"q": "không có ai"}, 0),
        ({"trang_thai": "filed"}, 1),
        ({"trang_thai": "returned"}, 0),
        ({"kenh": "online"}, 1),
        ({"thu_tuc": "1.000001"}, 1),
        ({"thu_tuc": "9"}, 0),
        ({"tu": "2/3/2026", "den": "2/3/2026"}, 1),
        ({"tu": "3/3/2026"}, 0),
        ({"don_vi": "T.10"}, 0),
        ({"don_vi": "T.01"}, 1),
        ({"don_vi": "T"}, 1),  # the province handles nothing itself: the sum of those under it
    ],
)
def test_register_is_narrowed(as_, world, query, found):
    world.file()
    assert len(_codes(as_("control").get(reverse("dossiers:register"), query))) == found


@pytest.mark.parametrize(
    "query",
    [
        {"tu": "x"},
        {"tu": "31/2/2026"},
        {"trang_thai": "x"},
        {"don_vi": "T.99"},
        {"q": "a" * 500},
        {"q": "a\0b"},
        {"tu": "2/1/2026", "den": "1/1/2026"},
        {"den": "31/12/9999"},
        {"tu": "1/1/0001"},
    ],
)
def test_wrong_filter_is_told_in_place(as_, world, query):
    assert as_("control").get(reverse("dossiers:register"), query).status_code == 422


@pytest.mark.parametrize("after", ["x", "2026-01-01~1", "~", "2026-01-01T00:00:00+07:00~x", "9" * 400])
def test_wrong_place_in_the_pages_is_refused_in_words(as_, world, after):
    assert as_("control").get(reverse("dossiers:register"), {"after": after}).status_code == 409


def test_register_pages_without_losing_or_repeating(as_, world, monkeypatch):
    monkeypatch.setattr(registers, "PAGE", 2)
    filed = [world.file(at=MONDAY + timedelta(minutes=number)).code for number in range(5)]
    browser, seen, after = as_("specialist"), [], ""
    for _page in range(3):
        page = browser.get(reverse("dossiers:register"), {"after": after} if after else {})
        seen += _codes(page)
        after = page.context["after"]
    assert seen == filed[::-1] and after == ""


@pytest.mark.parametrize("who, name", [("specialist", "register"), ("citizen", "mine")])
def test_lists_ask_the_database_equally_for_one_row_and_three(as_, world, who, name):
    browser = as_(who)

    def count():
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse(f"dossiers:{name}"))
        return len(queries)

    world.file()
    browser.get(reverse(f"dossiers:{name}"))
    one = count()
    world.file()
    world.file()
    assert count() == one


def test_register_is_taken_away_as_csv(as_, world):
    Dossier.objects.filter(pk=world.file().pk).update(applicant_name="=HYPERLINK(1)")
    rows = _rows(as_("specialist").get(reverse("dossiers:register"), {"format": "csv"}))
    assert len(rows) == 2
    assert rows[1][3] == "'=HYPERLINK(1)"


def test_csv_says_when_it_is_cut(as_, world, monkeypatch):
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    monkeypatch.setattr(registers, "CSV_PAGE", 1)
    for _number in range(3):
        world.file()
    rows = _rows(as_("specialist").get(reverse("dossiers:register"), {"format": "csv"}))
    assert len(rows) == 4 and "2 dòng đầu" in rows[-1][0]


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


def _behind(**changes):
    values = {"so": "dossiers.resolved", "don-vi": "T", "tu": "2026-03-01", "den": "2026-03-31"}
    return values | changes


def test_rows_behind_a_number_are_those_counted(as_, world):
    decided = [_decided(world).code, _decided(world).code]
    _decided(world, at=MONDAY + timedelta(days=60))
    page = as_("control").get(reverse("dossiers:behind"), _behind())
    assert (page.context["counted"], page.context["seen"]) == (2, 2)
    assert set(_codes(page)) == set(decided)
    assert len(_rows(as_("control").get(reverse("dossiers:behind"), _behind(format="csv")))) == 3


def test_number_counts_more_than_the_reader_sees(as_, world):
    _decided(world)
    page = as_("outsider").get(reverse("dossiers:behind"), _behind())
    assert (page.context["counted"], page.context["seen"], _codes(page)) == (1, 0, [])


def test_rows_behind_a_number_are_for_officials(as_, world):
    assert as_("citizen").get(reverse("dossiers:behind"), _behind()).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"so": "dossiers.on_time_rate"},
        {"so": "x"},
        {"don-vi": "X"},
        {"don-vi": ""},
        {"don-vi": "a\0"},
        {"tu": "x"},
        {"den": ""},
        {"tu": "2026-04-01"},
        {"den": "9999-12-31"},
    ],
)
def test_wrong_question_about_a_number_is_told_in_place(as_, world, changes):
    assert as_("control").get(reverse("dossiers:behind"), _behind(**changes)).status_code == 422


def test_tracking_shows_nothing_personal(as_, world):
    dossier = world.file_at_counter()
    body = as_().get(reverse("dossiers:tracking", args=[dossier.code])).content.decode()
    assert dossier.code in body and "Sở Thử Nghiệm" in body
    for secret in ("Nguyễn Văn Thử", "000000000001", "0900000000", "thu@example.org", "đường Thử Nghiệm", "Người Thử"):
        assert secret not in body


def test_code_is_looked_up_however_it_is_typed(as_, world):
    dossier = world.file()
    answer = as_().get(reverse("dossiers:track"), {"ma": f"  {dossier.code.lower()} "})
    assert answer.url == reverse("dossiers:tracking", args=[dossier.code])


@pytest.mark.parametrize("typed", ["", "x", "' OR 1=1", "<script>", "a" * 1000, "000.00.01.T99-260302"])
def test_text_that_is_no_code_is_told_in_words(as_, world, typed):
    page = as_().get(reverse("dossiers:track"), {"ma": typed})
    assert page.status_code == 422 and page.context["message"]
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("code", ["000.00.01.T99-260302-9999", "x", "a%00b"])
def test_code_of_no_dossier_is_not_found_in_words(as_, world, code):
    page = as_().get(f"/tra-cuu/{code}")
    assert page.status_code == 404 and "Không có hồ sơ nào" in page.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_lists_render_in_both_languages(as_, world, language):
    dossier = _decided(world)
    browser = as_("control")
    browser.cookies.load({"django_language": language})
    addresses = [
        reverse("dossiers:register"),
        reverse("dossiers:mine"),
        reverse("dossiers:track"),
        reverse("dossiers:tracking", args=[dossier.code]),
    ]
    for address in addresses:
        assert f'lang="{language}"' in browser.get(address).content.decode()
    assert browser.get(reverse("dossiers:behind"), _behind()).status_code == 200
