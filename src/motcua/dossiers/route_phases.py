"""What the steps of a dossier's route do, and in which order: the same order as ``access.TABLE`` allows."""

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.states import APPROVE, HANDLE, PROPOSE, RECEIVE, RETURN
from motcua.workflow.rules.phases import START, Phase

PHASES = (
    Phase(RECEIVE, _("Tiếp nhận"), frozenset({START})),
    Phase(HANDLE, _("Thụ lý"), frozenset({RECEIVE, HANDLE, PROPOSE}), in_branches=True),
    Phase(PROPOSE, _("Trình"), frozenset({RECEIVE, HANDLE, PROPOSE}), in_branches=True),
    Phase(APPROVE, _("Phê duyệt"), frozenset({RECEIVE, HANDLE, PROPOSE})),
    Phase(RETURN, _("Trả kết quả"), frozenset({APPROVE}), may_end=True, is_counted=False),
)
