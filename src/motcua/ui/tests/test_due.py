"""How far a due instant is, and in which words."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from motcua.base.clock import VIETNAM
from motcua.ui.rules.due import distance
from motcua.ui.templatetags.ui import due_tag, words

NOON = datetime(2026, 2, 9, 12, 0, tzinfo=VIETNAM)


def told(**facts):
    due_at = facts.pop("due_at")
    with translation.override("vi"):
        found = distance(due_at, NOON, VIETNAM, **facts)
        return found.tone, words(found)


@pytest.mark.parametrize(
    ("due_at", "minutes", "tone", "text"),
    [
        (NOON + timedelta(hours=30), 180, "soon", "còn 3 giờ làm việc"),
        (NOON + timedelta(hours=30), 840, "calm", "còn 14 giờ làm việc"),
        (NOON + timedelta(minutes=30), 30, "soon", "còn 30 phút làm việc"),
        (NOON - timedelta(hours=2), -120, "late", "quá hạn 2 giờ làm việc"),
        (NOON + timedelta(days=9), 2400, "calm", "còn 9 ngày"),
        (NOON + timedelta(days=1), None, "soon", "còn 1 ngày"),
        (NOON - timedelta(days=2), None, "late", "quá hạn 2 ngày"),
        (NOON + timedelta(hours=3), None, "soon", "còn 3 giờ"),
        (NOON - timedelta(minutes=5), None, "late", "quá hạn 5 phút"),
    ],
)
def test_due_is_told_in_words(due_at, minutes, tone, text):
    assert told(due_at=due_at, working_minutes=minutes) == (tone, text)


def test_due_counts_days_of_the_calendar_not_of_24_hours():
    assert told(due_at=datetime(2026, 2, 8, 23, 0, tzinfo=VIETNAM)) == ("late", "quá hạn 1 ngày")


def test_due_of_a_thing_done_in_time():
    assert told(due_at=NOON, done_at=NOON) == ("done", "xong đúng hạn")


def test_due_of_a_thing_done_late_says_so():
    assert told(due_at=NOON, done_at=NOON + timedelta(seconds=1)) == ("done", "xong trễ hạn")


def test_due_rests_while_paused():
    assert told(due_at=NOON - timedelta(days=9), paused=True) == ("paused", "tạm dừng tính giờ")


def test_due_tag_carries_words_and_the_machine_readable_instant():
    with translation.override("vi"):
        assert due_tag(NOON - timedelta(days=2), at=NOON) == (
            '<span class="mc-due mc-due--late"><b>quá hạn 2 ngày</b>'
            '<time datetime="2026-02-07T12:00:00+07:00">12:00 07/02/2026</time></span>'
        )


def test_due_tag_shows_nothing_without_an_instant():
    assert due_tag(None) == ""
