"""Results that lie: the list of those not collected, reminders, and what the post handed out."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.base.clock import VIETNAM, today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.dossiers.access.dossier import may_receive_at_counter
from motcua.dossiers.access.results import may_follow_collection
from motcua.dossiers.actions.collecting import note_delivered, remind
from motcua.dossiers.queries.collection import MOST_ROWS, Lying, uncollected
from motcua.dossiers.rules.result_rules import result_rules_on, source_of
from motcua.dossiers.states import IN_PERSON, POST, RETURN_METHODS
from motcua.dossiers.web.export import lines_of
from motcua.organizations.access import SignedInRequest, has_role_in
from motcua.organizations.states import RECEPTION
from motcua.ui.rules.numbers import as_instant


@never_cache
@require_GET
@opens_to(may_follow_collection)
def uncollected_page(request: SignedInRequest) -> HttpResponseBase:
    """What lies longer than the rule of the day, longest first; as CSV with format=csv."""
    rows = uncollected(request.user)
    if request.GET.get("format") == "csv":
        return _as_csv(rows)
    day = today()
    page = {
        "rows": [
            {
                "each": row,
                "how": RETURN_METHODS.get(row.method or IN_PERSON, ""),
                "may_remind": row.method != POST and has_role_in(request.user, row.dossier.receiving_unit, RECEPTION),
                "may_deliver": row.method == POST and has_role_in(request.user, row.dossier.receiving_unit, RECEPTION),
            }
            for row in rows
        ],
        "days": result_rules_on(day).remind_collection_after_days,
        "source": source_of("remind_collection_after_days", day).partition(":")[0],
        "most": MOST_ROWS,
    }
    return render(request, "dossiers/uncollected.html", page)


@require_POST
@opens_to(may_receive_at_counter)
def remind_now(request: SignedInRequest, code: str) -> HttpResponse:
    """Remind the applicant of one result."""
    try:
        remind(code, actor=request.user)
        messages.success(request, gettext("Đã nhắc người nộp nhận kết quả hồ sơ %(code)s.") % {"code": code})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("dossiers:uncollected")


@require_POST
@opens_to(may_receive_at_counter)
def delivered(request: SignedInRequest, code: str) -> HttpResponse:
    """Note that the post handed a result out."""
    try:
        note_delivered(code, actor=request.user, item_number=request.POST.get("item_number", ""))
        messages.success(request, gettext("Đã ghi bưu chính phát kết quả hồ sơ %(code)s.") % {"code": code})
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("dossiers:uncollected")


def _as_csv(rows: list[Lying]) -> StreamingHttpResponse:
    head = [
        gettext("Mã hồ sơ"), gettext("Thủ tục"), gettext("Đơn vị giải quyết"), gettext("Nơi trả kết quả"),
        gettext("Hình thức trả"), gettext("Có kết quả từ"), gettext("Số ngày"), gettext("Số lần nhắc"),
    ]  # fmt: skip
    found = [
        [
            row.dossier.code,
            row.dossier.version.name,
            row.dossier.competent_unit.name,
            row.dossier.receiving_unit.name,
            str(RETURN_METHODS.get(row.method or IN_PERSON, "")),
            as_instant(row.since, VIETNAM),
            row.days,
            row.reminders,
        ]
        for row in rows
    ]
    response = StreamingHttpResponse(lines_of([head, *found]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="ket-qua-chua-nhan.csv"'
    return response
