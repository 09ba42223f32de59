"""Each act of staff on one entry: through a form, through its rule, into the journal, and by mail to the delegation.

R-20 R-67 R-68
"""

import pytest

from journal.models import Entry
from outbox.models import Message
from speakers import records
from speakers.models import Inscription
from tests import factories
from tests.confirming import seen_in
from tests.secretariat import pages


@pytest.fixture
def meeting(at_the_desk, db):
    return factories.make_meeting()


def inscribe(meeting, name, level="PR", **changes):
    return factories.make_inscription(meeting, factories.make_delegation(name[:3].upper(), name), level, **changes)


def acts_of(inscription):
    return [entry.act for entry in Entry.objects.about(records.subject(inscription))]


def last_entry(inscription):
    return Entry.objects.about(records.subject(inscription)).last()


def mails_to(address):
    return Message.objects.filter(to__icontains=address)


def act(client, inscription, name, **typed):
    return client.post(pages.entry_act(inscription, name), typed)


def test_an_entry_page_explains_its_place_and_shows_its_history(officer, meeting):
    entry = inscribe(meeting, "Ghana")

    shown = pages.text(officer.get(pages.entry_page(entry)))

    assert "Place 1 on the list as it stands" in shown
    assert "inscribed, by gha@missions.example (focal point)." in shown
    assert "31 August 2016, 1:00:00.000 p.m. (New York time)" in shown


@pytest.mark.parametrize("key", ["999999", "widgets.css"])
def test_an_address_of_no_entry_leads_away_in_words(officer, meeting, key):
    answer = officer.get(f"/secretariat/speakers/inscription/{key}/change/", follow=True)

    assert "doesn’t exist. Perhaps it was deleted?" in pages.text(answer)


def test_verifying_lets_the_entry_stand(officer, meeting):
    entry = inscribe(meeting, "Ghana", is_verified=False)
    mails = mails_to("gha@missions.example").count()

    answer = act(officer, entry, "verify")

    entry.refresh_from_db()
    assert answer.url == pages.entry_page(entry)
    assert entry.state == Inscription.State.STANDING
    assert acts_of(entry) == ["inscribed", "verified"]
    assert last_entry(entry).payload.actor_name == officer.staff.username
    assert mails_to("gha@missions.example").count() == mails + 1


def test_the_page_of_verifying_shows_who_acts_for_the_delegation(officer, meeting):
    entry = inscribe(meeting, "Ghana", is_verified=False, contact_email="somebody@elsewhere.example")
    factories.make_focal_point(entry.delegation, "focal@missions.example")

    shown = pages.text(officer.get(pages.entry_act(entry, "verify")))

    assert "Filed from: somebody@elsewhere.example" in shown
    assert "focal@missions.example" in shown


def test_opening_the_page_of_an_act_does_nothing(officer, meeting):
    entry = inscribe(meeting, "Ghana", is_verified=False)

    for name in ["verify", "refuse", "withdraw", "pin", "unpin", "change-speaker", "change-level", "correct"]:
        assert officer.get(pages.entry_act(entry, name)).status_code == 200

    assert acts_of(entry) == ["inscribed"]


def test_refusing_needs_a_reason_which_the_person_reads(officer, meeting):
    entry = inscribe(meeting, "Ghana", is_verified=False)

    without = act(officer, entry, "refuse", reason=" ")
    act(officer, entry, "refuse", reason="The mission did not send it.")

    entry.refresh_from_db()
    assert "This field is required." in pages.text(without)
    assert entry.state == Inscription.State.REFUSED
    assert last_entry(entry).payload.reason == "The mission did not send it."
    assert "The mission did not send it." in mails_to("gha@missions.example").latest("pk").body


def test_verifying_beside_a_standing_entry_is_refused_in_words(officer, meeting):
    inscribe(meeting, "Ghana")
    second = inscribe(meeting, "Ghana", is_verified=False, contact_email="other@missions.example")

    answer = act(officer, second, "verify")

    second.refresh_from_db()
    assert "Ghana is already inscribed in its national capacity (receipt 1)." in pages.text(answer)
    assert second.state == Inscription.State.UNVERIFIED


