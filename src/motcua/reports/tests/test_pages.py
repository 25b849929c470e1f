"""The pages of reports, for the right people and for others."""

import pytest
from django.urls import reverse

from motcua.reports.actions.writing import Entry, fill
from motcua.reports.models import Report
from motcua.reports.rules.checking import check_report
from motcua.reports.rules.report_reading import read_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.specialist)
    return client


def test_pages_show_the_report(officer, report):
    for address in (
        reverse("reports:reports"),
        reverse("reports:report", args=[report.code]),
        reverse("reports:sheet", args=[report.code, 1]),
        reverse("reports:sheet", args=[report.code, 3]),
    ):
        assert officer.get(address).status_code == 200


def test_outsider_and_citizen_find_nothing(client, cast, report):
    for account in (cast.outsider, cast.citizen):
        client.force_login(account)
        assert client.get(reverse("reports:report", args=[report.code])).status_code == 404


def test_saving_the_grid_writes_and_checks(officer, report):
    answer = officer.post(
        reverse("reports:sheet", args=[report.code, 1]),
        {"row": ["2.1", "2.2", "2"], "v:2.1": "12", "v:2.2": "10", "v:2": "100", "seen": ""},
        follow=True,
    )
    assert "83,3" in answer.content.decode()
    assert report.cells.get(appendix=1, row="2").value == "100"


def test_refused_grid_keeps_what_was_typed(officer, report):
    answer = officer.post(reverse("reports:sheet", args=[report.code, 1]), {"row": ["2.1"], "v:2.1": "9" * 5000})
    assert answer.status_code == 409
    assert "9" * 40 in answer.content.decode()


@pytest.mark.parametrize("seen", ["2026-02-31T00:00", "2026-01-01T00:00:00", "hôm qua", "9" * 500])
def test_unreadable_instant_of_the_grid_is_none(officer, report, seen):
    for value in ("12", "13"):
        data = {"row": ["2.1"], "v:2.1": value, "seen": seen}
        assert officer.post(reverse("reports:sheet", args=[report.code, 1]), data).status_code == 302


@pytest.mark.parametrize("period", ["", "2026Q9", "xx", "2026Q3" * 50, "<script>"])
def test_unreadable_period_is_an_error_in_place(officer, period):
    answer = officer.post(reverse("reports:reports"), {"unit": "P.2", "period": period})
    assert (answer.status_code, Report.objects.count()) == (422, 0)


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx"])
def test_export_is_a_file(officer, report, file_format):
    answer = officer.get(reverse("reports:export", args=[report.code, file_format]))
    assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_exported_report_checks_clean(officer, cast, report, file_format):
    fill(report.code, {(1, "2.1"): Entry("12"), (1, "2.2"): Entry("10")}, actor=cast.specialist)
    content = officer.get(reverse("reports:export", args=[report.code, file_format])).content
    findings = check_report(read_report(content, f"bao-cao.{file_format}"))
    assert [found.as_dict() for found in findings if found.severity == "error"] == []
    assert str(read_report(content, f"bao-cao.{file_format}").appendices[1]["2"].value).replace(".", ",") == "83,3"


def test_uploaded_file_is_checked(officer):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from motcua.reports.rules.catalogue import demonstration_report

    file = SimpleUploadedFile("bao-cao-415.txt", demonstration_report())
    answer = officer.post(reverse("reports:check_file"), {"file": file})
    assert "V03" in answer.content.decode()


def test_file_that_is_no_report_is_an_error_in_place(officer):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = officer.post(reverse("reports:check_file"), {"file": SimpleUploadedFile("a.docx", b"PK\x03\x04hong")})
    assert answer.status_code == 422
