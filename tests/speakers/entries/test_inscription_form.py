"""The form of an inscription: what it accepts, what it refuses and how it says so, and that nothing breaks it.

R-01 R-05 R-14 R-59 R-60
"""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.crypto import get_random_string

import clock
from outbox.models import Message
from speakers.models import Inscription, LateRequest, Level
from tests.factories import (
    DEADLINE,
    OPEN,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_level,
    make_meeting,
    put_on_register,
    signed_in,
)

pytestmark = pytest.mark.django_db
PATH = "/meetings/dialogue/speakers/inscribe/"
KNOWN = "rwa@missions.example"
STRANGER = "somebody@elsewhere.example"


@pytest.fixture
def meeting():
    with clock.stopped(OPEN):
        made = make_meeting()
        make_focal_point()
        make_level("PR")
        make_level("MFA")
        yield made


@pytest.fixture
def rwanda(meeting):
    """A browser in which the focal point of Rwanda is signed in."""
    return signed_in(KNOWN)


def typed(**changes):
    """A correctly completed form, with `changes`; a field set to None is left out."""
    form = {
        "key": str(uuid.uuid4()),
        "capacity": "national",
        "speaker_prefix": "H.E. Ms.",
        "speaker_name": "Ms. Name of the Speaker",
        "speaker_title": "Permanent Representative",
        "level": "PR",
        "language": "fr",
        "preferred_sitting": "morning",
        "contact_name": "First Secretary",
        "contact_email": KNOWN,
        "contact_telephone": "+1 212 963 5063",
        "copies": "second@missions.example, third@missions.example",
        "note": "The speaker arrives at noon.",
    }
    return {name: value for name, value in (form | changes).items() if value is not None}


def errors(answer):
    """The fields in error and their messages, as the page shows them at the field."""
    page = answer.content.decode()
    found = re.findall(r'id="error_\d+_id_(\w+)"><strong>(.*?)</strong>', page, re.DOTALL)
    return dict(found)


def test_a_focal_point_inscribes_its_delegation(rwanda, meeting):
    answer = rwanda.post(PATH, typed())

    entry = Inscription.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/meetings/dialogue/speakers/inscriptions/{entry.public_id}/"
    assert (entry.state, entry.receipt_no, entry.delegation.code, entry.filed_by_email) == ("standing", 1, "RWA", KNOWN)
    assert (entry.speaker_prefix, entry.speaker_name) == ("H.E. Ms.", "Ms. Name of the Speaker")
    assert (entry.level.code, entry.language, entry.preferred_sitting) == ("PR", "fr", "morning")
    assert entry.copies == ["second@missions.example", "third@missions.example"]
    assert entry.contact_telephone.as_e164 == "+12129635063"
    assert entry.arrived_at == OPEN


def test_the_form_names_the_delegation_and_asks_for_none(rwanda, meeting):
    page = rwanda.get(PATH).content.decode()

    assert 'name="delegation"' not in page
    assert "<strong>Rwa</strong>" in page


def test_the_form_gives_the_deadline_with_weekday_and_zone(rwanda, meeting):
    page = rwanda.get(PATH).content.decode()

    assert "Thursday, 1 September 2016, 1:00 p.m. (New York time)" in page


def test_a_blank_form_is_never_older_than_what_it_offers(rwanda, meeting):
    assert "Special envoy" not in rwanda.get(PATH).content.decode()

    Level.objects.create(code="ENV", label={"en": "Special envoy"}, precedence_class=4)

    assert "Special envoy" in rwanda.get(PATH).content.decode()


def test_a_blank_form_offers_a_delegation_on_the_list_the_capacity_that_is_left(rwanda, meeting):
    def chosen():
        return re.findall(r'name="capacity" value="(\w+)"[^>]*checked', rwanda.get(PATH).content.decode())

    assert chosen() == ["national"]

    rwanda.post(PATH, typed())

    assert chosen() == ["group"]


def test_each_form_carries_a_key_of_its_own(rwanda, meeting):
    keys = {re.search(r'name="key" value="([^"]+)"', rwanda.get(PATH).content.decode()).group(1) for _page in range(3)}

    assert len({uuid.UUID(key) for key in keys}) == 3


