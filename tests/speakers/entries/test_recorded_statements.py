"""A recorded video instead of a speaker: on the form or by staff, marked wherever it is shown.  R-29 R-67"""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

import clock
from dialogue.models import Meeting
from floor import state
from floor.record import files, record, tables
from floor.script import script
from floor.standings import read
from journal.actors import FOCAL_POINT, Actor
from outbox.models import Message
from speakers.entries import changing, correcting, inscribing, late_requests
from speakers.models import Inscription, LateRequest, SpeakersList
from speakers.order import replaying
from speakers.publishing import difference, documents, revisions
from speakers.publishing.exports import as_csv, as_pdf, as_text, as_workbook, reading_back, with_contacts
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    signed_in,
    written,
)

pytestmark = pytest.mark.django_db
LINK = "https://videos.example/rwanda.mp4"
PRESENTER = {"presenter_name": "H.E. Ms. Grace Example", "presenter_title": "Permanent Representative"}
RECORDING = {"is_by_video": True, "video_link": LINK, **PRESENTER}
FOCAL = Actor("rwa@missions.example", FOCAL_POINT)
NOW = {"by": STAFF, "at": OPEN}


@pytest.fixture(autouse=True)
def _now():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def meeting():
    """A meeting whose list takes recorded statements and shows names."""
    make_focal_point()
    return make_meeting(takes_videos=True, shows_speaker_names=True)


def typed(**changes):
    facts = {"key": str(uuid.uuid4()), "capacity": "national", "speaker_name": "Ada Example", "level": "PR"}
    facts |= {"language": "en", "contact_name": "Mission", "contact_email": "rwa@missions.example"}
    return facts | changes


def page(meeting):
    return reverse("speakers:inscribe", args=[meeting.slug])


def own_facts(entry, **changes):
    return {name: getattr(entry, name) for name in correcting.OWN} | changes


def test_a_delegation_says_so_on_the_form_and_reads_it_on_its_receipt_and_in_its_mail(meeting):
    client = signed_in("rwa@missions.example")

    answer = client.post(page(meeting), typed(is_by_video="on", video_link=LINK, **PRESENTER))

    entry = Inscription.objects.get()
    receipt = client.get(answer.url).content.decode()
    mail = written(Message.objects.get(kind="speakers.acknowledgement")).body
    assert (entry.is_by_video, entry.video_link) == (True, LINK)
    assert LINK in receipt
    assert f'href="{LINK}"' not in receipt
    assert "H.E. Ms. Grace Example, Permanent Representative" in receipt
    assert f"Recorded video: {LINK}\nPresented by: H.E. Ms. Grace Example, Permanent Representative" in mail


def test_without_a_link_the_secretariat_holds_the_file(meeting):
    client = signed_in("rwa@missions.example")

    answer = client.post(page(meeting), typed(is_by_video="on"))

    assert "the secretariat holds the file" in client.get(answer.url).content.decode()


def test_where_the_list_takes_none_the_form_does_not_ask_and_the_rule_refuses():
    make_focal_point()
    meeting = make_meeting()
    client = signed_in("rwa@missions.example")

    shown = client.get(page(meeting)).content.decode()
    client.post(page(meeting), typed(is_by_video="on"))
    with pytest.raises(inscribing.InscriptionRefused, match="takes no recorded statements"):
        make_inscription(meeting, make_delegation("DNK"), **RECORDING)

    assert "is_by_video" not in shown
    assert [entry.is_by_video for entry in Inscription.objects.all()] == [False]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"video_link": LINK}, "Tick “recorded video” above, or clear this field."),
        ({"is_by_video": "on", "video_link": "http://videos.example/a"}, "begins with https://"),
        ({"is_by_video": "on", "video_link": "javascript:alert(1)"}, "begins with https://"),
        ({"is_by_video": "on", "presenter_title": "Counsellor"}, "Write the name of the person, too."),
    ],
)
def test_what_does_not_fit_together_is_refused_at_its_field(meeting, sent, words):
    answer = signed_in("rwa@missions.example").post(page(meeting), typed(**sent))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Inscription.objects.exists()


def test_it_is_changed_from_the_receipt_until_called_and_the_place_stays(meeting):
    entry = make_inscription(meeting, **RECORDING)
    client = signed_in("rwa@missions.example")
    path = reverse("speakers:correct", args=[meeting.slug, entry.public_id])
    facts = {"language": "en", "contact_name": "M", "contact_email": "rwa@missions.example"}

    client.post(path, facts | {"seen": correcting.version(entry)})

    entry.refresh_from_db()
    assert (entry.is_by_video, entry.video_link, entry.presenter) == (False, "", "")
    assert replaying.differences(meeting.speakers_list) == []


def test_staff_enter_one_on_any_list_and_the_delegation_may_then_change_its_link():
    meeting = make_meeting()
    entry = make_inscription(meeting)
    with pytest.raises(changing.ChangeRefused, match="takes no recorded statements"):
        correcting.correct(entry, own_facts(entry, is_by_video=True), by=FOCAL, at=OPEN)

    entry = correcting.correct(entry, own_facts(entry, is_by_video=True), **NOW)
    correcting.correct(entry, own_facts(entry, video_link=LINK), by=FOCAL, at=OPEN)

    assert Inscription.objects.get().video_link == LINK


def test_what_a_page_does_not_ask_stays_as_it_is(meeting):
    entry = make_inscription(meeting, **RECORDING)
    asked = {name: value for name, value in own_facts(entry, note="New.").items() if "video" not in name}

    correcting.correct(entry, asked, **NOW)

    entry.refresh_from_db()
    assert (entry.note, entry.video_link) == ("New.", LINK)


