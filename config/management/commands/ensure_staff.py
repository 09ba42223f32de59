from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.crypto import get_random_string

import clock
from journal.actors import SYSTEM
from journal.recording import record

NAME = "secretariat"


class Command(BaseCommand):
    help = "Creates a first account and prints its password, once, if no account can sign in at /secretariat/ yet."

    def handle(self, **_options: Any) -> None:
        if User.objects.filter(is_staff=True).exists():
            return
        password = get_random_string(20)
        with transaction.atomic():
            self._make(password)
            self.stdout.write(f"  Staff      user {NAME}, password {password}")
            self.stdout.write("             (shown only now; if it is lost: manage.py changepassword secretariat)")

    def _make(self, password):
        """Store the account and journal it, never the password.  R-58"""
        user = User.objects.create_superuser(NAME, password=password)
        user.groups.set(Group.objects.filter(name="Secretariat lead"))
        record("account made", stream="secretariat", subject=f"user/{user.pk}", by=SYSTEM, at=clock.now())
