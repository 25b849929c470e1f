"""What pages, the public and registers read; the slip; notices."""

import io
from datetime import timedelta

import pypdfium2
import pytest
from django.core import mail
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.base.facts.delivering import deliver_due
from motcua.base.models import Delivery
from motcua.base.refusal import Refused
from motcua.dossiers.actions import handling, reception, supplementing
from motcua.dossiers.factories import MONDAY
from motcua.dossiers.queries.dossier import Filters, dossier_page, register, track
from motcua.dossiers.rendering.receipt import receipt_pdf
from motcua.notifications.actions.outbox import send_due
from motcua.notifications.models import Notice


@pytest.fixture
def handled(world):
    code = world.file().code
    reception.receive(code, actor=world.counter, at=MONDAY + timedelta(hours=1))
    handling.forward(code, actor=world.counter, at=MONDAY + timedelta(hours=2))
    return code


def test_page_shows_officials_by_name_to_officials_only(world, handled):
    seen = {
        who: [entry.who for entry in dossier_page(handled, account=getattr(world, who)).timeline]
        for who in ("specialist", "citizen")
    }
    assert seen == {
        "specialist": ["Người Thử citizen", "Người Thử counter", "Người Thử counter"],
        "citizen": ["Người nộp", "Công chức", "Công chức"],
    }


def test_page_takes_the_same_statements_however_long_the_life(world, handled):
    dossier_page(handled, account=world.specialist)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            dossier_page(handled, account=world.specialist)
        counts.append(len(caught))
        if len(counts) == 1:
            handling.propose(handled, actor=world.specialist, result_text="Được")
    assert counts[0] == counts[1] <= 10


def test_tracking_tells_nothing_of_the_applicant(world, handled):
    answer = Client().get(f"/api/v1/tracking/{handled}")
    assert answer.status_code == 200
    text = answer.content.decode()
    for secret in ("Nguyễn Văn Thử", "000000000001", "0900000000", "thu@example.org", "Người Thử"):
        assert secret not in text
    assert answer.json()["step_name"] == "Thẩm định"


@pytest.mark.parametrize("code", ["000.00.01.T99-260302-9999", "x", "'; DROP TABLE", "a\u0000b"])
def test_tracking_an_unknown_code_finds_nothing(world, code):
    with pytest.raises(Http404):
        track(code)


def test_register_shows_each_role_its_part(world):
    world.file()
    world.file(unit="T.10")
    seen = {
        who: len(register(getattr(world, who)).dossiers)
        for who in ("citizen", "counter", "specialist", "outsider", "control", "other_citizen")
    }
    assert seen == {
        "citizen": 2,
        "counter": 1,
        "specialist": 1,
        "outsider": 1,
        "control": 2,
        "other_citizen": 0,
    }


def test_register_pages_by_key_newest_first(world):
    codes = [world.file(at=MONDAY + timedelta(hours=hours)).code for hours in range(5)]
    first = register(world.specialist, limit=3)
    rest = register(world.specialist, limit=3, after=first.after)
    assert [dossier.code for dossier in first.dossiers + rest.dossiers] == codes[::-1]
    assert rest.after is None


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        (Filters(text="nguyen van thu"), 1),
        (Filters(text="Trần"), 0),
        (Filters(state="in_progress"), 1),
        (Filters(state="filed"), 0),
        (Filters(unit="T.01", procedure="1.000001"), 1),
        (Filters(channel="post"), 0),
        (Filters(is_overdue=True), 1),
        (Filters(filed_from=MONDAY.date(), filed_to=MONDAY.date()), 1),
        (Filters(filed_to=MONDAY.date() - timedelta(days=1)), 0),
    ],
)
def test_register_is_narrowed_by_filters(world, handled, filters, number):
    assert len(register(world.specialist, filters=filters).dossiers) == number
    assert len(register(world.specialist, filters=Filters(text=handled)).dossiers) == 1


def test_dossier_whose_clock_stands_still_is_not_overdue(world, handled):
    supplementing.request_supplement(
        handled, items="Bản đồ", reason="Thiếu", actor=world.specialist, at=MONDAY + timedelta(hours=3)
    )
    assert register(world.specialist, filters=Filters(is_overdue=True)).dossiers == []


def test_receipt_is_a_pdf_that_names_code_and_due_instant(world, handled):
    pdf = receipt_pdf(dossier_page(handled, account=world.citizen))
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    page = document[0].get_textpage()
    text = page.get_text_bounded()
    page.close()
    document.close()
    assert handled in text
    assert "09" in text and "2026" in text
    assert "50.000 đồng" in text


def test_receipt_waits_for_reception(world):
    code = world.file().code
    with pytest.raises(Refused):
        receipt_pdf(dossier_page(code, account=world.citizen))


def test_applicant_is_told_once_however_often_the_fact_is_heard(world, handled, settings):
    settings.MAIL_FROM = "motcua@example.org"
    world.citizen.email = "thu@example.org"
    world.citizen.save()
    facts = list(Delivery.objects.values_list("fact_id", "subject"))
    deliver_due()
    Delivery.objects.bulk_create(Delivery(fact_id=fact, subject=subject, next_try_at=MONDAY) for fact, subject in facts)
    deliver_due()
    notices = list(Notice.objects.order_by("id"))  # filed, received, handling begins
    assert [(each.account, each.link) for each in notices] == [(world.citizen, f"/ho-so/{handled}")] * 3
    assert "17:00 09/03/2026" in notices[1].text
    assert send_due() == 3
    sent = [(message.to, message.subject) for message in mail.outbox]
    assert sent == [(["thu@example.org"], f"Thông báo: {handled}")] * 3


def test_api_hides_dossiers_from_outsiders(world, handled):
    client = Client()
    client.force_login(world.outsider)
    for address in ("", "/timeline", "/receipt"):
        assert client.get(f"/api/v1/dossiers/{handled}{address}").status_code == 404
    answer = client.post(f"/api/v1/dossiers/{handled}/forward", "{}", content_type="application/json")
    assert answer.status_code == 404


def test_api_says_in_words_what_it_refuses(world, handled):
    client = Client()
    client.force_login(world.counter)
    answer = client.post(f"/api/v1/dossiers/{handled}/receive", "{}", content_type="application/json")
    assert answer.status_code == 409
    assert "Đang xử lý" in answer.json()["detail"]