def test_pinning_moves_the_entry_for_a_reason(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")

    answer = act(officer, second, "pin", before=first.pk, reason="Agreed in the room")

    assert answer.status_code == 302
    assert factories.order_of(meeting) == ["JAP", "GHA"]
    assert last_entry(second).act == "pinned"
    assert "Reason: Agreed in the room" in pages.text(officer.get(pages.entry_page(second)))


def test_pinning_across_bands_asks_twice_and_keeps_what_was_typed(officer, meeting):
    state = inscribe(meeting, "Ghana")
    observer = factories.make_inscription(
        meeting, factories.make_delegation("VAT", "Holy See", band="observer_states", category="observer_state")
    )
    typed = {"before": state.pk, "reason": "Travels at noon"}

    first = act(officer, observer, "pin", **typed)
    order_after_first = factories.order_of(meeting)
    second = act(officer, observer, "pin", **typed, seen=seen_in(first))

    assert "Confirm that it is to cross bands." in pages.text(first)
    assert "Travels at noon" in pages.text(first)
    assert '<input type="checkbox" name="seen"' in first.content.decode()
    assert order_after_first == ["GHA", "VAT"]
    assert second.status_code == 302
    assert factories.order_of(meeting) == ["VAT", "GHA"]


def test_removing_a_pin_restores_the_computed_place(officer, meeting):
    first, second = inscribe(meeting, "Ghana"), inscribe(meeting, "Japan")
    act(officer, second, "pin", before=first.pk, reason="Agreed in the room")

    act(officer, second, "unpin")

    assert factories.order_of(meeting) == ["GHA", "JAP"]
    assert acts_of(second) == ["inscribed", "pinned", "unpinned"]


def test_changing_the_speaker_on_behalf_keeps_the_place(officer, meeting):
    entry = inscribe(meeting, "Ghana")
    inscribe(meeting, "Japan")

    act(officer, entry, "change-speaker", speaker_prefix="H.E. Mr.", speaker_name="The Minister", speaker_title="M")

    entry.refresh_from_db()
    assert (entry.speaker_prefix, entry.speaker_name) == ("H.E. Mr.", "The Minister")
    assert factories.order_of(meeting) == ["GHA", "JAP"]
    assert acts_of(entry) == ["inscribed", "speaker changed"]


def test_a_name_without_a_visible_letter_is_refused_at_its_field(officer, meeting):
    entry = inscribe(meeting, "Ghana")

    answer = act(officer, entry, "change-speaker", speaker_name="\u200b\u200b", speaker_title="Kept as typed")

    assert answer.status_code == 200
    assert "Kept as typed" in answer.content.decode()
    assert acts_of(entry) == ["inscribed"]


def test_changing_the_level_moves_the_entry_to_the_end_of_its_new_class(officer, meeting):
    entry = inscribe(meeting, "Ghana", "PR")
    inscribe(meeting, "Japan", "HOS")
    level = factories.make_level("HOS")

    asked = act(officer, entry, "change-level", level=level.code, title="President")
    before = acts_of(entry)
    act(officer, entry, "change-level", level=level.code, title="President", seen=seen_in(asked))

    assert before == ["inscribed"]
    assert "Ghana stays at place 2 for now." in pages.text(asked)
    assert "This cannot be taken back: with the level “PR” again" in pages.text(asked)
    assert "I have read this and want it" in pages.text(asked)
    assert factories.order_of(meeting) == ["JAP", "GHA"]
    assert acts_of(entry) == ["inscribed", "level changed"]


def test_a_box_that_was_ticked_for_other_places_is_asked_again_and_is_not_ticked(officer, meeting):
    inscribe(meeting, "Japan")
    entry = inscribe(meeting, "Ghana")
    typed = {"level": factories.make_level("HOS").code, "title": "President"}
    asked = act(officer, entry, "change-level", **typed)
    inscribe(meeting, "Kenya", "HOS")

    again = act(officer, entry, "change-level", **typed, seen=seen_in(asked))

    assert "Ghana moves from place 3 to place 2." in pages.text(again)
    assert (seen_in(asked), seen_in(again)) == ("2-1", "3-2")
    assert " checked" not in again.content.decode()
    assert acts_of(entry) == ["inscribed"]


def correction_of(client, entry, name="correct", **changes):
    """The form of a correction as its page is filled in, but for the `changes`."""
    return pages.Fields(client.get(pages.entry_act(entry, name)).content.decode()).typed | changes


def test_staff_correct_the_contact_on_behalf_and_both_addresses_are_notified(officer, meeting):
    entry = inscribe(meeting, "Ghana", copies=["copy@missions.example"])

    typed = correction_of(officer, entry, contact_name="New Desk", copies="", language="fr")
    answer = act(officer, entry, "correct", **typed)

    entry.refresh_from_db()
    assert answer.url == pages.entry_page(entry)
    assert (entry.contact_name, entry.copies, entry.language) == ("New Desk", [], "fr")
    assert acts_of(entry) == ["inscribed", "corrected"]
    assert last_entry(entry).payload.actor_name == officer.staff.username
    assert list(Message.objects.filter(kind="speakers.former_address").values_list("to", flat=True)) == [
        ["copy@missions.example"]
    ]
    assert "the contact, language, recording or note of Ghana was corrected" in pages.text(
        officer.get(pages.entry_page(entry))
    )


def test_staff_are_shown_what_a_colleague_has_corrected_and_tick_that_they_want_theirs(officer, meeting):
    entry = inscribe(meeting, "Ghana")
    mine = correction_of(officer, entry, note="Mine")
    act(officer, entry, "correct", **correction_of(officer, entry, note="Theirs"))

    asked = act(officer, entry, "correct", **mine)
    before = Inscription.objects.get().note
    act(officer, entry, "correct", **mine | {"seen": seen_in(asked)})

    assert "Note to the secretariat: Theirs" in pages.text(asked)
    assert "I have read this and want what I typed" in pages.text(asked)
    assert (before, Inscription.objects.get().note) == ("Theirs", "Mine")


def test_staff_correct_the_name_of_a_group_with_a_reason(officer, meeting):
    entry = inscribe(meeting, "Ghana", capacity="group", group_name="Group of Freinds")
    factories.put_on_register(meeting.speakers_list, "Group of Friends")

    typed = correction_of(officer, entry, "correct-group", group_name="Group of Friends", group_size="45")
    without = act(officer, entry, "correct-group", **typed)
    act(officer, entry, "correct-group", **typed | {"reason": "By letter"})

    entry.refresh_from_db()
    assert "This field is required." in pages.text(without)
    assert (entry.group_name, entry.group_size) == ("Group of Friends", 45)
    assert last_entry(entry).payload.reason == "By letter"


def test_only_an_entry_on_behalf_of_a_group_offers_to_correct_it(officer, meeting):
    entries = [inscribe(meeting, "Ghana"), inscribe(meeting, "Kenya", capacity="group", group_name="African Group")]

    offered = ["Correct the group" in pages.text(officer.get(pages.entry_page(entry))) for entry in entries]

    assert offered == [False, True]


def test_withdrawing_keeps_the_row_and_needs_a_reason(officer, meeting):
    entry = inscribe(meeting, "Ghana")

    shown = officer.get(pages.entry_act(entry, "withdraw"))
    without = act(officer, entry, "withdraw", seen=seen_in(shown))
    act(officer, entry, "withdraw", reason="By telephone from the mission", seen=seen_in(without))

    entry.refresh_from_db()
    assert "Ghana gives up place 1." in pages.text(shown)
    assert "inscribing again gives a new receipt, at the end of its class" in pages.text(shown)
    assert without.status_code == 200
    assert entry.state == Inscription.State.WITHDRAWN
    assert last_entry(entry).payload.reason == "By telephone from the mission"


def test_a_withdrawal_at_the_desk_is_asked_again_if_the_place_changed_meanwhile(officer, meeting):
    entry = inscribe(meeting, "Ghana")
    seen = seen_in(officer.get(pages.entry_act(entry, "withdraw")))
    inscribe(meeting, "Japan", "HOS")

    asked = act(officer, entry, "withdraw", reason="By telephone", seen=seen)
    before = acts_of(entry)
    act(officer, entry, "withdraw", reason="By telephone", seen=seen_in(asked))

    assert "Ghana gives up place 2." in pages.text(asked)
    assert before == ["inscribed"]
    assert acts_of(entry) == ["inscribed", "withdrawn"]


def test_withdrawing_twice_is_refused_in_words(officer, meeting):
    entry = inscribe(meeting, "Ghana")
    seen = seen_in(officer.get(pages.entry_act(entry, "withdraw")))
    act(officer, entry, "withdraw", reason="Once", seen=seen)

    answer = act(officer, entry, "withdraw", reason="Twice", seen=seen)

    assert "This entry is already withdrawn." in pages.text(answer)
    assert acts_of(entry) == ["inscribed", "withdrawn"]


def test_several_entries_are_verified_at_once_and_refusals_are_named(officer, meeting):
    inscribe(meeting, "Ghana")
    rival = inscribe(meeting, "Ghana", is_verified=False, contact_email="other@missions.example")
    waiting = inscribe(meeting, "Japan", is_verified=False)

    asked = verify(officer, rival, waiting)
    before = factories.order_of(meeting), Message.objects.filter(kind="speakers.verified").count()
    answer = verify(officer, rival, waiting, apply="1", seen=seen_in(asked))

    refusal = "Ghana (2): Ghana is already inscribed in its national capacity (receipt 1)."
    foreseen = "1 entry would be verified, and its delegation mailed. Japan takes place 2, by its original receipt."
    assert f"{foreseen} Not possible for 1 entry, which stays as it is. {refusal}" in pages.text(asked)
    assert before == (["GHA"], 0)
    assert factories.order_of(meeting) == ["GHA", "JAP"]
    assert "1 entry is verified." in pages.text(answer)
    assert refusal in pages.text(answer)


def verify(client, *entries, **typed):
    chosen = {"action": "verify_chosen", "_selected_action": [entry.pk for entry in entries], **typed}
    return client.post(pages.list_page(), chosen, follow=True)


def test_entries_are_not_verified_at_other_places_than_were_shown(officer, meeting):
    waiting = [inscribe(meeting, name, is_verified=False) for name in ("Ghana", "Japan")]
    seen = seen_in(verify(officer, *waiting))
    inscribe(meeting, "Kenya", "HOS")

    again = verify(officer, *waiting, apply="1", seen=seen)
    before = factories.order_of(meeting)
    verify(officer, *waiting, apply="1", seen=seen_in(again))

    assert "This has changed since you were asked." in pages.text(again)
    assert "Ghana takes place 2, by its original receipt." in pages.text(again)
    assert before == ["KEN"]
    assert factories.order_of(meeting) == ["KEN", "GHA", "JAP"]


def test_entries_that_another_officer_verified_meanwhile_are_named_and_the_others_asked_about(officer, meeting):
    waiting = [inscribe(meeting, name, is_verified=False) for name in ("Ghana", "Japan")]
    asked = verify(officer, *waiting)
    act(officer, waiting[0], "verify")

    again = verify(officer, *waiting, apply="1", seen=seen_in(asked))

    assert "Ghana (1): This entry is standing" in pages.text(again)
    assert factories.order_of(meeting) == ["GHA"]


@pytest.mark.parametrize("ticked", [["99"], ["x"], ["\0"], ["9" * 5000], ["-1", "1.5", "٣"]])
def test_of_rows_that_are_none_nothing_is_asked(officer, meeting, ticked):
    answer = officer.post(pages.list_page(), {"action": "verify_chosen", "_selected_action": ticked}, follow=True)

    assert answer.status_code == 200
    assert "apply" not in pages.typed(answer)


def test_an_unknown_act_and_an_unknown_entry_are_not_found(officer, meeting):
    entry = inscribe(meeting, "Ghana")

    assert officer.get(pages.entry_act(entry, "promote")).status_code == 404
    assert officer.get(pages.entry_act(entry, "pin").replace(f"/{entry.pk}/", "/999/")).status_code == 404
