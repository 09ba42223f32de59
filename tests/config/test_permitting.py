"""Each group may do exactly what the tables say, and the secretariat's page prints them.  R-58"""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command

from secretariat import permitting
from tests.secretariat import table_of_groups

pytestmark = pytest.mark.django_db


def permissions_of(name):
    found = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in found}


def said():
    """What the command says."""
    output = StringIO()
    call_command("set_permissions", stdout=output)
    return output.getvalue()


@pytest.mark.parametrize("group", permitting.declared())
def test_a_group_may_do_what_is_declared_and_no_more(group):
    assert permissions_of(group) == permitting.declared()[group]


def test_setting_them_again_changes_nothing():
    assert said() == ""


def test_groups_that_are_missing_are_made():
    before = {group.name: permissions_of(group.name) for group in Group.objects.all()}
    Group.objects.all().delete()

    call_command("set_permissions", stdout=StringIO())

    assert {group.name: permissions_of(group.name) for group in Group.objects.all()} == before


def test_what_no_table_permits_any_more_is_taken_away_and_what_is_missing_comes_back():
    door = Group.objects.get(name="Door")
    door.permissions.set(Permission.objects.filter(codename__in=["view_entry", "view_head"]))

    assert said() == "Group Door: 1 permissions added, 2 removed.\n"
    assert permissions_of("Door") == {"registration.scan_voucher"}


def test_members_stay_in_their_groups():
    officer = User.objects.create_user("officer")
    officer.groups.set(Group.objects.filter(name="List officer"))
    Group.objects.get(name="List officer").permissions.clear()

    call_command("set_permissions", stdout=StringIO())

    assert User.objects.get().has_perm("speakers.add_revision")


def test_a_group_that_the_site_made_itself_is_left_alone():
    own = Group.objects.create(name="Auditors")
    own.permissions.set(Permission.objects.filter(codename="view_entry"))

    call_command("set_permissions", stdout=StringIO())

    assert permissions_of("Auditors") == {"journal.view_entry"}


def test_a_table_that_names_no_permission_of_the_site_is_refused_and_changes_nothing(monkeypatch):
    wrong = SimpleNamespace(PERMISSIONS={"Door": {"fly": ["speakers.fly_inscription"]}, "Pilots": {}})
    monkeypatch.setattr(permitting, "tables", lambda: [wrong])

    with pytest.raises(CommandError, match=r"lacks permissions: speakers.fly_inscription. Run manage.py migrate first"):
        call_command("set_permissions")

    assert not Group.objects.filter(name="Pilots").exists()


def test_each_group_has_one_sentence_and_each_act_the_same_permissions_everywhere():
    sentences = [group for table in permitting.tables() for group in getattr(table, "GROUPS", {})]
    takes = [
        (act, tuple(names))
        for table in permitting.tables()
        for permitted in table.PERMISSIONS.values()
        for act, names in permitted.items()
    ]

    assert sorted(sentences) == sorted(permitting.declared())
    assert len(dict(takes)) == len(set(takes))


def test_a_lead_may_do_whatever_any_group_may():
    assert permitting.declared()["Secretariat lead"] == set().union(*permitting.declared().values())


def test_no_group_may_delete_anything():
    assert [name for names in permitting.declared().values() for name in names if ".delete_" in name] == []


def test_who_may_publish_a_revision_takes_one_look():
    assert "| publish a revision | List officer, Secretariat lead |" in table_of_groups.printed()


def test_the_page_of_the_secretariat_prints_the_tables_as_they_are():
    assert table_of_groups.printed() == table_of_groups.text(), f"Write them again: {table_of_groups.COMMAND}"