def test_a_visitor_who_is_not_signed_in_is_sent_to_sign_in(client, meeting):
    assert client.get(PATH).headers["Location"] == f"/meetings/dialogue/speakers/sign-in/?back={PATH}"


def test_a_form_sent_after_the_session_ended_is_kept_to_be_sent_again(client, meeting):
    answer = client.post(PATH, typed())

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "NOT recorded" in page
    assert "The speaker arrives at noon." in page
    assert Inscription.objects.count() == 0


# The delegation comes from the credential; a person not on record may file, unverified.


def test_a_delegation_written_into_the_form_is_ignored(rwanda, meeting):
    make_delegation("KEN")

    rwanda.post(PATH, typed(delegation="KEN"))

    assert Inscription.objects.get().delegation.code == "RWA"


def test_a_person_who_acts_for_two_delegations_chooses_between_these_alone(rwanda, meeting):
    make_focal_point(make_delegation("KEN"), KNOWN)
    make_delegation("FRA")

    page = rwanda.get(PATH).content.decode().split('name="delegation"')[1].split("</select>")[0]
    refused = rwanda.post(PATH, typed(delegation="FRA"))
    rwanda.post(PATH, typed(delegation="KEN"))

    assert set(re.findall(r'<option value="([A-Z]{3})"', page)) == {"RWA", "KEN"}
    assert (refused.status_code, set(errors(refused))) == (422, {"delegation"})
    assert Inscription.objects.get().delegation.code == "KEN"


def test_an_address_not_on_record_files_an_unverified_entry(meeting):
    client = signed_in(STRANGER)

    page = client.get(PATH).content.decode()
    client.post(PATH, typed(delegation="RWA"))

    entry = Inscription.objects.get()
    assert "This inscription will be unverified" in page
    assert (entry.state, entry.receipt_no, entry.filed_by_email) == ("unverified", 1, STRANGER)
    assert [mail.to for mail in Message.objects.filter(kind="speakers.acknowledgement")] == [[STRANGER]]


def test_an_address_not_on_record_has_to_say_which_delegation(meeting):
    answer = signed_in(STRANGER).post(PATH, typed())

    assert set(errors(answer)) == {"delegation"}


def test_an_address_not_on_record_files_five_entries_at_most(meeting):
    client = signed_in(STRANGER)
    codes = ["RWA", "KEN", "FRA", "NOR", "PER", "FJI"]
    for code in codes:
        make_delegation(code)

    answers = [client.post(PATH, typed(delegation=code)).status_code for code in codes]

    assert answers == [302] * 5 + [422]


# Sent twice.


