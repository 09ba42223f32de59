"""Every table of this app, and the database's own refusal to change a published revision.  R-28"""

import uuid

import django.db.models.deletion
import i18nfield.fields
import phonenumber_field.modelfields
from django.db import migrations, models

import clock.reading
from speakers import protection


def protect(apps, schema_editor):
    protection.REVISIONS.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.REVISIONS.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("speakers", "0001_initial"),
        ("speakers", "0002_groups_of_staff"),
        ("speakers", "0003_an_entry_is_called"),
        ("speakers", "0004_draws_and_swaps"),
        ("speakers", "0005_staff_see_draws_and_swaps"),
        ("speakers", "0006_published_revisions"),
        ("speakers", "0007_who_publishes"),
        ("speakers", "0008_who_edits_mail_texts"),
        ("speakers", "0009_who_sees_programme_versions"),
        ("speakers", "0010_late_requests_and_extensions"),
        ("speakers", "0011_staff_decide_on_late_requests"),
        ("speakers", "0012_languages_of_mail_and_absences"),
        ("speakers", "0013_focal_points_on_record_since"),
        ("speakers", "0014_a_pin_stays_at_the_end"),
    ]

    dependencies = [
        ("dialogue", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        help_text="ISO 3166 alpha-3, or our own.", max_length=12, unique=True, verbose_name="code"
                    ),
                ),
                ("m49", models.CharField(blank=True, max_length=3, verbose_name="M49 code")),
                ("iso2", models.CharField(blank=True, max_length=2, verbose_name="ISO alpha-2")),
                ("short_name", i18nfield.fields.I18nCharField(verbose_name="short name")),
                ("formal_name", i18nfield.fields.I18nCharField(verbose_name="formal name")),
                (
                    "sort_name",
                    models.CharField(db_index=True, max_length=200, verbose_name="name for sorting and search"),
                ),
                (
                    "regional_group",
                    models.CharField(
                        choices=[
                            ("african", "African States"),
                            ("asia_pacific", "Asia-Pacific States"),
                            ("eastern_european", "Eastern European States"),
                            ("latin_american", "Latin American and Caribbean States"),
                            ("western_european", "Western European and other States"),
                            ("none", "no regional group"),
                        ],
                        default="none",
                        max_length=20,
                        verbose_name="regional group",
                    ),
                ),
                (
                    "mail_language",
                    models.CharField(
                        choices=[
                            ("ar", "العربية"),
                            ("zh-hans", "中文"),
                            ("en", "English"),
                            ("fr", "Français"),
                            ("ru", "Русский"),
                            ("es", "Español"),
                        ],
                        default="en",
                        help_text="Mail is written in it where there is a text in it; see the texts of mail.",
                        max_length=10,
                        verbose_name="language of mail",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
            ],
            options={
                "verbose_name": "delegation",
                "verbose_name_plural": "delegations",
                "ordering": ["sort_name"],
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, unique=True, verbose_name="code")),
                ("label", i18nfield.fields.I18nCharField(verbose_name="label")),
                ("precedence_class", models.PositiveSmallIntegerField(verbose_name="class")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "level of representation",
                "verbose_name_plural": "levels of representation",
                "ordering": ["position", "code"],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.CharField(db_index=True, max_length=254, verbose_name="e-mail")),
                ("code_hash", models.CharField(max_length=64)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("network", models.CharField(blank=True, max_length=45)),
                ("created_at", models.DateTimeField(db_index=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("failed_attempts", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "sign-in",
                "verbose_name_plural": "sign-ins",
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField(verbose_name="until")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("granted_at", models.DateTimeField(verbose_name="granted at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="speakers.delegation",
                        verbose_name="delegation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "personal extension",
                "verbose_name_plural": "personal extensions",
                "ordering": ["meeting", "-granted_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("meeting", "delegation"),
                        name="a_delegation_has_one_extension_of_a_list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="an_extension_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FocalPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("normalised_email", models.CharField(editable=False, max_length=254)),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "on_record_since",
                    models.DateTimeField(default=clock.reading.now, editable=False, verbose_name="on record since"),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="focal_points",
                        to="speakers.delegation",
                        verbose_name="delegation",
                    ),
                ),
            ],
            options={
                "verbose_name": "focal point",
                "verbose_name_plural": "focal points",
                "ordering": ["delegation", "email"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("delegation", "normalised_email"),
                        name="an_address_is_a_focal_point_of_a_delegation_once",
                        violation_error_message="This address is already a focal point of the delegation.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Inscription",
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
                (
                    "preferred_sitting",
                    models.CharField(
                        blank=True,
                        choices=[("", "no preference"), ("morning", "morning"), ("afternoon", "afternoon")],
                        max_length=12,
                        verbose_name="preferred sitting",
                    ),
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("group_key", models.CharField(blank=True, editable=False, max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unverified", "unverified"),
                            ("standing", "standing"),
                            ("withdrawn", "withdrawn"),
                            ("refused", "refused"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("receipt_no", models.PositiveIntegerField(editable=False, verbose_name="receipt number")),
                ("arrived_at", models.DateTimeField(editable=False, verbose_name="arrived at")),
                ("recorded_at", models.DateTimeField(editable=False, verbose_name="recorded at")),
                ("class_seq", models.PositiveIntegerField(editable=False)),
                ("class_move", models.PositiveIntegerField(default=0, editable=False)),
                ("lot", models.CharField(blank=True, editable=False, max_length=64, verbose_name="lot")),
                ("class_by_swap", models.PositiveSmallIntegerField(editable=False, null=True)),
                ("is_late", models.BooleanField(default=False, editable=False, verbose_name="late")),
                ("filed_by_email", models.CharField(editable=False, max_length=254, verbose_name="filed from")),
                ("idempotency_key", models.CharField(editable=False, max_length=64)),
                ("content_digest", models.CharField(editable=False, max_length=64)),
                ("witness", models.CharField(blank=True, editable=False, max_length=64, verbose_name="witness")),
                (
                    "is_pinned_last",
                    models.BooleanField(default=False, editable=False, verbose_name="pinned to the end"),
                ),
                (
                    "pin_reason",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason of the pin"),
                ),
                ("called_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="called at")),
                (
                    "absent_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="noted absent at"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn or refused at"),
                ),
                (
                    "ended_by",
                    models.CharField(
                        blank=True, editable=False, max_length=254, verbose_name="withdrawn or refused by"
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inscriptions",
                        to="speakers.delegation",
                        verbose_name="delegation",
                    ),
                ),
                (
                    "extension",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="speakers.extension",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inscriptions",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "pinned_before",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="speakers.inscription",
                        verbose_name="pinned before",
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
            ],
            options={
                "verbose_name": "inscription",
                "verbose_name_plural": "list of speakers",
                "ordering": ["meeting", "receipt_no"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "receipt_no"), name="a_receipt_number_is_given_once"),
                    models.UniqueConstraint(fields=("meeting", "idempotency_key"), name="a_form_is_recorded_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("capacity", "national"), ("state", "standing")),
                        fields=("meeting", "delegation"),
                        name="one_standing_national_entry_per_delegation",
                        violation_error_message="This delegation is already inscribed in its national capacity.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("capacity", "group"), ("state", "standing")),
                        fields=("meeting", "group_key"),
                        name="one_standing_entry_per_group",
                        violation_error_message="This group is already on the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("capacity", "group"), ("group_key__gt", "")),
                            models.Q(("capacity", "national"), ("group_key", ""), ("group_name", "")),
                            _connector="OR",
                        ),
                        name="a_group_entry_names_its_group_and_no_other_does",
                        violation_error_message="An entry on behalf of a group needs the name of the group.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("receipt_no__gte", 1)), name="receipt_numbers_start_at_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__gte", models.F("arrived_at"))),
                        name="an_entry_is_recorded_after_it_arrived",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", ""), ("state__in", ["standing", "unverified"])),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["withdrawn", "refused"]),
                                models.Q(("ended_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_ended_entry_says_when_and_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("called_at", None), ("state", "standing"), _connector="OR"),
                        name="only_a_standing_entry_is_called",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_pinned_last", False), ("pinned_before", None)),
                            models.Q(("pin_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_pin_has_a_reason",
                        violation_error_message="A pin needs a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pinned_before", None), ("is_pinned_last", False), _connector="OR"),
                        name="a_pin_is_before_another_or_to_the_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LateRequest",
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
                (
                    "preferred_sitting",
                    models.CharField(
                        blank=True,
                        choices=[("", "no preference"), ("morning", "morning"), ("afternoon", "afternoon")],
                        max_length=12,
                        verbose_name="preferred sitting",
                    ),
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the secretariat"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "taken back"),
                        ],
                        default="waiting",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("is_on_record", models.BooleanField(editable=False, verbose_name="filed by a focal point on record")),
                ("filed_by_email", models.CharField(editable=False, max_length=254, verbose_name="filed from")),
                ("arrived_at", models.DateTimeField(editable=False, verbose_name="arrived at")),
                ("idempotency_key", models.CharField(editable=False, max_length=64)),
                ("content_digest", models.CharField(editable=False, max_length=64)),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                ("answer", models.CharField(blank=True, editable=False, max_length=1000, verbose_name="answer")),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_requests",
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
                        related_name="late_request",
                        to="speakers.inscription",
                        verbose_name="entry",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_requests",
                        to="dialogue.meeting",
                        verbose_name="meeting",
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
            ],
            options={
                "verbose_name": "late request",
                "verbose_name_plural": "late requests",
                "ordering": ["meeting", "arrived_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "idempotency_key"), name="a_late_request_is_recorded_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_decided_late_request_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("inscription__isnull", False), ("state", "accepted")),
                            models.Q(models.Q(("state", "accepted"), _negated=True), ("inscription__isnull", True)),
                            _connector="OR",
                        ),
                        name="an_accepted_late_request_and_no_other_has_an_entry",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_declined_late_request_has_an_answer",
                        violation_error_message="A request is declined with a text.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[("established", "established list"), ("published", "published revision")],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("as_at", models.DateTimeField(verbose_name="as at")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("content", models.TextField(verbose_name="content")),
                ("previous_sha256", models.CharField(blank=True, max_length=64)),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["meeting", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="a_revision_number_is_given_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", 1), ("previous_sha256", "")),
                            models.Q(("number__gt", 1), models.Q(("previous_sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="only_the_first_revision_follows_none",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SwapProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for the other delegation"),
                            ("accepted", "waits for the secretariat"),
                            ("effective", "in effect"),
                            ("declined", "declined"),
                            ("cancelled", "taken back"),
                            ("refused", "not approved"),
                            ("expired", "expired"),
                        ],
                        default="proposed",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="proposed at")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="swaps",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="speakers.inscription",
                        verbose_name="proposed to",
                    ),
                ),
                (
                    "proposer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="speakers.inscription",
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "swap",
                "verbose_name_plural": "swaps",
                "ordering": ["-proposed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("proposer", models.F("partner")), _negated=True),
                        name="nobody_swaps_with_itself",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "accepted"])),
                        fields=("proposer",),
                        name="an_entry_proposes_one_swap_at_a_time",
                        violation_error_message="This entry has proposed another swap already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("state__in", ["proposed", "accepted"])),
                            models.Q(
                                models.Q(("state__in", ["proposed", "accepted"]), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_swap_that_ended_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "effective"]), _negated=True),
                            ("accepted_at__isnull", False),
                            _connector="OR",
                        ),
                        name="a_swap_takes_effect_only_when_accepted",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="inscription",
            name="swapped_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="speakers.swapproposal",
            ),
        ),
        migrations.CreateModel(
            name="DelegationPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("member_state", "Member State"),
                            ("observer_state", "observer State"),
                            ("observer", "observer"),
                            ("regional_organization", "regional organization"),
                            ("organization", "organization"),
                            ("un_system", "United Nations system"),
                            ("civil_society", "civil society organization"),
                        ],
                        max_length=24,
                        verbose_name="category",
                    ),
                ),
                (
                    "band",
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
                        verbose_name="band",
                    ),
                ),
                (
                    "speaks_for_groups",
                    models.BooleanField(default=False, verbose_name="may speak on behalf of a group"),
                ),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        help_text="The resolution or rule it rests on.",
                        max_length=120,
                        verbose_name="ground",
                    ),
                ),
                (
                    "delegation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="speakers.delegation",
                        verbose_name="delegation",
                    ),
                ),
            ],
            options={
                "verbose_name": "dated place",
                "verbose_name_plural": "dated places",
                "ordering": ["delegation", models.OrderBy(models.F("from_on"), nulls_first=True)],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on", None), ("to_on", None), ("from_on__lte", models.F("to_on")), _connector="OR"
                        ),
                        name="a_place_begins_before_it_ends",
                        violation_error_message="A place must begin before it ends.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on", None)),
                        fields=("delegation",),
                        name="a_delegation_has_one_place_without_end",
                        violation_error_message="This delegation has another place without an end.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("lots", "Lots"), ("opening_window", "Opening Window")],
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                ("window", models.DurationField(blank=True, null=True, verbose_name="window")),
                ("nonce", models.CharField(blank=True, editable=False, max_length=64)),
                ("commitment", models.CharField(blank=True, max_length=64, verbose_name="commitment")),
                ("committed_at", models.DateTimeField(blank=True, null=True, verbose_name="committed at")),
                (
                    "beacon_announced",
                    models.CharField(blank=True, max_length=300, verbose_name="which public value was announced"),
                ),
                ("beacon", models.CharField(blank=True, max_length=300, verbose_name="public value")),
                ("beacon_source", models.CharField(blank=True, max_length=300, verbose_name="where it can be read")),
                (
                    "beacon_entered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="public value entered at"),
                ),
                ("secret", models.CharField(blank=True, max_length=64, verbose_name="secret")),
                ("seed", models.CharField(blank=True, max_length=64, verbose_name="seed")),
                ("drawn_at", models.DateTimeField(blank=True, null=True, verbose_name="drawn at")),
                ("receipts", models.JSONField(blank=True, default=list, verbose_name="receipts drawn")),
                ("delegations", models.JSONField(blank=True, default=list, verbose_name="delegations drawn")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "draw",
                "verbose_name_plural": "draws",
                "ordering": ["meeting", "kind"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "kind"), name="a_meeting_draws_once_of_a_kind"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("commitment", ""), ("committed_at", None), ("kind", "lots"), ("window", None)),
                            models.Q(
                                ("committed_at__isnull", False),
                                ("kind", "opening_window"),
                                ("window__isnull", False),
                                models.Q(("commitment", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="only_a_draw_at_the_opening_commits_and_has_a_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drawn_at", None), ("secret", ""), ("seed", "")),
                            models.Q(("drawn_at__isnull", False), models.Q(("seed", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="what_is_drawn_has_a_seed_and_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("beacon", ""), ("beacon_entered_at", None), ("beacon_source", "")),
                            models.Q(
                                ("beacon_entered_at__isnull", False),
                                models.Q(("beacon", ""), _negated=True),
                                models.Q(("beacon_source", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_beacon_has_a_source_and_a_moment",
                    ),
                ],
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
