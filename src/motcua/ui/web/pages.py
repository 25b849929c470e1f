"""The gallery: every component in every state, for those who build pages and for the checks by eye and by machine."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.clock import VIETNAM
from motcua.base.guard import everyone, opens_to
from motcua.ui.forms import DayField, DongField

FACES = ("portal", "desk", "control", "document")
PRESENT = datetime(2026, 2, 9, 9, 0, tzinfo=VIETNAM)  # a gallery looks the same on every day


class Sample(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Họ và tên", help_text="Như trên căn cước.", max_length=80)
    email = forms.EmailField(label="Thư điện tử", required=False)
    born = DayField(label="Ngày sinh", help_text="Ví dụ 09/02/1990.")
    fee = DongField(label="Lệ phí", required=False)
    unit = forms.ChoiceField(label="Nơi nộp", choices=[("", "Chọn"), ("a", "UBND xã Thử"), ("b", "Sở Thử")])
    way = forms.ChoiceField(
        label="Nhận kết quả", widget=forms.RadioSelect, choices=[("desk", "Tại quầy"), ("post", "Qua bưu chính")]
    )
    kinds = forms.MultipleChoiceField(
        label="Giấy tờ kèm theo",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("id", "Bản sao căn cước"), ("deed", "Giấy chứng nhận")],
    )
    note = forms.CharField(
        label="Lời nhắn", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    scan = forms.FileField(label="Bản chụp", required=False, help_text="PDF hoặc ảnh, tối đa 10 MB.")
    agreed = forms.BooleanField(label="Tôi cam đoan các thông tin trên là đúng")


class Search(forms.Form):
    """A filter bar's form."""

    q = forms.CharField(label="Tìm", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Tất cả"), ("late", "Quá hạn"), ("open", "Đang xử lý")]
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
            "title": "Đăng ký khai sinh" if n else "Cấp Giấy chứng nhận quyền sử dụng đất lần đầu cho hộ gia đình",
            "person": people[n],
            "state": states[n][0],
            "tone": states[n][1],
            "due": _dues()[(0, 2, 3)[n]],
            "fee": (1234567, 0, 50000)[n],
        }
        for n in range(3)
    ]


def samples() -> dict[str, Any]:
    """Return what the gallery's template shows; no table is read."""
    wrong = Sample({"name": "", "email": "thử@", "born": "31/02/2020", "fee": "ba đồng"})
    return {
        "present": PRESENT,
        "navigation": [
            {"label": "Việc của tôi", "url": "?", "active": True, "count": 12},
            {"label": "Hồ sơ", "url": "?nav=dossiers", "active": False, "count": 0},
            {"label": "Thủ tục hành chính", "url": "?nav=procedures", "active": False, "count": 0},
            {"label": "Kế hoạch", "url": "?nav=plans", "active": False, "count": 3},
            {"label": "Chỉ tiêu", "url": "?nav=indicators", "active": False, "count": 0},
            {"label": "Báo cáo", "url": "?nav=reports", "active": False, "count": 0},
        ],
        "crumbs": [{"label": "Trang đầu", "url": "/"}, {"label": "Hồ sơ", "url": "?nav=dossiers"}, {"label": "Thư viện", "url": ""}],
        "form": Sample(auto_id="s_%s"),
        "wrong": wrong,
        "search": Search({"state": "late"}, auto_id="f_%s"),
        "chips": [{"label": "Quá hạn", "url": "?"}],
        "dues": _dues(),
        "rows": _rows(),
        "pages": Paginator(range(2849), 100).page(7),
        "tones": ("neutral", "info", "progress", "waiting", "good", "warning", "danger"),
        "timeline": [
            {"what": "Tiếp nhận", "when": PRESENT - timedelta(days=4), "who": "Cán bộ Thử", "note": "", "url": "", "tone": ""},
            {"what": "Yêu cầu bổ sung", "when": PRESENT - timedelta(days=2), "who": "Chuyên viên Thử", "note": "Thiếu bản sao căn cước.", "url": "?", "tone": ""},
            {"what": "Quá hạn", "when": PRESENT - timedelta(days=1), "who": "", "note": "", "url": "", "tone": "danger"},
            {"what": "Đang giải quyết", "when": PRESENT, "who": "Chuyên viên Thử", "note": "", "url": "", "tone": "now"},
        ],
        "facts": [
            {"key": "Mã hồ sơ", "value": "H27.12-260209-1000", "url": "", "action": ""},
            {"key": "Người nộp", "value": "Nguyễn Văn Thử", "url": "?", "action": "Sửa"},
        ],
        "tabs": [
            {"label": "Đang xử lý", "url": "?", "active": True, "count": 1234},
            {"label": "Chờ bổ sung", "url": "?tab=2", "active": False, "count": 0},
            {"label": "Đã trả", "url": "?tab=3", "active": False, "count": None},
        ],
        "parts": [
            {"label": "Người nộp", "url": "?", "hint": "Họ tên, nơi ở", "state": "Đã xong", "tone": "good"},
            {"label": "Thành phần hồ sơ", "url": "?", "hint": "", "state": "Còn thiếu 2", "tone": "waiting"},
            {"label": "Nộp lệ phí", "url": "", "hint": "Mở sau khi đủ thành phần", "state": "Chưa mở", "tone": "neutral"},
        ],
        "steps": ["Người nộp", "Thành phần", "Lệ phí", "Xác nhận"],
        "lines": [
            "II. NHIỆM VỤ TRỌNG TÂM",
            "1. Rà soát, đơn giản hóa thủ tục hành chính; tối thiểu 20% thủ tục được cắt giảm thời gian giải quyết.",
            "2. Số hóa 100% hồ sơ, kết quả giải quyết thủ tục hành chính.",
            "3. Tỷ lệ hài lòng của người dân đạt từ 95% trở lên.",
        ],
    }  # fmt: skip


@require_GET
@opens_to(everyone)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; ``?face=`` shows them as portal, desk, control room or document."""
    face = request.GET.get("face", "desk")
    return render(request, "ui/gallery.html", {**samples(), "face": face if face in FACES else "desk", "faces": FACES})
