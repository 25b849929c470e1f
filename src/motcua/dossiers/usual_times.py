"""How long procedures really take, told from resolved dossiers; shown on the page of each procedure."""

from statistics import median, quantiles

from motcua.base.clock import start_of, today
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import RESOLVED_STATES
from motcua.organizations.queries import calendar_for
from motcua.procedures.usual_time import UsualTime

FEWEST = 5  # dossiers below which a middle says nothing, and might tell of a person
MOST_READ = 500  # the latest ones of twelve months


def usual_time_of(procedure_code: str) -> UsualTime | None:
    """Return the usual working time from reception to decision of the twelve months before today; None: too few."""
    day = today()
    year_ago = day.replace(year=day.year - 1, day=min(day.day, 28))
    resolved = Dossier.objects.filter(
        version__procedure__code=procedure_code, state__in=RESOLVED_STATES, received_at__isnull=False,
        decided_at__gte=start_of(year_ago), decided_at__lt=start_of(day),
    )  # fmt: skip
    spans = list(resolved.order_by("-decided_at").values_list("received_at", "decided_at")[:MOST_READ])
    if len(spans) < FEWEST:
        return None
    calendar = calendar_for()
    hours = [
        calendar.working_minutes_between(received_at, decided_at) / 60
        for received_at, decided_at in spans
        if received_at is not None and decided_at is not None  # the filter says so; the types do not
    ]
    return UsualTime(len(hours), median(hours), quantiles(hours, n=10, method="inclusive")[-1])
