"""Names in Latin letters, short codes, numbered manifests; a hand-over taken back, a conflict settled.  R-55 R-75"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0007_ends_and_places_of_slots"),
        ("registration", "0004_scans_stay"),
    ]

    beside_the_last_release = {
        "a_ticket_is_handed_over_once_until_taken_back": "It hands over as number 1, once, as before.",
        "a_hand_over_is_taken_back_once": "It takes no hand-over back.",
        "a_short_code_is_given_once": "It issues vouchers without a short code.",
    }

    operations = [
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=200, verbose_name="how it was settled")),
                ("settled_at", models.DateTimeField(verbose_name="settled at")),
                ("settled_by", models.CharField(max_length=150, verbose_name="settled by")),
            ],
            options={
                "verbose_name": "settled conflict",
                "verbose_name_plural": "settled conflicts",
            },
        ),
        migrations.RemoveConstraint(
            model_name="scan",
            name="a_ticket_is_handed_over_once",
        ),
        migrations.AddField(
            model_name="manifestrow",
            name="number",
            field=models.PositiveIntegerField(db_default=0, default=0, verbose_name="number"),
        ),
        migrations.AddField(
            model_name="manifestrow",
            name="organization",
            field=models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="organization"),
        ),
        migrations.AddField(
            model_name="manifestrow",
            name="own_script_name",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=201, verbose_name="name in its own script"
            ),
        ),
        migrations.AddField(
            model_name="representative",
            name="is_family_name_first",
            field=models.BooleanField(db_default=False, default=False, verbose_name="the family name comes first"),
        ),
        migrations.AddField(
            model_name="representative",
            name="latin_first_name",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=100, verbose_name="first name in Latin letters"
            ),
        ),
        migrations.AddField(
            model_name="representative",
            name="latin_key",
            field=models.CharField(db_default="", db_index=True, default="", editable=False, max_length=201),
        ),
        migrations.AddField(
            model_name="representative",
            name="latin_last_name",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=100, verbose_name="last name in Latin letters"
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="hand_over_no",
            field=models.PositiveSmallIntegerField(db_default=1, default=1, editable=False),
        ),
        migrations.AddField(
            model_name="ticketing",
            name="is_name_search_open",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Otherwise only supervisors do. Tick this if many come without a voucher.",
                verbose_name="every desk finds people by name",
            ),
        ),
        migrations.AddField(
            model_name="voucher",
            name="short_code",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=8, verbose_name="short code"
            ),
        ),
        migrations.AlterField(
            model_name="scan",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("handed_over", "handed over"),
                    ("went_out", "went out"),
                    ("came_back", "came back"),
                    ("taken_back", "hand-over taken back"),
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
        migrations.AlterField(
            model_name="ticketrequest",
            name="consultative_status",
            field=models.CharField(
                choices=[
                    ("general", "general consultative status with ECOSOC"),
                    ("special", "special consultative status with ECOSOC"),
                    ("roster", "on the roster of ECOSOC"),
                    ("information", "associated with the Department of Global Communications"),
                    ("none", "none of these"),
                ],
                default="none",
                max_length=12,
                verbose_name="consultative status",
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "handed_over")),
                fields=("representative", "hand_over_no"),
                name="a_ticket_is_handed_over_once_until_taken_back",
                violation_error_message="This ticket has already been handed over.",
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "taken_back")),
                fields=("representative", "hand_over_no"),
                name="a_hand_over_is_taken_back_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.UniqueConstraint(
                condition=models.Q(("short_code", ""), _negated=True),
                fields=("short_code",),
                name="a_short_code_is_given_once",
            ),
        ),
        migrations.AddField(
            model_name="settlement",
            name="scan",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="settlement",
                to="registration.scan",
                verbose_name="scan",
            ),
        ),
    ]
