"""The small province, and browsers in the hands of its people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.factories import make_world
from motcua.organizations.queries import forget_calendars
from motcua.procedures.models import Component, Offering, ProcedureVersion
from motcua.procedures.queries import forget_catalogue

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    forget_calendars()
    forget_catalogue()
    made = make_world()
    version = ProcedureVersion.objects.get(procedure__code=made.procedure)
    Component.objects.create(version=version, position=1, name="Đơn đề nghị", originals=1)
    Component.objects.create(version=version, position=2, name="Bản vẽ", case="Trường hợp có công trình", copies=2)
    Component.objects.create(version=version, position=3, name="Người nộp giữ bản chính.")  # a remark
    Offering.objects.filter(procedure__code=made.procedure).update(
        questions=[
            {"name": "acreage", "label": "Diện tích", "type": "number", "required": False},
            {"name": "kind", "label": "Loại", "type": "choice", "choices": ["Mới", "Lại"], "required": False},
            {"name": "since", "label": "Từ ngày", "type": "date", "required": False},
        ]
    )
    return made


@pytest.fixture
def as_(world):
    """Return a browser in which a person of the cast is signed in; "" is the public."""

    def browser(name=""):
        client = Client()
        if name:
            client.force_login(world.people[name], backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
        return client

    return browser


def picture(name="don.png"):
    """Return a small picture as it is uploaded."""
    return SimpleUploadedFile(name, PNG, "image/png")
