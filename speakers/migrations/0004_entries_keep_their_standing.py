"""An entry keeps the band and the class it has on its list, and a list the levels and places it opened with.  R-61"""

from zoneinfo import ZoneInfo

from django.db import migrations, models

OF_A_LEVEL = ["id", "code", "precedence_class", "position"]
OF_A_PLACE = ["category", "band", "ground", "speaks_for_groups"]


def keep(apps, _schema_editor):
    SpeakersList, Level = apps.get_model("speakers", "SpeakersList"), apps.get_model("speakers", "Level")
    Delegation, Place = apps.get_model("speakers", "Delegation"), apps.get_model("speakers", "DelegationPlace")
    codes = dict(Delegation.objects.values_list("pk", "code"))
    levels = [
        {**{name: getattr(level, name) for name in OF_A_LEVEL}, "label": getattr(level.label, "data", level.label)}
        for level in Level.objects.order_by("position", "code")
    ]
    for speakers_list in SpeakersList.objects.select_related("meeting").filter(last_receipt_no__gt=0):
        places = _in_force(Place, _date_of(speakers_list.meeting))
        speakers_list.levels = levels
        speakers_list.places = {code: _plain(places.get(key)) for key, code in codes.items()}
        speakers_list.save(update_fields=["levels", "places"])
        for entry in speakers_list.inscriptions.select_related("level"):
            place = places.get(entry.delegation_id)
            entry.place_band, entry.place_ground = (place.band, place.ground) if place else ("", "")
            entry.precedence_class = entry.level.precedence_class
            entry.save(update_fields=["place_band", "place_ground", "precedence_class"])


def _plain(place):
    return place and {name: getattr(place, name) for name in OF_A_PLACE}


def _date_of(meeting):
    return meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone)).date()


def _in_force(places, on):
    """The place of each delegation on that date; of two, the earlier one."""
    begun = models.Q(from_on=None) | models.Q(from_on__lte=on)
    found = places.objects.filter(begun, models.Q(to_on=None) | models.Q(to_on__gte=on))
    return {place.delegation_id: place for place in found.order_by(models.F("from_on").desc(nulls_last=True))}


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0002_lists_have_left"), ("speakers", "0003_lists_of_their_own")]

    operations = [
        migrations.AddField(
            model_name="speakerslist",
            name="levels",
            field=models.JSONField(editable=False, null=True, verbose_name="levels of representation"),
        ),
        migrations.AddField(
            model_name="speakerslist",
            name="places",
            field=models.JSONField(editable=False, null=True, verbose_name="places of the delegations"),
        ),
        migrations.AddField(
            model_name="inscription",
            name="place_band",
            field=models.CharField(
                blank=True,
                choices=[
                    ("groups", "groups"),
                    ("member_states", "Member States"),
                    ("observer_states", "observer States"),
                    ("observers", "other observers and intergovernmental organizations"),
                    ("un_system", "United Nations system"),
                    ("civil_society", "civil society"),
                ],
                default="",
                editable=False,
                max_length=20,
                verbose_name="band",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="inscription",
            name="place_ground",
            field=models.CharField(blank=True, default="", editable=False, max_length=120, verbose_name="ground"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="inscription",
            name="precedence_class",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="class"),
            preserve_default=False,
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
