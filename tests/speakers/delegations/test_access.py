"""Signing in by a one-time code or link: who gets in, who does not, and what each may see.  R-11 R-59 R-60"""

import re
from datetime import timedelta

import pytest
from django.test import Client

import clock
from config.log_filters import WithoutTokens
from outbox.models import Message
from speakers.delegations import access, signing_in
from speakers.entries import verifying
from speakers.models import FocalPoint, Inscription, SignIn
from tests.factories import OPEN, STAFF, make_delegation, make_focal_point, make_inscription, make_meeting

pytestmark = pytest.mark.django_db
KNOWN = "rwa@missions.example"
STRANGER = "somebody@elsewhere.example"


@pytest.fixture
def meeting():
    with clock.stopped(OPEN):
        made = make_meeting()
        make_focal_point()
        yield made


def ask(client, email=KNOWN, follow=True, **extra):
    """Ask for a code in this browser. Returns the answer."""
    return client.post("/meetings/dialogue/speakers/sign-in/", {"email": email, **extra}, follow=follow)


def last_mail():
    return Message.objects.filter(kind="sign-in").order_by("-pk").first()


def code_of(mail):
    return re.search(r"\b(\d{8})\b", mail.body).group(1)


def link_of(mail):
    """The path of the link in the mail, without the site's address."""
    return re.search(r"https?://[^/\s]+(/\S+)", mail.body).group(1)


def enter(client, code):
    return client.post("/meetings/dialogue/speakers/sign-in/code/", {"code": code})


def is_signed_in(client):
    return client.get("/meetings/dialogue/speakers/inscribe/").status_code == 200


def wrong(code):
    return f"{(int(code) + 1) % 10**8:08d}"


def test_the_mailed_code_signs_in_the_browser_that_asked_for_it(client, meeting):
    ask(client)

    answer = enter(client, code_of(last_mail()))

    assert answer.headers["Location"] == "/mission/"
    assert is_signed_in(client)


def test_mail_and_pages_of_the_sign_in_name_the_meeting_and_the_code_page_counts_down(client, meeting):
    with clock.stopped(OPEN):
        pages = [client.get("/meetings/dialogue/speakers/sign-in/"), ask(client, follow=True)]

    assert last_mail().subject == "Your code for the list of speakers: Informal interactive dialogue"
    assert "Meeting: Informal interactive dialogue" in last_mail().body
    for page in pages:
        assert re.search(r"<title>[^<]+: Informal interactive dialogue ·", page.content.decode())
        assert '<p class="eyebrow">Informal interactive dialogue</p>' in page.content.decode()
    assert "Closes in 1 day." in pages[1].content.decode()


def test_the_code_may_be_typed_with_a_space(client, meeting):
    ask(client)
    code = code_of(last_mail())

    enter(client, f" {code[:4]} {code[4:]} ")

    assert is_signed_in(client)


def test_the_address_is_compared_without_regard_to_case(client, meeting):
    ask(client, " RWA@Missions.Example ")
    enter(client, code_of(last_mail()))

    page = client.get("/meetings/dialogue/speakers/inscribe/").content.decode()

    assert "This inscription will be unverified" not in page


def test_the_code_is_of_no_use_in_another_browser(client, meeting):
    ask(client)
    other = Client()
    ask(other, STRANGER)

    enter(other, code_of(Message.objects.get(to=[KNOWN])))

    assert not is_signed_in(other)


def test_the_code_page_sends_a_browser_that_asked_nothing_to_ask(client, meeting):
    answer = client.get("/meetings/dialogue/speakers/sign-in/code/")

    assert answer.headers["Location"] == "/meetings/dialogue/speakers/sign-in/"


def test_opening_the_link_changes_nothing_and_pressing_the_button_signs_in_on_any_device(client, meeting):
    ask(client)
    path = link_of(last_mail())
    telephone = Client()

    for _opened_by_a_mail_gateway in range(3):
        page = telephone.get(path)
        telephone.head(path)

    assert page.status_code == 200
    assert SignIn.objects.get().used_at is None
    assert not is_signed_in(telephone)
    assert telephone.post(path).headers["Location"] == "/mission/"
    assert is_signed_in(telephone)
    assert not is_signed_in(client)


def test_the_page_of_the_link_is_not_cached_and_does_not_pass_on_its_address(client, meeting):
    ask(client)

    page = client.get(link_of(last_mail()))

    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "strict-origin"


def test_a_link_works_once(client, meeting):
    ask(client)
    path = link_of(last_mail())
    client.post(path)
    other = Client()

    answer = other.post(path)

    assert answer.status_code == 410
    assert not is_signed_in(other)
    assert other.get(path).status_code == 410


