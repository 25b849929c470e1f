"""Accounts, posts, delegation, sign-in and keys."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.base.clock import now, today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.organizations.access import has_role_in, oversees
from motcua.organizations.actions.delegating import delegate
from motcua.organizations.actions.people import end_post, give_post, issue_token, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account, ApiToken
from motcua.organizations.states import CONTROL_OFFICER, DEPARTMENT, OFFICE, PROVINCE, SPECIALIST

PASSWORD = "mat-khau-de-thu"
pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return establish(code="P", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=today(), actor="")


@pytest.fixture
def department(province):
    return establish(code="P.1", name="Sở Thử", kind=DEPARTMENT, parent=province, valid_from=today(), actor="")


@pytest.fixture
def person():
    return open_account(username="thu", full_name="Nguyễn Văn Thử", password=PASSWORD, actor="")


def _again(account):
    return Account.objects.get(pk=account.pk)


def test_account_is_named_in_facts_by_an_opaque_code(person):
    fact = Fact.objects.get(verb="account.opened")
    assert fact.subject == person.code
    assert "Thử" not in f"{fact.subject}{fact.actor}{fact.data}"


def test_taken_user_name_is_refused(person):
    with pytest.raises(Refused, match="đã có người dùng"):
        open_account(username="thu", full_name="Trần Thị Mẫu", password=PASSWORD, actor="")


def test_weak_password_is_refused():
    with pytest.raises(Refused) as refusal:
        open_account(username="yeu", full_name="Lê Văn Ví Dụ", password="12345", actor="")
    assert refusal.value.field == "password"


def test_post_gives_its_role_in_its_unit_only(person, department, province):
    give_post(person, unit=department, role=SPECIALIST, valid_from=today(), actor="A1")
    person = _again(person)
    assert has_role_in(person, department, SPECIALIST)
    assert not has_role_in(person, province, SPECIALIST)
    assert person.is_official


def test_ended_post_gives_nothing_from_the_next_day(person, department, monkeypatch):
    post = give_post(person, unit=department, role=SPECIALIST, valid_from=today(), actor="A1")
    end_post(post, on_day=today(), actor="A1")
    assert _again(person).has_role(SPECIALIST)
    monkeypatch.setattr("motcua.organizations.models.today", lambda: today() + timedelta(days=1))
    assert not _again(person).has_role(SPECIALIST)


def test_delegation_lends_the_post_for_its_days(person, department):
    post = give_post(person, unit=department, role=SPECIALIST, valid_from=today(), actor="A1")
    deputy = open_account(username="thay", full_name="Phạm Thị Giả Định", password=PASSWORD, actor="")
    delegate(post, to_account=deputy, valid_from=today(), valid_to=today(), actor=person.code)
    assert has_role_in(_again(deputy), department, SPECIALIST)
    assert has_role_in(_again(person), department, SPECIALIST)


def test_delegation_outside_the_post_is_refused(person, department):
    post = give_post(person, unit=department, role=SPECIALIST, valid_from=today(), actor="A1", valid_to=today())
    deputy = open_account(username="thay", full_name="Phạm Thị Giả Định", password=PASSWORD, actor="")
    with pytest.raises(Refused):
        delegate(post, to_account=deputy, valid_from=today(), valid_to=today() + timedelta(days=1), actor=person.code)


def test_control_officer_of_the_office_oversees_the_province(person, province, department):
    office = establish(code="P.VP", name="Văn phòng", kind=OFFICE, parent=province, valid_from=today(), actor="")
    give_post(person, unit=office, role=CONTROL_OFFICER, valid_from=today(), actor="A1")
    assert oversees(_again(person), department, CONTROL_OFFICER)


def test_sign_in_goes_on_to_the_wanted_page(client, person):
    answer = client.post(
        reverse("organizations:sign_in"), {"username": "thu", "password": PASSWORD, "next": "/khoa-api"}
    )
    assert (answer.status_code, answer.url) == (302, "/khoa-api")


def test_sign_in_does_not_go_to_strangers(client, person):
    answer = client.post(
        reverse("organizations:sign_in"), {"username": "thu", "password": PASSWORD, "next": "https://xau.example/"}
    )
    assert answer.url == "/"


def test_account_rests_after_five_failures(client, person):
    for _attempt in range(5):
        client.post(reverse("organizations:sign_in"), {"username": "thu", "password": "sai"})
    answer = client.post(reverse("organizations:sign_in"), {"username": "thu", "password": PASSWORD})
    assert answer.status_code == 422
    Account.objects.update(locked_until=now() - timedelta(seconds=1))
    answer = client.post(reverse("organizations:sign_in"), {"username": "thu", "password": PASSWORD})
    assert answer.status_code == 302


@pytest.mark.parametrize("username", ["", "thu\0", "x" * 5000])
def test_hostile_user_name_is_an_error_in_place(client, username):
    answer = client.post(reverse("organizations:sign_in"), {"username": username, "password": "x"})
    assert answer.status_code == 422


def test_registration_opens_an_account_and_signs_in(client):
    answer = client.post(
        reverse("organizations:register"),
        {
            "full_name": "Nguyễn Văn Thử", "identity_number": "000000000001", "phone": "0900000000",
            "address": "Số 1 đường Thử Nghiệm", "username": "moi", "password": PASSWORD,
        },
    )  # fmt: skip
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(Account.objects.get(username="moi").pk)


def test_key_is_shown_once_and_kept_as_a_digest(client, person):
    client.force_login(person)
    page = client.post(reverse("organizations:tokens"), {"name": "thử", "days": 5})
    key = page.context["key"]
    assert key in page.content.decode()
    assert key not in client.get(reverse("organizations:tokens")).content.decode()
    assert ApiToken.objects.get().digest != key


def test_expired_day_is_refused(person):
    with pytest.raises(Refused):
        issue_token(person, name="thử", expires_on=today() - timedelta(days=1), actor=person.code)


def test_units_page_is_closed_to_citizens(client, person):
    client.force_login(person)
    assert client.get(reverse("organizations:units")).status_code == 404
