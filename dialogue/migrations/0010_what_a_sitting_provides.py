"""A sitting says into which sign language it is interpreted, and in which languages it has captions."""

import i18nfield.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0009_two_sittings_at_once")]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="sign_language",
            field=i18nfield.fields.I18nCharField(
                blank=True,
                db_default="",
                default="",
                help_text="Into which the sitting is interpreted, such as “International Sign”. Empty if into none.",
                verbose_name="sign language",
            ),
        ),
        migrations.AddField(
            model_name="sitting",
            name="captions",
            field=i18nfield.fields.I18nCharField(
                blank=True,
                db_default="",
                default="",
                help_text="The languages in which speech is shown as text, such as “English, French”. Empty if in none.",
                verbose_name="captions",
            ),
        ),
    ]
