"""The frame of every page: navigation, account, language, messages."""

import re

from motcua.ui.tests.pages import gallery_html, rendered


class Officer(str):
    is_authenticated = True
    role_names = ["Chuyên viên – Sở Thử"]


def page(**context):
    return rendered("ui/error.html", status=404, **context)


def test_frame_marks_the_present_item_and_shows_counts():
    items = [
        {"label": "Hồ sơ", "url": "/a", "active": True, "count": 3},
        {"label": "Kế hoạch", "url": "/b", "active": False},
    ]
    html = page(navigation=items)
    assert '<a href="/a" aria-current="page">Hồ sơ <span class="mc-count">3</span></a>' in html
    assert '<a href="/b">Kế hoạch</a>' in html


def test_what_is_seldom_needed_stands_together_and_says_where_one_is():
    seldom = [{"label": "Khảo sát", "url": "/c", "active": True}, {"label": "Gửi tin", "url": "/d", "active": False}]
    html = page(navigation=[{"label": "Hồ sơ", "url": "/a", "active": False}], more=seldom)
    assert "<summary>Thêm: Khảo sát</summary>" in html and '<a href="/d">Gửi tin</a>' in html
    assert "mc-nav__more" not in page(navigation=seldom)


def test_frame_without_navigation_has_no_empty_bar():
    assert "mc-nav" not in page()


def test_frame_shows_the_account_with_its_roles_and_signs_out_by_post():
    html = page(user=Officer("Nguyễn Văn Thử"), sign_out_url="/ra")
    assert "Nguyễn Văn Thử" in html
    assert "<li>Chuyên viên – Sở Thử</li>" in html
    assert '<form action="/ra" method="post"><input type="hidden" name="csrfmiddlewaretoken"' in html


def test_frame_escapes_what_people_are_called():
    assert "<b>x</b>" not in page(user=Officer("<b>x</b>"))


def test_frame_keeps_the_page_when_the_language_changes():
    html = rendered("ui/error.html", status=404, path='/ho-so?q="a"')
    assert 'name="next" value="/ho-so?q=%22a%22"' in html


def test_frame_has_one_main_and_a_way_to_it():
    html = gallery_html()
    assert len(re.findall("<main ", html)) == 1
    assert '<a class="mc-skip" href="#main">' in html


def test_frame_runs_no_script_of_its_own_inline():
    html = gallery_html()
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"\son[a-z]+=", html) == []
