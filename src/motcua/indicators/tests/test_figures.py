"""Typed and imported figures: source, second person, correction by a newer row; indicators that nothing measures."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import Workbook

from motcua.base.refusal import Refused
from motcua.indicators.actions.figures import Entry, enter, refuse, verify
from motcua.indicators.actions.targets import define, set_target
from motcua.indicators.figures import questions, rows_of_file
from motcua.indicators.models import TypedFigure
from motcua.indicators.queries import judge, typed_value
from motcua.indicators.rules.index_periods import IndexPeriod
from motcua.indicators.rules.ratios import MET, NO_DATA, RatioValue
from motcua.organizations.actions.people import give_post, open_account
from motcua.organizations.actions.units import establish
from motcua.organizations.models import Account, Unit
from motcua.organizations.states import CONTROL_OFFICER, DEPARTMENT, OFFICE, ONE_STOP, PROVINCE, SPECIALIST

pytestmark = pytest.mark.django_db
SINCE, PERIOD = date(2020, 1, 1), IndexPeriod.parse("2026Q3")
HEAD = ["Mã", "Đơn vị", "Kỳ", "Tử số", "Mẫu số", "Nguồn"]


@pytest.fixture
def units():
    def add(code, kind, parent=None):
        return establish(code=code, name=f"Đơn vị {code}", kind=kind, parent=parent, valid_from=SINCE, actor="")

    province = add("P", PROVINCE)
    Unit.objects.filter(pk=province.pk).update(one_stop=add("P.MC", ONE_STOP, province))
    return {"P": province, "P.VP": add("P.VP", OFFICE, province), "P.01": add("P.01", DEPARTMENT, province)}


def person(units, name, unit, role):
    account = open_account(username=name, full_name=f"Người Thử {name}", password=None, actor="")
    give_post(account, unit=units[unit], role=role, valid_from=SINCE, actor="")
    return Account.objects.get(pk=account.pk)


@pytest.fixture
def control(units):
    return person(units, "control", "P.VP", CONTROL_OFFICER)


@pytest.fixture
def specialist(units):
    return person(units, "specialist", "P.01", SPECIALIST)


@pytest.fixture
def typed():
    return define(code="dich_vu", name="Hài lòng theo khảo sát", measure="", valid_from=SINCE, actor="")


def entry(units, **changed):
    values = {
        "what": "dich_vu", "unit": units["P.01"], "first_day": PERIOD.first, "last_day": PERIOD.last,
        "part": Decimal(90), "whole": Decimal(100), "source": "Khảo sát quý 3",
    }  # fmt: skip
    return Entry(**values | changed)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"what": "khong.co"}, "what"),
        ({"part": Decimal(101)}, "part"),
        ({"part": Decimal(-1)}, "part"),
        ({"source": "  "}, "source"),
        ({"last_day": date(2020, 1, 1)}, "period"),
    ],
)
def test_impossible_figure_is_refused_and_none_is_kept(units, specialist, typed, changed, field):
    with pytest.raises(Refused) as refusal:
        enter([entry(units), entry(units, **changed)], actor=specialist)
    assert (refusal.value.field, TypedFigure.objects.count()) == (field, 0)


def test_nobody_types_for_another_unit(units, specialist, typed):
    with pytest.raises(Refused):
        enter([entry(units, unit=units["P"])], actor=specialist)


def test_newest_verified_figure_counts_and_the_old_one_stays(units, specialist, control, typed):
    [first] = enter([entry(units)], actor=specialist)
    assert typed_value(typed, units["P.01"], PERIOD.first, PERIOD.last) == RatioValue(0, 0)
    verify(first.pk, actor=control)
    [second] = enter([entry(units, part=Decimal(80), source="Đính chính")], actor=specialist)
    assert typed_value(typed, units["P.01"], PERIOD.first, PERIOD.last) == RatioValue(90, 100)
    verify(second.pk, actor=control)
    assert typed_value(typed, units["P.01"], PERIOD.first, PERIOD.last) == RatioValue(80, 100)
    assert TypedFigure.objects.count() == 2
    with pytest.raises(Refused, match="đã được xử lý"):
        verify(first.pk, actor=control)


def test_year_is_not_added_to_its_quarters(units, control, specialist, typed):
    year = IndexPeriod.parse("2026")
    for values in ({}, {"first_day": year.first, "last_day": year.last, "part": Decimal(300), "whole": Decimal(400)}):
        [figure] = enter([entry(units, **values)], actor=specialist)
        verify(figure.pk, actor=control)
    assert typed_value(typed, units["P.01"], year.first, year.last) == RatioValue(300, 400)


def test_refused_figure_says_why_and_never_counts(units, specialist, control, typed):
    [figure] = enter([entry(units)], actor=specialist)
    with pytest.raises(Refused, match="vì sao"):
        refuse(figure.pk, reason=" ", actor=control)
    refuse(figure.pk, reason="Thiếu văn bản", actor=control)
    with pytest.raises(Refused):
        verify(figure.pk, actor=control)
    assert typed_value(typed, units["P.01"], PERIOD.first, PERIOD.last) == RatioValue(0, 0)


def test_database_holds_that_two_people_are_needed(units, specialist, typed):
    [figure] = enter([entry(units)], actor=specialist)
    with pytest.raises(IntegrityError), transaction.atomic():
        TypedFigure.objects.filter(pk=figure.pk).update(verified_by=figure.entered_by)


def test_target_of_a_typed_indicator_is_judged_by_its_figures(units, specialist, control, typed):
    target = set_target(
        typed, set_by="KH.1", words="90 %", scope_unit=units["P.01"], comparator=">=", value=Decimal(90),
        first_day=date(2026, 1, 1), last_day=date(2026, 12, 31), actor="",
    )  # fmt: skip
    assert judge(target).outcome == NO_DATA
    [figure] = enter([entry(units)], actor=specialist)
    verify(figure.pk, actor=control)
    assert judge(target).outcome == MET


def workbook(*rows):
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_excel_and_csv_are_read_alike(units, typed):
    row = ["dich_vu", "P.01", "2026q3", "1.290", 1462, "Báo cáo thử"]
    excel = rows_of_file("so.xlsx", workbook(row))
    text = "\n".join(";".join(map(str, each)) for each in (HEAD, row))
    assert rows_of_file("so.csv", text.encode()) == excel
    assert (excel[0].part, excel[0].whole, excel[0].period) == (Decimal(1290), Decimal(1462), PERIOD)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("so.csv", b"", "không có dòng"),
        ("so.csv", "Mã,Kỳ".encode(), "Thiếu cột"),
        ("so.csv", "x".encode("utf-16"), "UTF-8"),
        ("so.xlsx", b"PK nothing", "Excel"),
        ("so.csv", (",".join(HEAD) + "\na,P.01,2026Q3,nhiều,2,n").encode(), "Dòng 2"),
        ("so.csv", (",".join(HEAD) + "\na,KHONG,2026Q3,1,2,n").encode(), "Dòng 2"),
        ("so.csv", (",".join(HEAD) + "\na,P.01,2026Q7,1,2,n").encode(), "Dòng 2"),
    ],
)
def test_file_that_cannot_be_read_says_where(units, name, content, words):
    with pytest.raises(Refused, match=words):
        rows_of_file(name, content)


def test_page_takes_a_file_whole_or_not_at_all(units, client, specialist, typed):
    client.force_login(specialist)
    good = ["dich_vu", "P.01", "2026Q3", 1, 2, "Báo cáo thử"]
    for rows, status, kept in (([good, ["dich_vu", "P", "2026Q3", 1, 2, "n"]], 422, 0), ([good], 302, 1)):
        file = SimpleUploadedFile("so.xlsx", workbook(*rows))
        answer = client.post(reverse("indicators:figures"), {"import": "1", "file": file})
        assert (answer.status_code, TypedFigure.objects.count()) == (status, kept)


def test_page_types_and_verifies(units, client, specialist, control, typed):
    address = reverse("indicators:figures")
    client.force_login(specialist)
    values = {"what": "dich_vu", "unit": "P.01", "period": "2026Q3", "part": "1", "whole": "2", "source": "Báo cáo"}
    assert client.post(address, values | {"part": "nhiều"}).status_code == 422
    assert client.post(address, values).status_code == 302
    figure = TypedFigure.objects.get()
    client.force_login(control)
    assert "Xác minh" in client.get(address).content.decode()
    client.post(reverse("indicators:settle_figure", args=[figure.pk, "xac-minh"]))
    assert TypedFigure.objects.get().verified_by == control.code
    assert "Khảo sát quý" not in client.get(reverse("indicators:indicator", args=["dich_vu"])).content.decode()
    client.force_login(specialist)
    page = client.get(reverse("indicators:indicator", args=["dich_vu"]), {"unit": "P.01", "year": 2026})
    assert "Báo cáo" in page.content.decode()


def test_api_enters_and_verifies(units, client, specialist, control, typed):
    client.force_login(specialist)
    body = [{"what": "dich_vu", "unit": "P.01", "period": "2026Q3", "part": 1, "whole": 2, "source": "Báo cáo"}]
    made = client.post("/api/v1/figures", body, content_type="application/json").json()[0]
    assert client.post(f"/api/v1/figures/{made['id']}/verify").status_code == 409
    client.force_login(control)
    assert client.post(f"/api/v1/figures/{made['id']}/verify").json()["is_verified"] is True
    client.logout()
    value = client.get("/api/v1/indicators/dich_vu", {"unit": "P.01", "period": "2026Q3"}).json()
    assert (value["part"], value["percent"]) == (1, 50.0)


def test_what_may_be_typed_names_rows_counts_and_typed_indicators(typed):
    assert {"766:DOSSIER_SYNC", "766:fee_procedures", "dich_vu"} <= questions().keys()
