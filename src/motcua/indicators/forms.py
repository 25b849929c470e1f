"""Shapes of input: which unit and which year are looked at."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today

FIRST_YEAR = 2018


class ViewForm(forms.Form):
    """Unit and year; both optional, anything unreadable is an error in place."""

    unit = forms.CharField(label=_("Mã đơn vị"), required=False, max_length=40)
    year = forms.TypedChoiceField(label=_("Năm"), coerce=int, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(today().year, FIRST_YEAR - 1, -1)
        cast("forms.TypedChoiceField", self.fields["year"]).choices = [(year, str(year)) for year in years]

    def period(self) -> tuple[date, date]:
        """Return the first and last day of the year chosen, this year where none was."""
        year = self.cleaned_data.get("year") or today().year
        return date(year, 1, 1), date(year, 12, 31)
