"""Filing by a form version: conditions, groups and addresses; kept and gone on with; what is known is filled in."""

from datetime import timedelta

import pypdfium2
import pytest
from django.urls import reverse

from motcua.base.clock import now
from motcua.dossiers.actions.drafting import KEPT_FOR, MOST, forget_old_drafts, keep_draft
from motcua.dossiers.models import Dossier, FilingDraft
from motcua.dossiers.queries.places import forget_places
from motcua.procedures.actions import eforms as actions
from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.exchange import to_layout, to_schema
from motcua.procedures.rules.eforms.form import Condition, Eform, Field, Part

FORM = Eform(
    "Tờ khai thử",
    (
        Part("first", "Phần một", (
            Field("kind", "Trường hợp", forms.CHOICE, required=True, choices=("Mới", "Lại")),
            Field("old", "Số cũ", required=True, when=(Condition("kind", ("Lại",)),)),
            Field("birth_date", "Ngày sinh", forms.DATE, concept="person.birth_date"),
            Field("uses", "Mục đích", forms.CHOICES, choices=("Ở", "Bán")),
            Field("home", "Nơi ở", forms.ADDRESS, tree=forms.NEW_TREE),
            Field("members", "Thành viên", forms.GROUP, most=3, fields=(Field("name", "Họ tên", required=True),)),
        )),
    ),
)  # fmt: skip
APPLICANT = {"applicant_name": "Nguyễn Văn Thử", "phone": "", "email": "", "address": "", "identity_number": ""}
HOME = {"q_home-province": "42", "q_home-detail": "Thôn 1"}


@pytest.fixture
def version(world):
    forget_places()
    actions.put_draft(world.procedure, schema=to_schema(FORM), layout=to_layout(FORM), source="", actor="")
    yield actions.publish_draft(world.procedure, valid_from=now().date(), actor="")
    forget_places()


@pytest.fixture
def start(world, version):
    return reverse("dossiers:start", args=[world.procedure]) + "?don-vi=T.01"


@pytest.fixture
def check(world):
    return reverse("dossiers:check", args=[world.procedure]) + "?don-vi=T.01"


def commune(page):
    """Return a commune that the page offers."""
    return page.context["form"].fields["q_home-commune"].choices[1][0]


def filed(browser, start, check, **answers):
    browser.post(start, APPLICANT | {"q_kind": "Mới", "q_members-count": "0"} | answers)
    browser.get(browser.post(check).url)  # the draft is gone once the confirmation was seen
    return Dossier.objects.order_by("-id").first()


def test_form_is_filled_in_step_by_step_without_javascript_and_filed(as_, world, version, start, check):
    browser = as_("citizen")
    assert 'name="q_old"' not in browser.get(start).content.decode()
    again = browser.post(start, APPLICANT | {"q_kind": "Lại", "eform": "refresh"} | HOME)
    assert again.status_code == 302 and again.url.endswith("#ke-khai")
    page = browser.get(start)
    assert 'name="q_old"' in page.content.decode()
    typed = APPLICANT | HOME | {
        "q_kind": "Lại", "q_old": "A1", "q_birth_date": "2/3/1990", "q_uses": ["Ở", "Bán"],
        "q_home-commune": commune(page), "q_members-count": "1", "q_members-0-name": "Người Một",
        "eform": "add:members",
    }  # fmt: skip
    browser.post(start, typed)
    page = browser.get(start)
    assert page.context["form"]["q_uses"].value() == ["Ở", "Bán"]
    assert 'name="q_members-1-name"' in page.content.decode()
    del typed["eform"]
    assert browser.post(start, typed | {"q_members-count": "2", "q_members-1-name": "Người Hai"}).url == check
    looked = browser.get(check).content.decode()
    assert "02/03/1990" in looked and "Ở; Bán" in looked and "Người Hai" in looked and "Tỉnh Hà Tĩnh" in looked
    browser.post(check)
    dossier = Dossier.objects.get()
    assert dossier.form_version_id == version.pk
    assert dossier.answers == {
        "kind": "Lại", "old": "A1", "birth_date": "1990-03-02", "uses": ["Ở", "Bán"],
        "home": {"tree": "new", "province": "42", "commune": commune(page), "detail": "Thôn 1"},
        "members": [{"name": "Người Một"}, {"name": "Người Hai"}],
    }  # fmt: skip
    shown = browser.get(reverse("dossiers:dossier", args=[dossier.code])).content.decode()
    assert "Người Hai" in shown and "Thôn 1" in shown


