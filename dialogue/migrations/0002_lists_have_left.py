"""What belongs to a meeting's list has moved into a row of its own (see speakers 0003).  R-62"""

from django.db import migrations

MOVED = [
    "civil_society_limit",
    "group_limit",
    "inscription_closes_at",
    "inscription_opens_at",
    "last_class_move",
    "last_receipt_no",
    "last_recorded_at",
    "level_before_band",
    "list_closed_at",
    "national_limit",
    "policy",
    "shows_speaker_names",
    "swaps_need_approval",
]


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0001_first_release"),
        ("speakers", "0003_lists_of_their_own"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="meeting", name="inscription_opens_before_it_closes"),
        migrations.RemoveConstraint(model_name="meeting", name="inscription_closes_before_the_meeting_starts"),
        *[migrations.RemoveField(model_name="meeting", name=name) for name in MOVED],
        migrations.DeleteModel(name="Band"),
    ]
