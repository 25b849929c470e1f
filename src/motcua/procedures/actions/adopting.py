"""Older offerings carry flat questions: they become a form version once, so that officers can go on from there."""

from django.db import transaction
from django.utils.translation import gettext

from motcua.organizations.models import in_force
from motcua.procedures.actions.eforms import load_form
from motcua.procedures.models import Offering, ProcedureVersion
from motcua.procedures.rules.eforms.exchange import to_layout, to_schema
from motcua.procedures.rules.eforms.questions import from_questions


@transaction.atomic
def adopt_questions(*, actor: str) -> tuple[list[str], list[str]]:
    """Publish a form for every procedure whose offerings ask questions and that has no form yet; may run again.

    Returns the codes adopted, and those left alone because their offerings ask different things: units that go on with
    their own questions, which filing reads as before.
    """
    asking = Offering.objects.exclude(questions=[]).filter(procedure__forms__isnull=True).select_related("procedure")
    by_code: dict[str, list[Offering]] = {}
    for offering in asking.order_by("procedure__code", "valid_from"):
        by_code.setdefault(offering.procedure.code, []).append(offering)
    adopted, left = [], []
    for code, offerings in by_code.items():
        day = offerings[0].valid_from
        version = ProcedureVersion.objects.filter(in_force(day), procedure__code=code).first()
        if version is None or any(one.questions != offerings[0].questions for one in offerings):
            left.append(code)
            continue
        form = from_questions(offerings[0].questions, version.name[:300], gettext("Nội dung kê khai"))
        definition = {"schema": to_schema(form), "layout": to_layout(form), "source": offerings[0].source}
        load_form(code, definition=definition, valid_from=day, actor=actor)
        adopted.append(code)
    return adopted, left
