"""Filing online for somebody else, for an organisation, and again; what is kept when a session ends."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.base.clock import now
from motcua.base.models import Fact
from motcua.dossiers.actions.drafting import forget_old_drafts
from motcua.dossiers.models import Dossier, FilingDraft
from motcua.dossiers.tests.web.conftest import picture
from motcua.dossiers.tests.web.test_counter import _address
from motcua.dossiers.tests.web.test_counter import _form as _counter_form
from motcua.dossiers.tests.web.test_filing import _check, _form, _paper_field, _start
from motcua.organizations.models import Account


def _file(browser, world, more="", **changes):
    sent = browser.post(_start(world) + more, _form(world, **changes))
    assert sent.status_code == 302, sent.context["form"].errors
    return browser.post(sent.url)


def test_official_files_for_somebody_who_agreed(as_, world):
    Account.objects.filter(pk=world.citizen.pk).update(identity_number="000000000001")
    browser = as_("counter")
    done = _file(browser, world, "&giup=1", applicant_name="Người Thử citizen", consent="signed")
    dossier = Dossier.objects.get()
    assert (dossier.channel, dossier.state, dossier.consent) == ("online", "filed", "signed")
    assert (dossier.assisted_by, dossier.applicant) == (world.counter, world.citizen)
    data = Fact.objects.get(subject=dossier.code, verb="dossier.filed").data
    assert data == {"channel": "online", "procedure": world.procedure, "is_assisted": True, "consent": "signed"}
    page = browser.get(done.url).content.decode()
    assert dossier.code in page and "<svg" in page and "Bạn đã nộp giúp Người Thử citizen" in page
    assert FilingDraft.objects.count() == 0


def test_account_of_another_name_gets_nothing_of_it(as_, world):
    Account.objects.filter(pk=world.citizen.pk).update(identity_number="000000000001")
    _file(as_("counter"), world, "&giup=1", applicant_name="Tên Khác", consent="spoken")
    assert Dossier.objects.get().applicant is None


def test_consent_must_be_noted(as_, world):
    page = as_("counter").post(_start(world) + "&giup=1", _form(world))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["consent"])


def test_citizen_files_for_nobody_else(as_, world):
    _file(as_("citizen"), world, "&giup=1", consent="signed")
    dossier = Dossier.objects.get()
    assert (dossier.applicant, dossier.assisted_by, dossier.consent) == (world.citizen, None, "")


def test_helper_elsewhere_sees_the_confirmation_and_no_more(as_, world):
    done = _file(as_("outsider"), world, "&giup=1", consent="spoken")
    code = Dossier.objects.get().code
    assert as_("outsider").get(done.url).status_code == 200
    assert as_("outsider").get(reverse("dossiers:dossier", args=[code])).status_code == 404
    assert as_("colleague").get(done.url).status_code == 404


def test_drafts_of_both_ways_do_not_meet(as_, world):
    browser = as_("counter")
    browser.post(_start(world), _form(world, applicant_name="Chính tôi"))
    browser.post(_start(world) + "&giup=1", _form(world, applicant_name="Người khác", consent="spoken"))
    assert browser.get(_start(world)).context["form"]["applicant_name"].value() == "Chính tôi"
    assert browser.get(_start(world) + "&giup=1").context["form"]["applicant_name"].value() == "Người khác"


def test_organisation_and_wishes_are_filed(as_, world):
    wishes = {"return_method": "post", "return_address": "Số 2", "organisation_name": "Công ty Mẫu",
              "organisation_tax_code": "0100000000-001"}  # fmt: skip
    _file(as_("citizen"), world, **wishes)
    dossier = Dossier.objects.get()
    assert {name: getattr(dossier, name) for name in wishes} == wishes


def test_same_person_is_asked_and_goes_on_with_one_press(as_, world):
    browser = as_("citizen")
    browser.get(_file(browser, world).url)
    first = Dossier.objects.get()
    asked = _file(browser, world)
    assert asked.status_code == 422
    assert [each.code for each in asked.context["like"]] == [first.code]
    assert browser.post(_check(world), {"repeats": first.code}).status_code == 302
    assert Dossier.objects.order_by("-id").first().repeats == first.code


def test_dossiers_of_a_typed_number_are_not_told_to_a_stranger(as_, world):
    _file(as_("citizen"), world)
    assert _file(as_("other_citizen"), world).status_code == 302


def test_what_is_typed_is_kept_before_the_session_ends(as_, world):
    browser = as_("citizen")
    keep = reverse("dossiers:keep", args=[world.procedure]) + "?don-vi=T.01"
    assert browser.post(keep, _form(world, request_text="đang gõ dở")).status_code == 204
    browser.logout()
    lost = browser.post(_start(world), _form(world))
    assert lost.url.startswith(reverse("organizations:sign_in"))
    assert as_("citizen").get(_start(world)).context["form"]["request_text"].value() == "đang gõ dở"


def test_typing_on_makes_a_filing_that_was_ready_be_judged_anew(as_, world):
    browser = as_("citizen")
    browser.post(_start(world), _form(world))
    browser.post(reverse("dossiers:keep", args=[world.procedure]) + "?don-vi=T.01", _form(world, applicant_name=""))
    assert browser.post(_check(world)).url == _start(world)
    assert Dossier.objects.count() == 0


def test_counter_goes_on_where_a_session_ended_and_forgets_when_done(as_, world):
    browser = as_("counter")
    keep = reverse("dossiers:keep_at_counter", args=[world.procedure])
    assert browser.post(keep, _counter_form(applicant_name="Đang nhập")).status_code == 204
    assert "?tiep=1" in browser.get(_address(world)).content.decode()
    form = browser.get(_address(world) + "?tiep=1").context["form"]
    assert form["applicant_name"].value() == "Đang nhập"
    browser.post(_address(world), _counter_form(submission_key=form["submission_key"].value()))
    assert FilingDraft.objects.count() == 0


def test_what_a_counter_left_goes_the_same_day(as_, world):
    keep = reverse("dossiers:keep_at_counter", args=[world.procedure])
    as_("counter").post(keep, _counter_form())
    assert forget_old_drafts(at=now() + timedelta(hours=11)) == 0
    assert forget_old_drafts(at=now() + timedelta(hours=13)) == 1


@pytest.mark.parametrize("who", ["citizen", "specialist", ""])
def test_keeping_at_the_counter_is_for_the_counter_alone(as_, world, who):
    keep = reverse("dossiers:keep_at_counter", args=[world.procedure])
    assert as_(who).post(keep, _counter_form()).status_code in (302, 404)
    assert FilingDraft.objects.count() == 0


def test_files_sent_to_be_kept_judge_nothing_else_yet(as_, world):
    browser = as_("citizen")
    form = _form(world, q_acreage="", applicant_name="") | {_paper_field(world): picture(), "more": "1"}
    assert browser.post(_start(world), form).status_code == 302
    page = browser.get(_start(world))
    assert [each["name"] for each in page.context["form"].kept] == ["don.png"]
    assert browser.get(_check(world)).url == _start(world)  # nothing is ready to be filed
