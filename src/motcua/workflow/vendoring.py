"""Take bpmn-js into the house: its modeller, its sheets and the one font file that browsers ask for.

Run by whoever raises the version, never by an installer: ``python -m motcua.workflow.vendoring UNPACKED_PACKAGE``
(``npm pack bpmn-js@18.31.1`` and unpack). The licence asks that its mark stays on every drawing; nothing hides it.
"""

import re
import shutil
import sys
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "workflow" / "vendor"
SHEETS = ("diagram-js.css", "bpmn-js.css", "bpmn-font/css/bpmn.css")
FONT = "bpmn.woff2"


def refresh(package: Path) -> list[str]:
    """Write script, sheet, font and licence from an unpacked ``package``; return what was written."""
    dist = package / "dist"
    VENDOR.mkdir(parents=True, exist_ok=True)
    script = (dist / "bpmn-modeler.production.min.js").read_text("utf-8")
    script = re.sub(r"//# sourceMappingURL=\S+", "", script)
    (VENDOR / "bpmn-modeler.min.js").write_text(script.rstrip() + "\n", "utf-8")
    sheet = "\n".join((dist / "assets" / name).read_text("utf-8") for name in SHEETS)
    # Hashed file names: every file that a sheet names must be there, so only the font that is shipped is named.
    face = f'@font-face{{font-family:"bpmn";src:url("{FONT}") format("woff2");font-weight:normal;font-style:normal}}'
    sheet = re.sub(r"@font-face\s*\{[^}]*\}", "", sheet)
    (VENDOR / "bpmn-js.css").write_text(face + "\n" + sheet.strip() + "\n", "utf-8")
    shutil.copyfile(dist / "assets" / "bpmn-font" / "font" / FONT, VENDOR / FONT)
    shutil.copyfile(package / "LICENSE", VENDOR / "bpmn-js.LICENSE.txt")
    return ["bpmn-modeler.min.js", "bpmn-js.css", FONT, "bpmn-js.LICENSE.txt"]


if __name__ == "__main__":
    for written in refresh(Path(sys.argv[1])):
        sys.stdout.write(f"{written}: {(VENDOR / written).stat().st_size} bytes\n")
