"""A whole plan as a file."""

from motcua.plans.models import Plan
from motcua.plans.rendering.official import plan_document


def document_of(plan: Plan, file_format: str) -> bytes:
    """Return ``plan`` as an official document: "docx" or "pdf"."""
    document = plan_document(plan, plan.tasks.filter(is_dropped=False).order_by("position"))
    # Late: both libraries are large, and few requests need them.
    if file_format == "docx":
        from motcua.documents.rendering.word import to_docx

        return to_docx(document)
    from motcua.documents.rendering.pdf import to_pdf

    return to_pdf(document)
