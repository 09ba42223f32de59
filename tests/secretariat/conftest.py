"""Staff who are really signed in, each in a group of the tables."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

import clock
from tests.factories import OPEN

PASSWORD = "a long word of staff"


@pytest.fixture
def at_the_desk():
    """The clock stands while the list of `make_meeting()` is open."""
    with clock.stopped(OPEN):
        yield OPEN


@pytest.fixture
def sign_in(db):
    """Make a client signed in, through the form, as a member of `group`; None for a superuser, "" for no group."""

    def _sign_in(group):
        name = f"{group or 'outsider'}-{User.objects.count()}".lower().replace(" ", "-")
        user = User(username=name, is_staff=True, is_superuser=group is None)
        user.set_password(PASSWORD)
        user.save()
        if group:
            user.groups.add(Group.objects.get(name=group))
        client = Client()
        answer = client.post("/secretariat/login/", {"username": name, "password": PASSWORD, "next": "/secretariat/"})
        assert answer.status_code == 302, "sign-in failed"
        client.staff = user
        return client

    return _sign_in


@pytest.fixture
def officer(sign_in, at_the_desk):
    return sign_in("List officer")


@pytest.fixture
def lead(sign_in, at_the_desk):
    return sign_in("Secretariat lead")


@pytest.fixture
def reader(sign_in, at_the_desk):
    return sign_in("Read only")
