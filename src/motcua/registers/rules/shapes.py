"""The fixed words of definitions: types of field, kinds of state and measure, what stands where nothing is said."""

from django.utils.translation import gettext_lazy as _

TEXT, LONG_TEXT, NUMBER, MONEY, DATE, PERIOD = "text", "long_text", "number", "money", "date", "period"
CHOICE, CHOICES, YES_NO, UNIT, OFFICIAL, ENTRY = "choice", "choices", "yes_no", "unit", "official", "entry"
DOSSIER, TASK, LINK, FILES, CHECKLIST = "dossier", "task", "link", "files", "checklist"
FIELD_TYPES = {
    TEXT: _("chữ, một dòng"),
    LONG_TEXT: _("chữ, nhiều dòng"),
    NUMBER: _("số"),
    MONEY: _("tiền, đồng"),
    DATE: _("ngày"),
    PERIOD: _("kỳ"),
    CHOICE: _("chọn một"),
    CHOICES: _("chọn nhiều"),
    YES_NO: _("có hoặc không"),
    UNIT: _("đơn vị"),
    OFFICIAL: _("cán bộ"),
    ENTRY: _("mục của sổ khác"),
    DOSSIER: _("mã hồ sơ"),
    TASK: _("mã nhiệm vụ"),
    LINK: _("đường dẫn"),
    FILES: _("tệp kèm theo"),
    CHECKLIST: _("danh mục đánh dấu"),
}
ORDERED = frozenset({NUMBER, MONEY, DATE})  # what formulas read

OPEN, DONE, VOID = "open", "done", "void"
STATE_KINDS = {OPEN: _("đang làm"), DONE: _("đã xong"), VOID: _("đã hủy")}
BY_KEEPER, BY_CHECKER = "keeper", "checker"
MOVERS = {BY_KEEPER: _("người ghi sổ"), BY_CHECKER: _("người kiểm tra")}
CLOSED = "closed"  # a measure is dated by the day an entry was done
COUNT, SUM, STANDING, UNITS, RATIO = "count", "sum", "standing", "units", "ratio"
MEASURE_KINDS = {
    COUNT: _("số mục trong kỳ"),
    SUM: _("tổng của một trường"),
    STANDING: _("số mục vào một ngày"),
    UNITS: _("số đơn vị phải ghi sổ"),
    RATIO: _("tỷ lệ"),
}
EVERY = {"month": _("tháng"), "quarter": _("quý"), "half": _("nửa năm"), "year": _("năm")}
ERROR, WARNING = "error", "warning"

# What a definition has that says nothing of states, or of taking an entry back.
KEPT_STATE = ("kept", "Đã ghi", DONE)
VOID_STATE = ("void", "Đã hủy", VOID)
VOID_MOVE = ("void", "Hủy mục này")
