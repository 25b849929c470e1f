"""Bytes are kept whole, once, and belong to who sent them."""

import io
from hashlib import sha256

import pytest
from django.db import transaction

from motcua.base.refusal import Refused
from motcua.documents.actions import storing
from motcua.documents.models import StoredFile
from motcua.documents.storage import open_stored, path_of, write
from motcua.organizations.actions.people import open_account


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_same_bytes_are_kept_once(media):
    digest = sha256(b"abc").hexdigest()
    for _ in range(2):
        write(io.BytesIO(b"abc"), digest)
    assert files_in(media) == [path_of(digest)]
    with open_stored(digest) as file:
        assert file.read() == b"abc"


def test_interrupted_writing_leaves_nothing(media):
    class Broken(io.BytesIO):
        def read(self, *_size):
            raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        write(Broken(b"abc"), sha256(b"abc").hexdigest())
    assert files_in(media) == []


@pytest.mark.django_db
def test_file_is_claimed_by_its_sender_once():
    sender, other = (open_account(username=name, full_name=name, password=None, actor="") for name in ("a1", "b1"))
    kept = StoredFile.objects.create(
        subject=storing.inbox_of(sender),
        name="a.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        added_by=sender.code,
        added_at="2026-03-02T08:00+07:00",
    )
    with pytest.raises(Refused), transaction.atomic():
        storing.claim([kept.pk], subject="X-1", actor=other)
    storing.claim([kept.pk], subject="X-1", actor=sender)
    with pytest.raises(Refused), transaction.atomic():
        storing.claim([kept.pk], subject="X-2", actor=sender)
    assert StoredFile.objects.get().subject == "X-1"