def test_the_same_form_sent_twice_leads_to_the_first_receipt(rwanda, meeting):
    form = typed()

    first, second = rwanda.post(PATH, form), rwanda.post(PATH, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Inscription.objects.count() == 1
    assert Message.objects.filter(kind="speakers.acknowledgement").count() == 1


def test_the_same_form_sent_again_after_closing_leads_to_the_first_receipt(rwanda, meeting):
    form = typed()
    first = rwanda.post(PATH, form)

    with clock.stopped(DEADLINE):
        second = rwanda.post(PATH, form)

    assert first.headers["Location"] == second.headers["Location"]


def test_the_same_form_with_other_content_is_refused_in_words(rwanda, meeting):
    form = typed()
    rwanda.post(PATH, form)

    answer = rwanda.post(PATH, form | {"speaker_name": "Another Speaker"})

    assert answer.status_code == 422
    assert "already recorded with different content, under receipt number 1" in answer.content.decode()
    assert Inscription.objects.get().speaker_name == "Ms. Name of the Speaker"


def test_the_same_form_sent_by_another_person_in_the_same_browser_is_another_form(rwanda, meeting):
    make_focal_point(make_delegation("KEN"), "ken@missions.example")
    form = typed()

    answers = [rwanda.post(PATH, form), signed_in("ken@missions.example").post(PATH, form)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert sorted(Inscription.objects.values_list("delegation__code", flat=True)) == ["KEN", "RWA"]


@pytest.mark.parametrize("key", [None, "", "nonsense", "\x00"])
def test_a_form_without_its_key_is_refused_and_shown_with_a_new_one(rwanda, meeting, key):
    answer = rwanda.post(PATH, typed(key=key))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nothing was recorded. Please send it again." in page
    assert uuid.UUID(re.search(r'name="key" value="([^"]+)"', page).group(1))


# The deadline.


@pytest.mark.parametrize(
    ("at", "status"),
    [(DEADLINE - timedelta(microseconds=1), 302), (DEADLINE, 422), (DEADLINE + timedelta(days=1), 422)],
)
def test_the_closing_moment_itself_is_too_late(rwanda, meeting, at, status):
    with clock.stopped(at):
        answer = rwanda.post(PATH, typed())

    assert answer.status_code == status
    assert Inscription.objects.count() == (1 if status == 302 else 0)


def test_after_closing_the_page_gives_the_reason_the_moment_and_the_contact_and_takes_no_inscription(rwanda, meeting):
    with clock.stopped(DEADLINE):
        answers = [rwanda.get(PATH), Client().get(PATH)]

    for answer in answers:
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "The list of speakers closed on Thursday, 1 September 2016, 1:00 p.m. (New York time)." in page
        assert "inscription@office.example" in page
        assert ">Inscribe</button>" not in page


def test_what_came_too_late_is_kept_and_becomes_a_late_request_only_when_sent_again(rwanda, meeting):
    with clock.stopped(DEADLINE):
        page = rwanda.post(PATH, typed()).content.decode()

    assert "The speaker arrives at noon." in page
    assert "Nothing is recorded yet." in page
    assert 'action="/meetings/dialogue/speakers/late-requests/"' in page
    assert not LateRequest.objects.exists()


def test_when_the_meeting_is_over_what_was_typed_is_shown_to_be_copied(rwanda, meeting):
    with clock.stopped(meeting.ends_at):
        page = rwanda.post(PATH, typed()).content.decode()

    assert "The speaker arrives at noon." in page
    assert 'name="speaker_name"' not in page


def test_before_opening_the_page_says_when_the_list_opens(rwanda, meeting):
    with clock.stopped(meeting.speakers_list.opens_at - timedelta(microseconds=1)):
        page = rwanda.get(PATH).content.decode()

    assert "Inscription opens on Monday, 22 August 2016, 9:00 a.m. (New York time)." in page


# One standing entry of a kind, groups, a speaker to be confirmed.


def test_a_second_national_entry_is_refused_and_the_first_is_shown(rwanda, meeting):
    first = make_inscription(meeting)

    answer = rwanda.post(PATH, typed())

    assert answer.status_code == 422
    assert "is already inscribed in its national capacity (receipt 1)" in answer.content.decode()
    assert first.get_absolute_url() in answer.content.decode()


def test_a_group_entry_beside_the_national_one(rwanda, meeting):
    make_inscription(meeting)

    group = {"capacity": "group", "group_name": "Group of Friends", "group_size": "45", "group_members": "A\r\nB"}
    rwanda.post(PATH, typed(**group))

    entry = Inscription.objects.get(capacity="group")
    assert (entry.group_name, entry.group_size, entry.group_members) == ("Group of Friends", 45, "A\nB")


def test_the_form_suggests_the_groups_on_the_register_and_says_that_another_waits(rwanda, meeting):
    put_on_register(meeting.speakers_list, "African Group")

    page = rwanda.get(PATH).content.decode()

    assert '<datalist id="id_group_name_list"><option value="African Group"></option></datalist>' in page
    assert "takes no place until the secretariat has put the group on the register" in page


def test_a_name_that_is_not_on_the_register_has_a_receipt_that_says_that_it_waits(rwanda, meeting):
    answer = rwanda.post(PATH, typed(capacity="group", group_name="New <b>Friends</b>"), follow=True)

    page = answer.content.decode()
    assert Inscription.objects.get().state == "unverified"
    assert "Received, not yet verified." in page
    assert "“New &lt;b&gt;Friends&lt;/b&gt;” is not on the register of groups" in page
    assert "is not on record" not in page
    assert "Friends" not in rwanda.get("/meetings/dialogue/speakers/").content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"capacity": "group"}, "group_name"),
        ({"capacity": "group", "group_name": "\u200b"}, "group_name"),
        ({"group_name": "Group of Friends"}, "group_name"),
        ({"group_size": "3"}, "group_size"),
        ({"capacity": "group", "group_name": "G", "group_size": "0"}, "group_size"),
        ({"capacity": "group", "group_name": "G", "group_size": "9" * 5000}, "group_size"),
        ({"speaker_name": ""}, "speaker_name"),
        ({"is_to_be_confirmed": "on"}, "speaker_name"),
        ({"speaker_prefix": "other"}, "other_prefix"),
        ({"other_prefix": "Rev."}, "other_prefix"),
        ({"language": "other"}, "other_language"),
        ({"other_language": "Kiswahili"}, "other_language"),
        ({"level": ""}, "level"),
        ({"level": "XYZ"}, "level"),
        ({"level": "\x00"}, "level"),
        ({"language": "xx"}, "language"),
        ({"capacity": None}, "capacity"),
        ({"preferred_sitting": "midnight"}, "preferred_sitting"),
        ({"contact_name": ""}, "contact_name"),
        ({"contact_email": "no-address"}, "contact_email"),
        ({"contact_telephone": "twelve"}, "contact_telephone"),
        ({"contact_telephone": "1" * 400}, "contact_telephone"),
        ({"copies": "a@b.example, no-address"}, "copies"),
        ({"copies": ",".join(f"a{n}@b.example" for n in range(6))}, "copies"),
        ({"note": "n" * 1001}, "note"),
    ],
)
def test_each_error_is_answered_in_words_at_its_field_with_what_was_typed_kept(rwanda, meeting, changes, field):
    answer = rwanda.post(PATH, typed(**changes))

    page = answer.content.decode()
    assert (answer.status_code, list(errors(answer))) == (422, [field])
    assert f'href="#id_{field}' in page
    assert 'value="First Secretary"' in page or field == "contact_name"
    assert Inscription.objects.count() == 0