def test_a_code_works_once(client, meeting):
    ask(client)
    code = code_of(last_mail())
    asked = [SignIn.objects.get().pk]

    first = signing_in.use_code(code, asked=asked, at=OPEN)
    second = signing_in.use_code(code, asked=asked, at=OPEN)

    assert (first, second) == (KNOWN, None)


def test_a_code_spends_the_link_of_the_same_mail(client, meeting):
    ask(client)
    mail = last_mail()

    enter(client, code_of(mail))

    assert Client().post(link_of(mail)).status_code == 410


@pytest.mark.parametrize(
    ("after", "works"),
    [(timedelta(minutes=20) - timedelta(microseconds=1), True), (timedelta(minutes=20), False)],
)
def test_code_and_link_hold_for_twenty_minutes_and_not_a_moment_more(client, meeting, after, works):
    ask(client)
    ask(client)
    first, second = Message.objects.order_by("pk")

    with clock.stopped(OPEN + after):
        enter(client, code_of(first))
        by_code = is_signed_in(client)
        telephone = Client()
        telephone.post(link_of(second))
        by_link = is_signed_in(telephone)

    assert (by_code, by_link) == (works, works)


def test_after_five_wrong_codes_the_right_one_is_answered_like_a_wrong_one(client, meeting):
    ask(client)
    code = code_of(last_mail())
    answers = [enter(client, wrong(code)) for _attempt in range(5)]

    answers.append(enter(client, code))

    assert {answer.status_code for answer in answers} == {422}
    assert "no longer valid" in answers[0].content.decode()
    assert without_tokens(answers[0]) == without_tokens(answers[5]).replace(code, wrong(code))
    assert not is_signed_in(client)


def test_four_wrong_codes_do_not_spoil_the_right_one(client, meeting):
    ask(client)
    code = code_of(last_mail())
    for _attempt in range(4):
        enter(client, wrong(code))

    enter(client, code)

    assert is_signed_in(client)


def test_wrong_codes_do_not_spoil_the_link(client, meeting):
    ask(client)
    mail = last_mail()
    for _attempt in range(5):
        enter(client, wrong(code_of(mail)))
    telephone = Client()

    telephone.post(link_of(mail))

    assert is_signed_in(telephone)


def test_an_earlier_code_stays_valid_when_a_second_is_requested(client, meeting):
    ask(client)
    first = code_of(last_mail())
    ask(client)

    enter(client, first)

    assert is_signed_in(client)


def test_a_stranger_who_asks_for_a_focal_points_codes_cannot_lock_it_out(client, meeting):
    stranger = Client()
    for _request in range(30):
        ask(stranger)
    for _attempt in range(40):
        enter(stranger, "00000000")

    mails = Message.objects.filter(to=[KNOWN]).order_by("pk")

    assert mails.count() == signing_in.MAILS_PER_ADDRESS
    assert Client().post(link_of(mails[0])).status_code == 302


def test_a_person_at_the_limit_can_ask_again_once_the_first_mails_are_too_old(client, meeting):
    for _request in range(10):
        ask(client)

    with clock.stopped(OPEN + timedelta(minutes=20)):
        ask(client)

    assert Message.objects.filter(to=[KNOWN]).count() == signing_in.MAILS_PER_ADDRESS + 1


def test_the_answer_at_the_limit_is_that_of_the_first_request(client, meeting):
    first = ask(client)
    for _request in range(signing_in.MAILS_PER_ADDRESS):
        last = ask(client)

    assert without_tokens(first) == without_tokens(last)


def test_codes_tried_for_one_address_end_at_fifty_a_day_while_its_links_work(client, meeting):
    tried = 0
    for hour in range(12):
        with clock.stopped(OPEN + timedelta(hours=hour)):
            ask(client)
            tried += sum(enter(client, wrong(code_of(last_mail()))).status_code == 422 for _attempt in range(5))

    with clock.stopped(OPEN + timedelta(hours=12)):
        ask(client)
        mail = last_mail()
        enter(client, code_of(mail))
        by_code = is_signed_in(client)
        client.post(link_of(mail))
        by_link = is_signed_in(client)

    assert tried == 60
    assert (by_code, by_link) == (False, True)


def without_tokens(answer):
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())


def test_the_answer_is_the_same_whether_or_not_the_address_is_on_record(meeting):
    known, stranger = ask(Client(), KNOWN), ask(Client(), STRANGER)

    assert known.status_code == stranger.status_code
    assert known.redirect_chain == stranger.redirect_chain
    assert without_tokens(known).replace(KNOWN, "…") == without_tokens(stranger).replace(STRANGER, "…")


def test_an_address_not_on_record_gets_the_same_mail_and_no_account(client, meeting):
    ask(client, STRANGER)

    mail = last_mail()

    assert mail.to == [STRANGER]
    assert (FocalPoint.objects.count(), SignIn.objects.count()) == (1, 1)


