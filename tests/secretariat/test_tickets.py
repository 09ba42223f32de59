"""The desk of the office that issues the tickets: queue, decisions on many, drafts, balance.  R-46 R-47 R-49 R-56"""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from journal.models import Entry
from outbox.models import Message
from registration.models import Representative, Ticketing, TicketRequest
from registration.models.representative import State
from speakers.models import Inscription
from tests.confirming import seen_in
from tests.factories import OPEN, make_delegation, make_level, make_meeting
from tests.registration.factories import make_organization, make_representative, make_request, make_ticketing
from tests.secretariat import pages

SPEECH = {"wishes_to_speak": True, "topic": "Prevention", "outline": "What we see.", "statement_language": "fr"}


@pytest.fixture
def office(sign_in, at_the_desk):
    return sign_in("Civil society officer")


@pytest.fixture
def meeting(at_the_desk, db):
    return make_ticketing().meeting


def queue(**query):
    return reverse("admin:registration_representative_changelist", query=query)


def page_of(representative):
    return reverse("admin:registration_representative_change", args=[representative.pk])


def act(client, subject, name, **typed):
    kind = subject._meta.model_name
    return client.post(reverse(f"admin:registration_{kind}_act", args=[subject.pk, name]), typed)


def on_many(client, action, chosen, follow=True, **typed):
    content = {"action": action, "_selected_action": [each.pk for each in chosen], **typed}
    return client.post(queue(), content, follow=follow)


def decide(client, subject, name, **typed):
    """Open the page of the act, which shows what it becomes, and press its button."""
    kind = subject._meta.model_name
    page = client.get(reverse(f"admin:registration_{kind}_act", args=[subject.pk, name]))
    return act(client, subject, name, seen=seen_in(page), **typed)


def decide_on_many(client, action, chosen, **typed):
    """Choose the action, which shows what it becomes, and press its button."""
    asked = on_many(client, action, chosen)
    return on_many(client, action, chosen, apply="1", seen=seen_in(asked), **typed)


def states(*representatives):
    return [Representative.objects.get(pk=each.pk).state for each in representatives]


def test_the_queue_shows_confirmed_requests_in_the_order_of_confirmation(office, meeting):
    first = make_representative(meeting, "confirmed", last_name="First")
    make_representative(meeting, "submitted", last_name="Someone")
    make_representative(meeting, "expired", last_name="Never")
    second = make_representative(meeting, "confirmed", last_name="Second")
    make_representative(meeting, "approved", last_name="Done")

    to_decide, everybody = office.get(queue()), office.get(queue(state="any"))

    assert pages.cells(to_decide, "name") == [first.full_name, second.full_name]
    assert pages.cells(everybody, "name") == ["Ada First", "Ada Second", "Ada Done"]


def test_ten_thousand_unconfirmed_requests_leave_the_queue_as_it_was_in_as_many_statements(office, meeting):
    make_representative(meeting, "confirmed", last_name="Only")
    with CaptureQueriesContext(connection) as before:
        office.get(queue(state="any"))
    organization = make_organization("Flood")
    facts = {"organization": organization, "contact_name": "F", "contact_email": "f@x.example"}
    TicketRequest.objects.bulk_create(
        TicketRequest(meeting=meeting, idempotency_key=f"{number}", arrived_at=OPEN, **facts)
        for number in range(10_000)
    )
    requests = TicketRequest.objects.filter(organization=organization)
    Representative.objects.bulk_create(
        Representative(request=request, meeting=meeting, last_name="Flood", state_since=OPEN) for request in requests
    )

    with CaptureQueriesContext(connection) as after:
        page = office.get(queue(state="any"))
    requests_page = office.get(reverse("admin:registration_ticketrequest_changelist"))

    assert pages.cells(page, "name") == ["Ada Only"]
    assert len(pages.cells(requests_page, "organization_name")) == 1
    assert len(before) == len(after) <= 12


