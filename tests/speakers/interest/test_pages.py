"""Pages of an expression of interest: the credential’s delegations alone, refusals in words, nothing public.  R-59"""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from speakers.interest import selecting
from speakers.models import Inscription, Interest, SpeakersList
from speakers.order import replaying
from tests.days import words_of
from tests.factories import OPEN, STAFF, make_focal_point, make_level, signed_in
from tests.speakers.interest.round_tables import AFTER, fresh, make_interest, make_round_tables, make_state

pytestmark = pytest.mark.django_db
BASE = "/meetings/dialogue/"


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def tables():
    make_level("PR")
    return make_round_tables()


@pytest.fixture
def kenya(tables):
    make_state("KEN", "Kenya")
    return signed_in("ken@missions.example")


def page(speakers_list, below="interest/"):
    return f"{BASE}lists/{speakers_list.slug}/speakers/{below}"


def typed(**changes):
    facts = {"key": str(uuid.uuid4()), "is_to_be_confirmed": "on", "level": "PR", "language": "en"}
    return facts | {"contact_name": "Mission", "contact_email": "ken@missions.example", **changes}


def test_the_form_of_inscription_leads_to_the_expression_of_interest_and_that_to_the_sign_in(client, tables):
    first, _second = tables

    asked = client.get(page(first, "inscribe/"))

    assert asked.url == page(first)
    assert client.get(asked.url).url == f"{page(first, 'sign-in/')}?back={page(first)}"
    assert client.get(f"{BASE}speakers/interest/").status_code == 404  # the main list is filled by inscription


def test_an_inscription_that_is_sent_there_is_refused_in_words(kenya, tables):
    answer = kenya.post(page(tables[0], "inscribe/"), typed(capacity="national"))

    assert answer.status_code == 422
    assert "given by selection, so no delegation inscribes there" in answer.content.decode()
    assert not Inscription.objects.exists()


def test_a_form_that_is_sent_is_recorded_for_the_delegation_of_the_credential(kenya, tables):
    first, second = tables

    answer = kenya.post(page(first), typed(second_choice=second.pk, delegation="JPN"), follow=True)

    interest = Interest.objects.get()
    assert (interest.delegation.code, interest.second_choice) == ("KEN", second)
    assert answer.request["PATH_INFO"] == interest.get_absolute_url()
    assert "It gives no place and no receipt number." in words_of(answer)
    assert "Kenya, expression of interest" in words_of(kenya.get(f"{BASE}speakers/own/"))
    assert "You express the interest of" not in words_of(kenya.get(page(second)))


