"""Who a sentence gives work to: "Giao Sở X chủ trì …", "Văn phòng UBND tỉnh có trách nhiệm …"."""

import re

from motcua.base.text import fold
from motcua.plans.rules.agencies import looks_like_agency, split_agencies

ASKED = re.compile(r"^(?:Giao|Đề nghị|Yêu cầu|Phân công)\s+(?:nhiệm vụ\s+)?(?:cho\s+)?(?!các nội dung|nhiệm vụ)", re.I)
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
    "khai thác|sử dụng|áp dụng|bám sát|nghiêm túc|chấp hành|tạo điều kiện|hỗ trợ|làm việc|liên hệ|đề nghị"
)
# These stand in names of bodies too ("Ban quản lý", "bộ phận tiếp nhận"); after a head alone they are its name.
_ALSO_NAMES = "quản lý|chỉ đạo|phục vụ|tiếp nhận|thẩm định|điều hành|kiểm soát|phát triển|giám sát"
_HEADS = ("ban", "trung tâm", "bộ phận", "hội đồng", "tổ", "đội", "phòng", "cục", "văn phòng", "đoàn", "cơ quan")
_NOT_AFTER = "".join(rf"(?<!{head} )(?<!{head.capitalize()} )" for head in _HEADS)
_WHO = re.compile(rf"^(.{{3,260}}?)\s*[,:]?\s+(?:{_VERBS}|{_NOT_AFTER}(?:{_ALSO_NAMES})\b)", re.S)


def doers(text: str) -> tuple[list[str], bool]:
    """Return the bodies that a sentence gives its work to, and whether it asks them by "Giao", "Đề nghị", "Yêu cầu"."""
    bare = ASKED.sub("", text)
    who = _WHO.match(bare)
    if not who or not looks_like_agency(who.group(1)):
        return [], bare != text
    names = list(split_agencies(who.group(1), is_lead=True).names)
    return (names if names and looks_like_agency(names[0]) else []), bare != text


def is_owner(text: str) -> bool:
    """Tell whether a line names bodies and nothing they do: the heading of what they are given."""
    bare = text.rstrip(" :")
    if not looks_like_agency(bare) or len(bare) > 170 or bare.endswith((".", ";")):
        return False
    return not _WHO.match(f"{bare} ")


def is_collective(names: list[str]) -> bool:
    """Tell whether work is given to many bodies at once ("Các sở, ban, ngành")."""
    return any(fold(name).startswith("cac ") for name in names)