def test_the_queue_costs_as_many_statements_for_200_rows_as_for_one(office, meeting):
    country = make_delegation("KEN", "Kenya")
    counts = []
    for number in (1, 3, 200):
        while meeting.representatives.count() < number:
            request = make_request(meeting, f"O{meeting.representatives.count()}")
            request.organization.country = country
            request.organization.save()
            make_representative(request=request, **SPEECH)
        with CaptureQueriesContext(connection) as statements:
            page = office.get(queue())
        counts.append(len(statements))

    assert len(pages.cells(page, "name")) == 200
    assert counts == [counts[0]] * 3
    assert counts[0] <= 12


def test_same_names_and_second_requests_are_flagged_not_refused(office, meeting):
    make_representative(meeting, "approved", first_name="Zoé", last_name="Weil", name_key="zoe weil")
    double = make_representative(meeting, "confirmed", first_name="Zoe", last_name="Weil", name_key="zoe weil")
    make_request(meeting, "Twice")
    make_representative(request=make_request(meeting, "Twice"), last_name="Second")

    marks = pages.cells(office.get(queue()), "marks")
    shown = pages.text(office.get(page_of(double)))

    assert marks == ["same name as another", "organization has another request"]
    assert "Zoé Weil (Organization" in shown


def test_the_balance_stands_above_the_queue(office, meeting):
    Ticketing.objects.update(capacity=3)
    kenya = make_delegation("KEN", "Kenya")
    type(kenya).objects.update(regional_group="african")
    request = make_request(meeting)
    type(request.organization).objects.update(country=kenya)
    make_representative(state="approved", request=request, gender="woman", **SPEECH)
    make_representative(meeting, "confirmed", gender="man", **SPEECH | {"topic": "prevention"})
    make_representative(meeting, "waitlisted")

    shown = pages.text(office.get(queue()))

    assert "Seats 3 Approved 1 Offered 0 Under review again 0 Free 2 To be decided 1 On the waiting list 1" in shown
    assert "African States 1 1 1 0 0" in shown
    assert "woman 1 1 1 0 0" in shown
    assert "Theme requested seats held wish to speak short-listed selected prevention 2 1 2 0 0" in shown


def test_staff_put_many_wordings_under_one_theme_which_is_counted_as_one(office, meeting):
    wordings = ["early warning", "Warning signs", "Alerts"]
    chosen = [make_representative(meeting, **SPEECH | {"topic": topic}) for topic in wordings]

    on_many(office, "theme_chosen", chosen[:2], apply="1", theme=" Early  warning ")
    shown = pages.text(office.get(queue()))

    assert [Representative.objects.get(pk=each.pk).theme for each in chosen] == ["Early warning", "Early warning", ""]
    assert "selected Early warning 2 0 2 0 0 Alerts 1 0 1 0 0" in shown
    assert "Warning signs (Early warning)" in shown
    assert Entry.objects.filter(act="theme assigned").count() == 2


def test_the_queue_is_narrowed_to_one_theme_or_to_those_without_any(office, meeting):
    names = ["First", "Second", "Third"]
    chosen = [make_representative(meeting, last_name=name, **SPEECH) for name in names]
    silent = make_representative(meeting, last_name="Silent")
    on_many(office, "theme_chosen", chosen[:2], apply="1", theme="none")

    of_theme, without, all_of_them = (
        office.get(queue(**asked)) for asked in ({"theme": "is:none"}, {"theme": "none"}, {})
    )

    assert pages.cells(of_theme, "name") == ["Ada First", "Ada Second"]
    assert pages.cells(without, "name") == ["Ada Third"]
    assert silent.full_name in pages.cells(all_of_them, "name")
    assert "Theme none All none yet none" in pages.text(of_theme)
    assert "?theme=is%3Anone" in of_theme.content.decode()