def test_a_second_choice_that_is_none_is_refused_at_its_field_and_what_was_typed_is_kept(kenya, tables):
    first, _second = tables

    answer = kenya.post(page(first), typed(second_choice=first.pk, note="By train"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["second_choice"] == [
        "Choose another list of this meeting whose seats are given by selection."
    ]
    assert "By train" in answer.content.decode()
    assert not Interest.objects.exists()


def test_after_the_deadline_the_page_and_a_form_say_until_when_it_was_and_whom_to_ask(kenya, tables):
    with clock.stopped(AFTER):
        asked, sent = kenya.get(page(tables[0])), kenya.post(page(tables[0]), typed())

    assert "could be expressed until Friday, 2 September 2016" in words_of(asked)
    assert sent.status_code == 422
    assert not Interest.objects.exists()


def test_only_its_own_delegation_sees_changes_and_withdraws_an_expression_of_interest(kenya, tables):
    first, second = tables
    interest = make_interest(first, "KEN", second)
    make_focal_point(make_state("JPN"), "other@missions.example")
    path, japan = interest.get_absolute_url(), signed_in("other@missions.example")

    assert [japan.get(each).status_code for each in (path, f"{path}change/")] == [404, 404]
    assert japan.post(f"{path}withdrawal/").status_code == 404
    assert "/sign-in/" in Client().post(f"{path}withdrawal/").url
    assert kenya.get(f"{path}withdrawal/").status_code == 405
    assert kenya.get(f"{page(second)}{interest.public_id}/").status_code == 404
    kenya.post(f"{path}change/", typed(note="New"))
    assert Interest.objects.get().note == "New"
    assert "The expression of interest is withdrawn." in words_of(kenya.post(f"{path}withdrawal/", follow=True))
    assert "This is over" in words_of(kenya.post(f"{path}withdrawal/", follow=True))


def test_nothing_public_says_who_has_asked(client, tables):
    first, second = tables
    make_interest(first, "KEN", second, speaker_name="Wangari Example")

    answers = [client.get(page(first, "")), client.get(BASE), client.get(f"/api/v1{BASE}lists")]
    answers += [client.get(f"{BASE}lists/{first.slug}/speakers.json"), client.get(page(first, "journal.json"))]

    assert [each.status_code for each in answers] == [200] * 5
    assert not [each for each in answers if "Ken" in each.content.decode() or "Wangari" in each.content.decode()]
    assert "There is 1 seat on this list. They are given by selection" in words_of(answers[0])
    assert "Express interest: Round table 1" in words_of(answers[1])
    assert [each["inscription"]["seats_by_selection"] for each in answers[2].json()["lists"]] == [0, 1, 2]


def test_one_who_has_a_first_choice_is_offered_no_other_until_it_is_withdrawn(kenya, tables):
    offered = 'lists/round-table-2/speakers/inscribe/"'
    assert offered in kenya.get(f"{BASE}speakers/own/").content.decode()

    interest = make_interest(fresh(tables[0]), "KEN")

    assert offered not in kenya.get(f"{BASE}speakers/own/").content.decode()
    elsewhere = kenya.get(page(tables[1])).content.decode()
    assert "A delegation has one first choice at a meeting." in elsewhere
    assert "<form" not in elsewhere.partition("</h1>")[2].partition('class="filed"')[2]

    Interest.objects.filter(pk=interest.pk).update(state=Interest.State.WITHDRAWN, decided_at=OPEN)
    assert offered in kenya.get(f"{BASE}speakers/own/").content.decode()


def test_the_page_of_all_lists_takes_one_statement_more_for_all_expressions(kenya, tables):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as statements:
            kenya.get(f"{BASE}speakers/own/")
        return len(statements)

    kenya.get(f"{BASE}speakers/own/")
    before = count()
    make_interest(fresh(tables[0]), "KEN", tables[1])

    assert count() == before


def test_one_told_of_no_seat_withdraws_and_asks_for_a_list_that_is_still_open(kenya, tables):
    first, second = tables
    SpeakersList.objects.filter(pk=second.pk).update(closes_at=AFTER + timedelta(days=1))
    interest = make_interest(fresh(first), "KEN")
    path = interest.get_absolute_url()
    with clock.stopped(AFTER):
        selecting.tell_others([interest], by=STAFF, at=AFTER)

        assert f'{page(second, "inscribe/")}"' in kenya.get(f"{BASE}speakers/own/").content.decode()
        assert f'href="{path}"' in kenya.get(page(second)).content.decode()
        own = kenya.get(path).content.decode()
        assert f'action="{path}withdrawal/"' in own
        assert f'href="{path}change/"' not in own
        changed = kenya.post(f"{path}change/", typed())
        assert (changed.status_code, "This is over: informed" in changed.content.decode()) == (422, True)
        kenya.post(f"{path}withdrawal/")
        kenya.post(page(second), typed())

    assert [each.state for each in Interest.objects.order_by("pk")] == ["withdrawn", "expressed"]
    assert selecting.preview([interest], at=AFTER).refusals == ["Kenya: withdrawn."]
    assert replaying.differences(fresh(first)) == []


def test_one_that_has_a_seat_does_not_withdraw_its_interest(kenya, tables):
    interest = make_interest(fresh(tables[0]), "KEN")
    selecting.select([interest], by=STAFF, at=OPEN)

    answer = kenya.post(f"{interest.get_absolute_url()}withdrawal/", follow=True)

    assert "This is over: selected" in words_of(answer)
    assert "withdrawal/" not in answer.content.decode()
    assert Interest.objects.get().state == "selected"
