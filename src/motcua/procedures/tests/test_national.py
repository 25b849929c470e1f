"""The national set: the portal's files as they are, moved columns, what differs and what becomes of it."""

import argparse
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from motcua.base.refusal import Refused
from motcua.procedures.actions.national import import_national_set, propose_differences
from motcua.procedures.commands import COMMANDS
from motcua.procedures.factories import make_office
from motcua.procedures.models import NationalRecord, Proposal
from motcua.procedures.publication_queries import national_differences
from motcua.procedures.tests.conftest import DAY, load

pytestmark = pytest.mark.django_db
ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
EXPORTS = sorted((ROOT.parent / "shared" / "data" / "procedures" / "raw_xlsx").glob("*.xlsx"))
HEAD = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]
ROW = ["1.004845", "Thủ tục thử", "Bộ Thử", "Sở Thử\nỦy ban nhân dân cấp xã", "Thử"]
BIRTH = "1.001193"


@pytest.fixture
def sheet(tmp_path):
    def make(*rows: list[str]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / "danh-sach.xlsx"
        book.save(path)
        return path

    return make


def take(path: Path, day: date = DAY):
    return import_national_set(path=path, actor="", seen_on=day)


@pytest.mark.skipif(not EXPORTS, reason="the real exports stand beside the checkout")
@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_real_export_is_read_as_it_is(path):
    book = openpyxl.load_workbook(path, read_only=True)
    codes = {row[0] for row in book.worksheets[0].iter_rows(min_row=3, values_only=True) if row[0]}
    done = take(path)
    assert (done.rows, done.changed, done.is_list) == (len(codes), len(codes), True)
    assert set(NationalRecord.objects.values_list("procedure_code", flat=True)) == codes
    assert take(path).changed == 0


def test_columns_are_found_wherever_they_stand(sheet):
    order = [4, 0, 2, 1, 3]
    take(sheet(["DANH SÁCH"], [], [HEAD[at] for at in order], [ROW[at] for at in order]))
    record = NationalRecord.objects.get()
    assert (record.procedure_code, record.name, record.field, record.issuing_agency, record.executing_agencies) == (
        "1.004845", "Thủ tục thử", "Thử", "Bộ Thử", ["Sở Thử", "Ủy ban nhân dân cấp xã"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["Cột", "Khác"], ["x", "y"]], "không có dòng tiêu đề"),
        ([HEAD], "không có thủ tục nào"),
        ([[name for name in HEAD if name != "Lĩnh vực"], ROW], "thiếu cột “Lĩnh vực”"),
        ([HEAD, ROW, ["1.00", *ROW[1:]]], "dòng 3: mã thủ tục phải có dạng 1.000948, không phải “1.00”"),
        ([HEAD, ROW, ROW], r"dòng 3: mã thủ tục đã có ở dòng trước: 1.004845 \(2\)"),
        ([HEAD, [ROW[0], "", *ROW[2:]]], "dòng 2: thủ tục không có tên"),
    ],
)
def test_wrong_sheet_is_located_and_nothing_is_written(sheet, rows, says):
    with pytest.raises(Refused, match=says):
        take(sheet(*rows))
    assert NationalRecord.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no workbook at all"])
def test_file_that_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match="Không đọc được tệp “x.xlsx”"):
        take(path)


def test_whole_records_keep_their_parts_when_a_list_names_them(catalogue_file, sheet):
    take(catalogue_file("1.004845", file="whole.jsonl"))
    take(sheet(HEAD, ROW))
    assert NationalRecord.objects.get().is_list is False


def test_same_set_differs_in_nothing(catalogue_file):
    load(catalogue_file(BIRTH, "1.000894"))
    take(catalogue_file(BIRTH, "1.000894", file="national.jsonl"))
    assert national_differences(DAY) == []


def test_every_kind_of_difference_is_found(catalogue_file):
    load(catalogue_file(BIRTH, "1.000894"))
    take(catalogue_file(BIRTH, file="a.jsonl", conditions="Điều kiện mới"))
    take(catalogue_file("1.004845", file="b.jsonl"))
    found = {(one.code, one.reason): one.parts for one in national_differences(DAY)}
    assert found == {
        (BIRTH, "differs"): ("conditions",),
        ("1.000894", "outdated"): (),
        ("1.004845", "unpublished"): (),
    }


def test_agency_that_was_never_imported_says_nothing(catalogue_file):
    load(catalogue_file(BIRTH, "1.012906"))
    take(catalogue_file(BIRTH, file="a.jsonl"))
    assert national_differences(DAY) == []


def test_list_is_compared_in_what_it_states(catalogue_file, sheet, row_of):
    load(catalogue_file(BIRTH))
    row = row_of[BIRTH]
    take(sheet(HEAD, [BIRTH, "Tên khác hẳn", row["issuing_agency"], "", row["field"]]))
    assert [one.parts for one in national_differences(DAY)] == [("name",)]


def test_differences_are_proposed_once_and_settled_when_gone(catalogue_file):
    control = make_office().people["control"]
    load(catalogue_file(BIRTH))
    take(catalogue_file(BIRTH, file="a.jsonl", conditions="Điều kiện mới"))
    first, again = propose_differences(actor=control), propose_differences(actor=control)
    assert [(one.new, one.settled, one.open) for one in (first, again)] == [(1, 0, 1), (0, 0, 1)]
    proposal = Proposal.objects.get()
    assert (proposal.change, proposal.reason, proposal.parts, proposal.state) == (
        "amended", "differs", ["conditions"], "open",
    )  # fmt: skip
    take(catalogue_file(BIRTH, file="b.jsonl"))
    assert propose_differences(actor=control).settled == 1
    assert Proposal.objects.get().state == "settled"


def test_command_imports_and_tells_differences(catalogue_file, capfd):
    load(catalogue_file(BIRTH))
    command = next(one for one in COMMANDS if one.name == "procedures national")
    path = catalogue_file(BIRTH, file="a.jsonl", conditions="Điều kiện mới")
    assert command.run(argparse.Namespace(files=[str(path)], json=False)) == 1
    assert capfd.readouterr().out == f"{BIRTH}  differs  conditions\n"
    assert command.run(argparse.Namespace(files=["none.xlsx"], json=False)) == 2
