"""The worker process: delivers facts and runs jobs, from PostgreSQL. As many as wanted, on as many machines."""

import logging
import os
import threading

import django
from django.db import Error, close_old_connections, connection

logger = logging.getLogger("motcua.worker")

IDLE_SECONDS = 0.5


def carry_facts(stop: threading.Event) -> None:
    """Deliver facts until ``stop`` is set; a database that goes away is waited for."""
    from motcua.base.facts.delivering import deliver_due  # needs django.setup() first

    while not stop.is_set():
        try:
            delivered = deliver_due()
        except Error:
            logger.exception("courier lost the database")
            connection.close()
            delivered = 0
        if not delivered:
            stop.wait(IDLE_SECONDS)


def main() -> int:
    """Run courier and job worker until SIGTERM or SIGINT."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    django.setup()
    from procrastinate.contrib.django import app  # needs django.setup() first

    stop = threading.Event()
    courier = threading.Thread(target=carry_facts, args=(stop,), name="courier", daemon=True)
    courier.start()
    close_old_connections()
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    try:
        worker_app.run_worker(concurrency=2, delete_jobs="successful", install_signal_handlers=True)
    finally:
        stop.set()
        courier.join(timeout=10)
    return 0
