"""The counter: what waits, finding a procedure, taking a dossier in."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.web.conftest import picture
from motcua.procedures.models import Component


def _form(**changes):
    values = {
        "applicant_name": "Nguyễn Văn Thử",
        "identity_number": "",
        "phone": "",
        "email": "",
        "address": "",
        "request_text": "",
        "q_acreage": "3",
        "unit": "T.01",
        "channel": "in_person",
        "other_name": "",
        "submission_key": str(uuid4()),
    }
    return values | changes


def _address(world):
    return reverse("dossiers:take_in", args=[world.procedure])


def _number(name="Đơn đề nghị"):
    return Component.objects.get(name=name).pk


@pytest.mark.parametrize("who", ["citizen", "specialist", "leader", "outsider", "control"])
def test_counter_does_not_exist_for_others(as_, world, who):
    browser = as_(who)
    assert browser.get(reverse("dossiers:counter")).status_code == 404
    assert browser.get(_address(world)).status_code == 404
    assert browser.post(_address(world), _form()).status_code == 404


def test_counter_lists_what_waits_for_reception_here(as_, world):
    here, elsewhere = world.file(), world.file(unit="T.10")
    page = as_("counter").get(reverse("dossiers:counter"))
    assert [row["run"].subject for row in page.context["rows"]] == [here.code]
    other = as_("commune_all").get(reverse("dossiers:counter"))
    assert [row["run"].subject for row in other.context["rows"]] == [elsewhere.code]


def test_counter_asks_the_database_equally_for_one_row_and_three(as_, world):
    browser = as_("counter")
    browser.get(reverse("dossiers:counter"))

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse("dossiers:counter")).status_code == 200
        return len(queries)

    world.file()
    one = count()
    world.file()
    world.file()
    assert count() == one


def test_procedure_is_found_only_where_it_is_received(as_, world):
    page = as_("counter").get(reverse("dossiers:counter"), {"q": "cap giay phep"})
    assert {entry.code for entry in page.context["hits"]} == {world.procedure, world.inter_agency}
    only_one = as_("commune_all").get(reverse("dossiers:counter"), {"q": "cap giay phep"})
    assert only_one.url == _address(world)  # nothing to choose


def test_number_called_at_the_window_goes_along_to_the_form(as_, world):
    page = as_("counter").get(reverse("dossiers:counter"), {"q": "cap giay phep", "so": "A 12&x"})
    assert f'href="{_address(world)}?so=A%2012%26x"' in page.content.decode()
    only_one = as_("commune_all").get(reverse("dossiers:counter"), {"q": "cap giay phep", "so": "A012"})
    assert only_one.url == f"{_address(world)}?so=A012"
    assert as_("commune_all").get(only_one.url).context["form"]["ticket"].value() == "A012"


def test_dossier_is_taken_in_with_what_was_counted(as_, world):
    browser = as_("counter")
    sent = browser.post(
        _address(world),
        _form(
            **{
                f"originals_{_number()}": "1",
                f"copies_{_number('Bản vẽ')}": "2",
                f"files_{_number()}": picture(),
            }
        ),
    )
    dossier = Dossier.objects.get()
    assert sent.url == reverse("dossiers:taken_in", args=[world.procedure, dossier.code])
    assert dossier.state == "received" and dossier.has_fee and dossier.due_at is not None
    papers = [
        (each.component_name, each.is_original, each.quantity, bool(each.file_id))
        for each in dossier.papers.order_by("id")
    ]
    assert papers == [("Đơn đề nghị", True, 1, True), ("Bản vẽ", False, 2, False)]
    page = browser.get(sent.url).content.decode()
    assert reverse("dossiers:receipt", args=[dossier.code]) in page


def test_form_sent_twice_is_one_dossier(as_, world):
    browser, form = as_("counter"), _form()
    assert browser.post(_address(world), form).url == browser.post(_address(world), form).url
    assert Dossier.objects.count() == 1


def test_refused_form_keeps_its_file(as_, world):
    browser, form = as_("counter"), _form(applicant_name="")
    page = browser.post(_address(world), form | {f"files_{_number()}": picture()})
    assert page.status_code == 422
    kept = page.context["kept"]
    browser.post(_address(world), form | {"applicant_name": "Trần Thị Mẫu", "kept": kept})
    assert Dossier.objects.get().papers.get().file.name == "don.png"


def test_files_kept_by_somebody_else_are_nothing(as_, world):
    form = _form(unit="T.10", applicant_name="")
    page = as_("commune_all").post(_address(world), form | {f"files_{_number()}": picture()})
    as_("counter").post(_address(world), _form(kept=page.context["kept"]))
    assert Dossier.objects.get().papers.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": "T.10"},
        {"unit": "T.02"},
        {"unit": ""},
        {"channel": "online"},
        {"submission_key": "x"},
        {"email": "@"},
        {"kept": "eyJ.x"} | {"applicant_name": ""},
    ],
)
def test_wrong_input_is_refused_and_takes_nothing_in(as_, world, changes):
    assert as_("counter").post(_address(world), _form(**changes)).status_code == 422
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize("count", ["-1", "101", "x", "99999999999999999999"])
def test_wrong_number_of_copies_is_refused(as_, world, count):
    page = as_("counter").post(_address(world), _form(**{f"copies_{_number()}": count}))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [f"copies_{_number()}"]


def test_counter_that_does_not_serve_the_procedure_is_told_so(as_, world):
    assert as_("commune_all").get(reverse("dossiers:take_in", args=[world.inter_agency])).status_code == 422


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_the_counter_render_in_both_languages(as_, world, language):
    browser = as_("counter")
    browser.cookies.load({"django_language": language})
    done = browser.post(_address(world), _form()).url
    for address in (reverse("dossiers:counter"), _address(world), done):
        assert f'lang="{language}"' in browser.get(address).content.decode()
