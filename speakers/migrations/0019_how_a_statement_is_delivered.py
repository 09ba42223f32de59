"""How a statement is delivered: the mark of its text, and a passage in another language.  R-73"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0007_ends_and_places_of_slots"),
        ("speakers", "0018_expressions_of_interest"),
    ]

    operations = [
        migrations.AddField(
            model_name="inscription",
            name="passage_language",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ar", "Arabic"),
                    ("zh", "Chinese"),
                    ("en", "English"),
                    ("fr", "French"),
                    ("ru", "Russian"),
                    ("es", "Spanish"),
                    ("other", "other, with interpretation provided by the delegation"),
                ],
                db_default="",
                default="",
                max_length=5,
                verbose_name="a passage in another language",
            ),
        ),
        migrations.AddField(
            model_name="inscription",
            name="passage_page",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="page of that passage"),
        ),
        migrations.AddField(
            model_name="inscription",
            name="text_mark",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not said"),
                    ("as_it_stands", "to be read out as it stands"),
                    ("check", "check against delivery"),
                ],
                db_default="",
                default="",
                max_length=12,
                verbose_name="mark of the text",
            ),
        ),
        migrations.AddConstraint(
            model_name="inscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("passage_page", None), models.Q(("passage_language", ""), _negated=True), _connector="OR"
                ),
                name="the_page_of_a_passage_needs_its_language",
                violation_error_message="Choose the language of the passage, too.",
            ),
        ),
    ]
