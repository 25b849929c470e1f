"""What the pages of publication ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.organizations.models import Unit
from motcua.organizations.states import UNIT_KINDS
from motcua.procedures.models import Decision, DecisionRow
from motcua.procedures.publishing_states import CHANGE_LABELS, PLACES, ROLES, TRAITS, VERDICTS
from motcua.procedures.rules.cells import LEVELS as LEVEL_WORDS
from motcua.procedures.states import LEVELS as LEVEL_LABELS
from motcua.ui.forms import DayField


def _long(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-width": "full"})


class UploadForm(forms.Form):
    """A decision to be read."""

    file = forms.FileField(
        label=_("Quyết định"), help_text=_("DOCX, PDF (chữ hoặc ảnh quét), HTML, TXT; tối đa 40 MB.")
    )


class HeadForm(forms.Form):
    """What a decision says of itself."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, required=False)
    signed_on = DayField(label=_("Ngày ký"), required=False)
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=300, required=False)
    title = forms.CharField(label=_("Trích yếu"), widget=_long(), max_length=3000, required=False)
    valid_from = DayField(label=_("Ngày có hiệu lực"), required=False)
    basis_valid_on = DayField(
        label=_("Ngày hiệu lực muộn nhất của văn bản làm căn cứ"), required=False,
        help_text=_("Để tính hạn ký quyết định (R5.01)."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, decision: Decision) -> None:
        super().__init__(data, initial={name: getattr(decision, name) for name in self.base_fields})


class RowForm(forms.Form):
    """One row of a decision."""

    procedure_code = forms.CharField(label=_("Mã thủ tục"), max_length=20, required=False)
    name = forms.CharField(label=_("Tên thủ tục"), widget=_long(2), max_length=3000, required=False)
    change = forms.ChoiceField(label=_("Thay đổi"), choices=list(CHANGE_LABELS.items()))
    is_dropped = forms.BooleanField(label=_("Bỏ dòng này"), required=False)

    def __init__(self, data: Any = None, *, row: DecisionRow | None = None) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields} if row else {}
        super().__init__(data, initial=initial, auto_id=f"d{row.position if row else 0}_%s")


class ContentForm(forms.Form):
    """The parts of a procedure; lists one item a line, cells of a line between bars."""

    field = forms.CharField(label=_("Lĩnh vực"), max_length=200)
    type = forms.CharField(label=_("Loại thủ tục"), max_length=200, required=False)
    issuing_agency = forms.CharField(label=_("Cơ quan ban hành"), max_length=200)
    levels = forms.MultipleChoiceField(
        label=_("Cấp giải quyết"), choices=[(words, LEVEL_LABELS[code]) for words, code in LEVEL_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    subjects = forms.CharField(label=_("Đối tượng thực hiện"), widget=_long(), required=False)
    executing_agencies = forms.CharField(label=_("Cơ quan thực hiện"), widget=_long(), required=False)
    competent_agency = forms.CharField(label=_("Cơ quan có thẩm quyền"), widget=_long(2), required=False)
    coordinating_agency = forms.CharField(label=_("Cơ quan phối hợp"), widget=_long(2), required=False)
    reception_address = forms.CharField(label=_("Địa chỉ tiếp nhận"), widget=_long(2), required=False)
    steps = forms.CharField(label=_("Trình tự thực hiện"), widget=_long(8))
    channels = forms.CharField(
        label=_("Cách thức, thời hạn, phí"), widget=_long(),
        help_text=_("Mỗi dòng: cách nộp | thời hạn | đơn vị thời gian | phí (đồng) | ghi chú. "
                    "Ví dụ: Trực tiếp | 5 | Ngày làm việc | 10000 |"),
    )  # fmt: skip
    papers = forms.CharField(
        label=_("Thành phần hồ sơ"), widget=_long(6), required=False,
        help_text=_("Mỗi dòng: trường hợp | tên giấy tờ | mẫu | số bản chính | số bản sao. "
                    "Ví dụ: | Tờ khai | Mẫu 01 | 1 | 0"),
    )  # fmt: skip
    results = forms.CharField(label=_("Kết quả thực hiện"), widget=_long())
    conditions = forms.CharField(label=_("Yêu cầu, điều kiện"), widget=_long(), required=False)
    legal_refs = forms.CharField(label=_("Căn cứ pháp lý"), widget=_long())


class OpinionsForm(forms.Form):
    """Who is asked for an opinion, by when."""

    units = forms.MultipleChoiceField(label=_("Đơn vị được lấy ý kiến"), widget=forms.CheckboxSelectMultiple)
    due_on = DayField(label=_("Hạn trả lời"))

    def __init__(self, data: Any = None, *, units: list[Unit]) -> None:
        super().__init__(data)
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(unit.code, unit.name) for unit in units]


class OpinionForm(forms.Form):
    """The opinion of a unit."""

    verdict = forms.ChoiceField(
        label=_("Ý kiến"), choices=[pair for pair in VERDICTS.items() if pair[0]], widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Nội dung đề nghị sửa, lý do"), widget=_long(), max_length=4000, required=False)


class SignForm(forms.Form):
    """Number, day and file of a signed decision."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    file = forms.FileField(label=_("Bản ký (PDF)"), required=False)


class DraftForm(forms.Form):
    """What a new draft is called and when it takes effect."""

    title = forms.CharField(label=_("Trích yếu"), widget=_long(2), max_length=1000, required=False)
    valid_from = DayField(label=_("Ngày có hiệu lực dự kiến"), required=False)


class RefuseForm(forms.Form):
    """Why a proposal is not taken up."""

    note = forms.CharField(label=_("Lý do không chấp nhận"), max_length=1000)


class LateForm(forms.Form):
    """From which day a proposal that did not fit is published after all."""

    valid_from = DayField(label=_("Áp dụng từ ngày"))


class NationalForm(forms.Form):
    """A file of the national set."""

    file = forms.FileField(
        label=_("Bộ thủ tục quốc gia"),
        help_text=_("Tệp Excel xuất từ Cổng Dịch vụ công quốc gia, hoặc JSONL (có thể nén .gz) đủ các bộ phận."),
    )


class MarkForm(forms.Form):
    """A mark given or ended."""

    trait = forms.ChoiceField(label=_("Đánh dấu"), choices=list(TRAITS.items()))
    on = forms.ChoiceField(
        label=_("Việc"), choices=[("1", _("Bắt đầu")), ("0", _("Chấm dứt"))], widget=forms.RadioSelect, initial="1"
    )
    valid_from = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)


class AuthorityForm(forms.Form):
    """Who has which part in a procedure."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=list(ROLES.items()))
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    unit_kind = forms.ChoiceField(
        label=_("Hoặc mọi đơn vị thuộc loại"), choices=[("", "—"), *UNIT_KINDS.items()], required=False
    )
    valid_from = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)

    def __init__(self, data: Any = None, *, units: list[Unit]) -> None:
        super().__init__(data, auto_id="quyen_%s")
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((unit.code, unit.name) for unit in units)]


class PostingForm(forms.Form):
    """That a list was posted, with its proof."""

    place = forms.ChoiceField(label=_("Nơi niêm yết"), choices=list(PLACES.items()))
    on = DayField(label=_("Ngày niêm yết"))
    file = forms.FileField(label=_("Ảnh bảng niêm yết"), required=False, help_text=_("JPEG, PNG hoặc PDF."))
    address = forms.URLField(label=_("Địa chỉ trang đã đăng"), required=False, max_length=300, assume_scheme="https")
