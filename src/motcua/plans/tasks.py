"""Work behind the pages: reading documents, daily reminders."""

from procrastinate.contrib.django import app

from motcua.plans.actions import intake
from motcua.plans.actions.recurring import make_turns
from motcua.plans.actions.reminding import remind


@app.task
def read_intake(code: str) -> None:
    """Read a document that was uploaded and write it as a draft."""
    intake.read_intake(code)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resume_intakes")
def resume_intakes(timestamp: int) -> None:
    """Read what a worker that was killed left behind."""
    intake.resume()


@app.periodic(cron="30 0 * * *")  # UTC: 7:30 in Vietnam, when offices open
@app.task(queueing_lock="remind_of_tasks")
def remind_of_tasks(timestamp: int) -> None:
    """Remind heads of units of tasks that are due soon or late; told once for each stage."""
    remind()


@app.periodic(cron="10 17 * * *")  # UTC: ten past midnight in Vietnam
@app.task(queueing_lock="make_turns_of_tasks")
def make_turns_of_tasks(timestamp: int) -> None:
    """Make the turns of recurring tasks for this period and the next; what exists stays."""
    make_turns()
