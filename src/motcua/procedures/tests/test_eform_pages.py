"""Forms on pages and over actions: built in the browser, published for ever, filled in on trial, printed."""

from datetime import timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.organizations.models import Account, Post
from motcua.procedures.actions import eforms as actions
from motcua.procedures.actions.adopting import adopt_questions
from motcua.procedures.eforms import form_in_force, form_of
from motcua.procedures.models import FormVersion, Offering, Procedure
from motcua.procedures.rules.eforms import form as forms
from motcua.procedures.rules.eforms.exchange import to_layout, to_schema
from motcua.procedures.rules.eforms.form import Condition, Eform, Field, Part
from motcua.procedures.tests.conftest import DAY
from motcua.workflow.models import Route

pytestmark = pytest.mark.django_db
CODE = "1.001193"
HOSTILE = '"><script>alert(1)</script>'
KIND = Field("kind", "Trường hợp", forms.CHOICE, required=True, choices=("Mới", "Lại"))
FORM = Eform(
    "Tờ khai thử",
    (
        Part("first", "Phần một", (KIND, Field("old", "Số cũ", required=True, when=(Condition("kind", ("Lại",)),)))),
        Part("second", "Phần hai", (
            Field("home", "Nơi ở", forms.ADDRESS, tree=forms.BOTH_TREES),
            Field("members", "Thành viên", forms.GROUP, most=3, fields=(Field("name", "Họ tên", required=True),)),
        )),
    ),
)  # fmt: skip


@pytest.fixture
def officer(some_procedures, department):
    account = Account.objects.create(username="control", full_name="Người Kiểm Soát")
    Post.objects.create(account=account, unit=department, role="control_officer", valid_from=DAY)
    return account


@pytest.fixture
def browser(officer):
    client = Client()
    client.force_login(officer)
    return client


def publish(form=FORM, day=None, code=CODE):
    actions.put_draft(code, schema=to_schema(form), layout=to_layout(form), source="Thử", actor="")
    return actions.publish_draft(code, valid_from=day or today(), actor="")


def draft_form():
    return FormVersion.objects.get(state="draft").form


def test_version_takes_over_on_its_day_and_the_one_before_ends(officer):
    first = publish()
    later = publish(day=today() + timedelta(days=10))
    first.refresh_from_db()
    assert (first.number, later.number) == (1, 2)
    assert first.valid_to == later.valid_from - timedelta(days=1)
    assert form_in_force(CODE) == first
    assert form_in_force(CODE, later.valid_from) == later
    facts = Fact.objects.filter(verb="form.published").order_by("id")
    assert [fact.data["number"] for fact in facts] == [1, 2]
    assert facts[0].data["digest"] == actions.digest_of(first)


def test_published_version_is_never_edited(officer):
    version = publish()
    with pytest.raises(Refused):
        actions.change_draft(version, form=Eform("Khác"), seen="", actor="")
    again = actions.begin_draft(CODE, actor="")
    assert (again.number, again.form) == (2, version.form)
    assert form_of(version.pk) == FORM


def test_two_officers_do_not_overwrite_each_other(officer):
    draft = actions.begin_draft(CODE, actor="")
    seen = actions.digest_of(draft)
    actions.change_draft(draft, form=FORM, seen=seen, actor="")
    with pytest.raises(Refused):
        actions.change_draft(draft, form=Eform("Khác"), seen=seen, actor="")
    assert draft_form() == FORM


@pytest.mark.parametrize("day", [-1, 0])
def test_publication_on_a_wrong_day_is_refused(officer, day):
    publish()
    with pytest.raises(Refused):
        publish(day=today() + timedelta(days=day))


def test_form_with_faults_is_kept_but_not_published(officer):
    with pytest.raises(Refused):
        publish(Eform("Trống"))
    with pytest.raises(Refused):
        actions.put_draft(CODE, schema={"properties": 1}, layout={}, source="", actor="")
    with pytest.raises(Refused):
        actions.begin_draft("9.999999", actor="")
    assert form_in_force(CODE) is None


