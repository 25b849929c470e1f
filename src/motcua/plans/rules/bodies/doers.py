"""Who a sentence gives work to: "Giao Sở X chủ trì …", "Văn phòng UBND tỉnh có trách nhiệm …"."""

import re
from collections.abc import Collection

from motcua.base.text import fold
from motcua.plans.rules.bodies.agencies import looks_like_agency, split_agencies
from motcua.plans.rules.bodies.body_names import end_of_names

_ASKER = (
    r"(?:(?:Chủ tịch|Thường trực|Ban Thường vụ|Lãnh đạo|Bí thư)\s+)?(?:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|"
    r"Tỉnh ủy|Huyện ủy|Thành ủy|Đảng ủy|Ban Chỉ đạo|Bộ trưởng|Giám đốc)(?:\s+[^\W\d_]+){0,5}?\s+"
)
ASKED = re.compile(
    rf"^(?:{_ASKER})?(?:Giao|Đề nghị|Yêu cầu|Phân công|Chỉ đạo|Kính đề nghị|"
    rf"Trân trọng đề nghị)\s+(?:nhiệm vụ\s+)?(?:cho\s+)?"
    r"(?!các nội dung|nhiệm vụ)(?=[^\W\d_])",
    re.I,
)
# Words before the name of a body that is given what follows: "Đối với Sở Y tế", "Trách nhiệm của UBND cấp xã".
_TO = re.compile(
    r"^(?:Đối với|(?:Trách nhiệm|Nhiệm vụ) của|Về phía)\s+(?=\S)"
    r"(?!(?:các |những |từng )?(?:nhiệm vụ|nội dung|công việc|chỉ tiêu|hồ sơ|thủ tục|trường hợp|lĩnh vực|dự án|đề án|"
    r"kiến nghị|văn bản|kết quả|tồn tại|hạn chế)\b)",
    re.I,
)
# "Đối với các hồ sơ quá hạn, giao Sở X …": what it is about stands before whom it asks.
_ABOUT = re.compile(r"^(?:Đối với|Về)\s[^:;.]{3,150}?,\s*(?=(?:giao|đề nghị|yêu cầu|phân công)\s)", re.I)
# "Về hồ sơ đất đai: Giao Sở X …", "Về hạ tầng: Sở Y chủ trì …".
_TOPIC = re.compile(r"^(?:Đối với|Về)\s[^:;.]{3,150}?:\s*(?=[A-ZĐ])")
_ADDRESSED = re.compile(
    r"^(?:các )?(?:đồng chí|đ/c|ông|bà)\s+(?=(?:Giám đốc|Chủ tịch|Thủ trưởng|Chánh|Trưởng|Bí thư|Phó|Lãnh đạo|"
    r"Cục trưởng|Vụ trưởng|Hiệu trưởng|Chủ nhiệm)\b)",
    re.I,
)
_LATER = re.compile(r"[;.]\s+(?=(?:Giao|Đề nghị|Yêu cầu|Phân công)\s)", re.I)
# "Các cơ quan chủ trì rà soát gửi kết quả": which of them, told by what they do.
_WHICH_DO = re.compile(
    r"^((?:Các|Những) (?:cơ quan|đơn vị|địa phương)(?:, (?:cơ quan|đơn vị|địa phương))* (?:chủ trì|phối hợp|thực hiện)"
    r"(?: [^\s,;:.]+){1,4}?)\s+(?=(?:gửi|báo cáo|trình|nộp|có trách nhiệm|chịu trách nhiệm)\b)"
)
# What work begins with. Small letters: in names the same words stand with capitals ("Phòng Kiểm soát thủ tục …").
_VERBS = (
    "trên cơ sở|xây dựng|theo dõi|chủ trì|phối hợp|tham mưu|tổ chức (?!chính trị|xã hội|thành viên|đoàn thể)|"
    "thực hiện|chủ động|hưởng ứng|có trách nhiệm|chịu trách nhiệm|căn cứ|bố trí|hướng dẫn|rà soát|ban hành|"
    "đôn đốc|kiểm tra|tiếp tục|báo cáo|triển khai|cập nhật|tăng cường|nghiên cứu|tổng hợp|lập |đề xuất|quán triệt|"
    "trình |cung cấp|đảm bảo|bảo đảm|kịp thời|là cơ quan|là đơn vị|là đầu mối|làm đầu mối|khẩn trương|đẩy mạnh|"
    "giúp|thường xuyên|định kỳ|phát hành|tuyên truyền|hoàn thành|tổng kết|sơ kết|tham gia|duy trì|thông báo|"
    "công bố|công khai|khắc phục|niêm yết|cử |gửi |nộp |phổ biến|vận động|lồng ghép|chỉ đạo,|xử lý|giải quyết|"
    "trả lời|tiếp thu|hoàn thiện|nâng cấp|số hóa|kết nối|chia sẻ|vận hành|cắt giảm|đơn giản hóa|khảo sát|đo lường|"
    "đánh giá|xếp hạng|phê duyệt|thẩm tra|cân đối|phân bổ|thanh tra|giám sát (?!của)|theo chức năng|"
    "tùy theo|cụ thể hóa|nâng cao|xác định|huy động|ưu tiên|đầu tư|mua sắm|trang bị|đào tạo|bồi dưỡng|tập huấn|"
    "sắp xếp|kiện toàn|phân công|giao |chuẩn bị|dự thảo|soạn thảo|đăng tải|đưa tin|thu thập|thống kê|"
    "khai thác|sử dụng|áp dụng|bám sát|nghiêm túc|chấp hành|tạo điều kiện|hỗ trợ|làm việc|liên hệ|đề nghị|"
    "đưa |lãnh đạo, |lãnh đạo (?!các|sở|ban|ubnd|đơn vị)|chỉ đạo (?!cải|chuyển|của)|quan tâm|phát động|ký kết|"
    "(?<!Đăng )ký |"
    "tiếp nhận (?!và trả)|nhắc |phản ánh|xem xét|quyết định |thẩm định |tự |luân chuyển|điều động|thành lập|xin lỗi|"
    "nhập |mở |cấp (?!tỉnh|huyện|xã|cơ)|phân tích|so sánh|chấm |gắn |rút |lưu trữ|lưu |số hoá|"
    "chuyển (?!đổi)|dừng |bảo trì|cài đặt|bàn giao|nghiệm thu|kiến nghị|tiết kiệm|giới thiệu|biểu dương|"
    "chịu |lấy ý kiến|đăng ký|tăng |giảm |rút ngắn|trực tiếp|tập trung|chấn chỉnh|cải thiện|đổi mới|điều chỉnh|bổ sung|"
    "nhân rộng|tích hợp|đồng bộ|làm sạch|làm rõ|thu hồi|cải tạo|sửa chữa|lựa chọn|kê khai|tiến hành|yêu cầu |họp |mời |"
    "giám sát (?=việc|quá trình|chặt)|kiểm soát (?=chặt|việc)|quản lý chặt|nắm |khen thưởng|phê bình|tuyển |chấm dứt|"
    "phân luồng|hoàn tất|thay thế|xem |gỡ |tháo gỡ|kiểm điểm|đối thoại|ghi nhận|lắp đặt|xác nhận|phân cấp|ủy quyền|"
    "sớm |nhanh chóng|đẩy nhanh|ứng dụng|in |viết |không để|không được|cần |phải |sửa đổi|bám sát|phấn đấu|cam kết|"
    "cân nhắc|khuyến khích|bổ nhiệm|thực thi|vào cuộc|chốt |tính toán|chọn |làm "
)
# These stand in names of bodies too ("Ban quản lý", "bộ phận tiếp nhận"); after a head alone they are its name.
_ALSO_NAMES = "quản lý|chỉ đạo|phục vụ|tiếp nhận|thẩm định|điều hành|kiểm soát|phát triển|giám sát"
_HEADS = ("ban", "trung tâm", "bộ phận", "hội đồng", "tổ", "đội", "phòng", "cục", "văn phòng", "đoàn", "cơ quan")
_NOT_AFTER = "".join(rf"(?<!{head} )(?<!{head.capitalize()} )" for head in _HEADS)
# "được giao", "có liên quan thực hiện": a verb in the passive tells which body, not what it does.
_WHO = re.compile(rf"^(.{{3,260}}?)\s*[,:]?\s+(?<!được )(?:{_VERBS}|{_NOT_AFTER}(?:{_ALSO_NAMES})\b)", re.S)
_DUTY = re.compile(
    r"(?:\s|^)(?:có trách nhiệm|chịu trách nhiệm|chủ trì(?:, phối hợp)?|phối hợp(?: với)?|thực hiện|tham mưu|"
    r"tổ chức thực hiện|làm đầu mối|là đầu mối)$",
    re.I,
)


