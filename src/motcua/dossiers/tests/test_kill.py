"""A real process that files dossiers is killed in the middle: nothing is half-written, nothing acknowledged is lost."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import connection

from motcua.base.models import Delivery, Fact
from motcua.dossiers.factories import make_world
from motcua.dossiers.models import DailyNumber, Dossier, DossierPaper
from motcua.workflow.models import Holding, Run

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

FILES_FOR_EVER = """
import django
django.setup()
from uuid import uuid4
from motcua.dossiers.actions.filing import Applicant, Paper, file_online
from motcua.organizations.models import Account
citizen = Account.objects.get(username="citizen")
while True:
    dossier = file_online(
        "1.000001", unit_code="T.01", applicant=Applicant("Nguyễn Văn Thử"), submission_key=uuid4(), actor=citizen,
        papers=[Paper("Đơn đề nghị")],
    )
    print(dossier.code, flush=True)
"""


def environment():
    """Return the environment of a process that works on the tests' database."""
    options = connection.settings_dict
    host = options["HOST"] or "localhost"
    password = f":{options['PASSWORD']}" if options["PASSWORD"] else ""
    port = f":{options['PORT']}" if options["PORT"] else ""
    query = f"?host={host}" if host.startswith("/") else ""
    place = f"{'' if query else host}{port}"
    url = f"postgresql://{options['USER']}{password}@{place}/{options['NAME']}{query}"
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "motcua.site.settings_test"}


def acknowledged(process, number) -> Iterator[str]:
    for _ in range(number):
        line = process.stdout.readline()
        assert line, process.stderr.read()
        yield line.strip()


@pytest.mark.parametrize("number", [1, 7, 40])
def test_killed_filing_leaves_nothing_half_written(number):
    make_world()
    process = subprocess.Popen(
        [sys.executable, "-c", FILES_FOR_EVER],
        env=environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        codes = list(acknowledged(process, number))
    finally:
        os.kill(process.pid, signal.SIGKILL)
        rest = process.communicate()[0].split()
    codes += rest
    written = set(Dossier.objects.values_list("code", flat=True))
    assert set(codes) <= written
    assert len(written) - len(codes) <= 1  # committed, and killed before it could be said
    assert sorted(int(code.rpartition("-")[2]) for code in written) == list(range(1, len(written) + 1))
    assert DailyNumber.objects.get().last == len(written)
    for subjects in (
        Run.objects.values_list("subject", flat=True),
        Fact.objects.filter(verb="dossier.filed").values_list("subject", flat=True),
        Delivery.objects.filter(fact__verb="dossier.filed").values_list("subject", flat=True),
        Holding.objects.values_list("run__subject", flat=True),
        DossierPaper.objects.values_list("dossier__code", flat=True),
    ):
        assert sorted(subjects) == sorted(written)
