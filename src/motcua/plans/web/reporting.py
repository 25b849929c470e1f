"""The quarterly report of a plan: its numbers on the page, the document as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_see_plans
from motcua.plans.queries.plan_report import PlanReport, quarters_of, report_of
from motcua.plans.rendering.letterhead import MEDIA_TYPES
from motcua.plans.rendering.plan_report import plan_report
from motcua.plans.rules.times.periods import period_in_words
from motcua.plans.task_status import COUNTED, LABELS, ORDER
from motcua.plans.web.finding import plan_for

LONGEST_PROPOSALS = 5000


def _report(request: SignedInRequest, code: str, quarter: str) -> PlanReport:
    found = plan_for(request, code)
    known = quarters_of(found)
    if not found.is_published or (quarter and quarter not in known):
        raise Http404
    return report_of(found, quarter or known[0])


@require_GET
@opens_to(may_see_plans)
def report(request: SignedInRequest, code: str) -> HttpResponse:
    """How the plan stood at the end of the quarter ``quy`` (2026-Q3), or stands today within it."""
    made = _report(request, code, request.GET.get("quy", ""))
    page = {
        "plan": made.plan,
        "report": made,
        "quarters": [
            {"label": period_in_words(key), "url": f"?quy={key}", "active": key == made.quarter}
            for key in quarters_of(made.plan)
        ],
        "counts": [(LABELS[key], made.counts[key]) for key in ORDER if made.counts[key] or key in COUNTED],
        "turns": [(LABELS[key], made.turns[key]) for key in COUNTED if made.turns[key]],
        "longest": LONGEST_PROPOSALS,
    }
    return render(request, "plans/report.html", page)


@require_POST
@opens_to(may_see_plans)
def report_file(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """The report as DOCX or PDF, with the sender's proposals: posted, since addresses are logged."""
    if file_format not in MEDIA_TYPES:
        raise Http404
    made = _report(request, code, request.POST.get("quy", ""))
    proposals = request.POST.get("de_xuat", "")[:LONGEST_PROPOSALS].replace("\0", "")
    document = plan_report(made, proposals)
    # Late: the libraries weigh tens of MB, and few requests need them.
    if file_format == "pdf":
        from motcua.documents.rendering.pdf import to_pdf

        content = to_pdf(document)
    else:
        from motcua.documents.rendering.word import to_docx

        content = to_docx(document)
    response = HttpResponse(content, content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{made.plan.code}-{made.quarter}.{file_format}"'
    return response