def test_the_themes_in_use_stand_beside_the_one_that_is_typed(office, meeting):
    first, second = (make_representative(meeting, **SPEECH) for _ in range(2))
    act(office, first, "theme", theme="Early warning")

    page = office.get(reverse("admin:registration_representative_act", args=[second.pk, "theme"]))

    assert "In use Early warning" in pages.text(page)


def test_only_a_wish_to_speak_has_a_theme(office, meeting):
    silent = make_representative(meeting)

    answer = act(office, silent, "theme", theme="Early warning")

    assert "does not wish to speak" in pages.text(answer)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"speaking": "wish"}, ["Speaker"]),
        ({"pass": "yes"}, ["Pass"]),
        ({"gender": "woman"}, ["Speaker"]),
        ({"status": "special"}, ["Special"]),
        ({"region": "international"}, ["Speaker", "Pass", "Special", "Needs"]),
        ({"mark": "needs"}, ["Needs"]),
        ({"region": "african"}, []),
    ],
)
def test_filters_narrow_the_queue(office, meeting, query, expected):
    make_representative(meeting, last_name="Speaker", gender="woman", **SPEECH)
    make_representative(meeting, last_name="Pass", has_grounds_pass=True)
    make_representative(request=make_request(meeting, "S", consultative_status="special"), last_name="Special")
    make_representative(meeting, last_name="Needs", accessibility="A ramp")

    assert pages.cells(office.get(queue(**query)), "name") == [f"Ada {name}" for name in expected]


def test_many_are_approved_at_once_and_those_beyond_the_seats_are_foreseen_and_have_words_of_their_own(office, meeting):
    Ticketing.objects.update(capacity=2)
    chosen = [make_representative(meeting, last_name=name) for name in ("One", "Two", "Three")]

    asked = on_many(office, "approve_chosen", chosen)
    typed = {"words": "Come early.", "waiting_words": "We will write."}
    done = on_many(office, "approve_chosen", chosen, apply="1", seen=seen_in(asked), **typed)

    assert "2 people would be approved. Ada One, Organization" in pages.text(asked)
    assert "1 person would go on the waiting list. Ada Three, Organization" in pages.text(asked)
    assert "Your words to the approved" in pages.text(asked)
    assert "Your words to those on the waiting list" in pages.text(asked)
    assert states(*chosen) == ["approved", "approved", "waitlisted"]
    assert "2 people are approved. 1 person is now on the waiting list. The mails are drafts" in pages.text(done)
    found = {(mail.kind, "Come early." in mail.body, "We will write." in mail.body) for mail in Message.objects.all()}
    assert found == {("registration.approved", True, False), ("registration.waitlisted", False, True)}
    assert {mail.state for mail in Message.objects.all()} == {"held"}


def test_only_the_words_of_outcomes_that_occur_are_asked_for(office, meeting):
    shown = pages.text(on_many(office, "approve_chosen", [make_representative(meeting)]))

    assert "Your words to the approved" in shown
    assert "Your words to those on the waiting list" not in shown


def test_if_the_seats_changed_meanwhile_the_page_asks_again_and_keeps_what_was_typed(office, meeting):
    chosen = [make_representative(meeting, last_name=name) for name in ("One", "Two")]
    asked = on_many(office, "approve_chosen", chosen)
    Ticketing.objects.update(capacity=1)

    again = on_many(office, "approve_chosen", chosen, apply="1", seen=seen_in(asked), words="Come.", waiting_words="")
    shown = pages.text(again)
    undecided = states(*chosen)
    on_many(office, "approve_chosen", chosen, apply="1", seen=seen_in(again), words="Come.", waiting_words="Wait.")

    assert "This has changed since you were asked." in shown
    assert "1 person would go on the waiting list. Ada Two" in shown
    assert "Come." in shown
    assert "Your words to those on the waiting list" in shown
    assert undecided == ["confirmed", "confirmed"]
    assert states(*chosen) == ["approved", "waitlisted"]


