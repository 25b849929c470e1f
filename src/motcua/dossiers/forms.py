"""Shapes of input: filing online and at the counter, with the questions and papers of the procedure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.refusal import Refused
from motcua.dossiers.actions.handed_in import Applicant, Circumstances, Paper
from motcua.dossiers.rules import wording
from motcua.dossiers.states import CONSENTS, RETURN_METHODS
from motcua.procedures.declaring import EformFields
from motcua.procedures.known import Known
from motcua.procedures.models import Component
from motcua.procedures.rules.eforms.form import Eform

LONGEST_NAME = 2000  # of a paper in a dossier; some components of the catalogue are longer
MOST_FILES = 60  # of one filing
ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.webp"


class CheckedField(forms.CharField):
    """Text that a rule of ``rules.wording`` checks and cleans."""

    def __init__(self, *, check: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self.check = check

    def clean(self, value: Any) -> str:
        try:
            return self.check(super().clean(value))
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class PhotoInput(forms.FileInput):
    """An input that opens the camera of a telephone; elsewhere it takes a picture from the disk."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/*", "capture": "environment"})


class FilesInput(forms.FileInput):
    """An input that takes several files; the value is their list."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []


class FilesField(forms.FileField):
    """Several files at once; ``cleaned_data`` holds a list of uploads, each still to be checked when it is kept."""

    def __init__(self, **options: Any) -> None:
        widget = FilesInput(attrs={"accept": ACCEPTED, "multiple": True})
        super().__init__(required=False, widget=widget, max_length=300, allow_empty_file=True, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in files]


@dataclass
class Row:
    """A component that is asked for: its fields in the form and the files kept for it so far."""

    component: Component
    fields: dict[str, BoundField]
    kept: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Group:
    """The components of one case; ``case`` "" is for everybody."""

    case: str
    rows: list[Row]

    @property
    def is_open(self) -> bool:
        return not self.case or any(row.kept or any(each.errors for each in row.fields.values()) for row in self.rows)


def asked(components: Iterable[Component]) -> tuple[list[Component], list[Component]]:
    """Return the components that are papers, and those that only say something.

    The national catalogue keeps remarks among the components, with neither originals nor copies.
    """
    found = list(components)
    papers = [each for each in found if each.originals or each.copies]
    return (papers, [each for each in found if each not in papers]) if papers else (found, [])


class DossierForm(EformFields):
    """Who asks, the answers and the papers: what both ways of filing share.

    ``kept`` are the files sent so far: ``{"id", "name", "size", "component"}``, component 0 being any other paper.
    """

    applicant_name = CheckedField(
        label=_("Họ và tên người nộp"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        check=lambda text: wording.line(text, field="", label="", longest=200),
    )
    identity_number = CheckedField(
        label=_("Số định danh cá nhân hoặc mã số thuế"),
        max_length=20,
        required=False,
        check=wording.identity_number,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "20"}),
    )
    phone = CheckedField(
        label=_("Số điện thoại"),
        max_length=30,
        required=False,
        check=wording.phone,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "data-width": "20"}),
    )
    email = CheckedField(
        label=_("Thư điện tử"),
        max_length=254,
        required=False,
        check=wording.email,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )
    address = forms.CharField(
        label=_("Địa chỉ"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    request_text = forms.CharField(
        label=_("Nội dung yêu cầu"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
        help_text=_("Ghi thêm điều cơ quan cần biết, nếu có."),
    )
    organisation_name = forms.CharField(label=_("Nộp thay cho tổ chức"), max_length=250, required=False)
    organisation_tax_code = CheckedField(
        label=_("Mã số thuế của tổ chức"),
        max_length=20,
        required=False,
        check=wording.tax_code,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "20"}),
    )
    return_method = forms.ChoiceField(
        label=_("Nhận kết quả"),
        choices=[("", _("Chưa chọn")), *RETURN_METHODS.items()],
        required=False,
    )
    return_address = forms.CharField(
        label=_("Địa chỉ nhận kết quả qua bưu chính"),
        max_length=250,
        required=False,
        help_text=_("Để trống nếu gửi về địa chỉ ở trên."),
    )
    repeats = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    other_name = forms.CharField(label=_("Tên giấy tờ khác"), max_length=500, required=False)
    other_files = FilesField(label=_("Tệp của giấy tờ khác"))

    applicant_fields = ("applicant_name", "identity_number", "phone", "email", "address")

    def __init__(
        self,
        *args: Any,
        eform: Eform,
        components: Iterable[Component],
        kept: Iterable[Mapping[str, Any]] = (),
        known: Mapping[str, Known] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.ask(eform, known)
        self.components, self.remarks = asked(components)
        self.kept = [dict(each) for each in kept]
        for component in self.components:
            for name, made in self.fields_of(component).items():
                self.fields[f"{name}_{component.pk}"] = made

    def fields_of(self, component: Component) -> dict[str, forms.Field]:
        """Return the fields that ask for a component, by the first part of their names."""
        photo = forms.FileField(
            label=_("Chụp ảnh bằng điện thoại"), required=False, widget=PhotoInput(), max_length=300,
            allow_empty_file=True,
        )  # fmt: skip
        return {"files": FilesField(label=_label(component)), "photo": photo}

    def applicant(self) -> Applicant:
        """Return who asks, of a valid form."""
        data = self.cleaned_data
        return Applicant(
            name=data["applicant_name"],
            identity_number=data["identity_number"],
            phone=data["phone"],
            email=data["email"],
            address=data["address"],
            organisation_name=data["organisation_name"],
            organisation_tax_code=data["organisation_tax_code"],
        )

    def circumstances(self) -> Circumstances:
        """Return how it came in and how the result shall go out, of a valid form."""
        data = self.cleaned_data
        return Circumstances(
            repeats=data["repeats"], return_method=data["return_method"], return_address=data["return_address"]
        )

    def uploads(self) -> list[tuple[int, str, Any]]:
        """Return (component number, field, upload) of every file sent with this request."""
        found = [
            (component.pk, f"files_{component.pk}", file)
            for component in self.components
            for file in self.cleaned_data.get(f"files_{component.pk}") or []
        ]
        photos = [(component.pk, f"photo_{component.pk}") for component in self.components]
        found += [(number, name, self.cleaned_data[name]) for number, name in photos if self.cleaned_data.get(name)]
        return found + [(0, "other_files", file) for file in self.cleaned_data.get("other_files") or []]

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal at the field it names, or above the form."""
        names = (refusal.field or "", f"q_{refusal.field}")
        self.add_error(next((name for name in names if name in self.fields), None), refusal.message)

    def applicant_bound(self) -> list[BoundField]:
        return [self[name] for name in self.applicant_fields]

    @property
    def is_for_organisation(self) -> bool:
        """Whether the fields of the organisation are open on the page."""
        names = ("organisation_name", "organisation_tax_code")
        return any(self[name].value() or self[name].errors for name in names)

    def groups(self) -> list[Group]:
        """Return the components by case; those for everybody come first."""
        found: dict[str, Group] = {}
        for component in sorted(self.components, key=lambda each: bool(each.case)):
            bound = {name: self[f"{name}_{component.pk}"] for name in self.fields_of(component)}
            found.setdefault(component.case, Group(component.case, [])).rows.append(
                Row(component, bound, self.kept_for(component.pk))
            )
        return list(found.values())

    def kept_for(self, component: int) -> list[dict[str, Any]]:
        return [each for each in self.kept if each["component"] == component]

    def other_kept(self) -> list[dict[str, Any]]:
        return self.kept_for(0)

    def other_paper_name(self) -> str:
        return str(self.cleaned_data.get("other_name") or gettext("Giấy tờ khác"))


