"""The purpose of a meeting has become a section of its note (see 0005)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0005_the_whole_note")]

    operations = [migrations.RemoveField(model_name="meeting", name="purpose")]