def test_the_preview_of_200_people_costs_at_most_12_statements(office, meeting):
    chosen = [make_representative(meeting) for _ in range(200)]
    decide_on_many(office, "approve_chosen", chosen[:3])
    for action in ["approve_chosen", "waitlist_chosen", "decline_chosen", "release_chosen", "select_chosen"]:
        with CaptureQueriesContext(connection) as statements:
            page = on_many(office, action, chosen)
        assert chosen[-1].full_name in pages.text(page)
        assert len(statements) <= 12, action


def test_a_person_decided_by_another_officer_meanwhile_is_named_and_not_dropped_in_silence(office, meeting):
    chosen = [make_representative(meeting), make_representative(meeting, "approved", last_name="Done")]

    asked = on_many(office, "approve_chosen", chosen)

    assert "Not possible for 1 person, who stays as they are. Ada Done is approved: there is nothing to decide." in (
        pages.text(asked)
    )


def test_of_those_who_are_not_on_record_nothing_is_asked(office, meeting):
    ada = make_representative(meeting)
    Representative.objects.filter(pk=ada.pk).update(turn=None, confirmed_at=None, state="submitted")

    assert "None of the chosen is on record any more." in pages.text(on_many(office, "approve_chosen", [ada]))


def test_asking_for_the_words_decides_nothing_yet(office, meeting):
    chosen = [make_representative(meeting)]

    for action in ["approve_chosen", "waitlist_chosen", "decline_chosen", "select_chosen"]:
        assert on_many(office, action, chosen).status_code == 200

    assert states(*chosen) == ["confirmed"]
    assert not Entry.objects.filter(act__in=["approved", "declined"]).exists()


def test_many_are_declined_only_with_words(office, meeting):
    chosen = [make_representative(meeting) for _ in range(2)]

    without = decide_on_many(office, "decline_chosen", chosen, words="")
    decide_on_many(office, "decline_chosen", chosen, words="The room is too small.")

    assert "This field is required." in pages.text(without)
    assert states(*chosen) == ["declined", "declined"]


def test_what_a_rule_refuses_is_named_and_the_others_are_done(office, meeting):
    chosen = [make_representative(meeting), make_representative(meeting, "cancelled", last_name="Gone")]

    answer = decide_on_many(office, "approve_chosen", chosen)

    assert states(*chosen) == ["approved", "cancelled"]
    assert "1 person is approved." in pages.text(answer)
    assert "Ada Gone is cancelled: there is nothing to decide." in pages.text(answer)


def test_all_who_match_are_chosen_across_pages(office, meeting):
    chosen = [make_representative(meeting) for _ in range(2)]

    asked = on_many(office, "approve_chosen", chosen[:1], select_across="1")

    assert "2 people would be approved." in pages.text(asked)


def test_acts_on_many_without_a_preview_say_how_many_were_done_and_who_was_not(office, meeting):
    chosen = [make_representative(meeting, **SPEECH), make_representative(meeting, last_name="Silent")]

    shown = pages.text(on_many(office, "short_list_chosen", chosen))

    assert "1 person is on the short list." in shown
    assert "Ada Silent does not wish to speak." in shown


def test_drafts_are_shown_counted_and_then_released_together_and_each_release_is_journalled(office, meeting):
    chosen = [make_representative(meeting) for _ in range(3)]
    decide_on_many(office, "approve_chosen", chosen[:2], words="Come early.")

    asked = on_many(office, "release_chosen", chosen)
    held = {mail.state for mail in Message.objects.all()}
    released = on_many(office, "release_chosen", chosen, apply="1", seen=seen_in(asked))

    shown = pages.text(asked)
    assert "Ticket: approved: 2 mails to 4 addresses, for instance: To: " in shown
    assert "Come early." in shown
    assert "2 links to vouchers are mailed with them." in shown
    assert f"No mail about {chosen[2]} waits to be released." in shown
    assert held == {"held"}
    assert "2 mails are released." in pages.text(released)
    assert {mail.state for mail in Message.objects.all()} == {"queued"}
    assert Entry.objects.filter(act="mail released").count() == 2


