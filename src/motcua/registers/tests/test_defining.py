"""Definitions: drafted, published, replaced; shipped ones taken in once."""

from datetime import date

import pytest

from motcua.base.refusal import Refused
from motcua.registers.actions import shipping
from motcua.registers.actions.defining import draft, drop_draft, publish
from motcua.registers.actions.keeping import keep
from motcua.registers.models import Register, RegisterVersion
from motcua.registers.queries import version_on
from motcua.registers.rules.definitions import definition_from
from motcua.registers.tests.definitions import CASES, DIALOGUES, PORTAL, changed


def test_publishing_ends_the_version_before(cast, talks):
    draft(changed(DIALOGUES, valid_from="2026-01-01", title="Sổ mới"), actor=cast.control)
    publish("talks", actor=cast.control)
    talks.refresh_from_db()
    assert talks.title == "Sổ mới"
    assert version_on(talks, date(2025, 12, 31)).number == 1
    assert version_on(talks, date(2026, 1, 1)).number == 2
    assert talks.versions.get(number=1).valid_to == date(2025, 12, 31)


def test_entries_keep_the_version_they_were_written_under(cast, talk, talks):
    fields = [each for each in DIALOGUES["fields"] if each["code"] != "people"]
    measures = [each for each in DIALOGUES["measures"] if each["kind"] == "count"]
    draft(changed(DIALOGUES, valid_from="2026-01-01", fields=fields, measures=measures), actor=cast.control)
    publish("talks", actor=cast.control)
    talk.refresh_from_db()
    assert talk.version.number == 1 and "people" in talk.definition.by_code


def test_a_published_version_cannot_be_replaced_from_the_same_day(cast, talks):
    draft(changed(DIALOGUES), actor=cast.control)
    with pytest.raises(Refused, match="đã có phiên bản"):
        publish("talks", actor=cast.control)


def test_only_the_province_defines(cast):
    with pytest.raises(Refused):
        draft(DIALOGUES, actor=cast.leader)


def test_a_confidential_register_with_entries_stays_so(cast, cases):
    keep(cases, unit=cast.department, actor=cast.leader, values={"got_on": "2026-03-05", "about": "Phản ánh"})
    draft(changed(CASES, valid_from="2026-01-01", confidential=False), actor=cast.control)
    with pytest.raises(Refused, match="Sổ mật"):
        publish("cases", actor=cast.control)


def test_dropping_the_only_draft_drops_the_register(cast):
    draft(PORTAL, actor=cast.control)
    drop_draft("portal", actor=cast.control)
    assert not Register.objects.exists()


def test_prefixes_are_told_apart(cast):
    draft(PORTAL, actor=None)
    draft(changed(PORTAL, code="portal-2"), actor=None)
    assert list(Register.objects.order_by("code").values_list("prefix", flat=True)) == ["STSL", "STSL2"]


def test_shipped_definitions_are_taken_in_once(cast, monkeypatch):
    shipped = (definition_from(DIALOGUES), definition_from(PORTAL))
    monkeypatch.setattr(shipping, "shipped_definitions", lambda: shipped)
    assert (shipping.take_in_shipped(), shipping.take_in_shipped()) == (2, 0)
    assert RegisterVersion.objects.filter(state="published").count() == 2


def test_shipped_definitions_leave_what_officers_made(cast, talks, monkeypatch):
    draft(changed(DIALOGUES, valid_from="2026-02-01"), actor=cast.control)
    publish("talks", actor=cast.control)
    monkeypatch.setattr(shipping, "shipped_definitions", lambda: (definition_from(DIALOGUES),))
    assert shipping.take_in_shipped() == 0
