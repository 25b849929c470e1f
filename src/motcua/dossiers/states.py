"""The life of a dossier as a table (DOMAIN 4.3)."""

from django.utils.translation import gettext_lazy as _

FILED = "filed"  # online or by post, not yet looked at
SUPPLEMENT_BEFORE = "supplement_before"  # told what to add (slip 02); not received, the clock has not begun
RECEIVED = "received"  # slip 01 issued, due instant promised
IN_PROGRESS = "in_progress"
AWAITING_SUPPLEMENT = "awaiting_supplement"  # slip 02 issued, the clock stands still
DECIDED = "decided"  # result signed, to be handed over
RETURNED = "returned"
REFUSED = "refused"  # at reception, slip 03
WITHDRAWN = "withdrawn"  # by the applicant
STOPPED = "stopped"  # notice of stop

NEXT = {
    FILED: {RECEIVED, SUPPLEMENT_BEFORE, REFUSED, WITHDRAWN},
    SUPPLEMENT_BEFORE: {FILED, REFUSED, WITHDRAWN},
    RECEIVED: {IN_PROGRESS, WITHDRAWN},
    IN_PROGRESS: {AWAITING_SUPPLEMENT, DECIDED, STOPPED, WITHDRAWN},
    AWAITING_SUPPLEMENT: {IN_PROGRESS, STOPPED, WITHDRAWN},
    DECIDED: {RETURNED},
    RETURNED: set(),
    REFUSED: set(),
    WITHDRAWN: set(),
    STOPPED: set(),
}

OPEN_STATES = frozenset({FILED, SUPPLEMENT_BEFORE, RECEIVED, IN_PROGRESS, AWAITING_SUPPLEMENT})
RUNNING_STATES = frozenset({RECEIVED, IN_PROGRESS})  # the clock of the promise runs
ENDED_STATES = frozenset({DECIDED, RETURNED, REFUSED, WITHDRAWN, STOPPED})
RESOLVED_STATES = frozenset({DECIDED, RETURNED})  # what ratios call "đã giải quyết"

LABELS = {
    FILED: _("Chờ tiếp nhận"),
    SUPPLEMENT_BEFORE: _("Chờ hoàn thiện để tiếp nhận"),
    RECEIVED: _("Đã tiếp nhận"),
    IN_PROGRESS: _("Đang xử lý"),
    AWAITING_SUPPLEMENT: _("Chờ bổ sung"),
    DECIDED: _("Đã có kết quả"),
    RETURNED: _("Đã trả kết quả"),
    REFUSED: _("Từ chối tiếp nhận"),
    WITHDRAWN: _("Đã rút"),
    STOPPED: _("Dừng xử lý"),
}

# National status codes (DOMAIN 4.3)
NATIONAL_STATUS = {
    FILED: 1,
    SUPPLEMENT_BEFORE: 1,  # the national list has no word for it: still "Mới đăng ký"
    RECEIVED: 2,
    REFUSED: 3,
    IN_PROGRESS: 4,
    AWAITING_SUPPLEMENT: 5,
    WITHDRAWN: 7,
    STOPPED: 8,
    DECIDED: 9,
    RETURNED: 10,
}

IN_PERSON, ONLINE, POST = "in_person", "online", "post"
CHANNELS = {IN_PERSON: _("Trực tiếp"), ONLINE: _("Trực tuyến"), POST: _("Bưu chính")}

# How a filing is made, as long as it is a draft
OWN, ASSISTED, COUNTER = "own", "assisted", "counter"
WAYS = {OWN: _("Tự nộp"), ASSISTED: _("Nộp giúp"), COUNTER: _("Tại quầy")}

# How somebody agreed that an official files for them
CONSENTS = {"signed": _("Đã ký giấy đồng ý"), "spoken": _("Đồng ý bằng lời, có mặt khi khai")}

# How a result is handed over (DOMAIN 4.2)
RETURN_METHODS = {IN_PERSON: _("Tại quầy"), POST: _("Qua bưu chính"), ONLINE: _("Bản điện tử")}

# What is done at a step of a dossier's route (workflow.RouteStep.phase)
RECEIVE, HANDLE, PROPOSE, APPROVE, RETURN = "receive", "handle", "propose", "approve", "return"
