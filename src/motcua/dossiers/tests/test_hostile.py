"""What people and machines send that nobody asked for: names of every letter, markup, formulas, broken bodies."""

import csv
import io
import json
import unicodedata
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.dossiers.actions import handling, reception, supplementing
from motcua.dossiers.actions.filing import Applicant, Paper, file_at_counter
from motcua.dossiers.factories import make_world
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier import dossier_page
from motcua.dossiers.rendering.receipt import receipt_pdf
from motcua.dossiers.rendering.slips import forms_ready
from motcua.organizations.models import Account

pytestmark = pytest.mark.django_db

VOWELS = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
LETTERS = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ["", *TONES]) + "đ"
EVERY_LETTER = " ".join([LETTERS, LETTERS.upper()])

MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7|add:7 }} {% load static %}",
    "%(code)s %s %d {0} {name} $1",
    '#panic("no") $x$ *b* _i_ @ref <label> `raw` \\u{41} // /* ',
    "&lt;b&gt; &amp; ]]> <!-- --> <?xml ?>",
    "\u202egnp.exe\u202c \u200b\ufeff",
    "🜁 𠮷 \U0010ffff \ufffe",
]
FORMULAS = [
    '=HYPERLINK("https://example.org")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "=1+1",  # full width: some spreadsheets read it as the plain sign
    "＋1",
    "A;=1+1",  # where a semicolon parts the cells
    "A\t=1+1",
    "A,=1+1",
    '"=1+1',
]
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_world()


@pytest.fixture
def as_(world):
    def browser(name):
        client = Client(raise_request_exception=False)
        client.force_login(world.people[name])
        return client

    return browser


def take_in(world, name, **more):
    return file_at_counter(
        world.procedure, unit_code="T.01", applicant=Applicant(name, **more), submission_key=uuid4(),
        actor=world.counter, papers=[Paper(name or "Đơn")],
    )  # fmt: skip


def body(world, **changes):
    return {
        "procedure": world.procedure,
        "unit": "T.01",
        "applicant": {"name": "Nguyễn Văn Thử"},
        "papers": [{"component_name": "Đơn đề nghị"}],
        "submission_key": str(uuid4()),
    } | changes


def send(client, sent, address="/api/v1/dossiers"):
    text = sent if isinstance(sent, (str, bytes)) else json.dumps(sent)
    return client.post(address, text, content_type="application/json")


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_name_of_every_vietnamese_letter_is_kept_shown_found_and_printed(world, as_, form):
    names = [LETTERS, LETTERS.upper()]
    for name in names:
        answer = send(as_("citizen"), body(world, applicant={"name": unicodedata.normalize(form, name)}))
        assert answer.status_code == 201, answer.content.decode()
        code = answer.json()["code"]
        assert answer.json()["applicant_name"] == Dossier.objects.get(code=code).applicant_name == name
        reception.receive(code, actor=world.counter)
        assert name in as_("counter").get(f"/ho-so/{code}").content.decode()
        assert code in as_("counter").get("/ho-so/", {"q": name[10:30]}).content.decode()
        printed = text_of(receipt_pdf(dossier_page(code, account=world.counter)))
        assert set(name) - set(unicodedata.normalize("NFC", printed)) == set()


def test_markup_is_text_on_every_page_and_paper(world, as_):
    everything = " ".join(MARKUP[:5])  # a name has 200 letters
    dossiers = [take_in(world, text, address=text) for text in [*MARKUP, everything[:200]]]
    for address in ("/ho-so/", "/viec-cua-toi/", "/ho-so/so-theo-doi"):
        assert shows_no_markup(as_("counter").get(address)), address
    for dossier in dossiers:
        for address in (f"/ho-so/{dossier.code}", f"/tra-cuu/{dossier.code}", f"/ho-so/{dossier.code}/thoi-han"):
            assert shows_no_markup(as_("counter").get(address)), address
        assert as_("counter").get(f"/ho-so/{dossier.code}/giay-tiep-nhan").status_code == 200
    code = dossiers[-1].code
    handling.forward(code, actor=world.counter)
    supplementing.request_supplement(code, items="\n".join(MARKUP), reason=everything, actor=world.specialist)
    page = dossier_page(code, account=world.specialist)
    for slug, _words in forms_ready(page, is_official=True, has_apology=False):
        for kind in ("pdf", "docx"):
            assert as_("specialist").get(f"/ho-so/{code}/mau/{slug}.{kind}").status_code == 200, (slug, kind)


