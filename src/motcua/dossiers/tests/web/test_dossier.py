"""A dossier's page: who sees it, what it offers, what is done from it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.web.conftest import picture
from motcua.dossiers.web.acts import ACTS


def _page(dossier):
    return reverse("dossiers:dossier", args=[dossier.code])


def _act(browser, dossier, slug, **data):
    return browser.post(reverse("dossiers:act", args=[dossier.code, slug]), data)


def _closed(answer):
    """Close the file that is sent; closing the answer itself would close the test's connection as well."""
    for close in answer._resource_closers:
        close()
    return answer


def _offered(page):
    return {each["slug"] for name in ("buttons", "forms", "links") for each in page.context[name]}


def _walk(as_, dossier, *steps):
    """Do the steps (who, action, data) and fail at the first that is refused."""
    for who, slug, data in steps:
        answer = _act(as_(who), dossier, slug, **data)
        assert answer.status_code == 302, (slug, answer.content.decode()[:3000])


TO_LEADER = [
    ("counter", "tiep-nhan", {}),
    ("counter", "chuyen-buoc", {}),
    ("specialist", "trinh-ket-qua", {"result_text": "Cấp"}),
    ("head", "trinh-ket-qua", {}),
]


@pytest.mark.parametrize("who", ["citizen", "counter", "specialist", "head", "leader", "control"])
def test_dossier_is_shown_to_its_people(as_, world, who):
    assert as_(who).get(_page(world.file())).status_code == 200


@pytest.mark.parametrize("who", ["other_citizen", "outsider", "partner"])
@pytest.mark.parametrize("name", ["dossier", "ledger", "receipt"])
def test_dossier_does_not_exist_for_others(as_, world, who, name):
    assert as_(who).get(reverse(f"dossiers:{name}", args=[world.file().code])).status_code == 404


def test_public_is_sent_to_sign_in(as_, world):
    assert as_().get(_page(world.file())).status_code == 302


def test_outsider_can_do_nothing_to_it(as_, world):
    dossier = world.file()
    for slug in ACTS:
        data = {"reason": "x", "items": "x", "to": "x", "method": "cash", "note": "x", "is_satisfied": "yes"}
        answer = _act(as_("outsider"), dossier, slug, **data)
        assert answer.status_code == 404, slug
    assert Dossier.objects.get().state == "filed"


def test_page_offers_what_the_reader_may_do(as_, world):
    dossier = world.file()
    assert _offered(as_("counter").get(_page(dossier))) == {"tiep-nhan", "huong-dan", "tu-choi", "nhan-viec", "rut"}
    assert _offered(as_("citizen").get(_page(dossier))) == {"rut"}
    assert _offered(as_("control").get(_page(dossier))) == set()


def test_dossier_is_walked_to_its_return_from_its_page(as_, world):
    dossier = world.file()
    _walk(as_, dossier, *TO_LEADER, ("leader", "phe-duyet", {"result_file": picture("quyet-dinh.png")}))
    refused = _act(as_("counter"), dossier, "tra-ket-qua", method="in_person")
    assert refused.status_code == 422 and "chưa nộp phí" in refused.content.decode()
    _walk(
        as_,
        dossier,
        ("counter", "thu-phi", {"method": "online", "reference": "GD-1"}),
        ("counter", "tra-ket-qua", {"method": "post"}),
        ("citizen", "danh-gia", {"is_satisfied": "yes"}),
    )
    dossier.refresh_from_db()
    assert (dossier.state, dossier.result_text, dossier.is_paid_online, dossier.is_satisfied) == (
        "returned",
        "Cấp",
        True,
        True,
    )
    answer = _closed(as_("citizen").get(reverse("dossiers:result", args=[dossier.code])))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="quyet-dinh.png"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert dossier.result_file.subject == dossier.code


def test_draft_of_the_result_is_not_shown_to_the_applicant(as_, world):
    dossier = world.file()
    _walk(as_, dossier, *TO_LEADER[:2], ("specialist", "trinh-ket-qua", {"result_text": "Bản nháp riêng"}))
    assert "Bản nháp riêng" in as_("head").get(_page(dossier)).content.decode()
    assert "Bản nháp riêng" not in as_("citizen").get(_page(dossier)).content.decode()


