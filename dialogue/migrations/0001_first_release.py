"""Every table of this app, and the database's own refusal to change a released programme.  R-31"""

import datetime

import django.core.validators
import django.db.models.deletion
import i18nfield.fields
import phonenumber_field.modelfields
from django.db import migrations, models

import dialogue.models.meeting
from dialogue import protection


def protect(apps, schema_editor):
    protection.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("dialogue", "0001_initial"),
        ("dialogue", "0002_swaps_and_draws"),
        ("dialogue", "0003_mail_texts"),
        ("dialogue", "0004_programme_versions"),
        ("dialogue", "0005_personal_data_is_kept_for_days"),
        ("dialogue", "0006_mail_texts_in_each_language"),
        ("dialogue", "0007_a_rehearsal_holds_its_mail"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="short name in addresses")),
                ("title", i18nfield.fields.I18nCharField(verbose_name="title")),
                ("theme", i18nfield.fields.I18nCharField(blank=True, verbose_name="theme")),
                ("convened_by", i18nfield.fields.I18nCharField(blank=True, verbose_name="convened by")),
                ("invitation", i18nfield.fields.I18nTextField(blank=True, verbose_name="invitation")),
                ("purpose", i18nfield.fields.I18nTextField(blank=True, verbose_name="purpose")),
                ("venue", i18nfield.fields.I18nCharField(verbose_name="place")),
                (
                    "time_zone",
                    models.CharField(
                        default="America/New_York",
                        max_length=60,
                        validators=[dialogue.models.meeting.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                ("floor_opens_at", models.DateTimeField(blank=True, null=True, verbose_name="floor opens at")),
                ("inscription_opens_at", models.DateTimeField(verbose_name="inscription opens at")),
                ("inscription_closes_at", models.DateTimeField(verbose_name="inscription closes at")),
                (
                    "list_closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="list closed at"),
                ),
                (
                    "policy",
                    models.CharField(
                        choices=[
                            ("customary_protocol", "customary protocol"),
                            ("receipt_only", "order of receipt only"),
                            ("lots", "lots drawn within each class"),
                            ("opening_window", "draw among those received at the opening"),
                        ],
                        default="customary_protocol",
                        max_length=30,
                        verbose_name="order",
                    ),
                ),
                (
                    "level_before_band",
                    models.BooleanField(
                        default=False,
                        help_text="For high-level meetings: class before band inside bands 10 to 20.",
                        verbose_name="level before band",
                    ),
                ),
                (
                    "swaps_need_approval",
                    models.BooleanField(
                        default=True,
                        help_text="If not, a swap of equals takes effect when the other delegation accepts it.",
                        verbose_name="swaps need the approval of the secretariat",
                    ),
                ),
                (
                    "national_limit",
                    models.DurationField(
                        default=datetime.timedelta(seconds=180), verbose_name="limit, national capacity"
                    ),
                ),
                (
                    "group_limit",
                    models.DurationField(
                        default=datetime.timedelta(seconds=180), verbose_name="limit, on behalf of a group"
                    ),
                ),
                (
                    "civil_society_limit",
                    models.DurationField(default=datetime.timedelta(seconds=180), verbose_name="limit, civil society"),
                ),
                (
                    "shows_speaker_names",
                    models.BooleanField(default=False, verbose_name="public list shows the speakers’ names"),
                ),
                ("is_published", models.BooleanField(default=False, verbose_name="published")),
                ("is_rehearsal", models.BooleanField(default=False, verbose_name="rehearsal")),
                (
                    "rehearsal_mail_goes_out",
                    models.BooleanField(default=False, editable=False, verbose_name="mail of the rehearsal goes out"),
                ),
                (
                    "personal_data_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="Days after the end of the meeting. Then all personal data are erased; counts stay.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="personal data kept for",
                    ),
                ),
                (
                    "declined_data_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Days after the end of the meeting, for requests for tickets that were declined.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="data of those declined kept for",
                    ),
                ),
                (
                    "personal_data_erased_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="personal data erased at"),
                ),
                (
                    "clock_shift",
                    models.DurationField(default=datetime.timedelta(0), editable=False, verbose_name="clock shift"),
                ),
                (
                    "last_receipt_no",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="last receipt number"),
                ),
                (
                    "last_class_move",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="last move between classes"),
                ),
                (
                    "last_recorded_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last recorded at"),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["-starts_at", "slug"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="a_meeting_starts_before_it_ends",
                        violation_error_message="The meeting must start before it ends.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("inscription_opens_at__lt", models.F("inscription_closes_at"))),
                        name="inscription_opens_before_it_closes",
                        violation_error_message="Inscription must open before it closes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("inscription_closes_at__lt", models.F("starts_at"))),
                        name="inscription_closes_before_the_meeting_starts",
                        violation_error_message="The deadline must be before the meeting starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("floor_opens_at", None),
                            models.Q(
                                ("floor_opens_at__gte", models.F("starts_at")),
                                ("floor_opens_at__lt", models.F("ends_at")),
                            ),
                            _connector="OR",
                        ),
                        name="the_floor_opens_during_the_meeting",
                        violation_error_message="The floor must open while the meeting is held.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declined_data_days__gte", 1), ("declined_data_days__lte", models.F("personal_data_days"))
                        ),
                        name="the_declined_are_forgotten_no_later_than_the_others",
                        violation_error_message="Those declined must not be kept for longer than the others.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_rehearsal", True), ("clock_shift", datetime.timedelta(0)), _connector="OR"
                        ),
                        name="only_a_rehearsal_shifts_its_clock",
                        violation_error_message="Only a rehearsal may have its clock shifted.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "symbol",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(A|S|E|ST)(/[A-Za-z0-9.\\-()]+)+(–(A|S|E|ST)(/[A-Za-z0-9.\\-()]+)+)*$",
                                "Write a symbol such as A/RES/60/1 or A/70/999–S/2016/620.",
                            )
                        ],
                        verbose_name="symbol",
                    ),
                ),
                ("title", i18nfield.fields.I18nCharField(verbose_name="title")),
                ("link", models.URLField(blank=True, verbose_name="link")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("inscription", "inscription on the list of speakers"),
                            ("inscription_copy", "copy of inscriptions"),
                            ("civil_society", "civil society tickets"),
                        ],
                        max_length=20,
                        verbose_name="for",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("office", i18nfield.fields.I18nCharField(blank=True, verbose_name="office")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "telephone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="telephone"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeSlot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="starts at")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("heading", "heading"),
                            ("opening", "opening remarks"),
                            ("introduction", "introductory remarks"),
                            ("panel", "remarks by panellists"),
                            ("floor", "list of speakers"),
                            ("suspension", "suspension"),
                            ("resumption", "resumption"),
                            ("closing", "closing remarks"),
                            ("conclusion", "conclusion"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title", i18nfield.fields.I18nCharField(verbose_name="title")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slots",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme slot",
                "verbose_name_plural": "programme slots",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "position"), name="each_slot_has_its_own_position"),
                    models.UniqueConstraint(
                        condition=models.Q(("starts_at__isnull", False)),
                        fields=("meeting", "starts_at"),
                        name="no_two_slots_start_at_the_same_time",
                        violation_error_message="Another slot of this meeting starts at the same time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammePerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="name as printed")),
                ("role", i18nfield.fields.I18nCharField(blank=True, verbose_name="title as printed")),
                ("note", i18nfield.fields.I18nCharField(blank=True, verbose_name="note")),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="For notices of changes to this slot. It is never shown to the public.",
                        max_length=254,
                        verbose_name="e-mail",
                    ),
                ),
                ("is_moderator", models.BooleanField(default=False, verbose_name="moderator")),
                ("by_video", models.BooleanField(default=False, verbose_name="by video message")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="persons",
                        to="dialogue.programmeslot",
                        verbose_name="slot",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "persons",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[("provisional", "provisional"), ("revised", "revised"), ("final", "final")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=0, verbose_name="revision")),
                ("comment", models.CharField(max_length=300, verbose_name="comment")),
                ("released_at", models.DateTimeField(verbose_name="released at")),
                ("content", models.TextField(verbose_name="content")),
                ("previous_sha256", models.CharField(blank=True, max_length=64)),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme version",
                "verbose_name_plural": "programme versions",
                "ordering": ["meeting", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="a_programme_version_is_numbered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("morning", "morning"), ("afternoon", "afternoon"), ("evening", "evening")],
                        max_length=12,
                        verbose_name="part of the day",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("ends_at", models.DateTimeField(verbose_name="ends at")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sittings",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "sitting",
                "verbose_name_plural": "sittings",
                "ordering": ["starts_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("starts_at__lt", models.F("ends_at"))),
                        name="a_sitting_starts_before_it_ends",
                        violation_error_message="A sitting must start before it ends.",
                    ),
                    models.UniqueConstraint(
                        fields=("meeting", "starts_at"), name="one_sitting_of_a_meeting_starts_at_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("language", models.CharField(default="en", max_length=10, verbose_name="language")),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(max_length=6000, verbose_name="text")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_texts",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail text",
                "verbose_name_plural": "mail texts",
                "ordering": ["meeting", "kind", "language"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "kind", "language"),
                        name="a_meeting_has_one_text_of_its_own_per_kind_and_language",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Band",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("groups", "groups"),
                            ("member_states", "Member States"),
                            ("observer_states", "observer States"),
                            ("observers", "other observers and intergovernmental organizations"),
                            ("un_system", "United Nations system"),
                            ("civil_society", "civil society"),
                        ],
                        max_length=20,
                        verbose_name="who",
                    ),
                ),
                ("rank", models.PositiveSmallIntegerField(verbose_name="rank")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bands",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "band",
                "verbose_name_plural": "bands",
                "ordering": ["rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "code"), name="a_meeting_ranks_each_band_once"),
                    models.UniqueConstraint(fields=("meeting", "rank"), name="no_two_bands_of_a_meeting_share_a_rank"),
                ],
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