@pytest.mark.parametrize(
    "name", ["procedures:eforms", "procedures:eform", "procedures:eform_draft", "procedures:eform_trial"]
)
def test_pages_of_the_builder_are_the_control_offices_alone(officer, client, name):
    publish()
    actions.begin_draft(CODE, actor="")
    arguments = {"procedures:eforms": [], "procedures:eform_trial": [CODE, 1]}.get(name, [CODE])
    assert client.get(reverse(name, args=arguments)).status_code == 302
    client.force_login(Account.objects.create(username="citizen", full_name="Người Dân"))
    assert client.get(reverse(name, args=arguments)).status_code == 404


def test_form_is_built_in_the_browser_without_javascript(browser):
    table = reverse("procedures:eform_draft", args=[CODE])
    assert browser.post(reverse("procedures:eform_begin", args=[CODE])).url == table
    browser.post(reverse("procedures:eform_general", args=[CODE]), {
        "title": "Tờ khai mới", "applicant": ["name"], "dropped": "Nơi cấp | Tra theo số\n\nDân tộc", "source": "Mẫu 1",
    })  # fmt: skip
    browser.post(reverse("procedures:eform_part", args=[CODE, "+"]), {"title": "Người được khai"})
    add = reverse("procedures:eform_field", args=[CODE, "nguoi_duoc_khai", "+"])
    browser.post(add, {"title": "Trường hợp", "kind": "choice", "choices": "Mới\nLại", "source": "declared"})
    browser.post(add, {"title": "Thành viên", "kind": "group", "source": "declared", "most": "4"})
    inside = reverse("procedures:eform_field", args=[CODE, "thanh_vien", "+"])
    browser.post(inside, {"title": "Họ tên", "kind": "text", "required": "on", "source": "declared"})
    asked = browser.get(add).context["form"].fields["when"].choices
    assert [label for _value, label in asked] == ["Trường hợp: Mới", "Trường hợp: Lại"]
    browser.post(add, {
        "title": "Số cũ", "kind": "text", "source": "declared", "known_to": "licences", "when": [asked[1][0]],
    })  # fmt: skip
    browser.post(table, {"up": "so_cu"})
    form = draft_form()
    assert [field.name for field in form.every_field()] == ["truong_hop", "so_cu", "thanh_vien", "ho_ten"]
    assert form.find("so_cu").when == (Condition("truong_hop", ("Lại",)),)
    assert form.applicant == ("name",) and [one.title for one in form.dropped] == ["Nơi cấp", "Dân tộc"]
    page = browser.get(table)
    assert page.context["burden"].before == 6 and page.context["is_ready"]
    browser.post(table, {"remove": "thanh_vien"})
    done = browser.post(reverse("procedures:eform_publish", args=[CODE]), {"valid_from": f"{today():%d/%m/%Y}"})
    assert done.url == reverse("procedures:eform", args=[CODE])
    assert [field.name for field in form_in_force(CODE).form.fields] == ["truong_hop", "so_cu"]
    assert browser.get(table).status_code == 404


def test_field_moved_before_what_it_hangs_on_is_told_and_not_published(browser):
    actions.put_draft(CODE, schema=to_schema(FORM), layout=to_layout(FORM), source="", actor="")
    table = reverse("procedures:eform_draft", args=[CODE])
    browser.post(table, {"up": "old"})
    page = browser.get(table)
    assert not page.context["is_ready"]
    answer = browser.post(reverse("procedures:eform_publish", args=[CODE]), {"valid_from": f"{today():%d/%m/%Y}"})
    assert answer.status_code == 422
    assert form_in_force(CODE) is None


def test_field_at_the_edge_moves_to_the_next_part(browser):
    actions.put_draft(CODE, schema=to_schema(FORM), layout=to_layout(FORM), source="", actor="")
    browser.post(reverse("procedures:eform_draft", args=[CODE]), {"down": "old"})
    assert [[field.name for field in part.fields] for part in draft_form().parts] == [
        ["kind"], ["old", "home", "members"],
    ]  # fmt: skip


def test_renamed_choice_shows_as_a_fault_of_what_hangs_on_it(browser):
    actions.put_draft(CODE, schema=to_schema(FORM), layout=to_layout(FORM), source="", actor="")
    address = reverse("procedures:eform_field", args=[CODE, "first", "kind"])
    browser.post(address, {"title": "Trường hợp", "kind": "choice", "choices": "Mới\nKhác", "source": "declared"})
    page = browser.get(reverse("procedures:eform_draft", args=[CODE]))
    assert [row["name"] for part in page.context["parts"] for row in part["rows"] if row["faults"]] == ["old"]


