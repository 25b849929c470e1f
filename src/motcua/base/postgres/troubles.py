"""What the server's log says when it does not start, in words that say what to do."""

from pathlib import Path

from motcua.base.refusal import Refused

LOG_TAIL = 4096  # bytes

KNOWN = (  # what the log says, what we say; first match wins
    ("No space left on device", "Đĩa đã đầy: hãy giải phóng chỗ trống rồi chạy lại. Dữ liệu đã ghi vẫn còn."),
    (
        "is not compatible with this version",
        "Dữ liệu thuộc phiên bản PostgreSQL khác; hãy dùng đúng phiên bản Motcua đã tạo ra nó.",
    ),
    (
        "incompatible with server",
        "Dữ liệu thuộc phiên bản PostgreSQL khác; hãy dùng đúng phiên bản Motcua đã tạo ra nó.",
    ),
    ("has wrong ownership", "Thư mục dữ liệu thuộc tài khoản khác; hãy chạy bằng tài khoản đã tạo ra nó."),
    ("has invalid permissions", "Thư mục dữ liệu mở quyền quá rộng; hãy đặt lại: chmod 700."),
    ("Permission denied", "Không đủ quyền với thư mục dữ liệu; hãy chạy bằng tài khoản đã tạo ra nó."),
    (
        "could not create shared memory segment",
        "Máy không còn bộ nhớ dùng chung cho PostgreSQL (cần khoảng 150 MB).",
    ),
    ("Cannot allocate memory", "Máy không đủ bộ nhớ cho PostgreSQL (cần khoảng 150 MB)."),
    ("could not map anonymous shared memory", "Máy không đủ bộ nhớ cho PostgreSQL (cần khoảng 150 MB)."),
    ("already in use", "Một PostgreSQL khác đang dùng thư mục ổ cắm này."),
    ("Read-only file system", "Ổ đĩa chỉ cho đọc; hãy đặt MOTCUA_HOME ở nơi ghi được."),
)


def explain(what: str, said: str, where: Path) -> Refused:
    """Return the refusal for ``what`` failing, having ``said`` this; ``where`` is the folder or log to look at."""
    for sign, words in KNOWN:
        if sign in said:
            return Refused(f"{what}: {words} ({where})")
    last = "\n".join(f"    {line}" for line in said.strip().splitlines()[-8:])
    return Refused(f"{what}. Xem {where}. Những dòng cuối:\n{last}")


def tail(log: Path, since: int = 0) -> str:
    """Return the end of ``log``, at most LOG_TAIL bytes and nothing from before byte ``since``."""
    try:
        with log.open("rb") as file:
            end = file.seek(0, 2)
            file.seek(max(since, end - LOG_TAIL))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