def shows_no_markup(answer):
    shown = answer.content.decode()
    return answer.status_code == 200 and "<script>alert" not in shown and "<img src=x" not in shown


def cells_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        return "xlsx", [cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
    text = content.decode("utf-8-sig")
    return "csv", [
        row for delimiter in ",;\t" for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    ]


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("counter", "/ho-so/?format=csv"),
        ("specialist", "/viec-cua-toi/tai-ve"),
        ("specialist", "/viec-cua-toi/tai-ve.csv"),
        ("specialist", "/viec-cua-toi/tai-ve.xlsx"),
        ("counter", "/ho-so/so-theo-doi.csv?don_vi=T.01"),
        ("counter", "/ho-so/so-theo-doi.xlsx?don_vi=T.01"),
    ],
)
def test_no_export_runs_a_formula(world, as_, who, address):
    for formula in FORMULAS:
        handling.forward(take_in(world, formula).code, actor=world.counter)
    period = {"tu": f"{today():%d/%m/%Y}", "den": f"{today():%d/%m/%Y}"}
    kind, found = cells_of(as_(who).get(address, period | dict(parse_qsl(urlsplit(address).query))))
    if kind == "xlsx":
        assert [cell.value for cell in found if cell.data_type == "f"] == []
        shown = [str(cell.value) for cell in found]
    else:
        shown = [cell for row in found for cell in row]
        assert [cell for cell in shown if cell.startswith(STARTS_FORMULA)] == []
    assert any("HYPERLINK" in cell for cell in shown)


DEEP = 100_000
BROKEN = {
    "no JSON": b"{",
    "not UTF-8": b'{"procedure": "\xff\xfe"}',
    "deep lists": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a list": b"[]",
    "null": b"null",
    "a number of many digits": b'{"procedure": ' + b"9" * 10_000 + b"}",
}


def test_broken_json_is_refused(world, as_):
    for what, sent in BROKEN.items():
        answer = send(as_("citizen"), sent)
        assert answer.status_code in (400, 422), (what, answer.content[:300])
    assert not Dossier.objects.exists()


HOSTILE = [
    {"applicant": {"name": "Thử\0"}},
    {"applicant": {"name": "\ud800"}},
    {"request_text": "a\0b"},
    {"answers": {"a": float("nan")}},
    {"answers": {"a": float("inf")}},
    {"answers": {"acreage": 10**400}},
    {"answers": {"a\0": 1}},
    {"answers": {"a": {"b": [{"c": {}}] * 50}}},
    {"answers": {str(number): "x" for number in range(20_000)}},
    {"papers": [{"component_name": "x"}] * 101},
    {"papers": [{"component_name": "x", "file_id": 2**63 - 1}]},
    {"papers": [{"component_name": "x", "file_id": 2**70}]},
    {"papers": [{"component_name": "x", "quantity": 10**30}]},
    {"submission_key": "0"},
    {"procedure": "1.000001' OR 1=1 --"},
    {"unit": "../../etc"},
    {"applicant": {"name": "x" * 100_000}},
    {"applicant": {"name": "   "}},
    {"applicant": {"name": "\u200b\u200b"}},
    {"channel": "in_person"},
]


def test_hostile_filing_is_refused_in_words(world, as_):
    for change in HOSTILE:
        answer = send(as_("citizen"), body(world, **change))
        assert answer.status_code in (400, 409, 422), (str(change)[:200], answer.content[:300])
        assert answer.json()["detail"]
    assert not Dossier.objects.exists()


