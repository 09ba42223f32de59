"""A browser that takes pictures of a site."""

import io
from contextlib import contextmanager

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.chromium import program
from tests.pictures.site import PASSWORD

# Pages have few colours; a palette keeps a picture small.
COLOURS = 128


class Camera:
    """A page of the site at `address`. Shots navigate it; `take` returns the picture."""

    def __init__(self, context, address):
        self.context, self.address = context, address
        self.page = context.new_page()

    def open(self, path):
        """Go to the page at `path` and wait for its fonts."""
        self.page.goto(self.address + path)
        self.page.evaluate("document.fonts.ready")
        return self.page

    def as_staff(self, path="/secretariat/"):
        """Go to the page of the secretariat at `path`, signed in."""
        self.open(f"/secretariat/login/?next={path}")
        if self.page.get_by_label("Password").count():
            self.page.get_by_label("Username").fill("secretariat")
            self.page.get_by_label("Password").fill(PASSWORD)
            self.page.get_by_role("button", name="Log in").click()
            self.page.wait_for_url(f"**{path}")
        return self.page

    def take(self, part=None, *, whole=True):
        """The picture as PNG: of the locator `part`, of the `whole` page, or of what the window shows."""
        png = part.screenshot() if part else self.page.screenshot(full_page=whole)
        picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        target = io.BytesIO()
        picture.save(target, "PNG", optimize=True)
        return target.getvalue()


@contextmanager
def cameras(address):
    """A function that makes a `Camera` for a width and height in pixels and a colour scheme."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])

        @contextmanager
        def camera(width, height=800, scheme="light"):
            viewport = {"width": width, "height": height}
            context = chromium.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
            try:
                yield Camera(context, address)
            finally:
                context.close()

        yield camera
        chromium.close()