def test_supplement_is_asked_and_supplied_with_a_file(as_, world):
    dossier = world.file()
    _walk(as_, dossier, *TO_LEADER[:2])
    refused = _act(as_("specialist"), dossier, "yeu-cau-bo-sung", items="Bản đồ", reason="")
    assert refused.status_code == 422 and "Bản đồ" in refused.content.decode()
    _walk(as_, dossier, ("specialist", "yeu-cau-bo-sung", {"items": "Bản đồ\nSơ đồ", "reason": "Thiếu"}))
    page = as_("citizen").get(_page(dossier))
    assert "Bản đồ" in page.content.decode() and "bo-sung" in _offered(page)
    slip = as_("citizen").get(reverse("dossiers:supplement_slip", args=[dossier.code]))
    assert slip.content.startswith(b"%PDF")
    _walk(as_, dossier, ("citizen", "bo-sung", {"papers": [picture("ban-do.png")], "note": "Đã đủ"}))
    dossier.refresh_from_db()
    assert dossier.state == "in_progress"
    assert dossier.papers.last().component_name == "Bổ sung: ban-do.png"
    assert as_("citizen").get(reverse("dossiers:ledger", args=[dossier.code])).context["reckoning"].is_same


def test_refused_supply_keeps_the_file(as_, world):
    dossier = world.file()
    page = _act(as_("citizen"), dossier, "bo-sung", papers=picture("ban-do.png"), note="Ghi chú của tôi")
    assert page.status_code == 422
    assert [each["name"] for each in page.context["kept"]] == ["ban-do.png"]
    assert "Ghi chú của tôi" in page.content.decode()


def test_action_at_a_step_that_passed_is_refused_in_place(as_, world):
    dossier = world.file()
    _walk(as_, dossier, ("counter", "tiep-nhan", {"at_step": "1"}), ("counter", "chuyen-buoc", {"at_step": "1"}))
    page = _act(as_("counter"), dossier, "chuyen-buoc", at_step="1")
    assert page.status_code == 422
    assert "Hãy tải lại trang" in page.content.decode()


def test_question_is_asked_before_withdrawal(as_, world):
    dossier, citizen = world.file(), as_("citizen")
    page = citizen.get(reverse("dossiers:act", args=[dossier.code, "rut"]))
    assert page.status_code == 200 and "Rút hồ sơ này?" in page.content.decode()
    assert _act(citizen, dossier, "rut", reason="").status_code == 422
    _walk(as_, dossier, ("citizen", "rut", {"reason": "Không cần nữa"}))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.end_reason) == ("withdrawn", "Không cần nữa")


def test_refusal_has_its_slip(as_, world):
    dossier = world.file()
    _walk(as_, dossier, ("counter", "tu-choi", {"reason": "Không thuộc thẩm quyền"}))
    assert as_("citizen").get(reverse("dossiers:refusal_slip", args=[dossier.code])).content.startswith(b"%PDF")


def test_action_asked_by_get_goes_to_its_form(as_, world):
    dossier = world.file()
    answer = as_("counter").get(reverse("dossiers:act", args=[dossier.code, "tiep-nhan"]))
    assert answer.url == f"{_page(dossier)}#tiep-nhan"
    assert as_("counter").get(reverse("dossiers:act", args=[dossier.code, "khong-co"])).status_code == 404


def test_colleague_is_assigned(as_, world):
    dossier = world.file()
    _walk(as_, dossier, *TO_LEADER[:2], ("head", "phan-cong", {"to": world.colleague.code}))
    page = as_("specialist").get(_page(dossier))
    assert "trinh-ket-qua" not in _offered(page)
    assert _act(as_("head"), dossier, "phan-cong", to=world.citizen.code).status_code == 422
    assert _act(as_("head"), dossier, "phan-cong", to="không có").status_code == 422


