"""Shapes of input of reception on a dossier's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries.dossier import DossierPage
from motcua.dossiers.states import ONLINE
from motcua.dossiers.web.action_forms import StepForm, words_field


class ReceiveForm(StepForm):
    hands_over = forms.BooleanField(label=_("Chuyển ngay đến bước xử lý"), required=False, initial=True)
    gives_papers = forms.BooleanField(label=_("Giao luôn bản giấy cho đơn vị giải quyết"), required=False)

    def show(self, page: DossierPage) -> None:
        self.initial["gives_papers"] = page.dossier.channel != ONLINE
        if page.dossier.channel == ONLINE:
            self.fields["gives_papers"].widget = forms.HiddenInput()


class GuideForm(StepForm):
    items = words_field(
        _("Giấy tờ, nội dung cần bổ sung"),
        4000,
        help_text=_("Mỗi dòng một mục. Hãy ghi đủ trong một lần; thời hạn giải quyết chưa bắt đầu."),
    )
    reason = words_field(_("Lý do"), 4000, required=False)
