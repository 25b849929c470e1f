"""The books in the browser: who opens them, what they list, statements uploaded and closed, accounts."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.payments.actions import fees
from motcua.payments.actions.settling import settle
from motcua.payments.models import CollectingAccount, Difference, Refund, Statement, Transaction
from motcua.payments.queries import collecting_account
from motcua.payments.tests.conftest import MINUTE, NOON, paid

DAY = date(2026, 3, 2)
HEAD = "transaction,order,kind,amount,at\n"
PAGES = ["/thu-phi/", "/thu-phi/danh-sach.csv", "/thu-phi/hoan/", "/thu-phi/doi-soat/", "/thu-phi/tai-khoan/"]


@pytest.fixture
def as_(office):
    def browser(name=""):
        client = Client()
        if name:
            client.force_login(office.people[name], backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
        return client

    return browser


@pytest.fixture(autouse=True)
def later(monkeypatch):
    for place in ("actions.statements", "web.books", "web.statements"):
        monkeypatch.setattr(f"motcua.payments.{place}.today", lambda: DAY + timedelta(days=2))


def text(answer):
    return answer.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("", [302] * 5), ("citizen", [404] * 5), ("specialist", [404] * 5),
        ("counter", [200, 200, 200, 404, 404]), ("leader", [200, 200, 200, 404, 404]), ("control", [200] * 5),
    ],
)  # fmt: skip
def test_who_opens_the_books(as_, who, statuses):
    assert [as_(who).get(page).status_code for page in PAGES] == statuses


def test_counter_sees_its_own_fees_with_sums_and_a_file(as_, office):
    office.fee("T-1", 50_000)
    office.fee("T-2", 30_000)
    fees.ask("T-3", amount=9_000, basis="", at=NOON, unit=office.units["T.02"], counter=office.units["T.02"])
    fees.pay("T-2", method="cash", reference="", at=NOON + MINUTE, actor=office.counter)
    page = text(as_("counter").get("/thu-phi/"))
    assert "T-1" in page and "0000001/2026" in page and "T-3" not in page
    assert "30.000 ₫" in page
    assert "T-1" not in text(as_("counter").get("/thu-phi/?tinh_trang=paid"))
    assert "T-3" in text(as_("control").get("/thu-phi/"))
    assert "T-3" not in text(as_("leader").get("/thu-phi/"))
    lines = text(as_("counter").get("/thu-phi/danh-sach.csv?tinh_trang=paid")).strip().splitlines()
    assert len(lines) == 2 and lines[1].startswith("T-2,Sở Thử,")
    assert as_("counter").get("/thu-phi/?tu=x&den=y&tinh_trang=z&cach_nop=q").status_code == 200


def test_list_of_fees_asks_the_same_statements_for_one_and_for_many(as_, office):
    counts = []
    browser = as_("counter")
    for n in range(4):
        office.fee(f"T-{n}")
        fees.pay(f"T-{n}", method="cash", reference="", at=NOON + MINUTE, actor=office.counter)
        if n in (0, 3):
            with CaptureQueriesContext(connection) as caught:
                browser.get("/thu-phi/")
            counts.append(len(caught))
    assert counts[0] == counts[1]


def upload(browser, content, day="02/03/2026"):
    file = SimpleUploadedFile("sao-ke.csv", content if isinstance(content, bytes) else content.encode(), "text/csv")
    return browser.post("/thu-phi/doi-soat/", {"day": day, "file": file})


def test_statement_is_uploaded_its_differences_closed_and_exported(as_, office, gateway):
    office.fee()
    order = office.order()
    control = as_("control")
    answer = upload(control, HEAD + f"GD1,{order.number},payment,50000,2026-03-02T12:01:00+07:00\n"
                    "=cmd|x,TT-LA,payment,1000,2026-03-02T13:00:00+07:00\n")  # fmt: skip
    assert (answer.status_code, answer.url) == (302, "/thu-phi/doi-soat/http/2026-03-02")
    page = text(control.get(answer.url))
    assert "Ghi thu theo sao kê" in page and "Lần thanh toán không phải của ta" in page
    assert "2 khoản chưa đóng" in text(control.get("/thu-phi/doi-soat/"))
    missing, unknown = Difference.objects.order_by("kind")
    assert control.post(f"{answer.url}/{unknown.pk}/dong", {"note": " "}).status_code == 422
    assert control.post(f"{answer.url}/{unknown.pk}/dong", {"note": "Cổng hoàn lại"}).status_code == 302
    assert control.post(f"{answer.url}/{missing.pk}/ghi-thu").status_code == 302
    assert control.post(f"{answer.url}/{missing.pk}/an-trom").status_code == 404
    page = text(control.get(answer.url))
    assert "Không còn chênh lệch nào chưa xử lý" in page and "Cổng hoàn lại" in page
    lines = text(control.get(f"{answer.url}/chenh-lech.csv"))
    assert "'=cmd|x" in lines  # no spreadsheet runs it
    assert as_("counter").get(answer.url).status_code == 404


@pytest.mark.parametrize(
    ("content", "day", "words"),
    [
        (b"\xff\xfe\x00", "02/03/2026", "UTF-8"),
        ("a,b\n", "02/03/2026", "thiếu cột"),
        (HEAD, "04/03/2026", "đã hết"),
        (HEAD, "hôm kia", "ngày/tháng/năm"),
        (HEAD + "GD1,TT1,payment,x,2026-03-02T08:00\n", "02/03/2026", "dòng 2"),
    ],
)
def test_statement_at_fault_is_refused_in_words(as_, content, day, words):
    answer = upload(as_("control"), content, day)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Statement.objects.exists()


def test_statement_without_a_file_is_fetched_or_refused(as_, office, gateway):
    control = as_("control")
    gateway.statements = {DAY: HEAD}
    assert control.post("/thu-phi/doi-soat/", {"day": "02/03/2026"}).status_code == 302
    gateway.down = True
    assert control.post("/thu-phi/doi-soat/", {"day": "01/03/2026"}).status_code == 422


@pytest.mark.parametrize("path", ["http/2026-03-02", "http/2026-99-99", "khac/2026-03-02", "http/x"])
def test_day_without_a_statement_is_not_there(as_, path):
    assert as_("control").get(f"/thu-phi/doi-soat/{path}").status_code == 404


def test_stray_money_is_asked_back_on_its_page(as_, office, gateway):
    office.fee()
    order = office.order()
    for number in ("GD1", "GD2"):
        settle(paid(order, transaction=number), gateway="http", origin="notice", body="…", at=NOON + MINUTE)
    money = Transaction.objects.get(number="GD2")
    address = f"/thu-phi/hoan/giao-dich/{money.pk}"
    assert as_("leader").get(address).status_code == 404
    assert as_("counter").get(address).status_code == 200
    assert as_("counter").post(address, {"cause": "", "method": "online"}).status_code == 422
    assert as_("counter").post(address, {"cause": "Nộp hai lần", "method": "online"}).status_code == 302
    assert as_("counter").get(address).status_code == 404
    number = Refund.objects.get().number
    page = f"/thu-phi/hoan/{number}"
    assert "người khác phải duyệt" in text(as_("counter").get(page))
    assert as_("other_leader").get(page).status_code == 404
    assert as_("leader").post(f"{page}/khong-duyet", {"note": ""}).status_code == 422
    assert as_("leader").post(f"{page}/duyet").status_code == 302
    assert as_("counter").post(f"{page}/gui").status_code == 302
    assert Refund.objects.get().state == "done"
    assert number in text(as_("counter").get("/thu-phi/hoan/?trang-thai=done"))


def test_accounts_follow_each_other_and_a_unit_goes_before_all(as_, office):
    control = as_("control")
    form = {"unit": "", "bank_bin": "970400", "bank_name": "Ngân hàng Thử", "account_number": "001",
            "account_name": "KHO BAC", "valid_from": "01/03/2026", "source": "Văn bản 1"}  # fmt: skip
    assert control.post("/thu-phi/tai-khoan/", form).status_code == 422
    form["account_number"] = "00112233"
    assert control.post("/thu-phi/tai-khoan/", form).status_code == 302
    assert control.post("/thu-phi/tai-khoan/", form).status_code == 422
    control.post("/thu-phi/tai-khoan/", {**form, "valid_from": "04/03/2026", "account_number": "00445566"})
    control.post("/thu-phi/tai-khoan/", {**form, "unit": "T.01", "account_number": "00778899"})
    assert control.post("/thu-phi/tai-khoan/", {**form, "unit": "T.99"}).status_code == 422
    used = [collecting_account(office.units[unit], day).account_number
            for unit, day in (("T.01", DAY), ("T.02", DAY), ("T.02", date(2026, 3, 4)))]  # fmt: skip
    assert used == ["00778899", "00112233", "00445566"]
    last = CollectingAccount.objects.get(account_number="00445566")
    assert control.post(f"/thu-phi/tai-khoan/{last.pk}/thoi").status_code == 302
    assert collecting_account(office.units["T.02"], date(2026, 3, 5)) is None


def test_page_of_return_knows_orders_alone(as_, office):
    assert as_().get("/thanh-toan/ve/TT-LA").status_code == 404