def test_receipt_is_a_pdf_once_received_and_a_refusal_before(as_, world):
    dossier = world.file()
    assert as_("citizen").get(reverse("dossiers:receipt", args=[dossier.code])).status_code == 409
    _walk(as_, dossier, ("counter", "tiep-nhan", {}))
    answer = as_("citizen").get(reverse("dossiers:receipt", args=[dossier.code]))
    assert answer.content.startswith(b"%PDF") and answer.headers["Content-Type"] == "application/pdf"


def test_paper_is_sent_only_to_who_sees_the_dossier(as_, world):
    dossier = world.file()
    _walk(
        as_,
        dossier,
        *TO_LEADER[:3],
        ("head", "tra-lai", {"reason": "Thiếu"}),
        ("specialist", "yeu-cau-bo-sung", {"items": "a", "reason": "b"}),
        ("citizen", "bo-sung", {"papers": [picture('a".png')]}),
    )
    number = dossier.papers.last().pk
    address = reverse("dossiers:paper", args=[dossier.code, number])
    assert as_("other_citizen").get(address).status_code == 404
    assert as_("outsider").get(address).status_code == 404
    sent = _closed(as_("specialist").get(address))
    assert sent.headers["Content-Disposition"].startswith("attachment;")
    assert sent.headers["Content-Type"] == "image/png"
    other = world.file()
    assert as_("citizen").get(reverse("dossiers:paper", args=[other.code, number])).status_code == 404
    assert as_("citizen").get(reverse("dossiers:paper", args=[other.code, 2**70])).status_code == 404


def test_ledger_adds_up_to_the_promise(as_, world):
    dossier = world.file()
    reply = as_("citizen").get(reverse("dossiers:ledger", args=[dossier.code])).context["reckoning"]
    assert reply.is_reply and reply.is_same
    assert sum(each.minutes for each in reply.entries if each.is_counted) == 480
    _walk(as_, dossier, ("counter", "tiep-nhan", {}))
    promise = as_("counter").get(reverse("dossiers:ledger", args=[dossier.code])).context["reckoning"]
    assert promise.is_same and not promise.is_reply
    assert sum(each.days for each in promise.entries if each.is_counted) == 5


def test_page_asks_the_database_equally_for_one_paper_and_many(as_, world):
    dossier, browser = world.file(), as_("specialist")
    browser.get(_page(dossier))

    def count():
        with CaptureQueriesContext(connection) as queries:
            browser.get(_page(dossier))
        return len(queries)

    one = count()
    for number in range(5):
        dossier.papers.create(component_name=f"Giấy {number}", added_at=dossier.filed_at)
    assert count() == one


def test_refused_text_may_be_sent_again_at_the_present_step(as_, world):
    dossier = world.file()
    _walk(as_, dossier, *TO_LEADER[:3])
    page = _act(as_("head"), dossier, "tra-lai", reason="Sai số", at_step="2")
    assert page.status_code == 422 and "Sai số" in page.content.decode()
    form = next(each["form"] for each in page.context["forms"] if each["slug"] == "tra-lai")
    assert form["at_step"].value() == "3"


@pytest.mark.parametrize("data", [{"at_step": "x"}, {"at_step": "-1"}, {"at_step": "9" * 30}, {"at_step": "0"}])
def test_wrong_step_is_refused(as_, world, data):
    page = _act(as_("counter"), world.file(), "tiep-nhan", **data)
    assert page.status_code == 422
    assert Dossier.objects.get().state == "filed"


@pytest.mark.parametrize("reason", ["", " ", "x" * 5000, "a\0b"])
def test_wrong_reason_is_refused_in_place(as_, world, reason):
    assert _act(as_("counter"), world.file(), "tu-choi", reason=reason).status_code == 422
    assert Dossier.objects.get().state == "filed"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_a_dossier_render_in_both_languages(as_, world, language):
    dossier = world.file()
    for who in ("citizen", "counter", "control"):
        browser = as_(who)
        browser.cookies.load({"django_language": language})
        for name in ("dossier", "ledger"):
            page = browser.get(reverse(f"dossiers:{name}", args=[dossier.code]))
            assert f'lang="{language}"' in page.content.decode()
