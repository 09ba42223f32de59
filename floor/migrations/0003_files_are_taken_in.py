"""A text has no file outside the database any more."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("floor", "0002_texts_in_the_database")]

    operations = [migrations.RemoveField(model_name="statement", name="file")]
