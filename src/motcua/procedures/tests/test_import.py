"""Taking over a catalogue: all of it, once, in versions, or nothing of a batch."""

import gzip
from datetime import date

import pytest
from django.db import DatabaseError

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.procedures.actions import catalogue
from motcua.procedures.actions.catalogue import NATIONAL_CATALOGUE, Imported
from motcua.procedures.models import Component, FilingChannel, Procedure, ProcedureResult, ProcedureVersion
from motcua.procedures.queries import number_by_level, number_in_force, number_offered_online
from motcua.procedures.tests.conftest import DAY, load

pytestmark = pytest.mark.django_db


def test_import_takes_all_of_the_national_catalogue():
    assert load(NATIONAL_CATALOGUE) == Imported(written=2849, superseded=0, unchanged=0)
    assert Procedure.objects.count() == ProcedureVersion.objects.count() == 2849
    assert Component.objects.count() == 15_880
    assert FilingChannel.objects.count() == 7_540
    assert ProcedureResult.objects.count() == 3_583
    assert number_in_force(DAY) == 2849
    assert number_by_level(DAY) == {"province": 1288, "commune": 673, "ministry": 1553, "other": 54}
    assert number_offered_online(DAY) == 2190


def test_import_again_writes_nothing(catalogue_file):
    path = catalogue_file("1.001193", "1.012906")
    load(path)
    facts = Fact.objects.count()
    assert load(path) == Imported(written=0, superseded=0, unchanged=2)
    assert load(path, date(2026, 1, 1)) == Imported(written=0, superseded=0, unchanged=2)
    assert Fact.objects.count() == facts


def test_import_records_one_fact_for_a_batch(catalogue_file):
    load(catalogue_file("1.001193", "1.012906"))
    fact = Fact.objects.get(verb="catalogue.imported")
    assert (fact.subject, fact.data) == (
        "catalogue",
        {"file": "some.jsonl", "written": 2, "superseded": 0, "unchanged": 0, "valid_from": "2025-07-01"},
    )


def test_changed_row_makes_a_version_and_ends_the_one_before(catalogue_file):
    load(catalogue_file("1.001193"))
    changed = catalogue_file("1.001193", file="later.jsonl", conditions="Điều kiện mới")
    assert load(changed, date(2026, 3, 1)) == Imported(written=1, superseded=1, unchanged=0)
    old, new = ProcedureVersion.objects.order_by("valid_from")
    assert (old.valid_to, new.valid_from, new.valid_to) == (date(2026, 2, 28), date(2026, 3, 1), None)
    assert (old.conditions, new.conditions) == ("", "Điều kiện mới")
    assert old.components.count() == new.components.count() == 33


@pytest.mark.parametrize("day", [DAY, date(2025, 1, 1)])
def test_published_version_is_not_edited(catalogue_file, day):
    load(catalogue_file("1.001193"))
    with pytest.raises(Refused, match="Dòng 1: thủ tục 1.001193 đã có phiên bản khác đến ngày 01/07/2025"):
        load(catalogue_file("1.001193", file="later.jsonl", conditions="Điều kiện mới"), day)
    assert ProcedureVersion.objects.get().conditions == ""


def test_interrupted_import_keeps_whole_batches_and_goes_on(catalogue_file, monkeypatch):
    path = catalogue_file("1.001193", "1.012906", "1.012783")
    monkeypatch.setattr(catalogue, "BATCH", 1)
    write, calls = catalogue._write_components, []

    def broken(parted):
        calls.append(parted)
        if len(calls) == 2:
            raise DatabaseError("gone")
        write(parted)

    monkeypatch.setattr(catalogue, "_write_components", broken)
    with pytest.raises(DatabaseError):
        load(path)
    assert ProcedureVersion.objects.count() == Procedure.objects.count() == 1
    assert load(path) == Imported(written=2, superseded=0, unchanged=1)
    assert all(version.components.exists() for version in ProcedureVersion.objects.all())


def refusal_of(path) -> str:
    with pytest.raises(Refused) as refused:
        load(path)
    assert not Procedure.objects.exists()
    assert not Fact.objects.filter(verb="catalogue.imported").exists()
    return refused.value.message


def test_wrong_field_is_named_with_its_line_and_nothing_is_written(catalogue_file):
    good = catalogue_file("1.001193")
    bad = catalogue_file("1.012906", file="bad.jsonl", levels=["Cấp huyện"])
    good.write_text(good.read_text("utf-8") + "\n" + bad.read_text("utf-8"), "utf-8")
    assert refusal_of(good) == "Dòng 3, trường “levels”: không có cấp thực hiện “Cấp huyện”."


def test_code_twice_is_named(catalogue_file):
    path = catalogue_file("1.001193")
    path.write_text(path.read_text("utf-8") * 2, "utf-8")
    assert refusal_of(path) == "Dòng 2: mã thủ tục 1.001193 đã có ở dòng 1."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Tệp “bad.jsonl” không có thủ tục nào."),
        (b"\n\n", "Tệp “bad.jsonl” không có thủ tục nào."),
        (b"x\n", "Dòng 1: không phải JSON đúng (ký tự 1)."),
        (b"[1]\n", "Dòng 1: không phải một đối tượng JSON."),
        (b"[" * 200_000, "Dòng 1: JSON lồng quá sâu."),
        (b"\xff\xfe\x00", "Tệp “bad.jsonl” không phải văn bản UTF-8."),
        (b"x" * 2_000_001, "Dòng 1 dài quá mức cho phép."),
    ],
)
def test_file_that_is_no_catalogue_is_refused(tmp_path, content, message):
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    assert refusal_of(path) == message


def test_broken_archive_is_refused(tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(b"{}" * 1000)[:20])
    assert refusal_of(path) == "Không đọc được tệp “cut.jsonl.gz”."
    assert refusal_of(tmp_path / "absent.jsonl") == "Không đọc được tệp “absent.jsonl”."
