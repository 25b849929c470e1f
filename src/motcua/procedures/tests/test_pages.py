"""The public pages: every part is shown, filters narrow, wrong addresses are not found, both languages speak."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from django.conf import settings

from motcua.base.text import squash
from motcua.procedures import queries
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.tests.conftest import load

pytestmark = pytest.mark.django_db
LIST = "/thu-tuc/"


def text_of(response) -> str:
    """Return what a reader of the page sees, in one line."""
    assert response.status_code == 200
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return squash(unescape(re.sub(r"<[^>]+>", " ", page)))


def bare(text: str) -> str:
    """Return ``text`` without white space: the page may break lines elsewhere."""
    return re.sub(r"\s+", "", squash(text))


# Long ones, ones with every optional part, ones without channels, forms, or names of papers.
RICH = ["1.001193", "1.004845", "1.000811", "1.004162", "1.013222", "1.012783", "1.013128", "3.000029", "1.013980"]


@pytest.mark.parametrize("code", RICH)
def test_procedure_page_shows_every_part(client, catalogue_file, row_of, code):
    load(catalogue_file(code))
    shown = bare(text_of(client.get(f"{LIST}{code}")))
    row = row_of[code]
    plain = ["code", "name", "decision_no", "type", "field", "issuing_agency", "competent_agency",
             "coordinating_agency", "reception_address", "steps", "conditions", "channels_text",
             "components_text", "legal_text", "source"]  # fmt: skip
    parts = [row[key] for key in plain if row[key]]
    parts += row["levels"] + row["subjects"] + row["executing_agencies"] + row["legal_refs"]
    parts += [part for paper in row["components"] for part in (paper["case"], paper["name"], paper["form"]) if part]
    parts += [part for result in row["results"] for part in (result["name"], result["code"]) if part]
    parts += [channel["note"] for channel in row["channels"] if channel["note"]]
    missing = [part[:80] for part in parts if bare(part) not in shown]
    assert missing == []


def test_procedure_page_groups_papers_by_case(client, catalogue_file):
    load(catalogue_file("1.001193"))
    text = text_of(client.get(f"{LIST}1.001193"))
    headings = ["Tờ khai đăng ký khai sinh theo mẫu", "Giấy tờ phải nộp:", "Giấy chứng sinh;", "phải xuất trình:"]
    places = [text.index(part) for part in headings]
    assert places == sorted(places)


def test_procedure_page_names_its_source(client, some_procedures, row_of):
    page = client.get(f"{LIST}1.001193").content.decode()
    assert f'href="{row_of["1.001193"]["detail_url"].replace("&", "&amp;")}"' in page


@pytest.mark.parametrize("code", ["9.999999", "x", "1.00119", "1.001193x", "%00", "..", "1.001193%0A", "١.٠٠١١٩٣"])
def test_unknown_procedure_is_not_found(client, some_procedures, code):
    assert client.get(f"{LIST}{code}").status_code == 404


def test_code_of_a_local_copy_leads_to_the_procedure(client, some_procedures):
    response = client.get(f"{LIST}1.001193.000.00.00.H27")
    assert (response.status_code, response["Location"]) == (302, f"{LIST}1.001193")


def test_other_versions_are_listed_and_shown(client, catalogue_file):
    load(catalogue_file("1.001193"))
    load(catalogue_file("1.001193", file="b.jsonl", conditions="Điều kiện mới"), date(2026, 3, 1))
    now, then = client.get(f"{LIST}1.001193"), client.get(f"{LIST}1.001193?day=2025-08-01")
    assert "Điều kiện mới" in text_of(now)
    assert f'href="{LIST}1.001193?day=2025-07-01"' in now.content.decode()
    assert "Đây không phải phiên bản đang có hiệu lực" in text_of(then)
    assert "Điều kiện mới" not in text_of(then)


def test_ended_procedure_says_so_and_leaves_the_list(client, some_procedures):
    ProcedureVersion.objects.filter(procedure__code="1.001193").update(valid_to=date(2025, 12, 31))
    queries.forget_catalogue()
    assert "hiện không có hiệu lực" in text_of(client.get(f"{LIST}1.001193"))
    assert "1.001193" not in text_of(client.get(LIST, {"q": "khai sinh"}))


def test_list_counts_and_finds(client, some_procedures):
    assert "6 thủ tục" in text_of(client.get(LIST))
    found = text_of(client.get(LIST, {"q": "dang ky khai snih"}))
    assert "1.001193" in found
    assert "1.012906" not in found


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"level": "commune"}, {"1.001193", "1.000894", "2.000986"}),
        ({"field": "Luật sư"}, {"1.008614"}),
        ({"agency": "Bộ Xây dựng"}, set()),
        ({"agency": "Bộ xây dựng (Giao thông vận tải cũ)", "level": "province"}, {"1.012906"}),
        ({"agency": "Sở Xây dựng"}, {"1.012906"}),
        ({"online": "no"}, {"2.000986"}),
        ({"online": "here"}, set()),
        ({"online": "x"}, set()),
        ({"q": "khai sinh", "level": "province"}, set()),
    ],
)
def test_filters_narrow_the_list(client, some_procedures, asked, codes):
    page = client.get(LIST, asked).content.decode()
    assert set(re.findall(r'href="/thu-tuc/(\d\.\d{6})"', page)) == codes


def test_list_without_hits_says_what_to_do(client, some_procedures):
    assert "Không tìm thấy thủ tục nào" in text_of(client.get(LIST, {"q": "zzzz"}))


def test_empty_catalogue_says_so(client, db):
    assert "Danh mục thủ tục còn trống" in text_of(client.get(LIST))


@pytest.mark.parametrize(
    "asked",
    [{"page": "x"}, {"page": "-1"}, {"page": "99999999999999999999"}, {"q": "\x00"}, {"q": "a" * 100_000},
     {"field": "\x00"}, {"q": "<script>alert(1)</script>"}, {"q": "' OR 1=1 --", "level": "'"}],
)  # fmt: skip
def test_hostile_list_request_is_answered(client, some_procedures, asked):
    page = client.get(LIST, asked)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_pages_cost_the_same_for_few_and_many(client, catalogue_file, django_assert_num_queries):
    load(catalogue_file("1.001193"))
    client.get(LIST)
    with django_assert_num_queries(0):
        client.get(LIST)
    load(catalogue_file("1.000894", "1.012906", "1.012783", "1.008614", file="b.jsonl"))
    client.get(LIST)
    with django_assert_num_queries(0):
        client.get(LIST, {"q": "khai sinh"})
    for code in ("1.008614", "1.001193"):  # 2 papers, 33 papers
        with django_assert_num_queries(8):
            client.get(f"{LIST}{code}")


def test_csv_holds_what_the_list_shows(client, some_procedures):
    response = client.get("/thu-tuc/danh-sach.csv", {"level": "commune"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert lines[0][:2] == ["Mã thủ tục", "Tên thủ tục"]
    assert {line[0] for line in lines[1:]} == {"1.001193", "1.000894", "2.000986"}


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1", "-1+1", "@SUM(A1)"])
def test_csv_runs_no_formula(client, catalogue_file, name):
    load(catalogue_file("1.001193", file="f.jsonl", name=name))
    lines = list(csv.reader(io.StringIO(client.get("/thu-tuc/danh-sach.csv").content.decode("utf-8-sig"))))
    assert lines[1][1] == f"'{name}"


def test_only_reading_is_allowed(client, some_procedures):
    for address in (LIST, f"{LIST}1.001193", "/thu-tuc/danh-sach.csv"):
        assert client.post(address).status_code == 405


def test_pages_speak_english(client, some_procedures):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    listed, shown = text_of(client.get(LIST)), text_of(client.get(f"{LIST}1.001193"))
    assert "6 procedures" in listed
    assert "Who may apply" in shown
    assert "Papers to hand in" in shown


def test_navigation_leads_to_the_catalogue(client, db):
    assert f'href="{LIST}" aria-current="page"' in client.get(LIST).content.decode()
