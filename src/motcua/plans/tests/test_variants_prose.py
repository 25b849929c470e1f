"""Work given in sentences, in the manners of plans, decisions, letters and resolutions; each invented here."""

import pytest

from motcua.plans.rules.bodies.body_names import end_of_names
from motcua.plans.rules.bodies.doers import doers, is_owner
from motcua.plans.tests.variants import plan, told


def bodies(*blocks):
    return [("; ".join(one.lead), one.deadline_text) for one in plan(*blocks).body_tasks]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Giao Sở Nội vụ đưa kết quả vào tiêu chí thi đua.", ["Sở Nội vụ"]),
        ("Sở Nông nghiệp và Môi trường vẽ lại bản đồ.", ["Sở Nông nghiệp và Môi trường"]),
        ("Phòng Kinh tế, Hạ tầng và Đô thị lắp camera.", ["Phòng Kinh tế, Hạ tầng và Đô thị"]),
        ("Sở Y tế, Sở Giáo dục và Đào tạo cùng rà soát.", ["Sở Y tế", "Sở Giáo dục và Đào tạo"]),
        ("Các cơ quan, đơn vị được giao chỉ tiêu xây dựng kế hoạch.", ["Các cơ quan, đơn vị được giao chỉ tiêu"]),
        ("Công an tỉnh Đôi Bờ xoá dữ liệu trùng.", ["Công an tỉnh Đôi Bờ"]),
        ("Chủ tịch UBND tỉnh yêu cầu Sở Tài chính chuyển kinh phí.", ["Sở Tài chính"]),
        ("Đối với UBND các xã, phường: nhắc việc hằng tuần.", ["UBND các xã, phường"]),
        ("Trưởng các phòng, chi cục trưởng các chi cục chịu trách nhiệm.",
         ["Trưởng các phòng", "chi cục trưởng các chi cục"]),
        ("Môi trường làm việc được cải thiện.", []),
        ("Mở rộng dịch vụ công.", []),
    ],
)  # fmt: skip
def test_sentence_says_who_is_to_do_it(sentence, names):
    assert doers(sentence)[0] == names


def test_name_that_stands_alone_elsewhere_is_whole():
    sentence = "Trung tâm Dữ liệu vùng vớt bèo."
    assert doers(sentence)[0] == []
    assert doers(sentence, known={"Trung tâm Dữ liệu vùng"})[0] == ["Trung tâm Dữ liệu vùng"]
    assert end_of_names("Các sở, ban, ngành thuộc diện sắp xếp") is None


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Phòng Kế hoạch - Tài chính tổng hợp:", True),
        ("Sở Nội vụ có trách nhiệm:", True),
        ("Các sở, ban, ngành; UBND cấp xã", True),
        ("Sở Tư pháp thẩm định văn bản:", False),
        ("Báo cáo kết quả", False),
    ],
)
def test_line_that_only_names_bodies_heads_their_work(line, is_one):
    assert is_owner(line) is is_one


def test_units_as_headings_with_times_in_brackets():
    assert bodies(
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Sở Nông nghiệp và Môi trường",
        "- Giải quyết dứt điểm hồ sơ quá hạn (quý IV/2025 và quý I/2026).",
        "- Công khai quy trình (thường xuyên).",
        "2. Sở Xây dựng:",
        "a) Báo cáo nguyên nhân chậm muộn (20/11/2025).",
    ) == [
        ("Sở Nông nghiệp và Môi trường", "quý IV/2025 và quý I/2026"),
        ("Sở Nông nghiệp và Môi trường", "thường xuyên"),
        ("Sở Xây dựng", "20/11/2025"),
    ]


@pytest.mark.parametrize("heading", ["TỔ CHỨC THỰC HIỆN", "Tổ chức thực hiện", "PHÂN CÔNG TRÁCH NHIỆM"])
def test_heading_without_number_opens_the_part_that_gives_work(heading):
    assert bodies(heading, "- Các sở, ngành; UBND cấp xã bố trí kinh phí.", "- Sở Nội vụ đôn đốc việc thực hiện.") == [
        ("Các sở, ngành; UBND cấp xã", ""),
        ("Sở Nội vụ", ""),
    ]


def test_articles_of_a_resolution_give_work():
    assert bodies(
        "Điều 1. Mục tiêu",
        "Điều 2. Giao nhiệm vụ",
        "1. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện Nghị quyết.",
        "Điều 3. Sở Tài chính cân đối kinh phí trước ngày 01/3/2026.",
        "Điều 4. Chánh Văn phòng UBND tỉnh chịu trách nhiệm thi hành Quyết định này.",
    ) == [("Ủy ban nhân dân tỉnh", ""), ("Sở Tài chính", "trước ngày 01/3/2026")]


def test_sentence_below_the_last_table_gives_work():
    table = ["TT|Nhiệm vụ|Chủ trì|Thời hạn", "1|Rà soát văn bản|Sở Tư pháp|Quý I/2026"]
    closing = ["Các cơ quan thành viên báo cáo kết quả khi có yêu cầu.", "Nơi nhận:", "Văn phòng lưu giữ bản chính."]
    assert bodies(table, *closing) == [("Các cơ quan thành viên", "")]


def test_one_task_written_out_with_labels_is_read():
    read = plan(
        "II. NHIỆM VỤ",
        "1. Xây dựng cơ sở dữ liệu hộ tịch dùng chung.",
        "- Cơ quan chủ trì: Sở Tư pháp.",
        "- Thời gian hoàn thành: Quý III/2026.",
    )
    assert told(read, "number", "lead", "due") == [("1", "Sở Tư pháp", "2026-09-30")]


def test_body_and_time_in_a_closing_bracket_are_fields():
    read = plan(
        "II. NHIỆM VỤ",
        "1. Xây dựng cơ sở dữ liệu hộ tịch (Sở Tư pháp; quý III/2026).",
        "2. Tập huấn công chức một cửa (Sở Nội vụ, hoàn thành trước 30/6/2026).",
        "3. Chuẩn hóa danh mục (kèm theo Phụ lục I; 12 thủ tục).",
    )
    assert told(read, "text", "lead", "due")[:2] == [
        ("Xây dựng cơ sở dữ liệu hộ tịch", "Sở Tư pháp", "2026-09-30"),
        ("Tập huấn công chức một cửa", "Sở Nội vụ", "2026-06-29"),
    ]


def test_sentence_that_asks_for_all_items_below_gives_them_to_its_bodies():
    assert bodies(
        "Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành; UBND các xã, phường thực hiện các nội dung sau:",
        "1. Rà soát quy trình nội bộ, hoàn thành trước ngày 30/6/2026.",
        "2. Sở Nội vụ tổng hợp, báo cáo.",
    ) == [("các sở, ban, ngành; UBND các xã, phường", "trước ngày 30/6/2026"), ("Sở Nội vụ", "")]


@pytest.mark.parametrize("begins", ["Căn cứ", "Thực hiện", "Triển khai", "Trên cơ sở"])
def test_instrument_that_a_plan_carries_out_is_cited(begins):
    read = plan(f"{begins} Quyết định số 2150/QĐ-UBND ngày 22/12/2025 của UBND tỉnh, Sở Nội vụ xây dựng Kế hoạch:")
    assert [(one.type, one.number) for one in read.legal_bases] == [("Quyết định", "2150/QĐ-UBND")]
