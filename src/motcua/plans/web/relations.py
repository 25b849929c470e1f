"""What a plan's page says of its versions, the plans above and below, its readers, and what may be done with it."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from motcua.base.clock import today
from motcua.plans.access import may_approve, may_draft, may_see_plans
from motcua.plans.models import Plan
from motcua.plans.queries.beginning import unit_of_reader
from motcua.plans.states import APPROVED, CLOSED, COUNTED_STATES, DRAFT, SUPERSEDED

Link = tuple[Any, str]


def relations(plan: Plan, account: Any) -> dict[str, Any]:
    """Return the context of ``plans/relations.html``."""
    is_official = may_see_plans(account)
    later = plan.amendments.exclude(state=DRAFT).first()
    is_mine = is_official and may_draft(account, plan.holder)
    reads_for = unit_of_reader(plan, account) if is_official and plan.state == APPROVED else None
    return {
        "later": later,
        "amendment": plan.amendments.filter(state=DRAFT).first() if is_mine else None,
        "lacks_signature": is_mine and plan.is_published and plan.signed_file_id is None and plan.state != SUPERSEDED,
        "may_sign": is_mine and plan.signed_file_id is None and plan.state != SUPERSEDED,
        "may_send": is_official
        and plan.state == APPROVED
        and plan.parent_id is not None
        and plan.sent_at is None
        and may_approve(account, plan.holder),
        "may_read": reads_for is not None and not plan.readers.filter(account=account).exists(),
        "links": _links(plan, account) if is_official else [],
    }


def _links(plan: Plan, account: Any) -> list[Link]:
    is_mine, is_approver = may_draft(account, plan.holder), may_approve(account, plan.holder)
    wanted = [
        (plan.amends_id is not None, gettext("Thay đổi so với bản trước"), "changes"),
        (plan.state in COUNTED_STATES, gettext("Kế hoạch cấp dưới"), "children"),
        (plan.parent_id is not None or (plan.is_draft and is_mine), gettext("Đối chiếu với cấp trên"), "align"),
        (plan.is_published and is_mine, gettext("Ai đã đọc"), "readers"),
        (plan.state == APPROVED and is_mine, gettext("Sửa đổi bằng bản mới"), "amend"),
        (plan.state in (APPROVED, CLOSED) and is_mine, gettext("Chuyển nhiệm vụ sang năm sau"), "carry"),
        (_is_of_today(plan) and is_approver, gettext("Rút duyệt"), "take_back"),
        (plan.state == APPROVED and is_approver, gettext("Đóng kế hoạch"), "close"),
        (plan.is_draft and is_mine, gettext("Thêm, chuyển, bỏ dòng"), "draft_rows"),
        (plan.is_draft and is_mine, gettext("Bỏ bản soạn"), "draft_drop"),
    ]
    links: list[Link] = [
        (label, reverse(f"plans:{name}", args=[plan.code])) for is_shown, label, name in wanted if is_shown
    ]
    links.append((gettext("Soạn kế hoạch khác theo mẫu này"), f"{reverse('plans:draft')}?nhu={plan.code}"))
    return links


def _is_of_today(plan: Plan) -> bool:
    return plan.state == APPROVED and plan.approved_at is not None and timezone.localdate(plan.approved_at) == today()
