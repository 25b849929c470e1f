"""Shapes of input about lateness, remarks, papers and many dossiers at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM, today
from motcua.dossiers.forms import FilesField
from motcua.dossiers.queries.lateness import LatePage
from motcua.dossiers.web.filters import PeriodForm
from motcua.ui.forms import DayField


def _words(label: Any, most: int, *, rows: int = 3, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


class LateForm(forms.Form):
    """A form of the page of lateness; ``page`` gives what it begins with."""

    def __init__(self, *args: Any, page: LatePage | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if page is not None:
            self.show(page)

    def show(self, page: LatePage) -> None:
        """Take from the dossier what the form begins with."""


class ExplainForm(LateForm):
    text = _words(
        _("Giải trình"), 2000, rows=5, help_text=_("Vì sao trễ, ai đang chờ ai, khi nào xong. Chỉ giải trình một lần.")
    )


class ApologyForm(LateForm):
    reason = _words(_("Lý do chậm"), 1000, help_text=_("In trong văn bản gửi người nộp."))
    new_due_on = DayField(
        label=_("Hẹn trả lại ngày"), help_text=_("Chỉ được hẹn lại một lần; tính đến hết giờ làm việc.")
    )

    def show(self, page: LatePage) -> None:
        letter = page.late.apology
        if letter is not None:
            self.initial = {"reason": letter.reason, "new_due_on": letter.new_due_at.astimezone(VIETNAM).date()}


class SignForm(LateForm):
    signed_file = FilesField(
        label=_("Văn bản đã ký"), help_text=_("Tệp ký số hoặc bản chụp. Bỏ trống nếu ký trên giấy.")
    )


class RemarkForm(forms.Form):
    text = _words(_("Ý kiến"), 2000, help_text=_("Chỉ công chức thấy. Viết @tên_đăng_nhập để gọi một đồng nghiệp."))


class PapersForm(forms.Form):
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False)


class CountedForm(PeriodForm):
    """The period that is counted; this month when nothing is asked."""

    tu = DayField(label=_("Từ ngày"))
    den = DayField(label=_("Đến ngày"))

    @classmethod
    def asked(cls, data: Any) -> "CountedForm":
        """Return the form bound to what was asked, or to this month so far."""
        day = today()
        month = {"tu": f"{day.replace(day=1):%d/%m/%Y}", "den": f"{day:%d/%m/%Y}"}
        return cls({name: data.get(name) or month[name] for name in month})
