"""Filters kept under a name: one's own alone, overwritten by name, renamed, dropped."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.base.refusal import Refused
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.saved_views import (
    MOST,
    forget_view,
    open_with,
    rename_view,
    save_view,
    share_view,
)
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account, SavedView
from motcua.organizations.queries import opening_query, usable_views
from motcua.organizations.states import DEPARTMENT, SPECIALIST, UNIT_HEAD

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [open_account(username=f"a{n}", full_name=f"Người {n}", password=None, actor="") for n in range(2)]


def test_same_name_is_overwritten_and_others_see_nothing(people):
    one, other = people
    save_view(page="plans:tasks", name=" Quá  hạn ", query="?status=late", actor=one)
    save_view(page="plans:tasks", name="Quá hạn", query="status=open_late", actor=one)
    assert list(one.saved_views.values_list("name", "query")) == [("Quá hạn", "status=open_late")]
    assert not other.saved_views.exists()


def test_view_of_somebody_else_is_neither_renamed_nor_dropped(people):
    one, other = people
    view = save_view(page="p", name="Một", query="a=1", actor=one)
    with pytest.raises(Refused):
        rename_view(view.pk, name="Hai", actor=other)
    forget_view(view.pk, actor=other)
    assert SavedView.objects.get().name == "Một"
    rename_view(view.pk, name="Hai", actor=one)
    forget_view(view.pk, actor=one)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(("name", "query"), [("", "a=1"), ("x" * 81, "a=1"), ("x", "a" * 1001), ("a\0", "a=1")])
def test_unusable_view_is_refused(people, name, query):
    with pytest.raises(Refused):
        save_view(page="p", name=name, query=query, actor=people[0])


def test_list_keeps_so_many_views(people):
    for number in range(MOST):
        save_view(page="p", name=f"{number}", query="", actor=people[0])
    with pytest.raises(Refused):
        save_view(page="p", name="thêm", query="", actor=people[0])
    save_view(page="q", name="thêm", query="", actor=people[0])


def test_page_saves_and_leads_back_into_this_house_only(client, people):
    client.force_login(people[0])
    told = {"page": "p", "name": "Một", "query": "a=1"}
    assert client.post(reverse("organizations:save_view"), {**told, "back": "/x?a=1"}).url == "/x?a=1"
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", ""):
        assert client.post(reverse("organizations:save_view"), {**told, "back": elsewhere}).url == "/"
    view = SavedView.objects.get()
    address = reverse("organizations:change_view", args=[view.pk])
    client.post(address, {"name": "Hai", "back": "/"})
    assert SavedView.objects.get().name == "Hai"
    asked = client.post(address, {"do": "drop", "back": "/"})
    assert "Bỏ bộ lọc “Hai”?" in asked.content.decode() and SavedView.objects.exists()
    client.post(address, {"do": "drop", "sure": "1", "back": "/"})
    assert not SavedView.objects.exists()


@pytest.fixture
def unit_people():
    """Return a unit, its head, a colleague there and somebody of another unit."""
    units = [
        establish(code=code, name=code, kind=DEPARTMENT, parent=None, valid_from=date(2020, 1, 1), actor="")
        for code in ("T.01", "T.02")
    ]
    found = []
    for name, unit, role in (("head", 0, UNIT_HEAD), ("colleague", 0, SPECIALIST), ("stranger", 1, SPECIALIST)):
        account = open_account(username=name, full_name=name, password=None, actor="")
        give_post(account, unit=units[unit], role=role, valid_from=date(2020, 1, 1), actor="")
        found.append(Account.objects.get(pk=account.pk))
    return units[0], *found


def test_head_shares_with_the_people_of_the_unit(unit_people):
    unit, head, colleague, stranger = unit_people
    view = save_view(page="p", name="Hai giờ tới", query="due=soon", actor=head)
    assert list(usable_views(colleague, "p")) == []
    share_view(view.pk, unit=unit, actor=head)
    assert list(usable_views(colleague, "p")) == [view]
    assert list(usable_views(stranger, "p")) == []
    with pytest.raises(Refused):
        rename_view(view.pk, name="x", actor=colleague)
    share_view(view.pk, unit=None, actor=head)
    assert list(usable_views(colleague, "p")) == []


def test_only_who_leads_a_unit_shares_with_it(unit_people):
    unit, _head, colleague, _stranger = unit_people
    view = save_view(page="p", name="Một", query="a=1", actor=colleague)
    with pytest.raises(Refused):
        share_view(view.pk, unit=unit, actor=colleague)


def test_list_opens_with_the_chosen_view_until_it_is_dropped(unit_people):
    unit, head, colleague, stranger = unit_people
    view = save_view(page="p", name="Một", query="a=1", actor=head)
    open_with("p", view=view.pk, actor=head)
    save_view(page="p", name="Một", query="a=2", actor=head)
    assert opening_query(Account.objects.get(pk=head.pk), "p") == "a=2"
    with pytest.raises(Refused):
        open_with("p", view=view.pk, actor=stranger)
    share_view(view.pk, unit=unit, actor=head)
    open_with("p", view=view.pk, actor=colleague)
    assert opening_query(Account.objects.get(pk=colleague.pk), "p") == "a=2"
    forget_view(view.pk, actor=head)
    assert opening_query(Account.objects.get(pk=head.pk), "p") == ""


def test_kept_views_are_managed_on_their_page(client, unit_people):
    unit, head, colleague, _stranger = unit_people
    view = save_view(page="p", name="Của phòng", query="due=soon", actor=head)
    client.force_login(head)
    page = client.get(reverse("organizations:kept_views"), {"page": "p", "back": "/viec-cua-toi/?q=x", "query": "q=x"})
    assert 'href="/viec-cua-toi/?due=soon"' in page.content.decode()
    address = reverse("organizations:change_view", args=[view.pk])
    client.post(address, {"do": "share", "unit": unit.code, "page": "p", "back": "/"})
    client.post(address, {"do": "open", "page": "p", "back": "/"})
    assert opening_query(Account.objects.get(pk=head.pk), "p") == "due=soon"
    client.post(address, {"do": "close", "page": "p", "back": "/"})
    assert opening_query(Account.objects.get(pk=head.pk), "p") == ""
    client.force_login(colleague)
    said = client.get(reverse("organizations:kept_views"), {"page": "p", "back": "/x"}).content.decode()
    assert "Của phòng" in said and "Bỏ…" not in said
