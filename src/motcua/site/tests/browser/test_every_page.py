"""Every page that a role can reach answers, loads nothing from elsewhere, is readable, narrow, light, bilingual."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse

from motcua.site.tests.browser.conftest import WITH_ROLES
from motcua.site.tests.browser.judging import FIRST_VISIT, NEXT_PAGE, accessibility_faults, layout_faults, weight
from motcua.site.tests.browser.person import DESK, PHONE

pytestmark = pytest.mark.browser

# Pages of one address that are looked at for a role; the heads' pages are the specialist's with other buttons.
EXAMPLES = {"truongphong": 1, "lanhdao": 1, "quantri": 1, "nguoingoai": 1}
USUAL_EXAMPLES = 2
# What no link of a page leads to, by reason.
NOT_VISITED = {
    "organizations:sign_out",
    "organizations:revoke_token",
    "indicators:settle_figure",
    "site:set_language",
    "reports:act",  # change something
    "reports:request_act",
    "reports:live_check",
    "reports:lines",
    "reports:return_cells",
    "reports:open_round",
    "reports:sending_day",
    "reports:own_form_act",
    "reports:own_form",
    "reports:version",  # the demonstration has none: test_report_grid and the module's own tests see them
    "notifications:open_notice",
    "plans:act",
    "plans:review_act",
    "dossiers:check",
    "dossiers:filed",
    "dossiers:take_in",
    "dossiers:taken_in",  # the walk sees them
    "dossiers:paper",
    "dossiers:result",
    "dossiers:supplement_slip",
    "plans:evidence",
    "dossiers:refusal_slip",
    "dossiers:drop_draft",
    "dossiers:keep",
    "dossiers:keep_at_counter",  # keep what is typed, and answer nothing
    "dossiers:kept_file",
    "dossiers:kept_picture",
    "dossiers:complete_at_counter",  # the demonstration sends nobody home: test_taking_in sees them
    # Change something, or hang on a result that the demonstration need not hold: dossiers' test_results sees them.
    "dossiers:write_result",
    "dossiers:upload_result",
    "dossiers:result_version",
    "dossiers:remind_collection",
    "dossiers:result_delivered",
    "dossiers:survey_by_code",
    "dossiers:survey_mine",
    "dossiers:survey_thanks",
    "notifications:ask_code",
    "notifications:confirm_contact",
    "notifications:forget_contact",
    "notifications:outbox_act",
    "dossiers:declaration",
    "dossiers:late_act",
    "dossiers:late_list_of",  # the demonstration has published none
    "dossiers:say",
    "dossiers:move_papers",
    "dossiers:unlink",
    "dossiers:hand_on",
    "dossiers:hand_on_undo",
    "dossiers:change_post_list",
    "dossiers:post_list",
    "dossiers:post_list_sheet",  # the demonstration has none; test_posting draws one up
    "organizations:end_delegation",
    "queues:act",
    "queues:arrive",
    "queues:cancel",
    "queues:ticket_arrive",
    "queues:ticket",  # no page leads to somebody's number; the walk of the hall takes one and opens a window
    "queues:slip",
    "queues:window",
    "assessments:version_act",
    "assessments:round_act",
    "assessments:sheet_act",
    "assessments:evidence",
    "assessments:grade_list",
    "assessments:grade_list_file",
    "assessments:grade_list_act",  # the demonstration grades nobody and its evidence is links: the module's tests
    "registers:attach",
    "registers:take_off",
    "registers:file",  # the demonstration's entries have no files; the module's test_pages adds one
    "registers:import_draft",
    "registers:import_decide",
    "registers:define_act",
    "registers:end_trust",
    "registers:trusts",  # of confidential registers alone, of which the walk opens none; the module's test_pages
    "procedures:eform_begin",
    "procedures:eform_publish",
    "procedures:eform_drop",
    "procedures:eform_draft",  # the demonstration holds no draft of a form; test_eform_pages builds one
    "procedures:eform_general",
    "procedures:eform_part",
    "procedures:eform_field",
    "procedures:reengineering",  # the demonstration holds none; test_reengineering writes one
    "workflow:route_begin",
    "workflow:route_draft",  # nor a draft of a route; test_route_drawing begins one
    "workflow:route_draw",
    "workflow:route_publish",
    "workflow:route_drop",
    # The demonstration holds no upload, amendment, letter, edition or decision; the modules' own tests see them.
    "dossiers:receipt",
    "indicators:publication",
    "organizations:change_view",
    "plans:calendar_feed",
    "plans:changes",
    "plans:derive",
    "plans:draft_act",
    "plans:export_alignment",
    "plans:extension_file",
    "plans:have_read",
    "plans:intake",
    "plans:intake_again",
    "plans:intake_drop",
    "plans:intake_file",
    "plans:page_picture",
    "plans:remind_readers",
    "plans:report_file",
    "plans:send",
    "plans:urging",
    "plans:urging_act",
    "plans:urging_file",
    "procedures:compared",
    "procedures:decision",
    "procedures:decision_act",
    "procedures:decision_content",
    "procedures:decision_file",
    "procedures:eform_blank",
    "procedures:proposal",
    "procedures:reengineering_correct",
    "procedures:standing",
    "procedures:load_fee_rates",
    "procedures:end_fee_rate",  # the demonstration sets no rate; dossiers' test_fee_rates does
    "payments:notice",
    "payments:returned",  # told to a gateway: test_simulator comes back to it
    "payments:stop_account",
    "payments:ask_stray",
    "payments:refund",
    "payments:refund_act",
    "payments:statement",
    "payments:differences_file",
    "payments:difference_act",  # the demonstration knows no gateway; payments' test_pages does
    "dossiers:pay_online",
    "dossiers:ask_refund",
    "dossiers:issue_receipt",
    "dossiers:fee_receipt",
    "dossiers:cancel_receipt",
    "dossiers:change_result_template",  # the demonstration has no words of the province's own; the module's tests do
    "dossiers:withdraw_result_template",
    "dossiers:reopen_result_template",
    "dossiers:reset_words",
    "dossiers:drop_words",
}
NO_PAGE = {"site:alive", "site:ready"}


class Visits:
    """What was seen so far by anybody: addresses by name, shapes that axe judged."""

    names: set[str] = set()
    shapes: set[str] = set()
    weights: dict[str, int] = {}

    @classmethod
    def weight(cls, somebody, url):
        """Return what a static file costs; a body that the browser preloaded cannot be asked of its page."""
        if url not in cls.weights:
            cls.weights[url] = weight(somebody.fetch(url))
        return cls.weights[url]


def name_of(path):
    """Return the name of an address of ours; "" for anything else."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def named_addresses(resolver=None, space=""):
    """Yield (name, pattern) of every address of the modules, the API's left out."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry
        elif not str(entry.pattern).startswith("api/"):
            yield from named_addresses(entry, f"{entry.namespace}:" if entry.namespace else space)


def starts():
    """Return the addresses that need no parameter."""
    bare = [name for name, entry in named_addresses() if not entry.pattern.converters]
    return [reverse(name) for name in bare if name not in NOT_VISITED | NO_PAGE]


def links_of(page):
    return page.evaluate(
        "() => [...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href'))"
        ".filter(one => one.startsWith('/') || one.startsWith('?'))"
    )


def look(somebody, path, drawn):
    """Open a page, judge it on the desk and on the phone; return its faults. ``drawn`` are the files at hand."""
    page, received = somebody.page, []
    somebody.faults.clear()

    def keep(response):
        received.append(response.url)

    page.on("response", keep)
    answer = page.goto(path, wait_until="load")
    page.remove_listener("response", keep)
    faults = [] if answer.status == 200 else [f"status {answer.status}"]
    budget = NEXT_PAGE if drawn else FIRST_VISIT
    new = {each for each in received if "/static/" in each} - drawn
    cost = weight(answer) + sum(Visits.weight(somebody, each) for each in new)
    drawn |= new
    if cost > budget:
        faults.append(f"weighs {cost} of {budget} bytes")
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        faults += layout_faults(page) + accessibility_faults(page, Visits.shapes)
    page.set_viewport_size(DESK)
    return faults + somebody.faults


def visit(somebody, path, drawn):
    """Ask for an address in English, then open it; return its name where it led, its faults and its links."""
    answer = somebody.fetch_in_english(path)
    name = name_of(answer.url)
    said = answer.text() if "text/html" in answer.headers.get("content-type", "") else ""
    if answer.status in (404, 405) or "<html" not in said:  # not for this role, POST alone, a file, a part of a page
        return name, [] if answer.ok or path in starts() else [f"status {answer.status}"], []
    language = re.search(r'<html lang="(\w+)"', said)[1]
    faults = [f"English page is in {language}"] if language != "en" else []
    return name, faults + look(somebody, path, drawn), links_of(somebody.page)


@pytest.mark.parametrize("role", ["", *WITH_ROLES], ids=lambda role: role or "public")
def test_pages_of_a_role_are_without_fault(person, role):
    somebody = person(role)
    waiting, seen, faults, drawn = starts(), Counter(), [], set()
    most = EXAMPLES.get(role, USUAL_EXAMPLES)
    known = set(waiting)
    while waiting:
        path = waiting.pop(0)
        name = name_of(path)
        if not name or name in NOT_VISITED or seen[name] >= most:
            continue
        reached, found, links = visit(somebody, path, drawn)
        seen[name] += 1
        seen[reached] += reached != name
        faults += [f"{path}: {fault}" for fault in found]
        for link in links:
            link = f"{urlsplit(path).path}{link}" if link.startswith("?") else link.partition("#")[0]
            if link not in known:
                known.add(link)
                waiting.append(link)
    Visits.names |= set(seen)
    assert not faults, "\n".join(faults)
    assert len(seen) >= 8


def test_every_address_was_visited_by_somebody(person):
    if not Visits.names:
        pytest.skip("the visits above did not run")
    left = {name for name, _entry in named_addresses()} - NOT_VISITED - NO_PAGE - Visits.names
    assert sorted(left) == []
