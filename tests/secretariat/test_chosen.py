"""Which meeting a page of the secretariat is about, and which rows of it: rubbish for either makes no page fail."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from tests import factories
from tests.registration.factories import make_ticketing

RUBBISH = ["", "0", "-1", "x", "٣", "\0", "\ud83d\udc80", "9" * 20, "9" * 5000, "1e9", "1' OR '1'='1", "NaN"]
# Under each of these names some page of the secretariat is told a meeting.
NAMES = ["meeting", "meeting__id__exact", "speakers_list__id__exact", "meeting__exact", "subject", "q", "p"]


def addresses():
    """The list of each kind of row, and the page that adds one."""
    for model in admin.site._registry:  # noqa: SLF001  as Django has no other way to list them
        for page in ("changelist", "add"):
            try:
                yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
            except NoReverseMatch:
                continue


@pytest.mark.parametrize("rubbish", RUBBISH, ids=range(len(RUBBISH)))
def test_no_page_fails_on_rubbish_for_a_meeting(sign_in, at_the_desk, rubbish):
    make_ticketing()
    superuser, sent = sign_in(None), quote(rubbish.encode(errors="surrogatepass"))

    answers = {
        f"{address} {name}": superuser.get(f"{address}?{name}={sent}", follow=True).status_code
        for address in addresses()
        for name in NAMES
    }

    assert {page: status for page, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize(
    ("model", "action"),
    [
        ("speakers_inscription", "verify_chosen"),
        ("speakers_inscription", "write_to_chosen"),
        ("speakers_inscription", "take_out_csv"),
        ("speakers_delegation", "write_to_chosen"),
        ("registration_representative", "approve_chosen"),
        ("outbox_message", "release_chosen"),
    ],
)
def test_no_list_fails_on_rubbish_among_what_is_ticked(sign_in, at_the_desk, model, action):
    make_ticketing()
    typed = {"action": action, "_selected_action": [*RUBBISH[:6], *RUBBISH[7:], "99"]}

    answer = sign_in(None).post(reverse(f"admin:{model}_changelist"), typed, follow=True)

    assert answer.status_code == 200


@pytest.mark.parametrize("page", ["speakers_inscription_add", "dialogue_mailtext_changelist"])
def test_the_meeting_in_the_address_is_chosen_and_else_the_one_of_now(officer, page):
    now, later = factories.make_meeting(), factories.make_meeting("later", ends_at=datetime(2016, 9, 7, tzinfo=UTC))

    chosen = {sent: _chosen(officer, page, sent) for sent in (str(later.pk), "x", "999", "")}

    assert chosen == {str(later.pk): later, "x": now, "999": now, "": now}


def _chosen(client, page, sent):
    context = client.get(reverse(f"admin:{page}", query={"meeting": sent})).context
    return context["meeting"] if "meeting" in context else context["form"].meeting
