"""What the ticket office sees."""

from tests.pictures.registry import shot

TERMS = "/secretariat/registration/ticketing/"
SHEETS = "/secretariat/registration/manifest/"


@shot("manifest-freeze", height=760)
def freezing(camera):
    camera.as_staff(TERMS)
    camera.page.locator("#result_list tbody").get_by_role("link").first.click()
    camera.page.get_by_role("link", name="Freeze the manifest for security").click()


@shot("manifest", height=760)
def manifest(camera):
    camera.as_staff(SHEETS)
    camera.page.locator("#result_list tbody").get_by_role("link").first.click()


@shot("tickets-queue", height=900)
def queue(camera):
    camera.as_staff("/secretariat/registration/representative/")
    camera.page.locator(".balance summary").click()