@pytest.mark.parametrize("field", ["speaker_name", "contact_name", "speaker_title"])
@pytest.mark.parametrize(
    "text",
    [
        "Name\x00",
        "Na\x07me",
        "Na\x7fme",
        "Na\u202eme",
        "Na\u2066me",
        "\u200b\u200d",
        "\u0301\u0302",
        "\u3164",
        "\ufeff",
        "...",
        "\ue000 private",
        "broken \ufffd",
        "a" * 201,
    ],
)
def test_what_cannot_be_seen_or_is_too_long_is_refused_at_the_field(rwanda, meeting, field, text):
    answer = rwanda.post(PATH, typed(**{field: text}))

    assert (answer.status_code, list(errors(answer))) == (422, [field])


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn Thành", "أنطونيو", "李明", "Ó Súilleabháin", "می‌خواهم", "क्‍ष", "O’Neill-Smith, Jr.", "X Æ A-12"]
)
def test_names_of_the_world_are_taken_as_they_are(rwanda, meeting, name):
    rwanda.post(PATH, typed(speaker_name=name))

    assert Inscription.objects.get().speaker_name == name


def test_text_is_stored_composed_on_one_line_without_outer_spaces(rwanda, meeting):
    rwanda.post(PATH, typed(speaker_name="  Jose\u0301 \r\n  Name\t ", note=" a\r\nb\r"))

    entry = Inscription.objects.get()
    assert (entry.speaker_name, entry.note) == ("José Name", "a\nb")


def test_a_note_of_full_length_with_the_line_ends_of_a_browser_is_taken(rwanda, meeting):
    rwanda.post(PATH, typed(note="ab\r\n" * 333))

    assert len(Inscription.objects.get().note) == 998


def test_a_speaker_to_be_confirmed_has_no_name(rwanda, meeting):
    rwanda.post(PATH, typed(is_to_be_confirmed="on", speaker_name=""))

    entry = Inscription.objects.get()
    assert (entry.speaker_prefix, entry.speaker_name, entry.is_speaker_confirmed) == ("", "", False)


def test_another_form_of_address_and_another_language_are_written_out(rwanda, meeting):
    changes = {"speaker_prefix": "other", "other_prefix": "Rev.", "language": "other", "other_language": "Kiswahili"}
    rwanda.post(PATH, typed(**changes))

    entry = Inscription.objects.get()
    assert (entry.speaker_prefix, entry.language, entry.other_language) == ("Rev.", "other", "Kiswahili")


