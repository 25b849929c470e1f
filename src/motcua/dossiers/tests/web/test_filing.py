"""Filing online: the unit, the declaration, a last look, done."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.web.conftest import picture
from motcua.procedures.models import Component, Offering

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _required(world):
    offering = Offering.objects.get(procedure__code=world.procedure, unit=world.units["T.01"])
    offering.questions[0]["required"] = True
    offering.save()


def _form(world, **changes):
    values = {
        "applicant_name": "Nguyễn Văn Thử",
        "identity_number": "000000000001",
        "phone": "0900 000 000",
        "email": "thu@example.org",
        "address": "Số 1 đường Thử Nghiệm",
        "request_text": "",
        "q_acreage": "12,5",
        "q_kind": "Mới",
        "q_since": "1/3/2026",
        "other_name": "",
    }
    return values | changes


def _start(world, unit="T.01"):
    return reverse("dossiers:start", args=[world.procedure]) + f"?don-vi={unit}"


def _check(world, unit="T.01"):
    return reverse("dossiers:check", args=[world.procedure]) + f"?don-vi={unit}"


def _paper_field(world, name="Đơn đề nghị"):
    return f"files_{Component.objects.get(name=name).pk}"


def test_filing_sends_the_public_to_sign_in_and_back(as_, world):
    answer = as_().get(_start(world))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("organizations:sign_in"))
    assert "next=" in answer.url


def test_units_to_choose_from_are_those_that_take_the_procedure(as_, world):
    page = as_("citizen").get(reverse("dossiers:start", args=[world.procedure]))
    assert [unit.code for unit in page.context["units"]] == ["T.01", "T.10"]


def test_unit_is_found_without_diacritics(as_, world):
    page = as_("citizen").get(reverse("dossiers:start", args=[world.procedure]), {"q": "xa thu"})
    assert [unit.code for unit in page.context["units"]] == ["T.10"]


def test_only_unit_is_not_asked_for(as_, world):
    answer = as_("citizen").get(reverse("dossiers:start", args=[world.inter_agency]))
    assert answer.url.endswith("?don-vi=T.01")


def test_form_knows_the_account_and_asks_questions_and_papers_but_no_remark(as_, world):
    page = as_("citizen").get(_start(world))
    assert page.status_code == 200
    body = page.content.decode()
    assert "Người Thử citizen" in body
    assert 'name="q_acreage"' in body
    assert _paper_field(world) in body
    assert "Người nộp giữ bản chính." in body
    assert f"files_{Component.objects.get(position=3).pk}" not in body


def test_dossier_is_filed_with_answers_and_files(as_, world):
    browser = as_("citizen")
    sent = browser.post(_start(world), _form(world) | {_paper_field(world): [picture(), picture("hai.png")]})
    assert sent.status_code == 302 and sent.url == _check(world)
    looked = browser.get(_check(world))
    assert "don.png" not in looked.context["message"]
    assert len(looked.context["papers"]) == 2
    done = browser.post(_check(world))
    dossier = Dossier.objects.get()
    assert done.url == reverse("dossiers:filed", args=[world.procedure, dossier.code])
    assert dossier.answers == {"acreage": 12.5, "kind": "Mới", "since": "2026-03-01"}
    assert dossier.phone == "0900000000"
    assert [paper.file.name for paper in dossier.papers.order_by("id")] == ["don.png", "hai.png"]
    assert set(StoredFile.objects.values_list("subject", flat=True)) == {dossier.code}
    page = browser.get(done.url)
    assert dossier.code in page.content.decode()


def test_filing_twice_makes_one_dossier(as_, world):
    browser = as_("citizen")
    browser.post(_start(world), _form(world))
    first, second = browser.post(_check(world)), browser.post(_check(world))
    assert first.url == second.url
    assert Dossier.objects.count() == 1


def test_draft_is_gone_once_the_confirmation_was_seen(as_, world):
    browser = as_("citizen")
    browser.post(_start(world), _form(world))
    browser.get(browser.post(_check(world)).url)
    assert browser.get(_check(world)).url == _start(world)


def test_refused_form_keeps_text_and_files(as_, world):
    browser = as_("citizen")
    form = _form(world, q_acreage="rộng", phone="không có", request_text="Xin giúp")
    page = browser.post(_start(world), form | {_paper_field(world): picture()})
    assert page.status_code == 422
    assert sorted(page.context["form"].errors) == ["phone", "q_acreage"]
    body = page.content.decode()
    assert "Xin giúp" in body and "rộng" in body and "don.png" in body
    later = browser.get(_start(world)).content.decode()
    assert "Xin giúp" in later and "don.png" in later


def test_file_that_is_refused_is_told_at_its_paper_and_others_stay(as_, world):
    browser = as_("citizen")
    bad = SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 100, "application/pdf")
    page = browser.post(_start(world), _form(world) | {_paper_field(world): [picture(), bad]})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [_paper_field(world)]
    assert [each["name"] for each in page.context["form"].kept] == ["don.png"]


def test_file_can_be_dropped_again(as_, world):
    browser = as_("citizen")
    browser.post(_start(world), _form(world) | {_paper_field(world): picture(), "more": "1"})
    number = browser.get(_start(world)).context["form"].kept[0]["id"]
    browser.post(_start(world), _form(world) | {"drop": str(number)})
    assert browser.get(_check(world)).context["papers"] == []


def test_paper_that_will_be_brought_is_a_paper_without_file(as_, world):
    browser = as_("citizen")
    number = Component.objects.get(name="Đơn đề nghị").pk
    browser.post(_start(world), _form(world) | {f"paper_{number}": "on"})
    browser.post(_check(world))
    paper = Dossier.objects.get().papers.get()
    assert (paper.component_name, paper.file, paper.is_original) == ("Đơn đề nghị", None, True)


def test_hostile_text_is_shown_as_text(as_, world):
    browser = as_("citizen")
    browser.post(_start(world), _form(world, applicant_name=HOSTILE) | {_paper_field(world): picture(f"{HOSTILE}.png")})
    for page in (browser.get(_start(world)), browser.get(_check(world)), browser.get(browser.post(_check(world)).url)):
        assert "<script>alert" not in page.content.decode()
    page = browser.get(reverse("dossiers:dossier", args=[Dossier.objects.get().code]))
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"applicant_name": ""},
        {"applicant_name": "a" * 5000},
        {"q_acreage": ""},
        {"q_acreage": "NaN"},
        {"q_kind": "Khác"},
        {"q_since": "31/2/2026"},
        {"identity_number": "1 OR 1=1"},
        {"email": "x"},
        {"request_text": "a\0b"},
    ],
)
def test_wrong_input_is_refused_and_files_nothing(as_, world, changes):
    browser = as_("citizen")
    assert browser.post(_start(world), _form(world, **changes)).status_code == 422
    assert browser.post(_check(world)).status_code == 302
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize("unit", ["T.02", "KHONG-CO", "%00", "a" * 500, "' OR 1=1"])
def test_unit_that_does_not_take_it_is_refused_in_words(as_, world, unit):
    page = as_("citizen").get(reverse("dossiers:start", args=[world.procedure]) + f"?don-vi={unit}")
    assert page.status_code == 422
    assert page.context["message"]


def test_procedure_that_does_not_exist_is_not_found(as_, world):
    assert as_("citizen").get(reverse("dossiers:start", args=["9.999999"])).status_code == 404


def test_procedure_that_is_not_filed_online_says_where_to_go(as_, world):
    Offering.objects.filter(procedure__code=world.procedure).update(is_online=False)
    page = as_("citizen").get(reverse("dossiers:start", args=[world.procedure]))
    assert page.context["total"] == 0


def test_confirmation_is_the_applicants_alone(as_, world):
    browser = as_("citizen")
    browser.post(_start(world), _form(world))
    address = browser.post(_check(world)).url
    assert browser.get(address).status_code == 200
    assert as_("other_citizen").get(address).status_code == 404
    assert as_("counter").get(address).status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_filing_render_in_both_languages(as_, world, language):
    browser = as_("citizen")
    browser.cookies.load({"django_language": language})
    browser.post(_start(world), _form(world))
    pages = [
        browser.get(reverse("dossiers:start", args=[world.procedure])),
        browser.get(_start(world)),
        browser.get(_check(world)),
        browser.get(browser.post(_check(world)).url),
    ]
    assert [page.status_code for page in pages] == [200] * 4
    assert all(f'lang="{language}"' in page.content.decode() for page in pages)


def test_filing_and_a_step_take_at_most_twelve_statements(as_, world):
    browser, counter = as_("citizen"), as_("counter")
    for each in (as_("other_citizen"), as_("other_citizen")):  # what is kept in memory is read
        each.post(_start(world), _form(world))
        each.post(_check(world))
    browser.post(_start(world), _form(world) | {_paper_field(world): picture()})
    with CaptureQueriesContext(connection) as filing:
        code = browser.post(_check(world)).url.rsplit("/", 1)[1]
    counter.post(reverse("dossiers:act", args=[code, "tiep-nhan"]))
    with CaptureQueriesContext(connection) as step:
        counter.post(reverse("dossiers:act", args=[code, "chuyen-buoc"]), {"at_step": "1"})
    # A test's transaction turns BEGIN and COMMIT into savepoints of the same number.
    assert (len(filing) <= 12, len(step) <= 12) == (True, True), (len(filing), len(step))
