"""Work behind the pages."""

from datetime import timedelta

from procrastinate.contrib.django import app

from motcua.base.clock import now
from motcua.dossiers.actions import collecting, drafting, late_lists, lateness, surveying


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


@app.periodic(cron="10 1 * * *")  # UTC: 8:10 in Vietnam
@app.task(queueing_lock="remind_of_results")
def remind_of_results(timestamp: int) -> None:
    """Remind applicants of results that lie longer than the rule of the day (R4.22)."""
    collecting.remind_due()


@app.periodic(cron="50 18 * * *")  # UTC: 1:50 in Vietnam
@app.task(queueing_lock="forget_survey_tries")
def forget_survey_tries(timestamp: int) -> None:
    """Forget who typed wrong codes of surveys the day before."""
    surveying.forget_tries(before=now() - timedelta(days=1))