def test_a_late_request_keeps_it_and_is_held_to_the_list(meeting):
    late = DEADLINE.replace(hour=18)
    facts = an_inscription(meeting, **RECORDING)

    def request():
        filed = {name: getattr(facts, name) for name in late_requests.FILED}
        return LateRequest(speakers_list=meeting.speakers_list, delegation=facts.delegation, **filed)

    filed = late_requests.file(request(), by=FOCAL, is_on_record=True, arrived_at=late, key="1", digest="1")
    entry = late_requests.accept(filed, reason="Asked.", by=STAFF, at=late)
    SpeakersList.objects.update(takes_videos=False)
    meeting = Meeting.objects.get()
    facts.delegation = make_delegation("DNK")

    assert entry.video_link == LINK
    with pytest.raises(inscribing.InscriptionRefused, match="takes no recorded statements"):
        late_requests.file(request(), by=FOCAL, is_on_record=True, arrived_at=late, key="2", digest="2")


def test_the_database_keeps_no_link_of_a_speaker_and_none_without_https(meeting):
    entry = make_inscription(meeting)

    for wrong in ({"video_link": LINK}, {"is_by_video": True, "video_link": "http://videos.example/a"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Inscription.objects.filter(pk=entry.pk).update(**wrong)


def test_who_corrects_an_entry_that_has_changed_meanwhile_is_told_in_words_what_is_recorded(meeting):
    entry = make_inscription(meeting)
    seen = correcting.version(entry)
    correcting.correct(entry, own_facts(entry, **RECORDING), **NOW)
    without = {"is_by_video": False, "video_link": "", **dict.fromkeys(PRESENTER, "")}

    with pytest.raises(correcting.ChangeRefused) as refused:
        correcting.correct(entry, own_facts(entry, **without), seen=seen, **NOW)

    assert "Recorded video: yes" in [str(line) for line in refused.value.details]


# What is read of it.


def test_list_files_and_differences_say_so_and_none_holds_the_link(meeting):
    entry = make_inscription(meeting)
    make_inscription(meeting, make_delegation("DNK"))
    before = revisions.rows_to_freeze(meeting.speakers_list, at=OPEN)
    correcting.correct(entry, own_facts(entry, **RECORDING), **NOW)

    document = documents.live(meeting.speakers_list, at=OPEN)
    rows, text = document["speakers"], as_text.write(document, meeting.speakers_list).decode()
    paper = as_pdf.page(document, meeting.speakers_list)

    assert rows[0] == before[0] | {"by_video": True, "presented_by": "H.E. Ms. Grace Example, Permanent Representative"}
    assert rows[1] == before[1]
    assert [str(change) for change in difference.between(before, rows)] == ["Rwa: recorded video “yes”, before “–”"]
    assert "by recorded video" in " ".join(text.split())
    assert "by recorded video, presented by <bdi>H.E. Ms. Grace Example, Permanent Representative</bdi>" in paper
    assert LINK not in text + paper + str(document)
    for write, read_back in ((as_csv.write, reading_back.read_csv), (as_workbook.write, reading_back.read_workbook)):
        assert read_back(write(document, meeting.speakers_list)) == rows


def test_a_presenter_is_public_only_where_names_are(meeting):
    make_inscription(meeting, **RECORDING)
    SpeakersList.objects.update(shows_speaker_names=False)
    speakers_list = SpeakersList.objects.get()

    [row] = documents.live(speakers_list, at=OPEN)["speakers"]

    assert row["by_video"] is True
    assert "presented_by" not in row
    assert state.of_floor(read(speakers_list.meeting_at_hand), OPEN)["next"][0]["presented_by"] == ""


def test_the_export_for_staff_has_link_and_presenter(meeting):
    entry = make_inscription(meeting, **RECORDING)

    file = with_contacts.take_out([(meeting.speakers_list, [(entry, 1)])], "csv", **NOW).decode("utf-8-sig")

    assert f'"yes","{LINK}","H.E. Ms. Grace Example, Permanent Representative"' in file


@pytest.mark.parametrize(
    ("presenter", "follows", "said"),
    [
        (
            True,
            True,
            "I now give the floor to {p}, to present the recorded video statement of {w}, to be followed by {n}.",
        ),
        (True, False, "I now give the floor to {p}, to present the recorded video statement of {w}."),
        (False, True, "We will now see the recorded video statement of {w}, to be followed by {n}."),
        (False, False, "We will now see the recorded video statement of {w}."),
    ],
)
def test_the_moderator_announces_the_recording_and_who_presents_it(meeting, presenter, follows, said):
    make_inscription(meeting, is_by_video=True, **(PRESENTER if presenter else {}))
    if follows:
        make_inscription(meeting, make_delegation("DNK"))

    assert script.lines(read(meeting))[0].announcement == said.format(
        p="H.E. Ms. Grace Example, Permanent Representative",
        w="Her Excellency Ms. Speaker of Rwa, Permanent Representative of Rwa",
        n="Her Excellency Ms. Speaker of Dnk of Dnk",
    )


def test_screens_and_record_say_so(meeting, client):
    make_inscription(meeting, **RECORDING)

    told = record.of(meeting, at=OPEN)
    display = client.get(reverse("floor:display", args=[meeting.slug])).content.decode()
    public = client.get(reverse("speakers:list", args=[meeting.slug])).content.decode()

    assert told["waiting"][0]["by_video"] is True
    assert tables.others(told).rows[0]["recording"] == "presented by H.E. Ms. Grace Example, Permanent Representative"
    assert "by recorded video" in files.page(told, meeting)
    assert "by recorded video" in display
    assert "by recorded video, presented by" in public
    assert LINK not in display + public
