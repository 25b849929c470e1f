"""Life events find their procedures in the real catalogue; their pages and the operation show them."""

import re

import pytest

from motcua.procedures.life_events import BY_SLUG, LIFE_EVENTS, procedures_for


def test_every_line_of_every_event_finds_a_procedure(index):
    missing = [title for event in LIFE_EVENTS for title in event.finds if index.named(title) is None]
    assert missing == []


def test_events_begin_with_what_people_need_first(index):
    first = {event.slug: index.named(event.finds[0]).entry.code for event in LIFE_EVENTS}
    assert first["ket-hon"] == "1.000894"
    assert first["nguoi-than-qua-doi"] == "1.000656"
    assert first["mo-cua-hang"] == "1.001612"
    assert first["chuyen-cho-o"] == "1.004222"


@pytest.mark.django_db
def test_event_shows_the_procedures_in_force(client, some_procedures):
    page = client.get("/su-kien/ket-hon").content.decode()
    assert re.findall(r'href="/thu-tuc/(\d\.\d{6})"', page) == ["1.000894"]
    assert [hit.entry.code for hit in procedures_for(BY_SLUG["ket-hon"])] == ["1.000894"]


@pytest.mark.django_db
def test_event_without_procedures_says_so(client):
    assert "Danh mục chưa có thủ tục nào cho việc này" in client.get("/su-kien/ket-hon").content.decode()


@pytest.mark.django_db
def test_unknown_event_is_not_found(client):
    assert client.get("/su-kien/khong-co").status_code == 404


@pytest.mark.django_db
def test_events_are_listed_on_their_page_and_above_the_catalogue(client, some_procedures):
    addresses = [f'href="/su-kien/{event.slug}"' for event in LIFE_EVENTS]
    for address in ("/su-kien/", "/thu-tuc/"):
        page = client.get(address).content.decode()
        assert [link for link in addresses if link not in page] == []
    assert addresses[0] not in client.get("/thu-tuc/", {"q": "khai sinh"}).content.decode()


@pytest.mark.django_db
def test_operation_lists_events_with_codes(client, some_procedures):
    listed = {event["slug"]: event["procedures"] for event in client.get("/api/v1/life-events").json()}
    assert list(listed) == [event.slug for event in LIFE_EVENTS]
    assert listed["ket-hon"] == ["1.000894"]
