"""Django's own `migrate`, which waits for a lock as long as it takes, and keeps everyone waiting behind it."""

import django
from django.core.management import call_command
from django.core.management.commands.migrate import Command
from django.db import connection

if __name__ == "__main__":
    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")
    call_command(Command(), verbosity=0)
