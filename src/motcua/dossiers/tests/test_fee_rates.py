"""What is asked by place, channel and day; rates that have begun are ended and followed, never edited."""

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import reception
from motcua.dossiers.factories import make_world
from motcua.payments.models import Fee
from motcua.procedures.actions import fee_rates as acts
from motcua.procedures.fee_rates import fee_for, forget_fee_rates
from motcua.procedures.models import FeeRate, Offering
from motcua.procedures.rules.fee_choice import Rate, chosen

TODAY = date(2026, 3, 2)
BASIS = "Nghị quyết thử số 01/2026/NQ-HĐND"


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr("motcua.procedures.actions.fee_rates.today", lambda: TODAY)
    forget_fee_rates()
    return make_world()


def rate(world, amount=40_000, **values):
    told = {"procedure": world.procedure, "basis": BASIS, "valid_from": TODAY, **values}
    return acts.set_rate(acts.NewRate(amount=amount, **told), actor=world.control)


def asked(world, channel="in_person", unit="T.01", day=TODAY):
    forget_fee_rates()
    found = world.units[unit]
    of_unit = Offering.objects.filter(procedure__code=world.procedure, unit=found)
    offering = of_unit.first() or Offering.objects.get(procedure__code=world.procedure, unit_kind=found.kind)
    return fee_for(offering, channel, day, unit=found)


def test_without_a_rate_the_offering_says_what_is_asked(world):
    assert (asked(world).amount, asked(world).basis) == (50_000, "Nghị quyết thử nghiệm")
    assert not asked(world, unit="T.10")


def test_narrowest_place_goes_first_then_the_channel(world):
    rate(world, 40_000)
    rate(world, 30_000, channel="online")
    rate(world, 20_000, unit_kind="department")
    rate(world, 10_000, unit="T.01", channel="online")
    assert [asked(world, channel).amount for channel in ("in_person", "online", "post")] == [20_000, 10_000, 20_000]
    assert [asked(world, channel, "T.10").amount for channel in ("in_person", "online")] == [40_000, 30_000]


def test_rate_counts_on_its_first_and_last_day_alone(world):
    rate(world, 1_000, valid_to=TODAY + timedelta(days=9))
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=9), TODAY + timedelta(days=10)]
    assert [asked(world, day=day).amount for day in days] == [50_000, 1_000, 1_000, 50_000]


def test_following_rate_ends_the_one_before_and_its_withdrawal_opens_it_again(world):
    first = rate(world, 40_000)
    later = rate(world, 30_000, valid_from=TODAY + timedelta(days=30))
    first.refresh_from_db()
    assert first.valid_to == TODAY + timedelta(days=29)
    acts.withdraw_rate(later.pk, actor=world.control)
    first.refresh_from_db()
    assert first.valid_to is None
    assert [fact.verb for fact in Fact.objects.filter(subject=world.procedure).order_by("id")] == [
        "fee_rate.set", "fee_rate.set", "fee_rate.withdrawn"
    ]  # fmt: skip


def test_rate_that_has_begun_is_neither_replaced_backwards_nor_withdrawn_nor_ended_in_the_past(world):
    begun = rate(world, 40_000, valid_from=TODAY - timedelta(days=10))
    for wrong in (
        lambda: rate(world, 1, valid_from=TODAY - timedelta(days=5)),
        lambda: rate(world, 1, valid_from=TODAY - timedelta(days=20)),
        lambda: acts.withdraw_rate(begun.pk, actor=world.control),
        lambda: acts.end_rate(begun.pk, on=TODAY - timedelta(days=1), actor=world.control),
    ):
        with pytest.raises(Refused):
            wrong()
    acts.end_rate(begun.pk, on=TODAY, actor=world.control)
    assert [asked(world, day=TODAY + timedelta(days=n)).amount for n in (0, 1)] == [40_000, 50_000]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"procedure": "9.999999"}, "procedure"),
        ({"unit": "T.99"}, "unit"),
        ({"unit": "T.01", "unit_kind": "department"}, "unit_kind"),
        ({"unit_kind": "castle"}, "unit_kind"),
        ({"channel": "pigeon"}, "channel"),
        ({"amount": -1}, "amount"),
        ({"basis": "  "}, "basis"),
        ({"valid_to": TODAY - timedelta(days=1)}, "valid_to"),
    ],
)
def test_rate_at_fault_is_refused_at_its_field(world, values, field):
    with pytest.raises(Refused) as refused:
        rate(world, **{"amount": 5, **values})
    assert refused.value.field == field
    assert not FeeRate.objects.exists()


def test_filing_asks_by_channel_with_its_basis(world):
    rate(world, 40_000)
    rate(world, 0, channel="online", basis="Nghị quyết miễn phí trực tuyến")
    at_counter = Fee.objects.get(subject=world.file_at_counter().code)
    assert (at_counter.amount, at_counter.basis) == (40_000, BASIS)
    assert (at_counter.unit, at_counter.counter) == (world.units["T.01"], world.units["T.MC"])
    online = reception.receive(world.file().code, actor=world.counter)
    assert not online.has_fee
    assert not Fee.objects.filter(subject=online.code).exists()


