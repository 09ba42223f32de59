"""Texts of statements: who hands them in, who may read them and when, and texts in lieu of delivery.  R-05 R-40"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import clock
from dialogue.documents import serving
from floor.acts import absence, calling, undoing
from floor.models import Statement, StatementFile
from floor.statements import handing_in, texts
from floor.statements.handing_in import HandingInRefused
from journal import chain
from outbox.models import Message
from speakers.delegations import access
from speakers.entries import withdrawing
from tests.factories import STAFF, make_delegation, make_focal_point, make_inscription
from tests.floor.room import OPENS, after, conclude, entry, make_room, press, speak
from tests.floor.statements.files import docx, pdf
from uploads import receiving
from uploads.refusals import FileRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    meeting = make_room()
    make_focal_point(make_delegation("AAA"))
    make_focal_point(make_delegation("BBB"))
    return meeting


def signed_in(code):
    """The browser of a focal point of the delegation `code`."""
    client = Client()
    session = client.session
    session[access.ADDRESS] = f"{code.lower()}@missions.example"
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def page_of(meeting, code):
    return f"/meetings/dialogue/speakers/inscriptions/{entry(meeting, code).public_id}/statement/"


def hand_in(meeting, code, content, language="en", client=None, at=OPENS):
    file = SimpleUploadedFile("../../statement.exe", content)
    with clock.stopped(at):
        return (client or signed_in(code)).post(page_of(meeting, code), {"language": language, "file": file})


def address_of(statement):
    return f"/meetings/dialogue/statements/{statement.public_id}/"


def status_of_file(address, client=None):
    """The status of the answer at `address`, which is read to its end and so lets go of its file."""
    answer = (client or Client()).get(address)
    answer.getvalue()
    return answer.status_code


def listed():
    return Client().get("/meetings/dialogue/statements/").content.decode()


def test_a_delegation_hands_in_a_text_and_reads_how_long_it_takes(meeting):
    answer = hand_in(meeting, "AAA", docx(" ".join(["word"] * 458)))

    assert answer.status_code == 302
    page = signed_in("AAA").get(page_of(meeting, "AAA")).content.decode()
    assert "458 words: about 4 min 10 s at an interpreter’s pace; the limit is 3 min." in page
    assert "Longer than the limit" in page
    assert chain.problems(meeting.journal_stream) == []


def test_only_the_delegation_and_officers_read_it_before_delivery_and_anyone_after(meeting, officer):
    hand_in(meeting, "AAA", pdf())
    address = address_of(Statement.objects.get())

    readers = (Client(), signed_in("BBB"), signed_in("AAA"), officer)
    before = [status_of_file(address, client) for client in readers]
    speak(meeting, 0, 180)

    assert before == [404, 404, 200, 200]
    assert status_of_file(address) == 200
    assert address in listed()


def test_a_person_who_follows_the_link_in_a_mail_returns_to_it_after_signing_in(meeting):
    page = page_of(meeting, "AAA")

    to_sign_in = Client().get(page).headers["Location"]

    assert to_sign_in.endswith(f"&back={page}")


def test_the_meeting_leads_to_the_statements_once_one_is_delivered(meeting):
    link = 'href="/meetings/dialogue/statements/"'

    def leads_there(page, at):
        with clock.stopped(at):
            return link in Client().get(f"/meetings/dialogue/{page}").content.decode()

    press(meeting, calling.call)
    press(meeting, calling.begin)
    assert not leads_there("", OPENS)
    press(meeting, calling.end, after(180))

    assert [leads_there(page, after(200)) for page in ["", "speakers/", "now/"]] == [True, True, True]


def test_before_it_starts_the_page_of_the_meeting_asks_nothing_about_statements(meeting, django_assert_num_queries):
    with clock.stopped(meeting.starts_at - timedelta(seconds=1)), django_assert_num_queries(3):
        Client().get("/meetings/dialogue/")


def test_an_undone_delivery_puts_the_text_under_embargo_again(meeting):
    hand_in(meeting, "AAA", pdf())
    speak(meeting, 0, 180)

    press(meeting, undoing.undo)

    assert status_of_file(address_of(Statement.objects.get())) == 404


def test_it_is_always_an_attachment_under_a_generated_name_that_no_browser_runs(meeting):
    hand_in(meeting, "AAA", pdf("<script>alert(1)</script>"))
    speak(meeting, 0, 180)

    answer = Client().get(address_of(Statement.objects.get()))

    assert answer["Content-Disposition"] == 'attachment; filename="dialogue-aaa-en.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_its_bytes_are_in_the_database_and_nowhere_on_this_machine(meeting, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    content = pdf()

    hand_in(meeting, "AAA", content)

    assert bytes(StatementFile.objects.get().content) == content
    assert list(tmp_path.rglob("*")) == []


def test_it_is_read_in_slices_and_no_query_reads_all_of_it(meeting, officer, monkeypatch, django_assert_num_queries):
    content = docx(" ".join(str(number) for number in range(2000)))
    hand_in(meeting, "AAA", content)
    statement = Statement.objects.get()
    monkeypatch.setattr(serving, "SLICE", 1000)

    with django_assert_num_queries(-(-len(content) // 1000)):
        slices = list(serving.slices(StatementFile.objects.all(), statement.size))

    assert b"".join(slices) == content
    assert {len(each) for each in slices[:-1]} == {1000}
    assert officer.get(address_of(statement))["Content-Length"] == str(len(content))


def test_a_missing_text_is_a_page_in_words_for_those_who_may_read_it(meeting, officer):
    hand_in(meeting, "AAA", pdf())
    StatementFile.objects.all().delete()
    address = address_of(Statement.objects.get())

    answer = officer.get(address)

    assert answer.status_code == 410
    assert "A text of Aaa in English was handed in, but its file is no longer kept here." in answer.content.decode()
    assert Client().get(address).status_code == 404


def test_another_delegation_cannot_hand_in_or_see_the_page(meeting):
    answer = hand_in(meeting, "AAA", pdf(), client=signed_in("BBB"))

    assert answer.status_code == 404
    assert Statement.objects.count() == 0


@pytest.mark.parametrize("named", ["", "not-a-uuid", "\0", "1" * 5000])
def test_what_names_no_text_withdraws_none(meeting, named):
    hand_in(meeting, "AAA", pdf())

    answer = signed_in("AAA").post(f"{page_of(meeting, 'AAA')}take-back/", {"statement": named})

    assert answer.status_code == 404
    assert Statement.objects.current().count() == 1


@pytest.mark.parametrize("content", [b"<html></html>", docx(**{"word/vbaProject.bin": "x"})], ids=["page", "macros"])
def test_a_refused_file_is_answered_in_words_at_its_field(meeting, content):
    answer = hand_in(meeting, "AAA", content)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"file"}
    assert Statement.objects.count() == 0


def test_a_request_that_is_far_too_long_is_answered_unread(meeting):
    answer = signed_in("AAA").post(
        page_of(meeting, "AAA"), {"file": "x"}, CONTENT_LENGTH=str(receiving.LARGEST + 1024**2)
    )

    assert answer.status_code == 413
    assert "The file was not kept" in answer.content.decode()


def test_a_second_text_in_the_language_replaces_the_first_whose_bytes_go(meeting):
    hand_in(meeting, "AAA", pdf("First"))
    hand_in(meeting, "AAA", docx("Second"), at=after(10))
    hand_in(meeting, "AAA", docx("Le texte"), language="fr", at=after(20))

    current = Statement.objects.current()
    assert {(text.language, text.suffix) for text in current} == {("en", "docx"), ("fr", "docx")}
    assert set(StatementFile.objects.values_list("statement", flat=True)) == {text.pk for text in current}


def test_a_text_is_withdrawn(meeting):
    hand_in(meeting, "AAA", pdf())
    text = Statement.objects.get()

    with clock.stopped(after(5)):
        signed_in("AAA").post(f"{page_of(meeting, 'AAA')}take-back/", {"statement": text.public_id})

    text.refresh_from_db()
    assert text.ended_at == after(5)
    assert not StatementFile.objects.exists()


def test_while_the_entry_is_at_the_rostrum_nothing_is_handed_in(meeting):
    press(meeting, calling.call)

    answer = hand_in(meeting, "AAA", pdf())

    assert answer.status_code == 422
    assert "called to the rostrum" in answer.content.decode()


def test_while_the_entry_is_at_the_rostrum_nothing_is_taken_back(meeting):
    hand_in(meeting, "AAA", pdf())
    press(meeting, calling.call)

    with pytest.raises(HandingInRefused, match="cannot be changed now"):
        handing_in.take_back(Statement.objects.get(), by=STAFF, at=OPENS)

    assert Statement.objects.get().ended_at is None


def test_a_text_is_taken_back_once(meeting):
    hand_in(meeting, "AAA", pdf())
    text = Statement.objects.get()
    handing_in.take_back(text, by=STAFF, at=OPENS)

    with pytest.raises(HandingInRefused, match="already been replaced or withdrawn"):
        handing_in.take_back(text, by=STAFF, at=after(5))

    assert Statement.objects.get().ended_at == OPENS


def test_a_text_that_was_taken_back_stays_private_whatever_is_delivered(meeting):
    hand_in(meeting, "AAA", pdf())
    handing_in.take_back(Statement.objects.get(), by=STAFF, at=OPENS)

    turn = speak(meeting, 0, 180)

    assert not handing_in.is_public(Statement.objects.get(), turn)


def test_an_entry_that_was_withdrawn_hands_in_nothing(meeting):
    withdrawn = entry(meeting, "AAA")
    withdrawing.withdraw(withdrawn, by=STAFF, at=OPENS)

    with pytest.raises(HandingInRefused, match="has no place"):
        handing_in.hand_in(meeting, withdrawn, content=pdf(), language="en", by=STAFF, at=OPENS)

    assert not Statement.objects.exists()


@pytest.fixture
def nothing_is_read(monkeypatch):
    """Any file that is looked at makes the test fail."""

    def reading(*arguments):
        raise AssertionError("A file was looked at before it was asked who may hand one in.")

    monkeypatch.setattr(receiving.READER, "do", reading)


def test_whether_an_entry_may_hand_in_is_asked_before_the_file_is_looked_at(meeting, nothing_is_read):
    make_inscription(meeting, make_delegation("DDD"), is_verified=False, contact_email="ddd@missions.example")
    press(meeting, calling.call)

    of_a_stranger, at_the_rostrum = [hand_in(meeting, code, docx()) for code in ("DDD", "AAA")]

    assert "This entry has no place on the list." in of_a_stranger.content.decode()
    assert "called to the rostrum" in at_the_rostrum.content.decode()


def test_a_file_that_is_damaged_or_hostile_is_refused_at_its_field_and_never_an_error(meeting):
    damaged = docx()[:300]

    answer = hand_in(meeting, "AAA", damaged)

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == ["This file is damaged. Save it again, then choose it again."]


def test_an_address_that_sent_too_many_files_is_refused_before_the_next_is_read(meeting, monkeypatch, nothing_is_read):
    monkeypatch.setattr("uploads.counting.AT_MOST", 0)

    with pytest.raises(FileRefused, match="Too many files"):
        handing_in.hand_in(meeting, entry(meeting, "AAA"), content=pdf(), language="en", by=STAFF, at=OPENS)


def test_a_text_whose_words_cannot_be_read_is_taken_and_says_so(meeting):
    hand_in(meeting, "AAA", pdf(text=""))

    [text] = texts.with_verdicts(entry(meeting, "AAA"), meeting.speakers_list.national_limit)

    assert text.verdict == "Its words could not be counted."
    assert not text.is_long


def test_entries_not_reached_or_not_delivered_are_mailed_the_link_to_post_in_lieu(meeting):
    for number in range(2):
        press(meeting, calling.call, after(number))
        press(meeting, absence.note_absence, after(number))
        if number == 0:
            speak(meeting, 10, 20), speak(meeting, 30, 40)
    assert [mail.to for mail in Message.objects.filter(kind="floor.in_lieu")] == [["aaa@missions.example"]]

    press(meeting, undoing.undo, after(60))
    press(meeting, undoing.undo, after(61))
    conclude(meeting, after(70))

    mail = Message.objects.filter(kind="floor.in_lieu").latest("pk")
    assert page_of(meeting, "AAA") in mail.body


def test_a_statement_in_lieu_is_listed_with_those_delivered_under_its_label(meeting):
    speak(meeting, 0, 180)
    conclude(meeting, after(200))

    hand_in(meeting, "BBB", pdf(), at=after(200) + timedelta(days=1))

    page = listed()
    assert page.index("Delivered") < page.index("Aaa") < page.index("in lieu of delivery") < page.index("Bbb")
    assert "Ccc" not in page
    assert status_of_file(address_of(Statement.objects.get())) == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_public_page_takes_four_queries_whatever_it_lists(meeting, number, django_assert_num_queries):
    for turn in range(number):
        hand_in(meeting, ["AAA", "BBB", "AAA"][turn], pdf(), language=["en", "fr", "es"][turn])
        speak(meeting, 200 * turn, 200 * turn + 180)

    with django_assert_num_queries(4):
        listed()
