"""Every table of this app, and the database's own refusal to change a frozen manifest.  R-52"""

import datetime
import uuid

import django.db.models.deletion
import i18nfield.fields
from django.db import migrations, models

from registration import protection


def protect(apps, schema_editor):
    protection.MANIFESTS.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.MANIFESTS.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("registration", "0001_initial"),
        ("registration", "0002_offers_by_themselves"),
        ("registration", "0003_group_of_the_office"),
        ("registration", "0007_manifests"),
        ("registration", "0008_who_freezes_manifests"),
        ("registration", "0009_vouchers_have_pages"),
        ("registration", "0010_scan"),
        ("registration", "0011_who_works_at_the_door"),
        ("registration", "0012_code_digests"),
        ("registration", "0013_untold_decisions"),
    ]

    dependencies = [
        ("dialogue", "0001_first_release"),
        ("outbox", "0001_first_release"),
        ("speakers", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True, verbose_name="date")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
            ],
            options={
                "verbose_name": "holiday",
                "verbose_name_plural": "holidays",
                "ordering": ["on"],
            },
        ),
        migrations.CreateModel(
            name="Manifest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("frozen_at", models.DateTimeField(verbose_name="frozen at")),
                ("added", models.PositiveIntegerField(verbose_name="names added")),
                ("withdrawn", models.PositiveIntegerField(verbose_name="names withdrawn")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="manifests",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "manifest",
                "verbose_name_plural": "manifests for security",
                "ordering": ["meeting", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("meeting", "number"), name="a_manifest_is_numbered_once"),
                    models.CheckConstraint(
                        condition=models.Q(("added__gt", 0), ("withdrawn__gt", 0), _connector="OR"),
                        name="a_manifest_names_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ManifestFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField(verbose_name="file")),
                ("frozen_by", models.CharField(max_length=254, verbose_name="frozen by")),
                (
                    "manifest",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file",
                        to="registration.manifest",
                        verbose_name="manifest",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a manifest",
                "verbose_name_plural": "files of manifests",
            },
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("key", models.CharField(editable=False, max_length=200)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        help_text="Where it is based; empty if it is based in no single State.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="speakers.delegation",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
                "ordering": ["key"],
                "constraints": [
                    models.UniqueConstraint(fields=("key", "country"), name="an_organization_stands_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("country", None)),
                        fields=("key",),
                        name="an_organization_of_no_state_stands_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "first_name",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="first name, as on the identity document"
                    ),
                ),
                ("last_name", models.CharField(max_length=100, verbose_name="last name, as on the identity document")),
                ("name_key", models.CharField(db_index=True, editable=False, max_length=201)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("normalised_email", models.CharField(db_index=True, editable=False, max_length=254)),
                ("has_grounds_pass", models.BooleanField(default=False, verbose_name="holds a grounds pass")),
                ("accessibility", models.CharField(blank=True, max_length=500, verbose_name="accessibility needs")),
                ("wishes_to_speak", models.BooleanField(default=False, verbose_name="wishes to speak")),
                ("topic", models.CharField(blank=True, max_length=200, verbose_name="topic")),
                ("outline", models.CharField(blank=True, max_length=600, verbose_name="outline")),
                (
                    "theme",
                    models.CharField(blank=True, editable=False, max_length=80, verbose_name="theme, as staff name it"),
                ),
                (
                    "statement_language",
                    models.CharField(
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
                        max_length=5,
                        verbose_name="language of the statement",
                    ),
                ),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("", "not stated"), ("woman", "woman"), ("man", "man"), ("other", "in another way")],
                        max_length=8,
                        verbose_name="gender, self-described",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "submitted, address not confirmed"),
                            ("confirmed", "received, under review"),
                            ("approved", "approved"),
                            ("waitlisted", "on the waiting list"),
                            ("declined", "declined"),
                            ("on_manifest", "on the manifest"),
                            ("collected", "ticket collected"),
                            ("handed_over", "ticket handed over"),
                            ("no_show", "did not come"),
                            ("cancelled", "cancelled"),
                            ("expired", "expired, address never confirmed"),
                        ],
                        default="submitted",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("state_since", models.DateTimeField(editable=False, verbose_name="in this state since")),
                ("holds_seat", models.BooleanField(default=False, editable=False, verbose_name="holds a seat")),
                ("asked_at", models.DateTimeField(editable=False, null=True, verbose_name="asked to confirm at")),
                ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="confirmed at")),
                ("turn", models.PositiveIntegerField(editable=False, null=True, verbose_name="turn")),
                ("offer_ends_at", models.DateTimeField(editable=False, null=True, verbose_name="seat offered until")),
                (
                    "lapsed_offers",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="offers not answered"),
                ),
                (
                    "told_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("submitted", "submitted, address not confirmed"),
                            ("confirmed", "received, under review"),
                            ("approved", "approved"),
                            ("waitlisted", "on the waiting list"),
                            ("declined", "declined"),
                            ("on_manifest", "on the manifest"),
                            ("collected", "ticket collected"),
                            ("handed_over", "ticket handed over"),
                            ("no_show", "did not come"),
                            ("cancelled", "cancelled"),
                            ("expired", "expired, address never confirmed"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="last told",
                    ),
                ),
                (
                    "selection",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not yet considered"),
                            ("short_listed", "short-listed"),
                            ("selected", "selected to speak"),
                            ("not_selected", "not selected"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="selection",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="outbox.message",
                        verbose_name="mail of the decision",
                    ),
                ),
                (
                    "inscription",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representative",
                        to="speakers.inscription",
                        verbose_name="entry on the list of speakers",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representatives",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "representative",
                "verbose_name_plural": "representatives",
                "ordering": ["meeting", "turn", "pk"],
                "indexes": [models.Index(fields=["meeting", "state"], name="representatives_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "confirmed",
                                    "waitlisted",
                                    "approved",
                                    "on_manifest",
                                    "collected",
                                    "handed_over",
                                    "no_show",
                                ],
                            )
                        ),
                        fields=("meeting", "normalised_email"),
                        name="an_address_stands_for_one_active_representative",
                        violation_error_message="This address already stands for a representative at this meeting.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("turn__isnull", False)),
                        fields=("meeting", "turn"),
                        name="a_turn_is_given_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("state__in", ["submitted", "expired"]), ("turn", None)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                (
                                    "state__in",
                                    [
                                        "confirmed",
                                        "waitlisted",
                                        "approved",
                                        "on_manifest",
                                        "collected",
                                        "handed_over",
                                        "no_show",
                                        "declined",
                                    ],
                                ),
                                ("turn__isnull", False),
                            ),
                            ("state", "cancelled"),
                            _connector="OR",
                        ),
                        name="whoever_confirmed_says_when_and_has_a_turn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("holds_seat", True),
                                ("state__in", ["approved", "on_manifest", "collected", "handed_over", "no_show"]),
                            ),
                            models.Q(("holds_seat", True), ("offer_ends_at__isnull", False), ("state", "waitlisted")),
                            models.Q(("holds_seat", False), ("offer_ends_at", None), ("state", "waitlisted")),
                            ("state", "confirmed"),
                            models.Q(
                                ("holds_seat", False), ("state__in", ["submitted", "declined", "cancelled", "expired"])
                            ),
                            _connector="OR",
                        ),
                        name="a_seat_is_held_by_those_let_in_or_offered_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offer_ends_at", None), ("state", "waitlisted"), _connector="OR"),
                        name="only_the_waiting_list_is_offered_a_seat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wishes_to_speak", False),
                            models.Q(
                                models.Q(("topic", ""), _negated=True),
                                models.Q(("statement_language", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_wish_to_speak_has_a_topic_and_a_language",
                        violation_error_message="A wish to speak needs a topic and a language.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("inscription__isnull", False), ("selection", "selected")),
                            models.Q(models.Q(("selection", "selected"), _negated=True), ("inscription", None)),
                            _connector="OR",
                        ),
                        name="a_selected_speaker_has_an_entry_on_the_list",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ManifestRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_name", models.CharField(blank=True, max_length=100, verbose_name="first name")),
                ("last_name", models.CharField(max_length=100, verbose_name="last name")),
                (
                    "manifest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="registration.manifest",
                        verbose_name="manifest",
                    ),
                ),
                (
                    "withdrawn_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawn_rows",
                        to="registration.manifest",
                        verbose_name="withdrawn in",
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="manifest_rows",
                        to="registration.representative",
                        verbose_name="representative",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of a manifest",
                "verbose_name_plural": "rows of manifests",
                "ordering": ["manifest", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_in", None)),
                        fields=("representative",),
                        name="a_representative_stands_on_one_manifest",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ticketing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opens_at", models.DateTimeField(verbose_name="requests open at")),
                ("closes_at", models.DateTimeField(verbose_name="deadline without a grounds pass")),
                ("pass_closes_at", models.DateTimeField(verbose_name="deadline with a grounds pass")),
                (
                    "are_deadlines_ours",
                    models.BooleanField(
                        default=True,
                        help_text="The invitation gives none. Untick once the office has set them.",
                        verbose_name="the deadlines are our own",
                    ),
                ),
                ("capacity", models.PositiveIntegerField(default=40, verbose_name="seats")),
                (
                    "per_organization",
                    models.PositiveSmallIntegerField(default=2, verbose_name="representatives per organization"),
                ),
                (
                    "answer_within",
                    models.DurationField(
                        default=datetime.timedelta(days=1),
                        help_text="Hours:minutes:seconds.",
                        verbose_name="time to answer an offered seat",
                    ),
                ),
                (
                    "offers_by_itself",
                    models.BooleanField(
                        default=True,
                        help_text="In the order of confirmation, within a minute. Untick while you are still deciding.",
                        verbose_name="offer free seats to the waiting list automatically",
                    ),
                ),
                (
                    "hand_over_place",
                    i18nfield.fields.I18nCharField(
                        blank=True,
                        help_text="Printed on every voucher and shown at the desk.",
                        verbose_name="place of the hand-over",
                    ),
                ),
                (
                    "hand_over_from",
                    models.DateTimeField(blank=True, null=True, verbose_name="tickets are handed over from"),
                ),
                ("hand_over_until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                ("last_turn", models.PositiveIntegerField(default=0, editable=False, verbose_name="last turn")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticketing",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of tickets",
                "verbose_name_plural": "terms of tickets",
                "ordering": ["-meeting__starts_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                        name="requests_open_before_they_close",
                        violation_error_message="Requests must open before the deadline.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__lte", models.F("pass_closes_at"))),
                        name="who_has_a_pass_may_ask_at_least_as_long",
                        violation_error_message="The deadline with a grounds pass must not be the earlier one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("per_organization__gte", 1)),
                        name="an_organization_sends_somebody",
                        violation_error_message="An organization must be able to send at least one representative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_within__gt", datetime.timedelta(0))),
                        name="there_is_time_to_answer_an_offer",
                        violation_error_message="Give some time to answer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hand_over_from", None),
                            ("hand_over_until", None),
                            ("hand_over_from__lt", models.F("hand_over_until")),
                            _connector="OR",
                        ),
                        name="the_hand_over_begins_before_it_ends",
                        violation_error_message="The hand-over must begin before it ends.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TicketRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "consultative_status",
                    models.CharField(
                        choices=[
                            ("general", "general consultative status with ECOSOC"),
                            ("special", "special consultative status with ECOSOC"),
                            ("roster", "on the roster of ECOSOC"),
                            ("information", "associated with the department of public information"),
                            ("none", "none of these"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="consultative status",
                    ),
                ),
                ("contact_name", models.CharField(max_length=120, verbose_name="focal point")),
                ("contact_email", models.EmailField(max_length=254, verbose_name="focal point’s e-mail")),
                ("normalised_email", models.CharField(db_index=True, editable=False, max_length=254)),
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
                        default="en",
                        max_length=12,
                        verbose_name="language of mail",
                    ),
                ),
                ("arrived_at", models.DateTimeField(db_index=True, editable=False, verbose_name="arrived at")),
                ("asked_at", models.DateTimeField(editable=False, null=True, verbose_name="asked to confirm at")),
                ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="confirmed at")),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="ended at")),
                ("network", models.CharField(blank=True, editable=False, max_length=45)),
                ("idempotency_key", models.CharField(editable=False, max_length=64)),
                ("content_digest", models.CharField(editable=False, max_length=64)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticket_requests",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="registration.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for tickets",
                "verbose_name_plural": "requests for tickets",
                "ordering": ["meeting", "arrived_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "idempotency_key"), name="a_ticket_form_is_recorded_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at__isnull", False), ("ended_at", None)),
                        fields=("meeting", "organization", "normalised_email"),
                        name="a_focal_point_has_one_open_request_per_organization",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="representative",
            name="request",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="representatives",
                to="registration.ticketrequest",
                verbose_name="request",
            ),
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(editable=False, max_length=64, unique=True, verbose_name="code")),
                ("code_digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("issued_at", models.DateTimeField(editable=False, verbose_name="issued at")),
                ("mailed_at", models.DateTimeField(editable=False, null=True, verbose_name="link mailed at")),
                ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="revoked at")),
                (
                    "representative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vouchers",
                        to="registration.representative",
                        verbose_name="representative",
                    ),
                ),
            ],
            options={
                "verbose_name": "voucher",
                "verbose_name_plural": "vouchers",
                "ordering": ["issued_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("representative",),
                        name="a_representative_has_one_voucher_that_is_good",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at", None), ("revoked_at__gte", models.F("issued_at")), _connector="OR"
                        ),
                        name="a_voucher_is_issued_before_it_is_revoked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("nonce", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "mode",
                    models.CharField(
                        choices=[("hand_over", "hand over"), ("out", "going out"), ("in", "coming back")],
                        default="hand_over",
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("handed_over", "handed over"),
                            ("went_out", "went out"),
                            ("came_back", "came back"),
                            ("already", "already used"),
                            ("not_told", "the decision has not been mailed yet"),
                            ("not_on_manifest", "approved, but not on the manifest"),
                            ("no_ticket_yet", "the ticket has not been handed over yet"),
                            ("is_outside", "already outside"),
                            ("is_inside", "already inside"),
                            ("revoked", "revoked"),
                            ("not_let_in", "not approved"),
                            ("other_meeting", "for another meeting"),
                            ("unknown", "unknown code"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                ("is_by_name", models.BooleanField(default=False, verbose_name="found by name")),
                ("code_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("operator", models.CharField(max_length=150, verbose_name="operator")),
                ("desk", models.CharField(blank=True, max_length=80, verbose_name="desk")),
                ("device_at", models.DateTimeField(null=True, verbose_name="by the device’s clock")),
                ("scanned_at", models.DateTimeField(verbose_name="arrived at")),
                ("is_offline", models.BooleanField(default=False, verbose_name="without a network")),
                (
                    "told",
                    models.CharField(
                        blank=True,
                        choices=[("green", "green"), ("amber", "amber"), ("red", "red")],
                        max_length=5,
                        verbose_name="what the device said",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="registration.scan",
                        verbose_name="the earlier scan",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="scans",
                        to="registration.representative",
                        verbose_name="representative",
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="scans",
                        to="registration.voucher",
                        verbose_name="voucher",
                    ),
                ),
            ],
            options={
                "verbose_name": "scan",
                "verbose_name_plural": "scans",
                "ordering": ["-scanned_at", "-pk"],
                "permissions": [
                    ("scan_voucher", "Can scan vouchers and hand tickets over"),
                    ("supervise_hand_over", "Can find people by name and hand tickets over to them"),
                ],
                "indexes": [models.Index(fields=["meeting", "outcome"], name="scans_by_outcome")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "handed_over")),
                        fields=("representative",),
                        name="a_ticket_is_handed_over_once",
                        violation_error_message="This ticket has already been handed over.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_offline", False), ("told", "")),
                            models.Q(
                                ("device_at__isnull", False),
                                ("is_offline", True),
                                models.Q(("told", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="what_a_device_said_alone_is_kept",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("address", "to everything filed under an address"),
                            ("page", "to the private page of a request"),
                            ("offer", "to an offered seat"),
                            ("voucher", "to a voucher"),
                        ],
                        max_length=8,
                        verbose_name="purpose",
                    ),
                ),
                ("address", models.CharField(db_index=True, max_length=254, verbose_name="mailed to")),
                ("network", models.CharField(blank=True, max_length=45)),
                ("created_at", models.DateTimeField(db_index=True, verbose_name="made at")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="expires at")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "representative",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="registration.representative",
                        verbose_name="representative",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="registration.ticketrequest",
                        verbose_name="request",
                    ),
                ),
                (
                    "voucher",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="registration.voucher",
                        verbose_name="voucher",
                    ),
                ),
            ],
            options={
                "verbose_name": "secret link",
                "verbose_name_plural": "secret links",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("purpose", "address"), ("representative", None), ("request", None), ("voucher", None)
                            ),
                            models.Q(
                                ("purpose", "page"),
                                ("representative", None),
                                ("request__isnull", False),
                                ("voucher", None),
                            ),
                            models.Q(
                                ("purpose", "offer"),
                                ("representative__isnull", False),
                                ("request", None),
                                ("voucher", None),
                            ),
                            models.Q(
                                ("purpose", "voucher"),
                                ("representative", None),
                                ("request", None),
                                ("voucher__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_link_names_what_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["page", "voucher"]), ("expires_at__isnull", False), _connector="OR"
                        ),
                        name="only_a_private_page_and_a_voucher_stay_open",
                    ),
                ],
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
