"""The tasks of a plan as CSV or XLSX, with the filter of the page."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.plans.access import may_see_plans
from motcua.plans.rendering.task_list import MEDIA_TYPES, task_list
from motcua.plans.web.filtering import filtered
from motcua.plans.web.finding import plan_for


@require_GET
@opens_to(may_see_plans)
def export(request: SignedInRequest, code: str, file_format: str) -> HttpResponse:
    """The rows that the page shows, as a file."""
    if file_format not in MEDIA_TYPES:
        raise Http404
    plan = plan_for(request, code)
    _form, _all, rows = filtered(plan, request)
    response = HttpResponse(task_list(plan, rows, file_format), content_type=MEDIA_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{plan.code}.{file_format}"'
    return response
