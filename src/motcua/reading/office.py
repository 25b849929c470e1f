"""DOC, ODT, RTF (and other files of word processors) turned into DOCX by LibreOffice, where the machine has it."""

import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from motcua.base.refusal import Refused

SECONDS = 90
_ADDRESS_SPACE = 6_000_000_000  # bytes that LibreOffice reserves at most; it uses a tenth of it
_PROGRAMS = ("soffice", "libreoffice")


def to_docx(content: bytes, kind: str) -> bytes:
    """Return a document of a ``kind`` ("doc", "odt", "rtf") as DOCX. Raise Refused without LibreOffice, or if it fails.

    Macros are not run: LibreOffice is told so by a profile of its own, made for this one file.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Refused(
            f"Máy chủ chưa cài LibreOffice nên không đọc được tệp {kind.upper()}. Hãy lưu lại thành DOCX rồi gửi lại, "
            f"hoặc đề nghị quản trị cài LibreOffice (gói libreoffice-writer)."
        )
    with tempfile.TemporaryDirectory(prefix="motcua-office-") as folder:
        source = Path(folder) / f"source.{kind}"
        source.write_bytes(content)
        words = [program, "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault",
                 f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx:MS Word 2007 XML",
                 "--outdir", folder, str(source)]  # fmt: skip
        try:
            subprocess.run(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"HOME": folder, "SAL_USE_VCLPLUGIN": "svp"},
                preexec_fn=_widen,  # noqa: PLW1509 (the worker that calls this has one thread)
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as slow:
            raise Refused(f"LibreOffice chuyển tệp {kind.upper()} quá {SECONDS} giây nên đã dừng lại.") from slow
        made = Path(folder) / "source.docx"
        if not made.exists():
            raise Refused(f"Tệp {kind.upper()} hỏng hoặc bị khóa mật khẩu: LibreOffice không mở được.")
        return made.read_bytes()


def _widen() -> None:
    """Let LibreOffice reserve more address space than the reader may; the time limits stay."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _ADDRESS_SPACE if most == resource.RLIM_INFINITY else min(_ADDRESS_SPACE, most)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
