"""Clients signed in as staff."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client


@pytest.fixture
def sign_in(db):
    """Return a function that signs a client in as a member of the staff `group`."""

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
