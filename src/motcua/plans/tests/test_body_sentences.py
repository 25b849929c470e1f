"""Work given in sentences of decisions, conclusions, letters and plans: whom it is given to, and by when."""

import pytest

from motcua.plans.rules.bodies.doers import doers
from motcua.plans.rules.reader import understand
from motcua.plans.rules.times.deadline_phrases import find_deadline
from motcua.plans.rules.times.deadlines import parse_deadline
from motcua.reading.blocks import Document, Paragraph, Place

TOP = ["ỦY BAN NHÂN DÂN", "TỈNH LAM KHÊ", "Lam Khê, ngày 05 tháng 02 năm 2026"]
CONCLUSION = [*TOP, "Số: 88/TB-UBND", "THÔNG BÁO", "Kết luận của Chủ tịch UBND tỉnh về cải cách thủ tục hành chính"]
DECISION = [*TOP, "Số: 41/QĐ-UBND", "QUYẾT ĐỊNH", "Về việc phân công nhiệm vụ năm 2026", "QUYẾT ĐỊNH:"]
LETTER = [*TOP, "Số: 9/UBND-KSTT", "V/v giải quyết hồ sơ trực tuyến", "Kính gửi:", "- Các sở, ban, ngành."]
PLAN = [*TOP, "Số: 3/KH-UBND", "KẾ HOẠCH", "Cải cách thủ tục hành chính năm 2026", "III. TỔ CHỨC THỰC HIỆN"]


def given(head: list[str], *body: str) -> list[tuple[int, str, str]]:
    """Return (which paragraph, to whom, the last day or how it comes) of each task in the running text."""
    lines = [*head, *body, "Nơi nhận:", "- Như trên."]
    paragraphs = tuple(Paragraph(text, Place(at, at)) for at, text in enumerate(lines, 1))
    read = understand(Document(paragraphs, tuple(lines)))
    return [
        (one.line_start - len(head), "; ".join(one.lead), str(one.deadline.due_on or one.deadline.every or ""))
        for one in read.body_tasks
    ]


def test_conclusions_give_work_by_topic_by_post_and_behind_what_they_agree_to():
    assert given(
        CONCLUSION,
        "1. Thống nhất chủ trương xây dựng kho dữ liệu dùng chung của tỉnh.",
        "2. Về hồ sơ đất đai: Giao Sở Xây dựng giải quyết dứt điểm, hoàn thành chậm nhất ngày 15/3/2026.",
        "3. Về hạ tầng: Sở Khoa học và Công nghệ chủ trì nâng cấp đường truyền, xong trước 30/6/2026.",
        "4. Đồng ý đề xuất của Sở Tài chính; giao Sở Tài chính tham mưu phân bổ trong quý I/2026.",
        "5. Đồng chí Giám đốc Sở Y tế trực tiếp chỉ đạo số hóa hồ sơ; báo cáo vào thứ Sáu hằng tuần.",
        "6. Phân công nhiệm vụ:",
        "- Sở Nội vụ: Thẩm định đề án trong tháng 4/2026.",
        "- Sở Tư pháp: Rà soát văn bản, hoàn thành tháng 5/2026.",
    ) == [
        (2, "Sở Xây dựng", "2026-03-15"),
        (3, "Sở Khoa học và Công nghệ", "2026-06-29"),
        (4, "Sở Tài chính", "2026-03-31"),
        (5, "Giám đốc Sở Y tế", "week"),
        (7, "Sở Nội vụ", "2026-04-30"),
        (8, "Sở Tư pháp", "2026-05-31"),
    ]


def test_articles_give_work_to_the_body_that_ends_them_with_a_colon():
    assert given(
        DECISION,
        "Điều 1. Ban hành kèm theo Quyết định này Danh mục nhiệm vụ năm 2026.",
        "Điều 2. Giao Sở Nội vụ:",
        "a) Tổng hợp kết quả, báo cáo UBND tỉnh trước ngày 15/12/2026;",
        "b) Kiểm tra công vụ tại các xã, phường ít nhất 02 lần/năm.",
        "Điều 3. Giao nhiệm vụ cho các cơ quan, đơn vị:",
        "1. Sở Tài chính bố trí kinh phí, trình UBND tỉnh trước 15/3/2026.",
        "Điều 4. Quyết định này có hiệu lực kể từ ngày ký.",
    ) == [(3, "Sở Nội vụ", "2026-12-14"), (4, "Sở Nội vụ", "half"), (6, "Sở Tài chính", "2026-03-14")]


