"""Work behind the pages."""

from procrastinate.contrib.django import app

from motcua.queues.actions.days import make_night


@app.periodic(cron="10 17 * * *")  # UTC: 0:10 in Vietnam
@app.task(queueing_lock="end_hall_days")
def end_hall_days(timestamp: int) -> None:
    """Begin the new day in every hall."""
    make_night()
