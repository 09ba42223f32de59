"""Vouchers are found by the digest of their code, so that no device has to keep the code itself.  R-54"""

import hashlib

from django.db import migrations, models


def digest(apps, schema_editor):
    for voucher in apps.get_model("registration", "Voucher").objects.only("code").iterator():
        voucher.code_digest = hashlib.sha256(voucher.code.encode()).hexdigest()
        voucher.save(update_fields=["code_digest"])


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0011_who_works_at_the_door"),
    ]

    operations = [
        migrations.AlterField(
            model_name="voucher",
            name="code",
            field=models.CharField(editable=False, max_length=64, unique=True, verbose_name="code"),
        ),
        migrations.AddField(
            model_name="voucher",
            name="code_digest",
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(digest, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="voucher",
            name="code_digest",
            field=models.CharField(editable=False, max_length=64, unique=True),
        ),
    ]
