"""Two small registers for tests: dialogues with a life, portal counters with formulas and looking back."""

from copy import deepcopy
from typing import Any

DIALOGUES: dict[str, Any] = {
    "code": "talks", "prefix": "DT", "title": "Sổ thử đối thoại", "capability": "C085", "basis": "Văn bản thử",
    "source": "test", "valid_from": "2020-01-01", "valid_to": None, "public": True, "confidential": False,
    "units": ["department", "commune"],
    "expected": {"every": "quarter", "within_days": 10},
    "dated_by": "held_on", "titled_by": "subject",
    "fields": [
        {"code": "held_on", "name": "Ngày đối thoại", "type": "date", "required": True},
        {"code": "subject", "name": "Chủ đề", "type": "text", "required": True},
        {"code": "with_whom", "name": "Đối thoại với", "type": "choice",
         "options": [{"code": "citizens", "name": "Người dân"}, {"code": "firms", "name": "Doanh nghiệp"}]},
        {"code": "people", "name": "Số người dự", "type": "number", "min": 0, "unit": "người"},
        {"code": "speaker", "name": "Người chủ trì", "type": "text", "personal": True},
        {"code": "answer_by", "name": "Hạn trả lời kiến nghị", "type": "date"},
        {"code": "outcome", "name": "Kết quả", "type": "long_text", "required_in": ["answered"]},
        {"code": "minutes", "name": "Biên bản", "type": "files"},
    ],
    "checks": [{"id": "k1", "check": "[answer_by] >= [held_on]", "words": "Hạn trả lời trước ngày đối thoại."}],
    "states": [{"code": "held", "name": "Đã tổ chức", "kind": "open"},
               {"code": "answered", "name": "Đã trả lời kiến nghị", "kind": "done"},
               {"code": "void", "name": "Đã hủy", "kind": "void"}],
    "moves": [
        {"code": "answer", "name": "Đã trả lời", "from": ["held"], "to": "answered", "by": "keeper",
         "asks": ["outcome"]},
        {"code": "reopen", "name": "Mở lại", "from": ["answered"], "to": "held", "by": "checker"},
        {"code": "void", "name": "Hủy", "from": ["held"], "to": "void", "by": "keeper", "destroys": True},
    ],
    "due": {"field": "answer_by", "while": ["held"]},
    "measures": [
        {"code": "held", "name": "Số cuộc đối thoại", "kind": "count"},
        {"code": "with_firms", "name": "Đối thoại với doanh nghiệp", "kind": "count", "where": {"with_whom": "firms"}},
        {"code": "people", "name": "Số người dự đối thoại", "kind": "sum", "of": "people"},
        {"code": "unanswered", "name": "Đối thoại chưa trả lời", "kind": "standing", "where": {"state": "held"}},
        {"code": "late", "name": "Đối thoại trả lời muộn", "kind": "standing",
         "where": {"state": "held", "answer_by": "past"}},
        {"code": "answered", "name": "Đối thoại đã trả lời", "kind": "count", "where": {"state": "answered"}},
        {"code": "answered_rate", "name": "Tỷ lệ đã trả lời", "kind": "ratio", "part": "answered", "whole": "held"},
    ],
}  # fmt: skip
PORTAL: dict[str, Any] = {
    "code": "portal", "title": "Sổ thử số liệu cổng", "source": "test", "valid_from": "2020-01-01",
    "dated_by": "month", "titled_by": "site",
    "fields": [
        {"code": "month", "name": "Tháng", "type": "period", "every": "month", "required": True},
        {"code": "site", "name": "Trang", "type": "text", "required": True},
        {"code": "opening", "name": "Lượt đầu kỳ", "type": "number", "required": True},
        {"code": "closing", "name": "Lượt cuối kỳ", "type": "number", "required": True},
        {"code": "visits", "name": "Lượt truy cập", "type": "number", "formula": "[closing] - [opening]"},
    ],
    "checks": [
        {"id": "order", "check": "[closing] >= [opening]", "words": "Số cuối kỳ nhỏ hơn số đầu kỳ."},
        {"id": "chain", "previous": "[opening] = previous [closing]", "same": ["site"], "severity": "warning",
         "words": "Số đầu kỳ khác số cuối kỳ trước."},
    ],
    "measures": [{"code": "visits", "name": "Lượt truy cập", "kind": "sum", "of": "visits"}],
}  # fmt: skip
CASES: dict[str, Any] = {
    "code": "cases", "prefix": "VV", "title": "Sổ thử vụ việc", "source": "test", "valid_from": "2020-01-01",
    "confidential": True, "dated_by": "got_on", "titled_by": "about",
    "fields": [
        {"code": "got_on", "name": "Ngày nhận", "type": "date", "required": True},
        {"code": "about", "name": "Nội dung", "type": "text", "required": True},
        {"code": "dossier", "name": "Hồ sơ", "type": "dossier"},
        {"code": "person", "name": "Người bị phản ánh", "type": "official", "personal": True},
    ],
}  # fmt: skip


def changed(data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a copy of a definition with some of its parts changed."""
    return {**deepcopy(data), **changes}
