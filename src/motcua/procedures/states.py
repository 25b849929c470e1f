"""Fixed words of the catalogue: levels, channels, kinds of online service, units of time limits."""

from django.utils.translation import gettext_lazy as _

# Who handles a procedure. There is no district level since 1/7/2025 (R2.4).
MINISTRY, PROVINCE, COMMUNE, OTHER = "ministry", "province", "commune", "other"
LEVELS = {
    PROVINCE: _("Cấp tỉnh"),
    COMMUNE: _("Cấp xã"),
    MINISTRY: _("Cấp bộ"),
    OTHER: _("Cơ quan khác"),
}

# How one may file (DOMAIN 4.2), in the order in which a page lists them.
ONLINE, IN_PERSON, POST = "Trực tuyến", "Trực tiếp", "Dịch vụ bưu chính"
METHODS = {ONLINE: _("Trực tuyến"), IN_PERSON: _("Trực tiếp"), POST: _("Dịch vụ bưu chính")}

# What the source says of filing online. It names the channel and never its degree, so an import knows only NONE
# (no online channel is named) and UNKNOWN (one is, of unstated degree); PARTIAL and FULL come from decisions.
NONE, PARTIAL, FULL, UNKNOWN = "none", "partial", "full", "unknown"
ONLINE_KINDS = {
    NONE: _("Không có kênh trực tuyến"),
    PARTIAL: _("Trực tuyến một phần"),
    FULL: _("Trực tuyến toàn trình"),
    UNKNOWN: _("Có trực tuyến (nguồn không nêu mức độ)"),
}
OFFERED_ONLINE = frozenset({PARTIAL, FULL, UNKNOWN})

# Units of time limits (R4.03), the words of ``organizations.rules.working_time.LimitUnit``.
WORKING_DAY, DAY, WORKING_HOUR, MONTH = "working_day", "day", "working_hour", "month"
LIMIT_UNITS = {
    WORKING_DAY: _("ngày làm việc"),
    DAY: _("ngày"),
    WORKING_HOUR: _("giờ làm việc"),
    MONTH: _("tháng"),
}

# Channels by which a fee may differ: the words of a dossier's channel, not those of the source's cells.
FEE_CHANNELS = {"in_person": _("Trực tiếp"), "online": _("Trực tuyến"), "post": _("Bưu chính")}
