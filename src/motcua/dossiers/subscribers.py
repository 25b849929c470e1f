"""Who is told of what: the applicant of each step, officials of what lateness and applicants ask of them."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today
from motcua.base.facts import hears
from motcua.base.models import Fact
from motcua.dossiers.actions import payment
from motcua.dossiers.addresses import page_of
from motcua.dossiers.message_kinds import WORK
from motcua.dossiers.models import Dossier, Explanation
from motcua.dossiers.telling import tell, told_verbs
from motcua.notifications.actions.notices import notify
from motcua.organizations.models import Account, Post, Unit, in_force
from motcua.organizations.states import LEADER, RECEPTION, ROLES, UNIT_HEAD
from motcua.workflow.models import Run


@hears(*told_verbs())
def tell_applicant(fact: Fact) -> None:
    """Tell the applicant, once per fact."""
    tell(fact)


OFFICIAL_TEXTS = {
    "dossier.explanation_asked": _("Hồ sơ %(code)s đã quá hạn: cần giải trình."),
    "dossier.apology_drafted": _("Hồ sơ %(code)s có thể trễ hạn: đã có dự thảo văn bản xin lỗi để xem và ký."),
    "dossier.apology_approved": _("Văn bản xin lỗi của hồ sơ %(code)s đã ký: cần gửi cho người nộp trước hạn."),
    "dossier.stuck": _("Hồ sơ %(code)s đứng yên đã lâu. Hãy xem ai đang giữ."),
}


@hears(*OFFICIAL_TEXTS)
def tell_officials(fact: Fact) -> None:
    """Tell whoever holds the step, and the heads of the unit, what lateness asks of them; once per fact."""
    dossier = Dossier.objects.select_related("competent_unit", "receiving_unit").filter(code=fact.subject).first()
    if dossier is None:
        return
    text = OFFICIAL_TEXTS[fact.verb] % {"code": dossier.code}
    for account in _concerned(fact, dossier):
        link = f"{page_of(dossier.code)}/tre-han"
        notify(account, key=f"fact:{fact.pk}", subject=dossier.code, text=text, link=link, kind=WORK.code)


@hears("dossier.withdrawal_asked")
def tell_of_withdrawal(fact: Fact) -> None:
    """Tell whoever handles the dossier that its applicant asks to have it back; once per fact."""
    run = Run.objects.select_related("unit", "assignee").filter(subject=fact.subject, branch=0).first()
    if run is None:
        return
    text = gettext("Người nộp đề nghị rút hồ sơ %(code)s: cần trả lời.") % {"code": fact.subject}
    for account in [run.assignee] if run.assignee else _holding(run.unit, run.role):
        link = page_of(fact.subject)
        notify(account, key=f"fact:{fact.pk}", subject=fact.subject, text=text, link=link, kind=WORK.code)


def _concerned(fact: Fact, dossier: Dossier) -> list[Account]:
    if fact.verb == "dossier.apology_approved":
        return _holding(dossier.receiving_unit, RECEPTION)
    heads = _holding(dossier.competent_unit, UNIT_HEAD, LEADER)
    asked = Explanation.objects.select_related("holder").filter(dossier=dossier).first()
    if fact.verb == "dossier.explanation_asked" and asked is not None:
        holders = [asked.holder] if asked.holder else _holding(asked.unit, asked.role)
        return list({account.pk: account for account in [*holders, *heads]}.values())
    return heads


def _holding(unit: Unit, *roles: str) -> list[Account]:
    posts = Post.objects.filter(in_force(today()), unit=unit, role__in=roles, account__is_active=True)
    return list({post.account_id: post.account for post in posts.select_related("account")}.values())


@hears("dossier.remarked")
def tell_called(fact: Fact) -> None:
    """Tell whoever was called by name in a remark."""
    text = gettext("Bạn được nhắc đến trong ý kiến về hồ sơ %(code)s.") % {"code": fact.subject}
    for account in Account.objects.filter(code__in=fact.data.get("mentioned", [])):
        link = f"{page_of(fact.subject)}#y-kien"
        notify(account, key=f"fact:{fact.pk}", subject=fact.subject, text=text, link=link, kind=WORK.code)


@hears("order.paid")
def note_online_payment(fact: Fact) -> None:
    """Let the dossier know that the gateway has the money for its fee."""
    payment.note_online_payment(fact.data["fee"], amount=fact.data["amount"], at=fact.at)


@hears("post.delegated")
def tell_substitute(fact: Fact) -> None:
    """Tell whoever stands in for somebody where and until when; once per fact."""
    account = Account.objects.filter(code=fact.data.get("to", "")).first()
    unit = Unit.objects.filter(code=fact.unit).order_by("-valid_from").first()
    if account is None or unit is None:
        return
    text = gettext("Bạn được giao làm thay vị trí %(role)s tại %(unit)s, từ %(first)s đến hết %(last)s.") % {
        "role": ROLES[fact.data["role"]],
        "unit": unit,
        "first": as_day(fact.data["valid_from"]),
        "last": as_day(fact.data["valid_to"]),
    }
    notify(account, key=f"fact:{fact.pk}", subject=fact.subject, text=text, link="/lam-thay/", kind=WORK.code)


def as_day(text: str) -> str:
    """Return a day of a fact (ISO 8601) as people write it."""
    return f"{date.fromisoformat(text):%d/%m/%Y}"
