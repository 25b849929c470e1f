"""Labels that Word prints before list paragraphs."""

import pytest

from motcua.reading.numerals import roman
from motcua.reading.reader import read
from motcua.reading.tests.docx_files import docx_of, level, listed, numbering_of, p, tbl, tc, tr

OUTLINE = numbering_of(
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "lowerLetter", "%3)"),
    level(3, "bullet", "\uf0b7"),
)


def texts_of(body: str, **parts: str) -> list[str]:
    return [paragraph.text for paragraph in read(docx_of(body, **parts)).paragraphs]


def test_outline_numbers_restart_under_each_heading():
    body = "".join(
        [listed("Một", level=0), listed("a", level=1), listed("b", level=1), listed("c", level=2), listed("d", level=3)]
        + [listed("Hai", level=0), listed("e", level=1), listed("f", level=2)]
    )
    assert texts_of(body, numbering=OUTLINE) == ["I. Một", "1. a", "2. b", "a) c", "- d", "II. Hai", "1. e", "a) f"]


def test_levels_show_the_numbers_above_them():
    numbering = numbering_of(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))
    body = listed("A") + listed("b", level=1) + listed("c", level=1) + listed("D") + listed("e", level=1)
    assert texts_of(body, numbering=numbering) == ["1. A", "1.1. b", "1.2. c", "2. D", "2.1. e"]


def test_words_in_the_label_are_printed():
    numbering = numbering_of(level(0, "upperRoman", "Phần %1."), level(1, "decimal", "Điều %2."))
    assert texts_of(listed("Chung") + listed("Phạm vi", level=1), numbering=numbering) == [
        "Phần I. Chung",
        "Điều 1. Phạm vi",
    ]


def test_legal_numbers_are_arabic_and_start_where_told():
    numbering = numbering_of(
        level(0, "upperRoman", "%1.", start=3), level(1, "decimal", "%1.%2", start=5, more="<w:isLgl/>")
    )
    assert texts_of(listed("A") + listed("b", level=1), numbering=numbering) == ["III. A", "3.5 b"]


def test_numbers_go_on_over_instances_and_restart_where_overridden():
    second = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    third = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    numbering = numbering_of(level(0, "decimal", "%1."), more=second + third)
    body = listed("a") + listed("b", 2) + listed("c", 3) + listed("d", 3)
    assert texts_of(body, numbering=numbering) == ["1. a", "2. b", "1. c", "2. d"]


def test_level_that_never_restarts_goes_on():
    numbering = numbering_of(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')
    )
    body = listed("A") + listed("b", level=1) + listed("C") + listed("d", level=1)
    assert texts_of(body, numbering=numbering) == ["I. A", "1. b", "II. C", "2. d"]


def test_style_gives_its_paragraphs_a_list_and_a_paragraph_may_leave_it():
    base = '<w:name w:val="base"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    section = '<w:name w:val="muc"/><w:basedOn w:val="Base"/>'
    kind = '<w:style w:type="paragraph" w:styleId='
    styles = f'{kind}"Base">{base}</w:style>{kind}"Muc">{section}</w:style>'
    numbering = numbering_of(level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)", more='<w:pStyle w:val="Muc"/>'))
    styled = '<w:pStyle w:val="{}"/>'
    body = (
        p("A", properties=styled.format("Base"))
        + p("b", properties=styled.format("Muc"))
        + p("c", properties=styled.format("Base") + '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert texts_of(body, styles=styles, numbering=numbering) == ["1. A", "a) b", "c"]


def test_number_column_that_holds_only_automatic_numbers_is_read():
    rows = [tr(tc(listed("")), f"Việc {at}", "Sở A") for at in (1, 2, 3)]
    table = read(
        docx_of(tbl(tr("TT", "Nhiệm vụ", "Chủ trì"), *rows), numbering=numbering_of(level(0, "decimal", "%1")))
    ).tables[0]
    assert [row.texts[0] for row in table.rows] == ["TT", "1", "2", "3"]


def test_list_that_does_not_exist_gives_no_label():
    assert texts_of(listed("a", 9)) == ["a"]


def test_empty_bullet_is_nothing():
    assert texts_of(listed("", level=3) + p("a"), numbering=OUTLINE) == ["a"]


@pytest.mark.parametrize(("number", "written"), [(0, ""), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")])
def test_roman_numbers(number, written):
    assert roman(number) == written
