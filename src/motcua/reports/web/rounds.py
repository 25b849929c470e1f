"""The board of a round: which units owe a regime's report, who has sent, who is late, how complete each is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.organizations.access import SignedInRequest, has_role, scope_of
from motcua.organizations.states import CONTROL_OFFICER
from motcua.reports.access import may_see_reports
from motcua.reports.actions import rounds
from motcua.reports.forms import RoundForm, SendingDayForm
from motcua.reports.models import SendingDay
from motcua.reports.obligations import OVERDUE, SENT, SENT_LATE, dissolved_units, duties
from motcua.reports.rules.due_periods import check_due, last_due
from motcua.reports.rules.periods import ReportPeriod, send_is_late_enough

may_run_rounds = has_role(CONTROL_OFFICER)
REGIME = "cchc"


@require_GET
@opens_to(may_see_reports)
def board(request: SignedInRequest) -> HttpResponse:
    """The board of one regime and period, the newest closed one unless another is asked for."""
    form = RoundForm(request.GET or None)
    regime, period = REGIME, None
    if form.is_bound and form.is_valid():
        regime, period = form.cleaned_data["regime"], form.cleaned_data["period"]
        try:
            if period:
                check_due(period, regime)
        except Refused as refusal:
            form.add_error("period", refusal.message)
            period = None
    period = period or last_due(regime, today())
    if not form.is_bound:
        form = RoundForm(initial={"regime": regime, "period": period.code})
    return _board(request, form, regime, period, SendingDayForm())


def _board(
    request: SignedInRequest,
    form: RoundForm,
    regime: str,
    period: ReportPeriod,
    day_form: SendingDayForm,
    message: str = "",
) -> HttpResponse:
    scopes = [scope_of(post) for post in request.user.posts_now]
    rows = duties(regime, period, scopes)
    window = period.window(regime)
    page = {
        "form": form,
        "regime": regime,
        "period": period,
        "window": window,
        "rows": rows,
        "sent": sum(row.state in (SENT, SENT_LATE) for row in rows),
        "late": sum(row.state == SENT_LATE for row in rows),
        "overdue": sum(row.state == OVERDUE for row in rows),
        "unopened": sum(row.report is None for row in rows),
        "complete": sum(row.share == 100 for row in rows),
        "dissolved": dissolved_units(regime, period, scopes),
        "may_run": may_run_rounds(request.user),
        "days": SendingDay.objects.filter(regime=regime).order_by("level", "-valid_from"),
        "too_early": [row for row in rows[:1] if row.due_on and not send_is_late_enough(window.last, row.due_on)],
        "day_form": day_form,
        "message": message,
    }
    return render(request, "reports/board.html", page, status=422 if form.errors or day_form.errors or message else 200)


@require_POST
@opens_to(may_run_rounds)
def open_round(request: SignedInRequest) -> HttpResponse:
    """Open the report of every unit that owes one."""
    form = RoundForm(request.POST)
    if not form.is_valid() or form.cleaned_data["period"] is None:
        return _board(request, form, REGIME, last_due(REGIME, today()), SendingDayForm())
    regime, period = form.cleaned_data["regime"], form.cleaned_data["period"]
    try:
        opened = rounds.open_round(regime, period, actor=request.user)
    except Refused as refusal:
        return _board(request, form, regime, last_due(regime, today()), SendingDayForm(), refusal.message)
    messages.success(request, gettext("Đã mở %(count)s báo cáo.") % {"count": opened})
    return redirect(f"{reverse('reports:board')}?regime={regime}&period={period.code}")


@require_POST
@opens_to(may_run_rounds)
def sending_day(request: SignedInRequest) -> HttpResponse:
    """Set a sending day of a level."""
    chosen, form = RoundForm(request.POST), SendingDayForm(request.POST)
    regime = chosen.cleaned_data["regime"] if chosen.is_valid() else REGIME
    period = (chosen.cleaned_data.get("period") if chosen.is_valid() else None) or last_due(regime, today())
    if form.is_valid():
        try:
            rounds.set_sending_day(regime, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Đã đặt ngày gửi."))
            return redirect(f"{reverse('reports:board')}?regime={regime}&period={period.code}")
    return _board(request, chosen, regime, period, form)
