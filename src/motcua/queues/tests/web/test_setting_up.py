"""Setting a hall up by pages."""

import pytest

from motcua.queues.models import Hall

pytestmark = pytest.mark.usefixtures("clock")


def test_an_administrator_sets_a_whole_hall_up(world, as_):
    client = as_("administrator")
    made = client.post("/quay/thiet-lap", {"code": "KHAC", "name": "Sảnh tầng 2", "unit": "T.11", "is_in_use": "on"})
    assert made.url == "/quay/thiet-lap/KHAC"
    group = {"letter": "c", "name": "Đầu tư", "usual_minutes": "7", "appointments": "0", "is_in_use": "on"}
    group = {"form": "group"} | {f"nhom-{name}": value for name, value in group.items()}
    assert client.post(made.url, group).status_code == 302
    window = {"form": "window", "quay-number": "4", "quay-letters": ["C"], "quay-is_in_use": "on"}
    assert client.post(made.url, window).status_code == 302
    hall = Hall.objects.get(code="KHAC")
    assert [(each.letter, each.usual_minutes) for each in hall.groups.all()] == [("C", 7)]
    assert [each.letter for each in hall.windows.get(number=4).groups.all()] == ["C"]
    shown = client.get(f"{made.url}?nhom=C&quay=4").content.decode()
    assert 'value="Đầu tư"' in shown


@pytest.mark.parametrize(
    "sent",
    [
        {"form": "group", "nhom-letter": "1", "nhom-name": "x", "nhom-usual_minutes": "7", "nhom-appointments": "0"},
        {"form": "group", "nhom-letter": "C", "nhom-name": "x", "nhom-usual_minutes": "0", "nhom-appointments": "0"},
        {"form": "group", "nhom-letter": "C", "nhom-name": " ", "nhom-usual_minutes": "7", "nhom-appointments": "0"},
        {"form": "window", "quay-number": "0", "quay-letters": ["A"]},
        {"form": "window", "quay-number": "4"},
        {"form": "window", "quay-number": "4", "quay-letters": ["Z"]},
    ],
)
def test_odd_settings_are_told_in_place(world, as_, sent):
    assert as_("chief").post("/quay/thiet-lap/SANH", sent).status_code == 422


def test_a_window_somebody_sits_at_stays_in_use(world, as_):
    world.open()
    sent = {"form": "window", "quay-number": "1", "quay-letters": ["A"]}
    page = as_("chief").post("/quay/thiet-lap/SANH", sent)
    assert page.status_code == 422 and "Quầy đang mở" in page.content.decode()


@pytest.mark.parametrize(("name", "status"), [("", 302), ("officer", 404), ("outsider", 404), ("control", 404)])
def test_setting_up_is_for_heads_and_administrators(world, as_, name, status):
    assert as_(name).get("/quay/thiet-lap").status_code == status
    assert as_(name).get("/quay/thiet-lap/SANH").status_code == status


def test_a_hall_of_others_is_not_set_up(world, as_):
    world.hall.unit = world.units["T.11"]
    world.hall.save()
    assert as_("chief").get("/quay/thiet-lap/SANH").status_code == 404
