"""What the forms of a dossier's turns do: each reads its form and calls one action."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.documents.models import StoredFile
from motcua.dossiers.actions import giving_back, linking, obligations, one_visit, withdrawing
from motcua.dossiers.web.uploads import keep
from motcua.organizations.access import SignedInRequest


def ask_obligation(code: str, form: Any, request: SignedInRequest) -> None:
    """Notify what is owed."""
    data = form.cleaned_data
    fields = ("kind", "amount", "basis", "pay_to", "notice_number", "pay_by")
    notice = obligations.Notice(**{name: data[name] for name in fields})
    obligations.ask_obligation(code, notice=notice, actor=request.user, at_step=data["at_step"])


def settle_obligation(code: str, form: Any, request: SignedInRequest) -> None:
    """Note the receipt, or keep the proof that was sent."""
    proof = _kept(form.cleaned_data["proof"], request)
    obligations.settle_obligation(code, reference=form.cleaned_data["reference"], proof=proof, actor=request.user)


def ask_withdrawal(code: str, form: Any, request: SignedInRequest) -> None:
    """Ask to have the dossier back."""
    withdrawing.ask_withdrawal(code, reason=form.cleaned_data["reason"], actor=request.user)


def confirm_withdrawal(code: str, _form: Any, request: SignedInRequest) -> None:
    """Let it go."""
    withdrawing.confirm_withdrawal(code, actor=request.user)


def turn_down_withdrawal(code: str, form: Any, request: SignedInRequest) -> None:
    """Keep it, and say why."""
    withdrawing.turn_down_withdrawal(code, reason=form.cleaned_data["reason"], actor=request.user)


def take_back_withdrawal(code: str, _form: Any, request: SignedInRequest) -> None:
    """Wish no longer to withdraw."""
    withdrawing.take_back_withdrawal(code, actor=request.user)


def give_back_papers(code: str, form: Any, request: SignedInRequest) -> None:
    """Note that the papers went back."""
    data = form.cleaned_data
    giving_back.give_back_papers(code, method=data["method"], note=data["note"], actor=request.user)


def link(code: str, form: Any, request: SignedInRequest) -> None:
    """Say that it goes with another."""
    linking.link(code, other=form.cleaned_data["other"], kind=form.cleaned_data["kind"], actor=request.user)


def open_linked(code: str, form: Any, request: SignedInRequest) -> None:
    """Open another procedure beside it."""
    procedure, _at, unit = form.cleaned_data["beside"].partition("@")
    if not unit:
        raise Refused(gettext("Chọn thủ tục liên thông."), field="beside")
    linking.open_linked(
        code, procedure_code=procedure, unit_code=unit, kind=form.cleaned_data["kind"], actor=request.user
    )


def handle_in_one_visit(code: str, form: Any, request: SignedInRequest) -> None:
    """Do all steps that are the actor's."""
    with transaction.atomic():
        file = _kept(form.value("result_file"), request)
        storing.claim([file.pk] if file else [], subject=code, actor=request.user)
        visit = one_visit.Visit(
            result_text=form.value("result_text"),
            method=form.value("method"),
            payment_method=form.value("payment_method"),
            payment_reference=form.value("payment_reference"),
            result_file=file,
        )
        one_visit.handle_in_one_visit(code, visit=visit, actor=request.user, at_step=form.value("at_step"))


def _kept(uploads: list[Any], request: SignedInRequest) -> StoredFile | None:
    return StoredFile.objects.get(pk=keep(uploads[0], request.user)["id"]) if uploads else None
