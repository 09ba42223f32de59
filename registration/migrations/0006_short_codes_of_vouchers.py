"""A short code for each voucher that was issued without one.  R-75"""

import secrets

from django.db import migrations

ALPHABET = "34679CDEFGHJKNPRTVX"


def give(apps, schema_editor):
    vouchers = apps.get_model("registration", "Voucher").objects
    taken = set(vouchers.values_list("short_code", flat=True))
    for pk in vouchers.filter(short_code="", revoked_at=None).values_list("pk", flat=True).iterator():
        while (code := "".join(secrets.choice(ALPHABET) for _number in range(8))) in taken:
            pass
        taken.add(code)
        vouchers.filter(pk=pk).update(short_code=code)


class Migration(migrations.Migration):
    dependencies = [("registration", "0005_names_and_short_codes")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
