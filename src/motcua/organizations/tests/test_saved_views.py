"""Filters kept under a name: one's own alone, overwritten by name, renamed, dropped."""

import pytest
from django.urls import reverse

from motcua.base.refusal import Refused
from motcua.organizations.actions.people import open_account
from motcua.organizations.actions.saved_views import MOST, forget_view, rename_view, save_view
from motcua.organizations.models import SavedView

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
    client.post(address, {"do": "drop", "back": "/"})
    assert not SavedView.objects.exists()
