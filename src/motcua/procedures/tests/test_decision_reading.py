"""Decisions about procedures: letterhead, kinds, lists of many shapes, and what is wrong in them."""

import argparse
import json

import pytest

from motcua.base.command import BAD_INPUT, FINDINGS, FINE
from motcua.procedures.decision_command import DECISION_READ
from motcua.procedures.rules.decisions.reader import read_decision
from motcua.reading.plain_text import read_text

HEAD = """ỦY BAN NHÂN DÂN
TỈNH THỬ
Số: 15/QĐ-UBND
Thử, ngày 03 tháng 3 năm 2026
QUYẾT ĐỊNH
{title}
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH THỬ
Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ;
QUYẾT ĐỊNH:
Điều 1. {first}
Điều 2. {second}
Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành Quyết định này./.
Nơi nhận:
- Như Điều 3;
{annex}
"""
TWO_LISTS = """DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH VÀ BỊ BÃI BỎ
I. THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH
|STT|Mã TTHC|Tên thủ tục hành chính|Thời hạn|
|1|1.014001|Cấp giấy phép thử nghiệm|05 ngày làm việc|
|2|1.014002.000.00.00.H27|Gia hạn giấy phép thử nghiệm|03 ngày làm việc|
II. THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ
|STT|Mã TTHC|Tên thủ tục hành chính|Thời hạn|
|1|2.000111|Thu hồi giấy phép thử nghiệm|10 ngày làm việc|"""


def decision(
    title="VỀ VIỆC CÔNG BỐ THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH VÀ BỊ BÃI BỎ",
    first="Công bố kèm theo Quyết định này 02 thủ tục hành chính mới ban hành và 01 thủ tục hành chính bị bãi bỏ.",
    second="Quyết định này có hiệu lực thi hành kể từ ngày 15 tháng 3 năm 2026.",
    annex=TWO_LISTS,
):
    text = HEAD.format(title=title, first=first, second=second, annex=annex)
    return read_decision(read_text(text.encode()))


def codes(reading):
    return [(one.code, one.change) for one in reading.procedures]


def test_decision_is_read_whole():
    read = decision()
    assert (read.number, read.date, read.valid_from) == ("15/QĐ-UBND", "2026-03-03", "2026-03-15")
    assert read.issuer == "Ủy ban nhân dân tỉnh Thử"
    assert read.title == "Về việc công bố thủ tục hành chính mới ban hành và bị bãi bỏ"
    assert read.kinds == ("announce_new", "announce_abolished")
    assert [(one.code, one.name, one.change) for one in read.procedures] == [
        ("1.014001", "Cấp giấy phép thử nghiệm", "new"),
        ("1.014002", "Gia hạn giấy phép thử nghiệm", "new"),
        ("2.000111", "Thu hồi giấy phép thử nghiệm", "abolished"),
    ]
    assert read.procedures[1].local_code == "1.014002.000.00.00.H27"
    assert (read.stated, read.warnings) == ({"new": 2, "abolished": 1}, ())


def test_list_that_says_less_than_the_article_is_told():
    read = decision(first="Công bố 05 thủ tục hành chính mới ban hành và 01 thủ tục hành chính bị bãi bỏ.")
    assert [doubt.code for doubt in read.warnings] == ["count-differs"]
    assert "nêu 5 thủ tục" in read.warnings[0].message


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("có hiệu lực thi hành kể từ ngày ký.", "2026-03-03"),
        ("có hiệu lực từ ngày 01/4/2026.", "2026-04-01"),
        ("có hiệu lực thi hành kể từ ngày ban hành và bãi bỏ Quyết định số 1/QĐ-UBND.", "2026-03-03"),
        ("có hiệu lực thi hành kể từ ngày Thông tư số 36/2025/TT-BKHCN có hiệu lực.", None),
        ("có hiệu lực từ ngày 31/02/2026.", None),
    ],
)
def test_day_of_effect(said, day):
    read = decision(second=f"Quyết định này {said}")
    assert read.valid_from == day
    assert ("valid-from-unclear" in [doubt.code for doubt in read.warnings]) is (day is None)


