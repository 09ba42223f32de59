"""How often a network asked where a witness stands.  R-60"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("speakers", "0021_a_word_with_a_swap"),
    ]

    operations = [
        migrations.CreateModel(
            name="WitnessAsked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("began_at", models.DateTimeField()),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "questions about witnesses",
                "verbose_name_plural": "questions about witnesses",
            },
        ),
    ]
