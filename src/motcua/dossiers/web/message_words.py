"""What applicants are told, in the browser: words by event and channel, set, previewed, given back, with history."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.base.clock import today
from motcua.base.guard import opens_to
from motcua.base.refusal import Refused
from motcua.dossiers.access.words import may_see_words, may_set_words
from motcua.dossiers.actions import message_words as acts
from motcua.dossiers.models import OwnMessageWords
from motcua.dossiers.queries.message_words import EventWords, Words, all_words, words_of
from motcua.dossiers.rules.message_words import CHANNELS, INVENTED, LONGEST, fields_for
from motcua.dossiers.rules.sms import length_of
from motcua.dossiers.web.result_templates import word_tabs
from motcua.notifications.rules.templates import ANY, filled, without_diacritics
from motcua.notifications.states import SMS
from motcua.organizations.access import SignedInRequest
from motcua.ui.forms import DayField

PAGE = 30
PREVIEW = "xem"
CHANNEL_LABELS = {
    ANY: _("Trên trang và kênh không có lời riêng"),
    "sms": _("SMS"),
    "email": _("Thư điện tử"),
    "zalo": _("Zalo"),
}
PLACES = {
    "code": _("Mã hồ sơ"),
    "where": _("Nơi tiếp nhận"),
    "due": _("Hạn trả kết quả"),
    "new_due": _("Hạn hẹn lại"),
    "step": _("Bước đang xử lý"),
    "collect": _("Cách nhận kết quả"),
    "item": _("Số hiệu bưu gửi"),
    "link": _("Địa chỉ trang hồ sơ"),
}


class WordsForm(forms.Form):
    """New words of an event in a channel."""

    text = forms.CharField(label=_("Lời nhắn"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    source = forms.CharField(label=_("Căn cứ hoặc lý do"), max_length=acts.LONGEST_SOURCE)


class ResetForm(forms.Form):
    """From when the shipped words are used again, and why."""

    valid_from = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ hoặc lý do"), max_length=acts.LONGEST_SOURCE)


@never_cache
@require_GET
@opens_to(may_see_words)
def message_words(request: SignedInRequest) -> HttpResponse:
    """What is told today, event by event."""
    rows = [{"event": each, "words": [_row(one) for one in each.words if one.text]} for each in all_words(today())]
    page = {"rows": rows, "may_set": may_set_words(request.user), "tabs": word_tabs("messages")}
    return render(request, "dossiers/message_words.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_see_words)
def event_words(request: SignedInRequest, event: str, channel: str) -> HttpResponse:
    """The words of an event in a channel with their history; whoever may sets others here, or looks at them first."""
    told, words = _told(event, channel)
    may_set = may_set_words(request.user)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        initial={"text": words.text, "valid_from": today()},
    )
    shown: dict[str, Any] | None = None
    if request.method == "POST" and may_set and form.is_valid():
        typed = form.cleaned_data
        try:
            if request.POST.get("lam") == PREVIEW:
                shown = _preview(acts.checked_text(event, channel, typed["text"]))
            else:
                acts.set_words(
                    event, channel, text=typed["text"], source=typed["source"], valid_from=typed["valid_from"],
                    actor=request.user,
                )  # fmt: skip
                messages.success(request, gettext("Đã đặt lời nhắn."))
                return redirect("dossiers:event_words", event, channel)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    history = OwnMessageWords.objects.filter(event=event, channel=channel).order_by("-pk")
    page = {
        "told": told,
        "channel": channel,
        "channel_label": CHANNEL_LABELS[channel],
        "words": words,
        "now_shown": _preview(words.text) if words.text else None,
        "others": [{"channel": each, "label": CHANNEL_LABELS[each]} for each in CHANNELS if each != channel],
        "history": Paginator(history, PAGE).get_page(request.GET.get("page")),
        "today": today(),
        "form": form if may_set else None,
        "shown": shown,
        "is_sms": channel == SMS,
        "places": [(f"{{{name}}}", PLACES[name], INVENTED[name]) for name in fields_for(event)],
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "dossiers/event_words.html", page, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(may_set_words)
def reset(request: SignedInRequest, event: str, channel: str) -> HttpResponse:
    """Ask from when, then give the shipped words back."""
    told, words = _told(event, channel)
    form = ResetForm(request.POST if request.method == "POST" else None, initial={"valid_from": today()})
    if request.method == "POST" and form.is_valid():
        try:
            acts.reset_words(event, channel, actor=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, gettext("Lời có sẵn được dùng lại."))
            return redirect("dossiers:event_words", event, channel)
    page = {"told": told, "words": words, "channel": channel, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "dossiers/reset_words.html", page, status=status)


@require_POST
@opens_to(may_set_words)
def drop(request: SignedInRequest, number: int) -> HttpResponse:
    """Drop words that have not begun; they stay in the history and can be set again from there."""
    try:
        row = acts.drop_words(min(number, 2**63 - 1), actor=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("dossiers:message_words")
    messages.success(request, gettext("Đã bỏ lời nhắn chưa áp dụng."))
    return redirect("dossiers:event_words", row.event, row.channel)


def _told(event: str, channel: str) -> tuple[EventWords, Words]:
    told = words_of(event, today()) if channel in CHANNELS else None
    if told is None:
        raise Http404
    return told, next(each for each in told.words if each.channel == channel)


def _row(words: Words) -> dict[str, Any]:
    shown = _preview(words.text)
    return {"words": words, "label": CHANNEL_LABELS[words.channel], "sms": shown if words.channel == SMS else None}


def _preview(text: str) -> dict[str, Any]:
    """Return ``text`` for an invented dossier, and as an SMS: as it is sent, and as long as it were with its marks."""
    told = filled(text, INVENTED)
    sent = without_diacritics(told)
    return {"text": told, "sent": sent, "length": length_of(sent), "with_marks": length_of(told), "bare": sent == told}
