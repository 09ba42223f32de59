"""The first account of the secretariat."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from journal.models import Entry

pytestmark = pytest.mark.django_db


def test_the_first_account_is_made_with_a_password_that_is_printed_once(client, capsys):
    call_command("ensure_staff")

    password = re.search(r"user secretariat, password (\S{20})", capsys.readouterr().out).group(1)
    assert client.login(username="secretariat", password=password)


def test_a_second_time_nothing_is_made_and_nothing_printed(capsys):
    call_command("ensure_staff")
    before = User.objects.get().password
    capsys.readouterr()

    call_command("ensure_staff")

    assert User.objects.get().password == before
    assert capsys.readouterr().out == ""


def test_where_somebody_can_sign_in_already_nobody_is_added():
    User.objects.create_user("officer", is_staff=True)

    call_command("ensure_staff")

    assert User.objects.get().username == "officer"


def test_the_account_is_journalled_without_its_password(capsys):
    call_command("ensure_staff")

    entry = Entry.objects.get(stream="secretariat")
    password = re.search(r"password (\S{20})", capsys.readouterr().out).group(1)
    assert entry.act == "account made"
    assert password not in repr(vars(entry)) + repr(vars(entry.payload))
