"""Reports asked for once: who may ask and answer, what an answer may hold, what comes of it."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from motcua.base.clock import today
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.reports.actions.requests import answer, ask, send_back, withdraw
from motcua.reports.request_models import ReportRequest, RequestAnswer
from motcua.reports.requests import board_of
from motcua.reports.rules.requests import Item, checked_values, items_in, standing, sums

ITEMS = "Hồ sơ quá hạn | Hồ sơ\nTỷ lệ đúng hạn | %"
DUE, LATER = date(2026, 5, 20), date(2026, 5, 21)


def test_items_are_read_line_by_line():
    assert items_in(ITEMS) == [Item("Hồ sơ quá hạn", "Hồ sơ"), Item("Tỷ lệ đúng hạn", "%")]
    assert items_in("") == []


@pytest.mark.parametrize("text", ["| Hồ sơ", "A | x\nA | y", "\n".join(f"Số {n}" for n in range(61)), "x\0"])
def test_items_that_cannot_be_asked_are_refused(text):
    with pytest.raises(Refused):
        items_in(text)


def test_value_that_is_no_number_is_named_by_its_item():
    items = items_in(ITEMS)
    assert checked_values(items, [" 1.250 ", "không phát sinh"]) == ["1.250", "không phát sinh"]
    with pytest.raises(Refused, match="Tỷ lệ đúng hạn") as refused:
        checked_values(items, ["3", "khoảng 90"])
    assert refused.value.field == "value-1"


def test_counts_are_added_and_shares_are_not():
    assert sums(items_in(ITEMS), [["1.250", "90"], ["50", "98"], ["", ""]]) == ["1.300", ""]


@pytest.mark.parametrize(
    ("answered_on", "is_sent_back", "day", "state"),
    [
        (None, False, DUE, "waiting"), (None, False, LATER, "overdue"), (DUE, False, LATER, "answered"),
        (LATER, False, LATER, "answered_late"), (DUE, True, LATER, "sent_back"),
    ],
)  # fmt: skip
def test_unit_stands_by_the_day_it_first_answered(answered_on, is_sent_back, day, state):
    assert standing(DUE, answered_on, is_sent_back=is_sent_back, day=day) == state


@pytest.fixture
def asked(cast):
    return ask(
        title="Hồ sơ tồn đọng", words="Báo cáo nhanh.", items=ITEMS, due_on=today() + timedelta(days=3),
        units=[cast.unit], actor=cast.control,
    )  # fmt: skip


@pytest.mark.django_db
def test_asked_answered_sent_back_and_answered_again(cast, asked):
    answer(asked.code, "P.2", values=["12", "97,5"], words="Đã rà soát.", actor=cast.specialist)
    send_back(asked.code, "P.2", reason="Thiếu tháng 8", actor=cast.control)
    assert [line.state for line in board_of(asked, cast.control).lines] == ["sent_back"]
    answer(asked.code, "P.2", values=["15", "97,5"], words="Bổ sung tháng 8.", actor=cast.specialist)
    board = board_of(asked, cast.control)
    assert (board.lines[0].state, board.lines[0].newest.number, board.sums) == ("answered", 2, ["15", ""])
    assert list(RequestAnswer.objects.values_list("values", flat=True)) == [["12", "97,5"], ["15", "97,5"]]
    facts = Fact.objects.filter(subject=asked.code).order_by("id")
    assert [fact.verb.partition(".")[2] for fact in facts] == ["asked", "answered", "sent_back", "answered"]
    assert "rà soát" not in json.dumps([fact.data for fact in facts], ensure_ascii=False)


@pytest.mark.django_db
def test_who_may_not_is_refused(cast, asked):
    with pytest.raises(Refused, match="không lập báo cáo"):
        answer(asked.code, "P.2", values=["1", "2"], words="", actor=cast.outsider)
    with pytest.raises(Refused, match="không yêu cầu được"):
        ask(title="x", words="", items="", due_on=today(), units=[cast.top], actor=cast.leader)
    with pytest.raises(Refused, match="không được yêu cầu"):
        answer(asked.code, "P.3", values=["1", "2"], words="", actor=cast.outsider)
    with pytest.raises(Refused, match="Hạn báo cáo đã qua"):
        ask(title="x", words="", items="", due_on=date(2020, 1, 1), units=[cast.unit], actor=cast.control)


@pytest.mark.django_db
def test_withdrawn_request_keeps_its_answers_and_takes_no_more(cast, asked):
    answer(asked.code, "P.2", values=["12", ""], words="", actor=cast.specialist)
    withdraw(asked.code, reason="Đã có số liệu", actor=cast.control)
    with pytest.raises(Refused, match="đã được rút"):
        answer(asked.code, "P.2", values=["13", ""], words="", actor=cast.specialist)
    assert RequestAnswer.objects.count() == 1


@pytest.mark.django_db
def test_pages_ask_and_answer_and_keep_what_is_refused(client, cast):
    client.force_login(cast.control)
    made = client.post(
        reverse("reports:requests"),
        {"title": "Rà soát", "items": ITEMS, "due_on": f"{today() + timedelta(days=2):%d/%m/%Y}",
         "kinds": ["department"], "units": ""},
    )  # fmt: skip
    found = ReportRequest.objects.get()
    assert (made.status_code, found.asked.count(), found.code) == (302, 2, f"YC-{today().year}-1")
    client.force_login(cast.specialist)
    address = reverse("reports:request_act", args=[found.code, "tra-loi"])
    answer_ = client.post(address, {"unit": "P.2", "value-0": "mười", "value-1": "98", "words": "Lời dài của tôi"})
    page = answer_.content.decode()
    assert (answer_.status_code, "Lời dài của tôi" in page, 'value="mười"' in page) == (422, True, True)
    assert client.post(address, {"unit": "P.2", "value-0": "10", "value-1": "98", "words": "Xong"}).status_code == 302
    page = client.get(reverse("reports:request", args=[found.code])).content.decode()
    assert "Xong" in page
    assert "Sở Khác" not in page  # a unit sees its own answer only
    client.force_login(cast.citizen)
    assert client.get(reverse("reports:request", args=[found.code])).status_code == 404


@pytest.mark.django_db
def test_who_looks_over_units_answers_for_one_that_is_named(client, cast, asked):
    client.force_login(cast.control)
    address = reverse("reports:request", args=[asked.code])
    assert "Nội dung báo cáo" not in client.get(address).content.decode()
    assert "Nội dung báo cáo" in client.get(address, {"unit": "P.2"}).content.decode()
    client.force_login(cast.specialist)
    assert "Nội dung báo cáo" in client.get(address).content.decode()


@pytest.mark.django_db
def test_open_form_that_asks_nobody_or_nothing_is_an_error_in_place(client, cast):
    client.force_login(cast.control)
    page = client.post(
        reverse("reports:requests"), {"title": "Rà soát", "due_on": f"{today():%d/%m/%Y}", "units": "X9"}
    )
    assert (page.status_code, ReportRequest.objects.count()) == (422, 0)
    client.force_login(cast.specialist)
    assert client.post(reverse("reports:requests"), {"title": "x"}).status_code == 404


@pytest.mark.django_db
def test_api_asks_and_answers(client, cast):
    client.force_login(cast.control)
    body = {"title": "Qua API", "items": ["Số văn bản | Văn bản"], "due_on": str(today()), "units": ["P.2"]}
    code = client.post("/api/v1/report-requests", json.dumps(body), content_type="application/json").json()["code"]
    client.force_login(cast.specialist)
    address = f"/api/v1/report-requests/{code}"

    def send(value):
        body = json.dumps({"unit": "P.2", "values": [value]})
        return client.post(f"{address}/answers", body, content_type="application/json").status_code

    assert (send("4"), client.get(address).json()["sums"]) == (200, ["4"])
    assert send("mười") == 409


@pytest.mark.django_db
def test_answers_are_taken_away_as_a_file(client, cast, asked):
    answer(asked.code, "P.2", values=["12", "98"], words="=1+1", actor=cast.specialist)
    client.force_login(cast.control)
    rows = client.get(reverse("reports:request", args=[asked.code]), {"format": "csv"}).content.decode().splitlines()
    assert rows[1].startswith("P.2,Sở Thử,")
    assert "'=1+1" in rows[1]
    assert rows[2] == ",Cộng,,12,,"
