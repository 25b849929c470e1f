"""Periodic work of the ground floor."""

import logging

from procrastinate.contrib.django import app

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
