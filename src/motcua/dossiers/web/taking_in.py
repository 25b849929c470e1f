"""Taking a dossier in: one page, one POST; received with its slip, sent home with slip 02, or refused with slip 03."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motcua.base.clock import now, today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import may_receive_at_counter
from motcua.dossiers.actions.filing import file_at_counter
from motcua.dossiers.actions.looking_up import look_up
from motcua.dossiers.actions.turning_away import guide_at_counter, refuse_at_counter
from motcua.dossiers.counter_form import GUIDE, RECEIVE, REFUSE, CounterForm
from motcua.dossiers.known_data import known_of_applicant
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.known_applicants import KnownApplicant, duplicates_of
from motcua.dossiers.queries.places import FilingPlace, filing_place
from motcua.dossiers.states import COUNTER
from motcua.dossiers.web.choices import units_at
from motcua.dossiers.web.drafts import Draft
from motcua.dossiers.web.uploads import keep_uploads, seal, unseal
from motcua.organizations.access import SignedInRequest
from motcua.organizations.states import RECEPTION
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import version_at
from motcua.procedures.rules.eforms.flat import COMMAND, PREFIX, reshaped

WAYS = (RECEIVE, GUIDE, REFUSE)


class Desk:
    """The page of one procedure at the reader's counters: units to choose from, the place, the form's options."""

    def __init__(self, request: SignedInRequest, version: ProcedureVersion) -> None:
        self.request, self.version, self.code = request, version, version.procedure.code
        counters = list(request.user.units_as(RECEPTION))
        self.units = units_at(self.code, counters)
        if not self.units:
            return
        self.draft = Draft(request.user, self.code, "", COUNTER)
        wanted = request.POST.get("unit") or request.GET.get("don-vi", "")
        unit = next((unit for unit in self.units if unit.code == wanted), self.units[0])
        self.chosen = unit.code if unit.code == wanted or len(self.units) == 1 else ""
        self.place: FilingPlace = filing_place(self.code, unit.code, today())
        self.options: dict[str, Any] = {
            "eform": self.place.form,
            "components": version.components.all(),
            "units": self.units,
            "counters": counters if self.place.is_any_location else [],
        }

    def blank(self) -> CounterForm:
        """Return the form as it opens: empty, or as it stood when a session ended (``?tiep``)."""
        if self.draft.is_begun and "tiep" in self.request.GET:
            return CounterForm(initial=self.draft.data(), **self.options)
        ticket = self.request.GET.get("so", "")[:40]
        return CounterForm(initial={"submission_key": uuid4(), "unit": self.chosen, "ticket": ticket}, **self.options)

    def sent(self) -> CounterForm:
        """Return the form as it was sent, judged, its files kept."""
        post = self.request.POST
        kept = unseal(post.get("kept", ""), self.request.user)
        form = CounterForm(post, self.request.FILES, kept=kept, **self.options)
        form.is_valid()
        keep_uploads(form, self.request.user, post.getlist("drop"))
        return form

    def show(self, form: CounterForm, status: int = 200, **more: Any) -> HttpResponse:
        """Render the page with ``form``."""
        page = {
            "version": self.version,
            "filing_place": self.place,
            "form": form,
            "kept": seal(form.kept, self.request.user),
            "known_number": self.request.POST.get("known_number", "")[:40],
        }
        return render(self.request, "dossiers/counter_form.html", page | more, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_receive_at_counter)
def take_in(request: SignedInRequest, procedure: str) -> HttpResponse:
    """Take a dossier in; ``way`` is the button that was pressed."""
    version = version_at(procedure) if "\0" not in procedure else None
    if version is None:
        raise Http404
    desk = Desk(request, version)
    if not desk.units:
        return render(request, "dossiers/counter_not_offered.html", {"version": version}, status=422)
    if request.method != "POST":
        begun_at = desk.draft.changed_at if "tiep" not in request.GET else None
        return desk.show(desk.blank(), begun_at=begun_at)
    if "look_up" in request.POST:
        return _look_up(desk)
    form = desk.sent()
    if COMMAND in request.POST:  # another shape of the declaration is asked for; nothing is judged yet
        typed = reshaped(desk.place.form, dict(request.POST.lists()), request.POST[COMMAND])
        return desk.show(CounterForm(initial=MultiValueDict(typed), kept=form.kept, **desk.options))
    way = request.POST.get("way", RECEIVE)
    return _do(desk, form, way if way in WAYS else RECEIVE)


@never_cache
@require_POST
@opens_to(may_receive_at_counter)
def keep_at_counter(request: SignedInRequest, procedure: str) -> HttpResponse:
    """Keep what is typed while it is typed: a session that ends meanwhile loses nothing."""
    version = version_at(procedure) if "\0" not in procedure else None
    desk = Desk(request, version) if version else None
    if desk is None or not desk.units:
        raise Http404
    fields = CounterForm(request.POST, **desk.options).fields
    desk.draft.save_typed({name: request.POST.getlist(name) for name in fields if name in request.POST})
    return HttpResponse(status=204)


def _do(desk: Desk, form: CounterForm, way: str) -> HttpResponse:
    if way != RECEIVE:
        form.forgive_what_only_reception_needs()
    if form.errors:
        return desk.show(form, 422, way=way)
    try:
        if way == RECEIVE and not form.cleaned_data["repeats"]:
            found = _like(desk, form)
            if found:
                return _ask(desk, form, found)
        dossier = _act(desk, form, way)
    except Refused as refusal:
        form.refuse(refusal)
        return desk.show(form, 422, way=way)
    desk.draft.forget()
    return redirect("dossiers:taken_in", desk.code, dossier.code)


def _act(desk: Desk, form: CounterForm, way: str) -> Dossier:
    data = form.cleaned_data
    common: dict[str, Any] = {
        "unit_code": data["unit"],
        "applicant": form.applicant(),
        "submission_key": data["submission_key"],
        "actor": desk.request.user,
        "request_text": data["request_text"],
        "channel": data["channel"],
        "circumstances": form.circumstances(),
        "counter_code": data["counter"],
    }
    if way == REFUSE:
        return refuse_at_counter(desk.code, reason=data["reason"], **common)
    answers = form.answers()
    if way == GUIDE:
        items = data["items"] or form.missing()
        return guide_at_counter(desk.code, items=items, reason=data["reason"], answers=answers, **common)
    return file_at_counter(
        desk.code,
        papers=form.papers(),
        answers=answers,
        hands_over=data["hands_over"],
        gives_papers=data["gives_papers"] and any(not paper.file_id for paper in form.papers()),
        **common,
    )


def _like(desk: Desk, form: CounterForm) -> list[Dossier]:
    return duplicates_of(form.applicant(), desk.code, at=now(), key=form.cleaned_data["submission_key"])


def _ask(desk: Desk, form: CounterForm, found: list[Dossier]) -> HttpResponse:
    """Ask whether it is another matter; the form comes back ready to be sent with one press."""
    data = desk.request.POST.copy()
    data["repeats"] = found[0].code
    return desk.show(CounterForm(data, kept=form.kept, **desk.options), 422, duplicates=found)


def _look_up(desk: Desk) -> HttpResponse:
    """Fill the form with somebody who filed before; what was typed for anything else stays."""
    post = desk.request.POST
    initial: dict[str, Any] = {"submission_key": uuid4(), "unit": desk.chosen}
    initial |= {name: values if name.startswith(PREFIX) or name == "complete" else values[-1]
                for name, values in post.lists() if any(values)}  # fmt: skip
    try:
        found = look_up(post.get("known_number", ""), actor=desk.request.user)
    except Refused as refusal:
        return desk.show(CounterForm(initial=initial, **desk.options), looked_up=True, look_up_refused=refusal.message)
    picked = _picked(found, post.get("pick", ""))
    known = {}
    if picked is not None:
        person = picked.applicant
        known = known_of_applicant(person)
        initial |= {
            "applicant_name": person.name,
            "identity_number": person.identity_number,
            "phone": person.phone,
            "email": person.email,
            "address": person.address,
            "organisation_name": person.organisation_name,
            "organisation_tax_code": person.organisation_tax_code,
        }
    form = CounterForm(
        initial=initial, known=known, kept=unseal(post.get("kept", ""), desk.request.user), **desk.options
    )
    return desk.show(form, looked_up=True, found=found, picked=picked)


def _picked(found: list[KnownApplicant], text: str) -> KnownApplicant | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
    return found[number] if number < len(found) else None
