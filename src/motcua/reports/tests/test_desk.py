"""What of reports waits in the inbox: to be sent by the unit's head, to be approved by the office."""

from motcua.reports.desk import TRAYS, to_approve, to_send
from motcua.reports.models import Report
from motcua.reports.states import SUBMITTED


def test_report_waits_for_its_head_then_for_the_office(cast, report):
    assert (to_send(cast.leader, 10).count, to_approve(cast.control, 10).count) == (1, 0)
    assert to_send(cast.leader, 10).entries[0].url.endswith(report.code)
    Report.objects.filter(pk=report.pk).update(state=SUBMITTED, submitted_at=report.opened_at)
    assert (to_send(cast.leader, 10).count, to_approve(cast.control, 10).count) == (0, 1)
    assert to_approve(cast.leader, 10).count == 0


def test_trays_open_to_whom_they_wait_for(cast):
    opened = {tray.code: (tray.opens_to(cast.leader), tray.opens_to(cast.control)) for tray in TRAYS}
    assert opened == {"reports": (False, True), "reports_to_send": (True, False)}
    assert not any(tray.opens_to(cast.specialist) for tray in TRAYS)
