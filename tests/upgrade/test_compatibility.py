"""The code of the last release goes on beside every migration after it; a migration that it could not is caught."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.upgrade import compatibility, releases

REASON = {"beside_the_last_release": {"a_reason": "It is so."}}


def text(**options):
    return models.CharField(max_length=40, **options)


def of_entries(operation, name, *more, **options):
    return operation("inscription", name, *more, **options)


def add(name, field):
    return of_entries(migrations.AddField, name, field)


def alter(name, field):
    return of_entries(migrations.AlterField, name, field)


def constrain(**options):
    return migrations.AddConstraint("inscription", models.CheckConstraint(name="a_reason", **options))


def in_state(*operations):
    return migrations.SeparateDatabaseAndState(state_operations=list(operations))


def a_trigger(_apps, schema_editor):
    schema_editor.execute("CREATE TRIGGER …")


SITTING = {"on_delete": models.PROTECT, "related_name": "+"}
PYTHON = migrations.RunPython(a_trigger, migrations.RunPython.noop)
GROUP = migrations.CreateModel("Guest", [("id", models.BigAutoField(primary_key=True)), ("name", text())])
SHORT = models.CharField(max_length=20)
BAD = {
    "inscription.seat needs a db_default": [add("seat", text(default=""))],
    "inscription.row needs a db_default": [add("row", text(default="")), add("seat", text(db_default=""))],
    "inscription.seat is unique": [add("seat", text(unique=True, db_default=""))],
    "inscription.note is read by the last release": [of_entries(migrations.RemoveField, "note")],
    "Joining is read by the last release": [migrations.DeleteModel("Joining")],
    "Rename field note on inscription to remark": [of_entries(migrations.RenameField, "note", "remark")],
    "Rename model Joining to Joiner": [migrations.RenameModel("Joining", "Joiner")],
    "Rename table for joining to joiners": [migrations.AlterModelTable("joining", "joiners")],
    "inscription.fixed_sitting takes no NULL": [
        alter("fixed_sitting", models.ForeignKey("dialogue.sitting", **SITTING))
    ],
    "inscription.fixing_reason takes fewer characters": [alter("fixing_reason", SHORT)],
    "inscription.presenter_name becomes unique": [
        alter("presenter_name", models.CharField(max_length=160, unique=True))
    ],
    "inscription.receipt_no gets another type": [alter("receipt_no", models.TextField(null=True))],
    "the constraint a_reason, and may write against it": [constrain(condition=~models.Q(speaker_name=""))],
    "the constraint once": [
        migrations.AddConstraint("inscription", models.UniqueConstraint(fields=["speaker_name"], name="once"))
    ],
    "a_trigger: a trigger or a changed row": [PYTHON],
    "and it cannot be undone": [migrations.RunPython(a_trigger)],
    "RunSQL: a trigger": [migrations.RunSQL("UPDATE …")],
    "no one has judged AlterUniqueTogether": [migrations.AlterUniqueTogether("inscription", {("note",)})],
    "in a migration of its own": [add("seat", text(db_default="")), PYTHON],
    "inscription.content_digest needs a db_default: its column stays": [
        in_state(of_entries(migrations.RemoveField, "content_digest"))
    ],
    "inscription.receipt_no is read": [
        in_state(of_entries(migrations.RemoveField, "note")),
        of_entries(migrations.RemoveField, "receipt_no"),
    ],
}
GOOD = {
    "a default in the database": [add("seat", text(db_default=""))],
    "a column that may be empty": [add("seat", text(null=True))],
    "a table of its own": [GROUP, migrations.AddField("guest", "seat", text(default=""))],
    "more room": [alter("fixing_reason", models.CharField(max_length=400, blank=True))],
    "a constraint on what is new": [
        add("seat", text(db_default="")),
        constrain(condition=~models.Q(seat="none")),
    ],
    "an index": [migrations.AddIndex("inscription", models.Index(fields=["speaker_name"], name="by_speaker"))],
    "what was added since": [add("seat", text(db_default="")), of_entries(migrations.RemoveField, "seat")],
    "a column that is no longer used": [
        alter("note", models.TextField(blank=True, db_default="")),
        in_state(of_entries(migrations.RemoveField, "note")),
    ],
    "a column that the last release did not use": [
        in_state(add("gone", text())),
        of_entries(migrations.RemoveField, "gone"),
    ],
}


@pytest.fixture(scope="module")
def loader():
    return MigrationLoader(None)


def found(loader, operations, **marks):
    """What is said of a migration of `speakers` with these `operations`, after the last one."""
    released, _done = compatibility.state_of_the_release(loader)
    migration = migrations.Migration("9999_after", "speakers")
    migration.operations = operations
    for name, value in marks.items():
        setattr(migration, name, value)
    return compatibility.problems_of(migration, released, loader.project_state())


def test_the_last_release_goes_on_beside_every_migration_after_it():
    assert compatibility.problems() == []


@pytest.mark.history
def test_no_migration_of_the_last_release_was_rewritten():
    assert releases.migrations_changed_since(releases.last()) == []


@pytest.mark.parametrize("words", BAD)
def test_a_migration_that_the_last_release_cannot_go_on_beside_is_named(loader, words):
    assert any(words in sentence for sentence in found(loader, BAD[words]))


@pytest.mark.parametrize("what", GOOD)
def test_what_the_last_release_does_not_notice_is_taken(loader, what):
    assert found(loader, GOOD[what]) == []


def test_an_index_on_a_table_that_grows_needs_a_word(loader):
    released, _done = compatibility.state_of_the_release(loader)
    migration = migrations.Migration("9999_after", "journal")
    migration.operations = [migrations.AddIndex("entry", models.Index(fields=["act"], name="by_act"))]

    (sentence,) = compatibility.problems_of(migration, released, loader.project_state())

    assert "by_act lets no one write while it is made." in sentence


def test_what_only_a_person_can_judge_is_taken_with_a_reason_and_a_reason_for_nothing_is_not(loader):
    constraint = [constrain(condition=~models.Q(speaker_name=""))]

    assert found(loader, constraint, **REASON) == []
    assert ["explains “a_reason”, which needs none" in each for each in found(loader, [], **REASON)] == [True]


@pytest.mark.parametrize(("following", "number"), [("expanding", 0), ("breaking", 1)])
def test_the_migrations_of_the_test_under_load_are_judged_as_they_prove(settings, following, number):
    settings.MIGRATION_MODULES = {"speakers": f"tests.upgrade.following.{following}"}

    assert len([each for each in compatibility.problems() if "0999_seats" in each]) == number
