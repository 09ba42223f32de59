"""Which migrations after the last release its code could not go on beside: each as a sentence that says what to write.

Each operation is judged by what the models of the last release know (docs/decisions/0169). Where only a person can
judge, the migration says why the last release goes on, by the name of what is meant:

    class Migration(migrations.Migration):
        beside_the_last_release = {"a_name_is_short": "The form of 0.9 takes 40 characters at most."}
"""

from dataclasses import dataclass, field
from functools import singledispatchmethod
from math import inf
from pathlib import Path

from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tests.upgrade import releases
from tests.upgrade.site import ROOT

# Tables that grow with every act: to read one through, under a lock, may take long. All others have a few hundred rows.
LARGE = {("journal", "entry"), ("journal", "payload"), ("outbox", "message"), ("admin", "logentry")}
HARMLESS = (
    *(migrations.CreateModel, migrations.AlterModelOptions, migrations.AlterModelManagers),
    *(migrations.RemoveConstraint, migrations.RemoveIndex, migrations.RenameIndex),
)
OLD_NAME = "the last release knows it by its old name. Add, fill, and remove later."
EXPLAINED = "Or say in `beside_the_last_release`, under “{name}”, why the last release goes on."


def problems():
    """What is wrong with the migrations after the last release."""
    loader = MigrationLoader(None)
    released, done = state_of_the_release(loader)
    state = released.clone()
    found = []
    for app, name in _in_order(loader):
        migration = loader.graph.nodes[app, name]
        if (app, name) not in done:
            found += problems_of(migration, released, state) if _is_ours(app) else []
            state = migration.mutate_state(state)
    return found


def state_of_the_release(loader):
    """The models of the last release, and the migrations that it has."""
    last = list(releases.last().migrations.items())
    return loader.project_state(last), {key for node in last for key in loader.graph.forwards_plan(node)}


def problems_of(migration, released, state):
    """What is wrong with one `migration`, for code that has the models `released`, from the models `state` on."""
    judge = Judge(migration.app_label, released, state.clone(), getattr(migration, "beside_the_last_release", {}))
    for operation in migration.operations:
        judge.judge(operation)
        operation.state_forwards(migration.app_label, judge.state)
    if judge.moves_rows and judge.locks:
        judge.say("What moves rows stands in a migration of its own: tables would stay locked for as long.")
    for name in set(judge.explained) - judge.used:
        judge.say(f"`beside_the_last_release` explains “{name}”, which needs none.")
    return [f"{migration.app_label} {migration.name}: {sentence}" for sentence in judge.found]


