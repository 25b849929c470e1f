"""Work behind the pages."""

from procrastinate.contrib.django import app

from motcua.registers.actions.importing import forget_drafts
from motcua.registers.actions.reminding import remind


@app.periodic(cron="35 0 * * *")  # UTC: 7:35 in Vietnam, when offices open
@app.task(queueing_lock="remind_of_registers")
def remind_of_registers(timestamp: int) -> None:
    """Remind of entries whose day comes, and units of what they have not written."""
    remind()


@app.periodic(cron="20 17 * * *")  # UTC: 0:20 in Vietnam
@app.task(queueing_lock="forget_register_drafts")
def forget_register_drafts(timestamp: int) -> None:
    """Drop sheets that nobody decided about: they may hold personal data."""
    forget_drafts()
