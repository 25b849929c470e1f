"""Work behind the pages: reading decisions, publishing on their day."""

from procrastinate.contrib.django import app

from motcua.procedures.actions import deciding
from motcua.procedures.actions.marking import remind_postings as tell_units_to_post
from motcua.procedures.actions.publishing import publish_due


@app.task
def read_decision(code: str) -> None:
    """Read a decision that was uploaded into rows for review."""
    deciding.read_kept_decision(code)


@app.periodic(cron="*/3 * * * *")
@app.task(queueing_lock="resume_decisions")
def resume_decisions(timestamp: int) -> None:
    """Read what a worker that was killed left behind."""
    deciding.resume_decisions()


@app.periodic(cron="5 17 * * *")  # UTC: five past midnight in Vietnam, when a day of effect begins
@app.task(queueing_lock="publish_due_procedures")
def publish_due_procedures(timestamp: int) -> None:
    """Publish what decisions have confirmed for today or before."""
    publish_due()


@app.periodic(cron="30 0 * * 1")  # UTC: Monday morning in Vietnam
@app.task(queueing_lock="remind_postings")
def remind_postings(timestamp: int) -> None:
    """Tell units whose list is not posted as it stands."""
    tell_units_to_post()
