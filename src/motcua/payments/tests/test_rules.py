"""Statement files as they come, transfer codes as banks read them, amounts in words, signatures."""

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.clock import VIETNAM
from motcua.base.refusal import Refused
from motcua.payments.gateways import signing
from motcua.payments.rules.money_words import in_words
from motcua.payments.rules.statement_file import read_statement
from motcua.payments.rules.transfer_code import checksum, transfer_code

HEAD = "transaction,order,kind,amount,at\n"


def test_statement_is_read_line_by_line():
    (line,) = read_statement(HEAD + "GD1,TT1,payment,50000,2026-03-02T08:00:00+07:00\n\n")
    assert (line.position, line.kind, line.number, line.order_number, line.amount) == (
        2,
        "payment",
        "GD1",
        "TT1",
        50000,
    )
    assert line.at == datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)


def test_vietnamese_columns_in_another_order_with_semicolons_are_read():
    text = "\ufeffThời gian;Số tiền;Mã đơn hàng;Mã giao dịch;Loại\n2/3/2026 8:05;50.000 đồng;TT1;'GD1;Hoàn tiền\n"
    (line,) = read_statement(text)
    assert (line.kind, line.number, line.amount) == ("refund", "GD1", 50_000)
    assert line.at == datetime(2026, 3, 2, 8, 5, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "thiếu cột"),
        ("transaction,order\n", "thiếu cột"),
        (HEAD + "GD1,TT1,payment,năm mươi,2026-03-02T08:00\n", "dòng 2"),
        (HEAD + "GD1,TT1,payment,-5,2026-03-02T08:00\n", "dòng 2"),
        (HEAD + "GD1,TT1,payment,0,2026-03-02T08:00\n", "dòng 2"),
        (HEAD + "GD1,TT1,gift,5,2026-03-02T08:00\n", "dòng 2"),
        (HEAD + "GD1,TT1,payment,5,hôm qua\n", "dòng 2"),
        (HEAD + "GD1,TT1,payment,5\n", "dòng 2"),
        (HEAD + ",TT1,payment,5,2026-03-02T08:00\n", "dòng 2"),
        (HEAD + "GD\0,TT1,payment,5,2026-03-02T08:00\n", "ký tự"),
        (HEAD + f"{'9' * 81},TT1,payment,5,2026-03-02T08:00\n", "dòng 2"),
    ],
)
def test_statement_that_cannot_be_read_says_where(text, words):
    with pytest.raises(Refused, match=words):
        read_statement(text)


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text):
    with suppress(Refused):
        read_statement(text)


def test_checksum_is_the_one_of_the_standard():
    assert checksum(b"123456789") == 0x29B1


def test_transfer_code_says_bank_account_amount_and_note():
    told = transfer_code(bank_bin="970400", account_number="0011223344", amount=50_000, note="Phí 0001-đ")
    assert told.startswith("000201010212")
    assert "0010A000000727" in told
    assert "0006970400" in told and "01100011223344" in told
    assert "540550000" in told
    assert "5802VN" in told
    assert "0810PHI 0001D" not in told and "0809PHI 0001D" in told
    assert told[-4:] == f"{checksum(told[:-4].encode()):04X}"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (50_000, "Năm mươi nghìn đồng"),
        (105_000, "Một trăm linh năm nghìn đồng"),
        (1_234_567, "Một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy đồng"),
        (2_000_015, "Hai triệu không trăm mười lăm đồng"),
        (1_000_000_005, "Một tỷ không trăm linh năm đồng"),
        (3_400_000_000_000, "Ba nghìn bốn trăm tỷ đồng"),
    ],
)
def test_amounts_are_said_in_words(amount, words):
    assert in_words(amount) == words


def test_signature_holds_for_its_message_and_its_time_alone():
    body = b'{"order": "TT1"}'
    good = signing.signature("khóa", "1000", "POST", "/v1/orders", body)
    args = {"secret": "khóa", "time": "1000", "method": "POST", "path": "/v1/orders", "body": body, "given": good}
    assert signing.is_signed(**args, now=1000)
    assert signing.is_signed(**args, now=1000 + signing.MOST_SECONDS)
    assert not signing.is_signed(**args, now=1001 + signing.MOST_SECONDS)
    changes = (
        {"secret": "x"}, {"time": "1001"}, {"method": "GET"}, {"path": "/v1"}, {"body": body + b" "}, {"given": ""},
        {"given": "é" * 64}, {"time": "-5"}, {"time": ""}, {"time": "٣"},
    )  # fmt: skip
    for change in changes:
        assert not signing.is_signed(**{**args, **change}, now=1000), change
