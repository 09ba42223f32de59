"""The bytes of texts move from files under `VAR_DIR/statements` of this machine into the database."""

import hashlib
from functools import partial

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models, transaction


def take_in(apps, schema_editor):
    """Keep the file of each text that was neither replaced nor withdrawn; one that is not there is a missing text.

    What is taken in is deleted after the commit, so that the erasure of personal data reaches all there is.
    """
    Statement, StatementFile = apps.get_model("floor", "Statement"), apps.get_model("floor", "StatementFile")
    folder = settings.VAR_DIR / "statements"
    for pk, name, sha256 in Statement.objects.filter(ended_at=None).values_list("pk", "file", "sha256"):
        path = folder / name
        content = path.read_bytes() if path.is_file() else None
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            print(f"\n    The text {name} is missing: its file is not in {folder}, or is damaged.", end="")  # noqa: T201
            continue
        StatementFile.objects.create(statement_id=pk, content=content)
        transaction.on_commit(partial(path.unlink, missing_ok=True), using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("floor", "0001_first_release")]

    operations = [
        migrations.CreateModel(
            name="StatementFile",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="floor.statement",
                        verbose_name="statement",
                    ),
                ),
                ("content", models.BinaryField(verbose_name="file")),
            ],
            options={"verbose_name": "file of a statement", "verbose_name_plural": "files of statements"},
        ),
        migrations.RunPython(take_in),
    ]