def test_what_was_typed_never_becomes_markup(rwanda, meeting):
    page = rwanda.post(PATH, typed(speaker_name="<b>Name</b>", contact_email="")).content.decode()

    assert "<b>Name</b>" not in page
    assert "&lt;b&gt;Name&lt;/b&gt;" in page


def test_the_error_page_says_so_in_its_title_and_its_summary_takes_the_focus(rwanda, meeting):
    page = rwanda.post(PATH, typed(contact_email="")).content.decode()

    assert re.search(r"<title>\s*Error:", page)
    assert re.search(r'class="error-summary"[^>]* tabindex="-1" autofocus', page)


def test_the_page_costs_the_same_however_much_is_inscribed(rwanda, meeting):
    def page_with(number):
        with CaptureQueriesContext(connection) as statements:
            page = rwanda.get(PATH).content.decode()
        assert page.count("/speakers/inscriptions/") == number
        return len(statements)

    make_inscription(meeting)
    page_with(1)
    with_one = page_with(1)
    for group in ("A", "B"):
        make_inscription(meeting, capacity="group", group_name=group)

    assert page_with(3) == with_one


def test_once_inscribed_the_page_says_that_the_form_is_for_a_group(rwanda, meeting):
    words = "This form is for an entry on behalf of a group."
    before = rwanda.get(PATH).content.decode()

    make_inscription(meeting)

    assert words not in before
    assert words in rwanda.get(PATH).content.decode()


# Bodies that are not a form.


@pytest.mark.parametrize(
    ("body", "content_type", "statuses"),
    [
        ('{"capacity": "national"}', "application/json", {422}),
        ("plain", "text/plain", {422}),
        ("", "application/x-www-form-urlencoded", {422}),
        ("no boundary", "multipart/form-data", {400}),
        ("--x\r\ngarbage", "multipart/form-data; boundary=x", {400, 422}),
        ("--x\r\ngarbage", "multipart/form-data; boundary=" + "x" * 300, {400}),
        ("a=%ff%fe%00", "application/x-www-form-urlencoded", {422}),
        ("a=b", "application/x-www-form-urlencoded; charset=utf-16", {400, 422}),
        ("a=b", "application/x-www-form-urlencoded; charset=no-such-charset", {400, 422}),
        ("&".join(f"a{n}=1" for n in range(3000)), "application/x-www-form-urlencoded", {400}),
        ("a=" + "b" * 300_000, "application/x-www-form-urlencoded", {413}),
    ],
)
def test_a_body_that_is_no_form_is_answered_in_words(rwanda, meeting, body, content_type, statuses):
    answer = rwanda.generic("POST", PATH, body, content_type=content_type)

    assert answer.status_code in statuses
    assert "othing was recorded" in answer.content.decode()
    assert Inscription.objects.count() == 0


def test_a_file_in_place_of_text_is_no_text(rwanda, meeting):
    answer = rwanda.post(PATH, typed(speaker_name=SimpleUploadedFile("name.txt", b"Name")))

    assert list(errors(answer)) == ["speaker_name"]


def test_random_bytes_never_break_the_form(rwanda, meeting):
    alphabet = "".join(map(chr, [*range(0, 160), 0x200B, 0x202E, 0xFEFF, 0xFFFD, 0x1F600, 0x0301]))
    for _round in range(40):
        form = {name: get_random_string(12, alphabet) for name in typed()}

        assert rwanda.post(PATH, form).status_code == 422


def test_a_broken_slug_or_method_is_no_server_error(rwanda, meeting):
    assert rwanda.put(PATH).status_code == 405
    assert rwanda.get("/meetings/dia%00logue/speakers/inscribe/").status_code == 400


def test_the_form_of_a_delegation_that_is_inscribed_nationally_is_one_for_a_group(meeting, rwanda):
    before = rwanda.get(PATH).content.decode()
    make_inscription(meeting, make_delegation())
    after = rwanda.get(PATH).content.decode()

    chosen = [re.search(r'<input[^>]*value="(\w+)"[^>]* checked', page)[1] for page in (before, after)]
    assert chosen == ["national", "group"]
