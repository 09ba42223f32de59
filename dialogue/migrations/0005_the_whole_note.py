"""The letter whole, the note in sections, and documents that are files. The purpose of a meeting becomes a section."""

import django.db.models.deletion
import i18nfield.fields
from django.db import migrations, models

HEADING = {"en": "Purpose"}
LETTER = {
    "letter_from": "letter from",
    "letter_salutation": "salutation",
    "letter_closing": "closing of the letter",
    "letter_signature": "signature",
}


def to_sections(apps, _schema_editor):
    Meeting, Section = apps.get_model("dialogue", "Meeting"), apps.get_model("dialogue", "Section")
    for meeting in Meeting.objects.all():
        if str(meeting.purpose):
            Section.objects.create(meeting=meeting, heading=HEADING, text=meeting.purpose, position=10)


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0004_which_list_is_heard")]

    operations = [
        *[
            migrations.AddField(
                model_name="meeting", name=name, field=i18nfield.fields.I18nCharField(blank=True, verbose_name=words)
            )
            for name, words in LETTER.items()
        ],
        migrations.AddField(
            model_name="meeting",
            name="letter_addressees",
            field=i18nfield.fields.I18nTextField(blank=True, verbose_name="addressees"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="letter_dated_on",
            field=models.DateField(blank=True, null=True, verbose_name="date of the letter"),
        ),
        migrations.AddField(
            model_name="document",
            name="is_enclosure",
            field=models.BooleanField(default=False, verbose_name="enclosed with the letter"),
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="dialogue.document",
                        verbose_name="document",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content", models.BinaryField(verbose_name="file")),
            ],
            options={"verbose_name": "file of a document", "verbose_name_plural": "files of documents"},
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heading", i18nfield.fields.I18nCharField(verbose_name="heading")),
                ("text", i18nfield.fields.I18nTextField(verbose_name="text")),
                (
                    "footnotes",
                    i18nfield.fields.I18nTextField(
                        blank=True,
                        help_text="One on each line. In the text, [^1] points to the first, [^2] to the second.",
                        verbose_name="footnotes",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "section of the note",
                "verbose_name_plural": "sections of the note",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.RunPython(to_sections, migrations.RunPython.noop),
    ]
