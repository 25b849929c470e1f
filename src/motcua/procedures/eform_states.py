"""Words for what forms are made of."""

from django.utils.translation import gettext_lazy as _

from motcua.procedures.models.eforms import DRAFT, PUBLISHED
from motcua.procedures.rules.eforms import form as forms

KINDS = {
    forms.TEXT: _("Chữ, một dòng"),
    forms.LONG_TEXT: _("Chữ, nhiều dòng"),
    forms.DATE: _("Ngày"),
    forms.NUMBER: _("Số"),
    forms.INTEGER: _("Số nguyên"),
    forms.MONEY: _("Số tiền (đồng)"),
    forms.CHOICE: _("Chọn một"),
    forms.CHOICES: _("Chọn nhiều"),
    forms.CONFIRM: _("Ô xác nhận"),
    forms.ADDRESS: _("Địa chỉ"),
    forms.GROUP: _("Nhóm lặp"),
}
SOURCES = {
    forms.DECLARED: _("Người nộp khai"),
    forms.REUSED_NATIONAL: _("Lấy từ cơ sở dữ liệu quốc gia"),
    forms.REUSED_STORE: _("Lấy từ kho dữ liệu của tỉnh"),
    forms.COMPUTED: _("Hệ thống tính"),
}
STORES = {
    forms.POPULATION: _("Cơ sở dữ liệu dân cư"),
    forms.CIVIL_STATUS: _("Cơ sở dữ liệu hộ tịch"),
    forms.BUSINESS: _("Cơ sở dữ liệu đăng ký doanh nghiệp, thuế"),
    forms.LAND: _("Cơ sở dữ liệu đất đai"),
    forms.INSURANCE: _("Cơ sở dữ liệu bảo hiểm, an sinh"),
    forms.VEHICLES: _("Cơ sở dữ liệu phương tiện"),
    forms.LICENCES: _("Cơ sở dữ liệu giấy phép, chứng chỉ"),
}
TREES = {
    forms.NEW_TREE: _("Địa danh hiện nay"),
    forms.OLD_TREE: _("Địa danh trước ngày 1/7/2025"),
    forms.BOTH_TREES: _("Cả hai, người khai chọn"),
}
PATTERNS = {
    "identity": _("Số định danh cá nhân"),
    "tax": _("Mã số thuế"),
    "phone": _("Số điện thoại"),
    "year": _("Năm"),
    "plate": _("Biển số xe"),
}
STATES = {DRAFT: _("Bản nháp"), PUBLISHED: _("Đã công bố")}
TONES = {DRAFT: "waiting", PUBLISHED: "good"}
