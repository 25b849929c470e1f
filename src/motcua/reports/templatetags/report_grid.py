"""Tags of the grid: an input per row, and a finding in the reader's words."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from motcua.reports.queries import SheetRow, say, severity_label
from motcua.reports.rules.findings import Finding

register = template.Library()


@register.simple_tag
def finding_words(found: Finding) -> str:
    """Return what is wrong, in words."""
    return say(found)


@register.simple_tag
def finding_tag(found: Finding) -> SafeString:
    """Return the mark before what is wrong."""
    tone = "danger" if found.severity == "error" else "warning"
    return format_html('<strong class="mc-tag mc-tag--{}">{}</strong>', tone, severity_label(found))


@register.filter
def at(words: dict[str, str], row: str) -> str:
    """Return what is said of a row."""
    return words.get(row, "")


@register.simple_tag
def cell_input(row: SheetRow, typed: Any, line: str = "") -> SafeString:
    """Return the input of a row with what was typed, else what counts now; a computed row shows its result.

    ``line`` names the line of a form by lines, whose columns name the row.
    """
    name = f"v:{row.row.code}"
    value = typed.get(name) if name in typed else ("" if row.is_computed else row.shown)
    label = f"{line}: {row.row.name}" if line else f"{gettext('Số liệu dòng')} {row.row.number}"
    shared = format_html('name="{}" id="v-{}" aria-label="{}"', name, row.row.code, label)
    if row.row.kind == "enum":
        options = format_html_join(
            "",
            '<option value="{}"{}>{} – {}</option>',
            ((code, " selected" if code == value else "", code, words) for code, words in row.row.options),
        )
        markup = '<select class="govuk-select mc-cell" {}><option value=""></option>{}</select>'
        return format_html(markup, shared, options)
    if row.row.kind == "text":
        markup = '<textarea class="govuk-textarea mc-cell mc-cell--text" rows="2" maxlength="4000" {}>{}</textarea>'
        return format_html(markup, shared, value)
    return format_html(
        '<input class="govuk-input mc-cell mc-num" inputmode="decimal" maxlength="40" value="{}" '
        'placeholder="{}"{} {}>',
        value,
        row.shown if row.is_computed else "",
        mark_safe(' aria-invalid="true"') if any(f.severity == "error" for f in row.findings) else "",
        shared,
    )
