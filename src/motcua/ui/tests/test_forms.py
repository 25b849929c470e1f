"""Bound fields in our dress, our two fields, the error summary and the form renderer."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from motcua.ui.forms import DayField, DongField, Renderer, dress, kind_of, with_errors
from motcua.ui.tests.pages import piece
from motcua.ui.web.samples import Sample


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("name", "input"),
        ("unit", "select"),
        ("way", "choices"),
        ("kinds", "choices"),
        ("note", "textarea"),
        ("scan", "file"),
        ("agreed", "checkbox"),
    ],
)
def test_field_is_laid_out_by_its_widget(name, kind):
    assert kind_of(Sample().fields[name].widget) == kind


def test_field_ties_label_hint_and_error_to_its_control():
    html = piece('<c-field :field="form.name" />', form=Sample({}))
    assert '<label class="govuk-label " for="id_name">Họ và tên</label>' in html
    assert '<div id="id_name_helptext" class="govuk-hint">' in html
    assert '<p id="id_name_error" class="govuk-error-message">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_without_hint_or_error_describes_nothing():
    assert "aria-describedby" not in piece('<c-field :field="form.unit" />', form=Sample())


def test_field_marks_what_is_optional():
    html = piece('<c-field :field="form.email" />', form=Sample())
    assert "(không bắt buộc)" in html


def test_field_of_choices_is_a_group_described_once():
    html = piece('<c-field :field="form.way" />', form=Sample({}))
    assert html.count("<fieldset") == 1
    assert html.count("aria-describedby") == 1
    assert html.count('class="govuk-radios__input"') == 2
    assert '<label class="govuk-label govuk-radios__label" for="id_way_1">Qua bưu chính</label>' in html


def test_field_of_choices_keeps_what_was_chosen():
    html = piece('<c-field :field="form.kinds" />', form=Sample({"kinds": ["deed"]}))
    assert html.count(" checked") == 1


def test_field_escapes_what_people_typed():
    html = piece('<c-field :field="form.name" />', form=Sample({"name": '"><script>'}))
    assert "<script>" not in html


def test_field_takes_words_from_the_page():
    html = piece('<c-field :field="form.name" label="Tên" hint="Chữ in" width="20" />', form=Sample())
    assert ">Tên<" in html
    assert "Chữ in" in html
    assert "govuk-input--width-20" in html


def test_hidden_field_shows_nothing_but_itself():
    class Hidden(forms.Form):
        step = forms.CharField(widget=forms.HiddenInput)

    assert "govuk-form-group" not in piece('<c-field :field="form.step" />', form=Hidden())


def test_long_text_counts_its_letters():
    html = piece('<c-field :field="form.note" />', form=Sample())
    assert 'data-maxlength="500"' in html
    assert "govuk-js-character-count" in html


def test_error_summary_links_to_each_control():
    html = piece('<c-form-errors :form="form" />', form=Sample({}))
    assert '<a href="#id_name">Họ và tên: ' in html
    assert '<a href="#id_way_0">Nhận kết quả: ' in html


def test_error_summary_is_absent_when_all_is_well():
    assert "govuk-error-summary" not in piece('<c-form-errors :form="form" />', form=Sample())


def test_error_summary_names_what_concerns_the_whole_form():
    form = Sample({})
    form.add_error(None, "Hồ sơ đã được người khác chuyển bước.")
    assert with_errors(form)[0] == {"text": "Hồ sơ đã được người khác chuyển bước.", "target": ""}


def test_form_component_carries_the_token_and_every_field():
    html = piece('<c-form :form="form" submit="Gửi" upload="1" />', form=Sample())
    assert 'name="csrfmiddlewaretoken"' in html
    assert 'enctype="multipart/form-data"' in html
    assert all(f'name="{name}"' in html for name in Sample.base_fields)


def test_renderer_dresses_a_plain_form():
    html = str(Sample(renderer=Renderer()))
    assert 'class="govuk-input"' in html
    assert html.count("govuk-form-group") == len(Sample.base_fields)


def test_dress_refuses_an_option_it_does_not_know():
    with pytest.raises(TypeError):
        dress(Sample()["name"], colour="red")


@pytest.mark.parametrize("typed", ["9/2/2026", "09-02-2026", "09.02.2026", "2026-02-09", " 9/2/2026 "])
def test_day_field_reads_what_people_type(typed):
    assert DayField().clean(typed) == date(2026, 2, 9)


@pytest.mark.parametrize("typed", ["31/02/2026", "9/2/26", "mai", "2/30/2026", "9/2/2026 x"])
def test_day_field_refuses_what_is_no_day(typed):
    with pytest.raises(forms.ValidationError):
        DayField().clean(typed)


def test_day_field_shows_the_day_first():
    assert DayField().prepare_value(date(2026, 2, 9)) == "09/02/2026"


def test_dong_field_reads_thousands():
    assert DongField().clean("1.234.567 ₫") == 1234567


@pytest.mark.parametrize("typed", ["ba", "-5", "1.5.x"])
def test_dong_field_refuses_what_is_no_amount(typed):
    with pytest.raises(forms.ValidationError):
        DongField().clean(typed)
