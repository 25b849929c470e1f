"""Work behind the pages."""

from procrastinate.contrib.django import app

from motcua.assessments.actions.reminding import remind


@app.periodic(cron="40 0 * * *")  # UTC: 7:40 in Vietnam, when offices open
@app.task(queueing_lock="remind_of_assessments")
def remind_of_assessments(timestamp: int) -> None:
    """Remind units and verifiers of last days; told once for each stage."""
    remind()
