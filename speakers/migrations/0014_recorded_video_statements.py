"""A statement may be a recorded video, with a link or held by the secretariat, and a presenter in the room."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0013_joint_statements"),
    ]

    operations = [
        migrations.AddField(
            model_name="inscription",
            name="is_by_video",
            field=models.BooleanField(default=False, verbose_name="recorded video"),
        ),
        migrations.AddField(
            model_name="inscription",
            name="presenter_name",
            field=models.CharField(blank=True, max_length=160, verbose_name="presented by"),
        ),
        migrations.AddField(
            model_name="inscription",
            name="presenter_title",
            field=models.CharField(blank=True, max_length=200, verbose_name="functional title of the presenter"),
        ),
        migrations.AddField(
            model_name="inscription",
            name="video_link",
            field=models.URLField(
                blank=True,
                max_length=500,
                validators=[
                    django.core.validators.URLValidator(
                        message="Write a complete link that begins with https://.", schemes=["https"]
                    )
                ],
                verbose_name="link to the recording",
            ),
        ),
        migrations.AddField(
            model_name="laterequest",
            name="is_by_video",
            field=models.BooleanField(default=False, verbose_name="recorded video"),
        ),
        migrations.AddField(
            model_name="laterequest",
            name="presenter_name",
            field=models.CharField(blank=True, max_length=160, verbose_name="presented by"),
        ),
        migrations.AddField(
            model_name="laterequest",
            name="presenter_title",
            field=models.CharField(blank=True, max_length=200, verbose_name="functional title of the presenter"),
        ),
        migrations.AddField(
            model_name="laterequest",
            name="video_link",
            field=models.URLField(
                blank=True,
                max_length=500,
                validators=[
                    django.core.validators.URLValidator(
                        message="Write a complete link that begins with https://.", schemes=["https"]
                    )
                ],
                verbose_name="link to the recording",
            ),
        ),
        migrations.AddField(
            model_name="speakerslist",
            name="takes_videos",
            field=models.BooleanField(
                default=False,
                help_text="The form then asks for one. If not, only the secretariat enters one.",
                verbose_name="takes recorded video statements",
            ),
        ),
        migrations.AddConstraint(
            model_name="inscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_by_video", True),
                    models.Q(("presenter_name", ""), ("presenter_title", ""), ("video_link", "")),
                    _connector="OR",
                ),
                name="only_a_recorded_statement_has_a_link_or_a_presenter",
                violation_error_message="Only a recorded video has a link or a presenter.",
            ),
        ),
        migrations.AddConstraint(
            model_name="inscription",
            constraint=models.CheckConstraint(
                condition=models.Q(("video_link", ""), ("video_link__startswith", "https://"), _connector="OR"),
                name="a_recording_is_linked_by_https",
                violation_error_message="Write a complete link that begins with https://.",
            ),
        ),
    ]
