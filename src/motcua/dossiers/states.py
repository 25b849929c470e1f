"""The life of a dossier as a table (DOMAIN 4.3)."""

from django.utils.translation import gettext_lazy as _

FILED = "filed"  # online or by post, not yet looked at
SUPPLEMENT_BEFORE = "supplement_before"  # told what to add (slip 02); not received, the clock has not begun
RECEIVED = "received"  # slip 01 issued, due instant promised
IN_PROGRESS = "in_progress"
AWAITING_SUPPLEMENT = "awaiting_supplement"  # slip 02 issued, the clock stands still
AWAITING_PAYMENT = "awaiting_payment"  # a financial obligation was notified, the clock stands still
WITHDRAWAL_ASKED = "withdrawal_asked"  # after reception; the clock runs: it is the agency that must answer
DECIDED = "decided"  # result signed, to be handed over
RETURNED = "returned"
REFUSED = "refused"  # at reception, slip 03
WITHDRAWN = "withdrawn"  # by the applicant
STOPPED = "stopped"  # notice of stop

# An answer that keeps the dossier leads back to the state in which the withdrawal was asked.
NEXT = {
    FILED: {RECEIVED, SUPPLEMENT_BEFORE, REFUSED, WITHDRAWN},
    SUPPLEMENT_BEFORE: {FILED, REFUSED, WITHDRAWN},
    RECEIVED: {IN_PROGRESS, WITHDRAWAL_ASKED},
    IN_PROGRESS: {AWAITING_SUPPLEMENT, AWAITING_PAYMENT, DECIDED, STOPPED, WITHDRAWAL_ASKED},
    AWAITING_SUPPLEMENT: {IN_PROGRESS, STOPPED, WITHDRAWAL_ASKED},
    AWAITING_PAYMENT: {IN_PROGRESS, STOPPED, WITHDRAWAL_ASKED},
    WITHDRAWAL_ASKED: {WITHDRAWN, RECEIVED, IN_PROGRESS, AWAITING_SUPPLEMENT, AWAITING_PAYMENT},
    DECIDED: {RETURNED},
    RETURNED: set(),
    REFUSED: set(),
    WITHDRAWN: set(),
    STOPPED: set(),
}

STANDING_STATES = frozenset({AWAITING_SUPPLEMENT, AWAITING_PAYMENT})  # the clock stands still for the applicant
RUNNING_STATES = frozenset({RECEIVED, IN_PROGRESS, WITHDRAWAL_ASKED})  # the clock of the promise runs
OPEN_STATES = frozenset({FILED, SUPPLEMENT_BEFORE}) | RUNNING_STATES | STANDING_STATES
ENDED_STATES = frozenset({DECIDED, RETURNED, REFUSED, WITHDRAWN, STOPPED})
WITHOUT_RESULT = frozenset({REFUSED, WITHDRAWN, STOPPED})
RESOLVED_STATES = frozenset({DECIDED, RETURNED})  # what ratios call "đã giải quyết"

LABELS = {
    FILED: _("Chờ tiếp nhận"),
    SUPPLEMENT_BEFORE: _("Chờ hoàn thiện để tiếp nhận"),
    RECEIVED: _("Đã tiếp nhận"),
    IN_PROGRESS: _("Đang xử lý"),
    AWAITING_SUPPLEMENT: _("Chờ bổ sung"),
    AWAITING_PAYMENT: _("Chờ nghĩa vụ tài chính"),
    WITHDRAWAL_ASKED: _("Đề nghị rút hồ sơ"),
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
    AWAITING_PAYMENT: 6,
    WITHDRAWAL_ASKED: 7,
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

# How a request to withdraw was answered
CONFIRMED, TURNED_DOWN, TAKEN_BACK = "confirmed", "turned_down", "taken_back"
OUTCOMES = {CONFIRMED: _("Đồng ý cho rút"), TURNED_DOWN: _("Không đồng ý"), TAKEN_BACK: _("Người nộp thôi rút")}

# How dossiers go together: side by side, or one waits for the result of the other
SIDE_BY_SIDE, FOLLOWS = "linked", "follows"
LINK_KINDS = {SIDE_BY_SIDE: _("Liên quan"), FOLLOWS: _("Chờ kết quả của")}

# What is given to the post
RESULT, PAPERS = "result", "papers"
POSTED_THINGS = {RESULT: _("Kết quả"), PAPERS: _("Giấy tờ")}

# Who collects a result at the counter
APPLICANT, AUTHORISED = "applicant", "authorised"
COLLECTORS = {APPLICANT: _("Chính người nộp"), AUTHORISED: _("Người được ủy quyền")}

# How the survey was answered
BY_ACCOUNT, BY_CODE = "account", "code"
SURVEY_WAYS = {BY_ACCOUNT: _("Từ tài khoản"), BY_CODE: _("Bằng mã trên giấy")}
