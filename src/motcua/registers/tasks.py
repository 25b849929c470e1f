"""Work behind the pages."""

from procrastinate.contrib.django import app

from motcua.registers.actions.reminding import remind


@app.periodic(cron="35 0 * * *")  # UTC: 7:35 in Vietnam, when offices open
@app.task(queueing_lock="remind_of_registers")
def remind_of_registers(timestamp: int) -> None:
    """Remind of entries whose day comes, and units of what they have not written."""
    remind()
