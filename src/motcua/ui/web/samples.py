"""What the gallery shows: invented people, invented figures, one fixed present."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator

from motcua.base.clock import VIETNAM
from motcua.ui.forms import DayField, DongField

PRESENT = datetime(2026, 2, 9, 9, 0, tzinfo=VIETNAM)  # a gallery looks the same on every day
TONES = ("neutral", "info", "progress", "waiting", "good", "warning", "danger")


class Sample(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Họ và tên", help_text="Như trên căn cước.", max_length=80)
    email = forms.EmailField(label="Thư điện tử", required=False)
    born = DayField(label="Ngày sinh", help_text="Ví dụ 09/02/1990.")
    fee = DongField(label="Lệ phí", required=False)
    unit = forms.ChoiceField(label="Nơi nộp", choices=[("", "Chọn"), ("a", "UBND xã Thử"), ("b", "Sở Thử")])
    way = forms.ChoiceField(
        label="Nhận kết quả",
        widget=forms.RadioSelect,
        choices=[("desk", "Tại quầy"), ("post", "Qua bưu chính")],
    )
    kinds = forms.MultipleChoiceField(
        label="Giấy tờ kèm theo",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("id", "Bản sao căn cước"), ("deed", "Giấy chứng nhận")],
    )
    note = forms.CharField(label="Lời nhắn", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    scan = forms.FileField(label="Bản chụp", required=False, help_text="PDF hoặc ảnh, tối đa 10 MB.")
    agreed = forms.BooleanField(label="Tôi cam đoan các thông tin trên là đúng")


class Search(forms.Form):
    """A filter bar's form."""

    q = forms.CharField(label="Tìm", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Tất cả"), ("late", "Quá hạn"), ("open", "Đang xử lý")],
    )


def _dues() -> list[dict[str, Any]]:
    return [
        {"at": PRESENT + timedelta(hours=3), "minutes": 180},
        {"at": PRESENT + timedelta(minutes=25), "minutes": 25},
        {"at": PRESENT + timedelta(days=6), "minutes": None},
        {"at": PRESENT - timedelta(days=2), "minutes": None},
        {"at": PRESENT - timedelta(hours=2), "minutes": -120},
    ]


def _rows() -> list[dict[str, Any]]:
    people = ("Nguyễn Văn Thử", "Trần Thị Thử Nghiệm", "Công ty TNHH Một Thành Viên Thử Nghiệm Hà Tĩnh")
    states = (("Đang giải quyết", "progress"), ("Chờ bổ sung", "waiting"), ("Quá hạn", "danger"))
    return [
        {
            "code": f"H27.12-260209-{1000 + n}",
            "title": "Đăng ký khai sinh" if n else "Cấp Giấy chứng nhận quyền sử dụng đất lần đầu",
            "person": people[n],
            "state": states[n][0],
            "tone": states[n][1],
            "due": _dues()[(0, 2, 3)[n]],
            "fee": (1234567, 0, 50000)[n],
        }
        for n in range(3)
    ]


def _items(names: str, *rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Return ``rows`` as dictionaries under ``names``."""
    return [dict(zip(names.split(), row, strict=True)) for row in rows]


def _frame() -> dict[str, Any]:
    return {
        "navigation": _items(
            "label url active count",
            ("Việc của tôi", "?", True, 12),
            ("Hồ sơ", "?nav=dossiers", False, 0),
            ("Thủ tục hành chính", "?nav=procedures", False, 0),
            ("Kế hoạch", "?nav=plans", False, 3),
            ("Chỉ tiêu", "?nav=indicators", False, 0),
            ("Báo cáo", "?nav=reports", False, 0),
        ),
        "crumbs": _items("label url", ("Trang đầu", "/"), ("Hồ sơ", "?nav=dossiers"), ("Thư viện", "")),
        "tabs": _items(
            "label url active count",
            ("Đang xử lý", "?", True, 1234),
            ("Chờ bổ sung", "?tab=2", False, 0),
            ("Đã trả", "?tab=3", False, None),
        ),
    }


def _one_dossier() -> dict[str, Any]:
    return {
        "timeline": _items(
            "what when who note url tone",
            ("Tiếp nhận", PRESENT - timedelta(days=4), "Cán bộ Thử", "", "", ""),
            ("Yêu cầu bổ sung", PRESENT - timedelta(days=2), "Chuyên viên Thử", "Thiếu căn cước.", "?", ""),
            ("Quá hạn", PRESENT - timedelta(days=1), "", "", "", "danger"),
            ("Đang giải quyết", PRESENT, "Chuyên viên Thử", "", "", "now"),
        ),
        "facts": _items(
            "key value url action",
            ("Mã hồ sơ", "H27.12-260209-1000", "", ""),
            ("Người nộp", "Nguyễn Văn Thử", "?", "Sửa"),
        ),
        "parts": _items(
            "label url hint state tone",
            ("Người nộp", "?", "Họ tên, nơi ở", "Đã xong", "good"),
            ("Thành phần hồ sơ", "?", "", "Còn thiếu 2", "waiting"),
            ("Nộp lệ phí", "", "Mở sau khi đủ thành phần", "Chưa mở", "neutral"),
        ),
        "steps": ["Người nộp", "Thành phần", "Lệ phí", "Xác nhận"],
    }


def samples() -> dict[str, Any]:
    """Return what the gallery's template shows; no table is read."""
    return {
        **_frame(),
        **_one_dossier(),
        "present": PRESENT,
        "form": Sample(auto_id="s_%s"),
        "wrong": Sample({"name": "", "email": "thử@", "born": "31/02/2020", "fee": "ba đồng"}),
        "search": Search({"state": "late"}, auto_id="f_%s"),
        "chips": [{"label": "Quá hạn", "url": "?"}],
        "dues": _dues(),
        "rows": _rows(),
        "pages": Paginator(range(2849), 100).page(7),
        "tones": TONES,
        "lines": [
            "II. NHIỆM VỤ TRỌNG TÂM",
            "1. Rà soát, đơn giản hóa thủ tục hành chính; cắt giảm thời gian giải quyết của 20% thủ tục.",
            "2. Số hóa 100% hồ sơ, kết quả giải quyết thủ tục hành chính.",
            "3. Tỷ lệ hài lòng của người dân đạt từ 95% trở lên.",
        ],
    }
