"""Daily work of this module."""

from procrastinate.contrib.django import app

from motcua.plans.actions.reminding import remind


@app.periodic(cron="30 0 * * *")  # UTC: 7:30 in Vietnam, when offices open
@app.task(queueing_lock="remind_of_tasks")
def remind_of_tasks(timestamp: int) -> None:
    """Remind heads of units of tasks that are due soon or late; told once for each stage."""
    remind()
