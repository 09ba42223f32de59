"""A list beside the main one can be made: its name, who may inscribe on it, the sittings in which it is heard.  R-62"""

from django.db import migrations, models
from i18nfield.fields import I18nCharField

OPEN_TO = [
    ("everyone", "everyone with a place at the meeting"),
    ("members_and_observers", "Member States and observers"),
    ("member_states", "Member States only"),
]


class Migration(migrations.Migration):
    dependencies = [("speakers", "0010_a_sitting_of_its_day")]

    operations = [
        migrations.AlterField(
            model_name="speakerslist",
            name="slug",
            field=models.SlugField(blank=True, max_length=40, verbose_name="short name in addresses"),
        ),
        migrations.AlterField(
            model_name="speakerslist",
            name="title",
            field=I18nCharField(blank=True, verbose_name="title"),
        ),
        migrations.AddField(
            model_name="speakerslist",
            name="open_to",
            field=models.CharField(choices=OPEN_TO, default="everyone", max_length=30, verbose_name="who may inscribe"),
        ),
        migrations.AddField(
            model_name="speakerslist",
            name="heard_in",
            field=models.JSONField(blank=True, default=list, verbose_name="sittings in which it is heard"),
        ),
    ]
