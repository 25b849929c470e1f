"""The bulk writer leaves the very rows that the actions leave."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.forms.models import model_to_dict

from motcua.base.models import Fact
from motcua.base.refusal import Refused
from motcua.dossiers.actions import (
    ending,
    filing,
    giving_back,
    handling,
    obligations,
    payment,
    reception,
    returning,
    supplementing,
    withdrawing,
)
from motcua.dossiers.actions.history import write_history
from motcua.dossiers.actions.past import Moment, PastDossier
from motcua.dossiers.factories import APPLICANT, MONDAY, PAPER
from motcua.dossiers.models import DailyNumber, Dossier
from motcua.dossiers.queries.places import filing_place
from motcua.payments.models import Fee
from motcua.workflow.models import Run

HOUR = timedelta(hours=1)
NOTICE = obligations.Notice("Lệ phí trước bạ", 1_500_000, "Thông báo thử nghiệm", "Kho bạc Nhà nước")

# (action, hours after filing, who, words, method), as an online dossier's life
WHOLE_WAY = [
    ("receive", 1, "counter", "", ""),
    ("forward", 2, "counter", "", ""),
    ("request_supplement", 4, "specialist", "Bản đồ", ""),
    ("supply", 52, "citizen", "Đã gửi", ""),
    ("propose", 53, "specialist", "Giấy phép", ""),
    ("send_back", 54, "head", "Sai ngày", ""),
    ("propose", 55, "specialist", "Giấy phép mới", ""),
    ("propose", 72, "head", "", ""),
    ("approve", 500, "leader", "", ""),
    ("take_payment", 501, "counter", "GD-1", "online"),
    ("return", 502, "counter", "", "in_person"),
    ("rate", 503, "citizen", "", "yes"),
]
LIVES = {
    "whole way": WHOLE_WAY,
    "just filed": [],
    "waiting for the supplement": WHOLE_WAY[:3],
    "at the head": WHOLE_WAY[:5],
    "refused": [("refuse", 1, "counter", "Sai thẩm quyền", "")],
    "withdrawn before reception": [("withdraw", 1, "citizen", "Thôi", "")],
    "withdrawn while waiting": [
        *WHOLE_WAY[:3],
        ("ask_withdrawal", 9, "citizen", "Thôi", ""),
        ("confirm_withdrawal", 25, "specialist", "", ""),
    ],
    "stopped": [*WHOLE_WAY[:2], ("stop", 9, "leader", "Không đủ điều kiện", "")],
}


def act(world, code, action, hours, who, words, method):
    """Do one moment through the real action."""
    common = {"actor": getattr(world, who), "at": MONDAY + hours * HOUR}
    {
        "receive": lambda: reception.receive(code, **common),
        "refuse": lambda: reception.refuse(code, reason=words, **common),
        "forward": lambda: handling.forward(code, **common),
        "propose": lambda: handling.propose(code, result_text=words, **common),
        "send_back": lambda: handling.send_back(code, reason=words, **common),
        "approve": lambda: handling.approve(code, result_text=words, **common),
        "request_supplement": lambda: supplementing.request_supplement(code, items=words, reason=words, **common),
        "supply": lambda: supplementing.supply(code, note=words, **common),
        "take_payment": lambda: payment.take_payment(code, method=method, reference=words, **common),
        "return": lambda: returning.return_result(code, method=method, **common),
        "rate": lambda: returning.rate(code, is_satisfied=method == "yes", **common),
        "withdraw": lambda: ending.withdraw(code, reason=words, **common),
        "ask_withdrawal": lambda: withdrawing.ask_withdrawal(code, reason=words, **common),
        "confirm_withdrawal": lambda: withdrawing.confirm_withdrawal(code, **common),
        "turn_down_withdrawal": lambda: withdrawing.turn_down_withdrawal(code, reason=words, **common),
        "take_back_withdrawal": lambda: withdrawing.take_back_withdrawal(code, **common),
        "ask_obligation": lambda: obligations.ask_obligation(code, notice=NOTICE, **common),
        "settle_obligation": lambda: obligations.settle_obligation(code, reference=words, **common),
        "give_back_papers": lambda: giving_back.give_back_papers(code, method="in_person", **common),
        "stop": lambda: ending.stop(code, reason=words, **common),
    }[action]()


def rows_of(code):
    """Return every row of a dossier without what must differ: numbers, codes, keys."""
    dossier, run = Dossier.objects.get(code=code), Run.objects.get(subject=code)
    supplement = getattr(dossier, "supplement", None)
    sent = getattr(dossier, "result_return", None)
    of_one = [dossier, run, supplement, sent, Fee.objects.filter(subject=code).first()]
    of_many = [dossier.papers, run.holdings, run.pauses, dossier.withdrawals]
    left_out = {"id", "code", "submission_key", "subject", "link", "dossier", "run"}

    def plain(row):
        return {name: value for name, value in model_to_dict(row).items() if name not in left_out}

    facts = Fact.objects.filter(subject=code).order_by("id").values_list("at", "actor", "verb", "unit", "data")
    return (
        [plain(row) for row in of_one if row]
        + [[plain(row) for row in rows.order_by("id")] for rows in of_many]
        + [list(facts)]
    )


def past(world, life, channel="online", actor=None):
    place = filing_place(world.procedure, "T.01", MONDAY.date())
    actor = actor or world.citizen
    return PastDossier(
        submission_key=uuid4(),
        place=place,
        channel=channel,
        applicant=APPLICANT,
        filed_at=MONDAY,
        actor=actor.code,
        account=world.citizen if channel == "online" else None,
        papers=(PAPER,),
        moments=tuple(
            Moment(action, MONDAY + hours * HOUR, getattr(world, who).code, words, method)
            for action, hours, who, words, method in life
        ),
    )


@pytest.mark.parametrize("name", LIVES)
def test_history_leaves_the_rows_of_the_actions(world, name):
    code = world.file().code
    for moment in LIVES[name]:
        act(world, code, *moment)
    write_history([past(world, LIVES[name])])
    written = Dossier.objects.exclude(code=code).get()
    assert written.code == "000.00.01.T99-260302-0002"
    assert rows_of(written.code) == rows_of(code)


def test_history_of_a_counter_leaves_the_rows_of_the_actions(world):
    code = world.file_at_counter().code
    handling.forward(code, actor=world.counter, at=MONDAY + HOUR)
    write_history([past(world, WHOLE_WAY[1:2], "in_person", world.counter)])
    written = Dossier.objects.exclude(code=code).get()
    fields = ("step_due_at", "due_at", "legal_minutes", "position")
    real, bulk = (Run.objects.filter(subject=each).values(*fields).get() for each in (code, written.code))
    assert real["due_at"] == bulk["due_at"]
    assert Fact.objects.filter(subject=written.code).count() == 3


def test_history_and_actions_share_the_daily_numbers(world):
    write_history([past(world, []) for _ in range(3)])
    assert world.file().code.endswith("-0004")
    assert DailyNumber.objects.get().last == 4


def test_history_refuses_what_the_actions_refuse(world):
    with pytest.raises(Refused):
        write_history([past(world, [("approve", 1, "leader", "", "")])])
    assert not Dossier.objects.exists()


def test_filing_after_history_continues(world):
    write_history([past(world, WHOLE_WAY)])
    assert filing.file_online(
        world.procedure, unit_code="T.01", applicant=APPLICANT, submission_key=uuid4(), actor=world.citizen, at=MONDAY
    ).code.endswith("-0002")
