"""A case of conduct is begun from a dossier by those who keep that register, and each shows the other (C124)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from motcua.base import beside as base_beside
from motcua.base.clock import now, today
from motcua.dossiers.actions import handling, lateness
from motcua.dossiers.actions.late_lists import publish_late_list
from motcua.dossiers.factories import MONDAY, make_world
from motcua.registers.actions.shipping import take_in_shipped
from motcua.registers.models import Entry, Register, Trust

LABEL = "Mở vụ việc về hồ sơ này"


@pytest.fixture
def world(db):
    take_in_shipped()
    return make_world()


@pytest.fixture
def code(world):
    found = world.file_at_counter().code
    handling.forward(found, actor=world.counter, at=MONDAY)
    return found


def _page(client, account, name, *arguments):
    client.force_login(account)
    return client.get(reverse(name, args=arguments)).content.decode()


def test_head_opens_a_case_from_the_dossier_and_both_show_each_other(client, world, code):
    page = _page(client, world.leader, "dossiers:dossier", code)
    address = f"{reverse('registers:keep', args=['conduct'])}?origin=dossier&amp;dossier={code}"
    assert (LABEL in page, address in page) == (True, True)
    form = client.get(address.replace("&amp;", "&"))
    assert f'value="{code}"' in form.content.decode()
    due = (today() + timedelta(days=20)).strftime("%d/%m/%Y")
    answer = client.post(
        reverse("registers:keep", args=["conduct"]),
        {"received_on": today().strftime("%d/%m/%Y"), "title": "Đòi thêm giấy", "nature": ["arbitrary"],
         "origin": "dossier", "dossier": code, "description": "Đòi giấy ngoài danh mục", "due_on": due},
    )  # fmt: skip
    entry = Entry.objects.get()
    assert answer.url == reverse("registers:entry", args=["conduct", entry.code])
    assert reverse("dossiers:dossier", args=[code]) in client.get(answer.url).content.decode()
    assert answer.url in _page(client, world.leader, "dossiers:dossier", code)


def test_who_is_not_trusted_sees_neither_link_nor_case(client, world, code):
    for account in (world.specialist, world.head, world.counter, world.citizen):
        assert LABEL not in _page(client, account, "dossiers:dossier", code)
        assert client.get(reverse("registers:keep", args=["conduct"])).status_code in (302, 403, 404)


def test_who_was_trusted_sees_the_link(client, world, code):
    register = Register.objects.get(code="conduct")
    Trust.objects.create(
        register=register, account=world.specialist, unit=world.specialist.posts.get().unit, given_at=now()
    )
    assert LABEL in _page(client, world.specialist, "dossiers:dossier", code)


def test_late_lists_lead_to_a_case_for_heads_only(client, world, code):
    later = MONDAY + timedelta(days=10)
    lateness.make_round(at=later)
    assert f"dossier={code}" in _page(client, world.leader, "dossiers:late_counts")
    publish_late_list(date(MONDAY.year, MONDAY.month, 1), actor=world.control)
    assert f"dossier={code}" in _page(client, world.leader, "dossiers:late_list")
    assert LABEL not in _page(client, world.citizen, "dossiers:late_list")
    client.logout()
    assert LABEL not in client.get(reverse("dossiers:late_list")).content.decode()


def test_without_a_module_that_keeps_something_the_page_offers_nothing(client, world, code, monkeypatch):
    monkeypatch.setattr(base_beside, "offered", lambda _file: iter(()))
    assert LABEL not in _page(client, world.leader, "dossiers:dossier", code)
