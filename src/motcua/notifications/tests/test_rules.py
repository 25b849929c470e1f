"""Words, masks and SMS letters."""

from datetime import date

import pytest

from motcua.notifications.rules.masking import masked
from motcua.notifications.rules.templates import Template, faults_of, filled, without_diacritics, words_on

OLD = Template("e", "*", "2018-01-01", "2025-12-31", "cũ {code}", "s")
NEW = Template("e", "*", "2026-01-01", "", "mới {code}", "s")
SHORT = Template("e", "sms", "2026-01-01", "", "ngắn {code}", "s")
ROWS = (OLD, NEW, SHORT)


@pytest.mark.parametrize(
    "channel, day, found",
    [
        ("email", date(2025, 12, 31), OLD),
        ("email", date(2026, 1, 1), NEW),
        ("sms", date(2026, 1, 1), SHORT),
        ("sms", date(2025, 1, 1), OLD),
        ("sms", date(2017, 1, 1), None),
    ],
)
def test_words_are_those_of_the_day_and_of_the_channel_first(channel, day, found):
    assert words_on(ROWS, "e", channel, day) == found


def test_values_are_put_in_as_they_are():
    assert filled("a {code} {none}", {"code": "{due}"}) == "a {due} "


def test_faults_of_rows_are_named():
    known = {"e": frozenset({"code"})}
    assert faults_of(ROWS, known) == []
    bad = (
        Template("x", "*", "2026-01-01", "", "t", "s"),
        Template("e", "*", "2026-02-01", "2026-01-01", "{name}", "s"),
        Template("e", "sms", "2026-05-01", "", "a" * 400, "s"),
        SHORT,
    )
    assert [fault.partition(": ")[2] for fault in faults_of(bad, known)] == [
        "unknown event", "unknown field name", "ends before it begins", "longer than two messages", "two rows at once",
    ]  # fmt: skip


def test_sms_letters_are_bare():
    assert without_diacritics("Đã trả “kết quả” – hẹn 17:00…") == 'Da tra "ket qua" - hen 17:00...'


@pytest.mark.parametrize(
    "address, shown",
    [
        ("0900000123", "09*****123"),
        ("thu@example.org", "t***@e***.org"),
        ("1", "***"),
        ("", "***"),
        ("a@b", "a***@***"),
    ],
)
def test_addresses_are_masked(address, shown):
    found = masked(address)
    assert address not in found or not address
    assert found == shown
