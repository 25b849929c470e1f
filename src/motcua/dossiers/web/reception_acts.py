"""What the forms of reception do on a dossier's page: receive, say what it lacks, add it."""

from typing import Any

from django.utils.translation import gettext

from motcua.dossiers.actions import reception
from motcua.dossiers.actions.handed_in import Paper
from motcua.dossiers.forms import LONGEST_NAME
from motcua.dossiers.web.uploads import keep, unseal
from motcua.organizations.access import SignedInRequest


def receive(code: str, form: Any, request: SignedInRequest) -> None:
    """Receive, and hand over where the box is ticked."""
    data = form.cleaned_data
    reception.receive(
        code,
        actor=request.user,
        hands_over=data["hands_over"],
        gives_papers=data["gives_papers"],
        at_step=data["at_step"],
    )


def guide(code: str, form: Any, request: SignedInRequest) -> None:
    """Say what must be added before reception."""
    data = form.cleaned_data
    reception.guide(code, items=data["items"], reason=data["reason"], actor=request.user, at_step=data["at_step"])


def complete(code: str, form: Any, request: SignedInRequest) -> None:
    """Add what was asked for, with the files kept so far."""
    form.kept = unseal(request.POST.get("kept", ""), request.user)
    form.kept += [keep(upload, request.user) for upload in form.cleaned_data["papers"]]
    names = [gettext("Bổ sung: %(name)s") % {"name": each["name"]} for each in form.kept]
    papers = [Paper(name[:LONGEST_NAME], each["id"]) for name, each in zip(names, form.kept, strict=True)]
    reception.complete(code, actor=request.user, papers=papers, note=form.cleaned_data["note"])