def test_file_sets_all_or_nothing_and_twice_is_once(world):
    good = (
        "Mã thủ tục;Cách nộp;Mức phí;Căn cứ;Từ ngày;Đến ngày\n"
        f"{world.procedure};Trực tiếp;50.000;{BASIS};2/3/2026;\n"
        f"{world.procedure};Trực tuyến;Miễn phí;{BASIS};2/3/2026;\n"
    )
    assert acts.import_rates(good, actor=world.control) == (2, 0)
    assert acts.import_rates(good, actor=world.control) == (0, 2)
    assert [asked(world, channel).amount for channel in ("in_person", "online", "post")] == [50_000, 0, 50_000]
    with pytest.raises(Refused, match="dòng 3"):
        acts.import_rates(
            f"procedure,amount,basis,valid_from\n{world.inter_agency},5,{BASIS},2026-03-02\n9.999999,5,x,2026-03-02\n",
            actor=world.control,
        )
    assert FeeRate.objects.count() == 2


@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, 1, 2]), st.sampled_from(["", "commune"]), st.sampled_from(["", "online"]),
            st.integers(0, 9), st.integers(0, 20),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_chosen_rate_fits_and_no_narrower_one_does(rows):
    day = date(2026, 1, 15)
    rates = [
        Rate(unit, "" if unit else kind, channel, amount, "x", date(2026, 1, 1) + timedelta(days=start))
        for unit, kind, channel, amount, start in rows
    ]
    found = chosen(rates, unit_id=1, unit_kind="commune", channel="online", day=day)
    fitting = [one for one in rates if one.valid_from <= day and one.unit_id != 2]
    assert (found is None) == (not fitting)
    if found is not None:
        assert found in fitting
        assert not any((one.unit_id or 0) > (found.unit_id or 0) for one in fitting)


def browser(account):
    client = Client()
    client.force_login(account, backend="motcua.organizations.gateways.sign_in.PasswordSignIn")
    return client


def test_pages_let_a_control_officer_alone_set_rates(world):
    form = {"procedure": world.procedure, "online": "20.000", "in_person": "40.000", "basis": BASIS,
            "valid_from": "02/03/2026"}  # fmt: skip
    assert browser(world.citizen).get("/cong-bo/muc-phi/").status_code == 404
    assert "Quy định mức phí" not in browser(world.specialist).get("/cong-bo/muc-phi/").content.decode()
    browser(world.specialist).post("/cong-bo/muc-phi/", form)
    assert not FeeRate.objects.exists()
    control = browser(world.control)
    assert control.post("/cong-bo/muc-phi/", {**form, "basis": ""}).status_code == 422
    assert control.post("/cong-bo/muc-phi/", form).status_code == 302
    assert sorted(FeeRate.objects.values_list("channel", "amount")) == [("in_person", 40_000), ("online", 20_000)]
    assert "40.000" in control.get("/cong-bo/muc-phi/?moi=1").content.decode()
    number = FeeRate.objects.first().pk
    assert control.get(f"/cong-bo/muc-phi/{number}/thoi").status_code == 200
    assert control.get("/cong-bo/muc-phi/danh-sach.csv").status_code == 200


def test_plain_page_says_what_filing_online_saves(world, monkeypatch):
    monkeypatch.setattr("motcua.procedures.web.procedure.today", lambda: TODAY)
    rate(world, 40_000)
    rate(world, 25_000, channel="online")
    forget_fee_rates()
    page = Client().get(f"/thu-tuc/{world.procedure}").content.decode()
    assert "Nộp trực tuyến rẻ hơn 15.000" in page.replace("\xa0", " ")
    assert BASIS in page


def test_api_tells_the_fee_and_lets_a_control_officer_set_it(world):
    body = {"procedure": world.procedure, "amount": 7_000, "basis": BASIS, "valid_from": "2026-03-02",
            "channel": "online"}  # fmt: skip
    api = "/api/v1/fee-rates"
    assert browser(world.counter).post(api, body, content_type="application/json").status_code == 404
    answer = browser(world.control).post(api, body, content_type="application/json")
    assert (answer.status_code, answer.json()["amount"]) == (201, 7_000)
    forget_fee_rates()
    told = Client().get(f"/api/v1/fee?procedure={world.procedure}&unit=T.01&channel=online&day=2026-03-02")
    assert told.json() == {"amount": 7_000, "basis": BASIS}
    assert Client().get(f"/api/v1/fee?procedure={world.procedure}&unit=T.99").status_code == 404
    assert len(Client().get(f"{api}?procedure={world.procedure}").json()) == 1