class OnlineForm(DossierForm):
    """Filing online: files, or the word that the paper itself will be brought.

    ``is_assisted``: an official files for somebody, who must have agreed (C064).
    """

    def __init__(self, *args: Any, is_assisted: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_assisted = is_assisted
        if is_assisted:
            self.fields["consent"] = forms.ChoiceField(
                label=_("Người dân đã đồng ý để bạn nộp giúp"), choices=list(CONSENTS.items()), widget=forms.RadioSelect
            )

    def fields_of(self, component: Component) -> dict[str, forms.Field]:
        on_paper = forms.BooleanField(label=_("Đã có bản giấy, sẽ mang đến khi được yêu cầu"), required=False)
        return {**super().fields_of(component), "paper": on_paper}

    def papers(self) -> list[Paper]:
        """Return the papers of a valid form: one for each kept file, and those that will be brought."""
        found = []
        for component in self.components:
            name = component.name[:LONGEST_NAME]
            kept = self.kept_for(component.pk)
            found += [Paper(name, file_id=each["id"]) for each in kept]
            if not kept and self.cleaned_data.get(f"paper_{component.pk}"):
                found.append(Paper(name, is_original=component.originals > 0))
        return found + [Paper(self.other_paper_name(), file_id=each["id"]) for each in self.other_kept()]


def _label(component: Component) -> str:
    return component.name if len(component.name) <= 300 else f"{component.name[:299]}…"
