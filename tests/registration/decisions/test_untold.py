"""A decision takes effect when its mail is released: until then page, voucher, limit and door ignore it.  R-47 R-54

R-49
"""

import itertools

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client

import clock
from outbox import desk
from outbox.models import Message
from registration import due
from registration.decisions import deciding, releasing
from registration.door import scanning
from registration.door.scan_words import ScanWords
from registration.models import Representative
from registration.models.scan import Verdict
from registration.requests import amending, ending, links, vouchers
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_request, make_ticketing
from tests.registration.typing import kinds

pytestmark = pytest.mark.django_db
numbers = itertools.count(1)


@pytest.fixture
def meeting():
    return make_ticketing(per_organization=1).meeting


@pytest.fixture
def ada(meeting):
    """A representative who was approved and notified."""
    person = make_representative(request=make_request(meeting), first_name="Ada", last_name="Lovelace")
    deciding.approve(person, by=STAFF, at=OPEN)
    releasing.release(person, by=STAFF, at=OPEN)
    return person


def decline(person):
    deciding.decline(person, words="No seat is left.", by=STAFF, at=OPEN)


def fresh(person):
    return Representative.objects.select_related("request__organization", "decision").get(pk=person.pk)


def look(address):
    with clock.stopped(OPEN):
        answer = Client().get(address.removeprefix(settings.SITE_URL))
    return answer.status_code, " ".join(answer.content.decode().split())


def private_page(person):
    person.request.meeting = person.meeting
    return look(links.to_page(person.request, at=OPEN))[1]


def voucher_page(person):
    voucher = person.vouchers.latest("pk")
    voucher.representative = fresh(person)
    return look(links.to_voucher(voucher, at=OPEN))


def at_the_door(person):
    attempt = scanning.Attempt(f"n{next(numbers)}", person.vouchers.latest("pk").code)
    scanned = scanning.scan(person.meeting, attempt, by=STAFF, at=OPEN)
    return str(scanned.verdict), scanned.outcome


def test_a_refusal_shows_on_page_voucher_and_door_when_its_mail_is_released_and_not_before(ada):
    decline(ada)
    page, (status, voucher), door = private_page(ada), voucher_page(ada), at_the_door(ada)
    releasing.release(fresh(ada), by=STAFF, at=OPEN)

    assert "Approved. The ticket is handed over against the voucher" in page
    assert "Open the voucher" in page
    assert (status, "This is a voucher with our reference" in voucher) == (200, True)
    assert door == ("amber", "not_told")
    assert "Declined. The reasons were mailed" in private_page(ada)
    assert "Open the voucher" not in private_page(ada)
    assert voucher_page(ada)[0] == 410
    assert at_the_door(ada) == ("red", "revoked")


def test_until_then_the_page_offers_the_same_as_before_and_no_place_for_another(ada):
    before = private_page(ada)
    decline(ada)

    assert "Add a representative" not in before
    for offered in ["Amend", "Cancel the whole request", "Add a representative"]:
        assert (offered in private_page(ada)) == (offered in before)


def test_a_refusal_released_among_other_mail_shows_on_all_three_at_once_and_revokes_within_a_minute(ada):
    decline(ada)
    desk.release(Message.objects.get(kind="registration.declined"), at=clock.now())

    assert "Declined." in private_page(ada)
    assert voucher_page(ada)[0] == 410
    assert at_the_door(ada)[0] == Verdict.RED
    due.carry_on(at=OPEN)
    assert not ada.vouchers.good().exists()


def test_the_door_does_not_reveal_a_decision_to_the_person_who_comes(ada):
    decline(ada)

    scanned = scanning.hand_over(ada, scanning.Attempt("by name"), by=STAFF, at=OPEN)

    words = ScanWords.of(scanned)
    assert words.title == "Stop: not notified yet"
    assert "eclined" not in f"{words.title} {words.reason}"
    assert "Do not mention it, and ask the office." in words.reason


def test_staff_see_what_was_decided_and_that_the_mail_was_not_released(ada):
    officer = User.objects.create(username="officer", is_staff=True)
    officer.groups.add(Group.objects.get(name="Civil society officer"))
    client = Client()
    client.force_login(officer)
    decline(ada)

    with clock.stopped(OPEN):
        queue = client.get("/secretariat/registration/representative/?state=any").content.decode()
        found = client.post("/meetings/dialogue/hand-over/find/", {"name": "Ada"}).content.decode()

    assert "declined (mail not released)" in queue
    assert "declined (mail not released)" in found
    assert "Hand over to Ada" not in found


@pytest.mark.parametrize("cancel", [ending.cancel, lambda person, **by: ending.cancel_request(person.request, **by)])
def test_a_person_not_told_of_a_refusal_may_cancel_and_never_reads_of_it(ada, cancel):
    decline(ada)

    cancel(ada, by=STAFF, at=OPEN)

    assert fresh(ada).state == "cancelled"
    assert kinds() == ["approved", "voucher", "cancelled"]
    assert not ada.vouchers.good().exists()


def test_a_name_amended_before_the_refusal_was_told_is_reviewed_again_and_the_refusal_withdrawn(ada):
    decline(ada)

    amending.amend(ada, {"last_name": "Byron"}, by=STAFF, arrived_at=OPEN)

    assert fresh(ada).state == "confirmed"
    assert kinds() == ["approved", "voucher", "review_again"]
    assert "A voucher that was issued before is no longer valid." in Message.objects.latest("pk").body
    assert "Received, under review. This is not yet an approval." in private_page(ada)
    assert at_the_door(ada) == ("red", "revoked")


def test_what_is_not_identity_is_amended_and_the_refusal_stands(ada):
    decline(ada)

    amending.amend(ada, {"gender": "woman"}, by=STAFF, arrived_at=OPEN)

    assert (fresh(ada).state, fresh(ada).shown_state) == ("declined", "approved")


def test_a_name_amended_before_the_approval_was_told_does_not_reveal_it(meeting):
    person = make_representative(request=make_request(meeting))
    deciding.approve(person, by=STAFF, at=OPEN)

    amending.amend(person, {"last_name": "Byron"}, by=STAFF, arrived_at=OPEN)

    assert fresh(person).holds_seat
    assert kinds() == []
    assert "Received, under review. This is not yet an approval." in private_page(person)


def test_a_refusal_reconsidered_before_it_was_told_ends_the_approval_with_a_mail(ada):
    decline(ada)

    deciding.reconsider(fresh(ada), reason="A slip.", by=STAFF, at=OPEN)

    assert kinds() == ["approved", "voucher", "review_again"]
    assert "The office is reviewing the request again." in Message.objects.latest("pk").body
    assert "under review" in private_page(ada)
    assert (voucher_page(ada)[0], at_the_door(ada)) == (410, ("red", "revoked"))


def test_a_refusal_reconsidered_for_a_person_never_approved_sends_no_mail(meeting):
    person = make_representative(request=make_request(meeting))
    decline(person)

    deciding.reconsider(person, reason="A slip.", by=STAFF, at=OPEN)

    assert kinds() == []


def test_an_approval_that_was_never_told_loses_its_voucher_with_the_refusal(meeting):
    person = make_representative(request=make_request(meeting))
    deciding.approve(person, by=STAFF, at=OPEN)

    decline(person)

    assert not person.vouchers.good().exists()
    assert vouchers.revoke_refused(Representative.objects.all(), at=OPEN) == 0
