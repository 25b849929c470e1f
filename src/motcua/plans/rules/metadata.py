"""Number, date, issuer, title and kind of a plan, from its letterhead; tables of tasks say nothing of it."""

from motcua.plans.rules.layout.headings import heading_of
from motcua.plans.rules.values import Metadata
from motcua.reading.blocks import Document, Table
from motcua.reading.casing import Casing
from motcua.reading.letterhead import letterhead_of


def metadata_of(document: Document, casing: Casing) -> Metadata:
    """Return what the document says of itself."""
    head = letterhead_of(document, casing, _holds_tasks)
    day = head.dated_on.isoformat() if head.dated_on else None
    return Metadata(head.number, day, head.issuer, head.title, head.kind, head.year, head.lines)


def _holds_tasks(table: Table) -> bool:
    heading = heading_of(table)
    return heading is not None and heading.kind != "other"