def test_letters_and_plans_give_work_by_names_that_verbs_of_any_kind_end():
    assert given(
        LETTER,
        "1. Báo và Phát thanh, truyền hình tỉnh tăng thời lượng tuyên truyền trong tháng 3/2026.",
        "2. Văn phòng Đăng ký đất đai tỉnh đẩy nhanh tiến độ số hóa, xong trước 30/6/2026.",
    ) == [
        (1, "Báo và Phát thanh, truyền hình tỉnh", "2026-03-31"),
        (2, "Văn phòng Đăng ký đất đai tỉnh", "2026-06-29"),
    ]
    assert given(
        PLAN, "2. Chế độ báo cáo", "Các phòng, đơn vị gửi báo cáo về Văn phòng trước ngày 15 của tháng cuối quý."
    ) == [(2, "Các phòng, đơn vị", "quarter")]


@pytest.mark.parametrize(
    "name",
    ["Thanh tra Sở", "Trung tâm Chuyển đổi số", "Ban Quản lý các khu công nghiệp", "Bộ phận tiếp nhận và trả kết quả"]
    + ["Phòng Kiểm soát thủ tục hành chính", "VNPT Lam Khê", "Văn phòng Đăng ký đất đai tỉnh"],
)
@pytest.mark.parametrize(
    "work",
    ["rút ngắn thời gian", "sửa đổi quy trình", "cần khắc phục ngay", "không để hồ sơ quá hạn", "ứng dụng mã QR"]
    + ["nhanh chóng hoàn thiện", "ký số kết quả", "giám sát việc thực hiện"],
)
def test_a_name_ends_where_its_work_begins(name, work):
    assert doers(f"{name} {work} trong năm 2026.")[0] == [name]


@pytest.mark.parametrize(
    "phrase",
    [
        "trước ngày 15/6 và 15/12 hằng năm",
        "trước ngày 31 tháng 12 hằng năm",
        "mỗi quý 01 lần",
        "vào thứ Sáu hằng tuần",
        "từ tháng 3 đến tháng 6/2026",
        "ngay sau khi Kế hoạch được ban hành",
        "hạn cuối ngày 30/4/2026",
        "hoàn thành chậm nhất vào ngày 30/6/2026",
        "vào cuối năm 2026",
        "thường xuyên, liên tục",
        "trong suốt năm 2026",
    ],
)
@pytest.mark.parametrize("sentence", ["rà soát quy trình, {}.", "rà soát quy trình {}; gửi thư xin lỗi người dân."])
def test_a_time_in_a_sentence_is_read_as_it_is_alone(phrase, sentence):
    found = parse_deadline(find_deadline(f"Sở Nội vụ {sentence.format(phrase)}"), 2026)
    alone = parse_deadline(phrase, 2026)
    assert (found.kind, found.due_on, found.recurrence) == (alone.kind, alone.due_on, alone.recurrence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Sở Nội vụ tổng hợp kết quả năm 2025 của các đơn vị.",
        "Sở Tài chính đối chiếu số liệu quý IV/2025 của các xã.",
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh.",
        "Thường xuyên kiểm tra việc tiếp nhận hồ sơ.",
    ],
)
def test_a_time_that_belongs_to_something_else_is_no_deadline(sentence):
    assert find_deadline(sentence) == ""


@pytest.mark.parametrize(
    ("text", "start"), [("Quý ba năm 2026", 7), ("Quý Tư/2026", 10), ("quý thứ hai năm 2026", 4), ("T3-T5/2026", 3)]
)
def test_quarters_in_words_and_short_months_are_read(text, start):
    deadline = parse_deadline(text, 2025)
    assert (deadline.kind, deadline.start.month) == ("period", start)
    assert not deadline.year_assumed


def test_all_year_round_is_work_without_an_end():
    assert parse_deadline("Quanh năm", 2026).kind == "ongoing"