@pytest.mark.parametrize(
    ("title", "first", "kinds"),
    [
        ("CÔNG BỐ THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG", "Công bố kèm theo.", ("announce_modified",)),
        ("CÔNG BỐ THỦ TỤC HÀNH CHÍNH ĐƯỢC THAY THẾ, BỊ BÃI BỎ", "Công bố.",
         ("announce_replaced", "announce_abolished")),
        ("CÔNG BỐ THỦ TỤC HÀNH CHÍNH SỬA ĐỔI, BỔ SUNG, THAY THẾ", "Công bố.",
         ("announce_modified", "announce_replaced")),
        ("PHÊ DUYỆT QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "Phê duyệt.", ("workflow",)),
        ("CÔNG BỐ THỦ TỤC HÀNH CHÍNH LĨNH VỰC TƯ PHÁP", "Công bố kèm theo Quyết định này thủ tục hành chính nội bộ.",
         ("internal_procedure",)),
        ("DANH MỤC THỦ TỤC HÀNH CHÍNH KHÔNG PHỤ THUỘC VÀO ĐỊA GIỚI", "Ban hành.", ("non_territorial",)),
        ("VỀ VIỆC ỦY QUYỀN GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", "Ủy quyền.", ("delegation",)),
        ("SỬA ĐỔI, BỔ SUNG QUYẾT ĐỊNH SỐ 3/QĐ-UBND VỀ VIỆC CÔNG BỐ THỦ TỤC HÀNH CHÍNH BỊ BÃI BỎ",
         "Công bố 03 thủ tục hành chính được sửa đổi, bổ sung.", ("announce_modified",)),
    ],
)  # fmt: skip
def test_kinds(title, first, kinds):
    assert decision(title=title, first=first, annex="").kinds == kinds


def test_kind_comes_from_the_lists_where_title_and_article_are_silent():
    read = decision(title="CÔNG BỐ DANH MỤC THỦ TỤC HÀNH CHÍNH", first="Công bố danh mục kèm theo.")
    assert read.kinds == ("announce_new", "announce_abolished")


def test_name_may_stand_before_the_code():
    annex = "DANH MỤC\n|TT|Tên thủ tục hành chính|Mã TTHC|\n|1|Cấp giấy phép thử nghiệm|1.014001|"
    assert [(one.code, one.name) for one in decision(annex=annex).procedures] == [
        ("1.014001", "Cấp giấy phép thử nghiệm")
    ]


def test_list_without_codes_is_read_once_though_its_workflows_follow():
    head = "|TT|Tên thủ tục hành chính|Thời hạn|"
    annex = f"""DANH MỤC THỦ TỤC HÀNH CHÍNH NỘI BỘ MỚI BAN HÀNH
{head}
|1|Thủ tục hỗ trợ chi phí|5 ngày|
|2|Thủ tục cử người đi học|3 ngày|
QUY TRÌNH NỘI BỘ
|TT|Tên thủ tục hành chính|Quy trình|
|1|Thủ tục hỗ trợ chi phí Thời gian: 5 ngày|Tiếp nhận|"""
    assert [one.name for one in decision(annex=annex).procedures] == [
        "Thủ tục hỗ trợ chi phí", "Thủ tục cử người đi học",
    ]  # fmt: skip


def test_broken_code_is_named_and_its_row_kept():
    read = decision(annex=TWO_LISTS.replace("1.014001", "1.01400"))
    assert codes(read) == [("", "new"), ("1.014002", "new"), ("2.000111", "abolished")]
    assert [(doubt.code, doubt.line is not None) for doubt in read.warnings] == [("code-broken", True)]


def test_code_with_two_names_is_a_warning():
    read = decision(annex=TWO_LISTS.replace("1.014002.000.00.00.H27", "1.014001"))
    assert "code-repeated" in [doubt.code for doubt in read.warnings]


def test_code_that_a_column_broke_is_read():
    read = decision(annex=TWO_LISTS.replace("1.014002.000.00.00.H27", "1.014002.00 0.00.00.H27"))
    assert [(one.code, one.local_code) for one in read.procedures][1] == ("1.014002", "1.014002.000.00.00.H27")


def test_codes_cited_in_the_articles_are_not_listed():
    read = decision(second="Thay thế thủ tục mã 1.009999. Quyết định này có hiệu lực kể từ ngày ký.")
    assert "1.009999" not in [one.code for one in read.procedures]


def test_text_that_is_no_decision_gives_warnings_only():
    read = read_decision(read_text("Kính gửi ông Thử.\nHôm nay trời đẹp.".encode()))
    assert (read.kinds, read.procedures, read.number) == ((), (), None)
    assert {"number-missing", "date-missing", "kind-unknown"} <= {doubt.code for doubt in read.warnings}


def run(capfdbinary, file, *, as_json=True):
    code = DECISION_READ.run(argparse.Namespace(file=str(file), json=as_json))
    return code, capfdbinary.readouterr().out.decode()


def test_command_has_the_contract(tmp_path, capfdbinary):
    file = tmp_path / "decision.txt"
    file.write_text(
        HEAD.format(
            title="CÔNG BỐ THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH VÀ BỊ BÃI BỎ", first="Công bố.",
            second="Quyết định này có hiệu lực kể từ ngày ký.", annex=TWO_LISTS,
        ),
        encoding="utf-8",
    )  # fmt: skip
    code, out = run(capfdbinary, file)
    read = json.loads(out)
    assert code == FINE
    assert {"kinds", "number", "date", "issuer", "title", "procedures", "warnings"} <= set(read)
    assert {"code", "name", "change", "source"} <= set(read["procedures"][0])
    assert set(read["procedures"][0]["source"]) == {"line_start", "line_end"}
    assert "1.014001   Mới ban hành: Cấp giấy phép thử nghiệm" in run(capfdbinary, file, as_json=False)[1]


def test_command_tells_findings_from_bad_input(tmp_path, capfdbinary):
    vague, empty = tmp_path / "a.txt", tmp_path / "b.txt"
    vague.write_text("Không phải quyết định nào cả.", encoding="utf-8")
    empty.write_bytes(b"")
    assert [run(capfdbinary, file)[0] for file in (vague, empty, tmp_path / "none.txt")] == [
        FINDINGS, BAD_INPUT, BAD_INPUT,
    ]  # fmt: skip


def test_name_stands_under_its_heading_and_not_beside_the_code():
    annex = """DANH MỤC THỦ TỤC HÀNH CHÍNH ĐƯỢC SỬA ĐỔI, BỔ SUNG
|STT|Tên thủ tục hành chính|Tên văn bản quy định|Cơ quan thực hiện|Mã số TTHC|
|1|Công nhận giống thử nghiệm|Nghị định số 1/2026/NĐ-CP|Sở Nông nghiệp và Môi trường|1.014003|"""
    read = decision(annex=annex)
    assert [(one.name, one.change) for one in read.procedures] == [("Công nhận giống thử nghiệm", "amended")]


def test_row_that_states_its_own_change_is_nearer_than_headings():
    annex = """DANH MỤC THỦ TỤC HÀNH CHÍNH CẤP XÃ
|TT|Mã TTHC|Tên TTHC|Thời hạn|Ghi chú|
|1|1.014004|Đăng ký việc thử nghiệm|Ngay trong ngày|TTHC mới ban hành|
|2|1.014005|Đăng ký lại việc thử nghiệm|03 ngày làm việc|TTHC được thay thế|
|3|1.014006|Xóa đăng ký việc thử nghiệm|03 ngày làm việc|Bị bãi bỏ|"""
    assert [one.change for one in decision(annex=annex).procedures] == ["new", "replaced", "abolished"]


def test_list_in_the_articles_is_read_where_there_is_no_annex():
    read = decision(
        title="Bãi bỏ thủ tục hành chính lĩnh vực Thử nghiệm",
        first="""Bãi bỏ 02 thủ tục hành chính đã được công bố tại Quyết định số 9/QĐ-UBND, gồm:
1. Chuyển loại việc thử nghiệm (mã số 1.014007.000.00.00.H13).
2. Công nhận nguồn giống thử nghiệm - 1.014008""",
        annex="",
    )
    assert [(one.code, one.name, one.change) for one in read.procedures] == [
        ("1.014007", "Chuyển loại việc thử nghiệm", "abolished"),
        ("1.014008", "Công nhận nguồn giống thử nghiệm", "abolished"),
    ]
    assert read.warnings == ()


def test_label_of_a_name_is_no_part_of_it():
    annex = "QUY TRÌNH NỘI BỘ\n1. Tên thủ tục: Cấp giấy phép thử nghiệm (Mã TTHC: 1.014001)\n|Bước|Nội dung|\n|B1|Nhận|"
    assert [one.name for one in decision(annex=annex).procedures] == ["Cấp giấy phép thử nghiệm"]
