"""Shapes of input: signing in, opening an account, asking for a key."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import today


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
