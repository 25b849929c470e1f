"""Make dev/, heldout/ and the other sets from sources/*.plan: ``python bench/plan_documents/make.py --help``."""

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from plan_documents.description import Description  # noqa: E402
from plan_documents.judge import judge  # noqa: E402
from plan_documents.markup import describe  # noqa: E402
from plan_documents.to_docx import write_docx  # noqa: E402
from plan_documents.to_html import write_html  # noqa: E402
from plan_documents.to_other import redraw  # noqa: E402
from plan_documents.to_pdf import write_pdfs, write_scan  # noqa: E402
from plan_documents.to_text import write_text  # noqa: E402
from plan_documents.to_workbook import write_workbook  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="sources to make; all if none is named")
    parser.add_argument("--answers", action="store_true", help="write the gold files only")
    parser.add_argument("--hostile", type=Path, metavar="FOLDER", help="write the bad files there, and nothing else")
    options = parser.parse_args()
    if options.hostile:
        from plan_documents.hostile import hostile

        for one in hostile(options.hostile):
            print(f"{one['file']:32} {one['expect']:10} {one['note']}")  # noqa: T201
        return
    sources = sorted((HERE / "sources").glob("*.plan"))
    described = [describe(one) for one in sources if not options.names or one.stem in options.names]
    for description in described:
        _check(description)
        _answer(description)
    if not options.answers:
        _files(described)
    _count(described)


def _check(description: Description) -> None:
    """Raise ValueError where the answer, taken for a reading, would not be judged right: answer and judge must fit."""
    gold = description.as_gold()
    for form in gold["formats"]:
        found = judge(gold, gold, form)
        lists = [
            found[name] for name in ("claims", "body_tasks", "targets", "missing_rows", "legal_bases") if name in found
        ]
        short = [one for one in lists if one["found"] < one["wanted"] or one["invented"]]
        if found["missed"] or found["invented"] or found["wrong"] or short or found["in_order"] < 1:
            raise ValueError(f"{description.name} {form}: {found}")


def _folder(description: Description) -> Path:
    folder = HERE / description.head["set"]
    folder.mkdir(exist_ok=True)
    return folder


def _answer(description: Description) -> None:
    path = _folder(description) / f"{description.name}.gold.json"
    path.write_text(json.dumps(description.as_gold(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _files(described: list[Description]) -> None:
    with tempfile.TemporaryDirectory() as held:
        drafts = Path(held)
        printed = [one for one in described if {"pdf", "scan"} & {form.split(":")[0] for form in one.formats}]
        for description in described:
            write_docx(description, drafts / f"{description.name}.docx")
        if printed:
            write_pdfs([drafts / f"{one.name}.docx" for one in printed], drafts)
        for description in described:
            redraw(description, drafts)
        for description in described:
            for form in description.formats:
                _file(description, form, drafts)


def _file(description: Description, form: str, drafts: Path) -> None:
    kind, _, layout = form.partition(":")
    base = _folder(description) / description.name
    draft = drafts / description.name
    if kind in {"docx", "pdf"} or layout == "office":
        base.with_suffix(f".{kind}").write_bytes(draft.with_suffix(f".{kind}").read_bytes())
    elif kind == "scan":
        write_scan(draft.with_suffix(".pdf"), base.with_suffix(".scan.pdf"), look=layout)
    elif kind == "html":
        write_html(description, base.with_suffix(".html"), layout or "portal")
    elif kind == "txt":
        write_text(description, base.with_suffix(".txt"), layout)
    elif kind == "xlsx":
        write_workbook(description, base.with_suffix(".xlsx"), layout)
    else:
        raise ValueError(f"{description.name}: no such format {form}")


def _count(described: list[Description]) -> None:
    for name in ("dev", "heldout", "second", "third", "fourth"):
        those = [one for one in described if one.head["set"] == name]
        forms = Counter(form.split(":")[0] for one in those for form in one.formats)
        rows = {
            kind: sum(len(getattr(one, kind)) for one in those)
            for kind in ("tasks", "body_tasks", "targets", "legal_bases")
        }
        print(name, len(those), "documents;", dict(forms), rows)  # noqa: T201


if __name__ == "__main__":
    main()
