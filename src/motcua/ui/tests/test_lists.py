"""Lists: sorting, paging and filtering by the query string, tables with and without rows."""

from django.core.paginator import Paginator

from motcua.ui.tests.pages import piece

LOAD = "{% load ui %}"


def test_query_keeps_the_filters_and_goes_to_the_first_page():
    assert piece(LOAD + "{% query state='late' %}", path="/?q=a%26b&page=3") == "?q=a%26b&amp;state=late"


def test_query_drops_what_is_emptied():
    assert piece(LOAD + "{% query q='' %}", path="/?q=a&state=late") == "?state=late"


def test_page_link_leaves_the_other_ways_of_paging():
    assert piece(LOAD + "{% page_link 'after' 'k9' %}", path="/?q=a&before=k1&page=2") == "?q=a&amp;after=k9"


def test_column_sorts_and_turns_at_the_second_press():
    column = '<c-column sort="due">Hạn</c-column>'
    assert 'href="?sort=due"' in piece(column, path="/")
    assert 'aria-sort="ascending"' in piece(column, path="/?sort=due")
    assert 'href="?sort=-due"' in piece(column, path="/?sort=due")
    assert 'aria-sort="descending"' in piece(column, path="/?sort=-due")


def test_column_knows_the_order_that_stands_without_asking():
    assert 'aria-sort="ascending"' in piece('<c-column sort="due" default="due">Hạn</c-column>')


def test_table_without_rows_says_so_instead():
    source = (
        '<c-table caption="Hồ sơ"><c-slot name="head"><c-column>Mã</c-column></c-slot>'
        "{% for row in rows %}<tr><td>1</td></tr>{% endfor %}"
        '<c-slot name="empty"><c-empty title="Chưa có" /></c-slot></c-table>'
    )
    assert "Chưa có" in piece(source, rows=[])
    assert "<table" not in piece(source, rows=[])
    assert "Chưa có" not in piece(source, rows=[1])
    assert "<caption>Hồ sơ</caption>" in piece(source, rows=[1])


def test_pagination_numbers_keep_the_filters():
    page = Paginator(range(950), 100).page(2)
    html = piece('<c-pagination :page="page" />', path="/?q=x&page=2", page=page)
    assert 'href="?q=x&amp;page=3" rel="next"' in html
    assert "101–200 trong 950" in html


def test_pagination_of_one_page_is_not_shown():
    assert "<nav" not in piece('<c-pagination :page="page" />', page=Paginator(range(3), 100).page(1))


def test_pagination_by_key_offers_what_there_is():
    html = piece('<c-pagination :next="key" />', key="k9")
    assert 'href="?after=k9" rel="next"' in html
    assert 'rel="prev"' not in html


def test_tag_escapes_its_words():
    assert piece(LOAD + "{% tag words %}", words="<i>") == ('<strong class="mc-tag mc-tag--neutral">&lt;i&gt;</strong>')


def test_tile_is_a_link_only_when_there_is_somewhere_to_go():
    assert '<a class="mc-tile" href="/x"' in piece('<c-tile label="Quá hạn" number="12" url="/x" />')
    assert "<a" not in piece('<c-tile label="Quá hạn" number="12" />')


def test_meter_says_in_words_what_it_draws():
    html = piece('<c-meter label="Đúng hạn" :value="10" :top="12" :target="11" />')
    assert 'aria-label="Đúng hạn: 83,3\u00a0%"' in html
    assert 'class="v" width="83.3%"' in html
    assert 'x="91.7%"' in html


def test_confirm_asks_by_post_and_offers_a_way_back():
    html = piece('<c-confirm question="Xóa?" action="/xoa" yes="Xóa" back="/lai" />')
    assert '<form method="post" action="/xoa"><input type="hidden" name="csrfmiddlewaretoken"' in html
    assert '<a href="/lai">' in html


def test_source_numbers_its_lines_and_marks_those_meant():
    html = piece('<c-source :lines="lines" :start="41" :first="42" :last="42" />', lines=["a", "<b>", "c"])
    assert '<li id="L42" data-line="42" class="mc-selected"><span>&lt;b&gt;</span></li>' in html
    assert html.count("mc-selected") == 1