def unasked(text: str) -> str:
    """Return ``text`` from the first body it asks on, without "Giao", "Đề nghị", "Đối với" before it."""
    topic = _TOPIC.match(text)
    if topic and (ASKED.match(text[topic.end() :]) or looks_like_agency(text[topic.end() :])):
        text = text[topic.end() :]
    return _ADDRESSED.sub("", _TO.sub("", ASKED.sub("", _ABOUT.sub("", text))))


def asked_later(text: str) -> str:
    """Return a paragraph from the clause on that asks somebody ("Đồng ý …; giao Sở X …"); "" if none does."""
    found = _LATER.search(text)
    return text[found.end() :] if found else ""


def doers(text: str, known: Collection[str] = ()) -> tuple[list[str], bool]:
    """Return the bodies that a sentence gives its work to, and whether it asks them by "Giao", "Đề nghị", "Yêu cầu".

    ``known``: names of bodies that stand alone elsewhere in the document.
    """
    bare = unasked(text)
    who = _who(bare, known)
    if not who or not looks_like_agency(who):
        return [], bare != text
    names = list(split_agencies(who, is_lead=True).names)
    return (names if names and looks_like_agency(names[0]) else []), bare != text


def _who(bare: str, known: Collection[str]) -> str:
    """Return the words of a sentence that name who it is about; "" where it names nobody."""
    if told := _WHICH_DO.match(bare):
        return told.group(1)
    head, colon, _ = bare.partition(":")
    if colon and is_owner(head, known):  # "- Sở Tài chính: Thẩm định nguồn vốn …"
        return head
    end = end_of_names(bare, known)
    found = _WHO.match(bare)
    if end is None:
        return found.group(1) if found else ""
    return found.group(1) if found and found.end(1) < end else bare[:end]


def is_owner(text: str, known: Collection[str] = ()) -> bool:
    """Tell whether a line names bodies and nothing they do: the heading of what they are given."""
    bare = text.rstrip(" :")
    if not looks_like_agency(bare) or len(bare) > 170 or bare.endswith((".", ";")):
        return False
    if end_of_names(bare, known) == len(bare):
        return True
    bare = _DUTY.sub("", bare)
    # What follows the last word that may be a verb: "tổng hợp" alone ends a name, "tổng hợp báo cáo" is work.
    found = _WHO.match(f"{bare} ")
    return found is None or found.end() >= len(bare)


def is_collective(names: list[str]) -> bool:
    """Tell whether work is given to many bodies at once ("Các sở, ban, ngành")."""
    return any(fold(name).startswith("cac ") for name in names)