def test_stale_page_of_the_builder_changes_nothing(browser):
    actions.begin_draft(CODE, actor="")
    page = browser.get(reverse("procedures:eform_part", args=[CODE, "+"]))
    seen = page.context["seen"]
    actions.change_draft(FormVersion.objects.get(state="draft"), form=FORM, seen="", actor="")
    answer = browser.post(reverse("procedures:eform_part", args=[CODE, "+"]), {"title": "Phần", "seen": seen})
    assert answer.status_code == 422
    assert draft_form() == FORM


@pytest.mark.parametrize(
    "arguments", [("eform_part", CODE, "none"), ("eform_field", CODE, "none", "+"), ("eform_field", CODE, "first", "x")]
)
def test_what_is_not_in_the_draft_is_not_found(browser, arguments):
    actions.put_draft(CODE, schema=to_schema(FORM), layout=to_layout(FORM), source="", actor="")
    assert browser.get(reverse(f"procedures:{arguments[0]}", args=arguments[1:])).status_code == 404


def test_trial_asks_by_the_answers_and_judges_them(browser):
    publish()
    address = reverse("procedures:eform_trial", args=[CODE, 1])
    assert b'name="q_old"' not in browser.get(address).content
    again = browser.post(address, {"q_kind": "Lại", "eform": "refresh"})
    assert b'name="q_old"' in again.content and not again.context["form"].errors
    wrong = browser.post(address, {"q_kind": "Lại", "q_members-count": "1", "q_home-province": "01"})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["q_old", "q_home-commune"]
    right = browser.post(address, {"q_kind": "Mới", "q_members-count": "1", "q_members-0-name": HOSTILE})
    assert right.context["is_checked"]
    assert "<script>alert" not in right.content.decode()


def test_addresses_are_chosen_level_by_level_in_both_trees(browser):
    publish()
    address = reverse("procedures:eform_trial", args=[CODE, 1])

    def choices(answer, name):
        return [code for code, _name in answer.context["form"].fields[name].choices]

    new = browser.post(address, {"q_home-tree": "new", "q_home-province": "01", "eform": "refresh"})
    assert "00004" in choices(new, "q_home-commune") and "q_home-district" not in new.context["form"].fields
    old = browser.post(address, {"q_home-tree": "old", "q_home-province": "01", "eform": "refresh"})
    assert "001" in choices(old, "q_home-district") and choices(old, "q_home-commune") == [""]
    chosen = {"q_home-tree": "old", "q_home-province": "01", "q_home-district": "001", "q_home-commune": "00004"}
    done = browser.post(address, {"q_kind": "Mới"} | chosen)
    assert done.context["is_checked"]
    wrong = browser.post(address, {"q_kind": "Mới"} | chosen | {"q_home-district": "002"})
    assert list(wrong.context["form"].errors) == ["q_home-commune"]


def test_group_grows_and_shrinks_by_buttons(browser):
    publish()
    address = reverse("procedures:eform_trial", args=[CODE, 1])
    sent = {"q_members-count": "1", "q_members-0-name": "A", "eform": "add:members"}
    grown = browser.post(address, sent)
    assert 'name="q_members-1-name"' in grown.content.decode()
    left = browser.post(address, sent | {
        "q_members-count": "2", "q_members-1-name": "B", "eform": "remove:members:0",
    })  # fmt: skip
    assert left.context["form"]["q_members-0-name"].value() == "B"
    assert 'name="q_members-1-name"' not in left.content.decode()


