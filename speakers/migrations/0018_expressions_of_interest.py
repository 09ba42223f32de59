"""Lists whose seats are given by selection, and the expressions of interest in them.  R-62"""

import uuid

import django.core.validators
import django.db.models.deletion
import i18nfield.fields
import phonenumber_field.modelfields
from django.db import migrations, models

import speakers.models.speakers_list


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0017_fixed_to_a_sitting"),
    ]

    operations = [
        migrations.AddField(
            model_name="speakerslist",
            name="seats_by_selection",
            field=models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="For a round table: delegations express their interest until the deadline, and you give so many seats. With 0 there is no selection: they inscribe.",
                validators=[django.core.validators.MaxValueValidator(1000)],
                verbose_name="seats given by selection",
            ),
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "capacity",
                    models.CharField(
                        choices=[("national", "national capacity"), ("group", "on behalf of a group")],
                        default="national",
                        max_length=10,
                        verbose_name="capacity",
                    ),
                ),
                ("group_name", models.CharField(blank=True, max_length=160, verbose_name="group")),
                (
                    "group_size",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="number of members of the group"
                    ),
                ),
                ("group_members", models.TextField(blank=True, max_length=3000, verbose_name="members of the group")),
                ("speaker_prefix", models.CharField(blank=True, max_length=40, verbose_name="form of address")),
                (
                    "speaker_name",
                    models.CharField(blank=True, max_length=160, verbose_name="full name as to be announced"),
                ),
                ("speaker_title", models.CharField(blank=True, max_length=200, verbose_name="functional title")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("ru", "Russian"),
                            ("es", "Spanish"),
                            ("other", "other, with interpretation provided by the delegation"),
                        ],
                        default="en",
                        max_length=5,
                        verbose_name="language of delivery",
                    ),
                ),
                ("other_language", models.CharField(blank=True, max_length=60, verbose_name="which other language")),
                ("preferred_sitting", models.CharField(blank=True, max_length=24, verbose_name="preferred sitting")),
                ("is_by_video", models.BooleanField(default=False, verbose_name="recorded video")),
                (
                    "video_link",
                    models.URLField(
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
                ("presenter_name", models.CharField(blank=True, max_length=160, verbose_name="presented by")),
                (
                    "presenter_title",
                    models.CharField(blank=True, max_length=200, verbose_name="functional title of the presenter"),
                ),
                ("contact_name", models.CharField(max_length=120, verbose_name="contact name")),
                ("contact_email", models.EmailField(max_length=254, verbose_name="contact e-mail")),
                (
                    "contact_telephone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="contact telephone"
                    ),
                ),
                ("copies", models.JSONField(blank=True, default=list, verbose_name="copies to")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note to the secretariat")),
                (
                    "delegation_name",
                    i18nfield.fields.I18nCharField(
                        blank=True, default="", editable=False, verbose_name="short name on the list"
                    ),
                ),
                (
                    "delegation_in_full",
                    i18nfield.fields.I18nCharField(
                        blank=True, default="", editable=False, verbose_name="formal name on the list"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("expressed", "awaits the selection"),
                            ("selected", "selected"),
                            ("not_selected", "informed that no seat can be given"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="expressed",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("filed_by_email", models.CharField(editable=False, max_length=254, verbose_name="filed from")),
                ("expressed_at", models.DateTimeField(editable=False, verbose_name="expressed at")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided or withdrawn at"),
                ),
                ("idempotency_key", models.CharField(editable=False, max_length=64)),
                ("content_digest", models.CharField(editable=False, max_length=64)),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="speakers.delegation",
                        verbose_name="delegation",
                    ),
                ),
                (
                    "inscription",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interest",
                        to="speakers.inscription",
                        verbose_name="entry",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="speakers.level",
                        verbose_name="level of representation",
                    ),
                ),
                (
                    "second_choice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests_as_second",
                        to="speakers.speakerslist",
                        verbose_name="second choice",
                    ),
                ),
                (
                    "speakers_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="speakers.speakerslist",
                        verbose_name="first choice",
                    ),
                ),
            ],
            options={
                "verbose_name": "expression of interest",
                "verbose_name_plural": "expressions of interest",
                "ordering": ["speakers_list", "expressed_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("speakers_list", "idempotency_key"), name="an_expression_of_interest_is_recorded_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["expressed", "not_selected"])),
                        fields=("speakers_list", "delegation"),
                        name="a_delegation_expresses_interest_in_a_list_once",
                        violation_error_message="This delegation has already expressed its interest.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_choice", None),
                            models.Q(("second_choice", models.F("speakers_list")), _negated=True),
                            _connector="OR",
                        ),
                        name="the_second_choice_is_not_the_first",
                        violation_error_message="The second choice is another list than the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity", "national"), ("group_name", ""), ("is_by_video", False)),
                        name="interest_is_expressed_in_national_capacity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "expressed")),
                            models.Q(models.Q(("state", "expressed"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_decided_expression_of_interest_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("inscription__isnull", False), ("state", "selected")),
                            models.Q(models.Q(("state", "selected"), _negated=True), ("inscription__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_selected_expression_of_interest_and_no_other_has_an_entry",
                    ),
                ],
            },
            bases=(speakers.models.speakers_list.OfAList, models.Model),
        ),
    ]
