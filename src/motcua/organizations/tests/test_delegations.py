"""Delegation: who may lend what to whom, on the page and over the API; it ends by itself or at once."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.organizations.access import has_role_in
from motcua.organizations.actions.delegating import delegate, end_delegation
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account, Delegation
from motcua.organizations.states import ADMINISTRATOR, DEPARTMENT, OFFICE, PROVINCE, SPECIALIST, UNIT_HEAD

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def people():
    """A department with a head and two specialists, another department's specialist, an administrator."""
    units = {}
    units["P"] = establish(code="P", name="Tỉnh Thử", kind=PROVINCE, parent=None, valid_from=today(), actor="")
    for code, kind in (("P.1", DEPARTMENT), ("P.2", DEPARTMENT), ("P.VP", OFFICE)):
        units[code] = establish(code=code, name=code, kind=kind, parent=units["P"], valid_from=today(), actor="")
    cast = {
        "head": ("P.1", UNIT_HEAD), "one": ("P.1", SPECIALIST), "two": ("P.1", SPECIALIST),
        "stranger": ("P.2", SPECIALIST), "administrator": ("P.VP", ADMINISTRATOR),
    }  # fmt: skip
    found = {}
    for name, (unit, role) in cast.items():
        found[name] = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
        give_post(found[name], unit=units[unit], role=role, valid_from=today(), actor="")
    return found


def again(account):
    return Account.objects.get(pk=account.pk)


def lend(people, lender, borrower, first=0, last=0):
    post = people[lender].posts.get()
    return delegate(
        post,
        to_account=people[borrower],
        valid_from=today() + first * DAY,
        valid_to=today() + last * DAY,
        actor=people[lender].code,
    )


def send(client, people, lender, borrower, **changes):
    post = people[lender].posts.get()
    form = {
        "post": post.pk, "to_account": people[borrower].code, "valid_from": today(), "valid_to": today() + 3 * DAY,
    } | changes  # fmt: skip
    return client.post(reverse("organizations:delegations"), form)


def test_one_post_is_lent_to_one_person_at_a_time(people):
    lend(people, "one", "two", 0, 5)
    with pytest.raises(Refused) as refusal:
        lend(people, "one", "head", 5, 9)
    assert refusal.value.field == "valid_from"
    lend(people, "one", "head", 6, 9)


def test_whoever_is_on_leave_stands_in_for_nobody(people):
    lend(people, "two", "head", 2, 4)
    with pytest.raises(Refused) as refusal:
        lend(people, "one", "two", 0, 2)
    assert refusal.value.field == "to_account"


def test_delegation_ends_by_itself(people, monkeypatch):
    made = lend(people, "head", "one", 0, 1)
    assert has_role_in(again(people["one"]), made.post.unit, UNIT_HEAD)
    monkeypatch.setattr("motcua.organizations.models.today", lambda: today() + 2 * DAY)
    assert not has_role_in(again(people["one"]), made.post.unit, UNIT_HEAD)


def test_delegation_ended_at_once_gives_nothing_more(people):
    made = lend(people, "head", "one", 0, 9)
    end_delegation(made, actor=people["head"].code)
    assert not has_role_in(again(people["one"]), made.post.unit, UNIT_HEAD)
    with pytest.raises(Refused):
        end_delegation(made, actor=people["head"].code)
    assert [fact.verb for fact in Fact.objects.filter(verb__startswith="post.del").order_by("id")] == [
        "post.delegated", "post.delegation_ended",
    ]  # fmt: skip


def test_facts_of_delegation_name_codes_only(people):
    lend(people, "head", "one")
    fact = Fact.objects.get(verb="post.delegated")
    assert fact.data["account"] == people["head"].code and fact.data["to"] == people["one"].code
    assert "Người Thử" not in json.dumps(fact.data, ensure_ascii=False)


@pytest.mark.parametrize(
    ("who", "status"), [("one", 302), ("head", 302), ("administrator", 302), ("two", 422), ("stranger", 422)]
)
def test_page_lets_holder_head_and_administrator_name_a_substitute(client, people, who, status):
    client.force_login(people[who])
    assert send(client, people, "one", "head" if who != "head" else "two").status_code == status
    assert Delegation.objects.count() == (status == 302)


def test_substitute_lends_nothing_on(client, people):
    lend(people, "head", "one", 0, 9)
    client.force_login(people["one"])
    assert send(client, people, "two", "head").status_code == 422


def test_page_shows_refusal_at_its_field(client, people):
    lend(people, "one", "two", 0, 5)
    client.force_login(people["one"])
    answer = send(client, people, "one", "head")
    assert answer.status_code == 422
    assert "đã được ủy quyền" in answer.content.decode()


def test_page_ends_a_delegation_and_hides_it_from_others(client, people):
    made = lend(people, "one", "two", 0, 5)
    client.force_login(people["stranger"])
    assert client.post(reverse("organizations:end_delegation", args=[made.pk])).status_code == 404
    assert "Người Thử one" not in client.get(reverse("organizations:delegations")).content.decode()
    client.force_login(people["head"])
    assert client.post(reverse("organizations:end_delegation", args=[made.pk])).status_code == 302
    assert not Delegation.objects.exists()


def test_api_lends_lists_and_ends(client, people):
    client.force_login(people["one"])
    [post] = client.get("/api/v1/posts-to-lend").json()
    body = {"post": post["id"], "to_account": people["two"].code, "valid_from": str(today()), "valid_to": str(today())}
    made = client.post("/api/v1/delegations", json.dumps(body), content_type="application/json")
    assert made.status_code == 201, made.content.decode()
    again_asked = client.post("/api/v1/delegations", json.dumps(body), content_type="application/json")
    assert again_asked.status_code == 409
    assert [each["id"] for each in client.get("/api/v1/delegations").json()] == [made.json()["id"]]
    assert client.delete(f"/api/v1/delegations/{made.json()['id']}").status_code == 204
    assert client.get("/api/v1/delegations").json() == []
