"""The province's own words for applicants: by event and channel, dated, previewed, given back; who changed what."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.clock import today
from motcua.base.facts.delivering import deliver_due
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import message_words as acts
from motcua.dossiers.actions import reception
from motcua.dossiers.models import OwnMessageWords
from motcua.dossiers.queries.message_words import all_words, texts_on
from motcua.dossiers.rules.message_words import FIELDS, INVENTED, ONLY_IN, fields_for, kind_of, shipped_words
from motcua.dossiers.rules.sms import length_of
from motcua.notifications.models import Notice
from motcua.notifications.rules.templates import fields_of

DAY = timedelta(days=1)
EVENT = "dossier.received"
OWN = "Hồ sơ {code} của bạn đã vào sổ, hẹn {due}."


def set_(world, text=OWN, channel="*", day=None, event=EVENT):
    return acts.set_words(
        event, channel, text=text, source="Quyết định 7/QĐ-UBND", valid_from=day or today(), actor=world.control
    )


@pytest.mark.parametrize(
    "text, letters, messages, is_plain",
    [
        ("", 0, 0, True),
        ("a" * 160, 160, 1, True),
        ("a" * 161, 161, 2, True),
        ("a" * 307, 307, 3, True),  # parts hold 153
        ("[" * 80, 160, 1, True),  # a letter of the extension counts twice
        ("ồ" * 70, 70, 1, False),
        ("ồ" * 71, 71, 2, False),
        ("ồ" * 135, 135, 3, False),  # parts hold 67
        ("à", 1, 1, True),  # the basic alphabet has a few letters with marks
        ("😀", 2, 1, False),  # two units of UTF-16
    ],
)
def test_length_of_an_sms_is_counted_as_phones_do(text, letters, messages, is_plain):
    length = length_of(text)
    assert (length.letters, length.messages, length.is_plain) == (letters, messages, is_plain)


def test_places_of_shipped_words_are_places_of_their_event():
    for each in shipped_words():
        assert fields_of(each.text) <= set(fields_for(each.event)), each.event
    assert set(ONLY_IN) <= FIELDS and set().union(*ONLY_IN.values()) <= set(kind_of())


def test_words_of_the_province_are_told_from_their_day_on_and_the_last_of_a_day_counts(world):
    shipped = texts_on(EVENT, today())
    set_(world, "Lần một {code}", day=today() + DAY)
    set_(world, OWN, day=today() + DAY)
    assert texts_on(EVENT, today()) == shipped
    assert texts_on(EVENT, today() + DAY) == {"*": OWN, "sms": shipped["sms"]}
    acts.reset_words(EVENT, "*", source="thôi", valid_from=today() + 2 * DAY, actor=world.control)
    assert texts_on(EVENT, today() + 2 * DAY) == shipped
    facts = Fact.objects.filter(subject=EVENT).order_by("pk").values_list("verb", "data")
    first = {"channel": "*", "valid_from": (today() + DAY).isoformat()}
    assert list(facts)[:1] == [("message_words.set", first)]
    assert [verb for verb, _data in facts] == ["message_words.set", "message_words.set", "message_words.reset"]


def test_applicant_reads_the_words_of_the_province(world):
    set_(world, channel="*", day=today())
    dossier = world.file()
    reception.receive(dossier.code, actor=world.counter)
    while deliver_due():
        pass
    texts = list(Notice.objects.order_by("pk").values_list("text", flat=True))
    assert texts[1].startswith(f"Hồ sơ {dossier.code} của bạn đã vào sổ, hẹn ")


def test_words_for_mail_go_before_those_for_any_channel(world):
    set_(world, "Thư: {code}", channel="email")
    assert texts_on(EVENT, today())["email"] == "Thư: {code}"


@pytest.mark.parametrize(
    "values, field",
    [
        ({"text": " "}, "text"),
        ({"text": "{ten}"}, "text"),
        ({"text": "{step}"}, "text"),  # told of another event only
        ({"text": "{ma ho so}"}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"text": "x" * 310, "channel": "sms"}, "text"),
        ({"channel": "fax"}, "channel"),
        ({"event": "dossier.none"}, "event"),
        ({"day": today() - DAY}, "valid_from"),
    ],
)
def test_words_at_fault_are_refused_at_their_field(world, values, field):
    with pytest.raises(Refused) as refusal:
        set_(world, **values)
    assert refusal.value.field == field
    assert not OwnMessageWords.objects.exists()


def test_only_words_that_have_not_begun_are_dropped_and_stay_to_be_seen(world):
    now_told, later = set_(world), set_(world, "Sau {code}", day=today() + DAY)
    with pytest.raises(Refused):
        acts.drop_words(now_told.pk, actor=world.control)
    acts.drop_words(later.pk, actor=world.control)
    with pytest.raises(Refused):
        acts.drop_words(later.pk, actor=world.control)
    assert texts_on(EVENT, today() + DAY)["*"] == OWN
    assert OwnMessageWords.objects.count() == 2


def test_shipped_words_are_given_back_once(world):
    with pytest.raises(Refused):
        acts.reset_words(EVENT, "*", source="x", valid_from=today(), actor=world.control)
    set_(world)
    acts.reset_words(EVENT, "*", source="x", valid_from=today(), actor=world.control)
    with pytest.raises(Refused):
        acts.reset_words(EVENT, "*", source="x", valid_from=today(), actor=world.control)


def test_all_words_are_read_in_one_query(world, django_assert_num_queries):
    set_(world)
    with django_assert_num_queries(1):
        assert len(all_words(today())) == len(kind_of())


def browser(account):
    client = Client()
    client.force_login(account, backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
    return client


def test_words_are_looked_at_set_and_given_back_in_the_browser(world):
    client = browser(world.control)
    assert "Của tỉnh" not in client.get(reverse("dossiers:message_words")).content.decode()
    page = reverse("dossiers:event_words", args=[EVENT, "sms"])
    typed = {"text": "Hồ sơ {code} đã nhận", "valid_from": f"{today():%d/%m/%Y}", "source": "Công văn 3"}
    shown = client.post(page, typed | {"lam": "xem"})
    words = f"Ho so {INVENTED['code']} da nhan"
    assert words in shown.content.decode() and f"{len(words)}/160" in shown.content.decode()
    assert not OwnMessageWords.objects.exists()
    wrong = client.post(page, typed | {"text": "{ten}", "lam": "luu"})
    assert wrong.status_code == 422 and "không cho chỗ điền “ten”" in wrong.content.decode()
    assert client.post(page, typed | {"lam": "luu"}).status_code == 302
    assert world.control.code in client.get(page).content.decode()
    back = reverse("dossiers:reset_words", args=[EVENT, "sms"])
    assert client.get(back).status_code == 200
    assert client.post(back, {"valid_from": "x", "source": "y"}).status_code == 422
    assert client.post(back, {"valid_from": f"{today():%d/%m/%Y}", "source": "y"}).status_code == 302
    later = set_(world, day=today() + DAY)
    assert client.post(reverse("dossiers:drop_words", args=[later.pk])).status_code == 302
    assert "Đã bỏ" in client.get(reverse("dossiers:event_words", args=[EVENT, "*"])).content.decode()


@pytest.mark.parametrize("who, seen, status", [("citizen", 404, 404), ("specialist", 200, 200)])
def test_officials_see_words_and_do_not_set_them(world, who, seen, status):
    client = browser(world.people[who])
    page = reverse("dossiers:event_words", args=[EVENT, "*"])
    assert client.get(reverse("dossiers:message_words")).status_code == seen
    assert client.post(page, {"text": OWN, "valid_from": "1/1/2030", "source": "x", "lam": "luu"}).status_code == status
    assert client.get(reverse("dossiers:reset_words", args=[EVENT, "*"])).status_code == 404
    assert not OwnMessageWords.objects.exists()


@pytest.mark.parametrize("event, channel", [("dossier.none", "*"), (EVENT, "fax")])
def test_words_that_nobody_tells_are_not_found(world, event, channel):
    assert browser(world.control).get(reverse("dossiers:event_words", args=[event, channel])).status_code == 404


def test_words_over_the_api(world):
    client, send = browser(world.control), {"content_type": "application/json"}
    form = {"event": EVENT, "channel": "*", "text": OWN, "valid_from": (today() + DAY).isoformat(), "source": "x"}
    number = client.post("/api/v1/message-words", form, **send).json()["number"]
    assert client.post("/api/v1/message-words", form | {"text": "{ten}"}, **send).status_code == 409
    assert [each["text"] for each in client.get(f"/api/v1/message-words/history?event={EVENT}").json()] == [OWN]
    assert client.delete(f"/api/v1/message-words/{number}").status_code == 204
    told = {(each["event"], each["channel"]): each for each in client.get("/api/v1/message-words").json()}
    assert told[EVENT, "*"]["is_own"] is False
    today_form = form | {"valid_from": today().isoformat()}
    assert client.post("/api/v1/message-words", today_form, **send).status_code == 201
    assert client.post("/api/v1/message-words", today_form | {"text": ""}, **send).json()["text"] == ""
