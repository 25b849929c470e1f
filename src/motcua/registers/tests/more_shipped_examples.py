"""Full entries of the registers of direction, money, one-stop units, press, inspection and technology."""

from typing import Any

PAST, FUTURE = "2026-02-20", "2099-01-01"  # days on either side of any day on which the tests run

MORE_FULL: dict[str, dict[str, Any]] = {
    "guidance": {
        "issued_on": "2026-02-03", "number": "1/CV", "title": "Quán triệt", "form": "dispatch", "area": ["reform"],
        "ended_on": "2026-03-01",
    },
    "difficulties": {
        "raised_on": "2026-02-03", "title": "Thiếu máy quét", "description": "Chưa có", "area": "money",
        "handler": "P.0", "answer_by": FUTURE, "referred_on": "2026-02-05", "answered_on": "2026-02-10",
        "answer": "Đã cấp", "is_solved": True,
    },
    "supervision": {
        "done_on": "2026-02-03", "title": "Giám sát một cửa", "supervisor": "front", "comments": "Niêm yết rõ hơn",
        "quantity": 3, "answer_by": FUTURE, "answered_on": "2026-02-10", "answer": "Đã sửa",
    },
    "delegations": {
        "from_on": "2026-02-03", "title": "Cấp giấy phép", "form": "delegated", "instrument": "3/QĐ",
        "conditions": ["staff", "money", "workflow", "account", "seal"], "until_on": FUTURE,
        "ended_on": "2026-03-01", "reason": "Luật mới",
    },
    "delegation-reports": {"year": "2026", "matters": 9, "done": 7, "opinion": "Thiếu số liệu"},
    "budget-lines": {
        "year": "2026", "title": "Tập huấn", "source": "province", "norm": "tt_167_2012", "quantity": 4,
        "price": 250_000, "decision": "8/QĐ", "approved": 900_000, "spent": 800_000, "refusal": "Ngoài định mức",
    },
    "support-payments": {
        "period": "2026Q1", "official": "", "role": "control", "policy": "nq_87_2013", "days": 20, "rate": 15_000,
        "paid_on": "2026-03-20", "refusal": "Không đủ ngày",
    },
    "regulations": {
        "from_on": "2026-02-03", "title": "Quy chế phối hợp", "form": "coordination", "applies_to": "P.1",
        "edition": 1, "finish_by": PAST, "decision": "9/QĐ", "issued_on": "2026-02-03", "replaced_on": "2026-03-01",
    },
    "reorganisation": {
        "begun_on": "2026-02-03", "title": "Tổ chức lại Trung tâm", "next_by": FUTURE, "consulted_on": "2026-02-10",
        "submitted_on": "2026-02-12", "decision": "4/QĐ", "decided_on": "2026-02-20", "carried_out_on": "2026-03-10",
        "result": "Xong",
    },
    "iso-declarations": {
        "declared_on": "2026-02-03", "standard": "tcvn_iso_9001", "level": "department", "decision": "2/QĐ",
        "review_by": FUTURE, "withdrawn_on": "2026-03-01", "reason": "Tổ chức lại",
    },
    "focal-points": {
        "since_on": "2026-02-03", "role": "main", "official": "", "decision": "6/QĐ", "decided_on": "2026-02-01",
        "trained_on": "2020-02-01", "until_on": "2026-03-01", "reason": "Chuyển công tác",
    },
    "news": {
        "published_on": "2026-02-03", "title": "Tin thử", "content": "item", "medium": "portal", "quantity": 5,
    },
    "posters": {
        "placed_on": "2026-02-03", "title": "Nộp hồ sơ trực tuyến", "form": "panel", "quantity": 2, "place": "Cổng",
        "check_by": FUTURE, "removed_on": "2026-03-01",
    },
    "learning-visits": {
        "begins_on": "2026-02-03", "title": "Số hóa", "place": "Tỉnh khác", "participants": 8, "report_by": FUTURE,
        "reported_on": "2026-02-20", "report": "5/BC", "lessons": "Quét tại quầy",
    },
    "inspection-plans": {
        "begins_on": "2026-02-03", "title": "Kiểm tra năm", "year": "2026", "form": "planned",
        "subject": ["procedures"], "agencies": 10, "decision": "1/QĐ", "decided_on": "2026-01-20",
        "finish_by": FUTURE, "report": "3/BC", "finished_on": "2026-03-20", "inspected": 9, "result": "Tốt",
    },
    "inspection-members": {
        "since_on": "2026-02-03", "plan": "", "role": "head", "official": "", "until_on": "2026-03-01",
    },
    "inspection-sheets": {
        "checked_on": "2026-02-03", "checked_name": "Sở Thử", "is_own": False, "dossiers": 20, "faulty": 1,
        "items": ["published", "components", "slips", "on_time", "apologies", "digitised", "online", "petitions",
                  "reports", "plan"],
        "signed_on": "2026-02-05", "conclusion": "Đạt",
    },
    "security-plans": {
        "year": "2026", "title": "Kế hoạch an toàn thông tin", "scope": ["security"], "measures": "Sao lưu",
        "in_place": ["access", "encryption", "log", "backup", "separation", "scanning", "assessment",
                     "incident_plan", "drill"],
        "decision": "7/KH", "issued_on": "2026-01-05", "finish_by": FUTURE, "finished_on": "2026-03-01",
        "result": "Đủ",
    },
    "incidents": {
        "detected_on": "2026-02-03", "title": "Mã độc", "system": "Máy trạm", "nature": "malware", "level": "low",
        "has_personal_data": False, "description": "Một máy", "report_by": FUTURE, "contained_on": "2026-02-04",
        "steps": "Cài lại", "reported_on": "2026-02-05", "reported_to": "Cơ quan chuyên trách", "lessons": "Cập nhật",
    },
    "drills": {
        "held_on": "2026-02-03", "title": "Mất điện", "participants": 12, "result": "Đạt",
        "goals": ["detected", "told", "contained", "restored", "reported"],
    },
    "equipment": {
        "received_on": "2026-02-03", "number": "", "title": "Máy quét", "type": "server", "place": "Phòng máy",
        "at_one_stop": False, "maintain_by": FUTURE, "fault": "Nguồn", "retired_on": "2026-03-01",
    },
    "system-requests": {
        "raised_on": "2026-02-03", "title": "Không in được phiếu", "nature": "defect", "system": "Một cửa",
        "description": "In phiếu báo lỗi", "weight": "stops", "owner": "Nhóm vận hành", "fix_by": FUTURE,
        "fixed_on": "2026-02-10", "reply": "Đã sửa",
    },
    "system-functions": {
        "checked_on": "2026-02-03", "system": "Một cửa", "group_number": 1, "number": 1, "title": "Tiếp nhận",
        "gap": "Chưa đủ", "fix_by": FUTURE,
    },
}  # fmt: skip

