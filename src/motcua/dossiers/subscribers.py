"""What the applicant is told: received, asked for a supplement, decided, returned, refused, stopped."""

from django.utils.translation import gettext_lazy as _

from motcua.base.clock import VIETNAM
from motcua.base.facts import hears
from motcua.base.models import Fact
from motcua.dossiers.addresses import page_of
from motcua.dossiers.models import Dossier
from motcua.notifications.actions.notices import notify

TEXTS = {
    "dossier.received": _("Hồ sơ %(code)s đã được tiếp nhận. Hẹn trả kết quả: %(due)s."),
    "dossier.refused": _("Hồ sơ %(code)s bị từ chối tiếp nhận. Xem lý do trên trang hồ sơ."),
    "dossier.supplement_requested": _("Hồ sơ %(code)s cần bổ sung giấy tờ. Thời gian chờ bổ sung không tính vào hạn."),
    "dossier.supplemented": _("Hồ sơ %(code)s đã được bổ sung. Hẹn trả kết quả: %(due)s."),
    "dossier.approved": _("Hồ sơ %(code)s đã có kết quả."),
    "dossier.returned": _("Kết quả hồ sơ %(code)s đã được trả. Mời bạn đánh giá."),
    "dossier.stopped": _("Hồ sơ %(code)s đã dừng xử lý. Xem lý do trên trang hồ sơ."),
}


@hears(*TEXTS)
def tell_applicant(fact: Fact) -> None:
    """Tell the applicant's account, once per fact; whoever filed at a counter has none and holds the slip."""
    dossier = Dossier.objects.select_related("applicant").filter(code=fact.subject).first()
    if dossier is None or dossier.applicant is None:
        return
    due = f"{dossier.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if dossier.due_at else ""
    notify(
        dossier.applicant,
        key=f"fact:{fact.pk}",
        subject=dossier.code,
        text=TEXTS[fact.verb] % {"code": dossier.code, "due": due},
        link=page_of(dossier.code),
    )
