"""One full entry of every shipped register, and entries beside it that its measures must tell apart."""

from typing import Any

PAST, FUTURE = "2026-02-20", "2099-01-01"  # days on either side of any day on which the tests run

# Values that fill every state; measures count from January to March 2026.
FULL: dict[str, dict[str, Any]] = {
    "dialogues": {
        "held_on": "2026-02-03", "title": "Đất đai", "audiences": ["citizens", "firms"], "chair": "head",
        "form": "in_person", "participants": 40, "opinions": 9, "answered": 5, "settled": 3, "answer_by": FUTURE,
        "conclusions": "Giao các phòng trả lời",
    },
    "initiatives": {
        "registered_on": "2026-02-03", "title": "Một lần khai", "area": "procedures", "proposal": "Dùng lại dữ liệu",
        "score": "87,5", "opinion": "Áp dụng được", "level": "province", "decision": "12/QĐ-UBND",
        "decided_on": "2026-03-02", "refusal": "Trùng",
    },
    "meetings": {
        "held_on": "2026-02-03", "title": "Giao ban", "form": "online", "level": "commune", "points": 70,
        "participants": 300,
    },
    "portal-items": {
        "posted_on": "2026-02-03", "title": "Tin", "site": "portal", "content": "news", "quantity": 4,
    },
    "portal-counters": {
        "period": "2026Q1", "site": "own_site", "opening": "1.014.395", "closing": "1.023.023", "is_linked": True,
    },
    "propaganda": {
        "done_on": "2026-02-03", "title": "Cuộc thi", "form": "contest", "theme": "reform", "quantity": 2,
        "reached": 150,
    },
    "inspections": {
        "inspected_on": "2026-02-03", "inspected_name": "Phòng Thử", "level": "division", "subject": "reform",
        "is_own": False, "conclusion": "1/KL", "concluded_on": "2026-02-10", "carry_out_by": FUTURE,
        "carried_out_on": "2026-03-01", "result": "Đạt",
    },
    "findings": {
        "found_on": "2026-02-03", "title": "Niêm yết thiếu", "area": "publishing", "demand": "Niêm yết đủ",
        "due_on": FUTURE, "handled_on": "2026-02-19", "handling": "Đã niêm yết",
    },
    "discipline": {
        "decided_on": "2026-02-03", "decision": "5/QĐ", "person": "Nguyễn Văn Thử", "group": "staff",
        "side": ["government"], "form": "reprimand", "violation": "Chậm trễ", "ends_on": "2027-02-03",
    },
    "conduct": {
        "received_on": "2026-02-03", "title": "Đòi thêm giấy", "nature": ["arbitrary"], "origin": "petition",
        "description": "Đòi giấy ngoài danh mục", "due_on": FUTURE, "verified_on": "2026-02-10",
        "verification": "Đúng", "is_true": True, "measure": "reminder", "decision": "7/TB",
        "concluded_on": "2026-02-15", "conclusion": "Phê bình",
    },
    "staff-files": {
        "opened_on": "2020-02-03", "number": "HS-01", "official": "", "group": "civil_servant",
        "parts": ["curriculum", "degrees", "appointments", "pay", "evaluations", "rewards", "statements"],
        "is_in_software": True, "updated_on": "",
    },
    "training-classes": {
        "begins_on": "2026-02-03", "title": "Nghiệp vụ một cửa", "theme": "reform", "form": "in_person",
        "attendances": 60, "result": "Tốt",
    },
    "training-requests": {
        "asked_on": "2026-02-03", "course": "Ký số", "official": "", "theme": "digital", "class": "",
        "approval": "9/QĐ", "refusal": "Hết chỉ tiêu", "attended_on": "2026-03-05", "result": "completed",
        "excuse": "Ốm",
    },
    "brand-identity": {
        "year": "2026", "checked_on": "2026-02-03", "opinion": "Được",
        "items": ["sign", "logo", "colours", "desk_signs", "name_cards", "dress", "boards", "papers", "screens"],
    },
    "connections": {
        "connected_on": "2026-02-03", "system": "one_stop", "level": "department", "cut_on": "2026-03-01",
        "reason": "Thay hệ thống",
    },
}  # fmt: skip