def test_a_mail_that_changed_after_it_was_shown_is_not_released_unseen(office, meeting):
    ada = make_representative(meeting)
    decide_on_many(office, "approve_chosen", [ada])
    asked = on_many(office, "release_chosen", [ada])
    decide(office, ada, "decline", words="After all not.")

    answer = on_many(office, "release_chosen", [ada], apply="1", seen=seen_in(asked))

    assert "This has changed since you were asked." in pages.text(answer)
    assert "After all not." in pages.text(answer)
    assert Message.objects.get().state == "held"


def test_releasing_where_no_mail_waits_says_so(office, meeting):
    ada = make_representative(meeting)

    answer = decide(office, ada, "release")

    assert "No mail waits to be released." in pages.text(answer)


@pytest.mark.parametrize(
    ("capacity", "name", "typed", "words"),
    [
        (1, "approve", {}, "Approved. The mail is a draft"),
        (0, "approve", {}, "No seat is free: put on the waiting list. The mail is a draft"),
        (0, "waitlist", {}, "On the waiting list. The mail is a draft"),
        (1, "decline", {"words": "No."}, "Declined. The mail is a draft"),
    ],
)
def test_a_decision_on_one_says_what_became_of_it(office, meeting, capacity, name, typed, words):
    Ticketing.objects.update(capacity=capacity)
    ada = make_representative(meeting)

    decide(office, ada, name, **typed)

    assert words in pages.text(office.get(page_of(ada)))


def test_a_decision_on_one_that_is_not_possible_is_refused_in_words(office, meeting):
    ada = make_representative(meeting, "waitlisted")
    Ticketing.objects.update(capacity=0)

    answer = decide(office, ada, "approve")

    assert "No seat is free: Ada" in pages.text(answer)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("state", "typed", "words"),
    [
        ("approved", {"last_name": "King"}, "The request is under review again"),
        ("confirmed", {"last_name": "King"}, "Amended. The decision stays as it is."),
        ("confirmed", {"last_name": "Lovelace"}, "Nothing was changed."),
    ],
)
def test_an_amendment_says_what_became_of_it(office, meeting, state, typed, words):
    ada = make_representative(meeting, state, first_name="Ada", last_name="Lovelace")

    act(office, ada, "amend", first_name="Ada", accessibility="", **typed)

    assert words in pages.text(office.get(page_of(ada)))


@pytest.mark.parametrize(("state", "words"), [("approved", "The seat is free"), ("confirmed", "No seat was held.")])
def test_a_cancellation_says_whether_a_seat_is_free(office, meeting, state, words):
    ada = make_representative(meeting, state)

    act(office, ada, "cancel", reason="By telephone.")

    assert words in pages.text(office.get(page_of(ada)))


def test_the_page_of_a_representative_shows_the_draft_as_it_will_be_sent(office, meeting):
    ada = make_representative(meeting, last_name="Lovelace")
    decide(office, ada, "approve", words="Come early.")

    shown = pages.text(office.get(page_of(ada)))

    assert "Approved: special event ticket for Ada Lovelace" in shown
    assert "Come early." in shown
    assert "approved, by" in shown


def test_the_mail_of_one_is_released_from_its_page(office, meeting):
    ada = make_representative(meeting)
    decide(office, ada, "approve")

    decide(office, ada, "release")

    assert Message.objects.get(kind="registration.approved").state == "queued"
    assert not Representative.objects.get().awaits_release


