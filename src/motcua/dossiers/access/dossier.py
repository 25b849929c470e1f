"""Who sees a dossier and who may do what to it: a table of action by state, phase and role.

Every predicate ``may_x(account, dossier, run)`` is one row of ``TABLE``; actions refuse with the row's own words, pages
show the buttons for which ``allowed`` says yes. Whoever may not see a dossier is told that there is none (404).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today
from motcua.base.guard import signed_in
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.published import marks_of
from motcua.dossiers.states import (
    APPROVE,
    AWAITING_PAYMENT,
    AWAITING_SUPPLEMENT,
    DECIDED,
    FILED,
    HANDLE,
    IN_PROGRESS,
    OPEN_STATES,
    PROPOSE,
    RECEIVE,
    RECEIVED,
    RETURN,
    RETURNED,
    RUNNING_STATES,
    STANDING_STATES,
    SUPPLEMENT_BEFORE,
    WITHDRAWAL_ASKED,
    WITHOUT_RESULT,
)
from motcua.organizations.access import has_role, has_role_in, official, scope_of
from motcua.organizations.states import ADMINISTRATOR, CONTROL_OFFICER, LEADER, RECEPTION, UNIT_HEAD
from motcua.workflow.models import JOINING, Holding, Run
from motcua.workflow.queries import route_plan

may_file = signed_in
may_receive_at_counter = has_role(RECEPTION)
may_see_registers = official


def sees(account: Any, dossier: Dossier, run: Run) -> bool:
    """Whether ``account`` may see ``dossier``: its applicant, its units and those above, and where it lies now.

    Asks nothing of the database when units and posts are at hand; a unit that held a step before is ``visible_to``.
    """
    if not account.is_authenticated:
        return False
    if dossier.applicant_id == account.pk:
        return True
    units = (dossier.competent_unit, dossier.receiving_unit, run.unit)
    return any(unit.path.startswith(scope_of(post).path) for post in account.posts_now for unit in units)


def scopes_of(account: Any) -> list[Q]:
    """Return the parts of the register that ``account`` sees, each one a range of an index; [] is nothing.

    A control officer or administrator of an office sees the whole province.
    """
    if not account.is_authenticated:
        return []
    scopes = [Q(applicant=account)]
    for post in account.posts_now:
        if post.role in (CONTROL_OFFICER, ADMINISTRATOR):
            scopes.append(Q(competent_unit__path__startswith=scope_of(post).path))
        elif post.role == RECEPTION:
            scopes.append(Q(receiving_unit=post.unit_id))
        else:
            scopes.append(Q(competent_unit=post.unit_id))
    return list({str(scope): scope for scope in scopes}.values())


def visible_to(account: Any) -> QuerySet[Dossier]:
    """Return the dossiers that ``account`` may see, for finding one of them; registers page by ``scopes_of``."""
    if not account.is_authenticated:
        return Dossier.objects.none()
    mine = Q(applicant=account)
    held = Q(pk__in=[])
    for post in account.posts_now:
        path = scope_of(post).path
        mine |= Q(competent_unit__path__startswith=path) | Q(receiving_unit__path__startswith=path)
        held |= Q(unit__path__startswith=path)
    if account.posts_now:
        mine |= Q(Exists(Holding.objects.filter(held, run__subject=OuterRef("code"))))
    return Dossier.objects.filter(mine)


def _holder(account: Any, _dossier: Dossier, run: Run) -> bool:
    """Holds the step: its role in its unit, unless a colleague has claimed it."""
    # A substitute also holds what the one on leave has claimed: the post that is lent says whose it is.
    return any(
        post.unit_id == run.unit_id and post.role == run.role and run.assignee_id in (None, account.pk, post.account_id)
        for post in account.posts_now
    )


def _in_role(account: Any, _dossier: Dossier, run: Run) -> bool:
    """Bears the role of the step in its unit, or heads that unit."""
    return has_role_in(account, run.unit, run.role) or has_role_in(account, run.unit, UNIT_HEAD, LEADER)


def _applicant(account: Any, dossier: Dossier, _run: Run) -> bool:
    """The account that filed it."""
    return account.is_authenticated and dossier.applicant_id == account.pk


def _counter(account: Any, dossier: Dossier, _run: Run) -> bool:
    """Receives at the unit that received it."""
    return has_role_in(account, dossier.receiving_unit, RECEPTION)


def _applicant_or_counter(account: Any, dossier: Dossier, run: Run) -> bool:
    """The applicant, or the counter in the applicant's name."""
    return _applicant(account, dossier, run) or _counter(account, dossier, run)


