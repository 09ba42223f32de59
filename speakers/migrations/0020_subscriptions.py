"""Calendars to which people subscribe.  R-30"""

from django.db import migrations, models

import speakers.models.subscription


class Migration(migrations.Migration):
    dependencies = [("speakers", "0019_how_a_statement_is_delivered")]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=254, unique=True, verbose_name="e-mail")),
                (
                    "key",
                    models.CharField(default=speakers.models.subscription.new_key, max_length=16, unique=True),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
            ],
            options={
                "verbose_name": "subscription to a calendar",
                "verbose_name_plural": "subscriptions to a calendar",
            },
        ),
    ]