def test_short_listing_and_selecting_many_puts_them_on_the_list_of_speakers(office, meeting):
    make_level("OTH")
    chosen = [make_representative(meeting, "approved", **SPEECH) for _ in range(2)]
    content = {"_selected_action": [each.pk for each in chosen]}

    office.post(queue(state="any"), {"action": "short_list_chosen", **content})
    short_listed = set(Representative.objects.values_list("selection", flat=True))
    asked = office.post(queue(state="any"), {"action": "select_chosen", **content})
    typed = {"apply": "1", "words": "", "seen": seen_in(asked)}
    done = office.post(queue(state="any"), {"action": "select_chosen", **typed, **content}, follow=True)

    assert short_listed == {"short_listed"}
    assert "2 people would be selected to speak." in pages.text(asked)
    assert "2 people are selected to speak, with receipts on the list of speakers." in pages.text(done)
    assert set(Representative.objects.values_list("selection", flat=True)) == {"selected"}
    assert list(Inscription.objects.order_by("receipt_no").values_list("receipt_no", flat=True)) == [1, 2]


def test_staff_grant_one_of_two_of_a_request(office, meeting):
    Ticketing.objects.update(offers_by_itself=False)
    request = make_request(meeting)
    pair = [make_representative(request=request) for _ in range(2)]

    asked = act(office, request, "grant", seats=1, others="waitlisted", words="")
    undecided = states(*pair)
    act(office, request, "grant", seats=1, others="waitlisted", words="", seen=seen_in(asked))

    assert "1 person would be approved." in pages.text(asked)
    assert undecided == ["confirmed", "confirmed"]
    assert states(*pair) == ["approved", "waitlisted"]


def test_selecting_one_says_the_receipt_or_why_it_is_not_possible(office, meeting):
    make_level("OTH")
    request = make_request(meeting)
    first, second = (make_representative(request=request, state="approved", **SPEECH) for _ in range(2))

    decide(office, first, "select")
    done = office.get(page_of(first))
    refused = decide(office, second, "select")

    assert "Selected, with receipt 1 on the list of speakers." in pages.text(done)
    assert "Centre for Peace already has a speaker on the list (receipt 1)." in pages.text(refused)
    assert Inscription.objects.count() == 1


def test_those_not_selected_are_thanked_from_the_terms(office, meeting):
    make_representative(meeting, "approved", **SPEECH)
    page = office.get(reverse("admin:registration_ticketing_act", args=[meeting.ticketing.pk, "thank"]))

    unseen = act(office, meeting.ticketing, "thank", words="")
    drafts = Message.objects.count()
    answer = act(office, meeting.ticketing, "thank", words="", seen=seen_in(page))

    assert "A note of thanks would be drafted to 1 person. Ada Person " in pages.text(page)
    assert "Nothing has changed yet." in pages.text(unseen)
    assert drafts == 0
    assert answer.status_code == 302
    assert Message.objects.get().kind == "registration.not_selected"


def test_every_act_is_offered_only_where_it_may_be_done_and_opening_its_page_does_nothing(office, meeting):
    ada = make_representative(meeting, "confirmed", **SPEECH)
    entries = Entry.objects.count()
    names = ["approve", "waitlist", "decline", "release", "reconsider", "theme", "short-list", "take-off"]
    for name in [*names, "select", "take-back", "amend", "cancel"]:
        assert office.get(reverse("admin:registration_representative_act", args=[ada.pk, name])).status_code == 200

    offered = pages.text(office.get(page_of(ada)))

    assert "Approve Waiting list Decline Theme Short-list Amend Cancel" in offered
    assert Entry.objects.count() == entries


def test_amending_and_cancelling_on_behalf_go_through_their_rules(office, meeting):
    ada = make_representative(meeting, "approved")
    unchanged = {"first_name": "Ada", "accessibility": ""}

    act(office, ada, "amend", last_name="King", **unchanged)
    amended = states(ada)
    act(office, ada, "cancel", reason="By telephone.")

    assert amended == ["confirmed"]
    assert states(ada) == ["cancelled"]
    assert Entry.objects.filter(act="cancelled").get().payload.reason == "By telephone."