def _counter_or_in_role(account: Any, dossier: Dossier, run: Run) -> bool:
    """The counter, or whoever bears the role of the step or heads its unit."""
    return _counter(account, dossier, run) or _in_role(account, dossier, run)


def _whoever_brings_proof(account: Any, dossier: Dossier, run: Run) -> bool:
    """The applicant with proof, the counter, or whoever bears the role of the step or heads its unit."""
    return _applicant_or_counter(account, dossier, run) or _in_role(account, dossier, run)


def _head(account: Any, dossier: Dossier, _run: Run) -> bool:
    """Heads the competent unit."""
    return has_role_in(account, dossier.competent_unit, UNIT_HEAD, LEADER)


Who = Callable[[Any, Dossier, Run], bool]


@dataclass(frozen=True)
class Rule:
    """One action: the words for it, the states and phases in which it is done, by whom.

    ``next_phases`` are the phases to which it leads, for the three actions that move along the route.
    """

    label: str | Promise
    states: frozenset[str]
    who: Who
    phases: frozenset[str] = frozenset()
    next_phases: frozenset[str] = frozenset()


_MOVING = frozenset({RECEIVED, IN_PROGRESS})
_OFFICIALS_AT_WORK = frozenset({RECEIVED, IN_PROGRESS, DECIDED, FILED, WITHDRAWAL_ASKED})
_RECEIVED_OPEN = RUNNING_STATES | STANDING_STATES
ONE_VISIT_MARKS = ("on_the_spot", "five_on_the_spot")  # of procedures: R4.28, R4.26

TABLE = {
    "receive": Rule(_("Tiếp nhận"), frozenset({FILED}), _holder, frozenset({RECEIVE})),
    "guide": Rule(_("Hướng dẫn hoàn thiện"), frozenset({FILED}), _holder, frozenset({RECEIVE})),
    "complete": Rule(_("Bổ sung theo hướng dẫn"), frozenset({SUPPLEMENT_BEFORE}), _applicant_or_counter),
    "refuse": Rule(_("Từ chối tiếp nhận"), frozenset({FILED, SUPPLEMENT_BEFORE}), _holder, frozenset({RECEIVE})),
    "claim": Rule(_("Nhận xử lý"), _OFFICIALS_AT_WORK, _holder),
    "assign": Rule(_("Phân công"), _OFFICIALS_AT_WORK | STANDING_STATES, _in_role),
    "forward": Rule(_("Chuyển bước"), _MOVING, _holder, next_phases=frozenset({HANDLE})),
    "propose": Rule(_("Trình kết quả"), _MOVING, _holder, next_phases=frozenset({PROPOSE, APPROVE})),
    "send_back": Rule(_("Trả lại để làm lại"), frozenset({IN_PROGRESS}), _holder, frozenset({PROPOSE, APPROVE})),
    "approve": Rule(
        _("Phê duyệt"), frozenset({IN_PROGRESS}), _holder, frozenset({APPROVE}), next_phases=frozenset({RETURN})
    ),
    "request_supplement": Rule(_("Yêu cầu bổ sung"), frozenset({IN_PROGRESS}), _holder, frozenset({HANDLE})),
    "supply": Rule(_("Bổ sung giấy tờ"), frozenset({AWAITING_SUPPLEMENT}), _applicant_or_counter),
    "ask_obligation": Rule(_("Thông báo nghĩa vụ tài chính"), frozenset({IN_PROGRESS}), _holder, frozenset({HANDLE})),
    "settle_obligation": Rule(
        _("Xác nhận đã thực hiện nghĩa vụ tài chính"), frozenset({AWAITING_PAYMENT}), _whoever_brings_proof
    ),
    "stop": Rule(_("Dừng xử lý"), frozenset({IN_PROGRESS}) | STANDING_STATES, _head),
    "withdraw": Rule(_("Rút hồ sơ"), frozenset({FILED, SUPPLEMENT_BEFORE}), _applicant_or_counter),
    "ask_withdrawal": Rule(
        _("Đề nghị rút hồ sơ"), _RECEIVED_OPEN - frozenset({WITHDRAWAL_ASKED}), _applicant_or_counter
    ),
    "confirm_withdrawal": Rule(_("Đồng ý cho rút hồ sơ"), frozenset({WITHDRAWAL_ASKED}), _in_role),
    "turn_down_withdrawal": Rule(_("Không đồng ý cho rút hồ sơ"), frozenset({WITHDRAWAL_ASKED}), _in_role),
    "take_back_withdrawal": Rule(_("Thôi rút hồ sơ"), frozenset({WITHDRAWAL_ASKED}), _applicant_or_counter),
    "return": Rule(_("Trả kết quả"), frozenset({DECIDED}), _holder, frozenset({RETURN})),
    "rate": Rule(_("Đánh giá"), frozenset({RETURNED}), _applicant),
    "one_visit": Rule(
        _("Giải quyết tại chỗ"),
        frozenset({FILED, RECEIVED, IN_PROGRESS, DECIDED}),
        _holder,
        frozenset({RECEIVE, HANDLE, PROPOSE, APPROVE, RETURN}),
    ),
    "give_back_papers": Rule(_("Trả lại giấy tờ"), WITHOUT_RESULT | {RETURNED}, _counter),
    "link": Rule(_("Gắn hồ sơ liên quan"), _RECEIVED_OPEN, _counter_or_in_role),
    "open_linked": Rule(_("Mở hồ sơ liên thông"), _RECEIVED_OPEN, _counter),
    "take_payment": Rule(_("Thu phí, lệ phí"), OPEN_STATES | {DECIDED}, _counter),
}


