"""Work behind the pages."""

from procrastinate.contrib.django import app

from motcua.dossiers.actions import drafting, late_lists, lateness


@app.periodic(cron="40 18 * * *")  # UTC: 1:40 in Vietnam
@app.task(queueing_lock="forget_old_drafts")
def forget_old_drafts(timestamp: int) -> None:
    """Let drafts of filings go that nobody went on with."""
    drafting.forget_old_drafts()


@app.periodic(cron="5 0-10 * * *")  # UTC: every hour from 7:05 to 17:05 in Vietnam
@app.task(queueing_lock="watch_dossiers")
def watch_dossiers(timestamp: int) -> None:
    """Ask why dossiers are late, propose apologies for those that will be, bark at those that stand still."""
    lateness.make_round()


@app.periodic(cron="20 0 * * *")  # UTC: 7:20 in Vietnam
@app.task(queueing_lock="publish_late_list")
def publish_late_list(timestamp: int) -> None:
    """Publish last month's list of late dossiers once its day has come."""
    late_lists.publish_when_due()
