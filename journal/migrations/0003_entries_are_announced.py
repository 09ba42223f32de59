from django.db import migrations

from journal import announcement


def announce(apps, schema_editor):
    announcement.announce_entries(schema_editor.connection)


def silence(apps, schema_editor):
    announcement.silence_entries(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]
    operations = [migrations.RunPython(announce, silence)]