@pytest.mark.parametrize("group", ["List officer", "Read only", ""])
def test_people_outside_the_office_neither_see_nor_decide(sign_in, meeting, group):
    client, ada = sign_in(group), make_representative(meeting)

    assert client.get(queue()).status_code == 403
    assert client.get(page_of(ada)).status_code == 403
    assert act(client, ada, "approve").status_code == 403
    assert on_many(client, "approve_chosen", [ada], apply="1").status_code == 403
    assert states(ada) == ["confirmed"]


def test_the_office_does_not_act_on_the_list_of_speakers(office, meeting):
    assert office.get(reverse("admin:speakers_inscription_add")).status_code == 403
    assert office.get(reverse("admin:outbox_message_changelist")).status_code == 403


def test_the_terms_are_edited_in_the_zone_of_the_meeting_and_journalled(office, meeting):
    terms = meeting.ticketing
    page = office.get(reverse("admin:registration_ticketing_change", args=[terms.pk]))
    content = {
        "capacity": 12,
        "per_organization": 3,
        "offers_by_itself": "on",
        "answer_within": "12:00:00",
        "opens_at_0": "2016-08-22",
        "opens_at_1": "09:00:00",
        "closes_at_0": "2016-09-01",
        "closes_at_1": "18:00:00",
        "pass_closes_at_0": "2016-09-06",
        "pass_closes_at_1": "09:00:00",
    }

    office.post(reverse("admin:registration_ticketing_change", args=[terms.pk]), content)

    before = terms.closes_at
    terms.refresh_from_db()
    assert "America/New_York" in pages.text(page)
    assert (terms.capacity, terms.closes_at - before) == (12, timedelta(hours=1))
    assert Entry.objects.filter(act="changed", stream=meeting.journal_stream).get().payload.after["capacity"] == 12


def test_a_meeting_is_opened_to_requests_on_its_own_page(lead):
    meeting = make_meeting()

    lead.post(pages.meeting_act(meeting, "open-tickets"))

    assert Ticketing.objects.get().meeting == meeting
    assert "Open to requests for tickets" not in pages.text(lead.get(pages.meeting_page(meeting)))


def test_no_page_of_the_office_deletes(office, meeting):
    ada = make_representative(meeting, State.CONFIRMED)

    for subject in [ada, ada.request, meeting.ticketing]:
        address = reverse(f"admin:registration_{subject._meta.model_name}_delete", args=[subject.pk])
        assert office.post(address, {"post": "yes"}).status_code == 403


def test_those_who_see_the_queue_export_it_in_words_and_the_journal_records_it(office, meeting):
    person = make_representative(meeting, "confirmed", last_name="First")
    chosen = {"action": "take_out_csv", "_selected_action": [person.pk]}

    answer = office.post(queue(), chosen)
    workbook = office.post(queue(), chosen | {"action": "take_out_xlsx"})

    [line] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert (line["Last name"], line["State"]) == (person.last_name, "received, under review")
    assert answer["Content-Disposition"] == 'attachment; filename="dialogue-queue.csv"'
    assert "no-store" in answer["Cache-Control"]
    assert openpyxl.load_workbook(io.BytesIO(workbook.content)).active.auto_filter.ref
    taken = Entry.objects.filter(act="queue taken out")
    assert [entry.payload.after for entry in taken] == [
        {"people": 1, "format": "csv"},
        {"people": 1, "format": "xlsx"},
    ]
    assert taken[0].payload.actor_name == office.staff.username


def test_those_who_do_not_see_the_queue_export_nothing(officer, meeting):
    person = make_representative(meeting, "confirmed", last_name="First")

    answer = officer.post(queue(), {"action": "take_out_csv", "_selected_action": [person.pk]})

    assert answer.status_code == 403
    assert not Entry.objects.filter(act="queue taken out").exists()
