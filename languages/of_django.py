"""What Django's admin says in English only, put into the language of the reader."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.admin.templatetags import admin_list
from django.contrib.auth.models import Permission
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext_lazy

ACTS = {
    "add": gettext_noop("%(things)s: add"),
    "change": gettext_noop("%(things)s: change"),
    "delete": gettext_noop("%(things)s: delete"),
    "view": gettext_noop("%(things)s: view"),
}
# Django's own texts that some of its catalogues lack, and the permissions that our models name.
TEXTS = [
    gettext_noop("Set password: %s"),
    gettext_noop("Enable password-based authentication for this user by setting a password."),
    gettext_noop("Password-based authentication"),
    gettext_noop("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "number",
    ),
    gettext_noop(
        "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to "
        "authenticate using other backends, such as Single Sign-On or LDAP."
    ),
    gettext_noop("Enabled"),
    gettext_noop("Disabled"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("Model name"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
    gettext_noop("Can read the texts of statements before delivery"),
    gettext_noop("Can run the floor"),
    gettext_noop("Can release or drop mail that a restore kept back"),
    gettext_noop("Can scan vouchers and hand tickets over"),
    gettext_noop("Can find people by name and hand tickets over to them"),
    gettext_noop("Can let a restored site go on"),
]
ANSWERS: dict[bool | None, tuple[str, str]] = {
    True: ("yes", gettext_noop("yes")),
    False: ("no", gettext_noop("no")),
    None: ("unknown", gettext_noop("unknown")),
}


def permission_in_words(permission: Permission) -> str:
    """The `permission` in words: “mails: view”; one that a model names itself, as it is named there."""
    model = permission.content_type.model_class()
    act = permission.codename.partition("_")[0]
    if model is None or act not in ACTS or not permission.name.startswith(f"Can {act} "):
        return _(permission.name)
    return _(ACTS[act]) % {"things": model._meta.verbose_name_plural}


def permissions_of_ours(field: Any) -> Any:
    """The form's `field` of permissions, with those for pages of this site alone, each called by what it permits."""
    ours = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR}
    field.queryset = field.queryset.filter(content_type__app_label__in=ours | {"auth"})
    field.label_from_instance = permission_in_words
    return field


def answer_as_icon(value: bool | None) -> str:
    """The picture that Django shows for yes and no, with what it means for those who do not see it."""
    name, words = ANSWERS[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), _(words))


def translate_icons() -> None:
    """Let Django's lists show `answer_as_icon`: it names them “True” and “False” in every language."""
    admin_list._boolean_icon = answer_as_icon  # type: ignore[attr-defined]  # noqa: SLF001  Django has no other way
