"""A short code for each voucher that was issued without one; scans are protected as before.  R-55 R-75"""

import secrets

from django.db import migrations

from registration import protection

ALPHABET = "34679CDEFGHJKNPRTVX"


def give(apps, schema_editor):
    vouchers = apps.get_model("registration", "Voucher").objects
    taken = set(vouchers.values_list("short_code", flat=True))
    for pk in vouchers.filter(short_code="", revoked_at=None).values_list("pk", flat=True).iterator():
        while (code := "".join(secrets.choice(ALPHABET) for _number in range(8))) in taken:
            pass
        taken.add(code)
        vouchers.filter(pk=pk).update(short_code=code)


def protect(apps, schema_editor):
    """SQLite lost the triggers when the table of scans was altered."""
    protection.SCANS.protect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("registration", "0005_names_and_short_codes")]

    beside_the_last_release = {
        "give": "It does not read the column.",
        "protect": "The triggers are those that it knows.",
    }

    operations = [
        migrations.RunPython(protect, migrations.RunPython.noop),
        migrations.RunPython(give, migrations.RunPython.noop),
    ]
