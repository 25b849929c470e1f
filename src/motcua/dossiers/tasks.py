"""Work behind the pages."""

from procrastinate.contrib.django import app

from motcua.dossiers.actions import drafting


@app.periodic(cron="40 18 * * *")  # UTC: 1:40 in Vietnam
@app.task(queueing_lock="forget_old_drafts")
def forget_old_drafts(timestamp: int) -> None:
    """Let drafts of filings go that nobody went on with."""
    drafting.forget_old_drafts()