def test_wrong_answers_are_listed_with_links_to_their_controls(as_, start):
    answer = as_("citizen").post(start, APPLICANT | {"q_kind": "Lại", "q_home-province": "42", "q_members-count": "0"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["q_old", "q_home-commune"]
    assert 'href="#id_q_old"' in answer.content.decode()


def test_filing_goes_on_after_signing_in_elsewhere(as_, start):
    as_("citizen").post(start, APPLICANT | {"q_kind": "Lại", "q_old": "", "eform": "refresh"})
    elsewhere = as_("citizen")
    page = elsewhere.get(reverse("dossiers:mine"))
    draft = FilingDraft.objects.get()
    assert [each.key for each, _name in page.context["drafts"]] == [draft.key]
    assert elsewhere.get(start).context["form"]["q_kind"].value() == "Lại"
    assert as_("other_citizen").get(reverse("dossiers:mine")).context["drafts"] == []
    as_("other_citizen").post(reverse("dossiers:drop_draft", args=[draft.key]))
    assert FilingDraft.objects.count() == 1
    elsewhere.post(reverse("dossiers:drop_draft", args=[draft.key]))
    assert FilingDraft.objects.count() == 0


def test_drafts_are_few_and_do_not_stay_for_ever(world):
    account = world.people["citizen"]
    for number in range(MOST + 3):
        keep_draft(
            account, procedure=f"9.{number:06}", unit="T.01", key=f"00000000-0000-0000-0000-{number:012}",
            values={}, files=[], ready={}, at=now() - timedelta(days=number),
        )  # fmt: skip
    assert FilingDraft.objects.count() == MOST
    assert forget_old_drafts(at=now() + KEPT_FOR - timedelta(days=9, hours=12)) == MOST - 10


def test_dossier_keeps_the_version_it_was_filed_with(as_, world, version, start, check):
    dossier = filed(as_("citizen"), start, check, q_birth_date="2/3/1990")
    other = Eform("Mới", (Part("part", "Phần", (Field("else", "Khác", required=True),)),))
    actions.put_draft(world.procedure, schema=to_schema(other), layout=to_layout(other), source="", actor="")
    actions.publish_draft(world.procedure, valid_from=now().date() + timedelta(days=1), actor="")
    page = as_("citizen").get(reverse("dossiers:dossier", args=[dossier.code])).content.decode()
    assert "02/03/1990" in page


def test_what_was_declared_before_and_decided_is_filled_in(as_, world, start, check):
    dossier = filed(as_("citizen"), start, check, q_birth_date="2/3/1990")
    assert as_("citizen").get(start).context["form"]["q_birth_date"].value() is None
    Dossier.objects.filter(pk=dossier.pk).update(state="returned", received_at=now())
    field = as_("citizen").get(start).context["form"]["q_birth_date"]
    assert field.value() == "1990-03-02" and dossier.code in field.help_text
    assert 'value="02/03/1990"' in as_("citizen").get(start).content.decode()
    assert as_("other_citizen").get(start).context["form"]["q_birth_date"].value() is None


def test_declaration_is_printed_on_its_form_for_who_sees_the_dossier(as_, world, start, check):
    dossier = filed(as_("citizen"), start, check)
    address = reverse("dossiers:declaration", args=[dossier.code])
    answer = as_("citizen").get(address)
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    assert "TỜ KHAI THỬ" in text and "Nguyễn Văn Thử" in text and dossier.code in text
    assert as_("other_citizen").get(address).status_code == 404


def test_counter_asks_the_same_form_and_keeps_what_was_typed(as_, world, version):
    browser = as_("counter")
    address = reverse("dossiers:take_in", args=[world.procedure]) + "?don-vi=T.01"
    key = browser.get(address).context["form"]["submission_key"].value()
    typed = APPLICANT | {"unit": "T.01", "channel": "in_person", "submission_key": str(key), "q_kind": "Lại"}
    page = browser.post(address, typed | {"eform": "refresh"})
    assert page.status_code == 422 or page.status_code == 200
    assert 'name="q_old"' in page.content.decode() and "Nguyễn Văn Thử" in page.content.decode()
    assert Dossier.objects.count() == 0
    browser.post(address, typed | {"q_old": "A1", "q_members-count": "0"})
    assert Dossier.objects.get().answers == {"kind": "Lại", "old": "A1"}


def test_api_files_by_the_schema(as_, world, version):
    browser = as_("citizen")
    form = browser.get(f"/api/v1/procedures/{world.procedure}/form").json()
    assert form["answers_schema"] == to_schema(FORM) and form["burden"]["declared"] == 6
    body = {"procedure": world.procedure, "unit": "T.01", "applicant": {"name": "Nguyễn Văn Thử"}}
    wrong = browser.post("/api/v1/dossiers", body | {"answers": {"kind": "Lại"}}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["field"]) == (409, "old")
    answers = {"kind": "Mới", "members": [{"name": "A"}]}
    done = browser.post("/api/v1/dossiers", body | {"answers": answers}, content_type="application/json")
    assert done.status_code == 201, done.content
    assert Dossier.objects.get().answers == answers
