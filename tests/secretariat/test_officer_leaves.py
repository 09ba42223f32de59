"""An officer leaves: the account is made inactive, its session ends at once, what it did keeps its name.  R-58 R-78"""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import Error, transaction
from django.db.models import Model

from journal.models import Payload
from speakers.models import Inscription, Revision
from speakers.publishing import revisions
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting
from tests.secretariat import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_officer(officer):
    """An entry that the officer verified, on a list that was published."""
    user = officer.staff
    user.first_name, user.last_name = "Maria", "Santos"
    user.save()
    meeting = make_meeting()
    entry = make_inscription(meeting, make_delegation("RWA"), is_verified=False)
    answer = officer.post(pages.entry_act(entry, "verify"), {"reason": "By telephone"})
    assert answer.status_code == 302
    revisions.freeze(meeting.speakers_list, kind=Revision.Kind.PUBLISHED, as_at=OPEN, by=STAFF)
    return user


def what_is_kept():
    """What the site holds of the acts of the officer, and of what they acted on."""
    named = list(Payload.objects.filter(actor_name="Maria Santos").values_list("entry__act", flat=True))
    return named, list(Inscription.objects.values()), list(Revision.objects.values())


def test_an_account_made_inactive_is_signed_out_at_once_and_the_journal_keeps_its_name(officer, lead, of_officer):
    before = what_is_kept()
    address = f"/secretariat/auth/user/{of_officer.pk}/change/"
    fields = pages.typed(lead.get(address))
    fields.pop("is_active", None)

    saved = lead.post(address, fields)

    assert saved.status_code == 302
    assert not User.objects.get(pk=of_officer.pk).is_active
    assert officer.get("/secretariat/").status_code == 302
    assert before[0]
    assert what_is_kept() == before


def test_no_page_deletes_an_account_not_even_for_a_superuser(sign_in, of_officer):
    superuser = sign_in(None)

    answer = superuser.post(f"/secretariat/auth/user/{of_officer.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert User.objects.filter(pk=of_officer.pk).exists()


def test_the_database_refuses_to_delete_an_account_that_the_log_of_the_pages_names(of_officer):
    LogEntry.objects.create(user=of_officer, object_id="1", object_repr="A list", action_flag=2, change_message="")

    with pytest.raises(Error), transaction.atomic():
        of_officer.delete()


def test_an_account_that_is_deleted_all_the_same_takes_nothing_of_the_list_with_it(of_officer):
    before = what_is_kept()

    of_officer.delete()

    assert what_is_kept() == before


def test_nothing_of_ours_points_to_an_account():
    pointing = {relation.related_model for relation in User._meta.related_objects if relation.one_to_many}

    assert {model._meta.app_label for model in pointing if issubclass(model, Model)} <= {
        "account",
        "admin",
        "mfa",
        "socialaccount",
    }