def test_blank_form_is_a_pdf_for_everybody(client, officer):
    publish()
    answer = client.get(reverse("procedures:eform_blank", args=[CODE]))
    assert answer["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(answer.content)
    text = document[0].get_textpage().get_text_range()
    assert "TỜ KHAI THỬ" in text and "nếu “Trường hợp” là “Lại”" in text and "phiên bản 1" in text
    assert client.get(reverse("procedures:eform_blank", args=["1.000894"])).status_code == 404


def test_list_shows_burdens_of_forms_in_force(browser):
    publish()
    publish(code="1.000894")
    page = browser.get(reverse("procedures:eforms"))
    assert (page.context["total"], page.context["meeting"]) == (2, 2)
    with CaptureQueriesContext(connection) as two:
        browser.get(reverse("procedures:eforms"))
    publish(code="1.012906")
    with CaptureQueriesContext(connection) as three:
        browser.get(reverse("procedures:eforms"))
    assert len(two) == len(three)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_forms_render_in_both_languages(browser, language):
    publish()
    actions.begin_draft(CODE, actor="")
    browser.cookies.load({"django_language": language})
    pages = [
        browser.get(reverse("procedures:eforms")),
        browser.get(reverse("procedures:eform", args=[CODE])),
        browser.get(reverse("procedures:eform_draft", args=[CODE])),
        browser.get(reverse("procedures:eform_general", args=[CODE])),
        browser.get(reverse("procedures:eform_field", args=[CODE, "first", "kind"])),
        browser.get(reverse("procedures:eform_trial", args=[CODE, 1])),
    ]
    assert [page.status_code for page in pages] == [200] * 6
    assert all(f'lang="{language}"' in page.content.decode() for page in pages)


def offering(commune, code=CODE, **changes):
    route = Route.objects.get_or_create(code="thu", valid_from=DAY, defaults={"name": "Thử"})[0]
    procedure = Procedure.objects.get(code=code)
    values = {"limit_value": 1, "limit_unit": "working_day", "valid_from": DAY, "source": "Thử"} | changes
    return Offering.objects.create(procedure=procedure, route=route, **({"unit": commune} | values))


def test_questions_of_older_offerings_become_a_form_once(officer, commune, department):
    questions = [{"name": "acreage", "label": "Diện tích", "type": "number", "required": True}]
    offering(commune, questions=questions)
    offering(department, questions=questions)
    offering(commune, code="1.000894", questions=questions)
    offering(department, code="1.000894", questions=[{"name": "other", "label": "Khác", "type": "text"}])
    assert adopt_questions(actor="") == ([CODE], ["1.000894"])
    version = form_in_force(CODE, DAY)
    assert [(field.name, field.required) for field in version.form.fields] == [("acreage", True)]
    assert adopt_questions(actor="") == ([], ["1.000894"])


def test_api_writes_and_publishes_a_form_for_the_control_office_alone(browser, client):
    body = {"answers_schema": to_schema(FORM), "layout": to_layout(FORM), "source": "Thử"}
    send = {"content_type": "application/json"}
    assert client.put(f"/api/v1/forms/{CODE}/draft", body, **send).status_code in (401, 302)
    told = browser.put(f"/api/v1/forms/{CODE}/draft", body | {"layout": to_layout(Eform(""))}, **send)
    assert told.status_code == 409
    done = browser.put(f"/api/v1/forms/{CODE}/draft", body, **send)
    assert done.json() == {"procedure": CODE, "number": 1, "faults": []}
    published = browser.post(f"/api/v1/forms/{CODE}/publish", {"valid_from": today().isoformat()}, **send)
    assert published.json()["state"] == "published"
    assert browser.delete(f"/api/v1/forms/{CODE}/draft").status_code == 409
    assert [one["procedure"] for one in browser.get("/api/v1/forms").json()] == [CODE]
    assert [one["number"] for one in browser.get(f"/api/v1/forms/{CODE}").json()] == [1]
    assert client.get(f"/api/v1/procedures/{CODE}/form").json()["layout"] == to_layout(FORM)
    judged = client.post(f"/api/v1/procedures/{CODE}/form/check", {"answers": {"kind": "Lại"}}, **send).json()
    assert [one["place"] for one in judged["problems"]] == ["old"]
    assert client.get("/api/v1/procedures/1.000894/form").status_code == 404


@pytest.mark.parametrize("schema", [None, {}, {"properties": []}, {"properties": {"a": 1}}])
def test_api_refuses_what_is_no_form(browser, schema):
    body = {"answers_schema": schema, "layout": to_layout(FORM)}
    answer = browser.put(f"/api/v1/forms/{CODE}/draft", body, content_type="application/json")
    assert answer.status_code in (409, 422)
    assert FormVersion.objects.count() == 0
