"""One dossier, for officials and its applicant alike, and the reckoning of its due instant."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.base.beside import beside
from motcua.base.clock import now
from motcua.base.guard import opens_to, signed_in
from motcua.dossiers.access.dossier import may_see_registers
from motcua.dossiers.access.late import may_remark
from motcua.dossiers.addresses import tracking_of
from motcua.dossiers.models import Apology, PapersGivenBack
from motcua.dossiers.queries.dossier import DossierPage, dossier_of, dossier_page, run_of
from motcua.dossiers.queries.lateness import papers_of, remarks_of
from motcua.dossiers.queries.published import offering_of
from motcua.dossiers.rendering.slips import forms_ready
from motcua.dossiers.states import DECIDED, RETURNED
from motcua.dossiers.web.action_forms import AssignForm
from motcua.dossiers.web.acts import ACTS, Act
from motcua.dossiers.web.at_work import beside_of
from motcua.dossiers.web.late_forms import RemarkForm
from motcua.dossiers.web.life import life_of
from motcua.dossiers.web.life_forms import OpenLinkedForm
from motcua.dossiers.web.reckoning import reckon
from motcua.dossiers.web.results import result_context
from motcua.dossiers.web.showing import timeline_items, tone_of
from motcua.organizations.queries import calendar_for
from motcua.organizations.rules.office_hours import CalendarRefused
from motcua.procedures.eforms import answers_shown, form_asked


@never_cache
@require_GET
@opens_to(signed_in)
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """A dossier with all that the reader may see and do."""
    if "\0" in code:
        raise Http404
    return show(request, dossier_page(code, account=request.user))


@never_cache
@require_GET
@opens_to(signed_in)
def ledger(request: HttpRequest, code: str) -> HttpResponse:
    """Why the dossier is due when it is: which time counted, which did not, where the clock stood still."""
    if "\0" in code:
        raise Http404
    found = dossier_of(code, account=request.user)
    page = {"dossier": found, "reckoning": reckon(found, run_of(code))}
    return render(request, "dossiers/ledger.html", page)


def show(
    request: HttpRequest,
    page: DossierPage,
    *,
    failed: tuple[str, Any] | None = None,
    kept: list[dict[str, Any]] | None = None,
    sealed: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the page; ``failed`` is the action that was refused with its form, ``kept`` its files so far."""
    found, is_official = page.dossier, may_see_registers(request.user)
    is_late = bool(found.is_clock_running and found.due_at and found.due_at < now())
    offers = _offers(request, page, failed)
    context = {
        "page": page,
        "dossier": found,
        "run": page.run,
        "is_official": is_official,
        "tone": tone_of(found.state, is_late=is_late),
        "minutes_left": _minutes_left(page),
        "answers": answers_shown(form_asked(found.form_version_id, offering_of(found.offering_id)), found.answers),
        "items": timeline_items(page.timeline),
        "buttons": [each for each in offers if each["act"].is_button],
        "forms": [each for each in offers if _is_plain_form(each["act"])],
        "family_forms": [each for each in offers if each["act"].is_of_family],
        "links": [each for each in offers if each["act"].question],
        "failed": failed[1] if failed else None,
        "kept": kept or [],
        "sealed": sealed,
        "tracking_url": tracking_of(found.code),
        "shows_result": is_official or found.state in (DECIDED, RETURNED),
    }
    context |= _beside(request.user, page) | life_of(page, is_official=is_official) | beside_of(request, page)
    context |= result_context(request.user, found, page.run)
    return render(request, "dossiers/dossier.html", context, status=status)


def _is_plain_form(act: Act) -> bool:
    return not (act.is_button or act.question or act.is_of_family)


def _beside(account: Any, page: DossierPage) -> dict[str, Any]:
    """Return what goes with the dossier beside its life: forms to print, remarks, the papers on their way."""
    found, is_official = page.dossier, may_see_registers(account)
    letter = Apology.objects.filter(dossier=found).first()
    shows_letter = letter is not None and (is_official or letter.sent_at is not None)
    shown: dict[str, Any] = {"forms_ready": forms_ready(page, is_official=is_official, has_apology=shows_letter)}
    if not is_official:
        return shown
    mine = {post.unit_id for post in account.posts_now}
    hand_overs = papers_of(found)
    under_way = next((each for each in hand_overs if each.received_at is None), None)
    lying = hand_overs[-1].to_unit_id if hand_overs else found.receiving_unit_id
    remarks = may_remark(account, found, page.run)
    return shown | {
        "hand_overs": hand_overs,
        "may_give_papers": under_way is None and lying in mine and page.run.unit_id != lying and not found.ended_at,
        "may_take_papers": under_way is not None and under_way.to_unit_id in mine,
        "may_remark": remarks,
        "remarks": remarks_of(found) if remarks else [],
        "remark_form": RemarkForm(),
        "kept_beside": beside("dossier", account, found.code),
    }


def _offers(request: HttpRequest, page: DossierPage, failed: tuple[str, Any] | None) -> list[dict[str, Any]]:
    """Return the actions offered, each with its form; one that was refused keeps what was typed into it."""
    offers = []
    for slug, act in ACTS.items():
        if failed and slug == failed[0]:
            offers.append({"slug": slug, "act": act, "form": failed[1], "is_open": True})
        elif act.name in page.actions and _has_sense(act.name, request.user, page):
            form = act.form(page=page, auto_id=f"{slug}-%s")
            if not isinstance(form, AssignForm | OpenLinkedForm) or form.has_choice:
                offers.append({"slug": slug, "act": act, "form": form, "is_open": act.is_main})
    return offers


def _has_sense(name: str, account: Any, page: DossierPage) -> bool:
    """Leave out what may be done but would be refused or change nothing."""
    if name == "request_supplement":
        return page.supplement is None
    if name == "take_payment":
        return page.fee is not None and not page.fee.paid_at and not page.fee.cancelled_at
    if name == "rate":
        return page.dossier.is_satisfied is None
    if name == "give_back_papers":
        return not PapersGivenBack.objects.filter(dossier=page.dossier).exists()
    if name == "claim":
        return bool(page.run.assignee_id is None)
    return True


def _minutes_left(page: DossierPage) -> int | None:
    """Return the working minutes left (negative when passed); None where no clock runs or the calendar ends."""
    due_at = page.dossier.due_at
    if not page.dossier.is_clock_running or due_at is None:
        return None
    try:
        return calendar_for(page.dossier.competent_unit.code).working_minutes_between(now(), due_at)
    except CalendarRefused:
        return None
