"""Cut Be Vietnam Pro to what a Vietnamese page needs; make figures equally wide for columns of numbers.

Run by whoever raises the version, with ``fonttools`` and ``brotli`` at hand:
``python -m motcua.ui.vendoring_fonts UNPACKED_PACKAGE``. The typeface has no tabular figures of its own; its
licence (OFL 1.1, no reserved name) permits the changed copy.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "static" / "ui" / "fonts"
WEIGHTS = (400, 600, 700)
FIGURE_WEIGHTS = (400, 600)
ROOM = 1.03
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x2010, 0x2016), 0x2018, 0x2019, 0x201A, 0x201C,
         0x201D, 0x2022, 0x2026, 0x2030, 0x2032, 0x2033, 0x2191, 0x2193, 0x2212, 0x2215, 0x20AC]  # fmt: skip
FIGURES = [ord(figure) for figure in "0123456789"]


def cut(source: Path, target: Path, characters: list[int] | None, features: list[str]) -> None:
    """Write the ``characters`` (all, when None) of ``source`` to ``target`` without hints."""
    options = subset.Options(hinting=False, layout_features=features, flavor="woff2")
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters if characters is not None else font.getBestCmap())
    subsetter.subset(font)
    subset.save_font(font, str(target), options)


def even_out(path: Path) -> None:
    """Give every figure of the font at ``path`` one width, a little over their mean, its drawing centred."""
    font = TTFont(path)
    names = [font.getBestCmap()[figure] for figure in FIGURES]
    width = round(sum(font["hmtx"][name][0] for name in names) / len(names) * ROOM)
    for name in names:
        advance, bearing = font["hmtx"][name]
        shift = (width - advance) // 2
        font["glyf"][name].coordinates.translate((shift, 0))
        font["glyf"][name].recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, bearing + shift)
    font.save(path)


def refresh(package: Path) -> list[Path]:
    """Write every cut from the unpacked ``package``; return the files written."""
    written = []
    for weight in WEIGHTS:
        for script, characters in (("latin", LATIN), ("vietnamese", None)):
            source = package / "files" / f"be-vietnam-pro-{script}-{weight}-normal.woff2"
            target = FONTS / f"be-vietnam-pro-{script}-{weight}.woff2"
            cut(source, target, characters, FEATURES)
            written.append(target)
    for weight in FIGURE_WEIGHTS:
        source = package / "files" / f"be-vietnam-pro-latin-{weight}-normal.woff2"
        target = FONTS / f"be-vietnam-pro-figures-{weight}.woff2"
        cut(source, target, FIGURES, [])
        even_out(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in refresh(Path(sys.argv[1])):
        sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")
