"""Kinds of unit, schemes of official codes and roles: the fixed words of this module."""

from django.utils.translation import gettext_lazy as _

PROVINCE = "province"
DISTRICT = "district"  # none after 30/6/2025 (R2.4)
COMMUNE = "commune"
OFFICE = "office"  # Văn phòng UBND
DEPARTMENT = "department"
DIVISION = "division"
VERTICAL_AGENCY = "vertical_agency"
ONE_STOP = "one_stop"
EXTERNAL = "external"

UNIT_KINDS = {
    PROVINCE: _("Tỉnh, thành phố"),
    DISTRICT: _("Huyện, quận, thị xã"),
    COMMUNE: _("Xã, phường, đặc khu"),
    OFFICE: _("Văn phòng"),
    DEPARTMENT: _("Sở, ban, ngành"),
    DIVISION: _("Phòng chuyên môn"),
    VERTICAL_AGENCY: _("Cơ quan ngành dọc"),
    ONE_STOP: _("Bộ phận Một cửa"),
    EXTERNAL: _("Đơn vị ngoài hệ thống"),
}

# Schemes of official codes (DOMAIN 4.8-4.9): the orders of the two decisions coexist.
GSO = "gso"
QCVN_102 = "qcvn102"
DECISION_20 = "decision20"

RECEPTION = "reception"
SPECIALIST = "specialist"
UNIT_HEAD = "unit_head"
LEADER = "leader"
CONTROL_OFFICER = "control_officer"
ADMINISTRATOR = "administrator"

ROLES = {
    RECEPTION: _("Công chức tiếp nhận"),
    SPECIALIST: _("Chuyên viên thụ lý"),
    UNIT_HEAD: _("Lãnh đạo phòng"),
    LEADER: _("Lãnh đạo cơ quan"),
    CONTROL_OFFICER: _("Cán bộ kiểm soát thủ tục hành chính"),
    ADMINISTRATOR: _("Quản trị hệ thống"),
}
