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


def test_a_second_run_creates_and_prints_nothing(capsys):
    call_command("ensure_staff")
    before = User.objects.get().password
    capsys.readouterr()

    call_command("ensure_staff")

    assert User.objects.get().password == before
    assert capsys.readouterr().out == ""


def test_no_account_is_added_if_one_can_already_sign_in():
    User.objects.create_user("officer", is_staff=True)

    call_command("ensure_staff")

    assert User.objects.get().username == "officer"


def test_the_account_is_journalled_without_its_password(capsys):
    call_command("ensure_staff")

    entry = Entry.objects.get(stream="secretariat")
    password = re.search(r"password (\S{20})", capsys.readouterr().out).group(1)
    assert entry.act == "account made"
    assert password not in repr(vars(entry)) + repr(vars(entry.payload))
