"""Periodic work of the ground floor."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from motcua.base.facts.sealing import seal_pending
from motcua.base.models import SealRun

logger = logging.getLogger("motcua.stamp")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_facts")
def seal_facts(timestamp: int) -> None:
    """Seal what was written since the last minute."""
    while seal_pending():
        pass


@app.periodic(cron="5 0 * * *")
@app.task(queueing_lock="stamp_facts")
def stamp_facts(timestamp: int) -> None:
    """Write the head of the chain to the log, which leaves the machine."""
    if run := SealRun.objects.order_by("-at").first():
        logger.info("stamp", extra={"position": run.position, "head": bytes(run.digest).hex()})


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_orphaned_jobs", pass_context=True)
async def retry_orphaned_jobs(context: JobContext, timestamp: int) -> None:
    """Do again what a worker that was killed had begun: procrastinate leaves such a job ``doing`` for ever."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs():
        try:
            await jobs.retry_job(job)
        except UniqueViolation:  # its queueing lock is taken: the same work waits already, to be done once
            await jobs.finish_job(job, status=Status.FAILED, delete_job=True)
        else:
            logging.getLogger("motcua.worker").warning("job begun again", extra={"job": job.id, "task": job.task_name})
