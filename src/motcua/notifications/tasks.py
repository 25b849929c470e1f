"""Work behind the pages: what is owed goes out every minute."""

from datetime import timedelta

from procrastinate.contrib.django import app

from motcua.base.clock import now
from motcua.notifications.actions.outbox import forget_old, send_due

KEPT = timedelta(days=90)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="send_messages")
def send_messages(timestamp: int) -> None:
    """Send the messages that are due."""
    send_due()


@app.periodic(cron="10 19 * * *")  # UTC: 2:10 in Vietnam
@app.task(queueing_lock="forget_old_messages")
def forget_old_messages(timestamp: int) -> None:
    """Forget messages that went long ago."""
    forget_old(before=now() - KEPT)