def test_nan_in_the_answers_of_a_form_that_asks_numbers_is_refused(world, as_):
    for value in (float("nan"), float("inf"), 10**400, "1e999", True):
        change = {"procedure": world.inter_agency, "answers": {"acreage": value}}
        answer = send(as_("citizen"), body(world, **change))
        assert answer.status_code in (400, 409, 422), (value, answer.content[:300])


def test_body_of_another_kind_is_no_error_of_ours(world, as_):
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x", "", "text/html"):
        answer = as_("citizen").post("/api/v1/dossiers", b"<a/>", content_type=kind)
        assert answer.status_code < 500, (kind, answer.content[:300])
    assert not Dossier.objects.exists()


NAMES = [
    "../../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\a.png", "a\0.png", "a\r\nSet-Cookie: x=1.png",
    "con.png", "." * 200 + ".png", "<script>.png", "\"; filename=\"b.exe", "x" * 5000 + ".png", "Đơn\u202egnp.exe",
    "=1+1.png", "%2e%2e%2fa.png", "~root.png", "$(id).png", "`id`.png", "a|b.png", "",
]  # fmt: skip
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


def test_file_name_leads_nowhere(world, as_, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    client = as_("citizen")
    for name in NAMES:
        file = SimpleUploadedFile("a.png", PNG, "image/png")
        file._name = name  # Django's own cleaning is for browsers that behave
        answer = client.post("/api/v1/files", {"file": file})
        assert answer.status_code < 500, (name, answer.content[:300])
        if answer.status_code == 201:
            kept = answer.json()["name"]
            assert not set(kept) & set('/\\\0\r\n"<>'), kept
            opened = client.get(f"/tep-da-gui/{answer.json()['id']}")
            for closer in opened._resource_closers:  # not close(): that ends the test's connection
                closer()
            assert opened.status_code in (200, 404)
            assert "\n" not in opened.headers.get("Content-Disposition", "")
    assert [path for path in tmp_path.rglob("*") if path.is_file() and tmp_path / "files" not in path.parents] == []


def test_file_of_somebody_else_is_not_filed(world, as_):
    sent = as_("other_citizen").post("/api/v1/files", {"file": SimpleUploadedFile("a.png", PNG, "image/png")}).json()
    papers = [{"component_name": "Bản vẽ", "file_id": sent["id"]}]
    assert send(as_("citizen"), body(world, papers=papers)).status_code == 409
    assert as_("citizen").get(f"/tep-da-gui/{sent['id']}").status_code == 404


CODES = ["\0", "%00", "..", "x" * 5000, "<script>", "000.00.01.T99-260302-0001\n", "🜁", "a/b"]
QUERIES = [
    "q=%00", "q=%ff", "after=%00", "after=zzzz", "after=WyJ4IiwgMV0", "q=" + "ế" * 3000, "filed_from=0000-00-00",
    "filed_from=99999-01-01", "state=%27", "limit=1e9", "tu=0000-01-01", "don-vi=%00", "trang=-1",
]  # fmt: skip


def test_hostile_address_is_not_found(world, as_):
    client = as_("specialist")
    for code in CODES:
        for address in (f"/ho-so/{code}", f"/tra-cuu/{code}", f"/api/v1/dossiers/{code}", f"/api/v1/tracking/{code}"):
            assert client.get(address).status_code in (301, 302, 400, 404), address


def test_hostile_query_is_no_error_of_ours(world, as_):
    client = as_("specialist")
    pages = ("/ho-so/", "/viec-cua-toi/", "/ho-so-cua-toi/", "/tra-cuu/", "/api/v1/dossiers", "/ho-so/so-theo-doi")
    for query in QUERIES:
        for address in pages:
            assert client.get(f"{address}?{query}").status_code < 500, (address, query[:60])


def test_personal_data_are_in_no_fact(world):
    take_in(world, "Trần Thị Riêng", identity_number="012345678901", phone="0912345678", address="Số 9 ngõ Riêng")
    for fact in Fact.objects.all():
        said = f"{fact.subject}{fact.actor}{fact.data}"
        assert not any(word in said for word in ("Riêng", "012345678901", "0912345678"))
    assert not Account.objects.filter(identity_number="012345678901").exists()
