"""A list may stay open into the debate until the Chair announces that it closes.  R-63"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0011_lists_of_panels"),
    ]

    operations = [
        migrations.AddField(
            model_name="speakerslist",
            name="closes_when_announced",
            field=models.BooleanField(
                default=False,
                help_text="About the moment above, which may be during the debate; at the latest when the meeting ends.",
                verbose_name="closes when the Chair announces it",
            ),
        ),
    ]
