"""Work behind the pages: orders that hang, refunds to send, statements to fetch."""

from procrastinate.contrib.django import app

from motcua.payments.actions import ordering, refunding, statements


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="ask_hanging_orders")
def ask_hanging_orders(timestamp: int) -> None:
    """Ask the gateway about orders whose notice did not come."""
    ordering.ask_hanging()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="send_refunds")
def send_refunds(timestamp: int) -> None:
    """Send approved refunds that the gateway has not taken."""
    refunding.send_approved()


@app.periodic(cron="15 23,1,3 * * *")  # UTC: 6:15, 8:15 and 10:15 in Vietnam
@app.task(queueing_lock="fetch_statements")
def fetch_statements(timestamp: int) -> None:
    """Fetch yesterday's statement, and those of days that were missed."""
    statements.fetch_missing()
