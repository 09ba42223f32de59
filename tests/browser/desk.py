"""Signing in to the secretariat's pages in a real browser."""

from django.contrib.auth.models import Permission, User
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