def test_strangers_of_one_network_are_limited_and_its_focal_points_are_not(client, meeting):
    for number in range(signing_in.STRANGERS_PER_NETWORK + 5):
        ask(client, f"stranger{number}@elsewhere.example", follow=False)

    ask(client, KNOWN)

    assert Message.objects.exclude(to=[KNOWN]).count() == signing_in.STRANGERS_PER_NETWORK
    assert Message.objects.filter(to=[KNOWN]).count() == 1


def test_another_network_is_counted_apart(meeting):
    for number in range(signing_in.STRANGERS_PER_NETWORK):
        signing_in.request_sign_in(f"n{number}@e.example", address=("dialogue",), network="192.0.2.1", at=OPEN)

    there = signing_in.request_sign_in(STRANGER, address=("dialogue",), network="192.0.2.1", at=OPEN)
    elsewhere = signing_in.request_sign_in(STRANGER, address=("dialogue",), network="192.0.2.2", at=OPEN)

    assert there is None
    assert elsewhere is not None


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "203.0.113.9", "192.0.2.7"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "192.0.2.7"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (1, "nonsense\x00", ""),
    ],
)
def test_forwarded_addresses_are_believed_as_far_as_proxies_are_trusted(
    client, meeting, settings, proxies, forwarded, network
):
    settings.TRUSTED_PROXIES = proxies

    client.post(
        "/meetings/dialogue/speakers/sign-in/",
        {"email": KNOWN},
        REMOTE_ADDR="192.0.2.7",
        HTTP_X_FORWARDED_FOR=forwarded,
    )

    assert SignIn.objects.get().network == network


def test_a_robot_that_fills_the_hidden_field_gets_the_same_answer_and_no_mail_is_sent(client, meeting):
    answer = ask(client, leave_empty="buy now")

    assert without_tokens(answer) == without_tokens(ask(Client()))
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "email", ["", "no-address", "a\x00@b.example", "a@b.example\nBcc: c@d.example", "a" * 400 + "@b.example"]
)
def test_an_invalid_address_is_answered_at_the_field(client, meeting, email):
    answer = ask(client, email)

    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.content.decode()
    assert Message.objects.count() == 0


def test_only_hashes_of_code_and_token_are_kept(client, meeting):
    ask(client)
    mail = last_mail()

    kept = " ".join(str(value) for value in SignIn.objects.values_list().get())

    assert code_of(mail) not in kept
    assert link_of(mail).split("/")[-2] not in kept
    assert len(link_of(mail).split("/")[-2]) == 32
    assert mail.is_secret


def test_links_come_from_the_sites_address_alone(client, meeting, settings):
    settings.SITE_URL = "https://speakers.example"
    settings.ALLOWED_HOSTS = ["evil.example"]

    client.post("/meetings/dialogue/speakers/sign-in/", {"email": KNOWN}, HTTP_HOST="evil.example")

    assert "https://speakers.example/meetings/dialogue/" in last_mail().body
    assert "evil.example" not in last_mail().body


def test_a_sign_in_is_forgotten_after_a_day(client, meeting):
    ask(client)

    with clock.stopped(OPEN + timedelta(days=1, seconds=1)):
        ask(client, STRANGER)

    assert list(SignIn.objects.values_list("email", flat=True)) == [STRANGER]


def test_signing_in_changes_the_key_of_the_session(client, meeting):
    ask(client)
    before = client.session.session_key

    enter(client, code_of(last_mail()))

    assert client.session.session_key != before


def test_signing_out_is_a_post_and_forgets_the_address(client, meeting):
    ask(client)
    enter(client, code_of(last_mail()))

    by_get = client.get("/meetings/dialogue/speakers/sign-out/").status_code
    still = is_signed_in(client)
    client.post("/meetings/dialogue/speakers/sign-out/")

    assert (by_get, still, is_signed_in(client)) == (405, True, False)


def test_the_link_leads_back_to_the_receipt_that_was_asked_for(client, meeting):
    inscription = make_inscription(meeting)
    receipt = inscription.get_absolute_url()
    to_sign_in = client.get(receipt).headers["Location"]
    client.post(to_sign_in.split("?")[0], {"email": KNOWN, "receipt": inscription.public_id})

    answer = Client().post(link_of(last_mail()))

    assert to_sign_in == f"/meetings/dialogue/speakers/sign-in/?receipt={inscription.public_id}"
    assert answer.headers["Location"] == receipt


