"""System checks of the project as a whole: what would go wrong in production, and what to write instead."""

from collections.abc import Iterable
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection
from django.utils.translation import to_locale


@register(Tags.security, deploy=True)
def links_in_mail_are_encrypted(**_what_to_check: Any) -> list[CheckMessage]:
    """One-time links travel by mail; opened over plain HTTP, anyone on the way can read them.  R-59"""
    if settings.HTTPS:
        return []
    return [
        Warning(
            f"SITE_URL is {settings.SITE_URL}: links in mail and sessions would travel unencrypted.",
            hint="Write SITE_URL=https://speakers.example.org and let a proxy in front speak TLS.",
            id="project.W001",
        )
    ]


@register(deploy=True)
def the_embedded_mode_is_for_one_machine(**_what_to_check: Any) -> list[CheckMessage]:
    """Without a database server, mail ends in the local mailbox and reaches no one.  R-10"""
    if not settings.EMBEDDED:
        return []
    return [
        Warning(
            "This is the embedded mode: all mail is shown at /mailbox/ and none is sent.",
            hint="Write DATABASE_URL=postgres://USER:PASSWORD@HOST:5432/NAME, and the settings it then requires.",
            id="project.W002",
        )
    ]


@register(Tags.security, deploy=True)
def a_security_problem_can_be_reported(**_what_to_check: Any) -> list[CheckMessage]:
    """Without an address to report to there is no security.txt, and finders tell the public first."""
    if settings.SECURITY_CONTACT or settings.EMBEDDED:
        return []
    return [
        Warning(
            "SECURITY_CONTACT is missing: /.well-known/security.txt is not served.",
            hint="Write SECURITY_CONTACT=mailto:security@example.org (see .env.example).",
            id="project.W004",
        )
    ]


@register(Tags.translation)
def offered_languages_can_be_read(**_what_to_check: Any) -> list[CheckMessage]:
    """Without its compiled catalogue a language would be offered, and its pages and mails would be in English."""
    lacking = [code for code in settings.SITE_LANGUAGES if code != settings.LANGUAGE_CODE and not _is_compiled(code)]
    if not lacking:
        return []
    return [
        Warning(
            f"SITE_LANGUAGES offers {', '.join(lacking)}, and there is no compiled catalogue.",
            hint="Run script/messages --compile, or leave it out of SITE_LANGUAGES. A release has all of them.",
            id="project.W008",
        )
    ]


def _is_compiled(code):
    return any(Path(path, to_locale(code), "LC_MESSAGES/django.mo").exists() for path in settings.LOCALE_PATHS)


@register(Tags.security)
def the_settings_are_for_their_owner_alone(**_what_to_check: Any) -> list[CheckMessage]:
    """The file of the settings holds the secret key and passwords."""
    path = settings.SETTINGS_FILE
    if not path.exists() or not path.stat().st_mode & 0o077:
        return []
    return [
        Warning(
            f"{path} holds secrets, and others than its owner can read it.",
            hint=f"chmod 600 {path}, and let it belong to the account under which the site runs.",
            id="project.W005",
        )
    ]


@register
def the_settings_come_from_one_place(**_what_to_check: Any) -> list[CheckMessage]:
    """A variable of a process that differs from the file is used, and only its processes know it."""
    if not settings.OVERRIDDEN:
        return []
    names = ", ".join(settings.OVERRIDDEN)
    return [
        Warning(
            f"The environment of this process is used, not {settings.SETTINGS_FILE}, for: {names}.",
            hint="If you did not mean that, take them out of the environment (a unit of systemd, your shell).",
            id="project.W006",
        )
    ]


@register
def the_sender_is_an_address(**_what_to_check: Any) -> list[CheckMessage]:
    """Every mail needs a sender."""
    if "@" in parseaddr(settings.DEFAULT_FROM_EMAIL)[1]:
        return []
    return [
        Error(
            f"DEFAULT_FROM_EMAIL is “{settings.DEFAULT_FROM_EMAIL}”, which contains no address.",
            hint="Write DEFAULT_FROM_EMAIL=List of speakers <speakers@example.org>",
            id="project.E001",
        )
    ]


@register
def page_assets_are_installed(**_what_to_check: Any) -> list[CheckMessage]:
    """Without the npm packages, pages have neither styles nor fonts. A release brings what they use of them."""
    missing = [
        folder
        for folder, _ in settings.PAGE_ASSETS.values()
        if not (settings.BASE_DIR / "node_modules" / folder).is_dir()
    ]
    if settings.IS_RELEASE or not missing:
        return []
    return [
        Warning(
            f"Page assets are missing under node_modules: {', '.join(missing)}.",
            hint="Run script/bootstrap, then manage.py collectstatic.",
            id="project.W003",
        )
    ]


@register(Tags.database)
def waiting_ends_behind_a_pool_too(databases: Iterable[str] | None, **_what_to_check: Any) -> list[CheckMessage]:
    """A pool does not pass on how long a process may wait for a lock; so the database itself has to say it."""
    if not settings.DATABASE_POOLED or not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        ((limit,),) = cursor.fetchall()
    if limit != "0":
        return []
    return [
        Warning(
            "DATABASE_POOLED is on, and the database lets a process wait for a lock without end.",
            hint="As its owner: ALTER DATABASE … SET lock_timeout = '3s' (see docs/operations/several-machines.md).",
            id="project.W007",
        )
    ]
