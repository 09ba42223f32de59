"""A member of staff with a password, and how they sign in."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

PASSWORD, SIGN_IN, FRONT = "a long word of staff", "/secretariat/login/", "/secretariat/"
# Where each person begins who has asked for no page.
START = "/secretariat/start/"


@pytest.fixture
def make_staff(db):
    """Make a member of staff in the groups named; `None` for a superuser."""

    def make(name="officer", *groups):
        user = User.objects.create_user(name, password=PASSWORD, is_staff=True, is_superuser=groups == (None,))
        user.groups.set(Group.objects.filter(name__in=[group for group in groups if group]))
        return user

    return make


def sign_in(client, name="officer", password=PASSWORD, *, network="192.0.2.1", next_page=FRONT):
    """Send the form of the sign-in from `network`; the answer."""
    fields = {"username": name, "password": password, "next": next_page}
    return client.post(SIGN_IN, fields, REMOTE_ADDR=network)


def guess(times, name="officer", *, network="192.0.2.1"):
    """Try so many wrong passwords, each in a new browser; the last answer."""
    answers = [sign_in(Client(), name, f"wrong {number}", network=network) for number in range(times)]
    return answers[-1]