# Register -> ([(state, what differs from FULL)], {measure: number}); the first entry is FULL itself in its state.
COUNTED: dict[str, tuple[list[tuple[str, dict[str, Any]]], dict[str, int]]] = {
    "dialogues": (
        [("concluded", {}), ("held", {"audiences": ["officials"], "settled": None, "answer_by": PAST}),
         ("planned", {"participants": None}), ("void", {})],
        {"held": 2, "with-citizens": 1, "with-firms": 1, "opinions": 18, "answered": 10, "settled": 3,
         "open-late": 1},
    ),
    "initiatives": (
        [("recognised", {}), ("evaluated", {}), ("registered", {"score": None}), ("refused", {"score": None})],
        {"registered": 4, "evaluated": 2, "recognised": 1},
    ),
    "meetings": (
        [("held", {}), ("held", {"form": "in_person", "points": 0}), ("held", {"form": "both", "level": "one_unit"}),
         ("planned", {})],
        {"held": 3, "online": 2, "online-to-communes": 1, "points": 140},
    ),
    "portal-items": (
        [("kept", {}), ("kept", {"content": "photo", "quantity": 12}), ("kept", {"content": "direction"}),
         ("kept", {"content": "legal"}), ("kept", {"content": "gazette", "quantity": 3}),
         ("kept", {"content": "video"}), ("kept", {"content": "voters"}), ("kept", {"content": "bulletin"}),
         ("kept", {"content": "pci"}), ("void", {})],
        {"news": 4, "photos": 12, "documents": 8, "gazettes": 3, "videos": 4, "voters": 4, "bulletins": 4,
         "investment": 4},
    ),
    "portal-counters": (
        [("kept", {}), ("kept", {"site": "portal", "opening": 0, "closing": 10}), ("void", {"site": "other"})],
        {"visits": 8638, "visits-portal": 10},
    ),
    "propaganda": (
        [("kept", {}), ("kept", {"form": "broadcast"}), ("kept", {"form": "column", "quantity": 1}),
         ("kept", {"form": "newspaper", "theme": "resolution_131", "reached": None}), ("kept", {"form": "other"}),
         ("void", {})],
        {"contests": 2, "broadcasts": 2, "columns": 1, "newspaper": 2, "others": 2, "resolution-131": 2,
         "reached": 600},
    ),
    "inspections": (
        [("carried_out", {}), ("inspected", {"level": "commune"}), ("concluded", {"carry_out_by": PAST}),
         ("concluded", {"subject": "recruitment", "level": "department", "breaks_positions": True}),
         ("carried_out", {"subject": "recruitment", "level": "department"}), ("inspected", {"subject": "discipline"}),
         ("planned", {})],
        {"done": 6, "reform-divisions": 2, "reform-communes": 1, "recruitment": 2, "recruitment-carried-out": 1,
         "positions-broken": 1, "discipline": 1, "conclusions-late": 1},
    ),
    "findings": (
        [("handled", {}), ("found", {"due_on": PAST, "area": "dress"}), ("found", {}),
         ("handled", {"found_on": "2025-11-03"}), ("void", {})],
        {"found": 3, "handled": 1, "handled-in-period": 2, "manners-found": 1, "open": 2, "open-late": 1},
    ),
    "discipline": (
        [("in_force", {}), ("ended", {"group": "province_leader", "form": "warning"}),
         ("in_force", {"group": "department_leader", "form": "demotion", "side": ["party", "government"]}),
         ("in_force", {"group": "division_leader"}), ("in_force", {"group": "service_employee"}),
         ("in_force", {"group": "commune_official", "form": "dismissal"}), ("annulled", {})],
        {"people": 6, "province-leaders": 1, "department-leaders": 1, "division-leaders": 1, "staff": 1,
         "service-employees": 1, "commune-officials": 1, "reprimands": 3, "warnings": 1, "heavier": 2},
    ),
    "conduct": (
        [("concluded", {}), ("received", {"due_on": PAST, "dossier": "000.00.04.H27-260101-0001"}), ("verified", {}),
         ("concluded", {"measure": "transfer"}), ("concluded", {"measure": "authority", "is_true": True}),
         ("concluded", {"measure": "discipline", "received_on": "2025-12-03"}),
         ("concluded", {"measure": "none", "is_true": False, "concluded_on": "2026-04-15"}), ("void", {})],
        {"received": 6, "of-dossiers": 1, "concluded": 4, "true": 4, "reminders": 1, "transfers": 1,
         "disciplined": 1, "authorities": 1, "open": 2, "open-late": 1},
    ),
    "staff-files": (
        [("managed", {}), ("managed", {"parts": ["curriculum"]}), ("managed", {"updated_on": "2020-03-01"}),
         ("managed", {"is_in_software": False}), ("left", {})],
        {"managed": 4, "complete": 3, "updated": 2},
    ),
    "training-classes": (
        [("held", {}), ("held", {"theme": "digital", "attendances": 5}), ("planned", {}), ("void", {})],
        {"held": 2, "reform": 1, "reform-attendances": 60, "attendances": 65},
    ),
    "training-requests": (
        [("attended", {}), ("approved", {}), ("missed", {}), ("asked", {}), ("refused", {}), ("void", {}),
         ("attended", {"asked_on": "2025-10-01"})],
        {"asked": 5, "approved": 3, "attended": 1, "attended-in-period": 2},
    ),
    "brand-identity": (
        [("confirmed", {}), ("own_check", {}), ("confirmed", {"items": ["sign", "logo"]})],
        {"checked": 3, "complete": 1},
    ),
    "connections": (
        [("connected", {}), ("connected", {"level": "commune"}), ("connected", {"system": "documents"}),
         ("connected", {"system": "documents", "level": "commune"}),
         ("connected", {"system": "meetings", "level": "commune"}), ("connected", {"system": "reports"}),
         ("cut", {"system": "meetings"})],
        {"one-stop-departments": 1, "one-stop-communes": 1, "documents-departments": 1, "documents-communes": 1,
         "meetings-communes": 1, "reports-agencies": 1},
    ),
}  # fmt: skip
