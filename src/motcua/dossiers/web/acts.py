"""The actions that a dossier's page offers: address, form, words, and the action behind each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.documents.models import StoredFile
from motcua.dossiers.access.dossier import TABLE
from motcua.dossiers.actions import ending, handling, payment, reception, returning, supplementing
from motcua.dossiers.actions.filing import Paper
from motcua.dossiers.forms import LONGEST_NAME
from motcua.dossiers.states import APPLICANT
from motcua.dossiers.web import action_forms as shapes
from motcua.dossiers.web import life_acts, life_forms, reception_acts, reception_forms
from motcua.dossiers.web.result_forms import ReturnForm
from motcua.dossiers.web.uploads import keep, unseal
from motcua.organizations.access import SignedInRequest
from motcua.organizations.models import Account

Do = Callable[[str, Any, SignedInRequest], Any]


@dataclass(frozen=True)
class Act:
    """One action of ``access.TABLE`` as a form.

    ``is_main``: what the step is there for, shown open. ``question``: asked on a page of its own before it is done.
    ``is_of_family``: stands beside the dossiers that go with it.
    """

    name: str
    form: type[shapes.StepForm]
    do: Do
    done: str | Promise
    is_main: bool = False
    is_upload: bool = False
    question: str | Promise = ""
    warning: str | Promise = ""  # what follows from a yes
    is_of_family: bool = False

    @property
    def label(self) -> str:
        return str(TABLE[self.name].label)

    @property
    def is_button(self) -> bool:
        return self.form is shapes.StepForm and not self.question


def _step(form: Any) -> int | None:
    step: int | None = form.cleaned_data["at_step"]
    return step


def _refuse(code: str, form: Any, request: SignedInRequest) -> None:
    reception.refuse(code, reason=form.cleaned_data["reason"], actor=request.user, at_step=_step(form))


def _claim(code: str, form: Any, request: SignedInRequest) -> None:
    handling.claim(code, actor=request.user)


def _assign(code: str, form: Any, request: SignedInRequest) -> None:
    to = Account.objects.filter(code=form.cleaned_data["to"]).first()
    if to is None:
        raise Refused(gettext("Không có người này."), field="to")
    handling.assign(code, to=to, actor=request.user)


def _forward(code: str, form: Any, request: SignedInRequest) -> None:
    handling.forward(code, actor=request.user, at_step=_step(form))


def _ask_supplement(code: str, form: Any, request: SignedInRequest) -> None:
    data = form.cleaned_data
    supplementing.request_supplement(
        code, items=data["items"], reason=data["reason"], actor=request.user, at_step=_step(form)
    )


def _supply(code: str, form: Any, request: SignedInRequest) -> None:
    form.kept = unseal(request.POST.get("kept", ""), request.user)
    form.kept += [keep(upload, request.user) for upload in form.cleaned_data["papers"]]
    names = [gettext("Bổ sung: %(name)s") % {"name": each["name"]} for each in form.kept]
    papers = [Paper(name[:LONGEST_NAME], each["id"]) for name, each in zip(names, form.kept, strict=True)]
    supplementing.supply(code, actor=request.user, papers=papers, note=form.cleaned_data["note"])


def _propose(code: str, form: Any, request: SignedInRequest) -> None:
    handling.propose(code, actor=request.user, result_text=form.cleaned_data["result_text"], at_step=_step(form))


def _send_back(code: str, form: Any, request: SignedInRequest) -> None:
    handling.send_back(code, reason=form.cleaned_data["reason"], actor=request.user, at_step=_step(form))


def _approve(code: str, form: Any, request: SignedInRequest) -> None:
    uploads = form.cleaned_data["result_file"]
    file = StoredFile.objects.get(pk=keep(uploads[0], request.user)["id"]) if uploads else None
    with transaction.atomic():
        handling.approve(
            code,
            actor=request.user,
            result_text=form.cleaned_data["result_text"],
            result_file=file,
            at_step=_step(form),
        )
        storing.claim([file.pk] if file else [], subject=code, actor=request.user)


def _return(code: str, form: Any, request: SignedInRequest) -> None:
    data = form.cleaned_data
    how = returning.HandOver(
        collector=data["collector"] or APPLICANT,
        collector_name=data["collector_name"],
        collector_paper=data["collector_paper"],
        address=data["address"],
        item_number=data["item_number"],
    )
    returning.return_result(code, method=data["method"], hand_over=how, actor=request.user, at_step=_step(form))


def _withdraw(code: str, form: Any, request: SignedInRequest) -> None:
    ending.withdraw(code, reason=form.cleaned_data["reason"], actor=request.user)


def _stop(code: str, form: Any, request: SignedInRequest) -> None:
    ending.stop(code, reason=form.cleaned_data["reason"], actor=request.user)


def _rate(code: str, form: Any, request: SignedInRequest) -> None:
    returning.rate(code, is_satisfied=form.cleaned_data["is_satisfied"] == "yes", actor=request.user)


def _take_payment(code: str, form: Any, request: SignedInRequest) -> None:
    data = form.cleaned_data
    payment.take_payment(code, method=data["method"], reference=data["reference"], actor=request.user)


# In the order of the page: what leads on comes first, what ends it last.
ACTS = {
    "tiep-nhan": Act(
        "receive", reception_forms.ReceiveForm, reception_acts.receive, _("Đã tiếp nhận hồ sơ."), is_main=True
    ),
    "bo-sung-theo-huong-dan": Act(
        "complete",
        shapes.SupplyForm,
        reception_acts.complete,
        _("Đã bổ sung; hồ sơ chờ tiếp nhận."),
        is_main=True,
        is_upload=True,
    ),
    "rut-dong-y": Act(
        "confirm_withdrawal",
        shapes.StepForm,
        life_acts.confirm_withdrawal,
        _("Đã cho rút hồ sơ."),
        question=_("Cho người nộp rút hồ sơ này?"),
        warning=_("Hồ sơ rút rồi không xử lý tiếp được; mã hồ sơ vẫn giữ để tra cứu."),
    ),
    "thoi-rut": Act(
        "take_back_withdrawal",
        shapes.StepForm,
        life_acts.take_back_withdrawal,
        _("Hồ sơ tiếp tục được giải quyết."),
        is_main=True,
    ),
    "rut-tu-choi": Act(
        "turn_down_withdrawal",
        life_forms.TurnDownForm,
        life_acts.turn_down_withdrawal,
        _("Đã trả lời không cho rút; hồ sơ tiếp tục được giải quyết."),
    ),
    "da-nop-tien": Act(
        "settle_obligation",
        life_forms.SettlementForm,
        life_acts.settle_obligation,
        _("Đã ghi nhận; thời hạn tính tiếp."),
        is_main=True,
        is_upload=True,
    ),
    "bo-sung": Act("supply", shapes.SupplyForm, _supply, _("Đã bổ sung hồ sơ."), is_main=True, is_upload=True),
    "thu-phi": Act(
        "take_payment", shapes.PaymentForm, _take_payment, _("Đã ghi nhận việc nộp phí, lệ phí."), is_main=True
    ),
    "tra-ket-qua": Act("return", ReturnForm, _return, _("Đã trả kết quả."), is_main=True),
    "phe-duyet": Act("approve", shapes.ApproveForm, _approve, _("Đã phê duyệt kết quả."), is_main=True, is_upload=True),
    "trinh-ket-qua": Act("propose", shapes.ProposeForm, _propose, _("Đã trình kết quả."), is_main=True),
    "chuyen-buoc": Act("forward", shapes.StepForm, _forward, _("Đã chuyển sang bước tiếp theo."), is_main=True),
    "tai-cho": Act(
        "one_visit",
        life_forms.OneVisitForm,
        life_acts.handle_in_one_visit,
        _("Đã làm xong các bước của bạn."),
        is_upload=True,
    ),
    "danh-gia": Act("rate", shapes.RatingForm, _rate, _("Cảm ơn bạn đã đánh giá."), is_main=True),
    "nhan-viec": Act("claim", shapes.StepForm, _claim, _("Bạn đã nhận xử lý bước này.")),
    "phan-cong": Act("assign", shapes.AssignForm, _assign, _("Đã phân công.")),
    "yeu-cau-bo-sung": Act(
        "request_supplement", shapes.SupplementRequestForm, _ask_supplement, _("Đã yêu cầu bổ sung; thời hạn tạm dừng.")
    ),
    "nghia-vu-tai-chinh": Act(
        "ask_obligation",
        life_forms.ObligationForm,
        life_acts.ask_obligation,
        _("Đã thông báo nghĩa vụ tài chính; thời hạn tạm dừng."),
    ),
    "huong-dan": Act(
        "guide", reception_forms.GuideForm, reception_acts.guide, _("Đã hướng dẫn hoàn thiện; thời hạn chưa tính.")
    ),
    "tra-lai": Act("send_back", shapes.SendBackForm, _send_back, _("Đã trả lại để làm lại.")),
    "tu-choi": Act(
        "refuse",
        shapes.ReasonForm,
        _refuse,
        _("Đã từ chối tiếp nhận."),
        question=_("Từ chối tiếp nhận hồ sơ này?"),
        warning=_("Người nộp được báo lý do; muốn làm tiếp phải nộp hồ sơ mới."),
    ),
    "rut": Act(
        "withdraw",
        shapes.ReasonForm,
        _withdraw,
        _("Đã rút hồ sơ."),
        question=_("Rút hồ sơ này?"),
        warning=_("Hồ sơ rút rồi không xử lý tiếp được; mã hồ sơ vẫn giữ để tra cứu."),
    ),
    "xin-rut": Act(
        "ask_withdrawal",
        shapes.ReasonForm,
        life_acts.ask_withdrawal,
        _("Đã gửi đề nghị rút hồ sơ; nơi giải quyết sẽ trả lời."),
        question=_("Đề nghị rút hồ sơ này?"),
        warning=_("Nơi giải quyết trả lời đề nghị; trước khi được trả lời bạn có thể thôi rút."),
    ),
    "dung": Act(
        "stop",
        shapes.ReasonForm,
        _stop,
        _("Đã dừng xử lý hồ sơ."),
        question=_("Dừng xử lý hồ sơ này?"),
        warning=_("Hồ sơ dừng rồi không xử lý tiếp được; người nộp được báo lý do."),
    ),
    "tra-giay-to": Act(
        "give_back_papers",
        life_forms.GiveBackForm,
        life_acts.give_back_papers,
        _("Đã ghi việc trả giấy tờ."),
    ),
    "ho-so-lien-quan": Act(
        "link", life_forms.LinkForm, life_acts.link, _("Đã gắn hồ sơ liên quan."), is_of_family=True
    ),
    "mo-lien-thong": Act(
        "open_linked",
        life_forms.OpenLinkedForm,
        life_acts.open_linked,
        _("Đã mở hồ sơ liên thông."),
        is_of_family=True,
    ),
}
