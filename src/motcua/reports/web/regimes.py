"""The catalogue of reporting regimes, as a page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.organizations.access import SignedInRequest
from motcua.reports.access import may_see_reports
from motcua.reports.regimes import regimes_on


@require_GET
@opens_to(may_see_reports)
def regimes(request: SignedInRequest) -> HttpResponse:
    """Every regime in force today: periods, days, who reports, forms and their validity, source."""
    return render(request, "reports/regimes.html", {"rows": list(regimes_on(today()))})