@pytest.mark.parametrize("way", ["code", "link"])
def test_a_visitor_sent_to_sign_in_by_a_page_of_the_meeting_returns_to_it(client, meeting, way):
    page = "/meetings/dialogue/now/"
    asked = client.post("/meetings/dialogue/speakers/sign-in/", {"email": KNOWN, "back": page})

    if way == "link":
        answer = Client().post(link_of(last_mail()))
    else:
        shown = client.get(asked.headers["Location"]).context["form"]
        answer = client.post(asked.headers["Location"], {"code": code_of(last_mail()), "back": shown["back"].value()})

    assert answer.headers["Location"] == page


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/meetings/other/now/", "/meetings/dialogue/../../x", "'"],
)
def test_only_a_page_of_this_meeting_is_returned_to(client, meeting, back):
    ask(client)

    answer = Client().post(link_of(last_mail()), QUERY_STRING=f"back={back}")

    assert answer.headers["Location"] == "/mission/"


@pytest.mark.parametrize("receipt", ["https://evil.example/", "//evil.example", "'"])
def test_no_address_of_another_site_is_ever_followed(client, meeting, receipt):
    ask(client)
    mail = last_mail()

    answer = Client().post(link_of(mail), QUERY_STRING=f"receipt={receipt}")

    assert answer.headers["Location"] == "/mission/"


def test_a_forged_request_signs_no_one_in(meeting):
    ask(Client())
    forged = Client(enforce_csrf_checks=True)

    answer = forged.post(link_of(last_mail()))

    assert answer.status_code == 403
    assert SignIn.objects.get().used_at is None


def test_the_pages_of_an_unknown_meeting_do_not_exist(client, meeting):
    make_meeting("secret", is_published=False)

    statuses = {
        client.get(f"/meetings/{slug}/speakers/{page}/").status_code
        for slug in ("secret", "unknown")
        for page in ("sign-in", "sign-in/code", "sign-in/xyz", "inscribe")
    }

    assert statuses == {404}


def test_a_focal_point_struck_off_no_longer_acts_for_its_delegation(client, meeting):
    inscription = make_inscription(meeting)
    ask(client)
    enter(client, code_of(last_mail()))
    before = client.get(inscription.get_absolute_url()).status_code

    FocalPoint.objects.update(is_active=False)

    assert (before, client.get(inscription.get_absolute_url()).status_code) == (200, 404)


def test_the_token_of_a_link_is_kept_out_of_the_log(client, meeting, caplog):
    caplog.handler.addFilter(WithoutTokens())
    ask(client)
    token = link_of(last_mail()).split("/")[-2]

    Client(enforce_csrf_checks=True).post(link_of(last_mail()))

    assert "/sign-in/…/" in caplog.text
    assert token not in caplog.text
    assert KNOWN not in caplog.text


def test_a_delegation_of_one_address_is_not_that_of_another(meeting):
    make_focal_point(make_delegation("KEN"))

    assert not is_of("ken@missions.example", "RWA")
    assert is_of("rwa@missions.example", "RWA")


def is_of(address, code):
    return code in [delegation.code for delegation in access.delegations_of(address)]


def test_who_sees_which_entry_is_the_same_for_all_at_once_as_for_each_alone(meeting):
    ours = make_delegation("RWA")
    for number, is_verified in enumerate([True, False, False, True]):
        address = f"person-{number}@elsewhere.example"
        make_inscription(
            meeting, ours, capacity="group", group_name=f"G{number}", is_verified=is_verified, contact_email=address
        )
    make_inscription(meeting, make_delegation("FRA"))
    refused = Inscription.objects.filter(state="unverified").first()
    verifying.refuse(refused, reason="Unknown", by=STAFF, at=OPEN)
    stopped = make_focal_point(ours, "person-0@elsewhere.example")
    FocalPoint.objects.filter(pk=stopped.pk).update(is_active=False)
    make_focal_point(ours, "person-3@elsewhere.example")
    make_focal_point(make_delegation("FRA"), KNOWN)
    gone = make_delegation("GON")
    make_inscription(meeting, gone, contact_email="filer@elsewhere.example")
    make_focal_point(gone, "colleague@elsewhere.example")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)

    seen = access.who_sees(Inscription.objects.all())

    people = {KNOWN, STRANGER, *Inscription.objects.values_list("filed_by_email", flat=True)}
    people |= {*FocalPoint.objects.values_list("normalised_email", flat=True)}
    alone = {each: {*access.visible_to(each).values_list("public_id", flat=True)} for each in people}
    assert seen == {address: entries for address, entries in alone.items() if entries}
    assert len({frozenset(entries) for entries in alone.values()}) > 3
    assert alone["person-0@elsewhere.example"] == alone["colleague@elsewhere.example"] == set()


def test_no_one_has_expressed_an_interest_without_an_address():
    assert list(access.interests_of(None, make_meeting())) == []