# What is done at one step: where branches run side by side, in one of them. All else is done to the whole.
STEP_ACTIONS = frozenset(
    {"claim", "assign", "forward", "propose", "send_back", "approve", "request_supplement", "ask_obligation"}
)


def misfit(action: str, dossier: Dossier, run: Run) -> str:
    """Return why ``action`` does not fit state and step of the dossier, whoever asks; "" if it does."""
    rule = TABLE[action]
    words = {"code": dossier.code, "action": rule.label, "state": dossier.state_label, "step": run.step_name}
    if dossier.state not in rule.states:
        return gettext("Hồ sơ %(code)s đang ở trạng thái “%(state)s”, không thể “%(action)s”.") % words
    if action in STEP_ACTIONS and run.state == JOINING:
        return gettext("Hồ sơ %(code)s đang chờ các nhánh song song, chưa thể “%(action)s”.") % words
    is_elsewhere = rule.phases and run.phase not in rule.phases
    if is_elsewhere or rule.next_phases and _next_phase(run) not in rule.next_phases:
        return gettext("Hồ sơ %(code)s đang ở bước “%(step)s”, bước này không có việc “%(action)s”.") % words
    if action == "one_visit" and not marks_of(dossier.version.procedure_id, today()) & set(ONE_VISIT_MARKS):
        return gettext("Thủ tục của hồ sơ %(code)s không thuộc danh mục giải quyết tại chỗ.") % words
    if action == "request_supplement" and not route_plan(run.route_id).step(run.position).may_ask_supplement:
        return gettext("Hồ sơ %(code)s: quy trình không cho “%(action)s” ở bước “%(step)s”.") % words
    return ""


def why_not(action: str, account: Any, dossier: Dossier, run: Run) -> str:
    """Return why ``account`` may not do ``action`` now, in words for the reader; "" if it may."""
    if reason := misfit(action, dossier, run):
        return reason
    if not TABLE[action].who(account, dossier, run):
        return gettext("Hồ sơ %(code)s, bước “%(step)s”: việc “%(action)s” do người khác phụ trách.") % {
            "code": dossier.code,
            "step": run.step_name,
            "action": TABLE[action].label,
        }
    return ""


def allowed(account: Any, dossier: Dossier, run: Run) -> list[str]:
    """Return the names of the actions that ``account`` may do to ``dossier`` now, in the order of the table.

    ``request_supplement`` and ``take_payment`` may still be refused once: R4.12, or nothing is to be paid.
    """
    return [action for action in TABLE if not why_not(action, account, dossier, run)]


def _next_phase(run: Run) -> str:
    if run.branch:
        return HANDLE  # what a linked agency did goes on to be handled, whoever looks at it next
    steps: Any = route_plan(run.route_id).onward(run).steps
    return steps[0].phase if steps else ""


def may_take_money_of(account: Any, dossier: Dossier) -> bool:
    """Whoever has the receipts and refunds of a dossier in hand: its counter, also once it has ended."""
    return has_role_in(account, dossier.receiving_unit, RECEPTION)


def may_pay(account: Any, dossier: Dossier) -> bool:
    """Whoever begins an online payment: the applicant, or the counter with the applicant before it."""
    return bool(dossier.applicant_id == account.pk) or may_take_money_of(account, dossier)
