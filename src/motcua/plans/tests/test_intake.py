"""Documents on their way in: kept, read once, written whole or not at all, for a person to look at where unread."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DataError, OperationalError
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.base.clock import now
from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.documents.models import StoredFile
from motcua.documents.storage import open_stored
from motcua.plans.actions import intake as intakes
from motcua.plans.actions.intake import JOB, drop, read_again, read_intake, resume, upload
from motcua.plans.factories import plan_text
from motcua.plans.models import Intake, Plan
from motcua.reading.reader import read

pytestmark = pytest.mark.django_db


def _upload(world, content=b"", **options):
    return upload(io.BytesIO(content or plan_text()), **{"name": "kh.txt", "actor": world.control, **options})


def _jobs(kept):
    """The waiting jobs of one intake; those of other tests may stand beside them, for the queue is no table of ours."""
    jobs = ProcrastinateJob.objects.filter(task_name=JOB, status="todo", args__code=kept.code)
    return list(jobs.values_list("args", flat=True))


def test_upload_keeps_the_file_and_asks_the_worker(world):
    kept = _upload(world)
    assert (kept.state, kept.file.subject, Plan.objects.count()) == ("waiting", kept.code, 0)
    assert _jobs(kept) == [{"code": kept.code}]


def test_job_has_the_name_that_is_asked_for():
    from motcua.plans.tasks import read_intake as job  # only this test

    assert job.name == JOB


def test_double_click_is_one_intake_until_the_plan_is_approved(world):
    kept = _upload(world)
    assert _upload(world).pk == kept.pk
    read_intake(kept.code, read=read)
    assert _upload(world).pk == kept.pk
    Plan.objects.update(state="approved")
    assert _upload(world).pk != kept.pk
    assert StoredFile.objects.count() == 2


def test_same_file_of_another_person_is_another_intake(world):
    assert _upload(world).pk != _upload(world, actor=world.office).pk


def test_reading_writes_one_draft_however_often_the_job_runs(world):
    kept = _upload(world, is_reform=True)
    first, again = read_intake(kept.code, read=read), read_intake(kept.code, read=read)
    assert first.plan is not None and first.plan == again.plan == Plan.objects.get()
    assert (first.state, first.plan.is_reform, first.plan.source) == ("read", True, kept.file)


def test_killed_reader_leaves_nothing_and_is_followed_by_another(world):
    kept = _upload(world)

    def killed(*_args, **_options):
        raise SystemExit

    with pytest.raises(SystemExit):
        read_intake(kept.code, read=killed)
    kept.refresh_from_db()
    assert (kept.state, Plan.objects.count()) == ("reading", 0)
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert resume() == []  # its reader may still live
    assert resume(now() + timedelta(minutes=7)) == [kept.code]
    assert _jobs(kept) == [{"code": kept.code}]
    assert read_intake(kept.code, read=read).state == "read"


def test_slow_first_reader_does_not_write_a_second_plan(world):
    kept = _upload(world)

    def slow(content, name, **options):
        read_intake(kept.code, read=read)  # another worker was quicker
        return read(content, name, **options)

    assert read_intake(kept.code, read=slow).state == "read"
    assert Plan.objects.count() == 1


def test_progress_is_told_while_pages_are_read(world):
    kept, seen = _upload(world), []

    def paged(content, name, on_progress):
        on_progress(3, 20)
        seen.append(Intake.objects.values_list("done", "of").get())
        return read(content, name)

    read_intake(kept.code, read=paged)
    assert seen == [(3, 20)]


@pytest.mark.parametrize("broken", [Refused("Tệp có mật khẩu."), KeyError("x"), RecursionError()])
def test_what_cannot_be_read_says_why_and_may_be_read_again_or_dropped(world, broken):
    kept = _upload(world)

    def fails(*_args, **_options):
        raise broken

    failed = read_intake(kept.code, read=fails)
    assert (failed.state, bool(failed.message), Plan.objects.count()) == ("failed", True, 0)
    with pytest.raises(Refused, match="Không có tệp"):
        read_again(kept.code, actor=world.office)
    assert read_again(kept.code, actor=world.control).state == "waiting"
    assert read_intake(kept.code, read=fails).state == "failed"
    assert drop(kept.code, actor=world.control).state == "dropped"
    assert read_intake(kept.code, read=read).state == "dropped"
    assert StoredFile.objects.filter(subject=kept.code).exists()
    with pytest.raises(Refused, match="Đã bỏ"):
        drop(kept.code, actor=world.control)


def test_document_without_tasks_is_not_read(world):
    failed = world.take("Không có bảng.".encode())
    assert failed.state == "failed" and "nhiệm vụ" in failed.message


def test_what_cannot_be_written_fails_and_is_not_tried_for_ever(world, monkeypatch):
    def fails(*_args, **_options):
        raise DataError("numeric field overflow")

    monkeypatch.setattr(intakes, "draft_from", fails)
    assert world.take().state == "failed"
    assert resume(now() + timedelta(minutes=7)) == []


def test_reader_without_a_database_leaves_the_document_to_the_next(world, monkeypatch):
    def fails(*_args, **_options):
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(intakes, "draft_from", fails)
    kept = _upload(world)
    with pytest.raises(OperationalError):
        read_intake(kept.code, read=read)
    assert resume(now() + timedelta(minutes=7)) == [kept.code]


def test_pages_that_were_lost_are_told_where_nothing_else_is_found(world):
    def half(content, name, **options):
        return replace(read("Không có bảng.".encode()), losses=("Trang 2–9 không đọc được: hết giờ.",))

    kept = _upload(world)
    assert "Trang 2–9" in read_intake(kept.code, read=half).message


def test_plan_of_a_unit_that_is_not_mine(world):
    with pytest.raises(Refused, match="không lập kế hoạch"):
        _upload(world, unit=world.units["T"], actor=world.specialist)
    with pytest.raises(Refused, match="không lập kế hoạch"):
        _upload(world, actor=world.citizen)
    assert "không lập kế hoạch" in world.take(actor=world.specialist).message


def test_facts_name_the_intake_and_no_text(world):
    taken = world.take()
    kept = Fact.objects.get(verb="intake.kept")
    assert (kept.subject, kept.data) == (taken.code, {"sha256": taken.file.sha256, "is_reform": False})
    assert Fact.objects.get(verb="plan.read").data["intake"] == taken.code


@pytest.mark.slow
def test_reading_in_the_limited_process(world):
    assert read_intake(_upload(world).code).state == "read"


def test_file_that_could_not_be_read_is_given_back_to_its_sender_alone(world, client):
    page = "<html><body><script>alert(1)</script><p>Không có bảng.</p></body></html>".encode()
    failed = world.take(page, name="trang.html")
    address = reverse("plans:intake_file", args=[failed.code])
    client.force_login(world.control)
    assert address in client.get(reverse("plans:intake", args=[failed.code])).content.decode()
    given = client.get(address)
    assert b"".join(given.streaming_content) == page
    assert given["Content-Disposition"].startswith("attachment")
    client.force_login(world.office)
    assert client.get(address).status_code == 404


def test_locked_or_broken_file_is_kept_for_a_person_and_never_read(world):
    broken = upload(io.BytesIO(b"%PDF-1.7 broken"), name="ke-hoach.pdf", actor=world.control)
    assert (broken.state, bool(broken.message), broken.is_trusted) == ("failed", True, False)
    with open_stored(broken.file.sha256) as kept:
        assert kept.read() == b"%PDF-1.7 broken"
    assert broken.file.media_type == "application/octet-stream"
    with pytest.raises(Refused, match="ke-hoach.pdf"):
        read_again(broken.code, actor=world.control)
    assert read_intake(broken.code).state == "failed"
    with pytest.raises(Refused, match="trống"):
        upload(io.BytesIO(b""), name="trong.pdf", actor=world.control)
    assert drop(broken.code, actor=world.control).state == "dropped"
