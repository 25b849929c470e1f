"""What applicants are told: every step in plain words, through what they chose, nothing personal on the way."""

from datetime import timedelta

import pytest

from motcua.base.clock import now
from motcua.base.facts.delivering import deliver_due
from motcua.base.facts.events import label_of
from motcua.dossiers import telling
from motcua.dossiers.actions import collecting, handling, payment, reception, returning, supplementing
from motcua.dossiers.factories import APPLICANT, MONDAY
from motcua.dossiers.message_kinds import KINDS
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.message_words import BY_METHOD, FIELDS, kind_of, shipped_words
from motcua.notifications.actions import contacts
from motcua.notifications.models import ContactPoint, Message, Notice
from motcua.notifications.rules.templates import faults_of

HOUR = timedelta(hours=1)


def test_words_are_without_fault_and_name_events_and_kinds_that_exist():
    events = dict.fromkeys(kind_of(), FIELDS)
    assert faults_of(shipped_words(), events) == []
    assert set(kind_of().values()) <= {kind.code for kind in KINDS}
    for event in telling.told_verbs():
        assert label_of(event) != event, f"no such event: {event}"
    everywhere = {each.event for each in shipped_words() if each.channel == "*"}
    assert everywhere == set(kind_of())


def _texts():
    while deliver_due():
        pass
    return list(Notice.objects.order_by("id").values_list("text", flat=True))


def test_citizen_is_told_of_every_step_in_plain_words(world):
    code = world.file().code
    reception.receive(code, actor=world.counter, at=MONDAY + HOUR)
    if Dossier.objects.get(code=code).state == "received":
        handling.forward(code, actor=world.counter, at=MONDAY + 2 * HOUR)
    supplementing.request_supplement(code, items="Bản đồ", reason="Thiếu", actor=world.specialist, at=MONDAY + 3 * HOUR)
    supplementing.supply(code, note="Đã gửi", actor=world.counter, at=MONDAY + 4 * HOUR)
    handling.propose(code, actor=world.specialist, result_text="Được", at=MONDAY + 5 * HOUR)
    handling.propose(code, actor=world.head, at=MONDAY + 5 * HOUR)
    handling.approve(code, actor=world.leader, at=MONDAY + 6 * HOUR)
    payment.take_payment(code, method="cash", reference="", actor=world.counter, at=MONDAY + 6 * HOUR)
    collecting.remind(code, actor=world.counter, at=MONDAY + 7 * HOUR)
    returning.return_result(code, method="post", actor=world.counter, at=MONDAY + 8 * HOUR,
                            hand_over=returning.HandOver(item_number="EB1"))  # fmt: skip
    words = [text.replace(code, "X") for text in _texts()]
    assert [each.split(".")[0] for each in words] == [
        "Bạn đã nộp hồ sơ X",
        "Hồ sơ X đã được tiếp nhận",
        "Hồ sơ X đang được giải quyết ở bước “Thẩm định”",
        "Bạn cần bổ sung giấy tờ cho hồ sơ X",
        "Hồ sơ X đã được bổ sung",
        "Hồ sơ X đã có kết quả",
        "Đã ghi nhận phí, lệ phí của hồ sơ X",
        "Nhắc bạn: kết quả hồ sơ X vẫn chờ bạn nhận",
        "Kết quả hồ sơ X đã được gửi qua bưu chính",
    ]
    assert "EB1" in words[-1]
    assert not any(APPLICANT.name in each for each in words)


def test_who_has_no_account_is_told_by_phone_what_must_be_done(world, settings):
    settings.SMS_URL, settings.SMS_SECRET = "http://127.0.0.1:9/", "x"
    code = world.file_at_counter().code
    if Dossier.objects.get(code=code).state == "received":
        handling.forward(code, actor=world.counter, at=MONDAY + 2 * HOUR)
    supplementing.request_supplement(code, items="Bản đồ", reason="Thiếu", actor=world.specialist, at=MONDAY + 3 * HOUR)
    assert _texts() == []
    message = Message.objects.get()
    assert (message.address, message.account, message.kind) == (APPLICANT.phone, None, "dossier.needs")
    assert message.text == f"Ho so {code} can bo sung giay to. Xem: http://127.0.0.1:8000/tra-cuu/{code}"


def test_sms_goes_for_what_must_be_done_once_the_number_is_proved(world, settings):
    settings.SMS_URL, settings.SMS_SECRET = "http://127.0.0.1:9/", "x"
    ContactPoint.objects.create(account=world.citizen, medium="phone", address="0900000123", verified_at=now())
    code = world.file().code
    reception.refuse(code, reason="Sai thẩm quyền", actor=world.counter, at=MONDAY + HOUR)
    assert len(_texts()) == 2
    assert [(each.kind, each.channel) for each in Message.objects.all()] == [("dossier.needs", "sms")]
    assert "Sai" not in Message.objects.get().text


def test_unwanted_kinds_stay_on_the_page(world, settings):
    settings.MAIL_FROM = "motcua@example.org"
    world.citizen.email = "thu@example.org"
    world.citizen.save()
    contacts.prefer(world.citizen, wanted=set())
    world.file()
    assert len(_texts()) == 1
    assert not Message.objects.exists()


def test_return_is_told_by_how_it_went_out(world):
    assert BY_METHOD.keys() == {"online", "post"}
    assert {kind_of()[each] for each in BY_METHOD.values()} == {"dossier.needs", "dossier.steps"}


@pytest.mark.parametrize("who", ["citizen", "specialist"])
def test_kinds_are_asked_of_whom_they_concern(world, who):
    account = getattr(world, who)
    codes = {kind.code for kind in KINDS if kind.opens_to(account)}
    assert codes == ({"dossier.needs", "dossier.steps", "dossier.survey"} if who == "citizen" else {"dossier.work"})
