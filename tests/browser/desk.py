"""Signing in to the secretariat's pages in a real browser."""

from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client
from playwright.sync_api import expect

PASSWORD = "a long word of staff"


def sign_in(visitor, site, *, name="officer", may=(), to="/secretariat/"):
    """Sign the `visitor` in as a new member of staff with the permissions `may` (codenames), or as a superuser."""
    user = User.objects.create_user(name, password=PASSWORD, is_staff=True, is_superuser=not may)
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    page = visitor.page
    page.goto(f"{site}secretariat/login/?next={to}")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_contain_text(name)
    return page


def enter(visitor, address, *, name="officer", may=(), language="en"):
    """Bring the `visitor` to `address`, signed in as `sign_in` does, but without typing, in `language`."""
    user, _is_new = User.objects.get_or_create(username=name, is_staff=True, is_superuser=not may)
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    client = Client()
    client.force_login(user)
    kept = {"sessionid": client.cookies["sessionid"].value, settings.LANGUAGE_COOKIE_NAME: language}
    visitor.context.add_cookies([{"name": key, "value": value, "url": visitor.site} for key, value in kept.items()])
    visitor.page.goto(address)
    return visitor.page
