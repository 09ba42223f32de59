"""Staff may fix an entry to a sitting, for a reason.  R-64"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0001_first_release"),
        ("speakers", "0016_names_and_levels"),
    ]

    operations = [
        migrations.AddField(
            model_name="inscription",
            name="fixed_sitting",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dialogue.sitting",
                verbose_name="fixed to the sitting",
            ),
        ),
        migrations.AddField(
            model_name="inscription",
            name="fixing_reason",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason of the fixing"),
        ),
        migrations.AddConstraint(
            model_name="inscription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fixed_sitting", None), models.Q(("fixing_reason", ""), _negated=True), _connector="OR"
                ),
                name="an_entry_is_fixed_to_a_sitting_for_a_reason",
                violation_error_message="To fix an entry to a sitting needs a reason.",
            ),
        ),
    ]
