"""A group stands once it is on the register of its list, and an entry says whether its sender was on record.  R-11 R-66

The register of a list that is open already is fixed by `entries/opening.py`, as an act of its chain: with the groups that
stand on it, and those that `manage.py prepare` loads.
"""

from django.db import migrations, models


def tell_strangers(apps, _schema_editor):
    """Until now an entry waited only for its sender."""
    entries = apps.get_model("speakers", "Inscription").objects
    entries.filter(state__in=["unverified", "refused"]).update(is_on_record=False)


class Migration(migrations.Migration):
    dependencies = [("speakers", "0007_wrong_codes")]

    operations = [
        migrations.AddField(
            model_name="inscription",
            name="is_on_record",
            field=models.BooleanField(default=True, editable=False, verbose_name="filed by a focal point on record"),
        ),
        migrations.AddField(
            model_name="speakerslist",
            name="groups",
            field=models.JSONField(editable=False, null=True, verbose_name="register of groups"),
        ),
        migrations.RunPython(tell_strangers, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "short_name",
                    models.CharField(
                        help_text="As it is announced and shown on the list.", max_length=160, verbose_name="short name"
                    ),
                ),
                (
                    "full_name",
                    models.CharField(
                        help_text="With its article, such as “the Group of 77 and China”.",
                        max_length=200,
                        verbose_name="full name",
                    ),
                ),
                (
                    "other_names",
                    models.TextField(
                        blank=True,
                        help_text="One to a line: abbreviations, and names that delegations write.",
                        verbose_name="other names",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="What the names rest on.", max_length=200, verbose_name="source"
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="If not, lists that open from now on do not have it.",
                        verbose_name="on the register",
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=160, unique=True)),
                (
                    "spoken_for_by",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Who may speak for it by default. States may speak for any group; name the observers that may speak for this one.",
                        related_name="+",
                        to="speakers.delegation",
                        verbose_name="spoken for by",
                    ),
                ),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "register of groups",
                "ordering": ["short_name"],
            },
        ),
    ]
