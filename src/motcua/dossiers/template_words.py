"""What people are told of templates of results: faults in plain words, what each known place stands for."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.rules.template_faults import Fault

PLACES = {
    "applicant_name": _("Tên người nộp hoặc tổ chức"),
    "applicant_identity": _("Số định danh cá nhân hoặc mã số thuế"),
    "applicant_address": _("Địa chỉ người nộp"),
    "dossier_code": _("Mã hồ sơ"),
    "procedure_name": _("Tên thủ tục"),
    "procedure_code": _("Mã thủ tục"),
    "received_day": _("Ngày tiếp nhận, viết đủ chữ"),
    "unit_name": _("Tên cơ quan giải quyết"),
    "request_text": _("Nội dung người nộp đề nghị"),
}
# How a line of a body is written, as an example, and what it prints.
LINES = (
    ("# QUYẾT ĐỊNH:", _("tiêu đề ở giữa")),
    ("[khi có: thoi_han] Có giá trị đến {thoi_han}.", _("chỉ in khi mục đó được ghi")),
    ("[khi không có: thoi_han] …", _("chỉ in khi mục đó bỏ trống")),
    ("[danh sách: dieu_kien]", _("mỗi dòng của mục thành một ý đánh số")),
    ("[các đoạn: noi_dung]", _("mỗi dòng của mục thành một đoạn")),
)
BOXES = {
    "name": _("Tên mẫu"),
    "kind": _("Loại văn bản"),
    "subject": _("Trích yếu"),
    "symbol": _("Ký hiệu"),
    "asks": _("Người soạn ghi"),
    "legal_bases": _("Căn cứ lấy từ mục"),
    "addressees": _("Kính gửi"),
    "body": _("Thân văn bản"),
    "recipients": _("Nơi nhận"),
    "valid_to": _("Đến hết ngày"),
}
FAULTS = {
    "missing": _("Chưa có nội dung."),
    "too_long": _("Dài quá %(name)s ký tự."),
    "too_many": _("Nhiều hơn %(name)s dòng."),
    "bad_symbol": _("Ký hiệu gồm 1 đến 20 chữ, số, dấu chấm, gạch; ví dụ GXN."),
    "ends_early": _("Ngày thôi dùng phải sau ngày bắt đầu."),
    "no_addressee": _("Không ghi loại văn bản (công văn) thì phải có nơi kính gửi."),
    "bad_name": _("“%(name)s” không làm tên được: dùng chữ thường không dấu, số và gạch dưới, ví dụ noi_dung."),
    "known_name": _("“%(name)s” là tên mà hồ sơ đã cho: đặt tên khác."),
    "asked_twice": _("Hai mục cùng tên “%(name)s”."),
    "not_used": _("Mục “%(name)s” được hỏi mà không dùng ở đâu trong mẫu."),
    "bad_label": _("Mục “%(name)s” cần lời hỏi, tối đa 120 ký tự."),
    "bad_size": _("Mục “%(name)s”: số ký tự từ 1 đến 10.000, số dòng từ 1 đến 20."),
    "unknown_field": _("Không có chỗ điền “%(name)s”: hồ sơ không cho, người soạn cũng không được hỏi."),
    "loose_brace": _("Ngoặc nhọn không thành chỗ điền: viết {ten}, chữ không dấu, không dấu cách."),
    "no_part": _("Không hiểu phần trong ngoặc vuông."),
}


def told(fault: Fault, *, line: int = 0) -> str:
    """Return ``fault`` in words with its line; ``line`` replaces the fault's own."""
    words = str(FAULTS[fault.code]).replace("%(name)s", fault.name[:60])
    number = line or fault.line
    return gettext("Dòng %(line)s: %(words)s") % {"line": number, "words": words} if number else words