# Register -> ([(state, what differs from MORE_FULL)], {measure: number}), as in ``shipped_examples``.
MORE_COUNTED: dict[str, tuple[list[tuple[str, dict[str, Any]]], dict[str, int]]] = {
    "guidance": (
        [("issued", {}), ("ended", {"area": ["control", "index"]}), ("issued", {"area": ["digitisation"]}),
         ("issued", {"form": "plan"}), ("issued", {"issued_on": "2025-12-03"}), ("void", {})],
        {"issued": 4, "reform": 1, "control": 1, "index": 1, "digitisation": 1},
    ),
    "difficulties": (
        [("answered", {}), ("answered", {"is_solved": False, "referred_on": None}),
         ("routed", {"answer_by": PAST, "referred_on": None}), ("referred", {}),
         ("raised", {"answer_by": None, "referred_on": None}), ("void", {})],
        {"raised": 5, "answered": 2, "solved": 1, "referred": 2, "open": 3, "open-late": 1},
    ),
    "supervision": (
        [("answered", {}), ("recorded", {"answer_by": PAST, "quantity": None}), ("recorded", {}), ("void", {})],
        {"held": 3, "comments": 6, "answered": 1, "open-late": 1},
    ),
    "delegations": (
        [("in_force", {}), ("in_force", {"form": "devolved", "conditions": ["staff"], "until_on": PAST}),
         ("ended", {}), ("void", {})],
        {"in-force": 2, "delegated": 1, "ready": 1, "expired": 1},
    ),
    "delegation-reports": (
        [("reported", {}), ("accepted", {"year": "2025"})],
        {"reported": 1, "matters": 9, "done": 7},
    ),
    "budget-lines": (
        [("settled", {}), ("approved", {}), ("estimated", {}), ("refused", {}), ("void", {}),
         ("settled", {"year": "2025"})],
        {"lines": 4, "estimated": 4_000_000, "approved": 1_800_000, "spent": 800_000},
    ),
    "support-payments": (
        [("paid", {}), ("confirmed", {}), ("listed", {}), ("refused", {}), ("paid", {"period": "2025Q4"})],
        {"eligible": 3, "paid": 1, "amount": 300_000, "waiting": 1},
    ),
    "regulations": (
        [("in_force", {}), ("replaced", {"edition": 2}), ("in_force", {"edition": 3, "form": "house_rules"}),
         ("drafted", {"edition": 4}), ("void", {"edition": 5})],
        {"in-force": 2, "coordination": 1, "issued": 3, "drafted-late": 1},
    ),
    "reorganisation": (
        [("carried_out", {}), ("approved", {}), ("drafted", {"next_by": PAST}), ("consulted", {}), ("void", {}),
         ("carried_out", {"begun_on": "2025-10-01"})],
        {"projects": 4, "approved": 2, "carried-out": 2, "late": 1},
    ),
    "iso-declarations": (
        [("declared", {}), ("declared", {"standard_name": "2008", "level": "commune", "review_by": PAST}),
         ("withdrawn", {"standard_name": "2000"}), ("declared", {"standard": "other"})],
        {"agencies": 2, "departments": 1, "communes": 1, "review-late": 1},
    ),
    "focal-points": (
        [("ended", {}), ("serving", {}), ("serving", {"role": "deputy"})],
        {"covered": 1, "units": 4, "serving": 2, "trained": 0},
    ),
    "news": (
        [("kept", {}), ("kept", {"medium": "radio", "quantity": 3}), ("void", {}),
         ("kept", {"content": "target", "medium": None, "quantity": 200, "published_on": "2026-01-01"})],
        {"items": 8, "target": 200, "portals": 5, "press": 3},
    ),
    "posters": (
        [("placed", {}), ("removed", {}), ("placed", {"form": "leaflet", "quantity": 500, "check_by": PAST}),
         ("void", {})],
        {"placed": 2, "panels": 4, "leaflets": 500, "check-late": 1},
    ),
    "learning-visits": (
        [("reported", {}), ("gone", {"report_by": PAST}), ("planned", {}), ("void", {})],
        {"held": 2, "participants": 16, "reported": 1, "report-late": 1},
    ),
    "inspection-plans": (
        [("finished", {}), ("decided", {"form": "own", "finish_by": PAST}), ("drafted", {}), ("void", {})],
        {"decided": 2, "own": 1, "agencies": 20, "inspected": 9, "late": 1},
    ),
    "inspection-members": (
        [("serving", {}), ("left", {"role": "member"}), ("void", {})],
        {"members": 2, "heads": 1},
    ),
    "inspection-sheets": (
        [("signed", {}), ("filled", {"is_own": True, "items": ["plan"], "faulty": 2}), ("void", {})],
        {"sheets": 2, "own": 1, "complete": 1, "dossiers": 40, "faulty": 3},
    ),
    "security-plans": (
        [("issued", {"finish_by": PAST}), ("finished", {"in_place": ["log"]}), ("drafted", {}), ("void", {})],
        {"issued": 2, "complete": 1, "late": 1},
    ),
    "incidents": (
        [("reported", {}), ("detected", {"level": "serious", "report_by": PAST}),
         ("contained", {"has_personal_data": True}), ("void", {})],
        {"detected": 3, "high": 1, "with-personal-data": 1, "reported": 1, "open": 2, "report-late": 1},
    ),
    "drills": (
        [("held", {}), ("held", {"goals": ["told"]}), ("planned", {}), ("void", {})],
        {"held": 2, "complete": 1, "participants": 24, "planned-late": 1},
    ),
    "equipment": (
        [("in_use", {}), ("in_use", {"type": "computer", "at_one_stop": True, "maintain_by": PAST}), ("broken", {}),
         ("retired", {})],
        {"in-use": 2, "servers": 1, "computers": 1, "at-one-stop": 1, "broken": 1, "maintenance-late": 1},
    ),
    "system-requests": (
        [("confirmed", {}), ("fixed", {"nature": "request"}), ("accepted", {"fix_by": PAST, "weight": "small"}),
         ("raised", {}), ("refused", {}), ("confirmed", {"raised_on": "2025-11-03"}), ("void", {})],
        {"raised": 5, "defects": 4, "fixed": 2, "fixed-in-period": 2, "open": 3, "open-stopping": 2, "open-late": 1},
    ),
    "system-functions": (
        [("met", {}), ("partly", {"number": 2, "fix_by": PAST}), ("missing", {"number": 3}),
         ("void", {"number": 4})],
        {"checked": 3, "met": 1, "partly": 1, "missing": 1, "late": 1},
    ),
}  # fmt: skip
