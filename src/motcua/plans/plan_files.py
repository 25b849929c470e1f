"""A plan's file to its document and its reading, both made in the limited process: how users read strangers' plans."""

from pathlib import Path

from motcua.plans.rules.reader import understand
from motcua.plans.rules.values import PlanReading
from motcua.reading.blocks import Document
from motcua.reading.limited import understand_limited
from motcua.reading.progress import Progress, unheard


def read_plan_file(
    source: Path | str | bytes, filename: str = "", *, on_progress: Progress = unheard
) -> tuple[Document, PlanReading]:
    """Return the document and what it says as a plan. Raise Refused if it cannot be read within the limits."""
    return understand_limited(understand, PlanReading, source, filename, on_progress=on_progress)
