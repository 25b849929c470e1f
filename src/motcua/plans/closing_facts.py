"""The facts of the house that may complete a task, and where their subjects are shown.

Verbs and subjects are other modules' public words: plans hear them, and import nothing. What is not recorded in this
house (a module that was taken out) is not offered.
"""

from django.urls import NoReverseMatch, reverse

from motcua.base.facts import label_of
from motcua.base.modules import offered

VERBS = (
    "report.submitted",
    "report.accepted",
    "plan.approved",
    "plan.sent",
    "procedure.offered",
    "procedure.published",
    "procedure.activated",
    "catalogue.imported",
    "decision.published",
    "decision.issued",
    "indicator.defined",
    "indicator.target_set",
)
_PAGES = {
    "report": "reports:report",
    "plan": "plans:plan",
    "procedure": "procedures:procedure",
    "indicator": "indicators:indicator",
}


def offered_verbs() -> list[tuple[str, str]]:
    """Return (verb, words) of the facts that this house records, by their words."""
    for _module in offered("events"):  # a module's events are known once they are imported
        pass
    told = [(verb, label_of(verb)) for verb in VERBS]
    return sorted(((verb, words) for verb, words in told if words != verb), key=lambda pair: pair[1])


def page_of_subject(fact: str) -> str:
    """Return the address of what "report.accepted BC-…" is about, "" where no page shows it."""
    verb, _, subject = fact.partition(" ")
    page = _PAGES.get(verb.partition(".")[0])
    if page is None or not subject:
        return ""
    try:
        return reverse(page, args=[subject])
    except NoReverseMatch:
        return ""