@dataclass
class Judge:
    """Judges the operations of one migration, in their order."""

    app: str
    released: object
    state: object
    explained: dict
    used: set = field(default_factory=set)
    found: list = field(default_factory=list)
    moves_rows: bool = False
    locks: bool = False

    def say(self, sentence, *, unless=None):
        """Note a problem, `unless` the migration explains what has that name."""
        if unless in self.explained:
            self.used.add(unless)
        else:
            self.found.append(sentence if unless is None else f"{sentence} {EXPLAINED.format(name=unless)}")

    def knows(self, model, name=None):
        """Has the last release that model, or that field of it?"""
        found = self.released.models.get((self.app, model.lower()))
        return found is not None and (name is None or name in found.fields)

    @singledispatchmethod
    def judge(self, operation):
        if not isinstance(operation, HARMLESS):
            name = operation.describe()
            self.say(f"{name}: no one has judged {type(operation).__name__}.", unless=name)

    @judge.register
    def _(self, operation: migrations.AddField):
        model, name, new = operation.model_name, operation.name, operation.field
        if not self.knows(model) or new.many_to_many:
            return
        self.locks = True
        if not (new.null or new.generated or new.has_db_default()):
            self.say(f"{model}.{name} needs a db_default: the last release does not fill it.")
        if new.unique and not new.null:
            self.say(f"{model}.{name} is unique: the last release leaves the same in every row.")

    @judge.register
    def _(self, operation: migrations.RemoveField):
        if self.knows(operation.model_name, operation.name):
            words = "Remove it from the state alone now, and the column after the next release"
            self.say(f"{operation.model_name}.{operation.name} is read by the last release. {words}.")

    @judge.register
    def _(self, operation: migrations.DeleteModel):
        if self.knows(operation.name):
            words = "Delete it from the state alone now, and the table after the next release"
            self.say(f"{operation.name} is read by the last release. {words}.")

    @judge.register(migrations.RenameModel)
    @judge.register(migrations.AlterModelTable)
    def _(self, operation):
        if self.knows(getattr(operation, "old_name", operation.name)):
            self.say(f"{operation.describe()}: {OLD_NAME}")

    @judge.register
    def _(self, operation: migrations.RenameField):
        if self.knows(operation.model_name, operation.old_name):
            self.say(f"{operation.describe()}: {OLD_NAME}")

    @judge.register
    def _(self, operation: migrations.AlterField):
        model, name, new = operation.model_name, operation.name, operation.field
        if not self.knows(model, name):
            return
        self.locks = True
        old = self.state.models[self.app, model.lower()].fields[name]
        for word in _narrower(old, new):
            self.say(f"{model}.{name} {word}, and the last release does not know it.")
        if _kind(old) != _kind(new):
            self.say(f"{model}.{name} gets another type.", unless=f"{model}.{name}")

    @judge.register
    def _(self, operation: migrations.AddConstraint):
        model, constraint = operation.model_name, operation.constraint
        if not self.knows(model):
            return
        self.locks = True
        is_of_rows = not isinstance(constraint, models.CheckConstraint)
        if is_of_rows or any(self.knows(model, name) for name in constraint.condition.referenced_base_fields):
            words = f"The last release does not know the constraint {constraint.name}, and may write against it."
            self.say(words, unless=constraint.name)
        elif (self.app, model.lower()) in LARGE:
            self.say(f"{constraint.name} reads the whole table under a lock.", unless=constraint.name)

    @judge.register
    def _(self, operation: migrations.AddIndex):
        self.locks = self.locks or self.knows(operation.model_name)
        if (self.app, operation.model_name.lower()) in LARGE and self.knows(operation.model_name):
            words = f"{operation.index.name} lets no one write while it is made."
            self.say(words, unless=operation.index.name)

    @judge.register(migrations.RunPython)
    @judge.register(migrations.RunSQL)
    def _(self, operation):
        self.moves_rows = True
        name = operation.code.__name__ if isinstance(operation, migrations.RunPython) else "RunSQL"
        undone = "" if operation.reversible else ", and it cannot be undone"
        self.say(f"{name}: a trigger or a changed row may be nothing for the last release{undone}.", unless=name)

    @judge.register
    def _(self, operation: migrations.SeparateDatabaseAndState):
        for each in operation.database_operations:
            self.judge(each)
        for each in operation.state_operations:
            if isinstance(each, migrations.RemoveField) and self.knows(each.model_name, each.name):
                left = self.state.models[self.app, each.model_name.lower()].fields[each.name]
                if not (left.null or left.has_db_default()):
                    words = "needs a db_default: its column stays, and this version does not fill it"
                    self.say(f"{each.model_name}.{each.name} {words}.")


def _narrower(old, new):
    """In which ways the field `new` takes less than `old`."""
    if old.null and not new.null:
        yield "takes no NULL any more"
    if (old.max_length or inf) > (new.max_length or inf):
        yield "takes fewer characters"
    if new.unique and not old.unique:
        yield "becomes unique"
    if old.has_db_default() and not (new.has_db_default() or new.null):
        yield "loses its db_default"


def _kind(of):
    """What decides the type of the column: the class of the field, its name, and to what it refers."""
    _name, path, _args, options = of.deconstruct()
    return path, options.get("db_column"), str(options.get("to", "")).lower()


def _in_order(loader):
    """All migrations, each after those it needs."""
    leaves = sorted(loader.graph.leaf_nodes())
    return dict.fromkeys(key for leaf in leaves for key in loader.graph.forwards_plan(leaf))


def _is_ours(app):
    return Path(apps.get_app_config(app).path).parent == ROOT
