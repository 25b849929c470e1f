"""Shapes of input: signing in, opening an account, asking for a key."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today
from motcua.organizations.models import Account, Post


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class RegistrationForm(forms.Form):
    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    identity_number = forms.RegexField(
        r"^\d{12}$",
        label=_("Số định danh cá nhân (CCCD)"),
        help_text=_("12 chữ số."),
        error_messages={"invalid": _("Số định danh cá nhân gồm đúng 12 chữ số.")},
    )
    phone = forms.RegexField(
        r"^\+?\d{9,14}$",
        label=_("Số điện thoại"),
        error_messages={"invalid": _("Số điện thoại chỉ gồm 9 đến 14 chữ số.")},
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=250)
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=128,
        strip=False,
        help_text=_("Ít nhất 10 ký tự, không quá phổ biến."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class TokenForm(forms.Form):
    name = forms.CharField(label=_("Tên khóa"), max_length=80, help_text=_("Ví dụ: hệ thống báo cáo của tỉnh."))
    days = forms.IntegerField(label=_("Số ngày có hiệu lực"), min_value=1, max_value=365, initial=90)

    def expires_on(self):
        return today() + timedelta(days=self.cleaned_data["days"])


class DelegationForm(forms.Form):
    """Whose post, by whom, from when to when; both are chosen among those that the reader may choose."""

    post = forms.TypedChoiceField(label=_("Vị trí vắng mặt"), coerce=int)
    to_account = forms.ChoiceField(label=_("Người làm thay"))
    valid_from = forms.DateField(
        label=_("Từ ngày"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=today
    )
    valid_to = forms.DateField(
        label=_("Đến hết ngày"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Lý do"), max_length=200, required=False, help_text=_("Ví dụ: nghỉ phép, đi công tác.")
    )

    def __init__(self, *args: Any, posts: Sequence[Post], people: Sequence[Account], **options: Any) -> None:
        super().__init__(*args, **options)
        lent, to_account = cast(Any, self.fields["post"]), cast(Any, self.fields["to_account"])
        lent.choices = [(post.pk, f"{post.account.full_name} – {post.role_label}, {post.unit.name}") for post in posts]
        to_account.choices = [("", _("Chọn người")), *((each.code, each.full_name) for each in people)]
