"""The languages that were chosen under an address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Choice",
            fields=[
                ("address", models.CharField(max_length=254, primary_key=True, serialize=False, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "العربية"),
                            ("zh-hans", "中文"),
                            ("en", "English"),
                            ("fr", "Français"),
                            ("ru", "Русский"),
                            ("es", "Español"),
                        ],
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("used_at", models.DateTimeField(db_index=True, verbose_name="last used at")),
            ],
            options={
                "verbose_name": "chosen language",
                "verbose_name_plural": "chosen languages",
                "default_permissions": (),
            },
        ),
    ]
