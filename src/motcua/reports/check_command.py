"""``motcua report check FILE [--json]``: what is wrong with a report, ours or not. Needs no database."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from motcua.base.command import FINDINGS, FINE, Command, print_json
from motcua.reports.report_files import read_report_file
from motcua.reports.rules.checking import check_report
from motcua.reports.rules.findings import Finding

_SEVERITY_WORDS = {"error": "Lỗi", "warning": "Cảnh báo", "info": "Lưu ý"}


def arguments(parser: ArgumentParser) -> None:
    """Declare what follows ``motcua report check``."""
    parser.add_argument("file", metavar="FILE", help="báo cáo dạng TXT, DOCX, XLSX, PDF, HTML hoặc DOC")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(args: Namespace) -> int:
    """Print the findings; return 0 without findings, 1 with some. Raises Refused where FILE is no report."""
    findings = check_report(read_report_file(args.file))
    if args.json:
        print_json([found.as_dict() for found in findings])
    else:
        sys.stdout.write(_readable(findings))
    return FINDINGS if findings else FINE


def _readable(findings: Sequence[Finding]) -> str:
    if not findings:
        return "Không thấy điểm nào sai.\n"
    lines = [f"{_SEVERITY_WORDS[found.severity]:<9} {found.rule}  {_place(found)}{found.message}" for found in findings]
    errors = sum(found.severity == "error" for found in findings)
    return "\n".join([*lines, f"{len(findings)} điểm cần xem, trong đó {errors} lỗi."]) + "\n"


def _place(found: Finding) -> str:
    return f"dòng tệp {found.where.line}: " if found.where.line else ""


REPORT_CHECK = Command(
    name="report check",
    help="kiểm tra một báo cáo: số học, tỷ lệ, ngày tháng, lời văn với phụ lục",
    run=run,
    arguments=arguments,
)
