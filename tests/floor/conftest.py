"""Officers who are really signed in."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


@pytest.fixture
def sign_in(db):
    """Give a client signed in as a member of `group` of the staff."""

    def _sign_in(group):
        user = User.objects.create(username=group.lower().replace(" ", "-"), is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return _sign_in


@pytest.fixture
def officer(sign_in):
    return sign_in("Conference officer")
