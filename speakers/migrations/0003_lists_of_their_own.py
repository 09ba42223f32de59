"""Each meeting's list becomes a row of its own, under the meeting's number, so that what refers to it stays.  R-62"""

from datetime import timedelta

import django.db.models.deletion
import i18nfield.fields
from django.core.management.color import no_style
from django.db import migrations, models

import speakers.models.speakers_list
from speakers import protection

MOVED = {
    "opens_at": "inscription_opens_at",
    "closes_at": "inscription_closes_at",
    "closed_at": "list_closed_at",
    **{
        name: name
        for name in (
            "policy",
            "level_before_band",
            "swaps_need_approval",
            "national_limit",
            "group_limit",
            "civil_society_limit",
            "shows_speaker_names",
            "last_receipt_no",
            "last_class_move",
            "last_recorded_at",
        )
    },
}
FOLLOWING = ("draw", "extension", "inscription", "laterequest", "revision", "swapproposal")
RELATED = ("draws", "extensions", "inscriptions", "late_requests", "revisions", "swaps")
# Constraints that name the list, with what else they name.
UNIQUE = {
    "a_meeting_draws_once_of_a_kind": ("draw", ["kind"], {}),
    "a_delegation_has_one_extension_of_a_list": (
        "extension",
        ["delegation"],
        {"condition": models.Q(("ended_at", None))},
    ),
    "a_receipt_number_is_given_once": ("inscription", ["receipt_no"], {}),
    "a_form_is_recorded_once": ("inscription", ["idempotency_key"], {}),
    "one_standing_national_entry_per_delegation": (
        "inscription",
        ["delegation"],
        {
            "condition": models.Q(("capacity", "national"), ("state", "standing")),
            "violation_error_message": "This delegation is already inscribed in its national capacity.",
        },
    ),
    "one_standing_entry_per_group": (
        "inscription",
        ["group_key"],
        {
            "condition": models.Q(("capacity", "group"), ("state", "standing")),
            "violation_error_message": "This group is already on the list.",
        },
    ),
    "a_late_request_is_recorded_once": ("laterequest", ["idempotency_key"], {}),
    "a_revision_number_is_given_once": ("revision", ["number"], {}),
}
ORDERING = {
    "draw": ["speakers_list", "kind"],
    "extension": ["speakers_list", "-granted_at", "-pk"],
    "inscription": ["speakers_list", "receipt_no"],
    "laterequest": ["speakers_list", "arrived_at", "pk"],
    "revision": ["speakers_list", "-number"],
}
NAMES = {
    "draw": ("draw", "draws"),
    "extension": ("personal extension", "personal extensions"),
    "inscription": ("inscription", "list of speakers"),
    "laterequest": ("late request", "late requests"),
    "revision": ("revision", "revisions"),
}


def carry_over(apps, schema_editor):
    Meeting, SpeakersList = apps.get_model("dialogue", "Meeting"), apps.get_model("speakers", "SpeakersList")
    for meeting in Meeting.objects.prefetch_related("bands"):
        terms = {new: getattr(meeting, old) for new, old in MOVED.items()}
        ranks = {band.code: band.rank for band in meeting.bands.all()} or speakers.models.speakers_list.usual_ranks()
        SpeakersList.objects.create(pk=meeting.pk, meeting=meeting, ranks=ranks, **terms)
    connection = schema_editor.connection
    for statement in connection.ops.sequence_reset_sql(no_style(), [SpeakersList]):
        schema_editor.execute(statement)
    if connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def protect(apps, schema_editor):
    protection.REVISIONS.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    protection.REVISIONS.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0001_first_release"),
        ("speakers", "0002_constraint_in_plain_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="SpeakersList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists",
                        to="dialogue.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(blank=True, editable=False, max_length=40, verbose_name="short name in addresses"),
                ),
                ("title", i18nfield.fields.I18nCharField(blank=True, editable=False, verbose_name="title")),
                ("opens_at", models.DateTimeField(verbose_name="inscription opens at")),
                ("closes_at", models.DateTimeField(verbose_name="inscription closes at")),
                (
                    "closed_at",
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
                    "ranks",
                    models.JSONField(
                        default=speakers.models.speakers_list.usual_ranks,
                        validators=[speakers.models.speakers_list.validate_ranks],
                        verbose_name="ranks of the bands",
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
                    models.DurationField(default=timedelta(minutes=3), verbose_name="limit, national capacity"),
                ),
                (
                    "group_limit",
                    models.DurationField(default=timedelta(minutes=3), verbose_name="limit, on behalf of a group"),
                ),
                (
                    "civil_society_limit",
                    models.DurationField(default=timedelta(minutes=3), verbose_name="limit, civil society"),
                ),
                (
                    "shows_speaker_names",
                    models.BooleanField(default=False, verbose_name="public list shows the speakers’ names"),
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
                "verbose_name": "list of speakers",
                "verbose_name_plural": "lists of speakers",
                "ordering": ["meeting", "slug"],
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="speakerslist",
            constraint=models.CheckConstraint(
                condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                name="inscription_opens_before_it_closes",
                violation_error_message="Inscription must open before it closes.",
            ),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="speakerslist",
            constraint=models.UniqueConstraint(fields=("meeting", "slug"), name="a_meeting_has_one_list_at_an_address"),
        ),
        *[
            migrations.RemoveConstraint(model_name=model, name=name)
            for name, (model, _fields, _options) in UNIQUE.items()
        ],
        migrations.RunPython(unprotect, protect),
        *[
            migrations.AlterModelOptions(
                name=model,
                options={"ordering": ["pk"], "verbose_name": names[0], "verbose_name_plural": names[1]},
            )
            for model, names in NAMES.items()
        ],
        *[
            migrations.RenameField(model_name=model, old_name="meeting", new_name="speakers_list")
            for model in FOLLOWING
        ],
        *[
            migrations.AlterField(
                model_name=model,
                name="speakers_list",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name=related,
                    to="speakers.speakerslist",
                    verbose_name="list of speakers",
                ),
            )
            for model, related in zip(FOLLOWING, RELATED, strict=True)
        ],
        *[
            migrations.AlterModelOptions(
                name=model,
                options={"ordering": ordering, "verbose_name": NAMES[model][0], "verbose_name_plural": NAMES[model][1]},
            )
            for model, ordering in ORDERING.items()
        ],
        *[
            migrations.AddConstraint(
                model_name=model,
                constraint=models.UniqueConstraint(fields=("speakers_list", *fields), name=name, **options),
            )
            for name, (model, fields, options) in UNIQUE.items()
        ],
        migrations.RunPython(protect, unprotect),
    ]
