"""Which column of a table means what: by its heading, or by its content where no heading is left."""

import re
from enum import StrEnum

from motcua.base.text import fold, squash
from motcua.plans.rules.bodies.agencies import looks_like_agency
from motcua.plans.rules.layout.labels import as_label
from motcua.plans.rules.times.deadlines import parse_deadline


class Role(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    GROUP = "group"  # a heading over several rows, in a column of its own
    GROUP_NUMBER = "group_number"  # the number of that heading, where the rows have another
    TEXT = "text"
    LEAD = "lead"
    COORDINATING = "coordinating"
    PRODUCT = "product"
    START = "start"  # when work begins, where the end has a column of its own
    DEADLINE = "deadline"
    BUDGET = "budget"
    BASIS = "basis"
    PERSON = "person"
    NOTE = "note"
    UNIT = "unit"
    TARGET = "target"
    PERIOD = "period"  # a year, quarter or month with a value or a mark below it
    BODY = "body"  # a column headed by the name of a body, with marks below it
    OTHER = "other"


# In order: the first that matches a folded heading names the column.
_HEADINGS = (
    (
        Role.NUMBER,
        r"^(s\s?t\s?t|t\s?t|so\s?t\s?t|so thu tu|thu tu|ma so|ma|ma (so )?(nhiem vu|viec|cong viec)|no|so|muc|nr|"
        r"ma hieu|ky hieu|so hieu|tt ma)$|^(stt|tt)\b.{0,6}$",
    ),
    (Role.NOTE, r"^ghi chu|^luu y|^y kien\b"),
    (Role.UNIT, r"don vi tinh|^dvt\b|^don vi do|^dv tinh"),
    (
        Role.PERIOD,
        r"^(nam|ke hoach nam|chi tieu nam|muc tieu nam|thuc hien nam)?\s*(20\d\d)\b.{0,14}$|"
        r"^(quy|q|thang|t)\s?([ivx]{1,4}|\d{1,2})(\s?[/-]?\s?(nam )?20\d\d)?$|^giai doan 20\d\d",
    ),
    (Role.BUDGET, r"kinh phi|nguon von|du toan|ngan sach|so tien|tong muc dau tu|^nguon luc"),
    (
        Role.BASIS,
        r"^can cu|co so phap ly|van ban giao|^nguon (giao|nhiem vu)|^theo van ban|van ban chi dao|^dan chieu|"
        r"^trich dan",
    ),
    (
        Role.PERSON,
        r"(?<!noi dung )lanh dao|can bo (phu trach|thuc hien|theo doi|tham muu)|nguoi (phu trach|thuc hien|"
        r"chu tri|theo doi|"
        r"chiu trach|phoi hop|duoc giao|dung dau|lam|dau moi|giup viec)|ca nhan (thuc|chu|phu|duoc|chiu|phoi)|^ca nhan|"
        r"chuyen vien|cong chuc|^phu trach$|^ho (va )?ten|^dong chi|thanh vien (phu trach|ubnd)",
    ),
    (Role.START, r"^(ngay |thang |thoi gian |thoi diem )?(bat dau|khoi cong)( thuc hien)?$|^tu( ngay| thang)?$"),
    (
        Role.DEADLINE,
        r"^(ngay |thang )?ket thuc$|^den( ngay| thang)?$|thoi gian|thoi han|tien do|\bhan (hoan thanh|chot|cuoi|"
        r"xong|nop|bao cao|trinh)|^han\b|lo trinh|thoi diem|"
        r"(ngay|nam|thang) (hoan thanh|xong|phai xong)|moc (thoi|hoan)|^moc\b|ky han|"
        r"(hoan thanh|xong) (truoc|trong|vao)|^(du kien )?hoan thanh$|^ke hoach thoi gian|"
        r"^ngay (ket thuc|bao cao|trinh|den han)|^thoi ky|^khi nao|^bao gio|deadline|^thang$|^quy$|^t gian|^tg\b",
    ),
    (
        Role.COORDINATING,
        r"^((co quan|don vi|to chuc|cac co quan|bo phan|nganh|phong ban|phong|cac|ban|cq|dv|cac don vi|nguoi|"
        r"luc luong),?\s*)*"
        r"(cung )?(phoi hop|tham gia|ho tro|cung lam|cung thuc hien|lien quan|ph)\b",
    ),
    (
        Role.GROUP,
        r"^(nhom|linh vuc|mang|truc|tru cot|noi dung lon|chu de|chuyen de|khau dot pha)\b"
        r"(?!.*\b(thuc hien|phu trach|cong tac)$)|^ten nhom",
    ),
    (
        Role.PRODUCT,
        r"san pham|ket qua|dau ra|^(muc( tieu)?|yeu cau|tieu chuan|tieu chi) (can|phai) dat|hinh thuc van ban|"
        r"minh chung|van ban ban hanh|ho so ban giao|the hien bang|^ban giao\b|^(thanh pham|bang chung)\b",
    ),
    (
        Role.OTHER,
        r"^(co quan|don vi|cap|noi|bo phan)\s.*(theo doi|giam sat|don doc|kiem tra|phe duyet|tham dinh|"
        r"ban hanh|tiep nhan|thu huong|trinh|quan ly|nhan bao cao)$|^dia diem|^dia ban|^(noi|nguoi) (nhan|gui den)\b",
    ),
    (
        Role.LEAD,
        r"chu tri|trach nhiem|phan cong|dau moi|^(co quan|don vi|bo phan|to chuc|phong|nganh|cq|dv)\b.*"
        r"(thuc hien|trien khai|tham muu|phu trach|bao cao|duoc giao|soan thao|xay dung|chu dong)?$|don vi thuc hien|"
        r"co quan thuc hien|^(to chuc )?thuc hien$|^co quan\b|^don vi\b|^giao (cho|don vi|co quan)|^ai lam|^ro nguoi|"
        r"^chu the thuc hien|^phong$|^phong ban$|^noi thuc hien|^ct$",
    ),
    (Role.TARGET, r"^(ten )?chi tieu|^muc tieu|^chi so"),
    (
        Role.TEXT,
        r"nhiem vu|noi dung|hoat dong|cong viec|giai phap|^ten (de an|chuong trinh|du an|van ban|ke hoach|viec)|de an|"
        r"linh vuc cong tac|viec (can|phai|duoc)|cong tac|^chuong trinh|^dau (viec|muc)|^hang muc|^(ro )?viec\b|"
        r"^van de|yeu cau|^ten goi|^du an|^ten\b|^lam gi|^phan viec|^mo ta",
    ),
)
_WHO = (Role.LEAD, Role.COORDINATING, Role.PERSON, Role.BASIS)
_FOREIGN = re.compile(
    r"ten (thu tuc|tthc)|ma (so )?(ho so )?tthc|ma thu tuc|le phi|thoi (han|gian) giai quyet|dich vu cong$|"
    r"nam sinh|trinh tu cac buoc|^buoc\b|buoc thuc hien|quy trinh noi bo|^so (ky|van) hieu|trich yeu"
)
_PHRASES = ("san pham", "ket qua", "chu tri", "phoi hop", "thoi gian", "thoi han", "nhiem vu", "noi dung", "ghi chu")
# The first noun of a Vietnamese heading says what it names: "Nhiệm vụ được phân công" is work, "Phân công" is who.
_WORK = re.compile(
    r"^(?:ten |cac |danh muc |ro |chi tiet )*(?:nhiem vu|cong viec|dau viec|phan viec|dau muc|"
    r"viec|hoat dong|giai phap)\b"
)
_CONTENT = re.compile(r"^(?:ten |cac |danh muc )*noi dung\b")
_PERSONS = re.compile(r"^ho (va )?ten|^chuc (vu|danh)")
_TO_REACH = re.compile(
    r"^(?:muc|gia tri|chi tieu|ty le|ke hoach) (?:giao|duoc giao|phai dat|can dat|phan dau)|^phan dau$"
)
_MEASURE = re.compile(r"^(?:ten )?(?:chi tieu|chi so)\b")
_OF_YEAR = re.compile(r"^(?:muc tieu|ke hoach|phan dau|chi tieu|muc)\b.{0,12}\b20\d\d$")
_LONGEST = 120  # characters of a heading
# Of several columns of times: what ends the work, what begins it, what is the time of something else.
_FINAL = re.compile(r"ket thuc|hoan thanh|han\b|den ngay|xong")
_USUAL_TIME = re.compile(r"(?:thoi gian|thoi han|tien do|han|moc)(?: (?:thuc hien|hoan thanh|trien khai|xong))*")
_BEGINS = re.compile(r"bat dau|khoi cong|tu ngay|^tu\b|\btu$")
_OF_ELSE = re.compile(
    r"bat dau|khoi cong|tu ngay|^tu\b|\btu$|bao cao|giai trinh|giai ngan|quyet toan|thanh toan|kiem tra|giam sat|"
    r"so ket|tong ket|danh gia|nghiem thu|theo doi|cap nhat|gia han|den nay|hien (?:tai|nay)|"
    r"\b(?:giao|trinh|gui|hop)\b|trung uong|cap tren|"
    r"theo (?:nghi quyet|quyet dinh|ke hoach|chuong trinh|luat|quy dinh)|dieu chinh|\bcu$"
)
# The word by which a field is called, where several columns claim it.
_NAMED_BY = {
    Role.PRODUCT: re.compile(r"san pham|dau ra|ket qua (?:can|phai|du kien)"),
    Role.COORDINATING: re.compile(r"phoi hop"),
}


def role_of(heading: str) -> Role | None:
    """Return what a heading names, or None."""
    folded = normal(heading)
    if not folded or len(folded) > _LONGEST:
        return None
    role = next((role for role, pattern in _HEADINGS if re.search(pattern, folded)), None)
    if role in _WHO and (_WORK.match(folded) or _CONTENT.match(folded)):
        return Role.TEXT
    return Role.TEXT if role is Role.DEADLINE and _WORK.match(folded) else role


def normal(heading: str) -> str:
    """Return a heading as its words are compared: folded, only letters, digits and strokes."""
    return squash(re.sub(r"[^a-z0-9 /]+", " ", fold(squash(heading))))


def is_of_else(heading: str) -> bool:
    """Tell whether a heading speaks of a time that is not the work's own: of a report, of a payment."""
    return bool(_OF_ELSE.search(fold(heading)))


def is_foreign(headings: list[str]) -> bool:
    """Tell whether headings are those of a list of procedures or persons, which looks like a task table and is none."""
    folded = [fold(squash(heading)) for heading in headings]
    if any(_FOREIGN.search(heading) for heading in folded):
        return True
    # Who sits on a committee is no task; who does what by when is one.
    return any(_PERSONS.search(one) for one in folded) and not any(role_of(one) is Role.DEADLINE for one in folded)


def roles_of(headings: list[str]) -> list[Role] | None:
    """Return the role of each column of a heading row, or None if this is no heading of a table we know."""
    found = [role_of(heading) or _misread(heading) for heading in headings]
    known = {role for role in found if role}
    if len(known) < 2 or any(len(heading) > _LONGEST for heading in headings):
        return None
    roles = [role or Role.OTHER for role in found]
    return _one_of_each(roles, headings)


def _misread(heading: str) -> Role | None:
    """Return the role of a heading in which one letter was recognised wrongly ("Sản nhẩm", "Sản phấ m"), or None."""
    letters = re.sub(r"[^a-z]+", "", fold(heading))
    for phrase in _PHRASES:
        bare = phrase.replace(" ", "")
        parts = (letters[at : at + len(bare)] for at in range(len(letters) - len(bare) + 1))
        if any(sum(map(str.__ne__, part, bare)) <= 1 for part in parts):
            return role_of(phrase)
    return None


def _one_of_each(roles: list[Role], headings: list[str]) -> list[Role]:
    """Settle columns that claim the same role."""
    _settle_texts(roles, headings)
    _settle_leads(roles, headings)
    _settle_deadlines(roles, headings)
    _settle_numbers(roles)
    for role, word in _NAMED_BY.items():
        _keep_best(roles, role, [bool(word.search(fold(heading))) for heading in headings])
    for role in (Role.NUMBER, Role.PRODUCT, Role.COORDINATING, Role.PERSON, Role.BUDGET, Role.BASIS, Role.NOTE):
        for at in [at for at, own in enumerate(roles) if own is role][1:]:
            roles[at] = Role.OTHER
    return roles


def _settle_deadlines(roles: list[Role], headings: list[str]) -> None:
    """Of several columns of times, the one that says when the work itself is done; of the others, when it begins."""
    deadlines = [at for at, role in enumerate(roles) if role is Role.DEADLINE]
    if len(deadlines) < 2:
        return
    own = [at for at in deadlines if not is_of_else(headings[at])] or deadlines
    usual = [at for at in own if _USUAL_TIME.fullmatch(normal(headings[at]))]
    main = next((at for at in usual or own if _FINAL.search(fold(headings[at]))), (usual or own)[0])
    for at in deadlines:
        begins = _BEGINS.search(fold(headings[at]))
        other = Role.START if begins and Role.START not in roles else Role.OTHER
        roles[at] = Role.DEADLINE if at == main else other


def _keep_best(roles: list[Role], role: Role, is_named: list[bool]) -> None:
    """Of several columns with one role, keep those whose heading names it by its own word."""
    claimed = [at for at, own in enumerate(roles) if own is role]
    named = [at for at in claimed if is_named[at]]
    for at in claimed if named else ():
        if at not in named:
            roles[at] = Role.OTHER


def _settle_texts(roles: list[Role], headings: list[str]) -> None:
    texts = [at for at, role in enumerate(roles) if role is Role.TEXT]
    for at in texts[:-1]:  # "Nhóm nhiệm vụ | Nhiệm vụ | Hoạt động": the last is the task, the others head it
        roles[at] = Role.GROUP
    if texts:
        return
    named = [at for at, heading in enumerate(headings) if _WORK.match(fold(squash(heading)))]
    if named:  # "Công việc, sản phẩm": what is to be done comes first
        roles[named[0]] = Role.TEXT
        return
    instead = Role.TARGET if Role.TARGET in roles else Role.GROUP
    if instead in roles and (Role.LEAD in roles or Role.DEADLINE in roles or instead is Role.GROUP):
        roles[len(roles) - 1 - roles[::-1].index(instead)] = Role.TEXT


def _settle_numbers(roles: list[Role]) -> None:
    """Of several columns of numbers the one before the task counts it; one before the group counts the groups."""
    numbers = [at for at, role in enumerate(roles) if role is Role.NUMBER]
    if len(numbers) < 2 or Role.TEXT not in roles:
        return
    text = roles.index(Role.TEXT)
    own = max((at for at in numbers if at < text), default=numbers[0])
    for at in numbers:
        if at != own:
            is_of_group = roles[at + 1 : at + 2] == [Role.GROUP]
            roles[at] = Role.GROUP_NUMBER if is_of_group else Role.OTHER


def _settle_leads(roles: list[Role], headings: list[str]) -> None:
    leads = [at for at, role in enumerate(roles) if role is Role.LEAD]
    if len(leads) > 1:
        main = next((at for at in leads if "chu tri" in fold(headings[at])), leads[0])
        for at in leads:
            if at != main:
                free = Role.COORDINATING not in roles
                roles[at] = Role.COORDINATING if free and at > main else Role.OTHER


def is_task_table(roles: list[Role]) -> bool:
    """Tell whether columns with these roles hold tasks: a text, and who or when."""
    return Role.TEXT in roles and any(role in roles for role in (Role.LEAD, Role.DEADLINE, Role.PERSON, Role.BODY))


def is_target_table(roles: list[Role], headings: list[str]) -> bool:
    """Tell whether columns hold numbers to reach: what, in which unit or for which year."""
    has_values = Role.PERIOD in roles or any(role_of(heading) is Role.TARGET for heading in headings[1:])
    named = any(role_of(heading) is Role.TARGET for heading in headings)
    if named and Role.DEADLINE not in roles and any(_TO_REACH.search(fold(heading)) for heading in headings):
        return True
    # "Chỉ số | Đơn vị | Thực hiện 2025 | Mục tiêu 2026": "Đơn vị" says how it is counted, nobody is given work.
    is_measured = any(_MEASURE.match(fold(heading)) for heading in headings[:3])
    if is_measured and Role.DEADLINE not in roles and any(_OF_YEAR.match(fold(heading)) for heading in headings):
        return True
    return named and (Role.UNIT in roles or Role.PERIOD in roles) or Role.UNIT in roles and has_values


def fit(role: Role, text: str) -> float:
    """Return how well a cell's text suits a role, about -1 to 1; for cells that lost their column."""
    if not text:
        return 0.1
    if role is Role.NUMBER:
        return 1.0 if as_label(text) else -2.0
    is_agency = looks_like_agency(text)
    kind = parse_deadline(text, 2000).kind
    if role in (Role.LEAD, Role.COORDINATING):
        return 1.0 if is_agency else -1.0
    if role is Role.DEADLINE:
        if kind == "unspecified" or is_agency:
            return -1.0
        return 0.5 if kind == "external" else 1.0 if len(text) < 90 else 0.0
    if role is Role.PRODUCT:
        return -0.3 if is_agency else -0.5 if kind not in ("unspecified", "external") and len(text) < 60 else 0.6
    if role in (Role.TEXT, Role.GROUP):
        return 0.4
    return 0.0
